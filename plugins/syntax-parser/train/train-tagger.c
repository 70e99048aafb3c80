/* SPDX-License-Identifier: Apache-2.0 */
/* Trains the tagger. */
#include "train.h"

static void read_words(const Dictionary *dictionary, const Gold *gold, Word *words)
{
  words_read(dictionary, gold->text, gold->tokens, gold->n, words);
}

static void learn_sentence(const Dictionary *dictionary, Learner *l, const Gold *gold,
                           gboolean counting)
{
  Word words[UNIT_MAX + 2 * MARGIN];
  read_words(dictionary, gold, words);
  for (guint i = 0; i < gold->n; i++) {
    Word *word = &words[MARGIN + i];
    if (tagger_is_sure(word)) {
      word->tag = word->best - 1;
      continue;
    }
    guint32 features[FEATURES_MAX];
    guint n = tagger_features(word, features);
    word->tag = gold->tags[i];
    if (counting) {
      learner_count(l, features, n);
      continue;
    }
    float scores[ROW_SIZE];
    n = learner_find(l, features, n);
    learner_score(l, features, n, scores);
    guint best = 0;
    for (guint k = 1; k < AVER_N_TAGS; k++)
      if (scores[k] > scores[best])
        best = k;
    learner_step(l, features, n, scores, G_GUINT64_CONSTANT(1) << gold->tags[i], G_MAXUINT64);
    word->tag = (guint8) best;
  }
}

static void learn_passes(const Dictionary *dictionary, Learner *l, GPtrArray *order, Dice *dice,
                         guint passes, guint summed)
{
  for (guint pass = 0; pass < passes; pass++) {
    dice_shuffle(dice, order);
    for (guint i = 0; i < order->len; i++)
      learn_sentence(dictionary, l, order->pdata[i], FALSE);
    if (pass + summed >= passes)
      learner_sum(l);
  }
}

Learner *train_tagger(const Dictionary *dictionary, const GPtrArray *sentences, const Plan *plan)
{
  Learner *l = learner_new(AVER_N_TAGS, 2, 0.1f);
  Dice dice = {88172645463325252u};
  g_autoptr(GPtrArray) order = g_ptr_array_copy((GPtrArray *) sentences, NULL, NULL);
  g_ptr_array_set_free_func(order, NULL);
  for (guint i = 0; i < order->len; i++)
    learn_sentence(dictionary, l, order->pdata[i], TRUE);
  learn_passes(dictionary, l, order, &dice, plan->passes, (plan->passes + 1) / 2);
  learner_average(l);
  if (plan->fine_passes > 0) {
    learner_cut_down(l, plan->bits, plan->rows);
    learn_passes(dictionary, l, order, &dice, plan->fine_passes, plan->fine_passes);
    learner_average(l);
  }
  return l;
}

void tag_with_learner(const Dictionary *dictionary, Learner *l, const Gold *gold, guint8 *tags)
{
  Word words[UNIT_MAX + 2 * MARGIN];
  read_words(dictionary, gold, words);
  for (guint i = 0; i < gold->n; i++) {
    Word *word = &words[MARGIN + i];
    guint32 features[FEATURES_MAX];
    float scores[ROW_SIZE];
    guint best = 0;
    learner_score(l, features, learner_find(l, features, tagger_features(word, features)), scores);
    for (guint k = 1; k < AVER_N_TAGS; k++)
      if (scores[k] > scores[best])
        best = k;
    tags[i] = word->tag = tagger_is_sure(word) ? word->best - 1 : (guint8) best;
  }
}
