/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of documents and layers, shared by the files that make them up. */
#pragma once

#include "arena.h"

#include <aver/document.h>
#include <aver/text.h>

struct _AverDocument {
  gint references;
  const char *id;
  const char *text;
  guint32 length;
  AverArena arena;
  GArray *metadata;        /* AverMetadata, sorted by key */
  GPtrArray *layers;       /* in the order added */
  GPtrArray *spare_layers; /* emptied, waiting to be added again */
  AverToken *tokens;       /* with a sentinel; kept for reuse */
  guint32 n_tokens;
  guint32 tokens_capacity;
  gboolean tokens_valid;
};

/* Makes the tokens of the document's text (core/text/tokens.c). */
void aver_document_tokenize(AverDocument *document);

AverLayer *aver_layer_new(AverDocument *document, const AverLayerType *type);
void aver_layer_free(AverLayer *layer);
void aver_layer_reset(AverLayer *layer);
