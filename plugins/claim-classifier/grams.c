/* SPDX-License-Identifier: Apache-2.0 */
/* Grams: one pass over the words of a unit. */
#include "grams.h"

/* Of a longer word, the rest says nothing. */
#define LONGEST_WORD 40

#define PER_WORD            6u
#define PER_WORD_CHARACTERS (3u * (LONGEST_WORD + 2))

/* Stand for the unit's ends. */
enum {
  CODE_START = 0x20001,
  CODE_END,
};

void grams_init(Grams *grams, gboolean characters, gboolean origins)
{
  gsize most = (gsize) (LONGEST_UNIT + 1) * (PER_WORD + (characters ? PER_WORD_CHARACTERS : 0));
  *grams =
      (Grams){.buckets = g_new(guint32, most), .origins = origins ? g_new(GramOrigin, most) : NULL};
}

void grams_clear(Grams *grams)
{
  g_clear_pointer(&grams->buckets, g_free);
  g_clear_pointer(&grams->origins, g_free);
}

/* Where grams go: a copy, so that the compiler may keep it in registers. */
typedef struct {
  guint32 *buckets;
  GramOrigin *origins;
  const guint8 *table;
  gsize stride;
  guint32 n;
  guint shift;
} Sink;

#define FACTOR_LAST   G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)
#define FACTOR_MIDDLE G_GUINT64_CONSTANT(0xc2b2ae3d27d4eb4f)
#define FACTOR_FIRST  G_GUINT64_CONSTANT(0x165667b19e3779f9)
#define FACTOR_KIND   G_GUINT64_CONSTANT(0x27d4eb2f165667c5)

static inline __attribute__((always_inline)) void push(Sink *sink, guint64 sum, guint kind,
                                                       guint32 first, guint32 last)
{
  guint64 x = sum + (kind + 1) * FACTOR_KIND;
  x = (x ^ x >> 32) * G_GUINT64_CONSTANT(0xd6e8feb86659fd93);
  if (G_UNLIKELY(sink->origins != NULL))
    sink->origins[sink->n] = (GramOrigin){(guint16) first, (guint16) last, (guint8) kind};
  guint32 bucket = (guint32) (x >> sink->shift);
  __builtin_prefetch(sink->table + bucket * sink->stride);
  sink->buckets[sink->n++] = bucket;
}

/* All runs of 3 to 5 bytes of the word between two blanks, digits masked. */
static void add_characters(Sink *to, const Unit *unit, guint32 i)
{
  Sink sink = *to;
  char padded[LONGEST_WORD + 2 + 8] = " ";
  const AverToken *token = &unit->words[i].token;
  guint32 length = MIN(token->end - token->start, LONGEST_WORD);
  for (guint32 k = 0; k < length; k++) {
    char c = unit->text[token->start + k];
    c = c >= 'A' && c <= 'Z' ? c + 32 : c;
    padded[k + 1] = c >= '0' && c <= '9' ? '0' : c;
  }
  padded[length + 1] = ' ';
  for (guint32 k = 0; k + 3 <= length + 2; k++) {
    guint64 bytes;
    memcpy(&bytes, padded + k, sizeof bytes);
    for (guint32 n = 3; n <= 5 && k + n <= length + 2; n++) {
      guint64 run = bytes & ((G_GUINT64_CONSTANT(1) << (8 * n)) - 1);
      push(&sink, run * FACTOR_LAST + n, GRAM_CHARACTERS, i, i);
    }
  }
  *to = sink;
}

/* Words, pairs of words, pairs with a gap. */
static void add_words(Sink *to, const Unit *unit)
{
  Sink sink = *to;
  guint64 middle = CODE_START * FACTOR_MIDDLE, first = 0, next = CODE_START * FACTOR_FIRST;
  for (guint32 i = 0; i <= unit->n; i++) {
    guint64 code = i == unit->n ? CODE_END : unit->words[i].code, last = code * FACTOR_LAST;
    push(&sink, last, GRAM_WORD, i, i);
    push(&sink, last + middle, GRAM_PAIR, i - (i > 0), i);
    push(&sink, last + first, GRAM_SKIP, i - MIN(i, 2), i);
    middle = code * FACTOR_MIDDLE;
    first = next;
    next = code * FACTOR_FIRST;
  }
  *to = sink;
}

/* Classes, pairs and triples of them. */
static void add_classes(Sink *to, const Unit *unit)
{
  Sink sink = *to;
  guint64 middle = CODE_START * FACTOR_MIDDLE, first = 0, next = CODE_START * FACTOR_FIRST;
  for (guint32 i = 0; i <= unit->n; i++) {
    guint64 code = i == unit->n ? CODE_END : unit->words[i].class, last = code * FACTOR_LAST;
    push(&sink, last, GRAM_CLASS, i, i);
    push(&sink, last + middle, GRAM_CLASS_PAIR, i - (i > 0), i);
    push(&sink, last + middle + first, GRAM_CLASS_TRIPLE, i - MIN(i, 2), i);
    middle = code * FACTOR_MIDDLE;
    first = next;
    next = code * FACTOR_FIRST;
  }
  *to = sink;
}

void grams_collect(Grams *grams, const Unit *unit, gboolean classes, guint bits,
                   gboolean characters, GramTable table)
{
  /* In training there are no weights to fetch. */
  const guint8 *weights = table.weights != NULL ? table.weights : (const guint8 *) grams->buckets;
  Sink sink = {grams->buckets, grams->origins, weights, table.stride, 0, 64 - bits};
  add_words(&sink, unit);
  if (classes)
    add_classes(&sink, unit);
  for (guint32 i = 0; characters && i < unit->n; i++)
    if (is_wordy(&unit->words[i]))
      add_characters(&sink, unit, i);
  grams->n = sink.n;
}
