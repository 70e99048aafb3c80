/* SPDX-License-Identifier: Apache-2.0 */
/* Values in PostgreSQL's binary format: most significant byte first, behind their length. */
#pragma once

#include "rows.h"

static inline void put_16(AverBuffer *out, gint16 value)
{
  guint16 bytes = GUINT16_TO_BE((guint16) value);
  aver_buffer_append(out, &bytes, sizeof bytes);
}

static inline void put_32(AverBuffer *out, gint32 value)
{
  guint32 bytes = GUINT32_TO_BE((guint32) value);
  aver_buffer_append(out, &bytes, sizeof bytes);
}

static inline void put_64(AverBuffer *out, gint64 value)
{
  guint64 bytes = GUINT64_TO_BE((guint64) value);
  aver_buffer_append(out, &bytes, sizeof bytes);
}

/* What follows is a value with its length: NULL, integer, bigint, double precision, text. */
static inline void put_null(AverBuffer *out)
{
  put_32(out, -1);
}

static inline void put_integer(AverBuffer *out, gint32 value)
{
  put_32(out, sizeof value);
  put_32(out, value);
}

static inline void put_bigint(AverBuffer *out, gint64 value)
{
  put_32(out, sizeof value);
  put_64(out, value);
}

static inline void put_double(AverBuffer *out, double value)
{
  gint64 bits;
  memcpy(&bits, &value, sizeof bits);
  put_bigint(out, bits);
}

/* PostgreSQL has no NUL characters: U+FFFD stands for one. */
static inline void put_text(AverBuffer *out, Unpacked value)
{
  if (value.text == NULL) {
    put_null(out);
    return;
  }
  gsize start = out->length;
  put_32(out, (gint32) value.length);
  if (!value.nul) {
    aver_buffer_append(out, value.text, value.length);
    return;
  }
  for (gsize i = 0; i < value.length; i++) {
    if (value.text[i] == '\0')
      aver_buffer_append_string(out, "\xef\xbf\xbd");
    else
      aver_buffer_append_char(out, value.text[i]);
  }
  guint32 length = GUINT32_TO_BE((guint32) (out->length - start - 4));
  memcpy(out->data + start, &length, sizeof length);
}
