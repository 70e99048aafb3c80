/* SPDX-License-Identifier: Apache-2.0 */
/* A growable buffer of bytes: what writers encode into. */
#pragma once

#include <aver/error.h>
#include <string.h>

G_BEGIN_DECLS

/**
 * AverBuffer:
 * @data: the bytes; not NUL-terminated
 * @length: how many are used
 * @capacity: how many there is room for
 *
 * Initialise with `{0}`; free with aver_buffer_clear(). Growing aborts when memory is exhausted,
 * as GLib does.
 */
typedef struct {
  char *data;
  gsize length;
  gsize capacity;
} AverBuffer;

/**
 * aver_buffer_clear:
 *
 * Frees the bytes and leaves an empty buffer.
 */
AVER_API void aver_buffer_clear(AverBuffer *buffer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AverBuffer, aver_buffer_clear)

/**
 * aver_buffer_grow:
 * @extra: bytes
 *
 * Makes room for at least @extra bytes more.
 */
AVER_API void aver_buffer_grow(AverBuffer *buffer, gsize extra);

/**
 * aver_buffer_printf:
 * @format: as of printf()
 * @...: what the format asks for
 *
 * Appends text formatted as by printf() in the C locale.
 */
AVER_API void aver_buffer_printf(AverBuffer *buffer, const char *format, ...) G_GNUC_PRINTF(2, 3);

/**
 * aver_buffer_reserve:
 *
 * Returns: (transfer none): room for @extra bytes at the end, to fill before adding to `length`.
 */
static inline char *aver_buffer_reserve(AverBuffer *buffer, gsize extra)
{
  if (G_UNLIKELY(buffer->capacity - buffer->length < extra || buffer->data == NULL))
    aver_buffer_grow(buffer, extra);
  return buffer->data + buffer->length;
}

/**
 * aver_buffer_append:
 *
 * Appends @length bytes.
 */
static inline void aver_buffer_append(AverBuffer *buffer, const void *data, gsize length)
{
  char *room = aver_buffer_reserve(buffer, length);
  if (length > 0)
    memcpy(room, data, length);
  buffer->length += length;
}

/**
 * aver_buffer_append_string:
 *
 * Appends a NUL-terminated string without its NUL.
 */
static inline void aver_buffer_append_string(AverBuffer *buffer, const char *string)
{
  aver_buffer_append(buffer, string, strlen(string));
}

static inline void aver_buffer_append_char(AverBuffer *buffer, char c)
{
  *aver_buffer_reserve(buffer, 1) = c;
  buffer->length++;
}

G_END_DECLS
