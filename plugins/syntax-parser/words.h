/* SPDX-License-Identifier: Apache-2.0 */
/* Words: what the tagger and the parser see of a token. */
#pragma once

#include <aver/layers.h>
#include <aver/text.h>

/* The longest stretch of tokens that is analysed as one. */
#define UNIT_MAX 256

/* Words around a unit that stand for "none". */
#define MARGIN 3

/* An entry of the model's dictionary; a hash of 0 is an empty place. */
typedef struct {
  guint32 hash;
  guint16 class; /* 0: none */
  guint8 best;   /* its commonest tag + 1; 0: not known */
  guint8 second; /* its next tag + 1; 0: none; WORD_SURE: it never has another tag */
} DictionaryEntry;

#define WORD_SURE 255

/* Places looked at for one word. */
#define DICTIONARY_PROBES 16

typedef struct {
  const DictionaryEntry *entries;
  guint32 mask; /* places - 1 */
} Dictionary;

typedef struct {
  guint32 form;   /* its hash, or that of its pattern: numbers, marks and addresses are all alike */
  guint32 suffix; /* the last four bytes, lower case */
  guint32 prefix; /* the first four bytes, lower case */
  guint32 shape;  /* kind, capitals, digits, hyphens */
  guint16 class;
  guint8 best;
  guint8 second;
  guint8 tag;   /* an AverTag, once tagged; AVER_N_TAGS: none */
  gboolean low; /* no capitals */
} Word;

/* Finds a word; NULL when it is not there. */
const DictionaryEntry *dictionary_find(const Dictionary *dictionary, guint32 hash);

/* Where a word's first probe falls. */
static inline guint32 dictionary_place(const Dictionary *dictionary, guint32 hash)
{
  return (hash * 0x9e3779b1u) >> 7 & dictionary->mask;
}

/* Reads @n tokens, at most UNIT_MAX, into words[MARGIN] and the following, with a margin of "none"
 * on both sides. */
void words_read(const Dictionary *dictionary, const char *text, const AverToken *tokens, guint n,
                Word *words);
