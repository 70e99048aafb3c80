/* SPDX-License-Identifier: Apache-2.0 */
/* Layers: named tables over a document, one row per annotation, stored column by column. */
#pragma once

#include <aver/error.h>

G_BEGIN_DECLS

/**
 * AverSpan:
 * @start: first byte
 * @end: first byte after it
 *
 * A half-open range of bytes `[start, end)` in a document's UTF-8 text, both ends on character
 * boundaries.
 */
typedef struct {
  guint32 start;
  guint32 end;
} AverSpan;

/**
 * AVER_NONE:
 *
 * "No row", "no value": what a function that returns a row, a reference or an enum value answers
 * when there is none.
 */
#define AVER_NONE (-1)

/**
 * AverColumnKind:
 * @AVER_COLUMN_I32: a 32-bit integer; %G_MININT32 is "absent"
 * @AVER_COLUMN_F32: a float; NaN is "absent"
 * @AVER_COLUMN_SPAN: one #AverSpan; start > end is "absent"
 * @AVER_COLUMN_SPANS: any number of spans, in text order (a quote's content in several pieces)
 * @AVER_COLUMN_STRING: UTF-8, owned by the document; %NULL is "absent"
 * @AVER_COLUMN_ENUM: an index into the column's @names; %AVER_NONE is "absent"
 * @AVER_COLUMN_FLAGS: a set of the column's @names, one bit each (at most 32); 0 is the empty set
 * @AVER_COLUMN_REF: a row of the layer @target; %AVER_NONE is "absent"
 *
 * The type of a column. A new row's cells are all "absent".
 */
typedef enum {
  AVER_COLUMN_I32,
  AVER_COLUMN_F32,
  AVER_COLUMN_SPAN,
  AVER_COLUMN_SPANS,
  AVER_COLUMN_STRING,
  AVER_COLUMN_ENUM,
  AVER_COLUMN_FLAGS,
  AVER_COLUMN_REF,
} AverColumnKind;

/**
 * AverColumnType:
 * @name: lower case, `[a-z][a-z0-9_]*`; not `start` or `end`, which every row has
 * @kind: its type
 * @names: (nullable): %NULL-terminated names of an enum's values or of the flags
 * @target: (nullable): the layer a reference points into
 * @summary: one line for a person
 *
 * The static description of a column.
 */
typedef struct {
  const char *name;
  AverColumnKind kind;
  const char *const *names;
  const char *target;
  const char *summary;
} AverColumnType;

/**
 * aver_column_get_name:
 * @column: the column
 * @value: an enum's value, or the number of a flag's bit
 *
 * Names a value of an ENUM or FLAGS column.
 *
 * Returns: (transfer none) (nullable): the name of a value; %NULL when it has none.
 */
AVER_API const char *aver_column_get_name(const AverColumnType *column, gint32 value);

/**
 * AverLayerType:
 * @name: lower case, `[a-z][a-z0-9_]*`
 * @summary: one line for a person
 * @columns: (array length=n_columns): the columns beside `start` and `end`
 * @n_columns: how many
 *
 * The static description of a layer. Two descriptions of one name are compatible when every column
 * the user of the layer names stands at the same index with the same name and kind: columns are
 * only ever added at the end.
 */
typedef struct {
  const char *name;
  const char *summary;
  const AverColumnType *columns;
  guint32 n_columns;
} AverLayerType;

/**
 * AverLayer:
 *
 * One layer of one document. Rows are only added; by convention in order of their start. A layer
 * belongs to its document and is emptied, not freed, when the document is reused, so that a warm
 * pipeline allocates nothing per annotation. Not thread-safe: a document is in the hands of one
 * thread at a time.
 */
typedef struct _AverLayer AverLayer;

/**
 * aver_layer_get_type_info:
 *
 * Gives the description that the layer was made with.
 *
 * Returns: (transfer none): the description.
 */
AVER_API const AverLayerType *aver_layer_get_type_info(const AverLayer *layer);

/**
 * aver_layer_get_n_rows:
 *
 * Counts the rows.
 *
 * Returns: the number of rows.
 */
AVER_API guint32 aver_layer_get_n_rows(const AverLayer *layer);

/**
 * aver_layer_get_spans: (skip)
 *
 * Gives all spans at once.
 *
 * Returns: (transfer none) (array): the span of every row; valid until a row is added.
 */
AVER_API const AverSpan *aver_layer_get_spans(const AverLayer *layer);

/**
 * aver_layer_add:
 * @start: byte offset
 * @end: byte offset, at least @start and at most the text's length
 *
 * Adds a row, every cell "absent". A span outside the text or off a character boundary is a
 * programmer's error.
 *
 * Returns: the row's index, or %AVER_NONE after a programmer's error.
 */
AVER_API gint32 aver_layer_add(AverLayer *layer, guint32 start, guint32 end);

/**
 * aver_layer_add_rows: (skip)
 * @spans: the first row's span, which may be the start of a larger struct (an #AverToken)
 * @stride: bytes from one span to the next
 * @n_rows: how many
 *
 * Adds many rows at once, as aver_layer_add() would one by one; nothing is added when one span is
 * wrong.
 *
 * Returns: the first one's index, or %AVER_NONE after a programmer's error.
 */
AVER_API gint32 aver_layer_add_rows(AverLayer *layer, gconstpointer spans, gsize stride,
                                    guint32 n_rows);

/**
 * aver_layer_get_i32_cells: (skip)
 * @column: a column, from 0, in the order of the layer's description
 *
 * Gives a whole column at once.
 *
 * Returns: (transfer none) (array) (nullable): the cells of all rows of an I32, ENUM or REF column;
 * valid until a row is added.
 */
AVER_API const gint32 *aver_layer_get_i32_cells(const AverLayer *layer, guint32 column);

/**
 * aver_layer_edit_i32_cells: (skip)
 * @column: a column, from 0, in the order of the layer's description
 *
 * aver_layer_get_i32_cells() to be filled in place.
 *
 * Returns: (transfer none) (array) (nullable): the cells of all rows.
 */
AVER_API gint32 *aver_layer_edit_i32_cells(AverLayer *layer, guint32 column);

/**
 * aver_layer_set_i32:
 * @row: a row, from 0
 * @column: a column, from 0, in the order of the layer's description
 * @value: the cell
 *
 * Sets a cell of an I32, ENUM or REF column.
 */
AVER_API void aver_layer_set_i32(AverLayer *layer, guint32 row, guint32 column, gint32 value);

/**
 * aver_layer_get_i32:
 * @row: a row, from 0
 * @column: a column, from 0, in the order of the layer's description
 *
 * Gives a cell of an I32, ENUM or REF column.
 *
 * Returns: the cell; %AVER_NONE when it is absent.
 */
AVER_API gint32 aver_layer_get_i32(const AverLayer *layer, guint32 row, guint32 column);

/**
 * aver_layer_set_flags:
 * @row: a row, from 0
 * @column: a column, from 0, in the order of the layer's description
 * @value: the bits that are set
 *
 * Sets a cell of a FLAGS column.
 */
AVER_API void aver_layer_set_flags(AverLayer *layer, guint32 row, guint32 column, guint32 value);

/**
 * aver_layer_get_flags:
 * @row: a row, from 0
 * @column: a column, from 0, in the order of the layer's description
 *
 * Gives a cell of a FLAGS column.
 *
 * Returns: the bits that are set.
 */
AVER_API guint32 aver_layer_get_flags(const AverLayer *layer, guint32 row, guint32 column);

/**
 * aver_layer_set_f32:
 * @row: a row, from 0
 * @column: a column, from 0, in the order of the layer's description
 * @value: the cell
 *
 * Sets a cell of an F32 column.
 */
AVER_API void aver_layer_set_f32(AverLayer *layer, guint32 row, guint32 column, float value);

/**
 * aver_layer_get_f32:
 * @row: a row, from 0
 * @column: a column, from 0, in the order of the layer's description
 *
 * Gives a cell of an F32 column.
 *
 * Returns: the cell.
 */
AVER_API float aver_layer_get_f32(const AverLayer *layer, guint32 row, guint32 column);

/**
 * aver_layer_set_string:
 * @row: a row, from 0
 * @column: a column, from 0, in the order of the layer's description
 * @value: (nullable): UTF-8, copied into the document's memory
 * @length: bytes, or -1 when @value ends with NUL
 *
 * Sets a cell of a STRING column.
 */
AVER_API void aver_layer_set_string(AverLayer *layer, guint32 row, guint32 column,
                                    const char *value, gssize length);

/**
 * aver_layer_get_string:
 * @row: a row, from 0
 * @column: a column, from 0, in the order of the layer's description
 *
 * Gives a cell of a STRING column.
 *
 * Returns: (transfer none) (nullable): the cell's text.
 */
AVER_API const char *aver_layer_get_string(const AverLayer *layer, guint32 row, guint32 column);

/**
 * aver_layer_set_spans:
 * @row: a row, from 0
 * @column: a column, from 0, in the order of the layer's description
 * @spans: (array length=n_spans): in text order, not overlapping
 * @n_spans: how many
 *
 * Sets a cell of a SPAN (one span at most) or SPANS column. The spans are copied, and checked as
 * those of aver_layer_add().
 */
AVER_API void aver_layer_set_spans(AverLayer *layer, guint32 row, guint32 column,
                                   const AverSpan *spans, guint32 n_spans);

/**
 * aver_layer_get_spans_cell:
 * @row: a row, from 0
 * @column: a column, from 0, in the order of the layer's description
 * @n_spans: (out): how many
 *
 * Gives a cell of a SPAN or SPANS column.
 *
 * Returns: (transfer none) (nullable) (array length=n_spans): the spans of a SPAN or SPANS cell;
 * valid until a cell is set.
 */
AVER_API const AverSpan *aver_layer_get_spans_cell(const AverLayer *layer, guint32 row,
                                                   guint32 column, guint32 *n_spans);

G_END_DECLS
