/* SPDX-License-Identifier: Apache-2.0 */
/* Layers: rows stored column by column, grown in place and reused. */
#include "layer-private.h"

#include <math.h>
#include <string.h>

/* Rows, and spans, whose memory is kept when a layer is emptied. */
#define ROWS_KEPT 65536

static gsize cell_size(AverColumnKind kind)
{
  switch (kind) {
  case AVER_COLUMN_SPAN:
    return sizeof(AverSpan);
  case AVER_COLUMN_SPANS:
    return sizeof(AverPieces);
  case AVER_COLUMN_STRING:
    return sizeof(const char *);
  default:
    return sizeof(gint32);
  }
}

AverLayer *aver_layer_new(AverDocument *document, const AverLayerType *type)
{
  AverLayer *layer = g_new0(AverLayer, 1);
  layer->document = document;
  layer->type = type;
  layer->columns = g_new0(gpointer, MAX(type->n_columns, 1));
  return layer;
}

static void drop_memory(AverLayer *layer)
{
  g_clear_pointer(&layer->spans, g_free);
  for (guint32 i = 0; i < layer->type->n_columns; i++)
    g_clear_pointer(&layer->columns[i], g_free);
  layer->capacity = 0;
  g_clear_pointer(&layer->pieces, g_free);
  layer->pieces_capacity = 0;
}

void aver_layer_free(AverLayer *layer)
{
  if (layer == NULL)
    return;
  drop_memory(layer);
  g_free(layer->columns);
  g_free(layer);
}

void aver_layer_reset(AverLayer *layer)
{
  if (layer->capacity > ROWS_KEPT || layer->pieces_capacity > ROWS_KEPT)
    drop_memory(layer);
  layer->n_rows = 0;
  layer->n_pieces = 0;
}

const AverLayerType *aver_layer_get_type_info(const AverLayer *layer)
{
  g_return_val_if_fail(layer != NULL, NULL);
  return layer->type;
}

guint32 aver_layer_get_n_rows(const AverLayer *layer)
{
  g_return_val_if_fail(layer != NULL, 0);
  return layer->n_rows;
}

const AverSpan *aver_layer_get_spans(const AverLayer *layer)
{
  g_return_val_if_fail(layer != NULL, NULL);
  return layer->spans;
}

static gboolean boundary(const char *text, guint32 length, guint32 offset)
{
  return offset == length || (offset < length && ((guchar) text[offset] & 0xc0) != 0x80);
}

gboolean aver_document_has_span(const AverDocument *document, AverSpan span)
{
  const char *text = aver_document_text(document);
  return span.start <= span.end && boundary(text, document->length, span.start) &&
         boundary(text, document->length, span.end);
}

static void set_capacity(AverLayer *layer, guint32 capacity)
{
  layer->capacity = capacity;
  layer->spans = g_renew(AverSpan, layer->spans, layer->capacity);
  for (guint32 i = 0; i < layer->type->n_columns; i++)
    layer->columns[i] =
        g_realloc_n(layer->columns[i], layer->capacity, cell_size(layer->type->columns[i].kind));
}

void aver_layer_reserve(AverLayer *layer, guint32 n_rows)
{
  if (n_rows > layer->capacity)
    set_capacity(layer, n_rows);
}

static void clear_cell(AverLayer *layer, guint32 row, guint32 column)
{
  gpointer cells = layer->columns[column];
  switch (layer->type->columns[column].kind) {
  case AVER_COLUMN_I32:
    ((gint32 *) cells)[row] = G_MININT32;
    break;
  case AVER_COLUMN_F32:
    ((float *) cells)[row] = NAN;
    break;
  case AVER_COLUMN_SPAN:
    ((AverSpan *) cells)[row] = (AverSpan){1, 0};
    break;
  case AVER_COLUMN_SPANS:
    ((AverPieces *) cells)[row] = (AverPieces){0, 0};
    break;
  case AVER_COLUMN_STRING:
    ((const char **) cells)[row] = NULL;
    break;
  case AVER_COLUMN_FLAGS:
    ((guint32 *) cells)[row] = 0;
    break;
  case AVER_COLUMN_ENUM:
  case AVER_COLUMN_REF:
    ((gint32 *) cells)[row] = AVER_NONE;
    break;
  }
}

gint32 aver_layer_add(AverLayer *layer, guint32 start, guint32 end)
{
  g_return_val_if_fail(layer != NULL, AVER_NONE);
  g_return_val_if_fail(aver_document_has_span(layer->document, (AverSpan){start, end}), AVER_NONE);
  if (layer->n_rows == layer->capacity)
    set_capacity(layer, layer->capacity == 0 ? 32 : layer->capacity * 2);
  guint32 row = layer->n_rows++;
  layer->spans[row] = (AverSpan){start, end};
  for (guint32 i = 0; i < layer->type->n_columns; i++)
    clear_cell(layer, row, i);
  return (gint32) row;
}

gint32 aver_layer_add_rows(AverLayer *layer, gconstpointer spans, gsize stride, guint32 n_rows)
{
  g_return_val_if_fail(layer != NULL && (spans != NULL || n_rows == 0), AVER_NONE);
  g_return_val_if_fail(n_rows <= G_MAXINT32 - layer->n_rows, AVER_NONE);
  guint32 first = layer->n_rows;
  if (layer->capacity - first < n_rows)
    set_capacity(layer, MAX(first + n_rows, layer->capacity * 2));
  const char *next = spans;
  for (guint32 row = first; row < first + n_rows; row++, next += stride) {
    memcpy(&layer->spans[row], next, sizeof(AverSpan));
    g_return_val_if_fail(aver_document_has_span(layer->document, layer->spans[row]), AVER_NONE);
  }
  for (guint32 i = 0; i < layer->type->n_columns; i++)
    for (guint32 row = first; row < first + n_rows; row++)
      clear_cell(layer, row, i);
  layer->n_rows += n_rows;
  return (gint32) first;
}

static gboolean cell_is(const AverLayer *layer, guint32 row, guint32 column, guint kinds)
{
  return layer != NULL && row < layer->n_rows && column < layer->type->n_columns &&
         (kinds >> layer->type->columns[column].kind & 1) != 0;
}

#define KIND(name) (1u << AVER_COLUMN_##name)
#define WHOLE      (KIND(I32) | KIND(ENUM) | KIND(REF))

void aver_layer_set_i32(AverLayer *layer, guint32 row, guint32 column, gint32 value)
{
  g_return_if_fail(cell_is(layer, row, column, WHOLE));
  ((gint32 *) layer->columns[column])[row] = value;
}

gint32 aver_layer_get_i32(const AverLayer *layer, guint32 row, guint32 column)
{
  g_return_val_if_fail(cell_is(layer, row, column, WHOLE), AVER_NONE);
  return ((gint32 *) layer->columns[column])[row];
}

static gboolean column_is(const AverLayer *layer, guint32 column, guint kinds)
{
  return layer != NULL && column < layer->type->n_columns &&
         (kinds >> layer->type->columns[column].kind & 1) != 0;
}

const gint32 *aver_layer_get_i32_cells(const AverLayer *layer, guint32 column)
{
  g_return_val_if_fail(column_is(layer, column, WHOLE), NULL);
  return layer->columns[column];
}

gint32 *aver_layer_edit_i32_cells(AverLayer *layer, guint32 column)
{
  g_return_val_if_fail(column_is(layer, column, WHOLE), NULL);
  return layer->columns[column];
}

void aver_layer_set_flags(AverLayer *layer, guint32 row, guint32 column, guint32 value)
{
  g_return_if_fail(cell_is(layer, row, column, KIND(FLAGS)));
  ((guint32 *) layer->columns[column])[row] = value;
}

guint32 aver_layer_get_flags(const AverLayer *layer, guint32 row, guint32 column)
{
  g_return_val_if_fail(cell_is(layer, row, column, KIND(FLAGS)), 0);
  return ((guint32 *) layer->columns[column])[row];
}

void aver_layer_set_f32(AverLayer *layer, guint32 row, guint32 column, float value)
{
  g_return_if_fail(cell_is(layer, row, column, KIND(F32)));
  ((float *) layer->columns[column])[row] = value;
}

float aver_layer_get_f32(const AverLayer *layer, guint32 row, guint32 column)
{
  g_return_val_if_fail(cell_is(layer, row, column, KIND(F32)), NAN);
  return ((float *) layer->columns[column])[row];
}

void aver_layer_set_string(AverLayer *layer, guint32 row, guint32 column, const char *value,
                           gssize length)
{
  g_return_if_fail(cell_is(layer, row, column, KIND(STRING)));
  gsize bytes = value == NULL ? 0 : length < 0 ? strlen(value) : (gsize) length;
  ((const char **) layer->columns[column])[row] =
      value == NULL ? NULL : aver_arena_strndup(&layer->document->arena, value, bytes);
}

const char *aver_layer_get_string(const AverLayer *layer, guint32 row, guint32 column)
{
  g_return_val_if_fail(cell_is(layer, row, column, KIND(STRING)), NULL);
  return ((const char **) layer->columns[column])[row];
}

void aver_layer_set_pieces(AverLayer *layer, AverPieces *cell, const AverSpan *spans,
                           guint32 n_spans)
{
  if (layer->pieces_capacity - layer->n_pieces < n_spans) {
    while (layer->pieces_capacity - layer->n_pieces < n_spans)
      layer->pieces_capacity = layer->pieces_capacity == 0 ? 64 : layer->pieces_capacity * 2;
    layer->pieces = g_renew(AverSpan, layer->pieces, layer->pieces_capacity);
  }
  *cell = (AverPieces){layer->n_pieces, n_spans};
  if (n_spans > 0)
    memcpy(layer->pieces + layer->n_pieces, spans, n_spans * sizeof(AverSpan));
  layer->n_pieces += n_spans;
}

void aver_layer_set_spans(AverLayer *layer, guint32 row, guint32 column, const AverSpan *spans,
                          guint32 n_spans)
{
  g_return_if_fail(cell_is(layer, row, column, KIND(SPAN) | KIND(SPANS)));
  for (guint32 i = 0; i < n_spans; i++) {
    g_return_if_fail(aver_document_has_span(layer->document, spans[i]));
    g_return_if_fail(i == 0 || spans[i - 1].end <= spans[i].start);
  }
  if (layer->type->columns[column].kind == AVER_COLUMN_SPANS) {
    aver_layer_set_pieces(layer, (AverPieces *) layer->columns[column] + row, spans, n_spans);
    return;
  }
  g_return_if_fail(n_spans <= 1);
  ((AverSpan *) layer->columns[column])[row] = n_spans == 1 ? spans[0] : (AverSpan){1, 0};
}

const AverSpan *aver_layer_get_spans_cell(const AverLayer *layer, guint32 row, guint32 column,
                                          guint32 *n_spans)
{
  *n_spans = 0;
  g_return_val_if_fail(cell_is(layer, row, column, KIND(SPAN) | KIND(SPANS)), NULL);
  if (layer->type->columns[column].kind == AVER_COLUMN_SPANS) {
    const AverPieces *cell = (const AverPieces *) layer->columns[column] + row;
    *n_spans = cell->count;
    return cell->count == 0 ? NULL : layer->pieces + cell->first;
  }
  const AverSpan *span = (const AverSpan *) layer->columns[column] + row;
  *n_spans = span->start <= span->end ? 1 : 0;
  return span;
}

const char *aver_column_get_name(const AverColumnType *column, gint32 value)
{
  const char *const *names = column->names;
  for (gint32 i = 0; names != NULL && names[i] != NULL && value >= 0; i++)
    if (i == value)
      return names[i];
  return NULL;
}
