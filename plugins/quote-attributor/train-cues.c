/* SPDX-License-Identifier: Apache-2.0 */
/* Fits the stages that decide yes or no: logistic regression with AdaGrad (Duchi et al. 2011). */
#include "train.h"

#include <math.h>

#define RATE 0.08f

typedef struct {
  guint32 mask;
  float *weights;
  float *squares;
  double *totals; /* of the weights over all examples: their mean is what is kept */
  guint32 *changed;
  guint32 seen;
} Logistic;

static Logistic *logistic_new(guint32 bits)
{
  Logistic *l = g_new0(Logistic, 1);
  l->mask = (1u << bits) - 1;
  l->weights = g_new0(float, 1u << bits);
  l->squares = g_new(float, 1u << bits);
  l->totals = g_new0(double, 1u << bits);
  l->changed = g_new0(guint32, 1u << bits);
  for (guint32 i = 0; i <= l->mask; i++)
    l->squares[i] = 0.1f;
  return l;
}

static float learn(Logistic *l, const guint32 *features, guint32 n, gboolean right, float decay)
{
  float sum = 0;
  l->seen++;
  for (guint32 k = 0; k < n; k++)
    sum += l->weights[features[k] & l->mask];
  float p = 1 / (1 + expf(-sum));
  float error = p - (right ? 1.0f : 0.0f);
  if (fabsf(error) < 0.01f)
    return sum;
  for (guint32 k = 0; k < n; k++) {
    guint32 i = features[k] & l->mask;
    float gradient = error + decay * l->weights[i];
    l->totals[i] += (double) l->weights[i] * (l->seen - l->changed[i]);
    l->changed[i] = l->seen;
    l->squares[i] += gradient * gradient;
    l->weights[i] -= RATE * gradient / sqrtf(l->squares[i]);
  }
  return sum;
}

static gint8 *logistic_quantise(Logistic *l, float unit)
{
  gint8 *rows = g_new0(gint8, l->mask + 1);
  for (guint32 i = 0; i <= l->mask; i++) {
    l->totals[i] += (double) l->weights[i] * (l->seen - l->changed[i]);
    float mean = (float) (l->totals[i] / MAX(l->seen, 1));
    rows[i] = (gint8) CLAMP(lrintf(mean / unit), -127, 127);
  }
  g_free(l->totals);
  g_free(l->changed);
  g_free(l->weights);
  g_free(l->squares);
  g_free(l);
  return rows;
}

static void shuffle(GRand *random, guint32 *order, guint32 n)
{
  for (guint32 i = n; i > 1; i--) {
    guint32 k = (guint32) g_rand_int_range(random, 0, (gint32) i);
    guint32 swap = order[i - 1];
    order[i - 1] = order[k];
    order[k] = swap;
  }
}

gint8 *cues_fit(const Course *course, const Weights *weights, guint32 without)
{
  Logistic *l = logistic_new(course->cue_bits);
  g_autoptr(GRand) random = g_rand_new_with_seed(7);
  guint32 n_examples = course->examples->len;
  g_autofree guint32 *order = g_new(guint32, n_examples);
  for (guint32 i = 0; i < n_examples; i++)
    order[i] = i;
  guint32 features[MAX_FEATURES];
  for (guint32 epoch = 0; epoch < course->cue_epochs; epoch++) {
    shuffle(random, order, n_examples);
    for (guint32 e = 0; e < n_examples; e++) {
      const Example *example = course->examples->pdata[order[e]];
      if (example->fold == without)
        continue;
      for (guint32 i = 0; i < example->reading->n_tokens; i++) {
        if (!example->possible[i] && !example->is_anchor[i])
          continue;
        guint32 n = cue_features(weights, example->sheet, i, features);
        learn(l, features, n, example->is_anchor[i], 0.0005f);
      }
    }
  }
  return logistic_quantise(l, CUE_UNIT);
}

typedef struct {
  guint32 features[MAX_FEATURES];
  guint32 n;
  gboolean right;
} Choice;

gint8 *choices_fit(const Course *course, const Weights *weights, guint32 without)
{
  g_autoptr(GArray) choices = g_array_new(FALSE, FALSE, sizeof(Choice));
  for (guint32 e = 0; e < course->examples->len; e++) {
    const Example *example = course->examples->pdata[e];
    const Sheet *sheet = example->sheet;
    if (example->fold == without)
      continue;
    for (guint32 k = 0; k < sheet->candidates->len; k++) {
      Choice choice;
      choice.n = choice_features(weights, sheet, k, choice.features);
      choice.right = candidate_is_right(example, &g_array_index(sheet->candidates, Candidate, k));
      g_array_append_val(choices, choice);
    }
  }
  g_autofree guint32 *order = g_new(guint32, choices->len);
  for (guint32 i = 0; i < choices->len; i++)
    order[i] = i;
  Logistic *l = logistic_new(CHOICE_BITS);
  g_autoptr(GRand) random = g_rand_new_with_seed(11);
  for (guint32 epoch = 0; epoch < course->choice_epochs; epoch++) {
    shuffle(random, order, choices->len);
    for (guint32 i = 0; i < choices->len; i++) {
      const Choice *c = &g_array_index(choices, Choice, order[i]);
      learn(l, c->features, c->n, c->right, 0.001f);
    }
  }
  return logistic_quantise(l, CHOICE_UNIT);
}
