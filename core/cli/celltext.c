/* SPDX-License-Identifier: Apache-2.0 */
/* The cells of a row as a person reads them. */
#include "celltext.h"

#include <math.h>

/* Characters shown of a long span: its head and its tail. */
#define HEAD 100
#define TAIL 40

gboolean text_has_span(const AverDocument *document, AverSpan span)
{
  guint32 length;
  const char *text = aver_document_get_text(document, &length);
  return span.start < span.end && span.end <= length &&
         aver_utf8_validate(text + span.start, span.end - span.start, NULL);
}

char *text_excerpt(const AverDocument *document, AverSpan span)
{
  guint32 length;
  const char *text = aver_document_get_text(document, &length);
  if (!text_has_span(document, span))
    return g_strdup("");
  const char *start = text + span.start, *end = text + span.end, *head = start, *tail = end;
  gunichar ignored;
  for (guint n = 0; n < HEAD && head < end; n++)
    head += aver_utf8_decode(head, &ignored);
  for (guint n = 0; n < TAIL && tail > head; n++)
    for (tail--; tail > head && ((guchar) *tail & 0xc0) == 0x80;)
      tail--;
  g_autofree char *before = aver_text_make_printable(start, head - start);
  g_autofree char *behind = aver_text_make_printable(tail, end - tail);
  return g_strconcat(before, tail > head ? " … " : "", behind, NULL);
}

char *cell_number(double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd(text, sizeof text, "%.2f", value);
  return g_strdup(text);
}

static const char *enum_word(const AverColumnType *column, gint32 value)
{
  for (gint32 i = 0; column->names != NULL && column->names[i] != NULL; i++)
    if (i == value)
      return column->names[i];
  return NULL;
}

/* The spans of a cell, joined by " + "; NULL when it has none. */
static char *spans_text(const AverDocument *document, const AverLayer *layer, guint32 row,
                        guint32 column)
{
  guint32 n = 0;
  const AverSpan *spans = aver_layer_get_spans_cell(layer, row, column, &n);
  if (n == 0)
    return NULL;
  GString *text = g_string_new(NULL);
  for (guint32 i = 0; i < n; i++) {
    g_autofree char *piece = text_excerpt(document, spans[i]);
    g_string_append_printf(text, "%s%s", i > 0 ? " + " : "", piece);
  }
  return g_string_free(text, FALSE);
}

char *cell_text(const AverDocument *document, const AverLayer *layer, guint32 row, guint32 column)
{
  const AverColumnType *type = &aver_layer_get_type_info(layer)->columns[column];
  switch (type->kind) {
  case AVER_COLUMN_SPAN:
  case AVER_COLUMN_SPANS:
    return spans_text(document, layer, row, column);
  case AVER_COLUMN_STRING: {
    const char *value = aver_layer_get_string(layer, row, column);
    return value == NULL ? NULL : aver_text_make_printable(value, -1);
  }
  case AVER_COLUMN_F32: {
    float value = aver_layer_get_f32(layer, row, column);
    return isnan(value) ? NULL : cell_number((double) value);
  }
  case AVER_COLUMN_ENUM: {
    const char *word = enum_word(type, aver_layer_get_i32(layer, row, column));
    return word == NULL ? NULL : aver_text_make_printable(word, -1);
  }
  case AVER_COLUMN_I32:
  case AVER_COLUMN_REF: {
    gint32 value = aver_layer_get_i32(layer, row, column);
    gboolean absent = type->kind == AVER_COLUMN_REF ? value == AVER_NONE : value == G_MININT32;
    return absent ? NULL : g_strdup_printf("%d", value);
  }
  case AVER_COLUMN_FLAGS: {
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();
    guint32 flags = aver_layer_get_flags(layer, row, column);
    for (gint32 i = 0; i < 32; i++)
      if ((flags >> i & 1) != 0 && enum_word(type, i) != NULL)
        g_strv_builder_add(words, enum_word(type, i));
    g_auto(GStrv) list = g_strv_builder_end(words);
    g_autofree char *joined = g_strjoinv(", ", list);
    return flags == 0 ? NULL : aver_text_make_printable(joined, -1);
  }
  }
  return NULL;
}
