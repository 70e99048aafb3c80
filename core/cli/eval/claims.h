/* SPDX-License-Identifier: Apache-2.0 */
/* What is compared when claims are scored: pairs of a gold and a predicted row. */
#pragma once

#include "records.h"

typedef struct {
  const Record *record;
  const ClaimRow *gold;
  const ClaimRow *predicted; /* (nullable) */
} ClaimItem;

/*
 * Where gold has one label for a document, the prediction is its row of the highest
 * check-worthiness, the first of them. Where gold has rows, it is the row that covers most of the
 * same text, at least half of what either does; then the one that like it is, or is not, about a
 * quote; then the highest check-worthiness; then the first.
 * Returns: (transfer full): ClaimItem, one for each row of gold.
 */
GArray *pair_claims(const Records *gold, const Records *predicted);

gboolean has_label(const ClaimRow *row, const char *label);
gboolean has_same_labels(const ClaimRow *a, const ClaimRow *b);
