/* SPDX-License-Identifier: Apache-2.0 */
/* Documents as JSON: what the jsonl-writer writes, and what programs are told and answer. */
#pragma once

#include <aver/json.h>
#include <aver/layers.h>

G_BEGIN_DECLS

/**
 * AverRecordFormat:
 * @text: whether the text is written
 * @layers: (nullable) (array zero-terminated=1): the names of the layers that are written; %NULL is
 *   all
 *
 * What of a document is written. Initialise with `{0}`.
 */
typedef struct {
  gboolean text;
  const char *const *layers;
} AverRecordFormat;

/**
 * aver_document_append_record:
 * @out: the buffer to append to
 * @document: a document
 * @format: what to put into the record
 *
 * Appends a document as one JSON object without line breaks, `{"id": ..., "metadata": {...},
 * "text":
 * ..., "layers": {"sentence": [{"start": 0, "end": 12}, ...], ...}}`, without white space. Spans
 * are
 * `[start, end]`, spans `[[start, end], ...]`, enums their names, flags a list of names, references
 * the index of a row; what is absent is null.
 */
AVER_API void aver_document_append_record(AverBuffer *out, const AverDocument *document,
                                          const AverRecordFormat *format);

/**
 * aver_document_append_metadata:
 * @out: the buffer to append to
 * @document: a document
 *
 * Appends the metadata as one JSON object, as a record has it.
 */
AVER_API void aver_document_append_metadata(AverBuffer *out, const AverDocument *document);

/**
 * aver_layer_append_cell:
 * @out: the buffer to append to
 * @layer: a layer
 * @row: a row, from 0
 * @column: a column, from 0, in the order of the layer's description
 *
 * Appends one cell of a layer as JSON, as a record has it.
 */
AVER_API void aver_layer_append_cell(AverBuffer *out, const AverLayer *layer, guint32 row,
                                     guint32 column);

/**
 * aver_document_read_metadata:
 * @object: an object, as scanned
 *
 * Sets an entry for each member; null leaves an entry as it is.
 *
 * Returns: %FALSE with %AVER_ERROR_SYNTAX naming the member: `metadata.place has a NUL character`.
 */
AVER_API gboolean aver_document_read_metadata(AverDocument *document, const AverJsonValue *object,
                                              GError **error);

/**
 * aver_document_read_layers:
 * @object: an object of lists of rows, as aver_document_append_record() writes it
 * @types: (array zero-terminated=1): the layers to read
 *
 * Adds the layers of @types, filled with the rows of @object; one that is not in @object is empty.
 * Other layers are passed over when the document has them already, and an error when not. Columns
 * may be left out. Every value is checked: offsets are bytes inside the text on character
 * boundaries, rows stand in order of their start, references lead to rows.
 *
 * Returns: %FALSE with %AVER_ERROR_SYNTAX naming the value:
 * `layers.keyword[3].end is 500; expected at most 431, the length of the text`. The layers are then
 * incomplete.
 */
AVER_API gboolean aver_document_read_layers(AverDocument *document, const AverJsonValue *object,
                                            const AverLayerType *const *types, GError **error);

G_END_DECLS
