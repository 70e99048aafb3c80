/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of layers for other languages: spans, texts and cells as strings. */
#include "layer-private.h"

#include <aver/embed.h>
#include <aver/record.h>
#include <string.h>

void aver_layer_get_span(const AverLayer *layer, guint32 row, AverSpan *span)
{
  g_return_if_fail(layer != NULL && span != NULL && row < layer->n_rows);
  *span = layer->spans[row];
}

char *aver_layer_dup_text(const AverLayer *layer, guint32 row)
{
  g_return_val_if_fail(layer != NULL && row < layer->n_rows, NULL);
  const char *text = aver_document_text(layer->document);
  AverSpan span = layer->spans[row];
  GString *copy = g_string_new_len(text + span.start, (gssize) (span.end - span.start));
  if (memchr(copy->str, '\0', copy->len) == NULL)
    return g_string_free(copy, FALSE);
  g_string_set_size(copy, 0);
  for (guint32 i = span.start; i < span.end; i++) {
    if (text[i] == '\0')
      g_string_append(copy, "\357\277\275");
    else
      g_string_append_c(copy, text[i]);
  }
  return g_string_free(copy, FALSE);
}

char *aver_layer_dup_cell(const AverLayer *layer, guint32 row, guint32 column)
{
  g_return_val_if_fail(layer != NULL && row < layer->n_rows, NULL);
  g_return_val_if_fail(column < layer->type->n_columns, NULL);
  AverBuffer out = {0};
  aver_layer_append_cell(&out, layer, row, column);
  aver_buffer_append_char(&out, '\0');
  return out.data;
}
