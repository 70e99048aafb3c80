/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a layer in two outputs: which belong together. */
#include "rows.h"

#include <string.h>

/* How far is looked for the best of rows that would do: more stand at one place in no real text. */
#define REACH 16

static gboolean read_offset(const AverJsonValue *value, guint32 *offset)
{
  guint64 sum = 0;
  if (value->kind != AVER_JSON_NUMBER || value->length > 10)
    return FALSE;
  for (gsize i = 0; i < value->length; i++) {
    if (!g_ascii_isdigit(value->text[i]))
      return FALSE;
    sum = sum * 10 + (guint64) (value->text[i] - '0');
  }
  *offset = (guint32) sum;
  return sum <= G_MAXUINT32;
}

static gboolean read_span(AverJsonScanner *scanner, const AverJsonValue *json, Row *row)
{
  AverJsonValue key, value;
  guint found = 0;
  if (!aver_json_scanner_begin(scanner, AVER_JSON_OBJECT, json->text, json->length, NULL))
    return FALSE;
  while (aver_json_scanner_next(scanner, &key, &value, NULL)) {
    if (key.length == 5 && memcmp(key.text, "start", 5) == 0)
      found |= read_offset(&value, &row->start) ? 1 : 0;
    else if (key.length == 3 && memcmp(key.text, "end", 3) == 0)
      found |= read_offset(&value, &row->end) ? 2 : 0;
  }
  return found == 3;
}

static const char *take_rows(RowList *list, const AverJsonValue *json)
{
  g_auto(AverJsonScanner) scanner = {0}, inner = {0};
  AverJsonValue value;
  if (json == NULL)
    return NULL;
  if (json->length > G_MAXUINT32 ||
      !aver_json_scanner_begin(&scanner, AVER_JSON_ARRAY, json->text, json->length, NULL))
    return "is no list of rows";
  g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(Row));
  while (aver_json_scanner_next(&scanner, NULL, &value, NULL)) {
    Row row = {
        .at = (guint32) (value.text - json->text), .length = (guint32) value.length, .match = -1};
    if (!read_span(&inner, &value, &row))
      return "has a row without 'start' and 'end'";
    g_array_append_val(rows, row);
  }
  list->json = json->text;
  list->n = rows->len;
  list->rows = g_renew(Row, g_array_free(g_steal_pointer(&rows), FALSE), list->n);
  return NULL;
}

const char *layer_pair_init(LayerPair *pair, const char *name, const AverJsonValue *old_json,
                            const AverJsonValue *new_json)
{
  pair->name = name;
  const char *wrong = take_rows(&pair->olds, old_json);
  const char *also = take_rows(&pair->news, new_json);
  return wrong != NULL ? wrong : also;
}

void layer_pair_clear(LayerPair *pair)
{
  g_free(pair->olds.rows);
  g_free(pair->news.rows);
}

json_t *row_parse(const RowList *list, guint32 index)
{
  const Row *row = &list->rows[index];
  AverJsonValue value = {AVER_JSON_OBJECT, AVER_JSON_UNESCAPED, list->json + row->at, row->length};
  return diff_value_parse(&value);
}

static int by_span(gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Row *rows = user_data;
  guint32 i = *(const guint32 *) a, k = *(const guint32 *) b;
  const Row *x = &rows[i], *y = &rows[k];
  if (x->start != y->start)
    return x->start < y->start ? -1 : 1;
  if (x->end != y->end)
    return x->end < y->end ? -1 : 1;
  return i < k ? -1 : i > k;
}

/* The indices of the rows without a match, by their spans. */
static GArray *sort_rows(const RowList *list)
{
  GArray *sorted = g_array_new(FALSE, FALSE, sizeof(guint32));
  gboolean done = TRUE;
  for (guint32 i = 0; i < list->n; i++) {
    if (list->rows[i].match != AVER_NONE)
      continue;
    guint32 last = sorted->len > 0 ? g_array_index(sorted, guint32, sorted->len - 1) : i;
    done = done && (last == i || by_span(&last, &i, list->rows) < 0);
    g_array_append_val(sorted, i);
  }
  if (!done)
    g_array_sort_with_data(sorted, by_span, list->rows);
  return sorted;
}

static void join(LayerPair *pair, guint32 old_index, guint32 new_index)
{
  pair->olds.rows[old_index].match = (gint32) new_index;
  pair->news.rows[new_index].match = (gint32) old_index;
}

static gboolean same_span(const Row *a, const Row *b)
{
  return a->start == b->start && a->end == b->end;
}

/* Whether two rows are the same in all; @tree: of the first, made when it is needed. */
static gboolean same_row(const LayerPair *pair, guint32 old_index, guint32 new_index, json_t **tree)
{
  const Row *a = &pair->olds.rows[old_index], *b = &pair->news.rows[new_index];
  if (a->length == b->length &&
      memcmp(pair->olds.json + a->at, pair->news.json + b->at, a->length) == 0)
    return TRUE;
  if (*tree == NULL)
    *tree = row_parse(&pair->olds, old_index);
  json_auto_t *other = row_parse(&pair->news, new_index);
  return json_equal(*tree, other);
}

/* Of the rows from @from on with the same span, one that is the same in all; @any: the first. */
static gint64 find_equal(const LayerPair *pair, guint32 index, const GArray *others, guint from,
                         gboolean any)
{
  json_auto_t *tree = NULL;
  for (guint i = from; i < others->len && i < from + REACH; i++) {
    guint32 other = g_array_index(others, guint32, i);
    if (!same_span(&pair->olds.rows[index], &pair->news.rows[other]))
      break;
    if (pair->news.rows[other].match == AVER_NONE && (any || same_row(pair, index, other, &tree)))
      return other;
  }
  return AVER_NONE;
}

static void match_exact(LayerPair *pair, gboolean any)
{
  g_autoptr(GArray) olds = sort_rows(&pair->olds), news = sort_rows(&pair->news);
  guint k = 0;
  for (guint i = 0; i < olds->len; i++) {
    guint32 index = g_array_index(olds, guint32, i);
    const Row *row = &pair->olds.rows[index];
    for (; k < news->len; k++) {
      const Row *other = &pair->news.rows[g_array_index(news, guint32, k)];
      gboolean before =
          other->start < row->start || (other->start == row->start && other->end < row->end);
      if (!before && (other->match == AVER_NONE || !same_span(row, other)))
        break;
    }
    gint64 match = find_equal(pair, index, news, k, any);
    if (match != AVER_NONE)
      join(pair, index, (guint32) match);
  }
}

static gint64 overlap(const Row *a, const Row *b)
{
  return (gint64) MIN(a->end, b->end) - (gint64) MAX(a->start, b->start);
}

static void match_overlapping(LayerPair *pair)
{
  g_autoptr(GArray) olds = sort_rows(&pair->olds), news = sort_rows(&pair->news);
  const Row *rows = pair->news.rows;
  guint k = 0;
  for (guint i = 0; i < olds->len; i++) {
    guint32 index = g_array_index(olds, guint32, i), best = 0;
    const Row *row = &pair->olds.rows[index];
    gint64 most = 0;
    for (; k < news->len; k++) {
      const Row *other = &rows[g_array_index(news, guint32, k)];
      if (other->end > row->start && other->match == AVER_NONE)
        break;
    }
    for (guint j = k; j < news->len && j < k + REACH; j++) {
      guint32 other = g_array_index(news, guint32, j);
      if (rows[other].start >= row->end)
        break;
      if (rows[other].match == AVER_NONE && overlap(row, &rows[other]) > most) {
        most = overlap(row, &rows[other]);
        best = other;
      }
    }
    if (most > 0)
      join(pair, index, best);
  }
}

void layer_pair_match(LayerPair *pair)
{
  match_exact(pair, FALSE);
  match_exact(pair, TRUE);
  match_overlapping(pair);
}
