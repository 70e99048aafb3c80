/* SPDX-License-Identifier: Apache-2.0 */
/* The splitter's state, and how its parts fit: the walk meets candidates, the rules decide. */
#pragma once

#include "context.h"
#include "scan.h"

#include <aver/aver.h>

G_BEGIN_DECLS

/* All that decides about one candidate. */
typedef struct {
  StopKind stop;
  CloserKind closer;
  guint32 stop_start; /* of the mark */
  guint32 end;        /* where the sentence would end */
  guint32 next;       /* where the next one would start */
  guint words;        /* before the mark's word in the sentence: 0, 1, 2 or 3 for more */
  Left left;
  Right right;
} Candidate; /* with STOP_NONE: a gap between two words, stop_start is where the first one ends */

typedef enum {
  NUMBERING_NONE,
  NUMBERING_DIGITS,
  NUMBERING_LETTERS,
} Numbering;

/* A list item's marker, as "1." "2)" "b." "(iv)". */
typedef struct {
  Numbering numbering;
  guint8 tail; /* ASCII: '.', ')', or '(' when it stands in brackets, or ':' for ".)" */
  guint32 value;
  guint32 roman; /* the value as a Roman number, 0 when it is none */
  guint32 end;
} ListMarker;

/**
 * Oracle: decides in place of the rules; for training.
 */
typedef struct _Walk Walk;

typedef gboolean (*Oracle)(gpointer data, const Walk *walk, const Candidate *candidate,
                           gboolean ruled, gboolean answer);

#define LENGTHS 7 /* of the word before the mark: 6 stands for more */

typedef struct {
  Words words;
  Scan scan;
  gboolean web;
  gboolean split_quotes;
  Oracle oracle;
  gpointer oracle_data;
  gint16 sums[N_LEFTS][N_RIGHTS][4][LENGTHS]; /* of the quick features, where nothing opens or
                                                 closes and the stop is usual_stop */
  StopKind usual_stop;
} Splitter;

struct _Walk {
  const Splitter *splitter;
  const guint8 *text;
  guint32 length;
  guint32 sentence;   /* start of the current one */
  guint32 line;       /* start of the current line */
  guint32 resume;     /* candidates before it are done with */
  gint32 width;       /* characters of the longest line, -1 when not measured yet */
  guint32 address;    /* start of the latest one that was judged */
  guint32 quote_read; /* how far quotes.c has read */
  guint32 unquoted;   /* no mark closes a quotation before it */
  gboolean quoted;    /* quote_read stands inside a quotation */
  guint32 paragraph;  /* start of the current one */
  ListMarker item;    /* that the current sentence starts with */
  ListMarker marker;  /* of the latest list item */
  AverLayer *layer;
};

/* split.c */
/* White space and its line breaks; a blank line has two. */
typedef struct {
  guint32 end;  /* the first position that is not white space */
  guint breaks; /* line breaks; a blank line has two */
  guint32 line; /* where the last line starts */
} Gap;

/** splitter_init: with @web and @abbreviations (nullable, a path); splits quotations. */
gboolean splitter_init(Splitter *splitter, gboolean web, const char *abbreviations, GError **error);
void splitter_clear(Splitter *splitter);
void split_text(const Splitter *splitter, const char *text, guint32 length, AverLayer *layer);
Gap read_gap(const Walk *walk, guint32 position);
guint count_words(const Walk *walk, guint32 end);
void cut(Walk *walk, guint32 end, guint32 next);
void enter(Walk *walk, const Gap *gap);

/* stops.c */
void judge_stop(Walk *walk, guint32 position);
void judge_smiley(Walk *walk, guint32 position);
void judge_dash(Walk *walk, guint32 position);

/* quotes.c */
gboolean inside_quotation(Walk *walk, guint32 position);

/* gaps.c */
void judge_gap(Walk *walk, guint32 position);

/* features.c */
#define MAX_FEATURES 24
guint get_features(const Walk *walk, const Candidate *candidate, guint16 *features);
gboolean weigh(const Walk *walk, const Candidate *candidate);
void prepare_sums(Splitter *splitter);

/* decide.c */
gboolean decide(Walk *walk, Candidate *candidate);

/* lines.c */
typedef enum {
  LINE_WRAPPED, /* the line goes on */
  LINE_BROKEN,
} LineBreak;
LineBreak judge_line(Walk *walk, guint32 line_end, guint32 next, gboolean stopped);

/* lists.c */
ListMarker read_marker(const guint8 *text, guint32 length, guint32 start);
gboolean marker_follows(const ListMarker *last, const ListMarker *next);
gboolean judge_marker(Walk *walk, guint32 position);
void judge_bullet(Walk *walk, guint32 position);

G_END_DECLS
