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
static char *show_span(const json_t *span, DiffDocument *document)
{
  gsize length = 0;
  const char *text = document == NULL ? NULL : diff_document_get_text(document, &length);
  json_int_t start = json_integer_value(json_array_get(span, 0));
  json_int_t end = json_integer_value(json_array_get(span, 1));
  if (text == NULL || !aver_text_check_span(text, length, start, end, NULL))
    return g_strdup_printf("[%" JSON_INTEGER_FORMAT ", %" JSON_INTEGER_FORMAT "]", start, end);
  return shorten(text + start, (gsize) (end - start));
}

static char *show_cell(const json_t *cell, DiffDocument *document)
{
  if (cell == NULL || json_is_null(cell) || (json_is_array(cell) && json_array_size(cell) == 0))
    return g_strdup("(none)");
  if (json_is_string(cell))
    return shorten(json_string_value(cell), json_string_length(cell));
  if (is_span(cell))
    return show_span(cell, document);
  if (is_spans(cell)) {
    GString *list = g_string_new(NULL);
    for (size_t i = 0; i < json_array_size(cell); i++) {
      g_autofree char *words = show_span(json_array_get(cell, i), document);
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

static void print_cells(json_t *cells, DiffDocument *old_one, DiffDocument *new_one)
{
  const char *key;
  json_t *pair;
  json_object_foreach(cells, key, pair)
  {
    json_t *a = json_object_get(pair, "old"), *b = json_object_get(pair, "new");
    gboolean is_row_span = strcmp(key, "span") == 0;
    g_autofree char *name = aver_text_make_printable(key, -1);
    g_autofree char *before = is_row_span ? offsets_of(a) : show_cell(a, old_one);
    g_autofree char *after = is_row_span ? offsets_of(b) : show_cell(b, new_one);
    printf("      %-11s %s -> %s\n", name, before, after);
  }
}

static void print_values(json_t *values, DiffDocument *document)
{
  const char *key;
  json_t *value;
  json_object_foreach(values, key, value)
  {
    if (strcmp(key, "start") == 0 || strcmp(key, "end") == 0 || json_is_null(value) ||
        (json_is_array(value) && json_array_size(value) == 0))
      continue;
    g_autofree char *name = aver_text_make_printable(key, -1);
    g_autofree char *shown = show_cell(value, document);
    printf("      %-11s %s\n", name, shown);
  }
}

static void print_change(const Difference *d, const char *layer, const json_t *change,
                         gpointer user_data)
{
  (void) user_data;
  const char *what = json_string_value(json_object_get(change, "change"));
  const json_t *span = json_object_get(change, "span");
  gboolean removed = strcmp(what, "removed") == 0;
  DiffDocument *document = removed ? d->old_one : d->new_one;
  g_autofree char *name = aver_text_make_printable(layer, -1);
  g_autofree char *offsets = offsets_of(span);
  g_autofree char *words = show_span(span, document);
  gboolean has_words = words[0] != '[' || document->text.text != NULL;
  printf("  %c %s %s%s%s\n",
         removed          ? '-'
         : what[0] == 'a' ? '+'
                          : '~',
         name, offsets, has_words ? ": " : "", has_words ? words : "");
  print_cells(json_object_get(change, "cells"), d->old_one, d->new_one);
  print_values(json_object_get(change, "values"), document);
}

static void print_beginning(const Difference *d, gpointer user_data)
{
  (void) user_data;
  g_autofree char *id = aver_text_make_printable(d->new_one->id, -1);
  printf("%s\n", id);
  if (d->text != NULL)
    printf("  ~ text: %" JSON_INTEGER_FORMAT " -> %" JSON_INTEGER_FORMAT
           " bytes, and not the same\n",
           json_integer_value(json_object_get(d->text, "old")),
           json_integer_value(json_object_get(d->text, "new")));
  if (d->metadata != NULL) {
    printf("  ~ metadata\n");
    print_cells(d->metadata, NULL, NULL);
  }
}

static void print_end(const Difference *d, gpointer user_data)
{
  (void) d;
  (void) user_data;
  printf("\n");
}

const CompareReport print_report = {print_beginning, print_change, print_end, NULL};
