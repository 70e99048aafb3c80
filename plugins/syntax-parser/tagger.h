/* SPDX-License-Identifier: Apache-2.0 */
/* The tagger: features of a word in its place, and the choice of its tag. */
#pragma once

#include "table.h"
#include "words.h"

/* The features of @word, whose neighbours up to MARGIN away can be read, and those before it have
 * their tags. Returns: how many. */
guint tagger_features(const Word *word, guint32 features[FEATURES_MAX]);

/* Whether the word's tag needs no weighing. */
static inline gboolean tagger_is_sure(const Word *word)
{
  return word->second == WORD_SURE && word->low;
}

void tagger_run(const Table *table, Word *words, guint n);
