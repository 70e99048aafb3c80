/* SPDX-License-Identifier: Apache-2.0 */
/* Classes of words that say how check-worthy a sentence is. */
#pragma once

#include "unit.h"

typedef enum {
  TOPIC_I = 1 << 0,
  TOPIC_WE = 1 << 1,
  TOPIC_YOU = 1 << 2,
  TOPIC_THIRD = 1 << 3,
  TOPIC_BE_NOW = 1 << 4,
  TOPIC_PAST = 1 << 5,
  TOPIC_HAVE = 1 << 6,
  TOPIC_FUTURE = 1 << 7,
  TOPIC_MIGHT = 1 << 8,
  TOPIC_MUST = 1 << 9,
  TOPIC_NEGATION = 1 << 10,
  TOPIC_WH = 1 << 11,
  TOPIC_COMPARE = 1 << 12,
  TOPIC_CAUSE = 1 << 13,
  TOPIC_LAW = 1 << 14,
  TOPIC_QUANTITY = 1 << 15,
  TOPIC_MONEY = 1 << 16,
  TOPIC_PERCENT = 1 << 17,
  TOPIC_TIME = 1 << 18,
  TOPIC_AGO = 1 << 19,
  TOPIC_SPEECH = 1 << 20,
  TOPIC_BELIEF = 1 << 21,
  TOPIC_OPINION = 1 << 22,
  TOPIC_COURTESY = 1 << 23,
  TOPIC_CHANGE = 1 << 24,
  TOPIC_RECORD = 1 << 25,
  TOPIC_MATTER = 1 << 26,
  TOPIC_RANK = 1 << 27,
  TOPIC_LIFE = 1 << 28,
  TOPIC_IDEAL = 1 << 29,
  TOPIC_IF = 1 << 30,
  TOPIC_LIGHT = (gint) (1u << 31), /* adds nothing to an attribution: "in a statement on Monday" */
} Topic;

/* Without one of these, no rule of types.c but those for shapes applies. */
#define TOPICS_OF_TYPES                                                                            \
  (TOPIC_QUANTITY | TOPIC_PERCENT | TOPIC_COMPARE | TOPIC_CHANGE | TOPIC_CAUSE | TOPIC_I)

/* topics_list: Returns: the words of all classes. */
WordList topics_list(void);
