/* SPDX-License-Identifier: Apache-2.0 */
/* A unit: the words of one sentence, or of one quote's content, that a claim row judges. */
#pragma once

#include <aver/aver.h>

#include <string.h>

/* What a unit keeps of an endless sentence: nothing behind this many tokens is a claim's. */
#define LONGEST_UNIT 1024

/* Bits of a word's marks; those of furniture.h as well. */
enum {
  MARK_SUBORDINATOR = 1 << 8, /* who, which, because */
  MARK_CREDIT = 1 << 9,       /* what only credits have */
  MARK_RULES = 1 << 11,       /* law, allowed, required */
  MARK_POSITION = 1 << 12,    /* supports, opposes, voted, against */
  MARK_SMALL = 1 << 10,       /* small change of names and datelines: de, von, gmt */
};

/* A token, its place among the document's, and what is known of it: `topic` for the score, `speech`
 * for the act; `code` and `class` are what grams are made of. */
typedef struct {
  AverToken token;
  guint32 index;
  guint32 topic;
  guint32 speech;
  guint32 code;
  guint32 class;
  guint32 marks;
} Word;

/* @words has room for LONGEST_UNIT; @left_out tells that quotes with rows of their own were cut. */
typedef struct {
  const char *text;
  Word *words;
  guint32 n;
  guint32 speech; /* of all its words together, and of those left out */
  gboolean left_out;
} Unit;

typedef struct {
  const AverLexiconEntry *entries;
  gsize n;
} WordList;

static inline AverSpan word_span(const Word *word)
{
  return (AverSpan){word->token.start, word->token.end};
}

static inline gboolean is_mark(const Word *word, char mark)
{
  return word->token.kind == AVER_TOKEN_PUNCTUATION && word->token.detail == (guint8) mark;
}

/* Whether it is a word, a number or an address rather than a mark. */
static inline gboolean is_wordy(const Word *word)
{
  return word->token.kind != AVER_TOKEN_PUNCTUATION && word->token.kind != AVER_TOKEN_QUOTE &&
         word->token.kind != AVER_TOKEN_SYMBOL;
}

/* unit_has: Returns: whether word @i of @unit exists and has one of the speech classes @bits. */
static inline gboolean unit_has(const Unit *unit, gint64 i, guint32 bits)
{
  return i >= 0 && i < unit->n && (unit->words[i].speech & bits) != 0;
}

/* unit_is: Returns: whether word @i of @unit exists and is @word (lower case). */
static inline gboolean unit_is(const Unit *unit, gint64 i, const char *word)
{
  if (i < 0 || i >= unit->n)
    return FALSE;
  const AverToken *token = &unit->words[i].token;
  gsize length = strlen(word);
  const char *p = unit->text + token->start;
  return token->end - token->start == length && ((*p ^ *word) & ~0x20) == 0 &&
         g_ascii_strncasecmp(p, word, length) == 0;
}

/* unit_is_any: Returns: whether word @i is one of @words, separated by single spaces. */
gboolean unit_is_any(const Unit *unit, gint64 i, const char *words);

/* unit_ends: Returns: whether word @i is longer than @ending by two letters and ends in it. */
static inline gboolean unit_ends(const Unit *unit, gint64 i, const char *ending)
{
  if (i < 0 || i >= unit->n)
    return FALSE;
  const AverToken *token = &unit->words[i].token;
  gsize length = strlen(ending);
  if (((unit->text[token->end - 1] ^ ending[length - 1]) & ~0x20) != 0)
    return FALSE;
  return token->end - token->start > length + 1 &&
         g_ascii_strncasecmp(unit->text + token->end - length, ending, length) == 0;
}

/* unit_find: the first word within @reach after @i that has one of the classes @bits, before the
 * clause's punctuation. Returns: its index, or AVER_NONE. */
gint64 unit_find(const Unit *unit, gint64 i, guint reach, guint32 bits);

/* unit_find_any: as unit_find(), for words. */
gint64 unit_find_any(const Unit *unit, gint64 i, guint reach, const char *words);

/* unit_perfect: Returns: whether word @i is the "have" of a perfect: "have been", "have wanted". */
gboolean unit_perfect(const Unit *unit, gint64 i);

/* unit_subordinate: Returns: whether word @i stands in a clause that only says which, why or when:
 * "the dust that we will see", "because it is wrong", "whether it would help". */
gboolean unit_subordinate(const Unit *unit, gint64 i);
