/* SPDX-License-Identifier: Apache-2.0 */
/* Scores: a linear model over hashed grams and dense cues, then Platt's (1999) scaling, for all
 * labels at once. */
#include "score.h"

#include "cues.h"

#include <math.h>

typedef guint64 Pair __attribute__((vector_size(16)));
typedef guint8 Bytes __attribute__((vector_size(16)));
typedef guint16 Lanes __attribute__((vector_size(16)));

/* So many bytes fit into a lane. */
#define LANE_FULL 256u

/* Eight bytes as eight numbers of two: a zero behind each (the file is little-endian). */
static inline Lanes widen(guint64 packed)
{
  const Bytes none = {0};
  Bytes bytes = (Bytes) (Pair){packed, 0};
  return (Lanes) __builtin_shufflevector(bytes, none, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6,
                                         22, 7, 23);
}

/* Sums the weights of up to 8 rows from @row on; all of them stand side by side. */
static void sum_table(const Weights *weights, const Grams *grams, guint32 row, gint32 sums[8])
{
  gsize stride = weights->info.n_rows;
  const guint8 *table = weights->table + row;
  const guint32 *bucket = grams->buckets, *end = bucket + grams->n;
  for (guint k = 0; k < 8; k++)
    sums[k] = -128 * (gint32) grams->n;
  while (bucket < end) {
    Lanes lanes = {0};
    const guint32 *full = MIN(end, bucket + LANE_FULL);
    for (; bucket < full; bucket++) {
      guint64 packed;
      memcpy(&packed, table + *bucket * stride, sizeof packed);
      lanes += widen(packed);
    }
    for (guint k = 0; k < 8; k++)
      sums[k] += lanes[k];
  }
}

/* Adds what the cues are worth that are there at all. */
static void add_dense(const Weights *weights, const float *dense, float *scores)
{
  guint32 n_rows = weights->info.n_rows, n_dense = weights->info.n_dense, n = 0;
  guint8 present[FEATURE_MAX];
  for (guint32 i = 0; i < n_dense; i++) {
    present[n] = (guint8) i;
    n += dense[i] != 0;
  }
  for (guint32 k = 0; k < n_rows; k++) {
    const float *w = weights->dense + (gsize) k * (n_dense + 1);
    float sum = w[n_dense];
    for (guint32 i = 0; i < n; i++)
      sum += w[present[i]] * dense[present[i]];
    scores[k] += sum;
  }
}

void score_rows(const Weights *weights, const Grams *grams, const float *dense, float *scores)
{
  guint32 n_rows = weights->info.n_rows;
  float norm = grams->n == 0 ? 0 : 1 / sqrtf((float) grams->n);
  for (guint32 row = 0; row < n_rows; row += 8) {
    gint32 sums[8];
    sum_table(weights, grams, row, sums);
    for (guint32 k = row; k < MIN(n_rows, row + 8); k++)
      scores[k] = norm * weights->scale[k] * (float) sums[k - row];
  }
  add_dense(weights, dense, scores);
}

gint32 score_calibrate(const Weights *weights, const float *scores, float *probabilities)
{
  guint32 n = weights->info.n_labels, best = 0;
  float logits[MOST_LABELS], top = 0, total = 0;
  for (guint32 k = 0; k < n; k++) {
    float score = weights->info.n_rows == 1 ? (k == 0 ? scores[0] : -scores[0]) : scores[k];
    logits[k] = weights->slope[k] * score + weights->shift[k];
    top = k == 0 ? logits[k] : MAX(top, logits[k]);
  }
  for (guint32 k = 0; k < n; k++) {
    probabilities[k] = expf(logits[k] - top);
    total += probabilities[k];
    if (logits[k] + weights->offset[k] > logits[best] + weights->offset[best])
      best = k;
  }
  for (guint32 k = 0; k < n; k++)
    probabilities[k] /= total;
  return (gint32) best;
}

Score score_unit(const Weights *weights, Grams *grams, const Unit *unit)
{
  float dense[FEATURE_MAX], scores[MOST_LABELS], probabilities[MOST_LABELS];
  features_compute(unit, dense);
  grams_collect(grams, unit, weights->classes.n_slots > 0, weights->info.bits,
                weights->info.characters != 0, (GramTable){weights->table, weights->info.n_rows});
  score_rows(weights, grams, dense, scores);
  gint32 label = score_calibrate(weights, scores, probabilities);
  gint32 positive = weights->info.positive, minor = weights->info.minor;
  float probability = probabilities[label];
  return (Score){label, probability, positive == AVER_NONE ? probability : probabilities[positive],
                 minor == AVER_NONE ? NAN : probabilities[minor]};
}
