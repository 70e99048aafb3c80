/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a layer in two outputs: which belong together. */
#pragma once

#include "record.h"

/* A row: small, since there may be millions. */
typedef struct {
  guint32 at; /* where it stands in the list's JSON */
  guint32 length;
  guint32 start;
  guint32 end;
  gint32 match; /* the row of the other output, AVER_NONE for none */
} Row;

/* The rows of one output, in its order. */
typedef struct {
  const char *json; /* borrowed */
  Row *rows;
  guint32 n;
} RowList;

/* A layer as two outputs have it. */
typedef struct {
  const char *name; /* borrowed */
  RowList olds;
  RowList news;
} LayerPair;

/* @old_json and @new_json (nullable) are lists of rows; NULL, or what is wrong with one of them. */
const char *layer_pair_init(LayerPair *pair, const char *name, const AverJsonValue *old_json,
                            const AverJsonValue *new_json);
void layer_pair_clear(LayerPair *pair);

/* Matches rows with the same span, then those that overlap, each once; in time that grows with the
 * rows, but for the sorting. */
void layer_pair_match(LayerPair *pair);

/* A row as an object; NULL when no tree can hold it. */
json_t *row_parse(const RowList *list, guint32 index);
