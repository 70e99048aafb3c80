/* SPDX-License-Identifier: Apache-2.0 */
/* A data set: examples as features, labels, weights and folds. */
#pragma once

#include "../grams.h"

/* An example of weight 1 stands so many times; so weights are rounded to quarters. */
#define COPIES 4u

typedef struct {
  guint32 n;
  gint32 *label;   /* of each example: an index into @labels */
  guint32 *copies; /* its weight, in quarters */
  gint32 *fold;
  guint32 n_folds;
  gsize *start; /* where its buckets start; one more at the end */
  GArray *buckets;
  GArray *dense; /* features_count() of each */
  GPtrArray *labels;
  WeightsInfo info;
  guint32 *class_hashes;
  guint8 *class_ids;
  gsize n_slots;
} Dataset;

/* dataset_new: Returns: (transfer full) (nullable): the examples of @training. */
Dataset *dataset_new(const AverStage *stage, AverTraining *training, GError **error);
void dataset_free(Dataset *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Dataset, dataset_free)

/* dataset_is_held_out: Returns: whether @fold is the fold of example @i. */
static inline gboolean dataset_is_held_out(const Dataset *data, guint32 i, gint32 fold)
{
  return data->fold[i] == fold;
}
