/* SPDX-License-Identifier: Apache-2.0 */
/* Measures of scores: how well they rank the positive items, and how far they can be believed. */
#include "ranking.h"

#include <math.h>

GArray *ranked_new(void)
{
  return g_array_new(FALSE, FALSE, sizeof(Ranked));
}

void ranked_add(GArray *items, double score, gboolean is_positive)
{
  Ranked item = {score, items->len, is_positive != FALSE};
  g_array_append_val(items, item);
}

guint ranked_count_positive(const GArray *items)
{
  guint n = 0;
  for (guint i = 0; i < items->len; i++)
    n += RANKED(items, i).is_positive;
  return n;
}

gboolean ranked_are_probabilities(const GArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (!(RANKED(items, i).score >= 0 && RANKED(items, i).score <= 1))
      return FALSE;
  return TRUE;
}

static gint compare(gconstpointer a, gconstpointer b)
{
  const Ranked *x = a, *y = b;
  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->place < y->place ? -1 : x->place > y->place;
}

void ranked_sort(GArray *items)
{
  g_array_sort(items, compare);
}

double average_precision(const GArray *items)
{
  double sum = 0;
  guint found = 0;
  for (guint i = 0; i < items->len; i++)
    if (RANKED(items, i).is_positive)
      sum += ++found / (double) (i + 1);
  return found == 0 ? NAN : sum / found;
}

double roc_auc(const GArray *items)
{
  double positive = ranked_count_positive(items), negative = items->len - positive, ranks = 0;
  if (positive == 0 || negative == 0)
    return NAN;
  /* Ranks count from the lowest score; items of one score share the mean of theirs. */
  for (guint from = items->len, to; from > 0; from = to) {
    guint hits = 0;
    for (to = from; to > 0 && RANKED(items, to - 1).score == RANKED(items, from - 1).score; to--)
      hits += RANKED(items, to - 1).is_positive;
    guint below = items->len - from, through = items->len - to;
    ranks += (below + 1 + through) / 2.0 * hits;
  }
  return (ranks - positive * (positive + 1) / 2) / (positive * negative);
}

double precision_at(const GArray *items, guint n)
{
  guint found = 0;
  for (guint i = 0; i < MIN(n, items->len); i++)
    found += RANKED(items, i).is_positive;
  return (double) found / n;
}

double reciprocal_rank(const GArray *items)
{
  guint i = 0;
  while (i + 1 < items->len && !RANKED(items, i).is_positive)
    i++;
  return 1.0 / (i + 1);
}

double brier_score(const GArray *items)
{
  double sum = 0;
  for (guint i = 0; i < items->len; i++) {
    double distance = RANKED(items, i).score - RANKED(items, i).is_positive;
    sum += distance * distance;
  }
  return sum / items->len;
}

double calibration_error(const GArray *items, guint n_bins)
{
  g_autofree double *scores = g_new0(double, n_bins);
  g_autofree guint *positive = g_new0(guint, n_bins);
  g_autofree guint *all = g_new0(guint, n_bins);
  double sum = 0;
  for (guint i = 0; i < items->len; i++) {
    guint bin = MIN((guint) (RANKED(items, i).score * n_bins), n_bins - 1);
    scores[bin] += RANKED(items, i).score;
    positive[bin] += RANKED(items, i).is_positive;
    all[bin]++;
  }
  for (guint bin = 0; bin < n_bins; bin++)
    if (all[bin] > 0)
      sum += (double) all[bin] / items->len *
             fabs(scores[bin] / all[bin] - (double) positive[bin] / all[bin]);
  return sum;
}

double best_f1(const GArray *items, double *threshold)
{
  double best = 0;
  guint positive = ranked_count_positive(items), found = 0;
  *threshold = NAN;
  for (guint i = 0; i < items->len; i++) {
    found += RANKED(items, i).is_positive;
    double score = RANKED(items, i).score, f1 = 2.0 * found / (i + 1 + positive);
    gboolean is_last = i + 1 == items->len || RANKED(items, i + 1).score < score;
    if (!is_last || f1 <= best)
      continue;
    best = f1;
    *threshold = score;
  }
  return best;
}
