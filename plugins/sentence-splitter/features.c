/* SPDX-License-Identifier: Apache-2.0 */
/* The linear model: what a candidate looks like, as indices into a table of weights. */
#include "split.h"
#include "weights-news.h"
#include "weights-web.h"

#include <string.h>

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
  BLOCK_LEFT_WORD_LAST,
  BLOCK_LAST_RIGHT_WORDS,
} Block;

#define NEWS_BITS   11
#define WEB_BITS    14
#define TOKEN_BYTES 16

G_STATIC_ASSERT(G_N_ELEMENTS(news_weights) == 1 << NEWS_BITS);
G_STATIC_ASSERT(G_N_ELEMENTS(web_weights) == 1 << WEB_BITS);

typedef struct {
  guint16 *features;
  guint n;
  guint bits;
} Features;

static void add(Features *out, Block block, guint32 a, guint32 b, guint32 c)
{
  guint32 key = (a + block) * 0x9e3779b1u ^ (b * 64 + c + block * 4096) * 0x85ebca6bu;
  out->features[out->n++] = (guint16) ((key ^ key >> 15) * 0xc2b2ae35u >> (32 - out->bits));
}

/* A token's outline: runs of letters and of digits become one character each. Other characters
 * stand for themselves. */
static guint8 outline(guint8 byte)
{
  static const guint8 marks[N_MARKS] = {[MARK_LOWER] = 'a', [MARK_UPPER] = 'A', [MARK_DIGIT] = '0'};
  guint8 class = byte >= 0x80 ? 'o' : marks[ascii_marks[byte]];
  return class == 0 ? byte : class;
}

static guint32 shape_before(const Walk *walk, guint32 end, guint32 *start)
{
  guint32 shape = 2166136261u;
  guint8 last = 0;
  guint32 limit = MAX(walk->sentence, end > TOKEN_BYTES ? end - TOKEN_BYTES : 0);
  guint32 i = end;
  for (; i > limit && walk->text[i - 1] > ' '; i--) {
    guint8 class = outline(walk->text[i - 1]);
    if (class != last)
      shape = (shape ^ class) * 16777619u;
    last = class;
  }
  *start = i;
  return shape;
}

static guint32 shape_behind(const Walk *walk, guint32 start, guint32 *end)
{
  guint32 shape = 2166136261u;
  guint8 last = 0;
  guint32 limit = MIN(walk->length, start + TOKEN_BYTES);
  guint32 i = start;
  for (; i < limit && walk->text[i] > ' '; i++) {
    guint8 class = outline(walk->text[i]);
    if (class != last)
      shape = (shape ^ class) * 16777619u;
    last = class;
  }
  *end = i;
  return shape;
}

/* How far the paragraph's end is: 0 to 3. */
static guint remaining(const Walk *walk, guint32 start)
{
  guint32 limit = MIN(walk->length - start, 48);
  const guint8 *end = memchr(walk->text + start, '\n', limit);
  if (end != NULL)
    return (guint) (end - walk->text - start) / 16;
  return start + limit == walk->length ? limit / 16 : 3;
}

/* A word in lower case by its length and its first eight bytes. */
static guint32 word_key(const Walk *walk, guint32 start, guint32 end)
{
  guint64 bytes = 0;
  memcpy(&bytes, walk->text + start, MIN(end - start, 8));
  bytes = GUINT64_FROM_LE(bytes) | G_GUINT64_CONSTANT(0x2020202020202020);
  return (guint32) ((bytes ^ (end - start)) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) >> 32);
}

static void add_web(const Walk *walk, const Candidate *candidate, Features *out)
{
  const Left *left = &candidate->left;
  const Right *right = &candidate->right;
  guint8 last = walk->text[candidate->end - 1];
  guint32 left_key = word_key(walk, left->start, left->end);
  guint32 right_key = word_key(walk, right->word, right->end);
  guint32 left_start, right_end, other;
  guint32 left_shape = shape_before(walk, candidate->end, &left_start);
  guint32 right_shape = shape_behind(walk, candidate->next, &right_end);
  guint stop = candidate->stop;
  add(out, BLOCK_LEFT_WORD, left_key, stop, 0);
  add(out, BLOCK_RIGHT_WORD, right_key, stop, 0);
  add(out, BLOCK_LEFT_WORD_RIGHT, left_key, stop, right->kind);
  add(out, BLOCK_LEFT_WORD_LAST, left_key, last, candidate->words);
  add(out, BLOCK_LAST_RIGHT_WORDS, last, right->kind, candidate->words);
  add(out, BLOCK_SHAPES, left_shape, right_shape, 0);
  add(out, BLOCK_LEFT_SHAPE, left_shape, stop, 0);
  add(out, BLOCK_RIGHT_SHAPE, right_shape, stop, 0);
  guint32 second = left_start > walk->sentence ? shape_before(walk, left_start - 1, &other) : 0;
  add(out, BLOCK_SECOND, second, left->kind, right->kind);
  guint32 third = right_end < walk->length ? shape_behind(walk, right_end + 1, &other) : 0;
  add(out, BLOCK_THIRD, third, left->kind, right->kind);
  add(out, BLOCK_REMAINING, remaining(walk, candidate->next), left->kind, stop);
}

/* What kinds of words and marks meet. */
static void add_kinds(const Candidate *candidate, Features *out)
{
  guint left = candidate->left.kind, right = candidate->right.kind, stop = candidate->stop;
  gboolean gap = stop == STOP_NONE;
  gboolean lower = right == RIGHT_LOWER || right == RIGHT_REPORT || right == RIGHT_SMALL_LETTER;
  guint length = MIN(candidate->left.end - candidate->left.start, LENGTHS - 1);
  add(out, BLOCK_STOP_RIGHT, stop, right, 0);
  add(out, BLOCK_LEFT_RIGHT, left, right, gap);
  add(out, BLOCK_LEFT_STOP, left, stop, 0);
  add(out, BLOCK_CLOSER_RIGHT, candidate->closer, right, gap);
  add(out, BLOCK_OPENER_RIGHT, candidate->right.opener, right, gap);
  add(out, BLOCK_MARKS, candidate->right.opener, stop, candidate->closer);
  add(out, BLOCK_WORDS_LEFT, candidate->words, left, gap);
  add(out, BLOCK_WORDS_STOP, candidate->words, stop, 0);
  add(out, BLOCK_LEFT_LENGTH, length, left, stop * 2 + lower);
}

/* The last byte before the gap; with the kinds, enough to say no to most gaps. */
static void add_last(const Walk *walk, const Candidate *candidate, Features *out)
{
  guint8 last = walk->text[candidate->end - 1];
  add(out, BLOCK_LAST_RIGHT, last, candidate->right.kind, candidate->right.opener);
  add(out, BLOCK_LAST_WORDS, last, candidate->words, candidate->stop);
}

guint get_features(const Walk *walk, const Candidate *candidate, guint16 *features)
{
  Features out = {features, 0, walk->splitter->web ? WEB_BITS : NEWS_BITS};
  add_kinds(candidate, &out);
  if (walk->splitter->web) {
    add_last(walk, candidate, &out);
    add_web(walk, candidate, &out);
  }
  return out.n;
}

static gint32 add_up(gboolean web, const Features *features)
{
  const gint8 *weights = web ? web_weights : news_weights;
  gint32 sum = 0;
  for (guint i = 0; i < features->n; i++)
    sum += weights[features->features[i]];
  return sum;
}

static gint32 weigh_kinds(const Splitter *splitter, const Candidate *candidate)
{
  guint16 indices[MAX_FEATURES];
  Features features = {indices, 0, splitter->web ? WEB_BITS : NEWS_BITS};
  add_kinds(candidate, &features);
  return add_up(splitter->web, &features);
}

/* Few candidates are of more than a few kinds: their sums are made once. */
void prepare_sums(Splitter *splitter)
{
  splitter->usual_stop = splitter->web ? STOP_NONE : STOP_PERIOD;
  Candidate candidate = {.stop = splitter->usual_stop};
  for (guint left = 0; left < N_LEFTS; left++)
    for (guint right = 0; right < N_RIGHTS; right++)
      for (guint words = 0; words < 4; words++)
        for (guint length = 0; length < LENGTHS; length++) {
          candidate.left = (Left){.end = length, .kind = (LeftKind) left};
          candidate.right.kind = (RightKind) right;
          candidate.words = words;
          splitter->sums[left][right][words][length] = (gint16) weigh_kinds(splitter, &candidate);
        }
}

static gint32 get_sum(const Splitter *splitter, const Candidate *candidate)
{
  const Left *left = &candidate->left;
  const Right *right = &candidate->right;
  if (candidate->stop != splitter->usual_stop || candidate->closer != CLOSER_NONE ||
      right->opener != OPENER_NONE)
    return weigh_kinds(splitter, candidate);
  guint length = MIN(left->end - left->start, LENGTHS - 1);
  return splitter->sums[left->kind][right->kind][candidate->words][length];
}

gboolean weigh(const Walk *walk, const Candidate *candidate)
{
  guint16 indices[MAX_FEATURES];
  gint32 sum = get_sum(walk->splitter, candidate);
  if (!walk->splitter->web)
    return sum > 0;
  Features features = {indices, 0, WEB_BITS};
  add_last(walk, candidate, &features);
  if (candidate->stop == STOP_NONE && sum + add_up(TRUE, &features) < WEB_FLOOR)
    return FALSE;
  add_web(walk, candidate, &features);
  return sum + add_up(TRUE, &features) > 0;
}
