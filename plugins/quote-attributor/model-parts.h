/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the trained model share: weights, the sheet of one document, hashing. */
#pragma once

#include "reading.h"

/* Entries before the first and behind the last token of a sheet, so that windows need no bounds. */
#define MARGIN 4

/* Labels of the second stage: what a token is to the cue that is looked at. Rows of weights hold
 * ROW_LABELS numbers, so that one is one load. */
enum {
  LABEL_OUTSIDE,
  LABEL_SOURCE_START,
  LABEL_SOURCE,
  LABEL_CONTENT_START,
  LABEL_CONTENT,
  LABEL_CUE,
  N_LABELS,
  ROW_LABELS = 8,
};

/* Tags (of tags.c) that transitions are conditioned on. */
#define N_TAGS 64
#define STEPS  (N_TAGS * ROW_LABELS * ROW_LABELS)

/* Tokens of a cue's paragraph that are looked at before and behind it. */
#define SPAN_BEFORE 80
#define SPAN_BEHIND 110
#define SPAN_WINDOW (SPAN_BEFORE + SPAN_BEHIND + 1)

#define NEIGHBOURS       12 /* candidates on either side that are compared */
#define MAX_FEATURES     128
#define CANDIDATE_PIECES 4
#define UNKNOWN_CLASS    256
#define N_NUMBERS        7
#define N_CUE_NAMES      76
#define N_CHOICE_NAMES   54

/* The weights of one model file; all pointers lead into it. */
typedef struct {
  gboolean syntax;        /* the features of the layers token and dependency are on */
  const guint32 *classes; /* word classes: 24 bits of a word's hash, 8 of its class; 0 is free */
  guint32 classes_mask;
  const guint32 *gate; /* words that can be cues: 24 bits of hash, 8 of their rate; 0 is free */
  guint32 gate_mask;
  const gint8 *cue_rows; /* one weight each */
  guint32 cue_mask;
  const gint8 *span_rows; /* ROW_LABELS weights each */
  guint32 span_mask;
  const gint16 *steps;    /* [tag][label before][label], in units of the span rows */
  const float *step_odds; /* the same as exp() */
  const gint8 *choice_rows;
  guint32 choice_mask;
  float cue_unit; /* what 1 in a row stands for */
  float span_unit;
  float choice_unit;
  float cue_floor;    /* candidates below this score of the first stage are left out */
  float choice_floor; /* the least score of an attribution of the model */
  float rules_floor;  /* the same for one of the rules */
  float inner_floor;  /* and for one that is reported within another */
} Weights;

/* All that features are made of, of one token. */
typedef struct {
  guint32 word;
  guint32 suffix;
  guint32 stem;
  guint32 lexicon; /* what the word lists say */
  guint32 head;    /* syntax: the head's token, NOWHERE when it is the root or not known */
  guint16 class;
  guint8 tag;
  guint8 shape;
  guint8 place; /* in a quotation, at a sentence's start or end */
  guint8 role;  /* what the rules found it to be */
  guint8 rule;
  guint8 score;     /* bucket of the first stage's score */
  guint8 pos;       /* syntax: 1 and the layer's tag */
  guint8 relation;  /* syntax: 1 and the layer's relation */
  guint16 children; /* syntax: which kinds of dependents it has */
  guint32 subject;  /* syntax: its subject's token, NOWHERE when it has none */
} Look;

enum {
  ROLE_CUE = 1 << 0,
  ROLE_SOURCE = 1 << 1,
  ROLE_CONTENT = 1 << 2,
  ROLE_CONTENT_START = 1 << 3,
};

/* An attribution that may become a row. */
typedef struct {
  guint32 anchor; /* the token that the first stage took for a cue; NOWHERE: the rules' own */
  float cue_score;
  float log_probability; /* of the second stage's best path; the least when it has no content */
  guint32 window;        /* tokens of that path */
  Range cue;
  Range source;
  Range pieces[CANDIDATE_PIECES];
  guint32 n_pieces;
  guint32 own; /* the rules' attribution with this cue, NOWHERE when there is none */
  float score; /* of the last stage: log odds of being right */
  gboolean taken;
} Candidate;

/* One document as the model sees it; memory that a worker uses again and again. */
typedef struct {
  Reading *reading;
  guint32 capacity;
  Look *memory;
  Look *looks;                /* behind MARGIN empty ones */
  gint16 (*sums)[ROW_LABELS]; /* second stage: what does not depend on the cue */
  guint8 *summed;
  guint32 *own;     /* per token: the rules' attribution whose cue it is in */
  GByteArray *kept; /* per attribution of the rules: whether it stays */
  GArray *candidates;
  GArray *spoken; /* hashes of the heads of the rules' sources, sorted */
  guint32 n_cues;
} Sheet;

/* For paths without content, whose probability nobody needs. */
#define LEAST_LOG_PROBABILITY (-12.0f)

/* One cue and its window. */
typedef struct _Scene Scene;

static inline guint32 feature(guint32 template, guint32 value)
{
  return (value ^ template * 0x9e3779b9u) * 0x85ebca6bu >> 11;
}

static inline guint32 pair(guint32 a, guint32 b)
{
  b *= 0xc2b2ae35u;
  return a * 0x85ebca6bu + (b ^ b >> 15) + 1;
}

static inline guint32 triple(guint32 a, guint32 b, guint32 c)
{
  return pair(pair(a, b), c);
}

/* The number that a table of words has for one: 24 bits of its hash are the key, eight the number.
 */
guint32 word_number(const guint32 *table, guint32 mask, guint32 word, guint32 otherwise);

/* The first token in [low, high) that starts at an offset or behind it; @high when none does. */
guint32 token_from(const Reading *r, guint32 offset, guint32 low, guint32 high);

/* A distance in tokens as one of nine steps. */
guint32 distance_bucket(guint32 distance);

/* Fills the looks from the reading; the rules must have run. */
void sheet_start(Sheet *sheet, const Weights *weights, Reading *reading, AverDocument *document);
guint8 *sheet_clear_kept(Sheet *sheet, guint32 n);
Sheet *sheet_new(void);
void sheet_free(Sheet *sheet);

/* Syntax. Fills the looks from the layers token and dependency, which must have a row for every
 * token. */
void sheet_read_syntax(Sheet *sheet, AverDocument *document);
void scene_climb(Scene *scene);
guint32 cue_features_syntax(const Sheet *sheet, guint32 i, guint32 *features);
guint32 span_features_syntax(const Sheet *sheet, guint32 i, guint32 *features);
guint32 scene_features_syntax(const Scene *scene, guint32 i, guint32 *features);
guint32 choice_features_syntax(const Sheet *sheet, const Candidate *candidate, guint32 anchor,
                               guint32 *features);

/* First stage. Whether a word may be a cue, how often it was one in training (0 to 255). */
guint32 gate_rate(const Weights *weights, guint32 word);
gboolean cue_is_possible(const Weights *weights, const Sheet *sheet, guint32 i);
guint32 cue_features(const Weights *weights, const Sheet *sheet, guint32 i, guint32 *features);
void cues_score(const Weights *weights, Sheet *sheet);

/* Second stage. */
struct _Scene {
  const Sheet *sheet;
  gboolean syntax;
  guint32 anchor;
  guint32 low; /* the window */
  guint32 high;
  Range subject;
  Range complement;
  guint32 word;
  guint32 lexicon;
  guint32 follow;
  guint32 before;
  guint32 own;
  guint8 own_role[SPAN_WINDOW + 2]; /* from low - 1 on */
  guint32 state[SPAN_WINDOW][3];
  guint32 branch[SPAN_WINDOW + 2]; /* syntax, from low - 1 on: see model-syntax.c */
  guint32 path[SPAN_WINDOW];
};

void scene_set(Scene *scene, const Sheet *sheet, gboolean syntax, guint32 anchor);
guint32 span_features_fixed(const Sheet *sheet, gboolean syntax, guint32 i, guint32 *features);
guint32 span_features_scene(const Scene *scene, guint32 i, guint32 *features);

/* exp() of the steps, with 0 where a label cannot follow; whether it can. */
float *steps_to_odds(const gint16 *steps, float unit);
gboolean step_is_possible(guint32 before, guint32 label);

void spans_tag(const Weights *weights, Sheet *sheet);

/* The attribution that labels of a window say. */
void candidate_read(Candidate *candidate, guint32 low, guint32 high, const guint8 *labels);

/* Third stage. */
void candidates_add_rules(Sheet *sheet);
guint32 choice_features(const Weights *weights, const Sheet *sheet, guint32 candidate,
                        guint32 *features);
void candidates_score(const Weights *weights, Sheet *sheet);
void candidates_select(const Weights *weights, Sheet *sheet, gboolean plain);
void candidates_write(Sheet *sheet, gboolean plain);

/* Tells what weighed most in the first and the last stage's scores of a candidate. */
void candidate_explain(const Weights *weights, const Sheet *sheet, guint32 candidate,
                       AverExplanation *explanation);

/* How much of two contents is the same: tokens in both by tokens in either. */
float content_overlap(const Range *a, guint32 n_a, const Range *b, guint32 n_b);

static inline gboolean ranges_touch(Range a, Range b)
{
  return a.start < b.end && b.start < a.end;
}
