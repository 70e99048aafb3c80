/* SPDX-License-Identifier: Apache-2.0 */
/* Any document's layers as text, checked on the way. */
#include "dump.h"

#include <math.h>

static void check_span(const AverDocument *document, AverSpan span)
{
  guint32 length;
  const char *text = aver_document_get_text(document, &length);
  g_assert_cmpuint(span.start, <=, span.end);
  g_assert_cmpuint(span.end, <=, length);
  if (span.start < length)
    g_assert_cmpuint((guchar) text[span.start] & 0xc0, !=, 0x80);
  if (span.end < length)
    g_assert_cmpuint((guchar) text[span.end] & 0xc0, !=, 0x80);
}

static void check_name(const AverColumnType *column, gint32 value)
{
  g_assert_cmpint(value, >=, AVER_NONE);
  for (gint32 i = 0; i <= value; i++)
    g_assert_nonnull(column->names[i]);
}

static void dump_cell(const AverDocument *document, const AverLayer *layer, guint32 row,
                      guint32 index, GString *out)
{
  const AverColumnType *column = &aver_layer_get_type_info(layer)->columns[index];
  g_string_append_printf(out, " %s=", column->name);
  switch (column->kind) {
  case AVER_COLUMN_F32:
    g_assert_false(isinf(aver_layer_get_f32(layer, row, index)));
    g_string_append_printf(out, "%a", (double) aver_layer_get_f32(layer, row, index));
    break;
  case AVER_COLUMN_STRING: {
    const char *string = aver_layer_get_string(layer, row, index);
    g_assert_true(string == NULL || g_utf8_validate(string, -1, NULL));
    g_string_append(out, string == NULL ? "-" : string);
    break;
  }
  case AVER_COLUMN_SPAN:
  case AVER_COLUMN_SPANS: {
    guint32 n;
    const AverSpan *spans = aver_layer_get_spans_cell(layer, row, index, &n);
    for (guint32 i = 0; i < n; i++) {
      check_span(document, spans[i]);
      g_string_append_printf(out, "[%u,%u]", spans[i].start, spans[i].end);
    }
    break;
  }
  case AVER_COLUMN_FLAGS:
    g_string_append_printf(out, "%x", aver_layer_get_flags(layer, row, index));
    break;
  default: {
    gint32 value = aver_layer_get_i32(layer, row, index);
    if (column->kind == AVER_COLUMN_ENUM)
      check_name(column, value);
    if (column->kind == AVER_COLUMN_REF && value != AVER_NONE) {
      const AverLayer *target = aver_document_get_layer(document, column->target);
      g_assert_nonnull(target);
      g_assert_cmpint(value, >=, 0);
      g_assert_cmpint(value, <, (gint32) aver_layer_get_n_rows(target));
    }
    g_string_append_printf(out, "%d", value);
  }
  }
}

char *aver_contract_dump_layers(AverDocument *document)
{
  GString *out = g_string_new(NULL);
  guint32 n_layers;
  AverLayer *const *layers = aver_document_list_layers(document, &n_layers);
  for (guint32 i = 0; i < n_layers; i++) {
    const AverLayerType *type = aver_layer_get_type_info(layers[i]);
    const AverSpan *spans = aver_layer_get_spans(layers[i]);
    for (guint32 row = 0; row < aver_layer_get_n_rows(layers[i]); row++) {
      check_span(document, spans[row]);
      if (row > 0)
        g_assert_cmpuint(spans[row - 1].start, <=, spans[row].start);
      g_string_append_printf(out, "%s [%u,%u]", type->name, spans[row].start, spans[row].end);
      for (guint32 column = 0; column < type->n_columns; column++)
        dump_cell(document, layers[i], row, column, out);
      g_string_append_c(out, '\n');
    }
  }
  return g_string_free(out, FALSE);
}
