/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of report-writer: pages of documents, a ledger of what they hold, the corpus page. */
#pragma once

#include <aver/aver.h>
#include <stdio.h>

/* Stands in a page for what its anchors begin with: no text can have it, as it is escaped. */
#define AT "\001"

/* How many of a page's speakers can be told apart by its filter; the last is all others. */
#define N_FILTERS 12

/* html.c: the only way of anything into a page. %s is escaped, %u is a number; nothing else. */
void html(AverBuffer *out, const char *format, ...) G_GNUC_PRINTF(2, 3);
void html_text(AverBuffer *out, const char *text, gsize length);

/* At most so many bytes, and then an ellipsis. */
void html_cut(AverBuffer *out, const char *text, gsize length, gsize most);

/* A page, each AT of it replaced. */
void append_with_prefix(AverBuffer *out, const char *page, gsize length, const char *prefix);
void html_score(AverBuffer *out, float score);

/* style.c: the head of every page; free the style with g_free(). */
char *make_style(void);
void append_head(AverBuffer *out, const char *style, const char *title, const char *language);

/* A document while it is written. */
typedef struct {
  const AverDocument *document;
  const char *text;
  guint32 length;
  const AverLayer *quotes, *claims; /* (nullable) */
  char *title;                      /* for a person */
  GHashTable *numbers;              /* char* -> number of the speaker in the document + 1 */
  GPtrArray *speakers;              /* char*: their names, "" for nobody */
  guint level;                      /* of its heading */
} View;

/* page.c */
void view_init(View *view, const AverDocument *document);
void view_clear(View *view);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(View, view_clear)
/* The number by which the filter tells the speaker. */
guint view_get_filter(const View *view, const char *speaker);
void append_article(AverBuffer *out, View *view);

/* quotes.c, claims.c, layers.c: the parts of an article behind its text. */
const char *get_speaker(const AverLayer *quotes, guint32 row);
const char *get_name(const AverLayerType *type, guint32 column, gint32 value);
void append_quotes(AverBuffer *out, const View *view);
gboolean is_factual(const AverLayer *claims, guint32 row);
gboolean is_worthy(const char *label);
const char *describe_label(const char *label);
void append_claims(AverBuffer *out, const View *view);
void append_layers(AverBuffer *out, const View *view);

/* marks.c: the text, with all that is marked in it. */
gboolean is_marked(const AverLayer *claims, guint32 row);
void append_marked_text(AverBuffer *out, const View *view);
gboolean is_named_by(const char *words, gsize length, const char *name);

/* ledger.c: what the corpus page needs to know of a document, one fact a line, cells with tabs. */
enum { MOST_CELLS = 12, MOST_NAME = 200, MOST_TEXT = 400 };

typedef struct {
  char kind;
  guint n;
  const char *cells[MOST_CELLS]; /* "" beyond n */
} Fact;

void append_ledger(AverBuffer *out, const View *view);
void fact_read(Fact *fact, char *line);
guint fact_number(const Fact *fact, guint cell);

/* spool.c: ledger and articles of all documents, in order, in a file that lives until the report is
 * complete. */
typedef struct Spool Spool;

Spool *spool_open(const AverStage *stage, const char *position, GError **error);
gboolean spool_is_done(const Spool *spool);
gboolean spool_write(Spool *spool, const char *name, const char *ledger, gsize ledger_length,
                     const char *article, gsize length, GError **error);
gboolean spool_commit(Spool *spool, guint64 *position, GError **error);

/* Reading: from the start; the next document; its facts up to FALSE; its article. */
void spool_rewind(Spool *spool);
gboolean spool_next(Spool *spool, const char **name);
gboolean spool_next_fact(Spool *spool, Fact *fact);
gboolean spool_copy_article(Spool *spool, guint number, AverOutput *output, GError **error);
void spool_remove(Spool *spool);
void spool_free(Spool *spool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Spool, spool_free)

/* tally.c: what is counted over the run. */
typedef struct {
  char *name; /* "" for nobody */
  guint64 quotes, kinds[3], words, claims, worthy, accuses, denies, documents;
  guint64 last; /* the document that was counted last */
} Speaker;

typedef struct {
  guint64 documents, bytes, quotes, words, claims, worthy, unlisted_quotes, undated;
  guint64 kinds[3];
  guint64 types[32];
  GHashTable *by_name; /* char* -> Speaker* */
  GPtrArray *ranked;   /* Speaker*: the most quoted first */
  Speaker article;     /* what documents claim themselves */
  GTree *labels;       /* char* -> guint64*: claims */
  GTree *layers;       /* char* -> guint64*: rows */
  GTree *days;         /* day number -> guint64*: quotes */
  char first[12], last[12];
} Tally;

void tally_init(Tally *tally);
void tally_clear(Tally *tally);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Tally, tally_clear)
void tally_count(Tally *tally, Spool *spool);

/* Days since 0001-01-01 of an ISO date, or -1. */
gint64 read_day(const char *date);

/* How the report is written. */
typedef struct {
  char *style, *title;
  char *provenance; /* HTML */
  guint documents;  /* most in one file */
  guint speakers;   /* most in tables */
  guint claims;     /* most that are listed */
  gboolean apart;   /* a page of its own for every document */
} Report;

/* provenance.c */
char *make_provenance(const AverStage *stage);

/* Where a fact comes from. */
typedef struct {
  const char *name; /* of the document's page */
  guint number;     /* of the document, from 1 */
} Place;

/* corpus.c: a link to a document, or to what has an anchor of that kind and row in it. */
void append_link(AverBuffer *out, const Report *report, const Place *place, char kind,
                 const char *row, const char *text);
void append_more(AverBuffer *out, guint64 all, guint64 shown, const char *what);
void append_corpus(AverBuffer *out, const Report *report, const Tally *tally, Spool *spool);

/* speakers.c, sides.c, tops.c, chart.c: sections of the corpus page. */
void append_speakers(AverBuffer *out, const Report *report, const Tally *tally, Spool *spool);
void append_share(AverBuffer *out, const Tally *tally);
void append_sides(AverBuffer *out, const Report *report, Spool *spool);
void append_claim_tables(AverBuffer *out, const Tally *tally);
void append_top_claims(AverBuffer *out, const Report *report, Spool *spool);
void append_bar(AverBuffer *out, guint64 part, guint64 whole);
void append_chart(AverBuffer *out, const Tally *tally);
