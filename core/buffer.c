/* SPDX-License-Identifier: Apache-2.0 */
/* A growable buffer of bytes. */
#include <aver/buffer.h>

void aver_buffer_clear(AverBuffer *buffer)
{
  if (buffer == NULL)
    return;
  g_free(buffer->data);
  *buffer = (AverBuffer){0};
}

void aver_buffer_grow(AverBuffer *buffer, gsize extra)
{
  gsize wanted = 0;
  if (!g_size_checked_add(&wanted, buffer->length, extra))
    wanted = G_MAXSIZE;
  gsize capacity = MAX(MAX(buffer->capacity + buffer->capacity / 2, wanted), 256);
  buffer->data = g_realloc(buffer->data, capacity);
  buffer->capacity = capacity;
}

void aver_buffer_printf(AverBuffer *buffer, const char *format, ...)
{
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  char *room = aver_buffer_reserve(buffer, 128);
  int length = g_vsnprintf(room, 128, format, args);
  va_end(args);
  if (length >= 128) {
    room = aver_buffer_reserve(buffer, (gsize) length + 1);
    g_vsnprintf(room, (gulong) length + 1, format, again);
  }
  va_end(again);
  buffer->length += (gsize) MAX(length, 0);
}
