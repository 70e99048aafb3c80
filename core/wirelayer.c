/* SPDX-License-Identifier: Apache-2.0 */
/* The wire: one layer, column by column. */
#include "layer-private.h"
#include "wire.h"

#include <string.h>

#define ABSENT G_MAXUINT32

static void put_strings(AverBuffer *buffer, const char *const *cells, guint32 n)
{
  for (guint32 i = 0; i < n; i++) {
    gsize length = cells[i] == NULL ? 0 : strlen(cells[i]);
    aver_wire_put_u32(buffer, cells[i] == NULL ? ABSENT : (guint32) length);
    aver_buffer_append(buffer, cells[i], length);
  }
}

static void put_pieces(AverBuffer *buffer, const AverLayer *layer, const AverPieces *cells)
{
  for (guint32 i = 0; i < layer->n_rows; i++) {
    aver_wire_put_u32(buffer, cells[i].count);
    if (cells[i].count > 0)
      aver_buffer_append(buffer, layer->pieces + cells[i].first, cells[i].count * sizeof(AverSpan));
  }
}

void aver_wire_put_layer(AverBuffer *buffer, const AverLayer *layer)
{
  guint32 n = layer->n_rows;
  aver_wire_put_u32(buffer, n);
  aver_buffer_append(buffer, layer->spans, n * sizeof(AverSpan));
  for (guint32 i = 0; i < layer->type->n_columns; i++) {
    gconstpointer cells = layer->columns[i];
    switch (layer->type->columns[i].kind) {
    case AVER_COLUMN_STRING:
      put_strings(buffer, cells, n);
      break;
    case AVER_COLUMN_SPANS:
      put_pieces(buffer, layer, cells);
      break;
    case AVER_COLUMN_SPAN:
      aver_buffer_append(buffer, cells, n * sizeof(AverSpan));
      break;
    default:
      aver_buffer_append(buffer, cells, n * sizeof(gint32));
      break;
    }
  }
}

static gboolean refuse(GError **error, const AverLayer *layer, guint32 row, const char *what)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED,
              "its process answered with %s in row %u of the layer '%s'", what, row,
              layer->type->name);
  return FALSE;
}

static gboolean short_of(GError **error, const AverLayer *layer)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED,
              "its process answered with too little for the layer '%s'", layer->type->name);
  return FALSE;
}

static gboolean check_spans(const AverLayer *layer, guint32 row, const AverSpan *spans, guint32 n,
                            GError **error)
{
  for (guint32 i = 0; i < n; i++) {
    if (aver_document_has_span(layer->document, spans[i]) &&
        (i == 0 || spans[i - 1].end <= spans[i].start))
      continue;
    g_autofree char *what = g_strdup_printf("the span [%u, %u], which is none of the text,",
                                            spans[i].start, spans[i].end);
    return refuse(error, layer, row, what);
  }
  return TRUE;
}

static gboolean get_strings(AverWire *wire, AverLayer *layer, const char **cells, GError **error)
{
  for (guint32 row = 0; row < layer->n_rows; row++) {
    guint32 length;
    cells[row] = NULL;
    if (!aver_wire_get_u32(wire, &length))
      return short_of(error, layer);
    if (length == ABSENT)
      continue;
    if ((gsize) (wire->end - wire->position) < length)
      return short_of(error, layer);
    if ((length > 0 && memchr(wire->position, '\0', length) != NULL) ||
        !aver_utf8_validate(wire->position, length, NULL))
      return refuse(error, layer, row, "a string that is no text");
    cells[row] = aver_arena_strndup(&layer->document->arena, wire->position, length);
    wire->position += length;
  }
  return TRUE;
}

static gboolean get_pieces(AverWire *wire, AverLayer *layer, AverPieces *cells, GError **error)
{
  memset(cells, 0, layer->n_rows * sizeof *cells);
  g_autofree AverSpan *spans = NULL;
  guint32 capacity = 0;
  for (guint32 row = 0; row < layer->n_rows; row++) {
    guint32 n;
    if (!aver_wire_get_u32(wire, &n) || (gsize) (wire->end - wire->position) / sizeof(AverSpan) < n)
      return short_of(error, layer);
    if (n > capacity) {
      capacity = n;
      spans = g_renew(AverSpan, spans, capacity);
    }
    aver_wire_get(wire, spans, n * sizeof(AverSpan));
    if (!check_spans(layer, row, spans, n, error))
      return FALSE;
    aver_layer_set_pieces(layer, &cells[row], spans, n);
  }
  return TRUE;
}

static gboolean get_span(AverWire *wire, AverLayer *layer, AverSpan *cells, GError **error)
{
  if (!aver_wire_get(wire, cells, layer->n_rows * sizeof *cells))
    return short_of(error, layer);
  for (guint32 row = 0; row < layer->n_rows; row++)
    if (cells[row].start <= cells[row].end && !check_spans(layer, row, &cells[row], 1, error))
      return FALSE;
  return TRUE;
}

static guint count_names(const AverColumnType *column)
{
  guint n = 0;
  while (column->names != NULL && column->names[n] != NULL)
    n++;
  return n;
}

static gboolean get_numbers(AverWire *wire, AverLayer *layer, guint32 index, GError **error)
{
  const AverColumnType *column = &layer->type->columns[index];
  gint32 *cells = layer->columns[index];
  gint64 n_names = count_names(column);
  if (!aver_wire_get(wire, cells, layer->n_rows * sizeof *cells))
    return short_of(error, layer);
  for (guint32 row = 0; row < layer->n_rows; row++) {
    if (column->kind == AVER_COLUMN_ENUM && (cells[row] < AVER_NONE || cells[row] >= n_names))
      return refuse(error, layer, row, "an unknown value of an enum");
    if (column->kind == AVER_COLUMN_FLAGS && (guint64) (guint32) cells[row] >> MIN(n_names, 32))
      return refuse(error, layer, row, "unknown flags");
  }
  return TRUE;
}

static gboolean get_column(AverWire *wire, AverLayer *layer, guint32 index, GError **error)
{
  switch (layer->type->columns[index].kind) {
  case AVER_COLUMN_STRING:
    return get_strings(wire, layer, layer->columns[index], error);
  case AVER_COLUMN_SPANS:
    return get_pieces(wire, layer, layer->columns[index], error);
  case AVER_COLUMN_SPAN:
    return get_span(wire, layer, layer->columns[index], error);
  default:
    return get_numbers(wire, layer, index, error);
  }
}

gboolean aver_wire_get_layer(AverWire *wire, AverDocument *document, const AverLayerType *type,
                             GError **error)
{
  guint32 n;
  AverLayer *layer = aver_document_add_layer(document, type);
  if (!aver_wire_get_u32(wire, &n) || (gsize) (wire->end - wire->position) / sizeof(AverSpan) < n)
    return short_of(error, layer);
  if (n == 0)
    return TRUE;
  aver_layer_reserve(layer, n);
  aver_wire_get(wire, layer->spans, n * sizeof(AverSpan));
  for (guint32 row = 0; row < n; row++)
    if (!check_spans(layer, row, &layer->spans[row], 1, error))
      return FALSE;
  layer->n_rows = n;
  for (guint32 i = 0; i < type->n_columns; i++)
    if (!get_column(wire, layer, i, error)) {
      layer->n_rows = 0;
      return FALSE;
    }
  return TRUE;
}

gboolean aver_wire_check_references(const AverDocument *document, const AverLayer *layer,
                                    GError **error)
{
  for (guint32 i = 0; i < layer->type->n_columns; i++) {
    const AverColumnType *column = &layer->type->columns[i];
    if (column->kind != AVER_COLUMN_REF)
      continue;
    const AverLayer *target = aver_document_get_layer(document, column->target);
    gint64 n_rows = target == NULL ? 0 : target->n_rows;
    const gint32 *cells = layer->columns[i];
    for (guint32 row = 0; row < layer->n_rows; row++)
      if (cells[row] < AVER_NONE || cells[row] >= n_rows)
        return refuse(error, layer, row, "a reference to no row");
  }
  return TRUE;
}
