/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows on their way from the workers to the database: whole numbers of 6 bits a byte, least
 * significant first, and strings of bytes behind their length. All of it is UTF-8.
 */
#pragma once

#include <aver/aver.h>

#define PACK_BITS 6
#define PACK_MORE 0x40
#define PACK_MASK 0x3f

static inline void pack_number(AverBuffer *out, guint64 value)
{
  char *to = aver_buffer_reserve(out, 11);
  gsize n = 0;
  for (; value > PACK_MASK; value >>= PACK_BITS)
    to[n++] = (char) ((value & PACK_MASK) | PACK_MORE);
  to[n++] = (char) value;
  out->length += n;
}

/* Room for the number of bytes that follow it; pack_size() fills it in. */
#define PACK_SIZE 6

static inline gsize pack_room(AverBuffer *out)
{
  aver_buffer_reserve(out, PACK_SIZE);
  out->length += PACK_SIZE;
  return out->length;
}

/* @start: what pack_room() returned. */
static inline void pack_size(AverBuffer *out, gsize start)
{
  guint64 size = out->length - start;
  for (guint i = 0; i < PACK_SIZE; i++, size >>= PACK_BITS)
    out->data[start - PACK_SIZE + i] =
        (char) ((size & PACK_MASK) | (i + 1 < PACK_SIZE ? PACK_MORE : 0));
}

/* @text may be NULL: no value. Says beforehand whether there are NUL characters in it. */
static inline void pack_text(AverBuffer *out, const char *text, gsize length)
{
  if (text == NULL) {
    pack_number(out, 0);
    return;
  }
  gboolean nul = length > 0 && memchr(text, '\0', length) != NULL;
  pack_number(out, ((guint64) length << 1 | (nul ? 1 : 0)) + 1);
  aver_buffer_append(out, text, length);
}

static inline void pack_string(AverBuffer *out, const char *string)
{
  pack_text(out, string, string == NULL ? 0 : strlen(string));
}

/* What is left to unpack. What does not fit empties it and sets `bad`. */
typedef struct {
  const char *position;
  const char *end;
  gboolean bad;
} Unpacker;

/* A packed string, borrowed; `text` is NULL when there is none. */
typedef struct {
  const char *text;
  gsize length;
  gboolean nul;
} Unpacked;

static inline guint64 unpack_number(Unpacker *from)
{
  guint64 value = 0;
  for (guint shift = 0; from->position < from->end && shift < 64; shift += PACK_BITS) {
    guint8 byte = (guint8) *from->position++;
    value |= (guint64) (byte & PACK_MASK) << shift;
    if ((byte & PACK_MORE) == 0)
      return value;
  }
  from->bad = TRUE;
  from->position = from->end;
  return 0;
}

static inline Unpacked unpack_text(Unpacker *from)
{
  guint64 size = unpack_number(from);
  Unpacked result = {0};
  if (size == 0)
    return result;
  result.length = (size - 1) >> 1;
  result.nul = ((size - 1) & 1) != 0;
  if (result.length > (gsize) (from->end - from->position)) {
    from->bad = TRUE;
    from->position = from->end;
    return (Unpacked){0};
  }
  result.text = from->position;
  from->position += result.length;
  return result;
}

/* The next document on its own. */
static inline Unpacker unpack_document(Unpacker *from)
{
  guint64 size = unpack_number(from);
  if (size > (gsize) (from->end - from->position)) {
    from->bad = TRUE;
    from->position = from->end;
    return *from;
  }
  Unpacker document = {from->position, from->position + size, FALSE};
  from->position += size;
  return document;
}

static inline double unpack_double(Unpacker *from)
{
  guint64 bits = unpack_number(from);
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}
