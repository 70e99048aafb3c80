/* SPDX-License-Identifier: Apache-2.0 */
/* Training: cross-validation for the cost and the calibration, then one fit to everything. */
#include "train.h"

#include "store.h"

static const double costs[] = {1, 3, 8, 20};

typedef struct {
  AverTraining *training;
  const Dataset *data;
  Problem *problem;
} Work;

/* Scores of all examples, each by weights that have not seen its fold. */
static float *score_held_out(const Work *work, double cost, guint round, guint rounds,
                             GError **error)
{
  const Dataset *data = work->data;
  g_autofree float *scores = g_new0(float, (gsize) data->n * data->info.n_rows);
  for (guint32 fold = 0; fold < data->n_folds; fold++) {
    Learnt learnt = {0};
    aver_training_progress(work->training, "cross-validation", round * data->n_folds + fold,
                           rounds * data->n_folds);
    gboolean good = learn(work->problem, (gint32) fold, cost, &learnt, error);
    for (guint32 i = 0; good && i < data->n; i++)
      if (dataset_is_held_out(data, i, (gint32) fold))
        learnt_score(&learnt, data, i, scores + (gsize) i * data->info.n_rows);
    learnt_clear(&learnt);
    if (!good)
      return NULL;
  }
  return g_steal_pointer(&scores);
}

/* Labels and probabilities of each fold, by what the scores of all others say. */
static Figures predict_held_out(const Dataset *data, const float *scores, Predictions *predictions)
{
  for (guint32 fold = 0; fold < data->n_folds; fold++) {
    Calibration calibration;
    calibrate(data, scores, (gint32) fold, &calibration);
    for (guint32 i = 0; i < data->n; i++)
      if (dataset_is_held_out(data, i, (gint32) fold))
        predictions->label[i] =
            calibration_apply(&calibration, &data->info, scores + (gsize) i * data->info.n_rows,
                              predictions->probabilities + (gsize) i * data->info.n_labels);
  }
  return figures_compute(data, predictions);
}

/* Tries costs, or takes the one given; the best macro F1 wins, the smaller cost of equals. */
static gboolean choose_cost(const Work *work, double *cost, float **scores, Predictions *best,
                            Figures *figures, GError **error)
{
  const Dataset *data = work->data;
  double given = *cost;
  guint n = given > 0 ? 1 : G_N_ELEMENTS(costs);
  Predictions tried = {g_new(gint32, data->n), g_new(float, (gsize) data->n * data->info.n_labels)};
  gboolean good = TRUE;
  for (guint i = 0; good && i < n; i++) {
    double now = given > 0 ? given : costs[i];
    float *now_scores = score_held_out(work, now, i, n, error);
    good = now_scores != NULL;
    if (!good)
      break;
    Figures f = predict_held_out(data, now_scores, &tried);
    aver_training_report(work->training, "cost %g: macro F1 %.4f, mean log loss %.4f", now,
                         f.macro_f1, f.loss);
    if (*scores != NULL && f.macro_f1 <= figures->macro_f1) {
      g_free(now_scores);
      continue;
    }
    Predictions other = *best;
    *best = tried;
    tried = other.label != NULL
                ? other
                : (Predictions){g_new(gint32, data->n),
                                g_new(float, (gsize) data->n * data->info.n_labels)};
    g_free(*scores);
    *scores = now_scores;
    *figures = f;
    *cost = now;
  }
  g_free(tried.label);
  g_free(tried.probabilities);
  return good;
}

static gboolean finish(const AverStage *stage, const Work *work, double cost, const float *scores,
                       const Predictions *predictions, const Figures *figures, GError **error)
{
  const char *path = aver_stage_get_string(stage, "predictions");
  Learnt learnt = {0};
  Calibration calibration;
  figures_report(figures, work->data, work->training);
  if (path != NULL && *path != '\0' &&
      !store_predictions(path, work->training, work->data, predictions, error))
    return FALSE;
  calibrate(work->data, scores, AVER_NONE, &calibration);
  gboolean good =
      learn(work->problem, AVER_NONE, cost, &learnt, error) &&
      store_model(stage, work->training, work->data, &learnt, &calibration, figures, cost, error);
  learnt_clear(&learnt);
  return good;
}

gboolean train_model(AverStage *stage, AverTraining *training, GError **error)
{
  g_autoptr(Dataset) data = dataset_new(stage, training, error);
  if (data == NULL)
    return FALSE;
  g_autoptr(Problem) problem = problem_new(data);
  Work work = {training, data, problem};
  double cost = aver_stage_get_number(stage, "cost");
  float *scores = NULL;
  Predictions predictions = {0};
  Figures figures;
  gboolean good = choose_cost(&work, &cost, &scores, &predictions, &figures, error) &&
                  finish(stage, &work, cost, scores, &predictions, &figures, error);
  g_free(scores);
  g_free(predictions.label);
  g_free(predictions.probabilities);
  return good;
}
