/* SPDX-License-Identifier: Apache-2.0 */
/* Calibration: from held-out scores to probabilities, and from those to labels. */
#pragma once

#include "dataset.h"

typedef struct {
  float slope[MOST_LABELS];
  float shift[MOST_LABELS];
  float offset[MOST_LABELS];
} Calibration;

/* calibrate: fits @calibration to @scores, n_rows of each example, except those of @fold. */
void calibrate(const Dataset *data, const float *scores, gint32 fold, Calibration *calibration);

/* calibration_apply: Returns: the label; @probabilities gets those of all labels. */
gint32 calibration_apply(const Calibration *calibration, const WeightsInfo *info,
                         const float *scores, float *probabilities);
