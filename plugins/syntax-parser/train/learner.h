/* SPDX-License-Identifier: Apache-2.0 */
/* A log-linear model while it learns: AdaGrad (Duchi et al. 2011), averaged over the last passes.
 */
#pragma once

#include "../table.h"

typedef struct {
  guint n_classes;
  guint stride;
  guint cut;      /* a feature is learnt once it has been counted so often */
  guint8 *counts; /* by the hash's high bits */
  guint32 *keys;  /* places of a hash table; 0: empty */
  guint32 *numbers;
  guint32 n_places;
  GArray *features; /* each row's */
  float *weights;   /* rows of @stride weights, then as many squares, then as many sums */
  GByteArray *dead; /* rows that are not used any more */
  gsize capacity;   /* rows there is memory for */
  guint n_sums;
  float rate;
} Learner;

Learner *learner_new(guint n_classes, guint cut, float rate);
void learner_free(Learner *learner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Learner, learner_free)

void learner_count(Learner *learner, const guint32 *features, guint n);

/* Replaces features by their rows, leaving out those without. Returns: how many are left. */
guint learner_find(Learner *learner, guint32 *features, guint n);

void learner_score(const Learner *learner, const guint32 *rows, guint n, float scores[ROW_SIZE]);

/* A step towards @right, a bit for each class that is right, among those @allowed. */
void learner_step(Learner *learner, const guint32 *rows, guint n, const float scores[ROW_SIZE],
                  guint64 right, guint64 allowed);

/* Takes the weights as they are now into the average. */
void learner_sum(Learner *learner);

/* Makes the weights their average. */
void learner_average(Learner *learner);

/* How many rows a feature was counted for, as far as it was. */
guint learner_get_count(const Learner *learner, guint32 feature);

float *learner_weights(const Learner *learner, guint32 row);
