/* SPDX-License-Identifier: Apache-2.0 */
/* Wide vectors, where the processor has them: both ways give the same numbers. */
#pragma once

#include <glib.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define HAVE_AVX2 1
#define AVX2      __attribute__((target("avx2")))
#endif

/* Sixteen numbers; two vectors of the processor where it has no wide ones. */
typedef gint16 Shorts __attribute__((vector_size(32), aligned(2), may_alias));

static inline gboolean has_avx2(void)
{
#ifdef HAVE_AVX2
  return __builtin_cpu_supports("avx2") != 0;
#else
  return FALSE;
#endif
}
