/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of report-writer: a ledger of what documents hold, the corpus page. */
#pragma once

#include <aver/aver.h>
#include <aver/page.h>
#include <stdio.h>

/* A document while it is written. */
typedef struct {
  const AverDocument *document;
  const char *text;
  guint32 length;
  const AverLayer *quotes, *claims; /* (nullable) */
  AverPage *page;
  GHashTable *joined; /* char* -> char*: see join_names() */
} View;

/* names.c: for names of speakers the name that stands for them in the whole report, where that is
 * another. Borrowed from the layer. */
GHashTable *join_names(const AverLayer *quotes);

/* ledger.c: what the corpus page needs to know of a document, one fact a line, cells with tabs. */
enum { MOST_CELLS = 12, MOST_NAME = 200, MOST_TEXT = 400 };

typedef struct {
  char kind;
  guint n;
  const char *cells[MOST_CELLS]; /* "" beyond n */
} Fact;

void append_ledger(AverBuffer *out, const View *view);
const char *get_name(const AverLayerType *type, guint32 column, gint32 value);
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
/* spool_check: Returns: whether all could be read that was asked for. */
gboolean spool_check(const Spool *spool, GError **error);
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
  char *head, *title;
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
