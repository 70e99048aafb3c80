/* SPDX-License-Identifier: Apache-2.0 */
/* Arithmetic on rows of eight numbers, one for each label. */
#pragma once

#include "model-parts.h"

typedef gint8 Bytes __attribute__((vector_size(8)));
typedef gint16 Sums __attribute__((vector_size(16)));
typedef float Floats __attribute__((vector_size(16)));
typedef gint32 Ints __attribute__((vector_size(16)));

#ifdef __SSE2__
#include <emmintrin.h>

static inline void add_rows(gint16 *sums, const gint8 *rows, guint32 mask, const guint32 *features,
                            guint32 n)
{
  __m128i total = _mm_loadu_si128((const __m128i *) (gconstpointer) sums);
  for (guint32 k = 0; k < n; k++) {
    gconstpointer at = rows + (gsize) (features[k] & mask) * ROW_LABELS;
    __m128i row = _mm_loadl_epi64(at);
    total = _mm_add_epi16(total, _mm_srai_epi16(_mm_unpacklo_epi8(row, row), 8));
  }
  _mm_storeu_si128((__m128i *) (gpointer) sums, total);
}
#else
static inline void add_rows(gint16 *sums, const gint8 *rows, guint32 mask, const guint32 *features,
                            guint32 n)
{
  Sums total;
  memcpy(&total, sums, sizeof total);
  for (guint32 k = 0; k < n; k++) {
    Bytes row;
    memcpy(&row, rows + (gsize) (features[k] & mask) * ROW_LABELS, sizeof row);
    total += __builtin_convertvector(row, Sums);
  }
  memcpy(sums, &total, sizeof total);
}
#endif

/* exp() of four numbers, to about seven digits; the same bits everywhere. */
static inline Floats exp_of(Floats x)
{
  const Floats high = {80, 80, 80, 80}, low = {-80, -80, -80, -80};
  Ints above = x > high, below = x < low;
  x = (Floats) (((Ints) x & ~above) | ((Ints) high & above));
  x = (Floats) (((Ints) x & ~below) | ((Ints) low & below));
  Floats t = x * 1.44269504f;
  Ints whole = __builtin_convertvector(t + 127.5f, Ints) - 127; /* floor(t + 0.5) for t > -127 */
  Floats f = (t - __builtin_convertvector(whole, Floats)) * 0.693147181f;
  Floats p = 1 + f * (1 + f * (0.5f + f * (0.166666667f + f * (0.0416666667f + f * 0.00833333f))));
  Ints power = (whole + 127) << 23;
  return p * (Floats) power;
}
