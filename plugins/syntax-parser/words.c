/* SPDX-License-Identifier: Apache-2.0 */
/* Words: forms, endings, shapes and what the dictionary knows of them. */
#include "words.h"

#include <string.h>

enum {
  SHAPE_DIGIT = 1 << 4,
  SHAPE_HYPHEN = 1 << 5,
  SHAPE_CAPITALISED = 1 << 6,
  SHAPE_CAPITALS = 1 << 7,
  SHAPE_ABBREVIATION = 1 << 8,
  SHAPE_FIRST = 1 << 9,
  SHAPE_HEADING = 1 << 10,
};

const DictionaryEntry *dictionary_find(const Dictionary *dictionary, guint32 hash)
{
  guint32 place = dictionary_place(dictionary, hash);
  for (guint i = 0; i < DICTIONARY_PROBES; i++) {
    const DictionaryEntry *entry = &dictionary->entries[(place + i) & dictionary->mask];
    if (entry->hash == hash)
      return entry;
    if (entry->hash == 0)
      return NULL;
  }
  return NULL;
}

/* Four bytes, the missing ones 0, letters in lower case. */
static guint32 four_bytes(const char *bytes, gsize length)
{
  guint32 word = 0;
  if (G_LIKELY(length >= 4))
    memcpy(&word, bytes, 4);
  else
    for (gsize i = 0; i < length; i++)
      word |= (guint32) (guchar) bytes[i] << (8 * i);
  return GUINT32_FROM_LE(word) | 0x20202020;
}

/* As four_bytes(), the last byte highest. */
static guint32 last_four(const char *bytes, gsize length)
{
  return length >= 4 ? four_bytes(bytes + length - 4, 4)
                     : four_bytes(bytes, length) << (8 * (4 - MAX(length, 1)));
}

/* Numbers of one pattern are alike: 2019 and 1987, 1.5 and 3.8. */
static guint32 number_form(const char *bytes, gsize length)
{
  guint32 form = 0x9e3779b1;
  for (gsize i = 0; i < MIN(length, 12); i++)
    form = (form ^ (g_ascii_isdigit(bytes[i]) ? '0' : (guchar) bytes[i])) * 0x01000193;
  return form | 1;
}

/* Which way a mark opens; one that does not say is told by the space around it. */
static guint32 quote_form(const AverToken *token)
{
  gboolean single = token->detail >= AVER_MARK_SINGLE && token->detail <= AVER_MARK_SINGLE_CLOSE;
  gboolean opens;
  switch (token->detail) {
  case AVER_MARK_DOUBLE_OPEN:
  case AVER_MARK_SINGLE_OPEN:
  case AVER_MARK_ANGLE_OPEN:
  case AVER_MARK_CORNER_OPEN:
    opens = TRUE;
    break;
  case AVER_MARK_DOUBLE:
  case AVER_MARK_SINGLE:
    opens = token[1].start == token->end;
    if ((token->flags & AVER_TOKEN_SPACE_BEFORE) == 0)
      opens = FALSE;
    break;
  default:
    opens = FALSE;
  }
  return 0x71000001u + single * 2 + opens;
}

static guint32 form_of(const char *bytes, const AverToken *token)
{
  switch (token->kind) {
  case AVER_TOKEN_NUMBER:
    return number_form(bytes, token->end - token->start);
  case AVER_TOKEN_QUOTE:
    return quote_form(token);
  case AVER_TOKEN_PUNCTUATION:
    return 0x70000001u + token->detail * 2u + (token->end - token->start > 1);
  case AVER_TOKEN_ADDRESS:
    return 0x72000001u + (*bytes == '@');
  default:
    return token->hash;
  }
}

static guint32 shape_of(const char *bytes, const AverToken *token)
{
  guint32 shape = token->kind;
  if ((token->flags & AVER_TOKEN_CAPITALISED) != 0)
    shape |= SHAPE_CAPITALISED;
  if ((token->flags & AVER_TOKEN_ALL_CAPS) != 0)
    shape |= SHAPE_CAPITALS;
  if ((token->flags & AVER_TOKEN_ABBREVIATION) != 0)
    shape |= SHAPE_ABBREVIATION;
  if (token->kind != AVER_TOKEN_WORD)
    return shape;
  gsize length = token->end - token->start;
  for (gsize i = 1; i < MIN(length, 24); i++) {
    if (bytes[i] == '-')
      shape |= SHAPE_HYPHEN;
    else if (g_ascii_isdigit(bytes[i]))
      shape |= SHAPE_DIGIT;
  }
  return shape;
}

static Word read_word(const Dictionary *dictionary, const char *text, const AverToken *token)
{
  const char *bytes = text + token->start;
  gsize length = token->end - token->start;
  Word word = {
      .form = form_of(bytes, token),
      .suffix = last_four(bytes, length),
      .prefix = four_bytes(bytes, length),
      .shape = shape_of(bytes, token),
      .tag = AVER_N_TAGS,
      .low = (token->flags & (AVER_TOKEN_CAPITALISED | AVER_TOKEN_ALL_CAPS)) == 0,
  };
  const DictionaryEntry *entry = dictionary_find(dictionary, word.form);
  if (entry != NULL) {
    word.class = entry->class;
    word.best = entry->best;
    word.second = entry->second;
  }
  return word;
}

void words_read(const Dictionary *dictionary, const char *text, const AverToken *tokens, guint n,
                Word *words)
{
  guint letters = 0, capitals = 0;
  for (guint i = 0; i < MARGIN; i++) {
    words[i] = (Word){.form = 1 + i, .tag = AVER_N_TAGS};
    words[n + MARGIN + i] = (Word){.form = 1 + MARGIN + i, .tag = AVER_N_TAGS};
  }
  words += MARGIN;
  for (guint i = 0; i < n; i++) {
    words[i] = read_word(dictionary, text, &tokens[i]);
    if (tokens[i].kind == AVER_TOKEN_WORD && tokens[i].end - tokens[i].start > 3) {
      letters++;
      capitals += !words[i].low;
    }
  }
  /* A heading in capitals: they say little there. */
  guint32 heading = capitals > 2 && capitals * 4 >= letters * 3 ? SHAPE_HEADING : 0;
  gboolean first = TRUE;
  for (guint i = 0; i < n; i++) {
    words[i].shape |= heading | (first ? SHAPE_FIRST : 0);
    first = first && tokens[i].kind != AVER_TOKEN_WORD && tokens[i].kind != AVER_TOKEN_NUMBER;
  }
}
