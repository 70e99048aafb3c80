/* SPDX-License-Identifier: Apache-2.0 */
/* Records: documents with the annotations of the layer under test, gold or predicted. */
#pragma once

#include <aver/aver.h>
#include <jansson.h>

/* What is scored how; any layer that is not built in is scored by its rows' spans alone. */
typedef enum {
  SCORE_SENTENCES,
  SCORE_QUOTES,
  SCORE_CLAIMS,
  SCORE_SPANS,
} ScoreKind;

ScoreKind score_kind(const char *layer);

enum { ROLE_CONTENT, ROLE_CUE, ROLE_SOURCE, N_ROLES };
extern const char *const role_names[N_ROLES];

typedef struct {
  GArray *roles[N_ROLES]; /* AverSpan, as given */
  char *type;             /* (nullable) */
  char *speaker;          /* (nullable) */
  char **speaker_names;   /* (nullable) gold: all names accepted */
  gboolean is_pronoun;    /* gold: the source is one */
  gboolean is_speech;     /* gold: not a thought, a wish, a poll's finding */
} QuoteRow;

QuoteRow *quote_row_new(void);

typedef struct {
  AverSpan span;     /* the whole text for a label of the document */
  gboolean of_quote; /* the row is about a quote's content, not about a sentence */
  gboolean is_row;   /* a row of a layer rather than the document's label */
  char **labels;     /* sorted, each once; none when nothing was predicted */
  double score;      /* check-worthiness, or confidence in the label */
  gboolean has_score;
  json_t *scores; /* (nullable) an object: label -> probability */
} ClaimRow;

ClaimRow *claim_row_new(void);
void claim_row_set_label(ClaimRow *row, const char *label);

typedef struct {
  char *id;
  guint64 line;
  json_t *json;     /* (nullable) the record, which owns the text; predictions keep none */
  const char *text; /* the gold document's, for both */
  guint32 length;
  GArray *spans;     /* sentences, or the rows of a layer that is not built in */
  GPtrArray *quotes; /* QuoteRow */
  GPtrArray *claims; /* ClaimRow */
} Record;

Record *record_new(const char *id);
void record_free(gpointer record);

/* A member of a record, or of its metadata, by its JSON text; NULL when there is none. */
char *record_dup_field(const Record *record, const char *name);

typedef struct {
  GPtrArray *list;   /* Record, in the order of the file */
  GHashTable *by_id; /* borrows from the list */
} Records;

Records *records_new(void);
void records_free(Records *records);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Records, records_free)

Record *records_get(const Records *records, const char *id);

/* FALSE when there is a record of that id already; then @record is still the caller's. */
gboolean records_add(Records *records, Record *record);

/* Frees the records that are not wanted. */
typedef gboolean (*RecordFunc)(const Record *record, gconstpointer user_data);
void records_keep(Records *records, RecordFunc is_wanted, gconstpointer user_data);
