/* SPDX-License-Identifier: Apache-2.0 */
/* What the writers of databases share: documents packed into rows, the shapes of the tables that
 * the rows go to, and how far a database is. Linked into each of them. */
#pragma once

#include "pack.h"

/* The version of the tables and views; a database says which it has. */
#define SCHEMA_VERSION 1

/* The metadata with columns of their own in the table of documents. */
extern const char *const document_metadata[];
#define N_DOCUMENT_METADATA 5

/* Row ids tell the document and the row, so that those of a document stand together, and a document
 * that is written again gets the same. */
#define ROW_BITS 32

static inline gint64 row_id(gint64 key, guint64 row)
{
  return (gint64) ((guint64) key << ROW_BITS | row);
}

/* encode.c: a document, packed:
 *
 *     size id bytes text published title author language source
 *     n (key value json)... (description n (start end text cell...)...)... none
 */
typedef struct {
  char **layers; /* (nullable) the names of those to write */
  gboolean text; /* the documents' text as well */
} EncodeStyle;

/* The options `layers` and `text`; free `layers`, after an error as well. */
gboolean encode_style_init(EncodeStyle *style, const AverStage *stage, GError **error);

typedef struct EncodeWorker EncodeWorker;

EncodeWorker *encode_worker_new(void);
void encode_worker_free(EncodeWorker *worker);
gboolean encode_document(const EncodeStyle *style, EncodeWorker *worker, AverDocument *document,
                         AverBuffer *out, GError **error);

/* shape.c: how a layer becomes a table. A description is one line, `NAME COLUMN:KIND:TARGET ...`
 * with a letter for the kind; it stands in the database, too. */
typedef struct {
  char *description;
  gsize length;
  char *name;
  guint n_columns;
  char *kinds; /* a letter a column */
} Shape;

#define KIND_LETTERS "ifpPsegr" /* in the order of AverColumnKind */

/* The description; NULL when a name cannot be one of a table. */
char *shape_describe(const AverLayerType *type, GError **error);
/* FALSE when it is no description; @shape is then as it was. */
gboolean shape_parse(Shape *shape, const char *description, gsize length);
void shape_clear(Shape *shape);
/* Whether its first columns are those of a layer. */
gboolean shape_is(const Shape *shape, const AverLayerType *type);

/* How a database says what a table is made of; types begin with a space. */
typedef struct {
  const char *head; /* the columns id, document, row, start, end, text */
  const char *whole;
  const char *real;
  const char *text;
  const char *id;
  const char *const *taken; /* (nullable) names that no column may have */
} Dialect;

typedef gboolean (*ShapeHas)(const char *name, gpointer data);
typedef gboolean (*ShapeAdd)(const AverLayerType *type, gpointer data, GError **error);

/* SQL that makes the table; columns that refer to a table that @has says is there say so. */
char *shape_create_sql(const Shape *shape, const Dialect *dialect, ShapeHas has, gpointer data);

/* Adds the built-in layers, and those that are known to come. */
gboolean shape_add_known(const AverLayerType *const *layers, ShapeHas has, ShapeAdd add,
                         gpointer data, GError **error);

/* progress.c: bytes of packed rows. */
typedef struct {
  guint64 position;  /* those that were emitted, by earlier runs of the job too */
  guint64 stored;    /* of them, those that the database has */
  guint64 committed; /* the position at the last commit */
} Progress;

/* @position: the journal's. @name: the database, for messages. */
gboolean progress_resume(Progress *progress, const char *position, const char *name,
                         GError **error);
/* Whether the database has all that the journal says. */
gboolean progress_check(const Progress *progress, const char *name, GError **error);
/* Goes on by @length bytes; how many of them the database has already. */
gsize progress_pass(Progress *progress, gsize length);
