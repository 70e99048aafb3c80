/* SPDX-License-Identifier: Apache-2.0 */
/* The wire: documents as bytes between a process and its isolated children. */
#include "wire.h"

#include <aver/json.h>

#include <string.h>

void aver_wire_put_u32(AverBuffer *buffer, guint32 value)
{
  aver_buffer_append(buffer, &value, sizeof value);
}

void aver_wire_put_u64(AverBuffer *buffer, guint64 value)
{
  aver_buffer_append(buffer, &value, sizeof value);
}

void aver_wire_put_bytes(AverBuffer *buffer, const char *bytes, gsize length)
{
  aver_wire_put_u64(buffer, length);
  aver_buffer_append(buffer, bytes, length);
}

gboolean aver_wire_get(AverWire *wire, gpointer to, gsize length)
{
  if ((gsize) (wire->end - wire->position) < length)
    return FALSE;
  if (length > 0)
    memcpy(to, wire->position, length);
  wire->position += length;
  return TRUE;
}

gboolean aver_wire_get_u32(AverWire *wire, guint32 *value)
{
  return aver_wire_get(wire, value, sizeof *value);
}

gboolean aver_wire_get_u64(AverWire *wire, guint64 *value)
{
  return aver_wire_get(wire, value, sizeof *value);
}

gboolean aver_wire_get_bytes(AverWire *wire, const char **bytes, gsize *length)
{
  guint64 n;
  if (!aver_wire_get_u64(wire, &n) || (guint64) (wire->end - wire->position) < n)
    return FALSE;
  *bytes = wire->position;
  *length = (gsize) n;
  wire->position += n;
  return TRUE;
}

gboolean aver_wire_get_string(AverWire *wire, const char **string, gsize *length)
{
  return aver_wire_get_bytes(wire, string, length) && *length < G_MAXINT32 &&
         (*length == 0 || memchr(*string, '\0', *length) == NULL) &&
         aver_utf8_validate(*string, *length, NULL);
}

/* Entries set again are found by their address: values are never changed in place. */
static gboolean is_old(const AverMetadata *entry, const GArray *old, guint *position)
{
  for (; old != NULL && *position < old->len; (*position)++) {
    const AverMetadata *other = &g_array_index(old, AverMetadata, *position);
    if (other->key == entry->key)
      return other->value == entry->value && other->json == entry->json;
    if (strcmp(other->key, entry->key) > 0)
      break;
  }
  return FALSE;
}

static void put_metadata(AverBuffer *buffer, const AverDocument *document, const GArray *old)
{
  guint position = 0;
  guint32 n = 0;
  gsize count_at = buffer->length;
  aver_wire_put_u32(buffer, 0);
  for (guint i = 0; i < document->metadata->len; i++) {
    const AverMetadata *entry = &g_array_index(document->metadata, AverMetadata, i);
    if (is_old(entry, old, &position))
      continue;
    aver_wire_put_u32(buffer, entry->json ? 1 : 0);
    aver_wire_put_bytes(buffer, entry->key, strlen(entry->key));
    aver_wire_put_bytes(buffer, entry->value, strlen(entry->value));
    n++;
  }
  memcpy(buffer->data + count_at, &n, sizeof n);
}

static gboolean is_named(const GPtrArray *names, const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (strcmp(g_ptr_array_index(names, i), name) == 0)
      return TRUE;
  return FALSE;
}

static void put_layers(AverBuffer *buffer, const AverDocument *document,
                       const AverWireLayers *layers, const GPtrArray *names)
{
  guint32 n = 0;
  guint number;
  gsize count_at = buffer->length;
  aver_wire_put_u32(buffer, 0);
  for (guint i = 0; i < document->layers->len; i++) {
    const AverLayer *layer = g_ptr_array_index(document->layers, i);
    const AverLayerType *type = aver_layer_get_type_info(layer);
    if (!is_named(names, type->name) || !g_ptr_array_find(layers->types, type, &number))
      continue;
    aver_wire_put_u32(buffer, number);
    aver_wire_put_layer(buffer, layer);
    n++;
  }
  memcpy(buffer->data + count_at, &n, sizeof n);
}

void aver_wire_put_document(AverBuffer *buffer, const AverDocument *document, AverWireParts parts,
                            const GArray *old, const AverWireLayers *layers, const GPtrArray *names)
{
  aver_wire_put_u32(buffer, parts);
  if ((parts & AVER_WIRE_ID) != 0)
    aver_wire_put_bytes(buffer, document->id, strlen(document->id));
  const char *text = aver_document_text(document);
  if ((parts & AVER_WIRE_TEXT) != 0)
    aver_wire_put_bytes(buffer, text, document->length);
  put_metadata(buffer, document, old);
  put_layers(buffer, document, layers, names);
}

static gboolean refuse(GError **error, const char *what)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "its process answered with %s", what);
  return FALSE;
}

static gboolean get_head(AverWire *wire, AverDocument *document, gboolean copy, GError **error)
{
  guint32 parts;
  const char *bytes;
  gsize length;
  if (!aver_wire_get_u32(wire, &parts))
    return refuse(error, "too little");
  if ((parts & AVER_WIRE_ID) != 0) {
    if (!aver_wire_get_string(wire, &bytes, &length))
      return refuse(error, "an id that is no text");
    aver_document_set_id(document, bytes, (gssize) length);
  }
  if ((parts & AVER_WIRE_TEXT) == 0)
    return TRUE;
  if (!aver_wire_get_bytes(wire, &bytes, &length))
    return refuse(error, "too little");
  if (length > AVER_DOCUMENT_MAX_BYTES)
    return refuse(error, "a text that is too long");
  if (copy && length > 0)
    bytes = memcpy(aver_document_alloc(document, length), bytes, length);
  return aver_document_set_text(document, bytes, length, error);
}

/* A NUL-terminated copy in the document's memory. */
static const char *keep(AverDocument *document, const char *bytes, gsize length)
{
  return aver_arena_strndup(&document->arena, bytes, length);
}

static gboolean get_metadata(AverWire *wire, AverDocument *document, GError **error)
{
  guint32 n, json;
  if (!aver_wire_get_u32(wire, &n))
    return refuse(error, "too little");
  for (guint32 i = 0; i < n; i++) {
    const char *key, *value;
    gsize key_length, length;
    if (!aver_wire_get_u32(wire, &json) || !aver_wire_get_string(wire, &key, &key_length) ||
        !aver_wire_get_string(wire, &value, &length))
      return refuse(error, "metadata that is no text");
    const char *text = keep(document, value, length);
    if (json != 0 && !aver_json_scan(text, length, NULL, NULL))
      return refuse(error, "metadata that is no JSON");
    aver_document_set_metadata(document, keep(document, key, key_length), text, json != 0);
  }
  return TRUE;
}

static gboolean get_layers(AverWire *wire, AverDocument *document, const AverWireLayers *layers,
                           const GPtrArray *names, GError **error)
{
  guint32 n, number;
  if (!aver_wire_get_u32(wire, &n))
    return refuse(error, "too little");
  for (guint32 i = 0; i < n; i++) {
    if (!aver_wire_get_u32(wire, &number) || number >= layers->types->len)
      return refuse(error, "an unknown layer");
    const AverLayerType *type = g_ptr_array_index(layers->types, number);
    if (!is_named(names, type->name))
      return refuse(error, "a layer that the stage does not provide");
    if (!aver_wire_get_layer(wire, document, type, error))
      return FALSE;
  }
  for (guint i = 0; n > 0 && !layers->trusted && i < document->layers->len; i++) {
    const AverLayer *layer = g_ptr_array_index(document->layers, i);
    if (is_named(names, aver_layer_get_type_info(layer)->name) &&
        !aver_wire_check_references(document, layer, error))
      return FALSE;
  }
  return TRUE;
}

gboolean aver_wire_get_document(AverWire *wire, AverDocument *document, gboolean copy,
                                const AverWireLayers *layers, const GPtrArray *names,
                                GError **error)
{
  return get_head(wire, document, copy, error) && get_metadata(wire, document, error) &&
         get_layers(wire, document, layers, names, error);
}
