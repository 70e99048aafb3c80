/* SPDX-License-Identifier: Apache-2.0 */
/* Scores: how a unit's features become labels with probabilities. */
#pragma once

#include "grams.h"

typedef struct {
  gint32 label;
  float probability; /* of the label */
  float checkworthy; /* the probability of the positive label; of the label when there is none */
  float minor;       /* the probability of the minor label; NaN when there is none */
} Score;

/* score_rows: one score for each row of @weights, before calibration. */
void score_rows(const Weights *weights, const Grams *grams, const float *dense, float *scores);

/* score_calibrate: turns @scores into probabilities of all labels. Returns: the label that wins. */
gint32 score_calibrate(const Weights *weights, const float *scores, float *probabilities);

/* score_unit: judges @unit, using @grams as memory. */
Score score_unit(const Weights *weights, Grams *grams, const Unit *unit);
