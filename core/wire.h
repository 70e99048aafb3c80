/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The wire: documents as bytes between a process and its isolated children. Both ends are the same
 * program, so numbers are in the machine's order; whatever is read is checked all the same, as the
 * child may be out of its mind.
 */
#pragma once

#include "document-private.h"

#include <aver/buffer.h>

/* Bytes being read. */
typedef struct {
  const char *position;
  const char *end;
} AverWire;

void aver_wire_put_u32(AverBuffer *buffer, guint32 value);
void aver_wire_put_u64(AverBuffer *buffer, guint64 value);
void aver_wire_put_bytes(AverBuffer *buffer, const char *bytes, gsize length);

/* FALSE when there are not as many bytes left. */
gboolean aver_wire_get(AverWire *wire, gpointer to, gsize length);
gboolean aver_wire_get_u32(AverWire *wire, guint32 *value);
gboolean aver_wire_get_u64(AverWire *wire, guint64 *value);
gboolean aver_wire_get_bytes(AverWire *wire, const char **bytes, gsize *length);

/* A slice that is UTF-8 without NUL. */
gboolean aver_wire_get_string(AverWire *wire, const char **string, gsize *length);

/* The layer descriptions that both ends know, by number. */
typedef struct {
  GPtrArray *types;           /* const AverLayerType* */
  GPtrArray *sent, *returned; /* the names of layers that go over, and that come back */
  gboolean trusted;           /* the other end is the parent, and need not send all layers */
} AverWireLayers;

/* What of a document goes over. */
typedef enum {
  AVER_WIRE_ID = 1 << 0,
  AVER_WIRE_TEXT = 1 << 1,
} AverWireParts;

/* Appends a document; of its metadata only what is not in @old (sorted by key), and of its layers
 * those named in @names. */
void aver_wire_put_document(AverBuffer *buffer, const AverDocument *document, AverWireParts parts,
                            const GArray *old, const AverWireLayers *layers,
                            const GPtrArray *names);

/* Adds to a document what aver_wire_put_document() made of another; the text is borrowed from the
 * wire, or with @copy copied. */
gboolean aver_wire_get_document(AverWire *wire, AverDocument *document, gboolean copy,
                                const AverWireLayers *layers, const GPtrArray *names,
                                GError **error);

/* One layer (wirelayer.c). */
void aver_wire_put_layer(AverBuffer *buffer, const AverLayer *layer);
gboolean aver_wire_get_layer(AverWire *wire, AverDocument *document, const AverLayerType *type,
                             GError **error);

/* Checks that the references of a layer lead to rows. */
gboolean aver_wire_check_references(const AverDocument *document, const AverLayer *layer,
                                    GError **error);
