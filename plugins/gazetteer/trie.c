/* SPDX-License-Identifier: Apache-2.0 */
/* A trie over words: the longest listed name at a token, whatever the list's length. */
#include "trie.h"

#include <string.h>

#define MOST_NAMES (1u << 30)

/* A prefix that no name ends with. */
#define NO_NAME G_MAXUINT32

/* One prefix of names, of one or more words. All stand in one open hash table, by a hash of the
 * words; two with the same hash are one, since a name is compared letter by letter when it is
 * found. */
typedef struct {
  guint32 hash;
  guint32 name; /* 1 + the first name that ends here, or NO_NAME; 0: the slot is free */
} Prefix;

/* A name as it is spelt. */
typedef struct {
  guint32 place; /* in the texts */
  guint32 value;
  guint32 next; /* 1 + the next spelling of the same words, 0: none */
} Name;

struct Trie {
  const Texts *texts;
  Prefix *prefixes;
  guint32 size; /* a power of two */
  guint32 n_prefixes;
  GArray *names; /* Name */
};

Trie *trie_new(const Texts *texts)
{
  Trie *trie = g_new0(Trie, 1);
  trie->texts = texts;
  trie->size = 1024;
  trie->prefixes = g_new0(Prefix, trie->size);
  trie->names = g_array_new(FALSE, FALSE, sizeof(Name));
  return trie;
}

void trie_free(Trie *trie)
{
  if (trie == NULL)
    return;
  g_free(trie->prefixes);
  g_array_unref(trie->names);
  g_free(trie);
}

static const Name *get_name(const Trie *trie, guint32 index)
{
  return &g_array_index(trie->names, Name, index);
}

guint32 trie_get_value(const Trie *trie, guint32 name)
{
  return get_name(trie, name)->value;
}

const char *trie_get_name(const Trie *trie, guint32 name)
{
  return texts_at(trie->texts, get_name(trie, name)->place);
}

/* The hash of some words and one more. */
static guint64 add_word(guint64 words, guint32 hash)
{
  words = (words ^ hash) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
  return words ^ words >> 32;
}

/* The slot of a prefix: its own or a free one. */
static Prefix *find_prefix(const Trie *trie, guint32 hash)
{
  guint32 mask = trie->size - 1, i = hash & mask;
  while (trie->prefixes[i].name != 0 && trie->prefixes[i].hash != hash)
    i = (i + 1) & mask;
  return &trie->prefixes[i];
}

static void grow(Trie *trie)
{
  Prefix *old = trie->prefixes;
  guint32 old_size = trie->size;
  trie->size *= 2;
  trie->prefixes = g_new0(Prefix, trie->size);
  for (guint32 i = 0; i < old_size; i++)
    if (old[i].name != 0)
      *find_prefix(trie, old[i].hash) = old[i];
  g_free(old);
}

static Prefix *take_prefix(Trie *trie, guint32 hash)
{
  if (trie->n_prefixes >= trie->size / 4 * 3)
    grow(trie);
  Prefix *prefix = find_prefix(trie, hash);
  if (prefix->name == 0) {
    *prefix = (Prefix){hash, NO_NAME};
    trie->n_prefixes++;
  }
  return prefix;
}

/* Puts a name behind the spellings that are there: the list's order decides. */
static TrieResult chain(Trie *trie, guint32 first, const Name *name)
{
  const char *text = texts_at(trie->texts, name->place);
  guint32 n = 1;
  for (guint32 i = first;; n++) {
    Name *other = &g_array_index(trie->names, Name, i - 1);
    if (strcmp(texts_at(trie->texts, other->place), text) == 0)
      return TRIE_KNOWN;
    if (n == TRIE_SPELLINGS)
      return TRIE_CROWDED;
    i = other->next;
    if (i == 0) {
      other->next = trie->names->len + 1;
      return TRIE_ADDED;
    }
  }
}

TrieResult trie_add(Trie *trie, guint32 place, const AverToken *tokens, guint32 n_tokens,
                    guint32 value)
{
  if (trie->n_prefixes > MOST_NAMES || trie->names->len > MOST_NAMES)
    return TRIE_FULL;
  guint64 words = 0;
  Prefix *prefix = NULL;
  for (guint32 i = 0; i < n_tokens; i++) {
    words = add_word(words, tokens[i].hash);
    prefix = take_prefix(trie, (guint32) words);
  }
  if (prefix == NULL)
    return TRIE_KNOWN;
  Name name = {place, value, 0};
  TrieResult result = TRIE_ADDED;
  if (prefix->name == NO_NAME)
    prefix->name = trie->names->len + 1;
  else
    result = chain(trie, prefix->name, &name);
  if (result == TRIE_ADDED)
    g_array_append_val(trie->names, name);
  return result;
}

/* The next character that is no white space; 0 at the end. */
static gunichar next_character(const char **p, const char *end)
{
  while (*p < end) {
    gunichar c;
    *p += aver_utf8_decode(*p, &c);
    if (!g_unichar_isspace(c))
      return c == 0x2019 ? '\'' : c;
  }
  return 0;
}

static gboolean is_spelt(const char *name, const char *text, guint32 length, CaseRule rule)
{
  const char *p = name, *p_end = p + strlen(p), *q = text, *q_end = q + length;
  for (;;) {
    gunichar listed = next_character(&p, p_end);
    gunichar found = next_character(&q, q_end);
    if (listed == 0 || found == 0)
      return listed == found;
    if (listed == found)
      continue;
    if (rule == CASE_EXACT || g_unichar_tolower(listed) != g_unichar_tolower(found))
      return FALSE;
    if (rule == CASE_SMART && g_unichar_tolower(listed) != listed)
      return FALSE;
  }
}

static guint32 choose_spelling(const Trie *trie, guint32 first, const char *text, guint32 length,
                               CaseRule rule)
{
  for (guint32 i = first == NO_NAME ? 0 : first; i != 0; i = get_name(trie, i - 1)->next)
    if (is_spelt(trie_get_name(trie, i - 1), text, length, rule))
      return i - 1;
  return TRIE_NOTHING;
}

guint32 trie_find(const Trie *trie, const char *text, const AverToken *tokens, guint32 n_tokens,
                  CaseRule rule, guint32 *taken)
{
  guint32 names[TRIE_LONGEST];
  guint64 words = 0;
  guint32 n = 0;
  while (n < MIN(n_tokens, TRIE_LONGEST)) {
    if (n > 0 && (tokens[n].flags & AVER_TOKEN_PARAGRAPH_START) != 0)
      break;
    words = add_word(words, tokens[n].hash);
    guint32 name = find_prefix(trie, (guint32) words)->name;
    if (name == 0)
      break;
    names[n++] = name;
  }
  for (; n > 0; n--) {
    guint32 length = tokens[n - 1].end - tokens[0].start;
    guint32 name = choose_spelling(trie, names[n - 1], text + tokens[0].start, length, rule);
    if (name != TRIE_NOTHING) {
      *taken = n;
      return name;
    }
  }
  return TRIE_NOTHING;
}
