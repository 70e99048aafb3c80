/* SPDX-License-Identifier: Apache-2.0 */
/* Fits the second stage: a linear-chain conditional random field (Lafferty et al. 2001) with
 * AdaGrad, one cue's window at a time. */
#include "model-decode.h"
#include "train.h"

#include <math.h>

#define RATE       0.12f
#define NEGLIGIBLE 0.004f

typedef struct {
  float *rows;
  float *squares;
  double *totals;   /* of the rows over all windows: their mean is what is kept */
  guint32 *changed; /* per row */
  guint32 seen;
  float steps[STEPS];
  float step_squares[STEPS];
  guint32 mask;
  /* one window */
  Scene scene;
  guint32 features[SPAN_WINDOW][MAX_FEATURES];
  guint32 n_features;
  guint8 gold[SPAN_WINDOW];
  guint8 tags[SPAN_WINDOW];
  float emission[SPAN_WINDOW][ROW_LABELS];
  float odds[SPAN_WINDOW][ROW_LABELS * ROW_LABELS];
  float alpha[SPAN_WINDOW][ROW_LABELS];
  float beta[SPAN_WINDOW][ROW_LABELS];
  float total[SPAN_WINDOW];
} Field;

static void set_gold(Field *f, const Gold *gold)
{
  guint32 low = f->scene.low, high = f->scene.high;
  memset(f->gold, LABEL_OUTSIDE, sizeof f->gold);
  for (guint32 i = MAX(gold->source.start, low); i < MIN(gold->source.end, high); i++)
    f->gold[i - low] = i == MAX(gold->source.start, low) ? LABEL_SOURCE_START : LABEL_SOURCE;
  for (guint32 p = 0; p < gold->n_pieces; p++) {
    guint32 start = MAX(gold->pieces[p].start, low);
    for (guint32 i = start; i < MIN(gold->pieces[p].end, high); i++)
      f->gold[i - low] = i == start ? LABEL_CONTENT_START : LABEL_CONTENT;
  }
  for (guint32 i = MAX(gold->cue.start, low); i < MIN(gold->cue.end, high); i++)
    f->gold[i - low] = LABEL_CUE;
  f->gold[f->scene.anchor - low] = LABEL_CUE;
  for (guint32 i = 0; i < high - low; i++)
    if (!step_is_possible(i > 0 ? f->gold[i - 1] : LABEL_OUTSIDE, f->gold[i]))
      f->gold[i]--; /* cut in two: the rest starts anew */
}

static void set_features(Field *f, const Example *example)
{
  for (guint32 i = f->scene.low; i < f->scene.high; i++) {
    guint32 *features = f->features[i - f->scene.low];
    memcpy(features, example->fixed + (gsize) i * example->n_fixed,
           example->n_fixed * sizeof(guint32));
    f->n_features =
        example->n_fixed + span_features_scene(&f->scene, i, features + example->n_fixed);
    f->tags[i - f->scene.low] = example->sheet->looks[i].tag;
  }
}

static void set_odds(Field *f, guint32 n)
{
  for (guint32 i = 0; i < n; i++) {
    float sums[ROW_LABELS] = {0};
    for (guint32 k = 0; k < f->n_features; k++) {
      const float *row = f->rows + (gsize) (f->features[i][k] & f->mask) * ROW_LABELS;
      for (guint32 l = 0; l < ROW_LABELS; l++)
        sums[l] += row[l];
    }
    float most = sums[0];
    for (guint32 l = 1; l < N_LABELS; l++)
      most = MAX(most, sums[l]);
    Floats x[2] = {{0}, {0}};
    for (guint32 l = 0; l < ROW_LABELS; l++)
      x[l / 4][l % 4] = sums[l] - most;
    x[0] = exp_of(x[0]);
    x[1] = exp_of(x[1]);
    memcpy(f->emission[i], x, sizeof x);
    for (guint32 l = N_LABELS; l < ROW_LABELS; l++)
      f->emission[i][l] = 0;
    if (i == f->scene.anchor - f->scene.low) {
      memset(f->emission[i], 0, sizeof f->emission[i]);
      f->emission[i][LABEL_CUE] = 1;
    }
    const float *steps = f->steps + (gsize) f->tags[i] * ROW_LABELS * ROW_LABELS;
    for (guint32 k = 0; k < ROW_LABELS * ROW_LABELS; k += 4) {
      Floats step;
      memcpy(&step, steps + k, sizeof step);
      step = exp_of(step);
      memcpy(f->odds[i] + k, &step, sizeof step);
    }
    for (guint32 k = 0; k < ROW_LABELS * ROW_LABELS; k++)
      if (!step_is_possible(k / ROW_LABELS, k % ROW_LABELS))
        f->odds[i][k] = 0;
  }
}

static void normalise(float *row, float *total)
{
  float sum = 0;
  for (guint32 l = 0; l < N_LABELS; l++)
    sum += row[l];
  sum = MAX(sum, 1e-30f);
  for (guint32 l = 0; l < ROW_LABELS; l++)
    row[l] /= sum;
  if (total != NULL)
    *total = sum;
}

static void forward_backward(Field *f, guint32 n)
{
  for (guint32 l = 0; l < ROW_LABELS; l++)
    f->alpha[0][l] = step_is_possible(LABEL_OUTSIDE, l) ? f->emission[0][l] : 0;
  normalise(f->alpha[0], &f->total[0]);
  for (guint32 i = 1; i < n; i++) {
    float next[ROW_LABELS] = {0};
    for (guint32 k = 0; k < N_LABELS; k++)
      for (guint32 l = 0; l < ROW_LABELS; l++)
        next[l] += f->alpha[i - 1][k] * f->odds[i][k * ROW_LABELS + l];
    for (guint32 l = 0; l < ROW_LABELS; l++)
      f->alpha[i][l] = next[l] * f->emission[i][l];
    normalise(f->alpha[i], &f->total[i]);
  }
  for (guint32 l = 0; l < ROW_LABELS; l++)
    f->beta[n - 1][l] = 1;
  for (guint32 i = n - 1; i > 0; i--) {
    float next[ROW_LABELS];
    for (guint32 l = 0; l < ROW_LABELS; l++)
      next[l] = f->beta[i][l] * f->emission[i][l] / f->total[i];
    for (guint32 k = 0; k < ROW_LABELS; k++) {
      float sum = 0;
      for (guint32 l = 0; l < ROW_LABELS; l++)
        sum += f->odds[i][k * ROW_LABELS + l] * next[l];
      f->beta[i - 1][k] = sum;
    }
  }
}

static void update_steps(Field *f, guint32 i)
{
  gsize at = (gsize) f->tags[i] * ROW_LABELS * ROW_LABELS;
  for (guint32 k = 0; k < N_LABELS; k++) {
    for (guint32 l = 0; l < N_LABELS; l++) {
      if (!step_is_possible(k, l))
        continue;
      gsize s = at + k * ROW_LABELS + l;
      float p = f->alpha[i - 1][k] * f->odds[i][k * ROW_LABELS + l] * f->emission[i][l] *
                f->beta[i][l] / f->total[i];
      float gradient = p - (f->gold[i - 1] == k && f->gold[i] == l ? 1.0f : 0.0f);
      if (fabsf(gradient) < NEGLIGIBLE)
        continue;
      f->step_squares[s] += gradient * gradient;
      f->steps[s] -= RATE * gradient / sqrtf(f->step_squares[s]);
    }
  }
}

static void update(Field *f, guint32 n)
{
  for (guint32 i = 0; i < n; i++) {
    float gradient[ROW_LABELS] = {0};
    float most = 0;
    for (guint32 l = 0; l < N_LABELS; l++) {
      gradient[l] = f->alpha[i][l] * f->beta[i][l] - (f->gold[i] == l ? 1.0f : 0.0f);
      most = MAX(most, fabsf(gradient[l]));
    }
    if (i > 0)
      update_steps(f, i);
    if (most < NEGLIGIBLE)
      continue;
    for (guint32 k = 0; k < f->n_features; k++) {
      gsize at = (gsize) (f->features[i][k] & f->mask) * ROW_LABELS;
      float *row = f->rows + at, *squares = f->squares + at;
      guint32 *changed = &f->changed[at / ROW_LABELS];
      if (*changed != f->seen) {
        for (guint32 l = 0; l < ROW_LABELS; l++)
          f->totals[at + l] += (double) row[l] * (f->seen - *changed);
        *changed = f->seen;
      }
      for (guint32 l = 0; l < ROW_LABELS; l++) {
        float g = gradient[l] + 0.0002f * row[l];
        squares[l] += g * g;
        row[l] -= RATE * g / sqrtf(squares[l]);
      }
    }
  }
}

static void learn(Field *f, const Example *example, const Gold *gold, gboolean syntax)
{
  scene_set(&f->scene, example->sheet, syntax, gold->anchor);
  guint32 n = f->scene.high - f->scene.low;
  f->seen++;
  set_gold(f, gold);
  set_features(f, example);
  set_odds(f, n);
  forward_backward(f, n);
  update(f, n);
}

static gint8 *quantise(Field *f, gint16 **steps)
{
  gint8 *rows = g_new0(gint8, ((gsize) f->mask + 1) * ROW_LABELS);
  for (gsize i = 0; i < ((gsize) f->mask + 1) * ROW_LABELS; i++)
    rows[i] = (gint8) CLAMP(
        lrint((f->totals[i] + (double) f->rows[i] * (f->seen - f->changed[i / ROW_LABELS])) /
              MAX(f->seen, 1) / (double) SPAN_UNIT),
        -127, 127);
  *steps = g_new0(gint16, STEPS);
  for (guint32 i = 0; i < STEPS; i++) {
    gboolean possible = step_is_possible(i / ROW_LABELS % ROW_LABELS, i % ROW_LABELS);
    (*steps)[i] =
        possible ? (gint16) CLAMP(lrintf(f->steps[i] / SPAN_UNIT), -1000, 1000) : G_MININT16;
  }
  g_free(f->rows);
  g_free(f->squares);
  g_free(f->totals);
  g_free(f->changed);
  g_free(f);
  return rows;
}

gint8 *spans_fit(const Course *course, guint32 without, gint16 **steps)
{
  Field *f = g_new0(Field, 1);
  f->mask = (1u << course->span_bits) - 1;
  gsize n_weights = ((gsize) f->mask + 1) * ROW_LABELS;
  f->rows = g_new0(float, n_weights);
  f->squares = g_new(float, n_weights);
  f->totals = g_new0(double, n_weights);
  f->changed = g_new0(guint32, (gsize) f->mask + 1);
  for (gsize i = 0; i < n_weights; i++)
    f->squares[i] = 0.2f;
  for (guint32 i = 0; i < STEPS; i++)
    f->step_squares[i] = 0.2f;
  g_autoptr(GRand) random = g_rand_new_with_seed(5);
  guint32 n_examples = course->examples->len;
  g_autofree guint32 *order = g_new(guint32, n_examples);
  for (guint32 i = 0; i < n_examples; i++)
    order[i] = i;
  for (guint32 epoch = 0; epoch < course->span_epochs; epoch++) {
    for (guint32 i = n_examples; i > 1; i--) {
      guint32 k = (guint32) g_rand_int_range(random, 0, (gint32) i);
      guint32 swap = order[i - 1];
      order[i - 1] = order[k];
      order[k] = swap;
    }
    for (guint32 e = 0; e < n_examples; e++) {
      const Example *example = course->examples->pdata[order[e]];
      if (example->fold == without)
        continue;
      for (guint32 k = 0; k < example->gold->len; k++) {
        const Gold *gold = &g_array_index(example->gold, Gold, k);
        if (gold->anchor != NOWHERE)
          learn(f, example, gold, course->syntax);
      }
    }
  }
  return quantise(f, steps);
}
