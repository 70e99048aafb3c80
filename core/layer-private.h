/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of layers, for the files that copy them column by column. */
#pragma once

#include "document-private.h"

/* A cell of a SPANS column: a slice of the layer's pieces. */
typedef struct {
  guint32 first;
  guint32 count;
} AverPieces;

struct _AverLayer {
  AverDocument *document;
  const AverLayerType *type;
  AverSpan *spans;
  gpointer *columns;
  guint32 n_rows;
  guint32 capacity;
  AverSpan *pieces; /* the spans of SPANS cells */
  guint32 n_pieces;
  guint32 pieces_capacity;
};

/* Makes room for @n_rows rows in all. */
void aver_layer_reserve(AverLayer *layer, guint32 n_rows);

/* Appends spans to the layer's pieces and points the cell at them. */
void aver_layer_set_pieces(AverLayer *layer, AverPieces *cell, const AverSpan *spans,
                           guint32 n_spans);

/* Whether the span lies in the text, on character boundaries. */
gboolean aver_document_has_span(const AverDocument *document, AverSpan span);
