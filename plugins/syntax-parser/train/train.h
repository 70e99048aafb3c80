/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of the training. */
#pragma once

#include "../model.h"
#include "gold.h"
#include "learner.h"
#include "net.h"

/* The same numbers each time (xorshift64*). */
typedef struct {
  guint64 state;
} Dice;

static inline guint32 dice_roll(Dice *dice, guint32 n)
{
  dice->state ^= dice->state >> 12;
  dice->state ^= dice->state << 25;
  dice->state ^= dice->state >> 27;
  return (guint32) (((dice->state * G_GUINT64_CONSTANT(0x2545f4914f6cdd1d)) >> 32) * n >> 32);
}

/* Puts items into another order, in place. */
static inline void dice_shuffle(Dice *dice, GPtrArray *items)
{
  for (guint i = items->len; i > 1; i--) {
    guint k = dice_roll(dice, i);
    gpointer item = items->pdata[i - 1];
    items->pdata[i - 1] = items->pdata[k];
    items->pdata[k] = item;
  }
}

/* Places of the dictionary. */
#define DICTIONARY_PLACES (1u << 17)

/* Makes the dictionary of the word classes of a file and the tags of @sentences. */
DictionaryEntry *dictionary_make(const char *classes, const GPtrArray *sentences, GError **error);

/* How a tagger is trained; without fine passes it is not cut down. */
typedef struct {
  guint passes;
  guint fine_passes; /* after it was cut down to what the model keeps */
  guint bits;        /* of the number of buckets */
  guint rows;
} Plan;

Learner *train_tagger(const Dictionary *dictionary, const GPtrArray *sentences, const Plan *plan);

/* Tags with the weights as they were learnt. */
void tag_with_learner(const Dictionary *dictionary, Learner *learner, const Gold *gold,
                      guint8 *tags);

/* Trains the parser on the tags in @seen. */
Net *train_parser(const Dictionary *dictionary, const GPtrArray *sentences, guint passes);

/* Keeps as many features as there is room for, the weightiest first. */
void learner_cut_down(Learner *learner, guint bits, guint rows);

/* Writes the sections "tag-index" and "tag-rows". */
void pack_tagger(const Learner *learner, guint bits, AverModelWriter *writer);
