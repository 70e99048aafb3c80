/* SPDX-License-Identifier: Apache-2.0 */
/* The vocabulary: all that is known of a word, found in one look-up by its hash. */
#pragma once

#include "unit.h"

#define NO_CLASS 0xffff

/* What is known of a word; all zero but the class for one that no list has. */
typedef struct {
  guint32 hash; /* 0: the slot is free */
  guint32 topic;
  guint32 speech;
  guint16 class; /* NO_CLASS when it has none */
  guint16 marks;
} Entry;

typedef struct {
  Entry *slots;
  guint32 mask;
} Vocabulary;

/* Word classes as a model stores them: hashes by open addressing, 0 for an empty slot. */
typedef struct {
  const guint32 *hashes;
  const guint8 *classes;
  guint32 n_slots; /* 0: there are none */
} Classes;

void vocabulary_init(Vocabulary *vocabulary, const Classes *classes);
void vocabulary_clear(Vocabulary *vocabulary);

/* The words of a document, in its tokens' order. */
typedef struct {
  const char *text;
  Word *words;
  guint32 n;
  guint32 capacity;
} Words;

void words_clear(Words *words);

/* words_read: looks all tokens of @document up. */
void words_read(Words *words, const Vocabulary *vocabulary, AverDocument *document);

/* words_at: Returns: the index of the first word that ends behind @position. */
guint32 words_at(const Words *words, guint32 position);

/* words_add: appends word @index to @unit. Returns: whether there is room for more. */
static inline gboolean words_add(const Words *words, guint32 index, Unit *unit)
{
  if (unit->n == LONGEST_UNIT)
    return FALSE;
  const Word *word = &words->words[index];
  unit->speech |= word->speech;
  unit->words[unit->n++] = *word;
  return unit->n < LONGEST_UNIT;
}

/* unit_start: empties @unit. */
static inline void unit_start(Unit *unit, const char *text)
{
  unit->text = text;
  unit->n = 0;
  unit->speech = 0;
  unit->left_out = FALSE;
}

/* words_collect: makes @unit of all words that overlap @span. */
void words_collect(const Words *words, AverSpan span, Unit *unit);
