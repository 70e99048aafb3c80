/* SPDX-License-Identifier: Apache-2.0 */
/* A trie over words: the longest listed name at a token, whatever the list's length. */
#pragma once

#include "texts.h"

/* The most tokens a name may have, so that a text is searched in linear time. */
#define TRIE_LONGEST 32

/* The most names that differ in nothing but upper and lower case. */
#define TRIE_SPELLINGS 16

#define TRIE_NOTHING G_MAXUINT32

/* How the letters of the text have to stand to those of a name. */
typedef enum {
  CASE_SMART,  /* what is upper case in the name is upper case in the text */
  CASE_EXACT,  /* they are the same */
  CASE_IGNORE, /* upper and lower case are one */
} CaseRule;

typedef struct Trie Trie;

/* @texts has the names, and outlives the trie. */
Trie *trie_new(const Texts *texts);
void trie_free(Trie *trie);

typedef enum { TRIE_ADDED, TRIE_KNOWN, TRIE_FULL, TRIE_CROWDED } TrieResult;

/*
 * Adds a name of 1 to TRIE_LONGEST tokens, which stands at @place of the texts. TRIE_KNOWN: the
 * same name is there, and stays what it was; TRIE_FULL: the trie holds no more; TRIE_CROWDED: there
 * are TRIE_SPELLINGS of it.
 */
TrieResult trie_add(Trie *trie, guint32 place, const AverToken *tokens, guint32 n_tokens,
                    guint32 value);

/*
 * The longest name that starts at the first of @tokens, which are tokens of @text, and how many of
 * them it takes. Returns its number, or TRIE_NOTHING. [any]
 */
guint32 trie_find(const Trie *trie, const char *text, const AverToken *tokens, guint32 n_tokens,
                  CaseRule rule, guint32 *taken);

/* What a name stands for, and how the list spells it. */
guint32 trie_get_value(const Trie *trie, guint32 name);
const char *trie_get_name(const Trie *trie, guint32 name);
