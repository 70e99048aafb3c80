/* SPDX-License-Identifier: Apache-2.0 */
/* Learning: weights from examples, by LIBLINEAR (Fan et al. 2008). */
#pragma once

#include "dataset.h"

/* The data set as LIBLINEAR reads it. */
typedef struct _Problem Problem;

Problem *problem_new(const Dataset *data);
void problem_free(Problem *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Problem, problem_free)

/* Weights as a model holds them, without calibration. */
typedef struct {
  guint8 *table;
  gsize table_size;
  float *scale;
  float *dense;
} Learnt;

/* learn:
 * @fold: the fold to hold out, AVER_NONE to learn from all
 * @cost: LIBLINEAR's C: how much an error weighs against the size of weights
 *
 * Fits a logistic regression for each row, one label against the rest. Returns: FALSE with @error
 * when there is not enough to learn from. */
gboolean learn(const Problem *problem, gint32 fold, double cost, Learnt *learnt, GError **error);
void learnt_clear(Learnt *learnt);

/* learnt_score: the scores of example @i, one for each row. */
void learnt_score(const Learnt *learnt, const Dataset *data, guint32 i, float *scores);
