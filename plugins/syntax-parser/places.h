/* SPDX-License-Identifier: Apache-2.0 */
/* What the parser's network sees. */
#pragma once

#include "state.h"

/* The places that a word can have in a state: it is seen with its neighbours in the first, alone
 * in the others, where it is a child of one of those. */
enum {
  PLACE_TOP,
  PLACE_SECOND,
  PLACE_THIRD,
  PLACE_NEXT,
  PLACE_NEXT_2,
  PLACE_NEXT_3,
  N_PLACES,
};

enum {
  CHILD_TOP_LEFT,
  CHILD_TOP_RIGHT,
  CHILD_SECOND_LEFT,
  CHILD_SECOND_RIGHT,
  CHILD_NEXT_LEFT,
  CHILD_TOP_RIGHT_2,
  CHILD_NEXT_LEFT_2,
  N_CHILDREN,
};

/* Which words have those places. */
void places_find(const State *state, guint16 places[N_PLACES], guint16 children[N_CHILDREN]);

/* A word with its neighbours, a word alone, and all else in a state. Returns: how many features. */
guint context_features(const Word *word, guint32 features[FEATURES_MAX]);
guint child_features(const Word *word, guint32 features[FEATURES_MAX]);
guint state_features(const State *state, guint32 features[FEATURES_MAX]);
