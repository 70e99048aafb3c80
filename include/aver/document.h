/* SPDX-License-Identifier: Apache-2.0 */
/* Documents: one immutable UTF-8 text, its id, its metadata and its layers. */
#pragma once

#include <aver/layer.h>

G_BEGIN_DECLS

/**
 * AVER_DOCUMENT_MAX_BYTES:
 *
 * The longest text a document can hold (1 GiB); readers have lower limits of their own.
 */
#define AVER_DOCUMENT_MAX_BYTES (1u << 30)

/**
 * AverDocument:
 *
 * A reference-counted plain struct (a boxed type). It owns its memory: strings and layers live
 * until aver_document_reset() or the last unref. Not thread-safe, but free to move between threads.
 */
typedef struct _AverDocument AverDocument;

#define AVER_TYPE_DOCUMENT (aver_document_get_type())
AVER_API GType aver_document_get_type(void);

/**
 * aver_document_new:
 *
 * Makes an empty document: no id, no text, no layers.
 *
 * Returns: (transfer full): a document, to be given up with aver_document_unref()
 */
AVER_API AverDocument *aver_document_new(void);

/**
 * aver_document_ref:
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @document.
 */
AVER_API AverDocument *aver_document_ref(AverDocument *document);

/**
 * aver_document_unref:
 *
 * Gives up a reference; the last one frees the document, its layers, and what was got from them.
 */
AVER_API void aver_document_unref(AverDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverDocument, aver_document_unref)

/**
 * aver_document_reset:
 *
 * Empties the document for reuse: no id, no text, no metadata, no layers. Memory is kept, except
 * what an unusually large document needed.
 */
AVER_API void aver_document_reset(AverDocument *document);

/**
 * aver_document_set_id:
 * @id: UTF-8 without NUL, copied
 * @length: bytes, or -1 when @id ends with NUL
 *
 * Names the document.
 */
AVER_API void aver_document_set_id(AverDocument *document, const char *id, gssize length);

/**
 * aver_document_get_id:
 *
 * Gives the name by which outputs and messages know the document.
 *
 * Returns: (transfer none): the id, "" when there is none.
 */
AVER_API const char *aver_document_get_id(const AverDocument *document);

/**
 * aver_document_set_text: (skip)
 * @text: (array length=length): bytes, borrowed until the document is reset or freed
 * @length: how many
 *
 * Sets the text after checking that it is UTF-8 (RFC 3629; NUL characters are allowed). Copy it
 * into aver_document_alloc() memory first when it does not live long enough.
 *
 * Returns: %FALSE with %AVER_ERROR_ENCODING naming the byte, or %AVER_ERROR_LIMIT.
 */
AVER_API gboolean aver_document_set_text(AverDocument *document, const char *text, gsize length,
                                         GError **error);

/**
 * aver_document_set_valid_text: (skip)
 * @text: (array length=length): UTF-8 that has been checked, borrowed like that of
 *   aver_document_set_text()
 * @length: bytes
 *
 * Sets the text without checking it again: for what aver_json_get_string() returned and the like.
 *
 * Returns: %FALSE with %AVER_ERROR_LIMIT.
 */
AVER_API gboolean aver_document_set_valid_text(AverDocument *document, const char *text,
                                               gsize length, GError **error);

/**
 * aver_document_get_text:
 * @length: (out): bytes
 *
 * Gives the text; it is not copied.
 *
 * Returns: (transfer none) (array length=length) (element-type guint8): the text; not
 * NUL-terminated.
 */
AVER_API const char *aver_document_get_text(const AverDocument *document, guint32 *length);

/**
 * aver_document_alloc: (skip)
 * @size: bytes
 *
 * Takes memory that lives as long as what the document holds now; nothing has to be freed.
 *
 * Returns: (transfer none): @size bytes that live until the document is reset or freed, aligned
 * for any type, not cleared.
 */
AVER_API gpointer aver_document_alloc(AverDocument *document, gsize size);

/**
 * AverMetadata:
 * @key: UTF-8
 * @value: UTF-8; the characters of a string, or the text of any other JSON value
 * @json: whether @value is JSON text (a number, a list...) rather than a string's characters
 *
 * One entry of a document's metadata.
 */
typedef struct {
  const char *key;
  const char *value;
  gboolean json;
} AverMetadata;

/**
 * aver_document_set_metadata:
 * @key: UTF-8 without NUL, copied
 * @value: UTF-8 without NUL, copied
 * @json: whether @value is the text of a JSON value that is not a string
 *
 * Sets or replaces one entry.
 */
AVER_API void aver_document_set_metadata(AverDocument *document, const char *key, const char *value,
                                         gboolean json);

/**
 * aver_document_get_metadata:
 * @key: its key
 *
 * Looks an entry of the metadata up.
 *
 * Returns: (transfer none) (nullable): the value of @key.
 */
AVER_API const char *aver_document_get_metadata(const AverDocument *document, const char *key);

/**
 * aver_document_list_metadata:
 * @n_entries: (out): how many
 *
 * Gives all metadata.
 *
 * Returns: (transfer none) (array length=n_entries): all entries, sorted by the bytes of their
 * keys.
 */
AVER_API const AverMetadata *aver_document_list_metadata(const AverDocument *document,
                                                         guint32 *n_entries);

/**
 * aver_document_add_layer: (skip)
 * @type: a description that outlives the document
 *
 * Gives a layer to be filled, making it if need be.
 *
 * Returns: (transfer none): the document's layer of that name, empty.
 */
AVER_API AverLayer *aver_document_add_layer(AverDocument *document, const AverLayerType *type);

/**
 * aver_document_get_layer:
 * @name: the layer's name
 *
 * Looks a layer up.
 *
 * Returns: (transfer none) (nullable): the layer named @name.
 */
AVER_API AverLayer *aver_document_get_layer(const AverDocument *document, const char *name);

/**
 * aver_document_list_layers: (skip)
 * @n_layers: (out): how many
 *
 * Gives all layers there are.
 *
 * Returns: (transfer none) (array length=n_layers): the layers in the order they were added.
 */
AVER_API AverLayer *const *aver_document_list_layers(const AverDocument *document,
                                                     guint32 *n_layers);

/**
 * AverVerdict:
 * @AVER_KEEP: the document goes on
 * @AVER_DROP: the document is filtered out, and counted
 * @AVER_FAIL: the document failed (error set); the stage may be given it once more
 *
 * What becomes of a document.
 */
typedef enum {
  AVER_KEEP,
  AVER_DROP,
  AVER_FAIL,
} AverVerdict;

G_END_DECLS
