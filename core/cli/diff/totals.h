/* SPDX-License-Identifier: Apache-2.0 */
/* What a comparison comes to: documents, rows of each layer, columns that changed. */
#pragma once

#include <aver/aver.h>
#include <jansson.h>

/* The rows of one layer, over all documents. */
typedef struct {
  guint64 same;
  guint64 changed;
  guint64 added;
  guint64 removed;
  GHashTable *columns; /* name -> guint64*: rows in which it changed */
} LayerCount;

typedef struct {
  guint64 in_both;
  guint64 only_old;
  guint64 only_new;
  guint64 differ;     /* of those in both */
  GHashTable *layers; /* name -> LayerCount */
} Totals;

void totals_init(Totals *totals);
void totals_clear(Totals *totals);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Totals, totals_clear)

/* The count of a layer, made when it is new. */
LayerCount *totals_get_layer(Totals *totals, const char *layer);
void layer_count_column(LayerCount *count, const char *column);

/* For a person. */
void totals_print(const Totals *totals);
json_t *totals_to_json(const Totals *totals);
