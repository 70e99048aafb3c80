/* SPDX-License-Identifier: Apache-2.0 */
/* The parser's network, in whole numbers. */
#include "network.h"

#include "wide.h"

#include <string.h>

/* The blocks of one word. */
typedef struct {
  guint n_context;
  guint n_child;
  const gint8 *context[FEATURES_MAX];
  const gint8 *child[FEATURES_MAX];
} WordBlocks;

/* Has the rows of blocks brought into the cache. */
static void fetch(const gint8 *const *blocks, guint n, guint width)
{
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < width; k++)
      __builtin_prefetch(blocks[i] + k * ROW_SIZE);
}

static void find_blocks(const Network *network, const Word *word, WordBlocks *blocks)
{
  guint32 features[FEATURES_MAX];
  guint n = context_features(word, features);
  blocks->n_context = table_find_all(&network->context, features, n, blocks->context);
  n = child_features(word, features);
  blocks->n_child = table_find_all(&network->child, features, n, blocks->child);
  fetch(blocks->context, blocks->n_context, N_PLACES);
  fetch(blocks->child, blocks->n_child, N_CHILDREN);
}

/* The next word's blocks are fetched while a word's are added up. */
void network_read_words(const Network *network, const Word *words, guint n, WordSums *sums)
{
  WordBlocks blocks[2];
  guint end = n + 2 * MARGIN;
  find_blocks(network, &words[0], &blocks[0]);
  for (guint i = 0; i < end; i++) {
    const WordBlocks *own = &blocks[i % 2];
    if (i + 1 < end)
      find_blocks(network, &words[i + 1], &blocks[(i + 1) % 2]);
    table_add(own->context, own->n_context, N_PLACES, sums->context[i]);
    table_add(own->child, own->n_child, N_CHILDREN, sums->child[i]);
  }
}

static inline __attribute__((always_inline)) void add_rows(const gint16 *const *rows, guint n,
                                                           const gint16 *bias, gint16 *hidden)
{
  const Shorts zero = {0};
  const Shorts *start = (const Shorts *) (const void *) bias;
  Shorts a = start[0], b = start[1], c = start[2], d = start[3];
  for (guint i = 0; i < n; i++) {
    const Shorts *row = (const Shorts *) (const void *) rows[i];
    a += row[0];
    b += row[1];
    c += row[2];
    d += row[3];
  }
  Shorts *out = (Shorts *) (void *) hidden;
  out[0] = a & (a > zero);
  out[1] = b & (b > zero);
  out[2] = c & (c > zero);
  out[3] = d & (d > zero);
}

#ifdef HAVE_AVX2

AVX2 static void add_rows_avx2(const gint16 *const *rows, guint n, const gint16 *bias,
                               gint16 *hidden)
{
  add_rows(rows, n, bias, hidden);
}

#endif

static void add_up(const gint16 *const *rows, guint n, const gint16 *bias, gint16 *hidden)
{
#ifdef HAVE_AVX2
  if (has_avx2()) {
    add_rows_avx2(rows, n, bias, hidden);
    return;
  }
#endif
  add_rows(rows, n, bias, hidden);
}

void network_hide(const Network *network, const State *state, const WordSums *sums,
                  gint16 hidden[HIDDEN])
{
  guint16 places[N_PLACES], children[N_CHILDREN];
  guint32 features[FEATURES_MAX];
  gint16 own[HIDDEN];
  const gint16 *rows[N_PLACES + N_CHILDREN + 1];
  guint n = 0;
  places_find(state, places, children);
  table_sum(&network->state, features, state_features(state, features), own);
  rows[n++] = own;
  for (guint i = 0; i < N_PLACES; i++)
    rows[n++] = sums->context[places[i]] + i * HIDDEN;
  for (guint i = 0; i < N_CHILDREN; i++)
    rows[n++] = sums->child[children[i]] + i * HIDDEN;
  add_up(rows, n, network->hidden_bias, hidden);
}

void network_multiply_plain(const gint16 *weights, const gint16 *hidden, guint n, gint32 *scores)
{
  for (guint i = 0; i < n; i++, scores += GROUP)
    for (guint k = 0; k < HIDDEN; k += 2)
      for (guint o = 0; o < GROUP; o++, weights += 2)
        scores[o] += weights[0] * hidden[k] + weights[1] * hidden[k + 1];
}

#ifdef HAVE_AVX2

/* What two hidden units give to a group. */
AVX2 static inline __m256i multiply_two(const gint16 *weights, const gint16 *hidden)
{
  gint32 pair;
  memcpy(&pair, hidden, sizeof pair);
  __m256i two = _mm256_loadu_si256((const __m256i *) (const void *) weights);
  return _mm256_madd_epi16(_mm256_set1_epi32(pair), two);
}

AVX2 static void multiply_avx2(const gint16 *weights, const gint16 *hidden, guint n, gint32 *scores)
{
  for (guint i = 0; i < n; i++, scores += GROUP) {
    __m256i *out = (__m256i *) (void *) scores;
    __m256i even = _mm256_loadu_si256(out), odd = _mm256_setzero_si256();
    for (guint k = 0; k < HIDDEN; k += 8, weights += 8 * GROUP) {
      even = _mm256_add_epi32(even, multiply_two(weights, hidden + k));
      odd = _mm256_add_epi32(odd, multiply_two(weights + 2 * GROUP, hidden + k + 2));
      even = _mm256_add_epi32(even, multiply_two(weights + 4 * GROUP, hidden + k + 4));
      odd = _mm256_add_epi32(odd, multiply_two(weights + 6 * GROUP, hidden + k + 6));
    }
    _mm256_storeu_si256(out, _mm256_add_epi32(even, odd));
  }
}

#endif

void network_score(const Network *network, const gint16 hidden[HIDDEN], guint first, guint n,
                   gint32 *scores)
{
  const gint16 *weights = network->weights + first * HIDDEN;
  memcpy(scores, network->output_bias + first, n * GROUP * sizeof *scores);
#ifdef HAVE_AVX2
  if (has_avx2()) {
    multiply_avx2(weights, hidden, n, scores);
    return;
  }
#endif
  network_multiply_plain(weights, hidden, n, scores);
}
