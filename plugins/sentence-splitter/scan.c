/* SPDX-License-Identifier: Apache-2.0 */
/* The candidate scan: a portable one, and one for AVX2 that gives the same bits. */
#include "scan.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_AVX2_SCAN 1
#include <immintrin.h>
#endif

/* Lead bytes: D8 of the Arabic question mark, DB of the Arabic full stop, E0 of the danda, E2 of
 * the ellipsis, bullets and line separators, E3 and EF of the CJK stops, C2 of NEL. */
static gboolean is_candidate(guint8 byte)
{
  switch (byte) {
  case '.':
  case '?':
  case '!':
  case ')':
  case '\n':
  case '\v':
  case '\f':
  case '\r':
  case 0xc2:
  case 0xd8:
  case 0xdb:
  case 0xe0:
  case 0xe2:
  case 0xe3:
  case 0xef:
    return TRUE;
  default:
    return FALSE;
  }
}

/* ‘ ’ “ ” share their lead byte with the ellipsis and end in 98 99 9c 9d; no character that could
 * end a sentence does. They are frequent enough to be worth leaving out here. */
static gboolean is_curly_quote(const guint8 *text, gsize length, gsize i)
{
  return text[i] == 0xe2 && i + 2 < length && (text[i + 2] & 0xfa) == 0x98;
}

static gboolean is_gap(const guint8 *text, gsize length, gsize i)
{
  return text[i] == ' ' && (i + 1 == length || text[i + 1] < 'a' || text[i + 1] > 'z');
}

void scan_portable(const guint8 *text, gsize length, guint64 *masks)
{
  for (gsize i = 0; i < length; i += 64) {
    guint64 mask = 0;
    for (gsize j = 0; j < MIN(length - i, 64); j++)
      mask |= (guint64) (is_candidate(text[i + j]) && !is_curly_quote(text, length, i + j)) << j;
    masks[i / 64] = mask;
  }
}

void scan_gaps_portable(const guint8 *text, gsize length, guint64 *masks)
{
  scan_portable(text, length, masks);
  for (gsize i = 0; i < length; i++)
    masks[i / 64] |= (guint64) is_gap(text, length, i) << (i % 64);
}

#ifdef HAVE_AVX2_SCAN

/* A byte is a candidate when the groups of its high half and of its low half meet. The groups, one
 * bit each: 1 for 0a-0d, 2 for 21 29 2e, 4 for 3f, 8 for c2, 16 for d8 db, 32 for e0 e2 e3 ef. */
#define HIGH_HALVES 1, 0, 2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 8, 16, 32, 0
#define LOW_HALVES  32, 2, 8 | 32, 32, 0, 0, 0, 0, 16, 2, 1, 1 | 16, 1, 1, 2, 4 | 32

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline __m256i load(const guint8 *text)
{
  return _mm256_loadu_si256((const __m256i *) (const void *) text);
}

AVX2 static inline guint32 candidates(const guint8 *text)
{
  const __m256i high_halves = _mm256_setr_epi8(HIGH_HALVES, HIGH_HALVES);
  const __m256i low_halves = _mm256_setr_epi8(LOW_HALVES, LOW_HALVES);
  const __m256i nibble = _mm256_set1_epi8(0x0f);
  __m256i bytes = load(text);
  __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
  __m256i low = _mm256_and_si256(bytes, nibble);
  __m256i groups = _mm256_and_si256(_mm256_shuffle_epi8(high_halves, high),
                                    _mm256_shuffle_epi8(low_halves, low));
  __m256i others = _mm256_cmpeq_epi8(groups, _mm256_setzero_si256());
  __m256i third = _mm256_and_si256(load(text + 2), _mm256_set1_epi8((char) 0xfa));
  __m256i quotes = _mm256_and_si256(_mm256_cmpeq_epi8(third, _mm256_set1_epi8((char) 0x98)),
                                    _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8((char) 0xe2)));
  return ~(guint32) _mm256_movemask_epi8(_mm256_or_si256(others, quotes));
}

/* Whole words only, with two bytes behind them: the rest is left to the portable scan. */
AVX2 static void scan_avx2(const guint8 *text, gsize length, guint64 *masks)
{
  gsize i = 0;
  for (; i + 66 <= length; i += 64)
    masks[i / 64] = candidates(text + i) | (guint64) candidates(text + i + 32) << 32;
  scan_portable(text + i, length - i, masks + i / 64);
}

AVX2 static inline guint32 gaps(const guint8 *text)
{
  __m256i next = load(text + 1);
  __m256i lower = _mm256_and_si256(_mm256_cmpgt_epi8(next, _mm256_set1_epi8('a' - 1)),
                                   _mm256_cmpgt_epi8(_mm256_set1_epi8('z' + 1), next));
  __m256i space = _mm256_cmpeq_epi8(load(text), _mm256_set1_epi8(' '));
  return (guint32) _mm256_movemask_epi8(_mm256_andnot_si256(lower, space));
}

AVX2 static void scan_gaps_avx2(const guint8 *text, gsize length, guint64 *masks)
{
  gsize i = 0;
  for (; i + 66 <= length; i += 64) {
    guint32 first = candidates(text + i) | gaps(text + i);
    guint32 second = candidates(text + i + 32) | gaps(text + i + 32);
    masks[i / 64] = first | (guint64) second << 32;
  }
  scan_gaps_portable(text + i, length - i, masks + i / 64);
}

#endif

Scan scan_choose(gboolean with_gaps)
{
#ifdef HAVE_AVX2_SCAN
  if (__builtin_cpu_supports("avx2"))
    return with_gaps ? scan_gaps_avx2 : scan_avx2;
#endif
  return with_gaps ? scan_gaps_portable : scan_portable;
}
