/* SPDX-License-Identifier: Apache-2.0 */
/* Matching: which predicted quote stands for which gold quote of a document. */
#include "quotematch.h"

#include "spans.h"

typedef struct {
  double likeness;
  gboolean same_source;
  guint gold;
  guint predicted;
} Candidate;

guint count_shared(const QuoteDocument *document, const QuoteUnit *a, const QuoteUnit *b)
{
  return spans_sum_shared(a->roles[ROLE_CONTENT], b->roles[ROLE_CONTENT],
                          document->counts->letters);
}

gboolean has_same_source(const QuoteUnit *a, const QuoteUnit *b)
{
  return spans_agree(a->roles[ROLE_SOURCE], b->roles[ROLE_SOURCE]);
}

gboolean is_on_ignored(const QuoteDocument *document, const QuoteUnit *predicted)
{
  for (guint i = 0; i < document->ignored->len; i++) {
    const QuoteUnit *other = g_ptr_array_index(document->ignored, i);
    guint shared = count_shared(document, predicted, other);
    if (shared > 0 && 2 * shared >= MIN(predicted->size, other->size))
      return TRUE;
  }
  return FALSE;
}

static gint compare_candidates(gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;
  if (x->likeness != y->likeness)
    return x->likeness > y->likeness ? -1 : 1;
  if (x->same_source != y->same_source)
    return x->same_source ? -1 : 1;
  if (x->gold != y->gold)
    return x->gold < y->gold ? -1 : 1;
  return x->predicted < y->predicted ? -1 : x->predicted > y->predicted;
}

static GArray *find_candidates(const QuoteDocument *document)
{
  GArray *candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
  for (guint i = 0; i < document->gold->len; i++) {
    const QuoteUnit *a = g_ptr_array_index(document->gold, i);
    for (guint k = 0; k < document->predicted->len; k++) {
      const QuoteUnit *b = g_ptr_array_index(document->predicted, k);
      guint shared = count_shared(document, a, b);
      if (shared == 0)
        continue;
      double likeness = (double) shared / (double) (a->size + b->size - shared);
      Candidate candidate = {likeness, has_same_source(a, b), i, k};
      if (likeness >= 0.5)
        g_array_append_val(candidates, candidate);
    }
  }
  g_array_sort(candidates, compare_candidates);
  return candidates;
}

gint *match_quotes(const QuoteDocument *document)
{
  g_autoptr(GArray) candidates = find_candidates(document);
  g_autofree gboolean *taken = g_new0(gboolean, document->predicted->len);
  gint *match = g_new(gint, document->gold->len);
  for (guint i = 0; i < document->gold->len; i++)
    match[i] = AVER_NONE;
  for (guint i = 0; i < candidates->len; i++) {
    const Candidate *candidate = &g_array_index(candidates, Candidate, i);
    if (match[candidate->gold] != AVER_NONE || taken[candidate->predicted])
      continue;
    match[candidate->gold] = (gint) candidate->predicted;
    taken[candidate->predicted] = TRUE;
  }
  return match;
}

void match_greedily(const QuoteDocument *document, double threshold, Greedy *greedy)
{
  g_autofree gboolean *taken = g_new0(gboolean, document->predicted->len);
  for (guint i = 0; i < document->gold->len; i++) {
    const QuoteUnit *a = g_ptr_array_index(document->gold, i), *found = NULL;
    guint place = 0;
    double most = 0;
    for (guint k = 0; k < document->predicted->len; k++) {
      const QuoteUnit *b = g_ptr_array_index(document->predicted, k);
      double share = (double) count_shared(document, a, b) / (double) MAX(1, a->size);
      if (taken[k] || share <= threshold || share <= most)
        continue;
      found = b;
      place = k;
      most = share;
    }
    if (found == NULL) {
      greedy->missed++;
      continue;
    }
    taken[place] = TRUE;
    greedy->found++;
    greedy->same_source += has_same_source(a, found);
  }
  for (guint k = 0; k < document->predicted->len; k++)
    greedy->spurious +=
        !taken[k] && !is_on_ignored(document, g_ptr_array_index(document->predicted, k));
}
