/* SPDX-License-Identifier: Apache-2.0 */
/* A log-linear model while it learns. */
#include "learner.h"

#include <math.h>
#include <string.h>

/* Counters: collisions only let a rare feature in. */
#define COUNT_BITS 26

Learner *learner_new(guint n_classes, guint cut, float rate)
{
  Learner *l = g_new0(Learner, 1);
  l->n_classes = n_classes;
  l->stride = (n_classes + 7) / 8 * 8;
  if (n_classes <= 4)
    l->stride = 4;
  l->cut = cut;
  l->rate = rate;
  l->counts = g_new0(guint8, 1u << COUNT_BITS);
  l->n_places = 1u << 16;
  l->keys = g_new0(guint32, l->n_places);
  l->numbers = g_new0(guint32, l->n_places);
  l->features = g_array_new(FALSE, FALSE, sizeof(guint32));
  l->dead = g_byte_array_new();
  return l;
}

void learner_free(Learner *l)
{
  if (l == NULL)
    return;
  g_free(l->counts);
  g_free(l->keys);
  g_free(l->numbers);
  g_array_unref(l->features);
  g_free(l->weights);
  g_byte_array_unref(l->dead);
  g_free(l);
}

guint learner_get_count(const Learner *l, guint32 f)
{
  return l->counts[f >> (32 - COUNT_BITS)];
}

void learner_count(Learner *l, const guint32 *features, guint n)
{
  for (guint i = 0; i < n; i++) {
    guint8 *count = &l->counts[features[i] >> (32 - COUNT_BITS)];
    *count += *count < 255;
  }
}

/* The place of a key, or the empty one where it would be. */
static guint32 find_place(const Learner *l, guint32 key)
{
  guint32 place = (key * 0x9e3779b1u) & (l->n_places - 1);
  while (l->keys[place] != 0 && l->keys[place] != key)
    place = (place + 1) & (l->n_places - 1);
  return place;
}

static void grow(Learner *l)
{
  g_autofree guint32 *keys = l->keys, *numbers = l->numbers;
  guint32 n = l->n_places;
  l->n_places *= 2;
  l->keys = g_new0(guint32, l->n_places);
  l->numbers = g_new0(guint32, l->n_places);
  for (guint32 i = 0; i < n; i++)
    if (keys[i] != 0) {
      guint32 place = find_place(l, keys[i]);
      l->keys[place] = keys[i];
      l->numbers[place] = numbers[i];
    }
}

float *learner_weights(const Learner *l, guint32 row)
{
  return l->weights + (gsize) row * l->stride * 3;
}

static void make_room(Learner *l)
{
  gsize row = l->stride * 3;
  if (l->features->len <= l->capacity)
    return;
  gsize old = l->capacity;
  l->capacity = MAX(1024, old * 2);
  l->weights = g_renew(float, l->weights, l->capacity *row);
  memset(l->weights + old * row, 0, (l->capacity - old) * row * sizeof(float));
}

guint learner_find(Learner *l, guint32 *features, guint n)
{
  guint found = 0;
  for (guint i = 0; i < n; i++) {
    guint32 key = MAX(features[i], 1);
    guint32 place = find_place(l, key);
    if (l->keys[place] == 0) {
      if (learner_get_count(l, features[i]) < l->cut)
        continue;
      guint8 alive = 0;
      l->keys[place] = key;
      l->numbers[place] = l->features->len;
      g_array_append_val(l->features, features[i]);
      make_room(l);
      g_byte_array_append(l->dead, &alive, 1);
      guint32 number = l->numbers[place];
      if (l->features->len * 2 > l->n_places)
        grow(l);
      features[found++] = number;
    } else if (l->dead->data[l->numbers[place]] == 0) {
      features[found++] = l->numbers[place];
    }
  }
  return found;
}

void learner_score(const Learner *l, const guint32 *rows, guint n, float scores[ROW_SIZE])
{
  memset(scores, 0, ROW_SIZE * sizeof(float));
  for (guint i = 0; i < n; i++) {
    const float *weights = learner_weights(l, rows[i]);
    for (guint k = 0; k < l->stride; k++)
      scores[k] += weights[k];
  }
}

void learner_step(Learner *l, const guint32 *rows, guint n, const float scores[ROW_SIZE],
                  guint64 right, guint64 allowed)
{
  float p[ROW_SIZE] = {0}, best = -INFINITY, all = 0, good = 0;
  for (guint k = 0; k < l->n_classes; k++)
    if ((allowed >> k & 1) != 0)
      best = MAX(best, scores[k]);
  for (guint k = 0; k < l->n_classes; k++)
    if ((allowed >> k & 1) != 0) {
      p[k] = expf(scores[k] - best);
      all += p[k];
      if ((right >> k & 1) != 0)
        good += p[k];
    }
  if (good > 0.995f * all)
    return;
  good = MAX(good, 1e-6f * all);
  for (guint k = 0; k < l->n_classes; k++)
    p[k] = ((right >> k & 1) != 0 ? p[k] / good : 0) - p[k] / all;
  for (guint i = 0; i < n; i++) {
    float *weights = learner_weights(l, rows[i]), *squares = weights + l->stride;
    for (guint k = 0; k < l->stride; k++) {
      squares[k] += p[k] * p[k];
      weights[k] += l->rate * p[k] / sqrtf(squares[k] + 0.01f);
    }
  }
}

void learner_sum(Learner *l)
{
  for (guint32 i = 0; i < l->features->len; i++) {
    float *weights = learner_weights(l, i);
    for (guint k = 0; k < l->stride; k++)
      weights[2 * l->stride + k] += weights[k];
  }
  l->n_sums++;
}

void learner_average(Learner *l)
{
  for (guint32 i = 0; i < l->features->len; i++) {
    float *weights = learner_weights(l, i);
    for (guint k = 0; k < l->stride; k++)
      weights[k] = weights[2 * l->stride + k] / (float) l->n_sums;
  }
}
