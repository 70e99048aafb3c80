/* SPDX-License-Identifier: Apache-2.0 */
/* Tables: sums of rows, sixteen weights at a time. */
#include "table.h"

#include "wide.h"

#include <string.h>

void table_add_plain(const gint8 *const *blocks, guint n, guint width, gint16 *out)
{
  memset(out, 0, width * ROW_SIZE * sizeof *out);
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < width * ROW_SIZE; k++)
      out[k] = (gint16) (out[k] + blocks[i][k]);
}

#ifdef HAVE_AVX2

AVX2 static inline __m256i load_row(const gint8 *row, guint part)
{
  return _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *) (const void *) row + part));
}

AVX2 static void add_avx2(const gint8 *const *blocks, guint n, guint width, gint16 *out)
{
  for (guint r = 0; r < width; r++) {
    __m256i a = _mm256_setzero_si256(), b = a, c = a, d = a;
    for (guint i = 0; i < n; i++) {
      const gint8 *row = blocks[i] + r * ROW_SIZE;
      a = _mm256_add_epi16(a, load_row(row, 0));
      b = _mm256_add_epi16(b, load_row(row, 1));
      c = _mm256_add_epi16(c, load_row(row, 2));
      d = _mm256_add_epi16(d, load_row(row, 3));
    }
    __m256i *sums = (__m256i *) (void *) (out + r * ROW_SIZE);
    _mm256_storeu_si256(sums, a);
    _mm256_storeu_si256(sums + 1, b);
    _mm256_storeu_si256(sums + 2, c);
    _mm256_storeu_si256(sums + 3, d);
  }
}

G_STATIC_ASSERT(ROW_SIZE == 4 * 16);

#endif

void table_add(const gint8 *const *blocks, guint n, guint width, gint16 *sums)
{
#ifdef HAVE_AVX2
  if (has_avx2()) {
    add_avx2(blocks, n, width, sums);
    return;
  }
#endif
  table_add_plain(blocks, n, width, sums);
}

/* No branches: which features have a block cannot be foretold. */
guint table_find_all(const Table *table, const guint32 *features, guint n, const gint8 **blocks)
{
  const TableEntry *entries = table->entries;
  const gint8 *rows = table->rows;
  const gsize size = table->width * ROW_SIZE;
  const guint bits = table->bits;
  guint found = 0;
  for (guint i = 0; i < n; i++) {
    guint32 block = table_find(entries, bits, features[i]);
    blocks[found] = rows + block * size;
    found += block != 0;
  }
  return found;
}

void table_sum(const Table *table, const guint32 *features, guint n, gint16 *sums)
{
  const gint8 *blocks[FEATURES_MAX];
  n = table_find_all(table, features, n, blocks);
  table_add(blocks, n, table->width, sums);
}
