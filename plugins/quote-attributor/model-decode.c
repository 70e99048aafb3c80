/* SPDX-License-Identifier: Apache-2.0 */
/* The most probable labels of a window (Viterbi), and how probable they are (forward sums). */
#include "model-decode.h"

#include <math.h>

#define FLOOR (-7000)

gboolean step_is_possible(guint32 before, guint32 label)
{
  if (before >= N_LABELS || label >= N_LABELS)
    return FALSE;
  if (label == LABEL_SOURCE || label == LABEL_CONTENT)
    return before == label || before == label - 1;
  return TRUE;
}

float *steps_to_odds(const gint16 *steps, float unit)
{
  float *odds = g_new0(float, STEPS);
  for (guint32 i = 0; i < STEPS; i++)
    if (step_is_possible(i / ROW_LABELS % ROW_LABELS, i % ROW_LABELS)) {
      Floats x = {(float) steps[i] * unit, 0, 0, 0};
      odds[i] = exp_of(x)[0];
    }
  return odds;
}

static inline Sums larger(Sums a, Sums b)
{
  Sums first = a > b;
  return (a & first) | (b & ~first);
}

/* Eight labels at a time: scores stay below the best one's 0, and no step or sum counts for less
 * than FLOOR, so that sums of three fit 16 bits. */
static gint32 viterbi(const Weights *weights, const gint16 (*sums)[ROW_LABELS], const guint8 *tags,
                      guint32 n, guint8 *labels)
{
  gint16 from[SPAN_WINDOW][ROW_LABELS];
  gint16 best[ROW_LABELS];
  gint32 total = 0;
  for (guint32 l = 0; l < ROW_LABELS; l++)
    best[l] =
        l >= N_LABELS || l == LABEL_SOURCE || l == LABEL_CONTENT ? FLOOR : MAX(sums[0][l], FLOOR);
  for (guint32 i = 1; i < n; i++) {
    const gint16 *steps = weights->steps + (gsize) tags[i] * ROW_LABELS * ROW_LABELS;
    Sums floor = {FLOOR, FLOOR, FLOOR, FLOOR, FLOOR, FLOOR, FLOOR, FLOOR};
    Sums most = floor + floor + floor, back = {0}, sum;
    for (gint16 k = 0; k < N_LABELS; k++) {
      Sums step;
      memcpy(&step, steps + k * ROW_LABELS, sizeof step);
      step = larger(step, floor) + best[k];
      Sums better = step > most;
      most = (step & better) | (most & ~better);
      back = (better & k) | (back & ~better);
    }
    memcpy(&sum, sums[i], sizeof sum);
    most += larger(sum, floor);
    memcpy(from[i], &back, sizeof back);
    memcpy(best, &most, sizeof best);
    gint16 top = best[0];
    for (guint32 l = 1; l < N_LABELS; l++)
      top = MAX(top, best[l]);
    most = larger(most - top, floor);
    memcpy(best, &most, sizeof best);
    total += top;
  }
  guint8 label = 0;
  for (guint8 l = 1; l < N_LABELS; l++)
    if (best[l] > best[label])
      label = l;
  total += best[label];
  for (guint32 i = n; i-- > 0;) {
    labels[i] = label;
    if (i > 0)
      label = (guint8) from[i][label];
  }
  return total;
}

/* exp() of the scores of one token above their most, which is added to the total. */
static inline void emissions(const gint16 *sums, float unit, Floats *low, Floats *high,
                             gint32 *most)
{
  gint16 top = sums[0];
  for (guint32 l = 1; l < N_LABELS; l++)
    top = MAX(top, sums[l]);
  Floats first = {sums[0], sums[1], sums[2], sums[3]};
  Floats second = {sums[4], sums[5], top, top};
  *low = exp_of((first - (float) top) * unit);
  *high = exp_of((second - (float) top) * unit);
  *most += top;
}

/* Logarithm of the sum over all paths: forward sums, scaled to 1 at every token. */
static double all_paths(const Weights *weights, const gint16 (*sums)[ROW_LABELS],
                        const guint8 *tags, guint32 n)
{
  const Floats zero = {0};
  Floats low, high;
  gint32 most = 0;
  double scale = 1, total = 0;
  emissions(sums[0], weights->span_unit, &low, &high, &most);
  float alpha[ROW_LABELS] = {low[0], low[1], 0, low[3], 0, high[1], 0, 0};
  for (guint32 i = 1; i < n; i++) {
    const float *steps = weights->step_odds + (gsize) tags[i] * ROW_LABELS * ROW_LABELS;
    Floats a = zero, b = zero;
    for (guint32 k = 0; k < N_LABELS; k++) {
      Floats x, y;
      memcpy(&x, steps + k * ROW_LABELS, sizeof x);
      memcpy(&y, steps + k * ROW_LABELS + 4, sizeof y);
      a += x * alpha[k];
      b += y * alpha[k];
    }
    emissions(sums[i], weights->span_unit, &low, &high, &most);
    a *= low;
    b *= high;
    Floats ab = a + b;
    float sum = ab[0] + ab[1] + ab[2] + ab[3];
    if (!(sum > 1e-30f))
      return (double) most * weights->span_unit;
    a /= sum;
    b /= sum;
    memcpy(alpha, &a, sizeof a);
    memcpy(alpha + 4, &b, sizeof b);
    scale *= (double) sum;
    if (scale < 1e-200 || scale > 1e200) {
      total += log(scale);
      scale = 1;
    }
  }
  return total + log(scale) + (double) most * weights->span_unit;
}

/* Of the best path, in logarithms. */
static float probability(const Weights *weights, const gint16 (*sums)[ROW_LABELS],
                         const guint8 *tags, guint32 n, gint32 best)
{
  double total = all_paths(weights, sums, tags, n);
  return (float) MIN(0.0, (double) best * weights->span_unit - total);
}

void candidate_read(Candidate *candidate, guint32 low, guint32 high, const guint8 *labels)
{
  guint32 anchor = candidate->anchor;
  candidate->cue = (Range){anchor, anchor + 1};
  while (candidate->cue.start > low && labels[candidate->cue.start - 1 - low] == LABEL_CUE)
    candidate->cue.start--;
  while (candidate->cue.end < high && labels[candidate->cue.end - low] == LABEL_CUE)
    candidate->cue.end++;
  candidate->source = (Range){0, 0};
  candidate->n_pieces = 0;
  for (guint32 i = low; i < high; i++) {
    guint8 label = labels[i - low];
    if (label != LABEL_SOURCE_START && label != LABEL_CONTENT_START)
      continue;
    guint32 end = i + 1;
    while (end < high && labels[end - low] == label + 1)
      end++;
    Range range = {i, end};
    if (label == LABEL_CONTENT_START) {
      if (candidate->n_pieces < CANDIDATE_PIECES)
        candidate->pieces[candidate->n_pieces++] = range;
    } else {
      /* The source nearest to the cue. */
      guint32 far = candidate->source.end <= candidate->source.start ? NOWHERE
                    : candidate->source.start > anchor ? candidate->source.start - anchor
                                                       : anchor - candidate->source.end;
      guint32 here = i > anchor ? i - anchor : anchor - MIN(end, anchor);
      if (here < far)
        candidate->source = range;
    }
    i = end - 1;
  }
}

/* Content that the window cut off inside a quotation reaches to its marks. */
static void complete_quotations(const Reading *r, Candidate *c, guint32 low, guint32 high)
{
  for (guint32 p = 0; p < c->n_pieces; p++) {
    Range *piece = &c->pieces[p];
    guint32 first = r->inside[piece->start], last = r->inside[piece->end - 1];
    if (piece->start == low && first != NOWHERE)
      piece->start = quotation_at(r, first)->open;
    if (piece->end == high && last != NOWHERE)
      piece->end = MIN(quotation_at(r, last)->close + 1, r->n_tokens);
  }
}

/* What stands between two pieces of one sentence is content as well, an apposition or an aside,
 * unless it is the report itself. */
static void close_gaps(const Reading *r, Candidate *c)
{
  guint32 n = 0;
  for (guint32 p = 1; p < c->n_pieces; p++) {
    Range gap = {c->pieces[n].end, c->pieces[p].start};
    if (r->sentence[gap.start] == r->sentence[gap.end] && !ranges_touch(gap, c->cue) &&
        !ranges_touch(gap, c->source))
      c->pieces[n].end = c->pieces[p].end;
    else
      c->pieces[++n] = c->pieces[p];
  }
  c->n_pieces = MIN(c->n_pieces, n + 1);
}

static void sum_fixed(const Weights *weights, Sheet *sheet, guint32 low, guint32 high)
{
  guint32 features[MAX_FEATURES];
  for (guint32 i = low; i < high; i++) {
    if (sheet->summed[i])
      continue;
    sheet->summed[i] = 1;
    memset(sheet->sums[i], 0, sizeof sheet->sums[i]);
    guint32 n = span_features_fixed(sheet, weights->syntax, i, features);
    add_rows(sheet->sums[i], weights->span_rows, weights->span_mask, features, n);
  }
}

void spans_tag(const Weights *weights, Sheet *sheet)
{
  Scene scene;
  gint16 sums[SPAN_WINDOW][ROW_LABELS];
  guint8 tags[SPAN_WINDOW], labels[SPAN_WINDOW];
  guint32 features[MAX_FEATURES];
  for (guint32 k = 0; k < sheet->candidates->len; k++) {
    Candidate *candidate = &g_array_index(sheet->candidates, Candidate, k);
    if (candidate->anchor == NOWHERE)
      continue;
    scene_set(&scene, sheet, weights->syntax, candidate->anchor);
    sum_fixed(weights, sheet, scene.low, scene.high);
    for (guint32 i = scene.low; i < scene.high; i++) {
      gint16 *row = sums[i - scene.low];
      memcpy(row, sheet->sums[i], sizeof sums[0]);
      guint32 n = span_features_scene(&scene, i, features);
      add_rows(row, weights->span_rows, weights->span_mask, features, n);
      tags[i - scene.low] = sheet->looks[i].tag;
    }
    gint16 *anchor = sums[candidate->anchor - scene.low];
    for (guint32 l = 0; l < N_LABELS; l++)
      anchor[l] = l == LABEL_CUE ? 0 : -10000;
    guint32 n = scene.high - scene.low;
    const gint16(*scores)[ROW_LABELS] = (const gint16(*)[ROW_LABELS]) sums;
    gint32 best = viterbi(weights, scores, tags, n, labels);
    candidate->window = n;
    candidate_read(candidate, scene.low, scene.high, labels);
    candidate->log_probability = candidate->n_pieces == 0
                                     ? LEAST_LOG_PROBABILITY
                                     : probability(weights, scores, tags, n, best);
    close_gaps(sheet->reading, candidate);
    complete_quotations(sheet->reading, candidate, scene.low, scene.high);
  }
}
