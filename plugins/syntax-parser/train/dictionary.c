/* SPDX-License-Identifier: Apache-2.0 */
/* The dictionary: word classes, and the tags that words have in the treebank. */
#include "train.h"

#include <stdlib.h>
#include <string.h>

/* A word is known once it was seen so often, and sure when nearly all of so many are alike. */
#define KNOWN 4
#define SURE  20

typedef struct {
  guint32 hash;
  guint32 total;
  guint32 low; /* without a capital */
  guint32 tags[AVER_N_TAGS];
} Usage;

static DictionaryEntry *find_or_add(DictionaryEntry *entries, guint32 hash)
{
  Dictionary dictionary = {entries, DICTIONARY_PLACES - 1};
  guint32 place = dictionary_place(&dictionary, hash);
  for (guint i = 0; i < DICTIONARY_PROBES; i++) {
    DictionaryEntry *entry = &entries[(place + i) & dictionary.mask];
    if (entry->hash == hash || entry->hash == 0) {
      entry->hash = hash;
      return entry;
    }
  }
  return NULL;
}

static GHashTable *count_tags(const GPtrArray *sentences)
{
  static const DictionaryEntry nothing[1];
  const Dictionary empty = {nothing, 0};
  GHashTable *usages = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  for (guint i = 0; i < sentences->len; i++) {
    const Gold *gold = sentences->pdata[i];
    Word words[UNIT_MAX + 2 * MARGIN];
    words_read(&empty, gold->text, gold->tokens, gold->n, words);
    for (guint k = 0; k < gold->n; k++) {
      const Word *word = &words[MARGIN + k];
      Usage *usage = g_hash_table_lookup(usages, GUINT_TO_POINTER(word->form));
      if (usage == NULL) {
        usage = g_new0(Usage, 1);
        usage->hash = word->form;
        g_hash_table_insert(usages, GUINT_TO_POINTER(word->form), usage);
      }
      usage->total++;
      usage->low += word->low;
      usage->tags[gold->tags[k]]++;
    }
  }
  return usages;
}

static int compare_usages(const void *a, const void *b)
{
  const Usage *x = *(const Usage *const *) a, *y = *(const Usage *const *) b;
  if (x->total != y->total)
    return x->total < y->total ? 1 : -1;
  return x->hash < y->hash ? -1 : 1;
}

static void describe(DictionaryEntry *entry, const Usage *usage)
{
  guint best = 0, second = AVER_N_TAGS;
  for (guint k = 1; k < AVER_N_TAGS; k++)
    if (usage->tags[k] > usage->tags[best])
      best = k;
  for (guint k = 0; k < AVER_N_TAGS; k++)
    if (k != best && usage->tags[k] > 1 &&
        (second == AVER_N_TAGS || usage->tags[k] > usage->tags[second]))
      second = k;
  entry->best = (guint8) (best + 1);
  guint32 others = usage->total - usage->tags[best];
  if (usage->total >= SURE && others * 200 <= usage->total)
    entry->second = WORD_SURE;
  else if (second < AVER_N_TAGS && usage->tags[second] * 50 >= usage->total)
    entry->second = (guint8) (second + 1);
}

static void add_usages(DictionaryEntry *entries, GHashTable *usages)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new();
  GHashTableIter iter;
  gpointer usage_found;
  g_hash_table_iter_init(&iter, usages);
  while (g_hash_table_iter_next(&iter, NULL, &usage_found))
    g_ptr_array_add(sorted, usage_found);
  g_ptr_array_sort(sorted, compare_usages);
  guint known = 0, sure = 0;
  for (guint i = 0; i < sorted->len; i++) {
    const Usage *usage = sorted->pdata[i];
    DictionaryEntry *entry = usage->total >= KNOWN ? find_or_add(entries, usage->hash) : NULL;
    if (entry == NULL)
      continue;
    describe(entry, usage);
    known++;
    sure += entry->second == WORD_SURE;
  }
  g_print("%u known words, %u of them sure\n", known, sure);
}

DictionaryEntry *dictionary_make(const char *classes, const GPtrArray *sentences, GError **error)
{
  g_autofree char *data = NULL;
  if (!g_file_get_contents(classes, &data, NULL, error))
    return NULL;
  DictionaryEntry *entries = g_new0(DictionaryEntry, DICTIONARY_PLACES);
  g_autoptr(GHashTable) usages = count_tags(sentences);
  add_usages(entries, usages);
  char *rest = data;
  for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
    g_auto(GStrv) fields = g_strsplit(line, "\t", 3);
    if (g_strv_length(fields) != 3)
      continue;
    DictionaryEntry *entry = find_or_add(entries, aver_word_hash(fields[0], strlen(fields[0])));
    if (entry != NULL)
      entry->class = (guint16) (atoi(fields[2]) + 1);
  }
  return entries;
}
