/* SPDX-License-Identifier: Apache-2.0 */
/* Expected rows and found ones: which belong together. */
#pragma once

#include "testfile.h"

/* The rows of one layer of one document. */
typedef struct {
  const AverDocument *document;
  const AverLayer *layer; /* (nullable): then it has no rows */
  const AverLayerType *type;
} FoundRows;

guint32 found_count(const FoundRows *found);

/* Whether one expected cell, a member of a row, is what a found row has. */
gboolean cell_matches(const FoundRows *found, guint32 row, const Node *cell);

/* Whether all expected cells are. */
gboolean row_matches(const FoundRows *found, guint32 row, const Node *expected);

/* The found row nearest to an expected one among those not @taken (nullable), or AVER_NONE. */
gint32 find_closest(const FoundRows *found, const Node *expected, const gint32 *taken);

/*
 * Gives as many of the expected @rows as can be a found row each, no row twice. Returns an array of
 * found rows, AVER_NONE for none, by expected row; @taken gets the expected row of each found one.
 */
gint32 *match_rows(const FoundRows *found, const Node *rows, gint32 **taken);
