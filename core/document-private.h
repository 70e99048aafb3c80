/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of documents and layers, shared by the files that make them up. */
#pragma once

#include "arena.h"

#include <aver/json.h>
#include <aver/text.h>

struct _AverDocument {
  gint references;
  const char *id;
  const char *text; /* NULL: still to be made of the JSON string */
  guint32 length;
  AverJsonValue string; /* the text as JSON, such as would be written; kind is no string: unknown */
  AverArena arena;
  GArray *metadata;        /* AverMetadata, sorted by key */
  GPtrArray *layers;       /* in the order added */
  GPtrArray *spare_layers; /* emptied, waiting to be added again */
  AverToken *tokens;       /* with a sentinel; kept for reuse */
  guint32 n_tokens;
  guint32 tokens_capacity;
  gboolean tokens_valid;
};

/* Makes the text of the JSON string. */
void aver_document_unescape(AverDocument *document);

static inline const char *aver_document_text(const AverDocument *document)
{
  if (G_UNLIKELY(document->text == NULL))
    aver_document_unescape((AverDocument *) document);
  return document->text;
}

/* Makes the tokens of the document's text (core/text/tokens.c). */
gboolean aver_document_tokenize(AverDocument *document, guint32 most);

AverLayer *aver_layer_new(AverDocument *document, const AverLayerType *type);
void aver_layer_free(AverLayer *layer);
void aver_layer_reset(AverLayer *layer);
