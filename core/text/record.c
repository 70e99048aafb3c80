/* SPDX-License-Identifier: Apache-2.0 */
/* Documents as JSON: written out. */
#include <aver/record.h>
#include <string.h>

/* The most digits of an offset. */
#define MOST_DIGITS 10

/* Most offsets have up to four digits. */
static char *put_offset(char *to, guint32 offset)
{
  char digits[MOST_DIGITS];
  guint n = 0;
  do {
    digits[n++] = (char) ('0' + offset % 10);
    offset /= 10;
  } while (offset > 0);
  while (n > 0)
    *to++ = digits[--n];
  return to;
}

static void append_span(AverBuffer *out, AverSpan span)
{
  char *to = aver_buffer_reserve(out, 2 * MOST_DIGITS + 3);
  *to++ = '[';
  to = put_offset(to, span.start);
  *to++ = ',';
  to = put_offset(to, span.end);
  *to++ = ']';
  out->length = (gsize) (to - out->data);
}

static void append_spans(AverBuffer *out, const AverLayer *layer, guint32 row, guint32 column)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(layer, row, column, &n);
  aver_buffer_append_char(out, '[');
  for (guint32 i = 0; i < n; i++) {
    if (i > 0)
      aver_buffer_append_char(out, ',');
    append_span(out, spans[i]);
  }
  aver_buffer_append_char(out, ']');
}

static void append_flags(AverBuffer *out, const AverColumnType *column, guint32 flags)
{
  const char *separator = "[";
  for (gint32 bit = 0; bit < 32; bit++) {
    const char *name = (flags >> bit & 1) != 0 ? aver_column_get_name(column, bit) : NULL;
    if (name == NULL)
      continue;
    aver_buffer_append_string(out, separator);
    aver_json_append_string(out, name, strlen(name));
    separator = ",";
  }
  aver_buffer_append_string(out, *separator == '[' ? "[]" : "]");
}

static void append_string(AverBuffer *out, const char *string)
{
  if (string == NULL)
    aver_buffer_append(out, "null", 4);
  else
    aver_json_append_string(out, string, strlen(string));
}

static void append_whole(AverBuffer *out, gint32 value, gint32 absent)
{
  if (value == absent)
    aver_buffer_append(out, "null", 4);
  else
    aver_json_append_integer(out, value);
}

void aver_layer_append_cell(AverBuffer *out, const AverLayer *layer, guint32 row, guint32 index)
{
  const AverColumnType *column = &aver_layer_get_type_info(layer)->columns[index];
  guint32 n;
  const AverSpan *span;
  switch (column->kind) {
  case AVER_COLUMN_I32:
    append_whole(out, aver_layer_get_i32(layer, row, index), G_MININT32);
    break;
  case AVER_COLUMN_REF:
    append_whole(out, aver_layer_get_i32(layer, row, index), AVER_NONE);
    break;
  case AVER_COLUMN_ENUM:
    append_string(out, aver_column_get_name(column, aver_layer_get_i32(layer, row, index)));
    break;
  case AVER_COLUMN_FLAGS:
    append_flags(out, column, aver_layer_get_flags(layer, row, index));
    break;
  case AVER_COLUMN_F32:
    aver_json_append_float(out, aver_layer_get_f32(layer, row, index));
    break;
  case AVER_COLUMN_STRING:
    append_string(out, aver_layer_get_string(layer, row, index));
    break;
  case AVER_COLUMN_SPANS:
    append_spans(out, layer, row, index);
    break;
  case AVER_COLUMN_SPAN:
    span = aver_layer_get_spans_cell(layer, row, index, &n);
    if (n > 0)
      append_span(out, span[0]);
    else
      aver_buffer_append(out, "null", 4);
    break;
  }
}

/* Names of columns and layers are made of letters, digits and underscores. */
static void append_key(AverBuffer *out, const char *name)
{
  gsize length = strlen(name);
  char *to = aver_buffer_reserve(out, length + 3);
  *to++ = '"';
  memcpy(to, name, length);
  memcpy(to + length, "\":", 2);
  out->length += length + 3;
}

static void append_row(AverBuffer *out, const AverLayer *layer, guint32 row, AverSpan span)
{
  const AverLayerType *type = aver_layer_get_type_info(layer);
  char *to = aver_buffer_reserve(out, 2 * MOST_DIGITS + 16);
  memcpy(to, "{\"start\":", 9);
  to = put_offset(to + 9, span.start);
  memcpy(to, ",\"end\":", 7);
  to = put_offset(to + 7, span.end);
  out->length = (gsize) (to - out->data);
  for (guint32 i = 0; i < type->n_columns; i++) {
    aver_buffer_append_char(out, ',');
    append_key(out, type->columns[i].name);
    aver_layer_append_cell(out, layer, row, i);
  }
  aver_buffer_append_char(out, '}');
}

static void append_layers(AverBuffer *out, const AverRecordFormat *format,
                          const AverDocument *document)
{
  guint32 n_layers;
  AverLayer *const *layers = aver_document_list_layers(document, &n_layers);
  const char *separator = "";
  aver_buffer_append_string(out, ",\"layers\":{");
  for (guint32 i = 0; i < n_layers; i++) {
    const char *name = aver_layer_get_type_info(layers[i])->name;
    if (format->layers != NULL && !g_strv_contains(format->layers, name))
      continue;
    aver_buffer_append_string(out, separator);
    append_key(out, name);
    aver_buffer_append_char(out, '[');
    const AverSpan *spans = aver_layer_get_spans(layers[i]);
    for (guint32 row = 0; row < aver_layer_get_n_rows(layers[i]); row++) {
      if (row > 0)
        aver_buffer_append_char(out, ',');
      append_row(out, layers[i], row, spans[row]);
    }
    aver_buffer_append_char(out, ']');
    separator = ",";
  }
  aver_buffer_append_char(out, '}');
}

void aver_document_append_metadata(AverBuffer *out, const AverDocument *document)
{
  guint32 n;
  const AverMetadata *entries = aver_document_list_metadata(document, &n);
  aver_buffer_append_char(out, '{');
  for (guint32 i = 0; i < n; i++) {
    if (i > 0)
      aver_buffer_append_char(out, ',');
    append_string(out, entries[i].key);
    aver_buffer_append_char(out, ':');
    if (entries[i].json)
      aver_buffer_append_string(out, entries[i].value);
    else
      append_string(out, entries[i].value);
  }
  aver_buffer_append_char(out, '}');
}

void aver_document_append_record(AverBuffer *out, const AverDocument *document,
                                 const AverRecordFormat *format)
{
  aver_buffer_append(out, "{\"id\":", 6);
  append_string(out, aver_document_get_id(document));
  aver_buffer_append_string(out, ",\"metadata\":");
  aver_document_append_metadata(out, document);
  if (format->text) {
    aver_buffer_append(out, ",\"text\":", 8);
    aver_json_append_text(out, document);
  }
  append_layers(out, format, document);
  aver_buffer_append_char(out, '}');
}
