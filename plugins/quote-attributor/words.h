/* SPDX-License-Identifier: Apache-2.0 */
/* What the rules know about words: their grammar, and the frames of reporting verbs. */
#pragma once

#include <aver/aver.h>

/* Grammar: what a word can be, whatever its context. */
enum {
  WORD_DETERMINER = 1 << 0,
  WORD_POSSESSIVE = 1 << 1,
  WORD_SUBJECT = 1 << 2, /* a pronoun that can be a subject */
  WORD_OBJECT = 1 << 3,
  WORD_PREPOSITION = 1 << 4,
  WORD_COORDINATOR = 1 << 5,
  WORD_SUBORDINATOR = 1 << 6,
  WORD_RELATIVE = 1 << 7, /* who, which, what... */
  WORD_BE = 1 << 8,
  WORD_HAVE = 1 << 9,
  WORD_DO = 1 << 10,
  WORD_MODAL = 1 << 11,
  WORD_NOT = 1 << 12,
  WORD_ADVERB = 1 << 13,
  WORD_TIME = 1 << 14,
  WORD_NUMBER = 1 << 15,
  WORD_TITLE = 1 << 16, /* stands before a name and is not part of it */
  WORD_ROLE = 1 << 17,  /* a noun for a person: official, minister */
  WORD_BODY = 1 << 18,  /* a noun for an organisation: company, ministry */
  WORD_PAPER = 1 << 19, /* a noun for what speaks in writing: report, letter */
  WORD_MALE = 1 << 20,
  WORD_FEMALE = 1 << 21,
  WORD_PLURAL = 1 << 22,
  WORD_PLACE = 1 << 23,
  WORD_NATION = 1 << 24,
  WORD_SPEECH_NOUN = 1 << 25, /* warning, claim: can be followed by "that" and its content */
  WORD_STANCE = 1 << 26,      /* adjectives that report: confident, convinced */
  WORD_HEARSAY = 1 << 27,     /* reportedly, allegedly */
  WORD_GIVEN = 1 << 28,       /* a given name */
  WORD_LIGHT = 1 << 29,       /* verbs that carry speech nouns: issue, make, voice */
  WORD_VENUE = 1 << 30,       /* where things are said: statement, interview, speech */
};

/* Verbs: forms, then frames (what can follow). */
enum {
  VERB_BASE = 1 << 0,
  VERB_S = 1 << 1,
  VERB_PAST = 1 << 2,
  VERB_PARTICIPLE = 1 << 3,
  VERB_ING = 1 << 4,
  VERB_NOUN = 1 << 5, /* the base and the -s form are nouns as often */
  VERB_FORMS = (1 << 6) - 1,
  FRAME_THAT = 1 << 8,       /* "that" and a clause */
  FRAME_BARE = 1 << 9,       /* a clause without "that" */
  FRAME_QUOTE = 1 << 10,     /* words in quotation marks */
  FRAME_OBJECT = 1 << 11,    /* a noun phrase is the content: criticised the plan */
  FRAME_TO = 1 << 12,        /* an infinitive is the content: vowed to fight */
  FRAME_ADDRESSEE = 1 << 13, /* somebody is addressed first: told reporters that */
  FRAME_WHETHER = 1 << 14,   /* whether, if, how, why */
  FRAME_AS = 1 << 15,        /* described it as..., called it... */
  FRAME_OF = 1 << 16,        /* accused them of..., warned of... */
  FRAME_ING = 1 << 17,       /* advised doing */
  FRAME_DENY = 1 << 18,      /* puts the content in the negative */
  FRAME_THOUGHT = 1 << 19,   /* an attitude rather than an utterance */
  FRAME_MANNER = 1 << 20,    /* reports only beside a quotation: smiled, continued */
  FRAME_SHOW = 1 << 21,      /* evidence speaks: the figures show that */
  FRAME_SAY = 1 << 23,       /* plain saying: any clause may follow */
  FRAME_ONLY_TO = 1 << 25,   /* reports only with "to": referred to */
  FRAME_ONLY_ABOUT = 1 << 26,
  FRAME_ONLY_IT = 1 << 27, /* puts it */
  FRAME_OUT = 1 << 24,     /* reports only with "out": pointed out */
  FRAME_FINDING = 1 << 22, /* an object is content when a document is the subject */
};

/* Outside the enumerations, whose values are of the type int. */
#define WORD_SUFFIX (1u << 31) /* the end of a company's name: Inc, Corp */
#define FRAMES      (~0xffu)   /* all of them */

typedef struct {
  guint32 grammar;
  guint32 verb;
} Meaning;

typedef struct {
  guint32 hash;
  guint32 index; /* 0: free */
} WordSlot;

/* All word lists in one table; read only once built. Words are known by their hashes alone: with
 * a few thousand of them, one foreign word in a million is taken for one of the list. */
typedef struct {
  WordSlot *slots;
  guint32 mask;
  Meaning *meanings; /* [0] is that of unknown words */
} Words;

/* The index of a word's meaning by its aver_word_hash(), 0 when it is not known. */
static inline guint32 words_find(const Words *words, guint32 hash)
{
  for (guint32 i = (hash * 0x9e3779b1u >> 7) & words->mask;; i = (i + 1) & words->mask)
    if (words->slots[i].index == 0 || words->slots[i].hash == hash)
      return words->slots[i].index;
}

void words_init(Words *words);
void words_clear(Words *words);

/* The lists. A line's words are separated by single spaces; irregular verbs are written
 * base/past/participle. */
extern const AverLexiconEntry grammar_list[];
extern const gsize grammar_list_length;
extern const AverLexiconEntry people_list[];
extern const gsize people_list_length;
extern const AverLexiconEntry verb_list[];
extern const gsize verb_list_length;
