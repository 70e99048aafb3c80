/* SPDX-License-Identifier: Apache-2.0 */
/* Figures: the usual ones, each example once whatever its weight, as scorers count. */
#include "figures.h"

#include <math.h>

#define BINS 10

typedef struct {
  double score;
  gboolean right;
} Ranked;

static gint compare_ranked(gconstpointer a, gconstpointer b)
{
  const Ranked *x = a, *y = b;
  return (x->score < y->score) - (x->score > y->score);
}

static void count_labels(const Dataset *data, const Predictions *predictions, Figures *figures)
{
  double hits[MOST_LABELS] = {0}, predicted[MOST_LABELS] = {0}, right = 0;
  guint32 n = data->info.n_labels;
  for (guint32 i = 0; i < data->n; i++) {
    gint32 truth = data->label[i], answer = predictions->label[i];
    figures->support[truth]++;
    predicted[answer]++;
    hits[truth] += truth == answer;
    right += truth == answer;
    float p = predictions->probabilities[(gsize) i * n + (guint32) truth];
    figures->loss -= log(MAX((double) p, 1e-9)) / data->n;
  }
  for (guint32 k = 0; k < n; k++) {
    figures->precision[k] = predicted[k] > 0 ? hits[k] / predicted[k] : 0;
    figures->recall[k] = figures->support[k] > 0 ? hits[k] / figures->support[k] : 0;
    double sum = predicted[k] + figures->support[k];
    figures->f1[k] = sum > 0 ? 2 * hits[k] / sum : 0;
    figures->macro_f1 += figures->f1[k] / n;
  }
  figures->accuracy = right / data->n;
}

/* Ties count as one step in both, so that the order of examples says nothing. */
static void rank(const Ranked *ranked, guint32 n, Figures *figures)
{
  double positives = 0, hits = 0, area = 0, precision = 0;
  for (guint32 i = 0; i < n; i++)
    positives += ranked[i].right;
  for (guint32 i = 0, end; i < n; i = end) {
    double right = 0;
    for (end = i; end < n && ranked[end].score == ranked[i].score; end++)
      right += ranked[end].right;
    double wrong = end - i - right;
    area += wrong * (hits + right / 2);
    hits += right;
    precision += right * hits / end;
  }
  figures->average_precision = precision / positives;
  figures->auc = area / (positives * (n - positives));
}

static double calibration_error(const Ranked *ranked, guint32 n)
{
  double scores[BINS] = {0}, right[BINS] = {0}, sum = 0;
  for (guint32 i = 0; i < n; i++) {
    guint bin = MIN((guint) (ranked[i].score * BINS), BINS - 1);
    scores[bin] += ranked[i].score;
    right[bin] += ranked[i].right;
  }
  for (guint bin = 0; bin < BINS; bin++)
    sum += fabs(scores[bin] - right[bin]) / n;
  return sum;
}

Figures figures_compute(const Dataset *data, const Predictions *predictions)
{
  Figures figures = {.average_precision = NAN, .auc = NAN};
  gint32 positive = data->info.positive;
  g_autofree Ranked *ranked = g_new(Ranked, data->n);
  count_labels(data, predictions, &figures);
  for (guint32 i = 0; i < data->n; i++) {
    gint32 label = positive == AVER_NONE ? predictions->label[i] : positive;
    float p = predictions->probabilities[(gsize) i * data->info.n_labels + (guint32) label];
    ranked[i] = (Ranked){(double) p, data->label[i] == label};
  }
  qsort(ranked, data->n, sizeof *ranked, compare_ranked);
  figures.calibration_error = calibration_error(ranked, data->n);
  if (positive != AVER_NONE)
    rank(ranked, data->n, &figures);
  return figures;
}

void figures_report(const Figures *figures, const Dataset *data, AverTraining *training)
{
  aver_training_report(training, "%-32s %7s %7s %7s %7s", "held out", "P", "R", "F1", "n");
  for (guint32 k = 0; k < data->info.n_labels; k++)
    aver_training_report(training, "%-32s %7.4f %7.4f %7.4f %7.0f",
                         (const char *) data->labels->pdata[k], figures->precision[k],
                         figures->recall[k], figures->f1[k], figures->support[k]);
  aver_training_report(training, "%-32s %7.4f", "macro F1", figures->macro_f1);
  aver_training_report(training, "%-32s %7.4f", "accuracy", figures->accuracy);
  if (data->info.positive != AVER_NONE) {
    const char *positive = data->labels->pdata[data->info.positive];
    aver_training_report(training, "%-32s %7.4f", "average precision of the positive label",
                         figures->average_precision);
    aver_training_report(training, "%-32s %7.4f", "ROC AUC of the positive label", figures->auc);
    aver_training_report(training, "%-32s %7.4f   (positive: %s)", "calibration error (ECE)",
                         figures->calibration_error, positive);
  } else {
    aver_training_report(training, "%-32s %7.4f", "calibration error (ECE)",
                         figures->calibration_error);
  }
}
