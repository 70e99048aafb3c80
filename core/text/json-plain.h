/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of bytes that stand in a JSON string as they are: all but `"`, `\` and controls. */
#pragma once

#include <glib.h>
#include <string.h>

/* AVER_JSON_PORTABLE: for a test of what other processors get. */
#if defined(__SSE2__) && !defined(AVER_JSON_PORTABLE)
#include <emmintrin.h>

#define AVER_JSON_BLOCK 16

/* How many plain bytes a block of AVER_JSON_BLOCK bytes starts with. */
static inline guint aver_json_plain_block(const char *p)
{
  __m128i bytes = _mm_loadu_si128((const __m128i *) (gconstpointer) p);
  __m128i controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
  __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  __m128i slashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  guint special = (guint) _mm_movemask_epi8(_mm_or_si128(controls, _mm_or_si128(quotes, slashes)));
  return (guint) __builtin_ctz(special | 1u << AVER_JSON_BLOCK);
}

#else

#define AVER_JSON_BLOCK 8

#define ONES G_GUINT64_CONSTANT(0x0101010101010101)

static inline guint64 aver_json_zero_bytes(guint64 word)
{
  return (word - ONES) & ~word;
}

/* Borrows spread only upwards, so the lowest bit is always right. */
static inline guint aver_json_plain_block(const char *p)
{
  guint64 word;
  memcpy(&word, p, sizeof word);
  word = GUINT64_FROM_LE(word);
  guint64 special = aver_json_zero_bytes(word ^ ONES * '"') |
                    aver_json_zero_bytes(word ^ ONES * '\\') | ((word - ONES * 0x20) & ~word);
  special &= ONES * 0x80;
  return special == 0 ? AVER_JSON_BLOCK : (guint) __builtin_ctzll(special) / 8;
}

#undef ONES

#endif

static inline gboolean aver_json_plain(char byte)
{
  return (guchar) byte >= 0x20 && byte != '"' && byte != '\\';
}

/* How many plain bytes there are at p, of which n are at hand. */
static inline gsize aver_json_plain_length(const char *p, gsize n)
{
  gsize i = 0;
  while (i + AVER_JSON_BLOCK <= n) {
    guint plain = aver_json_plain_block(p + i);
    i += plain;
    if (plain < AVER_JSON_BLOCK)
      return i;
  }
  while (i < n && aver_json_plain(p[i]))
    i++;
  return i;
}
