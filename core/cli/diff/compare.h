/* SPDX-License-Identifier: Apache-2.0 */
/* Two outputs of one document: what differs. */
#pragma once

#include <aver/aver.h>
#include <jansson.h>

typedef struct {
  char **layers;    /* (nullable): only these */
  char **ignore;    /* (nullable): columns that do not count: "COLUMN" or "LAYER.COLUMN" */
  double tolerance; /* numbers that differ by no more are the same */
} CompareOptions;

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

/*
 * Compares two records of one id, and counts. Returns what differs as an object that the report
 * prints (its "layers" is empty when nothing does, and it has neither "text" nor "metadata"), or
 * NULL after setting @wrong to what is not as Aver writes it.
 */
json_t *compare_records(const CompareOptions *options, json_t *old_json, json_t *new_json,
                        Totals *totals, char **wrong);

gboolean has_differences(const json_t *report);
