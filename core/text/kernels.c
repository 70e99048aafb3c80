/* SPDX-License-Identifier: Apache-2.0 */
/* The loops over bytes, compiled for each kind of processor. */
#include "kernels.h"

#include <aver/json.h>
#include <string.h>

/* For each byte: 0 when it stands as it is in a string, the letter of its short escape, or 'u'. */
static const char escapes[256] = {
    ['"'] = '"',  ['\\'] = '\\', [0] = 'u',  [1] = 'u',    [2] = 'u',    [3] = 'u',    [4] = 'u',
    [5] = 'u',    [6] = 'u',     [7] = 'u',  ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', [11] = 'u',
    ['\f'] = 'f', ['\r'] = 'r',  [14] = 'u', [15] = 'u',   [16] = 'u',   [17] = 'u',   [18] = 'u',
    [19] = 'u',   [20] = 'u',    [21] = 'u', [22] = 'u',   [23] = 'u',   [24] = 'u',   [25] = 'u',
    [26] = 'u',   [27] = 'u',    [28] = 'u', [29] = 'u',   [30] = 'u',   [31] = 'u',
};

/* What the letter behind a backslash means; 0 for 'u' and what is no escape. */
static const char meanings[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
};

static char *put_escape(char *to, guchar byte)
{
  static const char hex[] = "0123456789abcdef";
  *to++ = '\\';
  *to++ = escapes[byte];
  if (escapes[byte] == 'u') {
    *to++ = '0';
    *to++ = '0';
    *to++ = hex[byte >> 4];
    *to++ = hex[byte & 15];
  }
  return to;
}

static gunichar escaped_unit(const char *p)
{
  gunichar value = 0;
  for (guint i = 2; i < 6; i++)
    value = value << 4 | (gunichar) g_ascii_xdigit_value(p[i]);
  return value;
}

/* Takes the escape at *p and moves behind it. */
static char *take_escape(const char **p, char *to)
{
  *to = meanings[(guchar) (*p)[1]];
  if (*to != '\0') {
    *p += 2;
    return to + 1;
  }
  gunichar c = escaped_unit(*p);
  *p += 6;
  if (c >= 0xd800 && c <= 0xdbff) {
    c = 0x10000 + ((c - 0xd800) << 10) + (escaped_unit(*p) - 0xdc00);
    *p += 6;
  }
  return to + g_unichar_to_utf8(c, to);
}

/* Eight bytes at a time in a general register: what any processor can do, and the ends of texts. */
#define ONES G_GUINT64_CONSTANT(0x0101010101010101)

static inline guint64 load_word(const char *p)
{
  guint64 word;
  memcpy(&word, p, sizeof word);
  return GUINT64_FROM_LE(word);
}

/* The high bit of each byte that is zero; borrows spread upwards only, so the lowest is right. */
static inline guint64 zero_bytes(guint64 word)
{
  return (word - ONES) & ~word & ONES * 0x80;
}

static inline guint64 word_special(guint64 word)
{
  guint64 controls = (word - ONES * 0x20) & ~word & ONES * 0x80;
  return zero_bytes(word ^ ONES * '"') | zero_bytes(word ^ ONES * '\\') | controls;
}

#define KERNEL(function) function##_word
#define KERNEL_TARGET
#define KERNEL_BLOCK          8
#define KERNEL_MASK           guint64
#define KERNEL_FIRST(mask)    ((guint) __builtin_ctzll(mask) / 8)
#define KERNEL_COPY(to, from) memcpy(to, from, 8)
#define KERNEL_SPECIAL(p)     word_special(load_word(p))
#define KERNEL_SLASHES(p)     zero_bytes(load_word(p) ^ ONES * '\\')
#define KERNEL_HIGH(p)        (load_word(p) & ONES * 0x80)
#include "kernel.h"

#if defined(__x86_64__)
#include <immintrin.h>

static inline guint special_16(const char *p)
{
  __m128i bytes = _mm_loadu_si128((const __m128i *) (gconstpointer) p);
  __m128i controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
  __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  __m128i slashes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  return (guint) _mm_movemask_epi8(_mm_or_si128(controls, _mm_or_si128(quotes, slashes)));
}

static inline guint slashes_16(const char *p)
{
  __m128i bytes = _mm_loadu_si128((const __m128i *) (gconstpointer) p);
  return (guint) _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
}

static inline guint high_16(const char *p)
{
  return (guint) _mm_movemask_epi8(_mm_loadu_si128((const __m128i *) (gconstpointer) p));
}

#define KERNEL(function) function##_sse2
#define KERNEL_TARGET
#define KERNEL_BLOCK          16
#define KERNEL_MASK           guint
#define KERNEL_FIRST(mask)    ((guint) __builtin_ctz(mask))
#define KERNEL_COPY(to, from) memcpy(to, from, 16)
#define KERNEL_SPECIAL(p)     special_16(p)
#define KERNEL_SLASHES(p)     slashes_16(p)
#define KERNEL_HIGH(p)        high_16(p)
#include "kernel.h"

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline guint special_32(const char *p)
{
  __m256i bytes = _mm256_loadu_si256((const __m256i *) (gconstpointer) p);
  __m256i controls = _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1f)), bytes);
  __m256i quotes = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
  __m256i slashes = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'));
  return (guint) _mm256_movemask_epi8(_mm256_or_si256(controls, _mm256_or_si256(quotes, slashes)));
}

AVX2 static inline guint slashes_32(const char *p)
{
  __m256i bytes = _mm256_loadu_si256((const __m256i *) (gconstpointer) p);
  return (guint) _mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\')));
}

AVX2 static inline guint high_32(const char *p)
{
  return (guint) _mm256_movemask_epi8(_mm256_loadu_si256((const __m256i *) (gconstpointer) p));
}

#define KERNEL(function)      function##_avx2
#define KERNEL_TARGET         AVX2
#define KERNEL_BLOCK          32
#define KERNEL_MASK           guint
#define KERNEL_FIRST(mask)    ((guint) __builtin_ctz(mask))
#define KERNEL_COPY(to, from) memcpy(to, from, 32)
#define KERNEL_SPECIAL(p)     special_32(p)
#define KERNEL_SLASHES(p)     slashes_32(p)
#define KERNEL_HIGH(p)        high_32(p)
#include "kernel.h"
#endif

#define KERNELS(name)                                                                              \
  {                                                                                                \
#name, scan_string_##name, unescape_##name, escape_##name, skip_ascii_##name                   \
  }

static const AverKernels word = KERNELS(word);

#if defined(__x86_64__)
static const AverKernels sse2 = KERNELS(sse2);
static const AverKernels avx2 = KERNELS(avx2);

const AverKernels *const aver_all_kernels[] = {&avx2, &sse2, &word, NULL};

const AverKernels *aver_kernels(void)
{
  return __builtin_cpu_supports("avx2") ? &avx2 : &sse2;
}
#else
const AverKernels *const aver_all_kernels[] = {&word, NULL};

const AverKernels *aver_kernels(void)
{
  return &word;
}
#endif
