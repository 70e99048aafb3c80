/* SPDX-License-Identifier: Apache-2.0 */
/* Classes of words that say what a speaker does, and how firmly. */
#pragma once

#include "unit.h"

typedef enum {
  SPEECH_DENY = 1 << 0,              /* deny */
  SPEECH_REJECT = 1 << 1,            /* reject, refute: a denial when a claim is their object */
  SPEECH_CLAIM = 1 << 2,             /* nouns for what is claimed: allegation, report */
  SPEECH_ACCUSE = 1 << 3,            /* accuse, blame */
  SPEECH_ALLEGE = 1 << 4,            /* allege, allegedly */
  SPEECH_CHARGE = 1 << 5,            /* charged, indicted, suspected: with, on, of */
  SPEECH_DEMAND = 1 << 6,            /* urge, demand */
  SPEECH_ASK = 1 << 7,               /* ask, order: a demand with "to", a question with "whether" */
  SPEECH_CALL = 1 << 8,              /* call, appeal: a demand with "on" or "for" */
  SPEECH_PROMISE = 1 << 9,           /* promise, vow */
  SPEECH_COMMIT = 1 << 10,           /* commit, agree: a promise with "to" */
  SPEECH_PREDICT = 1 << 11,          /* predict, expect */
  SPEECH_WARN = 1 << 12,             /* warn: a prediction with "will", a demand with "against" */
  SPEECH_JUDGE = 1 << 13,            /* praise, condemn */
  SPEECH_DESCRIBE = 1 << 14,         /* describe, label: an evaluation with "as" */
  SPEECH_SAY = 1 << 15,              /* say, tell, add */
  SPEECH_BE = 1 << 16,               /* forms of be, and seem, look, remain */
  SPEECH_MUST = 1 << 17,             /* must, should */
  SPEECH_WILL = 1 << 18,             /* will, shall */
  SPEECH_WOULD = 1 << 19,            /* would */
  SPEECH_IF = 1 << 20,               /* if, unless, provided */
  SPEECH_NOT = 1 << 21,              /* not, never, no longer */
  SPEECH_HEDGE = 1 << 22,            /* reportedly, perhaps, apparently */
  SPEECH_MIGHT = 1 << 23,            /* may, might, could */
  SPEECH_OPINION = 1 << 24,          /* adjectives and nouns of judgement */
  SPEECH_FIRST = 1 << 25,            /* I, we */
  SPEECH_PRONOUN = 1 << 26,          /* he, she, they, it */
  SPEECH_ACTION = 1 << 27,           /* what one does on purpose: refuse, build, resign */
  SPEECH_GRANTED = 1 << 28,          /* what is denied without words: bail, access */
  SPEECH_DETERMINER = 1 << 29,       /* the, a, this, his */
  SPEECH_LIKELY = 1 << 30,           /* likely, set, bound, poised: with "to" a prediction */
  SPEECH_UNTRUE = (gint) (1u << 31), /* untrue, baseless */
} Speech;

/* speech_list: Returns: the words of all classes. */
WordList speech_list(void);
