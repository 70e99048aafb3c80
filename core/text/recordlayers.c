/* SPDX-License-Identifier: Apache-2.0 */
/* Documents as JSON: layers read, row by row. */
#include "record-reading.h"

#include <aver/text.h>
#include <string.h>

/* Of a name, in messages. */
#define LONG_NAME 100

/* Where the value of a key belongs: behind the columns stand start and end. */
static gboolean find_column(const AverRecordReading *reading, const char *key, guint *index,
                            GError **error)
{
  const AverLayerType *type = reading->type;
  for (*index = 0; *index < type->n_columns; (*index)++)
    if (strcmp(type->columns[*index].name, key) == 0)
      return TRUE;
  if (strcmp(key, "start") == 0)
    return TRUE;
  (*index)++;
  if (strcmp(key, "end") == 0)
    return TRUE;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  g_ptr_array_add(names, (gpointer) "start");
  g_ptr_array_add(names, (gpointer) "end");
  for (guint32 i = 0; i < type->n_columns; i++)
    g_ptr_array_add(names, (gpointer) type->columns[i].name);
  g_ptr_array_add(names, NULL);
  g_autofree char *list = g_strjoinv(", ", (char **) names->pdata);
  g_autofree char *shown = aver_text_make_printable(key, (gssize) strnlen(key, LONG_NAME));
  return aver_record_refuse(reading, error, "has a column '%s'; expected only %s", shown, list);
}

/* Takes a row's values apart; their kinds are looked at later. */
static gboolean split_row(AverRecordReading *reading, const AverJsonValue *row, GError **error)
{
  AverJsonValue key, value, absent = {.kind = AVER_JSON_NULL};
  GError *failure = NULL;
  guint index;
  g_array_set_size(reading->values, 0);
  for (guint32 i = 0; i < reading->type->n_columns + 2; i++)
    g_array_append_val(reading->values, absent);
  if (row->kind != AVER_JSON_OBJECT)
    return aver_record_refuse_value(reading, row, "an object with start and end", error);
  aver_json_scanner_begin(&reading->cells, AVER_JSON_OBJECT, row->text, row->length, &failure);
  while (failure == NULL && aver_json_scanner_next(&reading->cells, &key, &value, &failure)) {
    if (!aver_record_read_string(reading, &key, error) ||
        !find_column(reading, reading->string.data, &index, error))
      return FALSE;
    g_array_index(reading->values, AverJsonValue, index) = value;
  }
  return aver_record_pass_on(reading, failure, error);
}

static gboolean read_edge(AverRecordReading *reading, guint32 index, const char *name,
                          guint32 *offset, GError **error)
{
  const AverJsonValue *value = &g_array_index(reading->values, AverJsonValue, index);
  reading->column = name;
  if (value->kind == AVER_JSON_NULL)
    return aver_record_refuse(reading, error, "is missing; expected an offset in bytes");
  return aver_record_read_offset(reading, value, offset, error);
}

static gboolean read_row(AverRecordReading *reading, const AverJsonValue *row, AverSpan *last,
                         GError **error)
{
  guint32 n = reading->type->n_columns;
  AverSpan span;
  reading->column = NULL;
  if (!split_row(reading, row, error) || !read_edge(reading, n, "start", &span.start, error) ||
      !read_edge(reading, n + 1, "end", &span.end, error))
    return FALSE;
  reading->column = NULL;
  if (!aver_record_check_order(reading, span, error))
    return FALSE;
  if (span.start < last->start)
    return aver_record_refuse(
        reading, error,
        "starts at %u, before the row above it; expected rows in order of their start", span.start);
  *last = span;
  aver_layer_add(reading->layer, span.start, span.end);
  for (guint32 i = 0; i < n; i++) {
    const AverJsonValue *value = &g_array_index(reading->values, AverJsonValue, i);
    reading->column = reading->type->columns[i].name;
    if (value->kind != AVER_JSON_NULL && !aver_record_read_cell(reading, i, value, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean read_rows(AverRecordReading *reading, const AverJsonValue *rows, GError **error)
{
  AverJsonValue row;
  AverSpan last = {0, 0};
  GError *failure = NULL;
  if (rows->kind != AVER_JSON_ARRAY) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "layers.%s is no list; expected one of rows",
                reading->type->name);
    return FALSE;
  }
  aver_json_scanner_begin(&reading->rows, AVER_JSON_ARRAY, rows->text, rows->length, &failure);
  for (reading->row = 0;
       failure == NULL && aver_json_scanner_next(&reading->rows, NULL, &row, &failure);
       reading->row++)
    if (!read_row(reading, &row, &last, error))
      return FALSE;
  return aver_record_pass_on(reading, failure, error);
}

static gboolean check_references(AverRecordReading *reading, const AverLayerType *type,
                                 GError **error)
{
  const AverLayer *layer = aver_document_get_layer(reading->document, type->name);
  reading->type = type;
  for (guint32 i = 0; i < type->n_columns; i++) {
    if (type->columns[i].kind != AVER_COLUMN_REF)
      continue;
    const AverLayer *target = aver_document_get_layer(reading->document, type->columns[i].target);
    guint32 n_rows = target == NULL ? 0 : aver_layer_get_n_rows(target);
    reading->column = type->columns[i].name;
    for (reading->row = 0; reading->row < aver_layer_get_n_rows(layer); reading->row++) {
      gint32 value = aver_layer_get_i32(layer, reading->row, i);
      if (value != AVER_NONE && (guint32) value >= n_rows)
        return aver_record_refuse(reading, error,
                                  "is %d; expected a row of the layer '%s', which has %u", value,
                                  type->columns[i].target, n_rows);
    }
  }
  return TRUE;
}

/* NULL for a layer that the document has and that is not to be read. */
static gboolean find_type(const AverRecordReading *reading, const AverLayerType *const *types,
                          const char *name, const AverLayerType **type, GError **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  *type = NULL;
  for (guint i = 0; types[i] != NULL; i++) {
    g_ptr_array_add(names, (gpointer) types[i]->name);
    if (strcmp(types[i]->name, name) == 0) {
      *type = types[i];
      return TRUE;
    }
  }
  if (aver_document_get_layer(reading->document, name) != NULL)
    return TRUE;
  g_ptr_array_add(names, NULL);
  g_autofree char *list = g_strjoinv(", ", (char **) names->pdata);
  g_autofree char *shown = aver_text_make_printable(name, (gssize) strnlen(name, LONG_NAME));
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "layers has '%s'; expected %s%s", shown,
              types[0] == NULL ? "no layers, as none are declared" : "only ", list);
  return FALSE;
}

static gboolean read_layers(AverRecordReading *reading, const AverJsonValue *object,
                            const AverLayerType *const *types, GError **error)
{
  AverJsonValue key, rows;
  GError *failure = NULL;
  if (!aver_json_scanner_begin(&reading->layers, AVER_JSON_OBJECT, object->text, object->length,
                               error))
    return FALSE;
  while (aver_json_scanner_next(&reading->layers, &key, &rows, &failure)) {
    g_autofree char *name = g_malloc(key.length + 1);
    gsize length = aver_json_unescape(&key, name);
    name[length] = '\0';
    if (strlen(name) < length) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                  "layers has a name with a NUL character; expected none");
      return FALSE;
    }
    if (!find_type(reading, types, name, &reading->type, error))
      return FALSE;
    if (reading->type == NULL)
      continue;
    reading->layer = aver_document_get_layer(reading->document, name);
    reading->column = NULL;
    if (!read_rows(reading, &rows, error))
      return FALSE;
  }
  if (failure != NULL) {
    g_propagate_prefixed_error(error, failure, "layers: ");
    return FALSE;
  }
  for (guint i = 0; types[i] != NULL; i++)
    if (!check_references(reading, types[i], error))
      return FALSE;
  return TRUE;
}

gboolean aver_document_read_layers(AverDocument *document, const AverJsonValue *object,
                                   const AverLayerType *const *types, GError **error)
{
  g_return_val_if_fail(document != NULL && object != NULL && types != NULL, FALSE);
  if (object->kind != AVER_JSON_OBJECT) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "layers is no object; expected one");
    return FALSE;
  }
  for (guint i = 0; types[i] != NULL; i++)
    aver_document_add_layer(document, types[i]);
  AverRecordReading reading = {.document = document};
  reading.text = aver_document_get_text(document, &reading.length);
  reading.spans = g_array_new(FALSE, FALSE, sizeof(AverSpan));
  reading.values = g_array_new(FALSE, FALSE, sizeof(AverJsonValue));
  gboolean good = read_layers(&reading, object, types, error);
  aver_json_scanner_clear(&reading.layers);
  aver_json_scanner_clear(&reading.rows);
  aver_json_scanner_clear(&reading.cells);
  aver_json_scanner_clear(&reading.list);
  aver_json_scanner_clear(&reading.pair);
  aver_buffer_clear(&reading.string);
  g_array_unref(reading.spans);
  g_array_unref(reading.values);
  return good;
}
