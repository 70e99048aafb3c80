/* SPDX-License-Identifier: Apache-2.0 */
/* Furniture: headings, bylines, datelines, credits, calls to click, recipes and sports scores. */
#include "furniture.h"

#include "speech.h"
#include "topics.h"

#define LONGEST_HEADING 20
#define LONGEST_SCORE   24
#define LONGEST_STATUS  10
#define LONGEST_CREDIT  32

enum {
  OPENER_CREDIT = 1 << 0,
  OPENER_COOKING = 1 << 1,
  OPENER_STATUS = 1 << 2,
};

gboolean is_terminated(const Word *words, guint32 n)
{
  for (guint32 i = n; i-- > 0;) {
    const AverToken *token = &words[i].token;
    gboolean closing =
        token->kind == AVER_TOKEN_QUOTE ||
        (token->kind == AVER_TOKEN_PUNCTUATION && (token->detail == ')' || token->detail == ']'));
    if (closing)
      continue;
    if (token->kind == AVER_TOKEN_PUNCTUATION)
      return strchr(".!?~:;", token->detail) != NULL;
    return (token->flags & AVER_TOKEN_ABBREVIATION) != 0;
  }
  return FALSE;
}

typedef struct {
  guint32 words;
  guint32 lower; /* words that are neither capitalised nor the small change of names */
  guint32 addresses;
  gint64 first;
} Shape;

static Shape shape_of(const Unit *unit)
{
  Shape shape = {.first = AVER_NONE};
  for (gint64 i = 0; i < unit->n; i++) {
    const Word *word = &unit->words[i];
    if (!is_wordy(word))
      continue;
    if (shape.first == AVER_NONE)
      shape.first = i;
    shape.words++;
    shape.addresses += word->token.kind == AVER_TOKEN_ADDRESS;
    gboolean lower =
        word->token.kind == AVER_TOKEN_WORD && (word->token.flags & AVER_TOKEN_CAPITALISED) == 0;
    guint32 verb = TOPIC_BE_NOW | TOPIC_PAST | TOPIC_HAVE;
    gboolean small =
        lower && ((word->topic & ((guint32) TOPIC_LIGHT | verb)) == (guint32) TOPIC_LIGHT ||
                  (word->topic == 0 && (word->marks & MARK_SMALL) != 0));
    shape.lower += lower && !small;
  }
  return shape;
}

/* What can open a line of credit, copyright or navigation, or a cooking instruction. */
static const AverLexiconEntry openers[] = {
    {"file reporting editing writing compiled additional photography photograph photo photos image "
     "picture illustration words source sources credit related advertisement copyright video watch "
     "listen caption click tap read see sign follow like find subscribe share this last first skip",
     OPENER_CREDIT},
    {"add stir mix bake preheat whisk simmer pour drain chop boil fry garnish knead season combine "
     "sprinkle serve melt roast cook heat peel slice blend fold spread marinate refrigerate",
     OPENER_COOKING},
    {"published updated posted page episode filed most in estimated", OPENER_STATUS},
};

WordList openers_list(void)
{
  return (WordList){openers, G_N_ELEMENTS(openers)};
}

/* Openings of lines of credit and navigation, word by word. */
static gboolean opens_furniture(const Unit *unit, gint64 first)
{
  static const struct {
    const char *one, *two, *three;
  } phrases[] = {
      {"file", "photo picture", NULL},
      {"reporting editing writing compiled additional photography photograph photo photos image "
       "picture illustration words",
       "by reporting", NULL},
      {"photo photos image picture source sources credit related advertisement copyright video "
       "watch listen caption",
       ":", NULL},
      {"click tap", "here", NULL},
      {"read see", "more also", NULL},
      {"sign", "up", "for to"},
      {"follow like find", "us", "on"},
      {"subscribe", "to now here", NULL},
      {"share", "this", NULL},
      {"this", "article story", "was has is originally first"},
      {"last first", "updated published modified", NULL},
      {"skip", "to", NULL},
      {"copyright", NULL, NULL},
  };
  for (guint k = 0; k < G_N_ELEMENTS(phrases); k++)
    if (unit_is_any(unit, first, phrases[k].one) &&
        (phrases[k].two == NULL || unit_is_any(unit, first + 1, phrases[k].two)) &&
        (phrases[k].three == NULL || unit_is_any(unit, first + 2, phrases[k].three)))
      return TRUE;
  return FALSE;
}

/* "X contributed to this report", "All rights reserved", "Getty Images". */
static gboolean has_credit(const Unit *unit)
{
  for (gint64 i = 0; i + 1 < unit->n && i < LONGEST_CREDIT; i++)
    if ((unit->words[i].marks & MARK_CREDIT) == 0)
      continue;
    else if ((unit_is(unit, i, "contributed") && unit_is(unit, i + 1, "to") &&
              unit_is(unit, i + 2, "this")) ||
             (unit_is(unit, i, "rights") && unit_is(unit, i + 1, "reserved")) ||
             (unit_is(unit, i, "getty") && unit_is(unit, i + 1, "images")))
      return TRUE;
  return FALSE;
}

/* "3-1", or "3", a dash and "1". */
static gboolean is_result(const Unit *unit, gint64 i)
{
  const AverToken *token = &unit->words[i].token;
  if (token->kind != AVER_TOKEN_NUMBER)
    return FALSE;
  const char *p = unit->text + token->start;
  guint32 length = token->end - token->start;
  const char *dash = memchr(p, '-', length);
  if (dash != NULL && dash > p)
    return dash - p <= 3 && p + length - dash <= 4 && p + length - dash >= 2;
  return length <= 2 && i + 2 < unit->n && is_mark(&unit->words[i + 1], '-') &&
         unit->words[i + 2].token.kind == AVER_TOKEN_NUMBER &&
         unit->words[i + 2].token.end - unit->words[i + 2].token.start <= 3;
}

static gboolean is_sports_score(const Unit *unit, const Shape *shape)
{
  gboolean result = FALSE, played = FALSE;
  for (gint64 i = 0; i < unit->n && !result; i++)
    result = is_result(unit, i);
  if (!result || shape->words > LONGEST_SCORE)
    return FALSE;
  for (gint64 i = 0; i < unit->n; i++) {
    played |= unit_is_any(
        unit, i,
        "beat beats defeated defeats edged thrashed thumped drew downed routed "
        "hammered overcame lead leads led trail trails trailed halftime full-time half-time");
    if (unit_is_any(unit, i, "vote votes voted senate parliament court jury bill committee"))
      return FALSE;
  }
  return played || shape->lower <= 1;
}

/* "200 g flour" */
static gboolean is_ingredient(const Unit *unit, gint64 first)
{
  return unit->words[first].token.kind == AVER_TOKEN_NUMBER &&
         unit_is_any(unit, first + 1,
                     "g kg ml cl l oz lb lbs cup cups tbsp tsp tablespoon tablespoons "
                     "teaspoon teaspoons grams clove cloves pinch");
}

/* "Stir the onions", "Bake for 40 minutes" */
static gboolean is_cooking(const Unit *unit, gint64 first)
{
  return unit_has(unit, first + 1, SPEECH_DETERMINER) ||
         unit_is_any(unit, first + 1,
                     "in to for with until well and warm hot cold immediately at one "
                     "two half together") ||
         (first + 1 < unit->n && unit->words[first + 1].token.kind == AVER_TOKEN_NUMBER);
}

static gboolean is_number(const Unit *unit, gint64 i)
{
  return i >= 0 && i < unit->n && unit->words[i].token.kind == AVER_TOKEN_NUMBER;
}

/* "Published 3 hours ago", "Page 2 of 9", "Filed under Travel", "Most read", "In stock" */
static gboolean is_status(const Unit *unit, const Shape *shape)
{
  gint64 i = shape->first;
  if (unit_is(unit, i, "page"))
    return is_number(unit, i + 1) && unit_is(unit, i + 2, "of") && is_number(unit, i + 3);
  if (unit_is_any(unit, i, "published updated posted"))
    return is_number(unit, i + 1) && shape->words <= 5;
  if (unit_is(unit, i, "most"))
    return unit_is_any(unit, i + 1, "read popular viewed shared");
  if (shape->words > LONGEST_STATUS)
    return FALSE;
  return (unit_is(unit, i, "episode") && is_number(unit, i + 1)) ||
         (unit_is(unit, i, "filed") && unit_is_any(unit, i + 1, "under in")) ||
         (unit_is(unit, i, "in") && unit_is(unit, i + 1, "stock")) ||
         (unit_is(unit, i, "estimated") && unit_is(unit, i + 1, "delivery"));
}

/* "Rovers 2, Harriers 0", "Rusk 1st, Marsh 2nd": names and numbers in turn, and no verb. */
static gboolean is_tally(const Unit *unit, const Shape *shape)
{
  guint pairs = 0;
  if (shape->words > LONGEST_SCORE || shape->lower > 3)
    return FALSE;
  for (gint64 i = 0; i < unit->n; i++) {
    if ((unit->words[i].topic & (TOPIC_BE_NOW | TOPIC_PAST | TOPIC_HAVE | TOPIC_CHANGE |
                                 TOPIC_RECORD | TOPIC_MONEY | TOPIC_TIME)) != 0)
      return FALSE;
    pairs += is_number(unit, i + 1) && is_wordy(&unit->words[i]) &&
             unit->words[i + 1].token.end - unit->words[i + 1].token.start <= 4 &&
             (unit->words[i].token.flags & AVER_TOKEN_CAPITALISED) != 0;
  }
  return pairs >= 2;
}

static gboolean opens_as_furniture(const Unit *unit, const Shape *shape)
{
  gint64 first = shape->first;
  guint32 opener = unit->words[first].marks;
  return ((opener & OPENER_CREDIT) != 0 && opens_furniture(unit, first)) ||
         ((opener & OPENER_COOKING) != 0 && is_cooking(unit, first)) ||
         ((opener & OPENER_STATUS) != 0 && is_status(unit, shape));
}

gboolean is_furniture(const Unit *unit, gboolean terminated, gboolean heading)
{
  Shape shape = shape_of(unit);
  if (shape.words == 0 || (shape.addresses > 0 && shape.words <= 4))
    return TRUE;
  if (heading && !terminated && shape.words <= LONGEST_HEADING && !is_mark(&unit->words[0], '*') &&
      !is_mark(&unit->words[0], '-'))
    return TRUE;
  if (shape.lower == 0 && (shape.words <= 3 || (!terminated && shape.words <= LONGEST_HEADING)))
    return TRUE;
  return opens_as_furniture(unit, &shape) || has_credit(unit) || is_sports_score(unit, &shape) ||
         is_tally(unit, &shape) || (!terminated && is_ingredient(unit, shape.first));
}
