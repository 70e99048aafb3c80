/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a layer in two outputs: which belong together. */
#pragma once

#include <aver/aver.h>
#include <jansson.h>

typedef struct {
  json_t *json; /* borrowed */
  gint64 start;
  gint64 end;
  guint index;
  gint match; /* the row of the other output, AVER_NONE for none */
} Row;

/* A layer as two outputs have it. */
typedef struct {
  const char *name; /* borrowed */
  Row *old_rows;    /* in the order of the output */
  Row *new_rows;
  guint n_old;
  guint n_new;
} LayerPair;

/* @old_list and @new_list (nullable) are lists of rows; NULL, or what is wrong with one of them. */
const char *layer_pair_init(LayerPair *pair, const char *name, json_t *old_list, json_t *new_list);
void layer_pair_clear(LayerPair *pair);

/* Matches rows with the same span, then those that overlap, each once; in time that grows with the
 * rows, but for the sorting. */
void layer_pair_match(LayerPair *pair);
