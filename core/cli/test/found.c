/* SPDX-License-Identifier: Apache-2.0 */
/* A file of tests with what is found in it: where a new one starts from. */
#include "suite.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static json_t *words_of(const AverDocument *document, AverSpan span)
{
  guint32 length;
  const char *text = aver_document_get_text(document, &length);
  return json_stringn(text + span.start, span.end - span.start);
}

static json_t *spans_of(const AverDocument *document, const AverLayer *layer, guint32 row,
                        guint32 column)
{
  guint32 n = 0;
  const AverSpan *spans = aver_layer_get_spans_cell(layer, row, column, &n);
  if (n == 1)
    return words_of(document, spans[0]);
  json_t *list = json_array();
  for (guint32 i = 0; i < n; i++)
    json_array_append_new(list, words_of(document, spans[i]));
  return list;
}

/* A cell as a test says it. Numbers of models are left out, as each new one has others, and so are
 * references, which move with the rows before them. */
static json_t *cell_of(const AverDocument *document, const AverLayer *layer, guint32 row,
                       guint32 column)
{
  g_auto(AverBuffer) text = {0};
  switch (aver_layer_get_type_info(layer)->columns[column].kind) {
  case AVER_COLUMN_F32:
  case AVER_COLUMN_REF:
    return NULL;
  case AVER_COLUMN_SPAN:
  case AVER_COLUMN_SPANS:
    return spans_of(document, layer, row, column);
  default:
    aver_layer_append_cell(&text, layer, row, column);
    return json_loadb(text.data, text.length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
  }
}

static gboolean says_something(const json_t *cell)
{
  return cell != NULL && !json_is_null(cell) &&
         !(json_is_array(cell) && json_array_size(cell) == 0);
}

/* The words of a row say which it is, but where a column has those that matter. */
static json_t *row_of(const AverDocument *document, const AverLayer *layer, guint32 row)
{
  const AverLayerType *type = aver_layer_get_type_info(layer);
  json_t *object = json_object();
  if (find_column(type, "content") == AVER_NONE)
    json_object_set_new(object, "text", words_of(document, aver_layer_get_spans(layer)[row]));
  for (guint32 i = 0; i < type->n_columns; i++) {
    json_t *cell = cell_of(document, layer, row, i);
    if (says_something(cell))
      json_object_set(object, type->columns[i].name, cell);
    json_decref(cell);
  }
  return object;
}

static json_t *rows_of(const AverDocument *document, const char *name)
{
  const AverLayer *layer = aver_document_get_layer(document, name);
  json_t *rows = json_array();
  for (guint32 i = 0; layer != NULL && i < aver_layer_get_n_rows(layer); i++)
    json_array_append_new(rows, row_of(document, layer, i));
  return rows;
}

static json_t *expect_of(const Suite *suite, const AverDocument *document, json_t *wanted)
{
  json_t *expect = json_object();
  for (guint i = 0; suite->types[i] != NULL; i++) {
    const char *name = suite->types[i]->name;
    if (wanted == NULL || json_object_get(wanted, name) != NULL)
      json_object_set_new(expect, name, rows_of(document, name));
  }
  return expect;
}

/* What a test of a document that is kept says cannot stand beside it. */
static void set_dropped(json_t *test)
{
  const char *const others[] = {"expect", "absent", "count"};
  for (guint i = 0; i < G_N_ELEMENTS(others); i++)
    json_object_del(test, others[i]);
  json_object_set_new(test, "dropped", json_true());
}

gboolean suite_print_found(Suite *suite)
{
  g_autoptr(AverDocument) document = aver_document_new();
  json_auto_t *root = json_loadb(suite->file.text, suite->file.length, JSON_ALLOW_NUL, NULL);
  json_t *documents = json_object_get(root, "documents");
  for (guint i = 0; i < suite_count(suite); i++) {
    g_autoptr(GError) error = NULL;
    json_t *test = json_array_get(documents, i);
    AverVerdict verdict = suite_process(suite, i, document, &error);
    if (verdict == AVER_FAIL) {
      g_autofree char *message = g_strdup_printf("%s: document '%s': %s", suite->file.path,
                                                 suite_get_name(suite, i), error->message);
      g_autofree char *line = aver_text_make_printable(message, -1);
      fprintf(stderr, "%s\n", line);
      return FALSE;
    }
    json_object_del(test, "dropped");
    if (verdict == AVER_DROP)
      set_dropped(test);
    else
      json_object_set_new(test, "expect",
                          expect_of(suite, document, json_object_get(test, "expect")));
  }
  json_dumpf(root, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(9));
  printf("\n");
  return TRUE;
}
