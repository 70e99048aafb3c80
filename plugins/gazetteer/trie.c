/* SPDX-License-Identifier: Apache-2.0 */
/* A trie over words: the longest listed name at a token, whatever the list's length. */
#include "trie.h"

#define MOST_STATES (1u << 30)

/* One step: from a state by a word to the next. All steps stand in one open hash table. */
typedef struct {
  guint32 state;
  guint32 hash;
  guint32 next; /* 0: the slot is free, as no step leads to the first state */
} Step;

/* A name as it is spelt. */
typedef struct {
  const char *text;
  guint32 length;
  guint32 value;
  guint32 next; /* 1 + the next spelling of the same words, 0: none */
} Spelling;

struct Trie {
  Step *steps;
  guint32 size; /* a power of two */
  guint32 n_steps;
  GArray *ends; /* guint32 per state: 1 + the first spelling of the name that ends there, 0: none */
  GArray *spellings;
};

Trie *trie_new(void)
{
  Trie *trie = g_new0(Trie, 1);
  trie->size = 1024;
  trie->steps = g_new0(Step, trie->size);
  trie->ends = g_array_new(FALSE, TRUE, sizeof(guint32));
  g_array_set_size(trie->ends, 1);
  trie->spellings = g_array_new(FALSE, FALSE, sizeof(Spelling));
  return trie;
}

void trie_free(Trie *trie)
{
  if (trie == NULL)
    return;
  g_free(trie->steps);
  g_array_unref(trie->ends);
  g_array_unref(trie->spellings);
  g_free(trie);
}

/* The slot of a step: its own or a free one. */
static Step *find_step(const Trie *trie, guint32 state, guint32 hash)
{
  guint64 key = ((guint64) state << 32 | hash) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
  guint32 mask = trie->size - 1;
  guint32 i = (guint32) (key >> 32) & mask;
  while (trie->steps[i].next != 0 && (trie->steps[i].state != state || trie->steps[i].hash != hash))
    i = (i + 1) & mask;
  return &trie->steps[i];
}

static void grow(Trie *trie)
{
  Step *old = trie->steps;
  guint32 old_size = trie->size;
  trie->size *= 2;
  trie->steps = g_new0(Step, trie->size);
  for (guint32 i = 0; i < old_size; i++)
    if (old[i].next != 0)
      *find_step(trie, old[i].state, old[i].hash) = old[i];
  g_free(old);
}

static guint32 take_step(Trie *trie, guint32 state, guint32 hash)
{
  if (trie->n_steps >= trie->size / 3 * 2)
    grow(trie);
  Step *step = find_step(trie, state, hash);
  if (step->next == 0) {
    *step = (Step){state, hash, trie->ends->len};
    trie->n_steps++;
    g_array_set_size(trie->ends, trie->ends->len + 1);
  }
  return step->next;
}

TrieResult trie_add(Trie *trie, const char *text, guint32 length, const AverToken *tokens,
                    guint32 n_tokens, guint32 value)
{
  if (trie->ends->len > MOST_STATES)
    return TRIE_FULL;
  guint32 state = 0;
  for (guint32 i = 0; i < n_tokens; i++)
    state = take_step(trie, state, tokens[i].hash);
  guint32 *end = &g_array_index(trie->ends, guint32, state);
  guint32 n = 0;
  for (guint32 s = *end; s != 0; n++) {
    const Spelling *spelling = &g_array_index(trie->spellings, Spelling, s - 1);
    if (spelling->length == length && memcmp(spelling->text, text, length) == 0)
      return TRIE_KNOWN;
    s = spelling->next;
  }
  if (n == TRIE_SPELLINGS)
    return TRIE_CROWDED;
  /* Behind those that are there: the list's order decides. */
  while (*end != 0)
    end = &g_array_index(trie->spellings, Spelling, *end - 1).next;
  *end = trie->spellings->len + 1;
  Spelling spelling = {text, length, value, 0};
  g_array_append_val(trie->spellings, spelling);
  return TRIE_ADDED;
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

static gboolean is_spelt(const Spelling *spelling, const char *text, guint32 length, CaseRule rule)
{
  const char *p = spelling->text, *p_end = p + spelling->length, *q = text, *q_end = q + length;
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

static guint32 value_of(const Trie *trie, guint32 first, const char *text, guint32 length,
                        CaseRule rule)
{
  while (first != 0) {
    const Spelling *spelling = &g_array_index(trie->spellings, Spelling, first - 1);
    if (is_spelt(spelling, text, length, rule))
      return spelling->value;
    first = spelling->next;
  }
  return TRIE_NOTHING;
}

guint32 trie_find(const Trie *trie, const char *text, const AverToken *tokens, guint32 n_tokens,
                  CaseRule rule, guint32 *taken)
{
  guint32 ends[TRIE_LONGEST];
  guint32 state = 0, n = 0;
  while (n < MIN(n_tokens, TRIE_LONGEST)) {
    if (n > 0 && (tokens[n].flags & AVER_TOKEN_PARAGRAPH_START) != 0)
      break;
    state = find_step(trie, state, tokens[n].hash)->next;
    if (state == 0)
      break;
    ends[n++] = g_array_index(trie->ends, guint32, state);
  }
  for (; n > 0; n--) {
    guint32 length = tokens[n - 1].end - tokens[0].start;
    guint32 value = value_of(trie, ends[n - 1], text + tokens[0].start, length, rule);
    if (value != TRIE_NOTHING) {
      *taken = n;
      return value;
    }
  }
  return TRIE_NOTHING;
}
