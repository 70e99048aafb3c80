/* SPDX-License-Identifier: Apache-2.0 */
/* The linear model: what a candidate looks like, as indices into a table of weights. */
#include "split.h"
#include "weights-news.h"
#include "weights-web.h"

/* One block of features each; the values of a block are told apart by up to three small numbers.
 * The numbers are part of the trained tables: a change needs train.py. */
typedef enum {
  BLOCK_STOP_RIGHT = 1,
  BLOCK_LEFT_RIGHT,
  BLOCK_LEFT_STOP,
  BLOCK_CLOSER_RIGHT,
  BLOCK_OPENER_RIGHT,
  BLOCK_MARKS,
  BLOCK_WORDS_LEFT,
  BLOCK_WORDS_STOP,
  BLOCK_LEFT_LENGTH,
  BLOCK_LEFT_WORD,
  BLOCK_RIGHT_WORD,
  BLOCK_LAST_RIGHT,
  BLOCK_LEFT_WORD_RIGHT,
  BLOCK_SHAPES,
  BLOCK_LEFT_SHAPE,
  BLOCK_RIGHT_SHAPE,
  BLOCK_SECOND,
  BLOCK_THIRD,
  BLOCK_REMAINING,
  BLOCK_LAST_WORDS,
} Block;

#define NEWS_BITS   11
#define WEB_BITS    13
#define TOKEN_BYTES 24

G_STATIC_ASSERT(G_N_ELEMENTS(news_weights) == 1 << NEWS_BITS);
G_STATIC_ASSERT(G_N_ELEMENTS(web_weights) == 1 << WEB_BITS);

typedef struct {
  guint16 *features;
  guint n;
  guint bits;
} Features;

static void add(Features *out, Block block, guint32 a, guint32 b, guint32 c)
{
  guint32 key = (block * 0x9e3779b1u ^ a) * 0x85ebca6bu;
  key = ((key ^ key >> 15 ^ b) * 0xc2b2ae35u ^ c) * 0x27d4eb2fu;
  out->features[out->n++] = (guint16) ((key ^ key >> 13) * 0x9e3779b1u >> (32 - out->bits));
}

/* The token's outline: runs of letters and digits become one character each. */
static guint32 add_shape(guint32 shape, guint8 *last, guint8 byte)
{
  guint8 class = byte >= 0x80                      ? 'o'
                 : ascii_marks[byte] == MARK_LOWER ? 'a'
                 : ascii_marks[byte] == MARK_UPPER ? 'A'
                 : ascii_marks[byte] == MARK_DIGIT ? '0'
                                                   : byte;
  if (class == *last)
    return shape;
  *last = class;
  return (shape ^ class) * 16777619u;
}

static guint32 shape_before(const Walk *walk, guint32 end, guint32 *start)
{
  guint32 shape = 2166136261u;
  guint8 last = 0;
  guint32 i = end;
  for (; i > walk->sentence && end - i < TOKEN_BYTES && walk->text[i - 1] > ' '; i--)
    shape = add_shape(shape, &last, walk->text[i - 1]);
  *start = i;
  return shape;
}

static guint32 shape_behind(const Walk *walk, guint32 start, guint32 *end)
{
  guint32 shape = 2166136261u;
  guint8 last = 0;
  guint32 i = start;
  for (; i < walk->length && i - start < TOKEN_BYTES && walk->text[i] > ' '; i++)
    shape = add_shape(shape, &last, walk->text[i]);
  *end = i;
  return shape;
}

/* How far the paragraph's end is: 0 to 3. */
static guint remaining(const Walk *walk, guint32 start)
{
  guint32 limit = MIN(walk->length - start, 48);
  for (guint32 i = 0; i < limit; i++)
    if (walk->text[start + i] == '\n')
      return i / 16;
  return start + limit == walk->length ? limit / 16 : 3;
}

static guint32 word_hash(const Walk *walk, guint32 start, guint32 end)
{
  return end == start ? 0 : aver_word_hash((const char *) walk->text + start, end - start);
}

static void add_web(const Walk *walk, const Candidate *candidate, Features *out)
{
  const Left *left = &candidate->left;
  const Right *right = &candidate->right;
  guint8 last = walk->text[candidate->end - 1];
  guint32 left_hash = word_hash(walk, left->start, left->end);
  guint32 right_hash = word_hash(walk, right->word, right->end);
  guint32 left_start, right_end, other;
  guint32 left_shape = shape_before(walk, candidate->end, &left_start);
  guint32 right_shape = shape_behind(walk, candidate->next, &right_end);
  guint stop = candidate->stop;
  add(out, BLOCK_LEFT_WORD, left_hash, stop, 0);
  add(out, BLOCK_RIGHT_WORD, right_hash, stop, 0);
  add(out, BLOCK_LEFT_WORD_RIGHT, left_hash, stop, right->kind);
  add(out, BLOCK_LAST_RIGHT, last, right->kind, right->opener);
  add(out, BLOCK_LAST_WORDS, last, candidate->words, stop);
  add(out, BLOCK_SHAPES, left_shape, right_shape, 0);
  add(out, BLOCK_LEFT_SHAPE, left_shape, stop, 0);
  add(out, BLOCK_RIGHT_SHAPE, right_shape, stop, 0);
  guint32 second = left_start > walk->sentence ? shape_before(walk, left_start - 1, &other) : 0;
  add(out, BLOCK_SECOND, second, left->kind, right->kind);
  guint32 third = right_end < walk->length ? shape_behind(walk, right_end + 1, &other) : 0;
  add(out, BLOCK_THIRD, third, left->kind, right->kind);
  add(out, BLOCK_REMAINING, remaining(walk, candidate->next), left->kind, stop);
}

guint get_features(const Walk *walk, const Candidate *candidate, guint16 *features)
{
  Features out = {features, 0, walk->splitter->web ? WEB_BITS : NEWS_BITS};
  guint left = candidate->left.kind, right = candidate->right.kind, stop = candidate->stop;
  guint length = MIN(candidate->left.end - candidate->left.start, 6);
  add(&out, BLOCK_STOP_RIGHT, stop, right, 0);
  add(&out, BLOCK_LEFT_RIGHT, left, right, stop == STOP_NONE);
  add(&out, BLOCK_LEFT_STOP, left, stop, 0);
  add(&out, BLOCK_CLOSER_RIGHT, candidate->closer, right, stop == STOP_NONE);
  add(&out, BLOCK_OPENER_RIGHT, candidate->right.opener, right, stop == STOP_NONE);
  add(&out, BLOCK_MARKS, candidate->right.opener, stop, candidate->closer);
  add(&out, BLOCK_WORDS_LEFT, candidate->words, left, stop == STOP_NONE);
  add(&out, BLOCK_WORDS_STOP, candidate->words, stop, 0);
  add(&out, BLOCK_LEFT_LENGTH, length, left, stop);
  if (walk->splitter->web)
    add_web(walk, candidate, &out);
  return out.n;
}

gboolean weigh(const Walk *walk, const Candidate *candidate)
{
  guint16 features[MAX_FEATURES];
  guint n = get_features(walk, candidate, features);
  const gint8 *weights = walk->splitter->web ? web_weights : news_weights;
  gint32 sum = 0;
  for (guint i = 0; i < n; i++)
    sum += weights[features[i]];
  return sum > 0;
}
