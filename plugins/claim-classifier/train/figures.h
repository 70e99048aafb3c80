/* SPDX-License-Identifier: Apache-2.0 */
/* Figures: how good held-out predictions are. */
#pragma once

#include "dataset.h"

typedef struct {
  gint32 *label;        /* predicted, of each example */
  float *probabilities; /* n_labels of each */
} Predictions;

typedef struct {
  double precision[MOST_LABELS], recall[MOST_LABELS], f1[MOST_LABELS], support[MOST_LABELS];
  double macro_f1;
  double accuracy;
  double loss;                   /* mean of minus the logarithm of the right label's probability */
  double average_precision, auc; /* of the positive label; NaN without */
  double calibration_error;      /* of the positive label, else of the label predicted */
} Figures;

Figures figures_compute(const Dataset *data, const Predictions *predictions);

/* figures_report: prints the table. */
void figures_report(const Figures *figures, const Dataset *data, AverTraining *training);
