/* SPDX-License-Identifier: Apache-2.0 */
/* Rows: a document's, with its metadata, and those of a layer, by the layer's description. */
#include "csv-writer.h"

static void append_name(AverBuffer *out, const CsvStyle *style, const char *name)
{
  append_text_cell(out, style, name, strlen(name));
}

static void append_string(AverBuffer *out, const CsvStyle *style, const char *string)
{
  if (string == NULL)
    append_absent_cell(out, style);
  else
    append_text_cell(out, style, string, strlen(string));
}

static void begin_file(AverBuffer *out, const CsvStyle *style)
{
  if (style->byte_mark)
    aver_buffer_append(out, "\xef\xbb\xbf", 3);
}

void append_document_header(AverBuffer *out, const CsvStyle *style)
{
  begin_file(out, style);
  append_name(out, style, "id");
  append_name(out, style, "bytes");
  for (char **key = style->metadata; *key != NULL; key++)
    append_name(out, style, *key);
  append_name(out, style, "metadata");
  end_line(out, style);
}

/* The entries without a column of their own, as a JSON object. */
static void append_rest(AverBuffer *out, const CsvStyle *style, const AverMetadata *entries,
                        guint32 n)
{
  g_auto(AverBuffer) json = {0};
  for (guint32 i = 0; i < n; i++) {
    if (g_strv_contains((const char *const *) style->metadata, entries[i].key))
      continue;
    aver_buffer_append_char(&json, json.length == 0 ? '{' : ',');
    aver_json_append_string(&json, entries[i].key, strlen(entries[i].key));
    aver_buffer_append_char(&json, ':');
    if (entries[i].json)
      aver_buffer_append_string(&json, entries[i].value);
    else
      aver_json_append_string(&json, entries[i].value, strlen(entries[i].value));
  }
  if (json.length == 0) {
    append_absent_cell(out, style);
    return;
  }
  aver_buffer_append_char(&json, '}');
  append_text_cell(out, style, json.data, json.length);
}

void append_document_row(AverBuffer *out, const CsvStyle *style, const AverDocument *document)
{
  guint32 length, n;
  aver_document_get_text(document, &length);
  const AverMetadata *entries = aver_document_list_metadata(document, &n);
  append_string(out, style, aver_document_get_id(document));
  append_number_cell(out, style, length);
  for (char **key = style->metadata; *key != NULL; key++)
    append_string(out, style, aver_document_get_metadata(document, *key));
  append_rest(out, style, entries, n);
  end_line(out, style);
}

static gboolean is_spans(const AverColumnType *column)
{
  return column->kind == AVER_COLUMN_SPAN || column->kind == AVER_COLUMN_SPANS;
}

void append_layer_header(AverBuffer *out, const CsvStyle *style, const AverLayerType *type)
{
  begin_file(out, style);
  append_name(out, style, "document");
  append_name(out, style, "row");
  append_name(out, style, "start");
  append_name(out, style, "end");
  if (style->text)
    append_name(out, style, "text");
  for (guint32 i = 0; i < type->n_columns; i++) {
    append_name(out, style, type->columns[i].name);
    if (!style->span_text || !is_spans(&type->columns[i]))
      continue;
    g_autofree char *name = g_strconcat(type->columns[i].name, "_text", NULL);
    append_name(out, style, name);
  }
  end_line(out, style);
}

static void append_flags(AverBuffer *out, const CsvStyle *style, const AverColumnType *column,
                         guint32 flags)
{
  g_autoptr(GString) names = g_string_new(NULL);
  for (gint32 bit = 0; bit < 32; bit++) {
    const char *name = (flags >> bit & 1) != 0 ? aver_column_get_name(column, bit) : NULL;
    if (name != NULL)
      g_string_append_printf(names, "%s%s", names->len > 0 ? "|" : "", name);
  }
  append_string(out, style, names->len == 0 ? NULL : names->str);
}

static void append_whole(AverBuffer *out, const CsvStyle *style, gint32 value, gint32 absent)
{
  if (value == absent)
    append_absent_cell(out, style);
  else
    append_number_cell(out, style, value);
}

/* The pieces' text, with a space between them. */
static void append_pieces(AverBuffer *out, const CsvStyle *style, const char *text,
                          const AverSpan *spans, guint32 n)
{
  if (n == 0) {
    append_absent_cell(out, style);
    return;
  }
  if (n == 1) {
    append_text_cell(out, style, text + spans[0].start, spans[0].end - spans[0].start);
    return;
  }
  g_autoptr(GString) pieces = g_string_new(NULL);
  for (guint32 i = 0; i < n; i++) {
    if (i > 0)
      g_string_append_c(pieces, ' ');
    g_string_append_len(pieces, text + spans[i].start, spans[i].end - spans[i].start);
  }
  append_text_cell(out, style, pieces->str, pieces->len);
}

static void append_cell(AverBuffer *out, const CsvStyle *style, const char *text,
                        const AverLayer *layer, guint32 row, guint32 index)
{
  const AverColumnType *column = &aver_layer_get_type_info(layer)->columns[index];
  guint32 n;
  const AverSpan *spans;
  switch (column->kind) {
  case AVER_COLUMN_I32:
    append_whole(out, style, aver_layer_get_i32(layer, row, index), G_MININT32);
    break;
  case AVER_COLUMN_REF:
    append_whole(out, style, aver_layer_get_i32(layer, row, index), AVER_NONE);
    break;
  case AVER_COLUMN_ENUM:
    append_string(out, style, aver_column_get_name(column, aver_layer_get_i32(layer, row, index)));
    break;
  case AVER_COLUMN_FLAGS:
    append_flags(out, style, column, aver_layer_get_flags(layer, row, index));
    break;
  case AVER_COLUMN_F32:
    append_float_cell(out, style, aver_layer_get_f32(layer, row, index));
    break;
  case AVER_COLUMN_STRING:
    append_string(out, style, aver_layer_get_string(layer, row, index));
    break;
  case AVER_COLUMN_SPAN:
  case AVER_COLUMN_SPANS:
    spans = aver_layer_get_spans_cell(layer, row, index, &n);
    append_spans_cell(out, style, spans, n);
    if (style->span_text)
      append_pieces(out, style, text, spans, n);
    break;
  }
}

void append_layer_rows(AverBuffer *out, const CsvStyle *style, const AverDocument *document,
                       const AverLayer *layer)
{
  const AverLayerType *type = aver_layer_get_type_info(layer);
  const AverSpan *rows = aver_layer_get_spans(layer);
  guint32 length;
  const char *text = aver_document_get_text(document, &length);
  text = length == 0 ? "" : text;
  for (guint32 row = 0; row < aver_layer_get_n_rows(layer); row++) {
    append_string(out, style, aver_document_get_id(document));
    append_number_cell(out, style, row);
    append_number_cell(out, style, rows[row].start);
    append_number_cell(out, style, rows[row].end);
    if (style->text)
      append_text_cell(out, style, text + rows[row].start, rows[row].end - rows[row].start);
    for (guint32 i = 0; i < type->n_columns; i++)
      append_cell(out, style, text, layer, row, i);
    end_line(out, style);
  }
}
