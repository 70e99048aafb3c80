/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of spans, and how they compare: arrays of AverSpan that a scorer counts with. */
#include "spans.h"

GArray *spans_new(void)
{
  return g_array_new(FALSE, FALSE, sizeof(AverSpan));
}

static gint compare(gconstpointer a, gconstpointer b)
{
  const AverSpan *x = a, *y = b;
  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  return x->end == y->end ? 0 : x->end < y->end ? -1 : 1;
}

void spans_make_set(GArray *spans)
{
  g_array_sort(spans, compare);
  guint kept = 0;
  for (guint i = 0; i < spans->len; i++)
    if (kept == 0 || compare(&SPAN(spans, kept - 1), &SPAN(spans, i)) != 0)
      SPAN(spans, kept++) = SPAN(spans, i);
  g_array_set_size(spans, kept);
}

guint spans_count_shared(const GArray *a, const GArray *b)
{
  guint shared = 0, i = 0, k = 0;
  while (i < a->len && k < b->len) {
    gint order = compare(&SPAN(a, i), &SPAN(b, k));
    shared += order == 0;
    i += order <= 0;
    k += order >= 0;
  }
  return shared;
}

GArray *spans_cover(const GArray *spans)
{
  g_autoptr(GArray) sorted = spans_new();
  GArray *cover = spans_new();
  if (spans->len > 0)
    g_array_append_vals(sorted, spans->data, spans->len);
  g_array_sort(sorted, compare);
  for (guint i = 0; i < sorted->len; i++) {
    AverSpan span = SPAN(sorted, i);
    if (cover->len > 0 && span.start <= SPAN(cover, cover->len - 1).end)
      SPAN(cover, cover->len - 1).end = MAX(SPAN(cover, cover->len - 1).end, span.end);
    else
      g_array_append_val(cover, span);
  }
  return cover;
}

gboolean spans_equal(const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (compare(&SPAN(a, i), &SPAN(b, i)) != 0)
      return FALSE;
  return TRUE;
}

gboolean spans_overlap(const GArray *a, const GArray *b)
{
  for (guint i = 0, k = 0; i < a->len && k < b->len;) {
    AverSpan x = SPAN(a, i), y = SPAN(b, k);
    if (x.start < y.end && y.start < x.end)
      return TRUE;
    if (x.end <= y.end)
      i++;
    else
      k++;
  }
  return FALSE;
}

gboolean spans_agree(const GArray *a, const GArray *b)
{
  return (a->len == 0 && b->len == 0) || spans_overlap(a, b);
}

guint spans_sum(const GArray *spans, const guint32 *counts)
{
  guint sum = 0;
  for (guint i = 0; i < spans->len; i++)
    sum += counts[SPAN(spans, i).end] - counts[SPAN(spans, i).start];
  return sum;
}

guint spans_sum_shared(const GArray *a, const GArray *b, const guint32 *counts)
{
  guint sum = 0;
  for (guint i = 0, k = 0; i < a->len && k < b->len;) {
    AverSpan x = SPAN(a, i), y = SPAN(b, k);
    guint32 start = MAX(x.start, y.start), end = MIN(x.end, y.end);
    if (start < end)
      sum += counts[end] - counts[start];
    if (x.end <= y.end)
      i++;
    else
      k++;
  }
  return sum;
}
