/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a layer in two outputs: which belong together. */
#include "rows.h"

#include <stdlib.h>

/* How far is looked for the best of rows that would do: more stand at one place in no real text. */
#define REACH 16

static const char *take_rows(json_t *list, Row **rows, guint *n)
{
  *n = (guint) json_array_size(list);
  *rows = g_new0(Row, *n + 1);
  if (list != NULL && !json_is_array(list))
    return "is no list of rows";
  for (guint i = 0; i < *n; i++) {
    json_t *json = json_array_get(list, i);
    json_t *start = json_object_get(json, "start"), *end = json_object_get(json, "end");
    if (!json_is_integer(start) || !json_is_integer(end))
      return "has a row without 'start' and 'end'";
    (*rows)[i] = (Row){json, json_integer_value(start), json_integer_value(end), i, AVER_NONE};
  }
  return NULL;
}

const char *layer_pair_init(LayerPair *pair, const char *name, json_t *old_list, json_t *new_list)
{
  pair->name = name;
  const char *wrong = take_rows(old_list, &pair->old_rows, &pair->n_old);
  const char *also = take_rows(new_list, &pair->new_rows, &pair->n_new);
  return wrong != NULL ? wrong : also;
}

void layer_pair_clear(LayerPair *pair)
{
  g_free(pair->old_rows);
  g_free(pair->new_rows);
}

static int by_span(const void *a, const void *b)
{
  const Row *x = *(Row *const *) a, *y = *(Row *const *) b;
  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  if (x->end != y->end)
    return x->end < y->end ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

/* The rows without a match, by their spans. */
static GPtrArray *sort_rows(Row *rows, guint n)
{
  GPtrArray *sorted = g_ptr_array_sized_new(n + 1);
  for (guint i = 0; i < n; i++)
    if (rows[i].match == AVER_NONE)
      g_ptr_array_add(sorted, &rows[i]);
  if (sorted->len > 1)
    qsort(sorted->pdata, sorted->len, sizeof *sorted->pdata, by_span);
  return sorted;
}

static void join(Row *old_row, Row *new_row)
{
  old_row->match = (gint) new_row->index;
  new_row->match = (gint) old_row->index;
}

static gboolean same_span(const Row *a, const Row *b)
{
  return a->start == b->start && a->end == b->end;
}

/* Of the rows from @from on with the same span, one that is the same in all; @any: or else the
 * first. */
static Row *find_equal(const Row *row, const GPtrArray *others, guint from, gboolean any)
{
  Row *first = NULL;
  for (guint i = from; i < others->len && i < from + REACH; i++) {
    Row *other = others->pdata[i];
    if (!same_span(row, other))
      break;
    if (other->match != AVER_NONE)
      continue;
    if (json_equal(row->json, other->json))
      return other;
    if (first == NULL)
      first = other;
  }
  return any ? first : NULL;
}

static void match_exact(Row *old_rows, guint n_old, Row *new_rows, guint n_new, gboolean any)
{
  g_autoptr(GPtrArray) olds = sort_rows(old_rows, n_old), news = sort_rows(new_rows, n_new);
  guint k = 0;
  for (guint i = 0; i < olds->len; i++) {
    Row *row = olds->pdata[i];
    while (k < news->len) {
      const Row *other = news->pdata[k];
      gboolean before =
          other->start < row->start || (other->start == row->start && other->end < row->end);
      if (!before && (other->match == AVER_NONE || !same_span(row, other)))
        break;
      k++;
    }
    Row *match = find_equal(row, news, k, any);
    if (match != NULL)
      join(row, match);
  }
}

static gint64 overlap(const Row *a, const Row *b)
{
  return MIN(a->end, b->end) - MAX(a->start, b->start);
}

static void match_overlapping(LayerPair *pair)
{
  g_autoptr(GPtrArray) olds = sort_rows(pair->old_rows, pair->n_old);
  g_autoptr(GPtrArray) news = sort_rows(pair->new_rows, pair->n_new);
  guint k = 0;
  for (guint i = 0; i < olds->len; i++) {
    Row *row = olds->pdata[i], *best = NULL;
    while (k < news->len && (((Row *) news->pdata[k])->end <= row->start ||
                             ((Row *) news->pdata[k])->match != AVER_NONE))
      k++;
    for (guint j = k; j < news->len && j < k + REACH; j++) {
      Row *other = news->pdata[j];
      if (other->start >= row->end)
        break;
      if (other->match == AVER_NONE && overlap(row, other) > 0 &&
          (best == NULL || overlap(row, other) > overlap(row, best)))
        best = other;
    }
    if (best != NULL)
      join(row, best);
  }
}

void layer_pair_match(LayerPair *pair)
{
  match_exact(pair->old_rows, pair->n_old, pair->new_rows, pair->n_new, FALSE);
  match_exact(pair->old_rows, pair->n_old, pair->new_rows, pair->n_new, TRUE);
  match_overlapping(pair);
}
