/* SPDX-License-Identifier: Apache-2.0 */
/* Two outputs of one document: what differs. */
#include "compare.h"

#include "rows.h"

#include <math.h>
#include <string.h>

typedef struct {
  const CompareOptions *options;
  json_t *old_json;
  json_t *new_json;
  GArray *pairs; /* LayerPair */
  Totals *totals;
} Comparing;

static void count_free(gpointer data)
{
  LayerCount *count = data;
  g_hash_table_unref(count->columns);
  g_free(count);
}

void totals_init(Totals *totals)
{
  totals->layers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, count_free);
}

void totals_clear(Totals *totals)
{
  if (totals->layers != NULL)
    g_hash_table_unref(totals->layers);
}

static LayerCount *get_count(Totals *totals, const char *layer)
{
  LayerCount *count = g_hash_table_lookup(totals->layers, layer);
  if (count != NULL)
    return count;
  count = g_new0(LayerCount, 1);
  count->columns = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert(totals->layers, g_strdup(layer), count);
  return count;
}

static void count_column(LayerCount *count, const char *column)
{
  guint64 *n = g_hash_table_lookup(count->columns, column);
  if (n == NULL) {
    n = g_new0(guint64, 1);
    g_hash_table_insert(count->columns, g_strdup(column), n);
  }
  (*n)++;
}

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

/* References are the same when the rows they lead to belong together. */
static gboolean same_reference(const LayerPair *target, const json_t *a, const json_t *b)
{
  json_int_t from = json_integer_value(a), to = json_integer_value(b);
  return from >= 0 && from < target->n_old && target->old_rows[from].match == to;
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

/* The cells that differ, as an object, which is empty when none does. */
static json_t *compare_cells(const Comparing *c, const char *layer, const Row *a, const Row *b)
{
  json_t *cells = json_object();
  const char *key;
  json_t *value;
  if ((a->start != b->start || a->end != b->end) && !is_ignored(c->options, layer, "span")) {
    json_t *span = json_object();
    json_object_set_new(span, "old", span_of(a));
    json_object_set_new(span, "new", span_of(b));
    json_object_set_new(cells, "span", span);
  }
  json_t *const sides[] = {a->json, b->json};
  for (guint i = 0; i < 2; i++)
    json_object_foreach(sides[i], key, value)
    {
      if (strcmp(key, "start") == 0 || strcmp(key, "end") == 0 ||
          is_ignored(c->options, layer, key))
        continue;
      json_t *x = json_object_get(a->json, key), *y = json_object_get(b->json, key);
      if (!same_cell(c, layer, key, x, y) && json_object_get(cells, key) == NULL)
        json_object_set_new(cells, key, pair_of(x, y));
    }
  return cells;
}

static json_t *change_of(const char *change, const Row *old_row, const Row *new_row, json_t *cells)
{
  const Row *row = new_row != NULL ? new_row : old_row;
  json_t *object = json_object();
  json_object_set_new(object, "change", json_string(change));
  if (old_row != NULL)
    json_object_set_new(object, "old_row", json_integer(old_row->index));
  if (new_row != NULL)
    json_object_set_new(object, "new_row", json_integer(new_row->index));
  json_object_set_new(object, "span", span_of(row));
  if (cells != NULL)
    json_object_set_new(object, "cells", cells);
  else
    json_object_set(object, "values", row->json);
  return object;
}

static void take_change(const Comparing *c, const LayerPair *pair, const Row *row, json_t *changes)
{
  LayerCount *count = get_count(c->totals, pair->name);
  const Row *old_row = row->match == AVER_NONE ? NULL : &pair->old_rows[row->match];
  if (old_row == NULL) {
    count->added++;
    json_array_append_new(changes, change_of("added", NULL, row, NULL));
    return;
  }
  json_t *cells = compare_cells(c, pair->name, old_row, row);
  const char *key;
  json_t *value;
  json_object_foreach(cells, key, value) count_column(count, key);
  if (json_object_size(cells) > 0) {
    count->changed++;
    json_array_append_new(changes, change_of("changed", old_row, row, cells));
    return;
  }
  count->same++;
  json_decref(cells);
}

/* The changes of a layer in the order of the text: what was removed stands before the first row
 * behind it. */
static json_t *compare_layer(const Comparing *c, const LayerPair *pair)
{
  json_t *changes = json_array();
  LayerCount *count = get_count(c->totals, pair->name);
  guint k = 0;
  for (guint i = 0; i <= pair->n_new; i++) {
    const Row *row = i < pair->n_new ? &pair->new_rows[i] : NULL;
    for (; k < pair->n_old && (row == NULL || pair->old_rows[k].start < row->start); k++)
      if (pair->old_rows[k].match == AVER_NONE) {
        count->removed++;
        json_array_append_new(changes, change_of("removed", &pair->old_rows[k], NULL, NULL));
      }
    if (row != NULL)
      take_change(c, pair, row, changes);
  }
  return changes;
}

static gboolean is_wanted(const CompareOptions *options, const char *layer)
{
  return options->layers == NULL || g_strv_contains((const char *const *) options->layers, layer);
}

static char *add_layers(Comparing *c, json_t *layers)
{
  const char *name;
  json_t *list;
  json_t *olds = json_object_get(c->old_json, "layers");
  json_t *news = json_object_get(c->new_json, "layers");
  json_object_foreach(layers, name, list)
  {
    LayerPair pair = {0};
    if (!is_wanted(c->options, name) || find_pair(c, name) != NULL)
      continue;
    const char *wrong =
        layer_pair_init(&pair, name, json_object_get(olds, name), json_object_get(news, name));
    g_array_append_val(c->pairs, pair);
    if (wrong != NULL)
      return g_strdup_printf("layer '%s' %s; expected what Aver writes", name, wrong);
    layer_pair_match(&g_array_index(c->pairs, LayerPair, c->pairs->len - 1));
  }
  return NULL;
}

static void compare_metadata(const Comparing *c, json_t *report)
{
  json_t *olds = json_object_get(c->old_json, "metadata"), *value;
  json_t *news = json_object_get(c->new_json, "metadata");
  json_t *const sides[] = {olds, news};
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
    json_object_set(report, "metadata", cells);
  json_decref(cells);
}

static void compare_text(const Comparing *c, json_t *report)
{
  json_t *a = json_object_get(c->old_json, "text"), *b = json_object_get(c->new_json, "text");
  if (!json_is_string(a) || !json_is_string(b) || json_equal(a, b))
    return;
  json_t *sizes = json_pack("{s:I, s:I}", "old", (json_int_t) json_string_length(a), "new",
                            (json_int_t) json_string_length(b));
  json_object_set_new(report, "text", sizes);
}

static void clear_pair(gpointer pair)
{
  layer_pair_clear(pair);
}

gboolean has_differences(const json_t *report)
{
  return json_object_get(report, "text") != NULL || json_object_get(report, "metadata") != NULL ||
         json_object_size(json_object_get(report, "layers")) > 0;
}

json_t *compare_records(const CompareOptions *options, json_t *old_json, json_t *new_json,
                        Totals *totals, char **wrong)
{
  g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(LayerPair));
  g_array_set_clear_func(pairs, clear_pair);
  Comparing c = {options, old_json, new_json, pairs, totals};
  *wrong = add_layers(&c, json_object_get(old_json, "layers"));
  if (*wrong == NULL)
    *wrong = add_layers(&c, json_object_get(new_json, "layers"));
  if (*wrong != NULL)
    return NULL;
  json_t *report = json_object(), *layers = json_object();
  json_object_set(report, "id", json_object_get(new_json, "id"));
  json_object_set_new(report, "layers", layers);
  compare_text(&c, report);
  compare_metadata(&c, report);
  for (guint i = 0; i < pairs->len; i++) {
    const LayerPair *pair = &g_array_index(pairs, LayerPair, i);
    json_t *changes = compare_layer(&c, pair);
    if (json_array_size(changes) > 0)
      json_object_set(layers, pair->name, changes);
    json_decref(changes);
  }
  totals->in_both++;
  totals->differ += has_differences(report);
  return report;
}
