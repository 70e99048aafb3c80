/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of csv-writer: cells, rows, and the tables that they go to. */
#pragma once

#include <aver/aver.h>

/* The name of the table of documents, beside those of the layers. */
#define DOCUMENT_TABLE "document"

/* How cells are written. */
typedef struct {
  char delimiter;
  const char *line_end;
  gboolean safe;      /* no spreadsheet takes a cell for a formula */
  gboolean byte_mark; /* the file starts with U+FEFF */
  gboolean text;      /* a column with the text of each row's span */
  gboolean span_text; /* a column with the text of each column of spans */
  char **metadata;    /* the keys that have columns of their own */
} CsvStyle;

/* cells.c: every cell ends with a delimiter; the last one's becomes the line's end. */
void append_text_cell(AverBuffer *out, const CsvStyle *style, const char *text, gsize length);
void append_absent_cell(AverBuffer *out, const CsvStyle *style);
void append_number_cell(AverBuffer *out, const CsvStyle *style, gint64 value);
void append_float_cell(AverBuffer *out, const CsvStyle *style, float value);
void append_spans_cell(AverBuffer *out, const CsvStyle *style, const AverSpan *spans, guint32 n);
void end_line(AverBuffer *out, const CsvStyle *style);

/* rows.c */
void append_document_header(AverBuffer *out, const CsvStyle *style);
void append_document_row(AverBuffer *out, const CsvStyle *style, const AverDocument *document);
void append_layer_header(AverBuffer *out, const CsvStyle *style, const AverLayerType *type);
void append_layer_rows(AverBuffer *out, const CsvStyle *style, const AverDocument *document,
                       const AverLayer *layer);

/* tables.c: the file of each table, one or several. */
typedef struct Tables Tables;

/* @only (nullable): the one table to write to the output itself; else the output is a folder. */
Tables *tables_new(const AverStage *stage, const char *only, GError **error);

/* Writes rows to a table, which is made with its header when it is new. */
gboolean tables_write(Tables *tables, const char *name, const char *header, gsize header_length,
                      const char *rows, gsize length, GError **error);
gboolean tables_commit(Tables *tables, GString *position, GError **error);
gboolean tables_close(Tables *tables, GError **error);
void tables_free(Tables *tables);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tables, tables_free)
