/* SPDX-License-Identifier: Apache-2.0 */
/* What is known about words: abbreviations by class, and words that start or report a sentence. */
#pragma once

#include <aver/text.h>

G_BEGIN_DECLS

/**
 * WordClass:
 *
 * Bits. The first group are abbreviations, named by what they stand before or after; the second are
 * other words.
 */
typedef enum {
  WORD_TITLE = 1 << 0,        /* before a name: Mr Dr Sen */
  WORD_ORGANISATION = 1 << 1, /* ends a firm's name: Inc Co Ltd */
  WORD_MONTH = 1 << 2,        /* months and days: Jan Tue */
  WORD_STATE = 1 << 3,        /* after a town: Calif Mass */
  WORD_CLOCK = 1 << 4,        /* after a time: a.m p.m */
  WORD_DEGREE = 1 << 5,       /* after a name: Ph.D Jr */
  WORD_INNER = 1 << 6,        /* never ends a sentence: e.g i.e vs cf */
  WORD_FINAL = 1 << 7,        /* often ends a list: etc al */
  WORD_REFERENCE = 1 << 8,    /* before a number: No p Fig */
  WORD_STREET = 1 << 9,       /* after a street's name: Ave Blvd */
  WORD_UNIT = 1 << 10,        /* after a number: ft oz min */
  WORD_PLACE = 1 << 11,       /* before a place's name: Mt Ft St */
  WORD_COUNTRY = 1 << 12,     /* a country or body: u.s u.n */
  WORD_SHORT = 1 << 13,       /* any other abbreviation: dept est approx */
  WORD_EXCLAIMED = 1 << 14,   /* a name written with ! or ?: Yahoo */

  WORD_STARTER = 1 << 16,    /* starts sentences, and is in no name: The He However */
  WORD_REPORTS = 1 << 17,    /* a reporting verb: said asked */
  WORD_PRONOUN = 1 << 18,    /* a subject: he she they */
  WORD_FULL_MONTH = 1 << 19, /* January Monday */
  WORD_DOMAIN = 1 << 20,     /* ends an internet name: com org */
  WORD_ZONE = 1 << 22,       /* follows a time: Eastern GMT */
  WORD_BODY = 1 << 21,       /* follows a country in a name: Government Army */
} WordClass;

#define WORD_ABBREVIATION 0xffffu

/**
 * Words: the built-in lists and a user's; reading it is [any].
 */
typedef struct {
  AverLexicon *builtin;
  AverLexicon *own;     /* (nullable): the user's, which goes first */
  guint32 lengths[256]; /* bit n: a word of n bytes starts with this byte in lower case */
  guint64 *short_words; /* a hash table of the ASCII words of up to 8 bytes, 0 where it is free */
  guint32 *short_bits;  /* their classes */
  guint32 short_mask;
} Words;

/**
 * words_load:
 * @path: (nullable): a plain file, "abbreviation class" a line, `#` starts a comment
 *
 * Returns: %FALSE with %AVER_ERROR_INPUT, or with %AVER_ERROR_CONFIG naming file and line.
 */
gboolean words_load(Words *words, const char *path, GError **error);
void words_clear(Words *words);

/** words_get: Returns: the classes of a word without its full stop. */
guint32 words_get(const Words *words, const guint8 *word, gsize length);

G_END_DECLS
