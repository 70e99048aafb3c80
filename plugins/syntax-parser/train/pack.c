/* SPDX-License-Identifier: Apache-2.0 */
/* From learners to tables: which features are kept, and their weights in eight bits. */
#include "train.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
  guint32 number;
  float importance;
} Candidate;

static int compare_candidates(const void *a, const void *b)
{
  const Candidate *x = a, *y = b;
  if (x->importance != y->importance)
    return x->importance < y->importance ? 1 : -1;
  return x->number < y->number ? -1 : x->number > y->number;
}

/* How much a row says, and how often it is asked. */
static float importance_of(const Learner *l, guint32 number)
{
  const float *weights = learner_weights(l, number);
  float sum = 0;
  for (guint k = 0; k < l->n_classes; k++)
    sum += weights[k] * weights[k];
  guint32 feature_hash = g_array_index(l->features, guint32, number);
  return sum * logf(1.0f + (float) learner_get_count(l, feature_hash));
}

void learner_cut_down(Learner *l, guint bits, guint rows)
{
  guint n = l->features->len;
  g_autofree Candidate *candidates = g_new(Candidate, n);
  g_autofree guint32 *buckets = g_new0(guint32, (BUCKET_SIZE << bits) * 2);
  guint8 *used = g_new0(guint8, 1u << bits);
  for (guint i = 0; i < n; i++)
    candidates[i] = (Candidate){i, importance_of(l, i)};
  qsort(candidates, n, sizeof *candidates, compare_candidates);
  guint kept = 0;
  for (guint i = 0; i < n; i++) {
    guint32 number = candidates[i].number;
    guint32 hash = g_array_index(l->features, guint32, number);
    guint32 bucket = bucket_of(hash, bits);
    gboolean fits = kept < rows && used[bucket / BUCKET_SIZE] < BUCKET_SIZE;
    for (guint k = 0; fits && k < used[bucket / BUCKET_SIZE]; k++)
      fits = (guint16) buckets[bucket + k] != (guint16) hash;
    l->dead->data[number] = !fits;
    if (fits) {
      buckets[bucket + used[bucket / BUCKET_SIZE]++] = hash;
      kept++;
    }
  }
  g_free(used);
  g_print("kept %u of %u features\n", kept, n);
  for (guint i = 0; i < n; i++) {
    float *weights = learner_weights(l, i);
    for (guint k = 0; k < l->stride; k++)
      weights[2 * l->stride + k] = 0;
  }
  l->n_sums = 0;
}

static gint8 quantise(float weight, float scale)
{
  return (gint8) CLAMP(lrintf(weight * scale), -127, 127);
}

/* Weights beyond it are rare, and cut off. */
#define LARGEST 4.0f

void pack_tagger(const Learner *l, guint bits, AverModelWriter *writer)
{
  gsize n_entries = (gsize) BUCKET_SIZE << bits;
  g_autofree TableEntry *entries = g_new0(TableEntry, n_entries);
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  gint8 row[ROW_SIZE] = {0};
  guint16 n = 1;
  g_byte_array_append(bytes, (const guint8 *) row, ROW_SIZE);
  for (guint32 i = 0; i < l->features->len; i++) {
    if (l->dead->data[i] != 0)
      continue;
    guint32 hash = g_array_index(l->features, guint32, i);
    TableEntry *entry = &entries[bucket_of(hash, bits)];
    entry += entry->block != 0;
    *entry = (TableEntry){(guint16) hash, n++};
    const float *weights = learner_weights(l, i);
    for (guint k = 0; k < l->n_classes; k++)
      row[k] = quantise(weights[k], 127 / LARGEST);
    g_byte_array_append(bytes, (const guint8 *) row, ROW_SIZE);
  }
  aver_model_writer_add(writer, "tag-index", entries, n_entries * sizeof *entries);
  aver_model_writer_add(writer, "tag-rows", bytes->data, bytes->len);
}
