/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of the layers that the report knows nothing of but what they say of themselves. */
#include "page-private.h"

#define MOST_ROWS 200

static void append_span(AverBuffer *out, const AverPage *page, AverSpan span)
{
  if (span.start <= span.end)
    aver_page_print_cut(out, page->text + span.start, span.end - span.start, MOST_NAME);
}

static void append_names(AverBuffer *out, const AverColumnType *column, guint32 set)
{
  const char *separator = "";
  for (gint32 bit = 0; bit < 32; bit++) {
    const char *name = (set >> bit & 1) != 0 ? aver_column_get_name(column, bit) : NULL;
    if (name == NULL)
      continue;
    aver_page_print(out, "%s%s", separator, name);
    separator = ", ";
  }
}

static void append_integer(AverBuffer *out, gint32 value)
{
  if (value != G_MININT32)
    aver_json_append_integer(out, value);
}

static void append_spans(AverBuffer *out, const AverPage *page, const AverLayer *layer, guint32 row,
                         guint32 column)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(layer, row, column, &n);
  for (guint32 i = 0; i < MIN(n, 8); i++) {
    aver_page_print(out, i > 0 ? " […] " : "");
    append_span(out, page, spans[i]);
  }
  aver_page_print(out, n > 8 ? " …" : "");
}

static void append_cell(AverBuffer *out, const AverPage *page, const AverLayer *layer, guint32 row,
                        guint32 index)
{
  const AverColumnType *column = &aver_layer_get_type_info(layer)->columns[index];
  const char *text;
  gint32 value;
  switch (column->kind) {
  case AVER_COLUMN_F32:
    aver_page_print_score(out, aver_layer_get_f32(layer, row, index));
    break;
  case AVER_COLUMN_SPAN:
  case AVER_COLUMN_SPANS:
    append_spans(out, page, layer, row, index);
    break;
  case AVER_COLUMN_STRING:
    text = aver_layer_get_string(layer, row, index);
    aver_page_print_cut(out, text == NULL ? "" : text, text == NULL ? 0 : strlen(text), MOST_NAME);
    break;
  case AVER_COLUMN_ENUM:
    text = aver_column_get_name(column, aver_layer_get_i32(layer, row, index));
    aver_page_print(out, "%s", text == NULL ? "" : text);
    break;
  case AVER_COLUMN_FLAGS:
    append_names(out, column, aver_layer_get_flags(layer, row, index));
    break;
  default:
    value = aver_layer_get_i32(layer, row, index);
    append_integer(out, column->kind == AVER_COLUMN_REF && value < 0 ? G_MININT32 : value);
  }
}

static void append_layer(AverBuffer *out, const AverPage *page, const AverLayer *layer)
{
  const AverLayerType *type = aver_layer_get_type_info(layer);
  guint32 n = aver_layer_get_n_rows(layer);
  aver_page_print(out, "<details><summary>Layer %s: %u</summary>\n<p>%s</p>\n", type->name, n,
                  type->summary == NULL ? "" : type->summary);
  aver_page_print(
      out,
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"%s\"><table><thead><tr>"
      "<th scope=\"col\">row</th><th scope=\"col\">text</th>",
      type->name);
  for (guint32 column = 0; column < type->n_columns; column++)
    aver_page_print(out, "<th scope=\"col\">%s</th>", type->columns[column].name);
  aver_page_print(out, "</tr></thead>\n<tbody>\n");
  for (guint32 row = 0; row < MIN(n, MOST_ROWS); row++) {
    aver_page_print(out, "<tr><td>%u</td><td>", row);
    append_span(out, page, aver_layer_get_spans(layer)[row]);
    for (guint32 column = 0; column < type->n_columns; column++) {
      aver_page_print(out, "</td><td>");
      append_cell(out, page, layer, row, column);
    }
    aver_page_print(out, "</td></tr>\n");
  }
  aver_page_print(out, "</tbody></table></div>\n");
  if (n > MOST_ROWS)
    aver_page_print(out, "<p class=\"by\">and %u more rows.</p>\n", n - MOST_ROWS);
  aver_page_print(out, "</details>\n");
}

void append_layers(AverBuffer *out, const AverPage *page)
{
  guint32 n;
  AverLayer *const *layers = aver_document_list_layers(page->document, &n);
  for (guint32 i = 0; i < n; i++) {
    const char *name = aver_layer_get_type_info(layers[i])->name;
    if (strcmp(name, aver_sentence_layer.name) != 0 && layers[i] != page->quotes &&
        layers[i] != page->claims)
      append_layer(out, page, layers[i]);
  }
}
