/* SPDX-License-Identifier: Apache-2.0 */
/* A document of an output: its line, scanned and not made a tree of, since a line may have any
 * number of rows. */
#pragma once

#include <aver/aver.h>
#include <jansson.h>

/* The rows of one layer as they stand in the line: a list, well-formed. */
typedef struct {
  char *name;
  AverJsonValue rows;
} DiffLayer;

/* Values are slices of the line, which has to live as long. */
typedef struct {
  const char *path;
  guint64 line;
  char *id;
  AverJsonValue text; /* its text is NULL when there is none */
  AverJsonValue metadata;
  GArray *layers; /* DiffLayer */
  char *decoded;  /* the text without escapes, once asked for */
  gsize decoded_length;
} DiffDocument;

/* Fills a document whose path and line are set; the error names them. */
gboolean diff_document_parse(DiffDocument *document, const char *line, gsize length,
                             GError **error);

/* Frees all but the path and the line. */
void diff_document_clear(DiffDocument *document);

/* The text; NULL when the output has none. */
const char *diff_document_get_text(DiffDocument *document, gsize *length);

/* The rows of a layer; NULL when there is none of that name. */
const AverJsonValue *diff_document_find_layer(const DiffDocument *document, const char *name);

/* A slice as a tree; NULL when it is one that no tree can hold. */
json_t *diff_value_parse(const AverJsonValue *value);
