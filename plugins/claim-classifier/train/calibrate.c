/* SPDX-License-Identifier: Apache-2.0 */
/* Calibration: vector scaling (Guo et al. 2017) by Newton's method; then what to add to each logit
 * so that the labels have the best macro F1. */
#include "calibrate.h"

#include "../score.h"

#include <math.h>

#define STEPS     60
#define RIDGE     1e-2
#define GRID      15
#define GRID_STEP 0.1

/* What one fit works on. Parameters: the slopes, then the shifts. */
typedef struct {
  const Dataset *data;
  const float *scores;
  gint32 fold;
  guint32 n_labels;
  guint32 n_parameters;
  double *parameters;
  double *gradient;
  double *hessian;
} Fit;

static double score_of(const Fit *fit, guint32 i, guint32 label)
{
  const float *scores = fit->scores + (gsize) i * fit->data->info.n_rows;
  if (fit->data->info.n_rows == 1)
    return label == 0 ? (double) scores[0] : -(double) scores[0];
  return (double) scores[label];
}

/* Fills @p with the probabilities of example @i. Returns: minus the logarithm of the right one's.
 */
static double predict(const Fit *fit, guint32 i, const double *parameters, double *p)
{
  guint32 n = fit->n_labels;
  double top = -G_MAXDOUBLE, total = 0;
  for (guint32 k = 0; k < n; k++) {
    p[k] = parameters[k] * score_of(fit, i, k) + parameters[n + k];
    top = MAX(top, p[k]);
  }
  double right = p[fit->data->label[i]];
  for (guint32 k = 0; k < n; k++) {
    p[k] = exp(p[k] - top);
    total += p[k];
  }
  for (guint32 k = 0; k < n; k++)
    p[k] /= total;
  return top + log(total) - right;
}

static double ridge(const Fit *fit, const double *parameters)
{
  double sum = 0;
  for (guint32 k = 0; k < fit->n_parameters; k++) {
    double d = parameters[k] - (k < fit->n_labels ? 1 : 0);
    sum += RIDGE / 2 * d * d;
  }
  return sum;
}

static double loss(const Fit *fit, const double *parameters)
{
  double p[MOST_LABELS], sum = ridge(fit, parameters);
  for (guint32 i = 0; i < fit->data->n; i++)
    if (!dataset_is_held_out(fit->data, i, fit->fold))
      sum += fit->data->copies[i] * predict(fit, i, parameters, p);
  return sum;
}

static void add_derivatives(Fit *fit, guint32 i)
{
  guint32 n = fit->n_labels, m = fit->n_parameters;
  double p[MOST_LABELS], weight = fit->data->copies[i];
  predict(fit, i, fit->parameters, p);
  for (guint32 k = 0; k < n; k++) {
    double s = score_of(fit, i, k), error = p[k] - (fit->data->label[i] == (gint32) k);
    fit->gradient[k] += weight * error * s;
    fit->gradient[n + k] += weight * error;
    for (guint32 l = 0; l < n; l++) {
      double h = weight * p[k] * ((k == l) - p[l]), t = score_of(fit, i, l);
      fit->hessian[k * m + l] += h * s * t;
      fit->hessian[k * m + n + l] += h * s;
      fit->hessian[(n + k) * m + l] += h * t;
      fit->hessian[(n + k) * m + n + l] += h;
    }
  }
}

/* Gauss's elimination; the matrix is positive definite, so that no rows need to be exchanged. */
static void solve(double *matrix, double *right, guint32 m)
{
  for (guint32 c = 0; c < m; c++)
    for (guint32 r = c + 1; r < m; r++) {
      double factor = matrix[r * m + c] / matrix[c * m + c];
      for (guint32 k = c; factor != 0 && k < m; k++)
        matrix[r * m + k] -= factor * matrix[c * m + k];
      right[r] -= factor * right[c];
    }
  for (guint32 c = m; c-- > 0;) {
    for (guint32 k = c + 1; k < m; k++)
      right[c] -= matrix[c * m + k] * right[k];
    right[c] /= matrix[c * m + c];
  }
}

/* One step of Newton's, halved until it helps. Returns: FALSE when nothing helps any more. */
static gboolean step(Fit *fit, double *now)
{
  guint32 m = fit->n_parameters;
  double next[2 * MOST_LABELS];
  memset(fit->hessian, 0, sizeof(double) * m * m);
  for (guint32 k = 0; k < m; k++) {
    fit->gradient[k] = RIDGE * (fit->parameters[k] - (k < fit->n_labels ? 1 : 0));
    fit->hessian[k * m + k] = RIDGE;
  }
  for (guint32 i = 0; i < fit->data->n; i++)
    if (!dataset_is_held_out(fit->data, i, fit->fold))
      add_derivatives(fit, i);
  solve(fit->hessian, fit->gradient, m);
  for (double size = 1; size > 1e-4; size /= 2) {
    for (guint32 k = 0; k < m; k++)
      next[k] = fit->parameters[k] - size * fit->gradient[k];
    double then = loss(fit, next);
    if (then < *now - 1e-9) {
      memcpy(fit->parameters, next, m * sizeof *next);
      *now = then;
      return TRUE;
    }
  }
  return FALSE;
}

static void fit_scaling(Fit *fit, Calibration *calibration)
{
  guint32 n = fit->n_labels, m = fit->n_parameters;
  g_autofree double *memory = g_new0(double, (gsize) m *m + 2 * m);
  fit->hessian = memory;
  fit->gradient = memory + (gsize) m * m;
  fit->parameters = fit->gradient + m;
  for (guint32 k = 0; k < n; k++)
    fit->parameters[k] = 1;
  double now = loss(fit, fit->parameters);
  for (guint i = 0; i < STEPS && step(fit, &now); i++)
    continue;
  for (guint32 k = 0; k < n; k++) {
    calibration->slope[k] = (float) fit->parameters[k];
    calibration->shift[k] = (float) fit->parameters[n + k];
    calibration->offset[k] = 0;
  }
}

/* The macro F1 of the logits with @offset added. */
static double macro_f1(const Fit *fit, const float *logits, const float *offset)
{
  guint32 n = fit->n_labels;
  double both[MOST_LABELS] = {0}, either[MOST_LABELS] = {0}, sum = 0;
  for (guint32 i = 0; i < fit->data->n; i++) {
    if (dataset_is_held_out(fit->data, i, fit->fold))
      continue;
    const float *z = logits + (gsize) i * n;
    guint32 best = 0, truth = (guint32) fit->data->label[i];
    for (guint32 k = 1; k < n; k++)
      if (z[k] + offset[k] > z[best] + offset[best])
        best = k;
    both[truth] += best == truth ? fit->data->copies[i] : 0;
    either[truth] += fit->data->copies[i];
    either[best] += fit->data->copies[i];
  }
  for (guint32 k = 0; k < n; k++)
    sum += either[k] > 0 ? 2 * both[k] / either[k] : 0;
  return sum / n;
}

static void fit_offsets(const Fit *fit, Calibration *calibration)
{
  guint32 n = fit->n_labels, rounds = n <= 8 ? 2 : 1, stride = n <= 8 ? 1 : 3;
  g_autofree float *logits = g_new(float, (gsize) fit->data->n *n);
  float *offset = calibration->offset;
  for (guint32 i = 0; i < fit->data->n; i++)
    for (guint32 k = 0; k < n; k++)
      logits[(gsize) i * n + k] =
          calibration->slope[k] * (float) score_of(fit, i, k) + calibration->shift[k];
  double best = macro_f1(fit, logits, offset);
  for (guint32 round = 0; round < rounds; round++)
    for (guint32 k = 0; k < n; k++) {
      float chosen = offset[k];
      for (gint g = -GRID; g <= GRID; g += (gint) stride) {
        offset[k] = (float) (g * GRID_STEP);
        double value = macro_f1(fit, logits, offset);
        if (value > best + 1e-7) {
          best = value;
          chosen = offset[k];
        }
      }
      offset[k] = chosen;
    }
}

void calibrate(const Dataset *data, const float *scores, gint32 fold, Calibration *calibration)
{
  Fit fit = {.data = data,
             .scores = scores,
             .fold = fold,
             .n_labels = data->info.n_labels,
             .n_parameters = 2 * data->info.n_labels};
  fit_scaling(&fit, calibration);
  fit_offsets(&fit, calibration);
}

gint32 calibration_apply(const Calibration *calibration, const WeightsInfo *info,
                         const float *scores, float *probabilities)
{
  Weights weights = {.info = *info,
                     .slope = calibration->slope,
                     .shift = calibration->shift,
                     .offset = calibration->offset};
  return score_calibrate(&weights, scores, probabilities);
}
