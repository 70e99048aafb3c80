/* SPDX-License-Identifier: Apache-2.0 */
/* Documents: text, id, metadata, and the layers that hang off them. */
#include "document-private.h"

#include <aver/layers.h>

#include <string.h>

/* Token memory beyond this is given back when a document is reused. */
#define TOKENS_KEPT (64 * 1024)

/* Written out: G_DEFINE_BOXED_TYPE passes functions as a union, which ISO C has not. */
GType aver_document_get_type(void)
{
  static gsize type = 0;
  if (g_once_init_enter(&type))
    g_once_init_leave(&type, g_boxed_type_register_static("AverDocument",
                                                          (GBoxedCopyFunc) aver_document_ref,
                                                          (GBoxedFreeFunc) aver_document_unref));
  return (GType) type;
}

AverDocument *aver_document_new(void)
{
  AverDocument *document = g_new0(AverDocument, 1);
  document->references = 1;
  document->id = "";
  document->text = "";
  document->string.kind = AVER_JSON_NULL;
  document->metadata = g_array_new(FALSE, FALSE, sizeof(AverMetadata));
  document->layers = g_ptr_array_new_with_free_func((GDestroyNotify) aver_layer_free);
  document->spare_layers = g_ptr_array_new_with_free_func((GDestroyNotify) aver_layer_free);
  return document;
}

AverDocument *aver_document_ref(AverDocument *document)
{
  g_return_val_if_fail(document != NULL, NULL);
  g_atomic_int_inc(&document->references);
  return document;
}

void aver_document_unref(AverDocument *document)
{
  if (document == NULL || !g_atomic_int_dec_and_test(&document->references))
    return;
  g_array_unref(document->metadata);
  g_ptr_array_unref(document->layers);
  g_ptr_array_unref(document->spare_layers);
  g_free(document->tokens);
  aver_arena_clear(&document->arena);
  g_free(document);
}

void aver_document_reset(AverDocument *document)
{
  g_return_if_fail(document != NULL);
  document->id = "";
  document->text = "";
  document->length = 0;
  document->string.kind = AVER_JSON_NULL;
  document->tokens_valid = FALSE;
  if (document->tokens_capacity > TOKENS_KEPT) {
    g_clear_pointer(&document->tokens, g_free);
    document->tokens_capacity = 0;
  }
  g_array_set_size(document->metadata, 0);
  while (document->layers->len > 0) {
    AverLayer *layer = g_ptr_array_steal_index_fast(document->layers, document->layers->len - 1);
    aver_layer_reset(layer);
    g_ptr_array_add(document->spare_layers, layer);
  }
  aver_arena_reset(&document->arena);
}

void aver_document_set_id(AverDocument *document, const char *id, gssize length)
{
  g_return_if_fail(document != NULL && id != NULL);
  document->id = aver_arena_strndup(&document->arena, id, length < 0 ? strlen(id) : (gsize) length);
}

const char *aver_document_get_id(const AverDocument *document)
{
  g_return_val_if_fail(document != NULL, "");
  return document->id;
}

gboolean aver_document_set_text(AverDocument *document, const char *text, gsize length,
                                GError **error)
{
  g_return_val_if_fail(document != NULL && (text != NULL || length == 0), FALSE);
  gsize bad = 0;
  if (length <= AVER_DOCUMENT_MAX_BYTES && !aver_utf8_validate(text, length, &bad)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING,
                "the text is not valid UTF-8 at byte %" G_GSIZE_FORMAT " (0x%02x)", bad,
                (guint) (guchar) text[bad]);
    return FALSE;
  }
  return aver_document_set_valid_text(document, text, length, error);
}

gboolean aver_document_set_valid_text(AverDocument *document, const char *text, gsize length,
                                      GError **error)
{
  g_return_val_if_fail(document != NULL && (text != NULL || length == 0), FALSE);
  if (length > AVER_DOCUMENT_MAX_BYTES) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                "the text has %" G_GSIZE_FORMAT " bytes; at most %u are allowed", length,
                AVER_DOCUMENT_MAX_BYTES);
    return FALSE;
  }
  document->text = text != NULL ? text : "";
  document->length = (guint32) length;
  document->string.kind = AVER_JSON_NULL;
  document->tokens_valid = FALSE;
  return TRUE;
}

const char *aver_document_get_text(const AverDocument *document, guint32 *length)
{
  g_return_val_if_fail(document != NULL, "");
  const char *text = aver_document_text(document);
  if (length != NULL)
    *length = document->length;
  return text;
}

gpointer aver_document_alloc(AverDocument *document, gsize size)
{
  g_return_val_if_fail(document != NULL, NULL);
  return aver_arena_alloc(&document->arena, size);
}

static guint metadata_position(const AverDocument *document, const char *key, gboolean *found)
{
  guint low = 0, high = document->metadata->len;
  *found = FALSE;
  while (low < high) {
    guint middle = (low + high) / 2;
    int order = strcmp(g_array_index(document->metadata, AverMetadata, middle).key, key);
    if (order == 0) {
      *found = TRUE;
      return middle;
    }
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void aver_document_set_metadata(AverDocument *document, const char *key, const char *value,
                                gboolean json)
{
  g_return_if_fail(document != NULL && key != NULL && value != NULL);
  gboolean found;
  guint position = metadata_position(document, key, &found);
  if (!found) {
    AverMetadata entry = {.key = aver_arena_strndup(&document->arena, key, strlen(key))};
    g_array_insert_val(document->metadata, position, entry);
  }
  AverMetadata *entry = &g_array_index(document->metadata, AverMetadata, position);
  entry->value = aver_arena_strndup(&document->arena, value, strlen(value));
  entry->json = json;
}

const char *aver_document_get_metadata(const AverDocument *document, const char *key)
{
  g_return_val_if_fail(document != NULL && key != NULL, NULL);
  gboolean found;
  guint position = metadata_position(document, key, &found);
  return found ? g_array_index(document->metadata, AverMetadata, position).value : NULL;
}

const AverMetadata *aver_document_list_metadata(const AverDocument *document, guint32 *n_entries)
{
  g_return_val_if_fail(document != NULL && n_entries != NULL, NULL);
  *n_entries = document->metadata->len;
  return (const AverMetadata *) (gpointer) document->metadata->data;
}

static AverLayer *find(const GPtrArray *layers, const char *name, guint *position)
{
  for (guint i = 0; i < layers->len; i++) {
    AverLayer *layer = g_ptr_array_index(layers, i);
    if (strcmp(aver_layer_get_type_info(layer)->name, name) == 0) {
      if (position != NULL)
        *position = i;
      return layer;
    }
  }
  return NULL;
}

AverLayer *aver_document_add_layer(AverDocument *document, const AverLayerType *type)
{
  g_return_val_if_fail(document != NULL && type != NULL, NULL);
  AverLayer *layer = find(document->layers, type->name, NULL);
  if (layer != NULL) {
    aver_layer_reset(layer);
    return layer;
  }
  guint position;
  layer = find(document->spare_layers, type->name, &position);
  if (layer != NULL && aver_layer_get_type_info(layer) == type)
    g_ptr_array_steal_index_fast(document->spare_layers, position);
  else
    layer = aver_layer_new(document, type);
  g_ptr_array_add(document->layers, layer);
  return layer;
}

AverLayer *aver_document_get_layer(const AverDocument *document, const char *name)
{
  g_return_val_if_fail(document != NULL && name != NULL, NULL);
  return find(document->layers, name, NULL);
}

AverLayer *const *aver_document_list_layers(const AverDocument *document, guint32 *n_layers)
{
  g_return_val_if_fail(document != NULL && n_layers != NULL, NULL);
  *n_layers = document->layers->len;
  return (AverLayer *const *) (gpointer) document->layers->pdata;
}

static gboolean check_passages(const AverDocument *document, GError **error)
{
  const char *const names[] = {aver_sentence_layer.name, aver_quote_layer.name};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    const AverLayer *layer = aver_document_get_layer(document, names[i]);
    if (layer == NULL || aver_layer_get_n_rows(layer) <= AVER_MOST_PASSAGES)
      continue;
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                "the text has more than %d rows of layer '%s'; expected a document of that many at "
                "most",
                AVER_MOST_PASSAGES, names[i]);
    return FALSE;
  }
  return TRUE;
}

gboolean aver_document_check_tokens(AverDocument *document, GError **error)
{
  g_return_val_if_fail(document != NULL, FALSE);
  if (!check_passages(document, error))
    return FALSE;
  if (!document->tokens_valid)
    document->tokens_valid = aver_document_tokenize(document, AVER_MOST_TOKENS);
  if (document->tokens_valid && document->n_tokens <= AVER_MOST_TOKENS)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
              "the text has more than %d words and marks; expected a document of that many at most",
              AVER_MOST_TOKENS);
  return FALSE;
}

const AverToken *aver_document_get_tokens(AverDocument *document, guint32 *n_tokens)
{
  g_return_val_if_fail(document != NULL && n_tokens != NULL, NULL);
  if (!document->tokens_valid)
    document->tokens_valid = aver_document_tokenize(document, G_MAXUINT32 - 1);
  *n_tokens = document->n_tokens;
  return document->tokens;
}
