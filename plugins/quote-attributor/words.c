/* SPDX-License-Identifier: Apache-2.0 */
/* Joins the word lists into one table, with the inflections of verbs. */
#include "words.h"

#include <string.h>

#define LONGEST_WORD 48

typedef struct {
  GHashTable *indices; /* word to index + 1 */
  GArray *meanings;
} Builder;

static void add(Builder *builder, const char *word, guint32 grammar, guint32 verb)
{
  guint index = GPOINTER_TO_UINT(g_hash_table_lookup(builder->indices, word));
  if (index == 0) {
    Meaning none = {0, 0};
    index = builder->meanings->len;
    g_array_append_val(builder->meanings, none);
    g_hash_table_insert(builder->indices, g_strdup(word), GUINT_TO_POINTER(index));
  }
  Meaning *meaning = &g_array_index(builder->meanings, Meaning, index);
  meaning->grammar |= grammar;
  meaning->verb |= verb;
}

static gboolean is_vowel(char c)
{
  return c != '\0' && strchr("aeiou", c) != NULL;
}

/* Whether the last consonant doubles before -ed and -ing: one syllable of the shape "plan", and
 * the few longer words stressed at the end. */
static gboolean doubles(const char *base, gsize n)
{
  static const char *const longer[] = {"admit", "permit", "refer", "rebut",
                                       "recur", "demur",  "quip",  "submit"};
  for (guint i = 0; i < G_N_ELEMENTS(longer); i++)
    if (strcmp(base, longer[i]) == 0)
      return TRUE;
  if (n < 3 || is_vowel(base[n - 1]) || strchr("wxy", base[n - 1]) != NULL ||
      !is_vowel(base[n - 2]) || is_vowel(base[n - 3]))
    return FALSE;
  guint vowels = 0;
  for (gsize i = 0; i < n; i++)
    vowels += is_vowel(base[i]);
  return vowels == 1;
}

static void third_person(const char *base, char *out)
{
  gsize n = strlen(base);
  if (base[n - 1] == 'y' && !is_vowel(base[n - 2]))
    g_snprintf(out, LONGEST_WORD, "%.*sies", (int) n - 1, base);
  else if (strchr("sxzo", base[n - 1]) != NULL || g_str_has_suffix(base, "ch") ||
           g_str_has_suffix(base, "sh"))
    g_snprintf(out, LONGEST_WORD, "%ses", base);
  else
    g_snprintf(out, LONGEST_WORD, "%ss", base);
}

static void past_tense(const char *base, char *out)
{
  gsize n = strlen(base);
  if (base[n - 1] == 'e')
    g_snprintf(out, LONGEST_WORD, "%sd", base);
  else if (base[n - 1] == 'y' && !is_vowel(base[n - 2]))
    g_snprintf(out, LONGEST_WORD, "%.*sied", (int) n - 1, base);
  else if (doubles(base, n))
    g_snprintf(out, LONGEST_WORD, "%s%ced", base, base[n - 1]);
  else
    g_snprintf(out, LONGEST_WORD, "%sed", base);
}

static void present_participle(const char *base, char *out)
{
  gsize n = strlen(base);
  if (g_str_has_suffix(base, "ie"))
    g_snprintf(out, LONGEST_WORD, "%.*sying", (int) n - 2, base);
  else if (base[n - 1] == 'e' && !g_str_has_suffix(base, "ee"))
    g_snprintf(out, LONGEST_WORD, "%.*sing", (int) n - 1, base);
  else if (doubles(base, n))
    g_snprintf(out, LONGEST_WORD, "%s%cing", base, base[n - 1]);
  else
    g_snprintf(out, LONGEST_WORD, "%sing", base);
}

/* One verb, "warn" or "write/wrote/written", in all its forms. */
static void add_verb(Builder *builder, const char *entry, guint32 value)
{
  g_auto(GStrv) parts = g_strsplit(entry, "/", 3);
  const char *base = parts[0];
  char form[LONGEST_WORD];
  add(builder, base, 0, value | VERB_BASE);
  third_person(base, form);
  add(builder, form, 0, value | VERB_S);
  present_participle(base, form);
  add(builder, form, 0, (value & ~(guint32) VERB_NOUN) | VERB_ING);
  value &= ~(guint32) VERB_NOUN;
  if (parts[1] == NULL) {
    past_tense(base, form);
    add(builder, form, 0, value | VERB_PAST | VERB_PARTICIPLE);
    return;
  }
  add(builder, parts[1], 0, value | VERB_PAST);
  add(builder, parts[2] != NULL ? parts[2] : parts[1], 0, value | VERB_PARTICIPLE);
}

static void add_list(Builder *builder, const AverLexiconEntry *list, gsize n, gboolean verbs)
{
  for (gsize i = 0; i < n; i++) {
    g_auto(GStrv) words = g_strsplit(list[i].words, " ", -1);
    for (char **word = words; *word != NULL; word++) {
      if (**word == '\0')
        continue;
      if (verbs)
        add_verb(builder, *word, list[i].value);
      else
        add(builder, *word, list[i].value, 0);
    }
  }
}

static void add_slot(Words *words, guint32 hash, guint32 index)
{
  guint32 i = (hash * 0x9e3779b1u >> 7) & words->mask;
  while (words->slots[i].index != 0)
    i = (i + 1) & words->mask;
  words->slots[i] = (WordSlot){hash, index};
}

void words_init(Words *words)
{
  Meaning none = {0, 0};
  Builder builder = {
      .indices = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
      .meanings = g_array_new(FALSE, FALSE, sizeof(Meaning)),
  };
  g_array_append_val(builder.meanings, none);
  add_list(&builder, grammar_list, grammar_list_length, FALSE);
  add_list(&builder, people_list, people_list_length, FALSE);
  add_list(&builder, verb_list, verb_list_length, TRUE);

  guint32 size = 64;
  while (size < builder.meanings->len * 4)
    size *= 2;
  words->slots = g_new0(WordSlot, size);
  words->mask = size - 1;
  GHashTableIter iter;
  gpointer word, index;
  g_hash_table_iter_init(&iter, builder.indices);
  while (g_hash_table_iter_next(&iter, &word, &index))
    add_slot(words, aver_word_hash(word, strlen(word)), GPOINTER_TO_UINT(index));
  words->meanings = (Meaning *) (gpointer) g_array_free(builder.meanings, FALSE);
  g_hash_table_unref(builder.indices);
}

void words_clear(Words *words)
{
  g_clear_pointer(&words->slots, g_free);
  g_clear_pointer(&words->meanings, g_free);
}
