/* SPDX-License-Identifier: Apache-2.0 */
/* Two outputs of one document: what differs. */
#include "compare.h"

#include "rows.h"

#include <math.h>
#include <string.h>

typedef struct {
  const CompareOptions *options;
  Difference difference;
  GArray *pairs; /* LayerPair */
  Totals *totals;
  const CompareReport *report;
  gboolean begun; /* the report */
  char *wrong;    /* what cannot be compared */
} Comparing;

static gboolean is_ignored(const CompareOptions *options, const char *layer, const char *column)
{
  g_autofree char *whole = g_strconcat(layer, ".", column, NULL);
  const char *const *ignore = (const char *const *) options->ignore;
  return ignore != NULL && (g_strv_contains(ignore, column) || g_strv_contains(ignore, whole));
}

static const LayerPair *find_pair(const Comparing *c, const char *name)
{
  for (guint i = 0; name != NULL && i < c->pairs->len; i++)
    if (strcmp(g_array_index(c->pairs, LayerPair, i).name, name) == 0)
      return &g_array_index(c->pairs, LayerPair, i);
  return NULL;
}

/* The layer that a column's numbers are rows of, as the built-in layers say, or by its name. */
static const LayerPair *find_target(const Comparing *c, const char *layer, const char *column)
{
  const AverLayerType *const types[] = {&aver_sentence_layer, &aver_quote_layer, &aver_claim_layer,
                                        &aver_token_layer, &aver_dependency_layer};
  for (guint i = 0; i < G_N_ELEMENTS(types); i++)
    for (guint32 k = 0; strcmp(types[i]->name, layer) == 0 && k < types[i]->n_columns; k++)
      if (strcmp(types[i]->columns[k].name, column) == 0)
        return find_pair(c, types[i]->columns[k].target);
  return find_pair(c, column);
}

/* References are the same when the rows they lead to belong together; those that lead to no row,
 * when they are the same number. */
static gboolean same_reference(const LayerPair *target, const json_t *a, const json_t *b)
{
  json_int_t from = json_integer_value(a), to = json_integer_value(b);
  if (from < 0 || from >= target->olds.n)
    return from == to;
  return target->olds.rows[from].match == to;
}

static gboolean same_cell(const Comparing *c, const char *layer, const char *column,
                          const json_t *a, const json_t *b)
{
  if (json_is_integer(a) && json_is_integer(b)) {
    const LayerPair *target = find_target(c, layer, column);
    if (target != NULL)
      return same_reference(target, a, b);
  }
  if (json_is_number(a) && json_is_number(b) && c->options->tolerance > 0)
    return fabs(json_number_value(a) - json_number_value(b)) <= c->options->tolerance;
  return a == b || (a != NULL && b != NULL && json_equal(a, b)) || (a == NULL && json_is_null(b)) ||
         (b == NULL && json_is_null(a));
}

static json_t *pair_of(json_t *old_value, json_t *new_value)
{
  json_t *pair = json_object();
  json_object_set_new(pair, "old", old_value == NULL ? json_null() : json_incref(old_value));
  json_object_set_new(pair, "new", new_value == NULL ? json_null() : json_incref(new_value));
  return pair;
}

static json_t *span_of(const Row *row)
{
  return json_pack("[I, I]", (json_int_t) row->start, (json_int_t) row->end);
}

/* What differs between two objects but for the places of rows, added to @cells. */
static void compare_members(const Comparing *c, const char *layer, json_t *a, json_t *b,
                            json_t *cells)
{
  json_t *const sides[] = {a, b};
  const char *key;
  json_t *value;
  for (guint i = 0; i < 2; i++)
    json_object_foreach(sides[i], key, value)
    {
      if (strcmp(key, "start") == 0 || strcmp(key, "end") == 0 ||
          is_ignored(c->options, layer, key))
        continue;
      json_t *x = json_object_get(a, key), *y = json_object_get(b, key);
      if (!same_cell(c, layer, key, x, y) && json_object_get(cells, key) == NULL)
        json_object_set_new(cells, key, pair_of(x, y));
    }
}

static json_t *parse_row(Comparing *c, const char *layer, const RowList *list, gint32 index)
{
  json_t *row = row_parse(list, (guint32) index);
  if (row == NULL && c->wrong == NULL)
    c->wrong = g_strdup_printf("layer '%s' has a row %d that cannot be read; expected no key twice "
                               "and no number beyond a double's",
                               layer, index);
  return row;
}

/* The cells that differ, as an object, which is empty when none does. */
static json_t *compare_cells(Comparing *c, const LayerPair *pair, gint32 old_index,
                             gint32 new_index)
{
  const Row *a = &pair->olds.rows[old_index], *b = &pair->news.rows[new_index];
  json_auto_t *old_row = parse_row(c, pair->name, &pair->olds, old_index);
  json_auto_t *new_row = parse_row(c, pair->name, &pair->news, new_index);
  json_t *cells = json_object();
  if ((a->start != b->start || a->end != b->end) && !is_ignored(c->options, pair->name, "span")) {
    json_t *span = json_object();
    json_object_set_new(span, "old", span_of(a));
    json_object_set_new(span, "new", span_of(b));
    json_object_set_new(cells, "span", span);
  }
  compare_members(c, pair->name, old_row, new_row, cells);
  return cells;
}

static void begin(Comparing *c)
{
  if (!c->begun)
    c->report->begin(&c->difference, c->report->user_data);
  c->begun = TRUE;
}

/* Tells of a change; takes @cells; without them, the values of the row are told. */
static void tell(Comparing *c, const LayerPair *pair, const char *change, gint32 old_index,
                 gint32 new_index, json_t *cells)
{
  json_auto_t *object = json_object();
  json_object_set_new(object, "change", json_string(change));
  if (old_index != AVER_NONE)
    json_object_set_new(object, "old_row", json_integer(old_index));
  if (new_index != AVER_NONE)
    json_object_set_new(object, "new_row", json_integer(new_index));
  const RowList *list = new_index != AVER_NONE ? &pair->news : &pair->olds;
  gint32 index = new_index != AVER_NONE ? new_index : old_index;
  json_object_set_new(object, "span", span_of(&list->rows[index]));
  if (cells != NULL)
    json_object_set_new(object, "cells", cells);
  else
    json_object_set_new(object, "values", parse_row(c, pair->name, list, index));
  if (c->wrong != NULL)
    return;
  begin(c);
  c->report->change(&c->difference, pair->name, object, c->report->user_data);
}

static void take_row(Comparing *c, const LayerPair *pair, LayerCount *count, gint32 index)
{
  gint32 old_index = pair->news.rows[index].match;
  if (old_index == AVER_NONE) {
    count->added++;
    tell(c, pair, "added", AVER_NONE, index, NULL);
    return;
  }
  json_t *cells = compare_cells(c, pair, old_index, index);
  const char *key;
  json_t *value;
  json_object_foreach(cells, key, value) layer_count_column(count, key);
  if (json_object_size(cells) > 0) {
    count->changed++;
    tell(c, pair, "changed", old_index, index, cells);
    return;
  }
  count->same++;
  json_decref(cells);
}

/* The changes of a layer in the order of the text: what was removed stands before the first row
 * behind it. */
static void compare_layer(Comparing *c, const LayerPair *pair)
{
  LayerCount *count = totals_get_layer(c->totals, pair->name);
  guint32 k = 0;
  for (guint32 i = 0; i <= pair->news.n && c->wrong == NULL; i++) {
    gboolean last = i == pair->news.n;
    for (; k < pair->olds.n && (last || pair->olds.rows[k].start < pair->news.rows[i].start); k++)
      if (pair->olds.rows[k].match == AVER_NONE) {
        count->removed++;
        tell(c, pair, "removed", (gint32) k, AVER_NONE, NULL);
      }
    if (!last)
      take_row(c, pair, count, (gint32) i);
  }
}

static gboolean is_wanted(const CompareOptions *options, const char *layer)
{
  return options->layers == NULL || g_strv_contains((const char *const *) options->layers, layer);
}

static void add_layers(Comparing *c, const DiffDocument *document)
{
  for (guint i = 0; i < document->layers->len && c->wrong == NULL; i++) {
    const char *name = g_array_index(document->layers, DiffLayer, i).name;
    LayerPair pair = {0};
    if (!is_wanted(c->options, name) || find_pair(c, name) != NULL)
      continue;
    const char *wrong =
        layer_pair_init(&pair, name, diff_document_find_layer(c->difference.old_one, name),
                        diff_document_find_layer(c->difference.new_one, name));
    g_array_append_val(c->pairs, pair);
    if (wrong != NULL)
      c->wrong = g_strdup_printf("layer '%s' %s; expected what Aver writes", name, wrong);
    else
      layer_pair_match(&g_array_index(c->pairs, LayerPair, c->pairs->len - 1));
  }
}

static void compare_metadata(Comparing *c)
{
  json_auto_t *olds = diff_value_parse(&c->difference.old_one->metadata);
  json_auto_t *news = diff_value_parse(&c->difference.new_one->metadata);
  json_t *const sides[] = {olds, news}, *value;
  json_t *cells = json_object();
  const char *key;
  for (guint i = 0; c->options->layers == NULL && i < 2; i++)
    json_object_foreach(sides[i], key, value)
    {
      json_t *x = json_object_get(olds, key), *y = json_object_get(news, key);
      gboolean same = x != NULL && y != NULL && json_equal(x, y);
      if (!same && !is_ignored(c->options, "metadata", key))
        json_object_set_new(cells, key, pair_of(x, y));
    }
  if (json_object_size(cells) > 0)
    c->difference.metadata = json_incref(cells);
  json_decref(cells);
}

static gboolean same_slice(const AverJsonValue *a, const AverJsonValue *b)
{
  return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

static void compare_text(Comparing *c)
{
  Difference *d = &c->difference;
  gsize n_old, n_new;
  if (d->old_one->text.text == NULL || d->new_one->text.text == NULL ||
      same_slice(&d->old_one->text, &d->new_one->text))
    return;
  const char *a = diff_document_get_text(d->old_one, &n_old);
  const char *b = diff_document_get_text(d->new_one, &n_new);
  if (n_old != n_new || memcmp(a, b, n_old) != 0)
    d->text = json_pack("{s:I, s:I}", "old", (json_int_t) n_old, "new", (json_int_t) n_new);
}

static void clear_pair(gpointer pair)
{
  layer_pair_clear(pair);
}

static int by_name(gconstpointer a, gconstpointer b)
{
  return strcmp(((const LayerPair *) a)->name, ((const LayerPair *) b)->name);
}

static void compare_all(Comparing *c)
{
  compare_text(c);
  compare_metadata(c);
  if (c->difference.text != NULL || c->difference.metadata != NULL)
    begin(c);
  if (c->options->sorted)
    g_array_sort(c->pairs, by_name);
  for (guint i = 0; i < c->pairs->len && c->wrong == NULL; i++)
    compare_layer(c, &g_array_index(c->pairs, LayerPair, i));
  c->totals->in_both++;
  c->totals->differ += c->begun;
  if (c->begun)
    c->report->end(&c->difference, c->report->user_data);
}

char *compare_documents(const CompareOptions *options, DiffDocument *old_one, DiffDocument *new_one,
                        Totals *totals, const CompareReport *report)
{
  g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(LayerPair));
  g_array_set_clear_func(pairs, clear_pair);
  Comparing c = {options, {old_one, new_one, NULL, NULL}, pairs, totals, report, FALSE, NULL};
  add_layers(&c, old_one);
  add_layers(&c, new_one);
  if (c.wrong == NULL)
    compare_all(&c);
  json_decref(c.difference.text);
  json_decref(c.difference.metadata);
  return c.wrong;
}
