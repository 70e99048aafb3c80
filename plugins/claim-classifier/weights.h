/* SPDX-License-Identifier: Apache-2.0 */
/* Weights: a trained model, mapped from its file and checked. */
#pragma once

#include "vocabulary.h"

#define WEIGHTS_KIND "claim-classifier"
#define MOST_LABELS  64

/* Raise it when features change their meaning: older models are refused, not misread. */
#define WEIGHTS_FEATURES_VERSION 1

/* What a model's section `info` holds. */
typedef struct {
  guint32 version;
  guint32 n_labels;
  guint32 n_rows; /* of weights: one for each label, but one in all for two labels */
  guint32 bits;   /* the table has 2^bits buckets of n_rows weights */
  guint32 n_dense;
  guint32 characters; /* whether there are features of characters */
  gint32 positive;    /* the label that `checkworthy` is the probability of, or AVER_NONE */
  gint32 negative;    /* the label that says "no claim", or AVER_NONE */
  gint32 minor;       /* the label of what is a claim, but of no weight, or AVER_NONE */
} WeightsInfo;

typedef struct {
  AverModel *file;
  WeightsInfo info;
  const guint8 *table; /* weights + 128, those of a bucket side by side, 8 bytes more at the end */
  const float *scale;  /* of each row: what one step of the table is worth */
  const float *dense;  /* of each row: n_dense weights and the intercept */
  const float *slope;  /* of each label: logit = slope * score + shift */
  const float *shift;
  const float *offset; /* of each label: added to its logit before the greatest is taken */
  Classes classes;
  Vocabulary vocabulary;
  const char *labels[MOST_LABELS];
} Weights;

/* weights_open: maps and checks the model at @path. Returns: (transfer full) (nullable): it. */
Weights *weights_open(const char *path, GError **error);
void weights_free(Weights *weights);
