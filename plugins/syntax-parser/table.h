/* SPDX-License-Identifier: Apache-2.0 */
/* Tables: rows of quantised weights, found by the hash of a feature. */
#pragma once

#include <glib.h>

/* Weights of a row: one cache line. */
#define ROW_SIZE 64

/* Most features that are weighed at once: their sum stays within 16 bits. */
#define FEATURES_MAX 64

/* A feature's hash says in its high bits which bucket it is in, in its low 16 which entry of the
 * bucket it is. */
#define BUCKET_SIZE 2

typedef struct {
  guint16 check;
  guint16 block; /* block 0 is all zeros; the other entry of a bucket has another check */
} TableEntry;

/* A block is @width rows. */
typedef struct {
  const TableEntry *entries;
  const gint8 *rows;
  guint bits; /* of the number of buckets */
  guint width;
} Table;

static inline guint32 bucket_of(guint32 feature, guint bits)
{
  return (guint32) ((guint64) feature << bits >> 32) * BUCKET_SIZE;
}

/* Returns: the number of a feature's block, 0 when it has none. */
static inline guint32 table_find(const TableEntry *entries, guint bits, guint32 feature)
{
  const TableEntry *e = &entries[bucket_of(feature, bits)];
  guint32 check = feature & 0xffff;
  return (e[0].block & -(guint32) (e[0].check == check)) |
         (e[1].block & -(guint32) (e[1].check == check));
}

/* Finds the blocks of @n features, at most FEATURES_MAX, and has them fetched. Returns: how many.
 */
guint table_find_all(const Table *table, const guint32 *features, guint n, const gint8 **blocks);

/* Adds up @n blocks: @width * ROW_SIZE sums. */
void table_add(const gint8 *const *blocks, guint n, guint width, gint16 *sums);

/* The same on any processor. */
void table_add_plain(const gint8 *const *blocks, guint n, guint width, gint16 *sums);

/* Both. */
void table_sum(const Table *table, const guint32 *features, guint n, gint16 *sums);

/* A feature's hash, made of its number and up to three values. */
static inline guint32 feature(guint number, guint32 a, guint32 b, guint32 c)
{
  guint64 h = (guint64) number * G_GUINT64_CONSTANT(0xd6e8feb86659fd93) +
              (guint64) a * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) +
              (guint64) b * G_GUINT64_CONSTANT(0xc2b2ae3d27d4eb4f) +
              (guint64) c * G_GUINT64_CONSTANT(0x165667b19e3779f9);
  h = (h ^ h >> 32) * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
  return (guint32) (h >> 32);
}
