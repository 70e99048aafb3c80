/* SPDX-License-Identifier: Apache-2.0 */
/* Scores: the multinomial logistic regression whose table train.py writes to weights.h. */
#include "score.h"

#include "cues.h"
#include "weights.h"

#include <math.h>

const char *label_name(Label label)
{
  static const char *const label_names[] = {"NFS", "UFS", "CFS"};
  return label_names[label];
}

Score score_unit(const Unit *unit)
{
  float values[FEATURE_MAX], sums[3];
  features_compute(unit, values);
  for (guint k = 0; k < 3; k++) {
    sums[k] = weights[k][WEIGHTS_FEATURES];
    for (guint i = 0; i < WEIGHTS_FEATURES; i++)
      sums[k] += weights[k][i] * values[i];
  }
  float top = MAX(sums[0], MAX(sums[1], sums[2])), total = 0;
  Label best = LABEL_NFS;
  for (guint k = 0; k < 3; k++) {
    if (sums[k] + label_offset[k] > sums[best] + label_offset[best])
      best = (Label) k;
  }
  for (guint k = 0; k < 3; k++)
    total += expf(sums[k] - top);
  return (Score){best, expf(sums[LABEL_CFS] - top) / total};
}
