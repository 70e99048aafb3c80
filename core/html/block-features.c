/* SPDX-License-Identifier: Apache-2.0 */
/* What can be said of a block: the features that the weights weigh. */
#include "block-features.h"

#include "phrases.h"

#include <string.h>

/* Where each group of features begins, and how many values it has. */
enum {
  KIND = 0,
  N_KINDS = 12,
  PLACES = KIND + N_KINDS,
  WIDTH = PLACES + N_PLACES,
  N_WIDTHS = 8,
  LINKED = WIDTH + N_WIDTHS,
  N_LINKED = 6,
  SENTENCES = LINKED + N_LINKED,
  ENDING = SENTENCES + 4,
  LOOKS = ENDING + 5,
  N_LOOKS = 18,
  PATH = LOOKS + N_LOOKS,
  OWN = PATH + N_WORD_MEANINGS,
  STANDING = OWN + N_WORD_MEANINGS,
  N_STANDINGS = 4,
  POSITION = STANDING + N_STANDINGS,
  N_POSITIONS = 10,
  AROUND = POSITION + N_POSITIONS,
  N_AROUND = 9,
  N_NEAR = 6,
  N_SHARES = 7,
  UNIT_WIDTH = AROUND + N_AROUND,
  UNIT_LINKED = UNIT_WIDTH + N_WIDTHS,
  UNIT_PARAGRAPHS = UNIT_LINKED + N_LINKED,
  PHRASE = UNIT_PARAGRAPHS + 5,
  KIND_POSITION = PHRASE + N_PHRASES,
  STANDING_WIDTH = KIND_POSITION + N_KINDS * 3,
  STANDING_LINKED = STANDING_WIDTH + N_STANDINGS * N_WIDTHS,
  POSITION_LINKED = STANDING_LINKED + N_STANDINGS * N_LINKED,
  POSITION_WIDTH = POSITION_LINKED + 3 * N_LINKED,
  PICTURED = POSITION_WIDTH + 3 * N_WIDTHS,
  NEARNESS = PICTURED + 5 * 2,
  PHRASE_NEARNESS = NEARNESS + N_NEAR * 3,
  LINKED_CAPS = PHRASE_NEARNESS + N_PHRASES * 2,
  SHORT_PATH = LINKED_CAPS + 2 * N_LINKED,
  FOREIGN = SHORT_PATH + N_WORD_MEANINGS,
  ALIKE = FOREIGN + 2,
  UNIT_SHARE = ALIKE + N_SHARES * 2,
  N_FEATURES = UNIT_SHARE + N_SHARES,
};

guint features_count(void)
{
  return N_FEATURES;
}

static void add(Features *features, guint index)
{
  if (features->n < MAX_FEATURES)
    features->index[features->n++] = (guint16) index;
}

static void add_bits(Features *features, guint first, guint32 bits)
{
  for (guint i = 0; bits != 0; i++, bits >>= 1)
    if ((bits & 1) != 0)
      add(features, first + i);
}

static guint bucket(double value, const double *bounds, guint n)
{
  guint i = 0;
  while (i < n && value >= bounds[i])
    i++;
  return i;
}

static guint width_bucket(guint32 width)
{
  static const double bounds[N_WIDTHS - 1] = {12, 25, 45, 80, 150, 300, 800};
  return bucket(width, bounds, G_N_ELEMENTS(bounds));
}

static guint linked_bucket(guint32 linked, guint32 width)
{
  static const double bounds[N_LINKED - 1] = {0.001, 0.2, 0.45, 0.75, 0.999};
  return bucket(width == 0 ? 0 : (double) linked / width, bounds, G_N_ELEMENTS(bounds));
}

static guint kind_of(const Scene *scene, const Block *block, guint32 inside)
{
  Tag tag = page_node(scene->page, block->element)->tag;
  if (tag_is_heading(tag))
    return tag == TAG_H1 ? 0 : tag == TAG_H2 ? 1 : tag == TAG_H3 ? 2 : 3;
  switch (tag) {
  case TAG_P:
    return (inside & PLACE_LIST) != 0 ? 4 : 5;
  case TAG_LI:
  case TAG_DD:
  case TAG_DT:
    return 6;
  case TAG_TD:
    return 7;
  case TAG_CAPTION:
  case TAG_FIGCAPTION:
    return 8;
  case TAG_BLOCKQUOTE:
  case TAG_PRE:
    return 9;
  default:
    return (inside & PLACE_LIST) != 0 ? 10 : 11;
  }
}

/* How close a block is to the article's paragraphs: one of them, beside them, apart from them. */
static guint standing_of(const Scene *scene, const Block *block)
{
  guint32 parent = page_node(scene->page, block->element)->parent;
  if (parent == scene->main)
    return 0;
  if (block->element == scene->main)
    return scene->direct ? 0 : 1;
  if (parent > 0 && page_node(scene->page, parent)->parent == scene->main)
    return 2;
  return 3;
}

static guint ending_of(const char *text, guint32 length)
{
  while (length > 0 && strchr("\"')]", text[length - 1]) != NULL)
    length--;
  if (length >= 3 && memcmp(text + length - 3, "\xe2\x80", 2) == 0 &&
      ((guchar) text[length - 1] == 0x9d || (guchar) text[length - 1] == 0x99))
    length -= 3;
  if (length == 0)
    return 0;
  if (strchr(".!?", text[length - 1]) != NULL)
    return 1;
  if (text[length - 1] == ':')
    return 2;
  if (length >= 3 && (memcmp(text + length - 3, "\xe3\x80\x82", 3) == 0 ||
                      memcmp(text + length - 3, "\xe2\x80\xa6", 3) == 0))
    return 1;
  return g_ascii_isdigit(text[length - 1]) ? 3 : 4;
}

static void add_looks(const Block *block, const char *text, Features *features)
{
  guint upper = 0, lower = 0, digits = 0, lines = 0;
  for (guint32 i = 0; i < block->length; i++) {
    upper += g_ascii_isupper(text[i]);
    lower += g_ascii_islower(text[i]);
    digits += g_ascii_isdigit(text[i]);
    lines += text[i] == '\n';
  }
  if (block->strong * 10 >= block->width * 9)
    add(features, LOOKS);
  if (block->emphasis * 10 >= block->width * 9)
    add(features, LOOKS + 1);
  if (upper > 3 && lower == 0)
    add(features, LOOKS + 2);
  if (digits * 4 > block->length)
    add(features, LOOKS + 3);
  if (digits == 0)
    add(features, LOOKS + 4);
  if (g_ascii_islower(text[0]))
    add(features, LOOKS + 5);
  if (memchr(text, '|', block->length) != NULL)
    add(features, LOOKS + 6);
  if (memchr(text, '@', block->length) != NULL)
    add(features, LOOKS + 7);
  if (lines > 0)
    add(features, LOOKS + (lines > 2 ? 9 : 8));
  if (text[0] == '"' || (block->length > 3 && memcmp(text, "\xe2\x80\x9c", 3) == 0))
    add(features, LOOKS + 10);
  if (block->strong > 0 && block->strong * 2 < block->width)
    add(features, LOOKS + 11);
  if (block->copies > 1)
    add(features, LOOKS + (block->copies > 2 ? 13 : 12));
  if (g_ascii_isdigit(text[0]))
    add(features, LOOKS + 14);
  if (memchr(text, '/', block->length) != NULL && block->width < 40)
    add(features, LOOKS + 15);
  if (text[0] == '(' || text[0] == '[' || text[0] == '*')
    add(features, LOOKS + 16);
  if (upper > 3 && upper * 10 > (upper + lower) * 3 && lower > 0)
    add(features, LOOKS + 17);
}

/* How near a block is to the first and the last paragraphs. */
static guint nearness_of(const Scene *scene, guint i)
{
  if (i == scene->first)
    return 0;
  if (i >= scene->last)
    return i == scene->last ? 1 : 5;
  if (i + 3 > scene->last)
    return 2;
  return i < scene->first ? 3 : 4;
}

/* Features of two things at once. */
static void add_pairs(const Scene *scene, guint i, guint32 phrases, guint linked,
                      Features *features)
{
  const Block *block = block_at(scene->blocks, i);
  const char *text = scene->blocks->text.data + block->start;
  guint ending = ending_of(text, block->length), near = nearness_of(scene, i);
  guint upper = 0, lower = 0;
  for (guint32 k = 0; k < block->length; k++) {
    upper += g_ascii_isupper(text[k]);
    lower += g_ascii_islower(text[k]);
  }
  if (block->images > 0)
    add(features, PICTURED + ending * 2 + (block->width < 150));
  add(features, NEARNESS + near * 3);
  if (block->emphasis * 10 >= block->width * 9)
    add(features, NEARNESS + near * 3 + 1);
  if (block->strong * 10 >= block->width * 9)
    add(features, NEARNESS + near * 3 + 2);
  add_bits(features, PHRASE_NEARNESS + (near == 4 ? 0 : N_PHRASES), phrases);
  add(features, LINKED_CAPS + linked * 2 + (upper > lower));
  if (block->width < 45)
    add_bits(features, SHORT_PATH, scene_at(scene, block->element)->path);
}

static guint position_of(const Scene *scene, guint i, guint *part)
{
  static const double bounds[] = {2, 4, 8};
  *part = i < scene->first ? 0 : i > scene->last ? 2 : 1;
  if (scene->first > scene->last)
    return *part = 1, 9;
  if (*part == 0)
    return bucket(scene->first - i, bounds, G_N_ELEMENTS(bounds));
  if (*part == 2)
    return 4 + bucket(i - scene->last, bounds, G_N_ELEMENTS(bounds));
  return 8;
}

static gboolean is_main_paragraph(const Scene *scene, const Block *block)
{
  guint32 parent = page_node(scene->page, block->element)->parent;
  return block_is_paragraph(block) && (parent == scene->main || block->element == scene->main);
}

static void add_around(const Scene *scene, guint i, Features *features)
{
  const Block *block = block_at(scene->blocks, i);
  guint32 end = page_node(scene->page, scene->container)->end;
  for (guint side = 0; side < 2; side++) {
    guint first = AROUND + side * 4;
    gboolean there = side == 0 ? i > 0 : i + 1 < scene->blocks->blocks->len;
    const Block *other = there ? block_at(scene->blocks, side == 0 ? i - 1 : i + 1) : NULL;
    if (other == NULL || other->element < scene->container || other->element >= end) {
      add(features, first);
      continue;
    }
    if (is_main_paragraph(scene, other))
      add(features, first + 1);
    else if (other->linked * 2 > other->width)
      add(features, first + 2);
    if (scene_at(scene, other->element)->unit == scene_at(scene, block->element)->unit)
      add(features, first + 3);
  }
}

static gboolean is_title(const char *text, guint32 length, const char *title)
{
  gsize n = strlen(title);
  return length >= 8 && n >= length && memcmp(text, title, length) == 0;
}

static void add_unit(const Scene *scene, const Block *block, Features *features)
{
  guint32 unit = scene_at(scene, block->element)->unit;
  /* A unit that holds the article's paragraphs says nothing of a block. */
  if (unit <= scene->main && scene->main < page_node(scene->page, unit)->end) {
    add(features, UNIT_PARAGRAPHS + 4);
    return;
  }
  const Surroundings *at = scene_at(scene, unit);
  add(features, UNIT_WIDTH + width_bucket(at->width));
  add(features, UNIT_LINKED + linked_bucket(at->linked, at->width));
  add(features, UNIT_PARAGRAPHS + MIN(at->paragraphs, 3));
}

static guint share_bucket(double part, double whole)
{
  static const double bounds[N_SHARES - 1] = {0.001, 0.02, 0.08, 0.2, 0.4, 0.7};
  return bucket(whole > 0 ? part / whole : 0, bounds, G_N_ELEMENTS(bounds));
}

/* How much of the running text is laid out like this block, and how much stands in its unit. */
static void add_shares(const Scene *scene, guint i, Features *features)
{
  const Block *block = block_at(scene->blocks, i);
  const Surroundings *at = scene_at(scene, block->element);
  const Alike *kind = scene_alike(scene, scene_alike(scene, i)->kind);
  guint share = share_bucket(kind->width, scene->paragraphs);
  add(features, FOREIGN + (at->foreign ? 1 : 0));
  add(features, ALIKE + share);
  if (block_is_paragraph(block))
    add(features, ALIKE + N_SHARES + share);
  const Surroundings *unit = scene_at(scene, at->unit);
  add(features, UNIT_SHARE + share_bucket(unit->width - unit->linked, scene->paragraphs));
}

void features_of_block(const Scene *scene, guint i, const char *title, Features *features)
{
  const Block *block = block_at(scene->blocks, i);
  const char *text = scene->blocks->text.data + block->start;
  const Surroundings *at = scene_at(scene, block->element);
  guint kind = kind_of(scene, block, at->inside), standing = standing_of(scene, block), part;
  guint width = width_bucket(block->width), linked = linked_bucket(block->linked, block->width);
  guint position = position_of(scene, i, &part);
  features->n = 0;
  add(features, KIND + kind);
  add_bits(features, PLACES, at->inside);
  add(features, WIDTH + width);
  add(features, LINKED + linked);
  add(features, SENTENCES + MIN(block->sentences, 3));
  add(features, ENDING + ending_of(text, block->length));
  add_looks(block, text, features);
  add_bits(features, PATH, at->path);
  add_bits(features, OWN, at->words);
  add(features, STANDING + standing);
  add(features, POSITION + position);
  add_around(scene, i, features);
  if (is_title(text, block->length, title))
    add(features, AROUND + 8);
  add_unit(scene, block, features);
  add_shares(scene, i, features);
  guint32 phrases = phrases_of(text, block->length);
  add_bits(features, PHRASE, phrases);
  add_pairs(scene, i, phrases, linked, features);
  add(features, KIND_POSITION + kind * 3 + part);
  add(features, STANDING_WIDTH + standing * N_WIDTHS + width);
  add(features, STANDING_LINKED + standing * N_LINKED + linked);
  add(features, POSITION_LINKED + part * N_LINKED + linked);
  add(features, POSITION_WIDTH + part * N_WIDTHS + width);
}
