/* SPDX-License-Identifier: Apache-2.0 */
/* Grams: the words, pairs of words, runs of word classes and characters that a unit consists of,
 * each hashed into a bucket (Weinberger et al. 2009). */
#pragma once

#include "weights.h"

typedef enum {
  GRAM_WORD,
  GRAM_PAIR,
  GRAM_SKIP, /* two words with one between them */
  GRAM_CLASS,
  GRAM_CLASS_PAIR,
  GRAM_CLASS_TRIPLE,
  GRAM_CHARACTERS,
} GramKind;

/* Where a gram comes from: words @first to @last of the unit, which may be its end. */
typedef struct {
  guint16 first;
  guint16 last;
  guint8 kind;
} GramOrigin;

/* One worker's memory. A bucket stands as often as its grams occur. */
typedef struct {
  guint32 *buckets;
  guint32 n;
  GramOrigin *origins; /* of each bucket, when anyone asks; else NULL */
} Grams;

void grams_init(Grams *grams, gboolean characters, gboolean origins);
void grams_clear(Grams *grams);

/* Where the buckets' weights are, to be fetched into the cache; {0} when they are not wanted. */
typedef struct {
  const guint8 *weights;
  gsize stride; /* bytes a bucket */
} GramTable;

/* grams_collect: fills @grams from @unit; with @classes, those of word classes, with @characters,
 * those of characters as well. */
void grams_collect(Grams *grams, const Unit *unit, gboolean classes, guint bits,
                   gboolean characters, GramTable table);
