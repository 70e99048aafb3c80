/* SPDX-License-Identifier: Apache-2.0 */
/* What a comparison comes to: documents, rows of each layer, columns that changed. */
#include "totals.h"

#include <stdio.h>
#include <string.h>

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

LayerCount *totals_get_layer(Totals *totals, const char *layer)
{
  LayerCount *count = g_hash_table_lookup(totals->layers, layer);
  if (count != NULL)
    return count;
  count = g_new0(LayerCount, 1);
  count->columns = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert(totals->layers, g_strdup(layer), count);
  return count;
}

void layer_count_column(LayerCount *count, const char *column)
{
  guint64 *n = g_hash_table_lookup(count->columns, column);
  if (n == NULL) {
    n = g_new0(guint64, 1);
    g_hash_table_insert(count->columns, g_strdup(column), n);
  }
  (*n)++;
}

static int by_name(gconstpointer a, gconstpointer b)
{
  return strcmp(a, b);
}

static GList *sorted_keys(GHashTable *table)
{
  return g_list_sort(g_hash_table_get_keys(table), by_name);
}

static void print_columns(const char *layer, const LayerCount *count)
{
  GList *names = sorted_keys(count->columns);
  for (GList *n = names; n != NULL; n = n->next) {
    g_autofree char *name = g_strconcat("  ", layer, ".", n->data, NULL);
    g_autofree char *shown = aver_text_make_printable(name, -1);
    printf("%-22s %10s %10" G_GUINT64_FORMAT "\n", shown, "",
           *(guint64 *) g_hash_table_lookup(count->columns, n->data));
  }
  g_list_free(names);
}

void totals_print(const Totals *totals)
{
  printf("documents: %" G_GUINT64_FORMAT " in both, %" G_GUINT64_FORMAT
         " of them differ; %" G_GUINT64_FORMAT " only in the old, %" G_GUINT64_FORMAT
         " only in the new\n",
         totals->in_both, totals->differ, totals->only_old, totals->only_new);
  if (g_hash_table_size(totals->layers) == 0)
    return;
  printf("%-22s %10s %10s %10s %10s\n", "rows of", "the same", "changed", "added", "removed");
  GList *names = sorted_keys(totals->layers);
  for (GList *n = names; n != NULL; n = n->next) {
    const LayerCount *count = g_hash_table_lookup(totals->layers, n->data);
    g_autofree char *shown = aver_text_make_printable(n->data, -1);
    printf("%-22s %10" G_GUINT64_FORMAT " %10" G_GUINT64_FORMAT " %10" G_GUINT64_FORMAT
           " %10" G_GUINT64_FORMAT "\n",
           shown, count->same, count->changed, count->added, count->removed);
    print_columns(n->data, count);
  }
  g_list_free(names);
}

static json_t *count_to_json(const LayerCount *count)
{
  GHashTableIter each;
  gpointer key, value;
  json_t *columns = json_object();
  g_hash_table_iter_init(&each, count->columns);
  while (g_hash_table_iter_next(&each, &key, &value))
    json_object_set_new(columns, key, json_integer((json_int_t) * (guint64 *) value));
  return json_pack("{s:I, s:I, s:I, s:I, s:o}", "same", (json_int_t) count->same, "changed",
                   (json_int_t) count->changed, "added", (json_int_t) count->added, "removed",
                   (json_int_t) count->removed, "columns", columns);
}

json_t *totals_to_json(const Totals *totals)
{
  GHashTableIter each;
  gpointer key, value;
  json_t *layers = json_object();
  g_hash_table_iter_init(&each, totals->layers);
  while (g_hash_table_iter_next(&each, &key, &value))
    json_object_set_new(layers, key, count_to_json(value));
  json_t *documents =
      json_pack("{s:I, s:I, s:I, s:I}", "in_both", (json_int_t) totals->in_both, "differ",
                (json_int_t) totals->differ, "only_old", (json_int_t) totals->only_old, "only_new",
                (json_int_t) totals->only_new);
  return json_pack("{s:{s:o, s:o}}", "summary", "documents", documents, "layers", layers);
}
