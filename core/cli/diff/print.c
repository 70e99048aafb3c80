/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two outputs, for a person. */
#include "print.h"

#include <stdio.h>
#include <string.h>

/* Characters shown of a long text. */
#define LONGEST 100

static char *shorten(const char *text, gsize length)
{
  const char *end = text + length, *p = text;
  for (guint n = 0; n < LONGEST && p < end; n++)
    p = g_utf8_next_char(p);
  g_autofree char *shown = aver_text_make_printable(text, MIN(p, end) - text);
  return g_strconcat(shown, p < end ? "…" : "", NULL);
}

static gboolean is_span(const json_t *cell)
{
  return json_array_size(cell) == 2 && json_is_integer(json_array_get(cell, 0)) &&
         json_is_integer(json_array_get(cell, 1));
}

static gboolean is_spans(const json_t *cell)
{
  for (size_t i = 0; i < json_array_size(cell); i++)
    if (!is_span(json_array_get(cell, i)))
      return FALSE;
  return json_array_size(cell) > 0;
}

/* The words of a span, or its offsets where there is no such text. */
static char *show_span(const json_t *span, json_t *record)
{
  json_t *text = json_object_get(record, "text");
  json_int_t start = json_integer_value(json_array_get(span, 0));
  json_int_t end = json_integer_value(json_array_get(span, 1));
  if (!json_is_string(text) ||
      !aver_text_check_span(json_string_value(text), json_string_length(text), start, end, NULL))
    return g_strdup_printf("[%" JSON_INTEGER_FORMAT ", %" JSON_INTEGER_FORMAT "]", start, end);
  return shorten(json_string_value(text) + start, (gsize) (end - start));
}

static char *show_cell(const json_t *cell, json_t *record)
{
  if (cell == NULL || json_is_null(cell) || (json_is_array(cell) && json_array_size(cell) == 0))
    return g_strdup("(none)");
  if (json_is_string(cell))
    return shorten(json_string_value(cell), json_string_length(cell));
  if (is_span(cell))
    return show_span(cell, record);
  if (is_spans(cell)) {
    GString *list = g_string_new(NULL);
    for (size_t i = 0; i < json_array_size(cell); i++) {
      g_autofree char *words = show_span(json_array_get(cell, i), record);
      g_string_append_printf(list, "%s%s", i > 0 ? " + " : "", words);
    }
    return g_string_free(list, FALSE);
  }
  char *dumped = json_dumps(cell, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(7));
  char *shown = shorten(dumped == NULL ? "" : dumped, dumped == NULL ? 0 : strlen(dumped));
  free(dumped);
  return shown;
}

static char *offsets_of(const json_t *span)
{
  return g_strdup_printf("%" JSON_INTEGER_FORMAT "-%" JSON_INTEGER_FORMAT,
                         json_integer_value(json_array_get(span, 0)),
                         json_integer_value(json_array_get(span, 1)));
}

static void print_cells(json_t *cells, json_t *old_json, json_t *new_json)
{
  const char *key;
  json_t *pair;
  json_object_foreach(cells, key, pair)
  {
    json_t *a = json_object_get(pair, "old"), *b = json_object_get(pair, "new");
    gboolean is_row_span = strcmp(key, "span") == 0;
    g_autofree char *name = aver_text_make_printable(key, -1);
    g_autofree char *before = is_row_span ? offsets_of(a) : show_cell(a, old_json);
    g_autofree char *after = is_row_span ? offsets_of(b) : show_cell(b, new_json);
    printf("      %-11s %s -> %s\n", name, before, after);
  }
}

static void print_values(json_t *values, json_t *record)
{
  const char *key;
  json_t *value;
  json_object_foreach(values, key, value)
  {
    if (strcmp(key, "start") == 0 || strcmp(key, "end") == 0 || json_is_null(value) ||
        (json_is_array(value) && json_array_size(value) == 0))
      continue;
    g_autofree char *name = aver_text_make_printable(key, -1);
    g_autofree char *shown = show_cell(value, record);
    printf("      %-11s %s\n", name, shown);
  }
}

static void print_change(const char *layer, const json_t *change, json_t *old_json,
                         json_t *new_json)
{
  const char *what = json_string_value(json_object_get(change, "change"));
  const json_t *span = json_object_get(change, "span");
  gboolean removed = strcmp(what, "removed") == 0;
  json_t *record = removed ? old_json : new_json;
  g_autofree char *name = aver_text_make_printable(layer, -1);
  g_autofree char *offsets = offsets_of(span);
  g_autofree char *words = show_span(span, record);
  gboolean has_words = words[0] != '[' || json_object_get(record, "text") != NULL;
  printf("  %c %s %s%s%s\n",
         removed          ? '-'
         : what[0] == 'a' ? '+'
                          : '~',
         name, offsets, has_words ? ": " : "", has_words ? words : "");
  print_cells(json_object_get(change, "cells"), old_json, new_json);
  print_values(json_object_get(change, "values"), record);
}

void print_differences(const json_t *report, json_t *old_json, json_t *new_json)
{
  json_t *text = json_object_get(report, "text"), *changes;
  const char *layer;
  g_autofree char *id =
      aver_text_make_printable(json_string_value(json_object_get(report, "id")), -1);
  printf("%s\n", id);
  if (text != NULL)
    printf("  ~ text: %" JSON_INTEGER_FORMAT " -> %" JSON_INTEGER_FORMAT
           " bytes, and not the same\n",
           json_integer_value(json_object_get(text, "old")),
           json_integer_value(json_object_get(text, "new")));
  if (json_object_get(report, "metadata") != NULL) {
    printf("  ~ metadata\n");
    print_cells(json_object_get(report, "metadata"), NULL, NULL);
  }
  json_object_foreach(json_object_get(report, "layers"), layer,
                      changes) for (size_t i = 0; i < json_array_size(changes); i++)
      print_change(layer, json_array_get(changes, i), old_json, new_json);
  printf("\n");
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

void print_totals(const Totals *totals)
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
