/* SPDX-License-Identifier: Apache-2.0 */
/* The tagger: greedy, from left to right. */
#include "tagger.h"

#define F(a, b, c) features[n] = feature(n, a, b, c), n++

static inline guint32 known(const Word *w)
{
  return w->best | (guint32) w->second << 8;
}

guint tagger_features(const Word *w, guint32 features[FEATURES_MAX])
{
  guint n = 0;
  guint32 w0 = w[0].form, w1 = w[1].form, w2 = w[2].form, b1 = w[-1].form, b2 = w[-2].form;
  guint32 c0 = w[0].class, c1 = w[1].class, c2 = w[2].class, cb1 = w[-1].class, cb2 = w[-2].class;
  guint32 t1 = w[-1].tag, t2 = w[-2].tag, t21 = t2 << 8 | t1;
  guint32 k0 = known(&w[0]), k1 = known(&w[1]), k2 = known(&w[2]);
  guint32 suffix = w[0].suffix, shape = w[0].shape, capital = w[0].low;
  F(0, 0, 0);
  F(w0, 0, 0);
  F(w0, shape, 0);
  F(b1, 0, 0);
  F(b2, 0, 0);
  F(w1, 0, 0);
  F(w2, 0, 0);
  F(t1, 0, 0);
  F(t21, 0, 0);
  F(t1, w0, 0);
  F(t21, w0, 0);
  F(b1, w0, 0);
  F(w0, w1, 0);
  F(b1, w1, 0);
  F(suffix, 0, 0);
  F(suffix >> 8, 0, 0);
  F(suffix >> 16, shape, 0);
  F(suffix >> 24, capital, 0);
  F(w[0].prefix & 0xffffff, 0, 0);
  F(w[0].prefix & 0xffff, capital, 0);
  F(shape, 0, 0);
  F(shape, t1, 0);
  F(shape, w[-1].shape, w[1].shape);
  F(c0, capital, 0);
  F(c1, 0, 0);
  F(c2, 0, 0);
  F(cb1, 0, 0);
  F(cb2, 0, 0);
  F(t1, c0, 0);
  F(t1, c1, c0);
  F(t21, c0, 0);
  F(c0, c1, 0);
  F(cb1, c0, 0);
  F(k0, shape, 0);
  F(k1, 0, 0);
  F(k2, k1, 0);
  F(t1, k0, 0);
  F(t1, k0, k1);
  F(t21, k0, k1);
  F(k0, k1, k2);
  F(t1, k1, w0);
  F(w0, k1, k2);
  F(suffix >> 8, t1, 0);
  F(w[1].suffix >> 8, t1, 0);
  F(w[1].suffix >> 8, k0, 0);
  F(w[-1].suffix >> 8, suffix >> 16, 0);
  return n;
}

void tagger_run(const Table *table, Word *words, guint n)
{
  for (guint i = MARGIN; i < n + MARGIN; i++) {
    if (tagger_is_sure(&words[i])) {
      words[i].tag = words[i].best - 1;
      continue;
    }
    guint32 features[FEATURES_MAX];
    gint16 scores[ROW_SIZE];
    table_sum(table, features, tagger_features(&words[i], features), scores);
    guint best = 0;
    for (guint k = 1; k < AVER_N_TAGS; k++)
      if (scores[k] > scores[best])
        best = k;
    words[i].tag = (guint8) best;
  }
}
