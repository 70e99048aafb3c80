/* SPDX-License-Identifier: Apache-2.0 */
/* Word hashes, and the immutable map from words to meanings that is keyed by them. */
#include "wordhash.h"

#include <aver/text.h>

#include <string.h>

#define APOSTROPHE 0x2019

/* The lower-case form of the character at p, which is not of ASCII; *length gets the bytes it takes
 * there. */
static gunichar folded(const char *p, guint *length)
{
  gunichar c;
  *length = aver_utf8_decode(p, &c);
  return c == APOSTROPHE ? '\'' : g_unichar_tolower(c);
}

/* FNV-1a over the UTF-8 of the folded characters. */
guint32 aver_word_hash(const char *word, gsize length)
{
  guint32 hash = AVER_WORD_HASH_START;
  for (gsize i = 0; i < length;) {
    guchar byte = (guchar) word[i];
    if (byte < 0x80) {
      hash = aver_word_hash_step(hash, byte);
      i++;
      continue;
    }
    guint n;
    char utf8[6];
    gint bytes = g_unichar_to_utf8(folded(word + i, &n), utf8);
    for (gint j = 0; j < bytes; j++)
      hash = aver_word_hash_step(hash, (guchar) utf8[j]);
    i += n;
  }
  return hash;
}

typedef struct {
  guint32 hash;
  guint32 value; /* 0: the slot is free */
} Slot;

struct _AverLexicon {
  Slot *slots;
  guint32 mask;
};

static guint32 first_slot(const AverLexicon *lexicon, guint32 hash)
{
  return (hash * 0x9e3779b1u >> 7) & lexicon->mask;
}

static Slot *find(const AverLexicon *lexicon, guint32 hash)
{
  for (guint32 i = first_slot(lexicon, hash);; i = (i + 1) & lexicon->mask) {
    Slot *slot = &lexicon->slots[i];
    if (slot->hash == hash || slot->value == 0)
      return slot;
  }
}

AverLexicon *aver_lexicon_new(const AverLexiconEntry *entries, gsize n_entries)
{
  gsize n_words = 0;
  for (gsize i = 0; i < n_entries; i++) {
    n_words++;
    for (const char *p = entries[i].words; *p != '\0'; p++)
      n_words += *p == ' ';
  }
  guint32 size = 16;
  while (size < n_words * 3)
    size *= 2;

  AverLexicon *lexicon = g_new0(AverLexicon, 1);
  lexicon->slots = g_new0(Slot, size);
  lexicon->mask = size - 1;
  for (gsize i = 0; i < n_entries; i++) {
    for (const char *word = entries[i].words; *word != '\0';) {
      gsize n = strcspn(word, " ");
      guint32 hash = aver_word_hash(word, n);
      Slot *slot = find(lexicon, hash);
      *slot = (Slot){hash, slot->value | entries[i].value};
      word += n + (word[n] == ' ');
    }
  }
  return lexicon;
}

void aver_lexicon_free(AverLexicon *lexicon)
{
  if (lexicon == NULL)
    return;
  g_free(lexicon->slots);
  g_free(lexicon);
}

guint32 aver_lexicon_get(const AverLexicon *lexicon, guint32 hash)
{
  g_return_val_if_fail(lexicon != NULL, 0);
  return find(lexicon, hash)->value;
}
