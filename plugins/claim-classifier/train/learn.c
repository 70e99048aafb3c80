/* SPDX-License-Identifier: Apache-2.0 */
/* Learning: one logistic regression a row, rounded to what the model's file holds. */
#include "learn.h"

#include "../score.h"

#include <linear.h>
#include <math.h>

/* Dense cues count from 0 to about 4; grams of a unit make up a vector of length 1. */
#define DENSE_SCALE 0.1

#define STOP_AT 0.01

struct _Problem {
  const Dataset *data;
  struct feature_node *nodes;
  gsize *start;
  int n_features; /* the intercept included */
};

static gint compare_buckets(gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;
  return (x > y) - (x < y);
}

static gsize fill_nodes(const Dataset *data, guint32 i, gsize to, struct feature_node *nodes,
                        GArray *sorted)
{
  gsize n = data->start[i + 1] - data->start[i];
  const float *dense = &g_array_index(data->dense, float, (gsize) i * data->info.n_dense);
  int first_dense = (1 << data->info.bits) + 1;
  double one = n == 0 ? 0 : 1 / sqrt((double) n);
  g_array_set_size(sorted, 0);
  if (n > 0)
    g_array_append_vals(sorted, &g_array_index(data->buckets, guint32, data->start[i]), (guint) n);
  g_array_sort(sorted, compare_buckets);
  for (gsize k = 0, first = to; k < n; k++) {
    int index = (int) g_array_index(sorted, guint32, k) + 1;
    if (to > first && nodes[to - 1].index == index)
      nodes[to - 1].value += one;
    else
      nodes[to++] = (struct feature_node){index, one};
  }
  for (guint32 k = 0; k < data->info.n_dense; k++)
    if (dense[k] != 0)
      nodes[to++] = (struct feature_node){first_dense + (int) k, DENSE_SCALE * (double) dense[k]};
  nodes[to++] = (struct feature_node){first_dense + (int) data->info.n_dense, 1};
  nodes[to++] = (struct feature_node){-1, 0};
  return to;
}

Problem *problem_new(const Dataset *data)
{
  Problem *problem = g_new0(Problem, 1);
  g_autoptr(GArray) sorted = g_array_new(FALSE, FALSE, sizeof(guint32));
  gsize most = data->buckets->len + (gsize) data->n * (data->info.n_dense + 2), end = 0;
  problem->data = data;
  problem->nodes = g_new(struct feature_node, most);
  problem->start = g_new(gsize, data->n);
  problem->n_features = (1 << data->info.bits) + (int) data->info.n_dense + 1;
  for (guint32 i = 0; i < data->n; i++) {
    problem->start[i] = end;
    end = fill_nodes(data, i, end, problem->nodes, sorted);
  }
  return problem;
}

void problem_free(Problem *problem)
{
  if (problem == NULL)
    return;
  g_free(problem->nodes);
  g_free(problem->start);
  g_free(problem);
}

static void say_nothing(const char *text)
{
  (void) text;
}

/* The examples of one fit: pointers into the nodes, as often as their weights say. */
static struct problem select_examples(const Problem *problem, gint32 fold)
{
  const Dataset *data = problem->data;
  gsize n = 0;
  for (guint32 i = 0; i < data->n; i++)
    if (!dataset_is_held_out(data, i, fold))
      n += data->copies[i];
  struct problem chosen = {.l = 0, .n = problem->n_features, .bias = 1};
  chosen.x = g_new(struct feature_node *, n + 1);
  chosen.y = g_new(double, n + 1);
  for (guint32 i = 0; i < data->n; i++)
    for (guint32 c = 0; c < (dataset_is_held_out(data, i, fold) ? 0 : data->copies[i]); c++) {
      chosen.y[chosen.l] = data->label[i];
      chosen.x[chosen.l++] = &problem->nodes[problem->start[i]];
    }
  return chosen;
}

/* Weights for the label @label against all others; zeros when there is only one kind. */
static double *fit(const struct problem *chosen, gint32 label, double cost)
{
  struct problem binary = *chosen;
  struct parameter parameter = {.solver_type = L2R_LR, .eps = STOP_AT, .C = cost};
  double *weights = g_new0(double, chosen->n);
  g_autofree double *y = g_new(double, chosen->l + 1);
  gsize positives = 0;
  for (int i = 0; i < chosen->l; i++) {
    y[i] = chosen->y[i] == label ? 1 : -1;
    positives += y[i] > 0;
  }
  if (positives == 0 || positives == (gsize) chosen->l)
    return weights;
  binary.y = y;
  struct model *model = train(&binary, &parameter);
  double sign = model->label[0] == 1 ? 1 : -1;
  for (int i = 0; i < chosen->n; i++)
    weights[i] = sign * model->w[i];
  free_and_destroy_model(&model);
  return weights;
}

static void store_row(const Dataset *data, guint32 row, const double *weights, Learnt *learnt)
{
  gsize n_buckets = (gsize) 1 << data->info.bits, n_dense = data->info.n_dense;
  double top = 1e-6;
  for (gsize i = 0; i < n_buckets; i++)
    top = MAX(top, fabs(weights[i]));
  learnt->scale[row] = (float) (top / 127);
  for (gsize i = 0; i < n_buckets; i++)
    learnt->table[i * data->info.n_rows + row] =
        (guint8) (128 + (gint) lrint(weights[i] * 127 / top));
  float *dense = learnt->dense + row * (n_dense + 1);
  for (gsize i = 0; i < n_dense; i++)
    dense[i] = (float) (weights[n_buckets + i] * DENSE_SCALE);
  dense[n_dense] = (float) weights[n_buckets + n_dense];
}

gboolean learn(const Problem *problem, gint32 fold, double cost, Learnt *learnt, GError **error)
{
  const Dataset *data = problem->data;
  guint32 n_rows = data->info.n_rows;
  set_print_string_function(say_nothing);
  struct problem chosen = select_examples(problem, fold);
  if (chosen.l == 0) {
    g_free(chosen.x);
    g_free(chosen.y);
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "all examples are in one fold");
    return FALSE;
  }
  learnt->table_size = ((gsize) n_rows << data->info.bits) + 8;
  learnt->table = g_malloc(learnt->table_size);
  memset(learnt->table, 128, learnt->table_size);
  learnt->scale = g_new0(float, n_rows);
  learnt->dense = g_new0(float, (gsize) n_rows *(data->info.n_dense + 1));
  for (guint32 row = 0; row < n_rows; row++) {
    g_autofree double *weights = fit(&chosen, (gint32) row, cost / COPIES);
    store_row(data, row, weights, learnt);
  }
  g_free(chosen.x);
  g_free(chosen.y);
  return TRUE;
}

void learnt_clear(Learnt *learnt)
{
  g_clear_pointer(&learnt->table, g_free);
  g_clear_pointer(&learnt->scale, g_free);
  g_clear_pointer(&learnt->dense, g_free);
}

void learnt_score(const Learnt *learnt, const Dataset *data, guint32 i, float *scores)
{
  Weights weights = {
      .info = data->info, .table = learnt->table, .scale = learnt->scale, .dense = learnt->dense};
  Grams grams = {.buckets = &g_array_index(data->buckets, guint32, data->start[i]),
                 .n = (guint32) (data->start[i + 1] - data->start[i])};
  score_rows(&weights, &grams, &g_array_index(data->dense, float, (gsize) i * data->info.n_dense),
             scores);
}
