/* SPDX-License-Identifier: Apache-2.0 */
/* What is compared when claims are scored: pairs of a gold and a predicted row. */
#include "claims.h"

#include <string.h>

gboolean has_label(const ClaimRow *row, const char *label)
{
  return row != NULL && g_strv_contains((const char *const *) row->labels, label);
}

gboolean has_same_labels(const ClaimRow *a, const ClaimRow *b)
{
  return g_strv_equal((const char *const *) a->labels, (const char *const *) b->labels);
}

static const ClaimRow *find_best(const Record *predicted)
{
  const ClaimRow *best = NULL;
  for (guint i = 0; i < predicted->claims->len; i++) {
    const ClaimRow *row = g_ptr_array_index(predicted->claims, i);
    if (best == NULL || row->score > best->score)
      best = row;
  }
  return best;
}

/* Bytes that both cover, as a share of those that either does. */
static double likeness(AverSpan a, AverSpan b)
{
  guint32 start = MAX(a.start, b.start), end = MIN(a.end, b.end);
  if (a.start == b.start && a.end == b.end)
    return 1;
  return end <= start ? 0 : (double) (end - start) / (MAX(a.end, b.end) - MIN(a.start, b.start));
}

static const ClaimRow *find_alike(const Record *predicted, const ClaimRow *gold)
{
  const ClaimRow *best = NULL;
  double most = 0.5;
  for (guint i = 0; i < predicted->claims->len; i++) {
    const ClaimRow *row = g_ptr_array_index(predicted->claims, i);
    double alike = likeness(row->span, gold->span);
    if (alike < most)
      continue;
    /* A sentence that is all quote has two rows. */
    gboolean fits = row->of_quote == gold->of_quote;
    gboolean best_fits = best != NULL && best->of_quote == gold->of_quote;
    if (best != NULL && alike == most &&
        (fits != best_fits ? best_fits : row->score <= best->score))
      continue;
    best = row;
    most = alike;
  }
  return best;
}

GArray *pair_claims(const Records *gold, const Records *predicted)
{
  GArray *items = g_array_new(FALSE, FALSE, sizeof(ClaimItem));
  for (guint i = 0; i < gold->list->len; i++) {
    const Record *record = g_ptr_array_index(gold->list, i);
    const Record *other = records_get(predicted, record->id);
    for (guint k = 0; k < record->claims->len; k++) {
      ClaimItem item = {record, g_ptr_array_index(record->claims, k), NULL};
      if (other != NULL)
        item.predicted = item.gold->is_row ? find_alike(other, item.gold) : find_best(other);
      /* A row without a label says nothing. */
      if (item.predicted != NULL && item.predicted->is_row && item.predicted->labels[0] == NULL)
        item.predicted = NULL;
      g_array_append_val(items, item);
    }
  }
  return items;
}
