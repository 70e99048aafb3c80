/* SPDX-License-Identifier: Apache-2.0 */
/* Measures of scores: how well they rank the positive items, and how far they can be believed. */
#pragma once

#include <glib.h>

typedef struct {
  double score;
  guint place; /* in the gold file: breaks ties, the earlier first */
  gboolean is_positive;
} Ranked;

/* Arrays of Ranked. */
#define RANKED(array, i) g_array_index(array, Ranked, i)
GArray *ranked_new(void);
void ranked_add(GArray *items, double score, gboolean is_positive);
guint ranked_count_positive(const GArray *items);
gboolean ranked_are_probabilities(const GArray *items);

/* The best score first. Everything below that says "sorted" wants this order. */
void ranked_sort(GArray *items);

/* The mean of the precisions at each positive item; NaN when there is none. Sorted. */
double average_precision(const GArray *items);

/* The area under the ROC curve, ties counted half (Mann and Whitney 1947); NaN when all items are
 * of one class. Sorted. */
double roc_auc(const GArray *items);

/* The share of positive items among the first @n. Sorted. */
double precision_at(const GArray *items, guint n);

/* One by the place of the first positive item; there is one. Sorted. */
double reciprocal_rank(const GArray *items);

/* The mean square distance of probability and truth (Brier 1950). */
double brier_score(const GArray *items);

/* The distance of mean probability and truth in @n_bins equal bins, weighted by their items. */
double calibration_error(const GArray *items, guint n_bins);

/* The best F1 that a threshold chosen on these very items gives, and the threshold, NaN when none
 * gives any. Sorted. */
double best_f1(const GArray *items, double *threshold);
