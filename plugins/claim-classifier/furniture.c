/* SPDX-License-Identifier: Apache-2.0 */
/* Furniture: headings, bylines, datelines, credits, calls to click, recipes and sports scores. */
#include "furniture.h"

#include "speech.h"

#define LONGEST_HEADING 20
#define LONGEST_SCORE   24
#define LONGEST_CREDIT  32

gboolean is_terminated(const AverToken *tokens, guint32 n)
{
  for (guint32 i = n; i-- > 0;) {
    const AverToken *token = &tokens[i];
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
    gboolean small =
        lower && word->token.end - word->token.start <= 4 &&
        unit_is_any(unit, i, "of in the and at by for de la van von al date a.m. p.m. gmt");
    shape.lower += lower && !small;
  }
  return shape;
}

/* Phrases that open, or stand anywhere in, lines of credit, copyright and navigation. */
static gboolean says_furniture(const Unit *unit, gint64 first)
{
  static const struct {
    const char *one, *two, *three;
    gboolean anywhere;
  } phrases[] = {
      {"contributed", "to", "this", TRUE},
      {"all", "rights", "reserved", TRUE},
      {"getty", "images", NULL, TRUE},
      {"file", "photo picture", NULL, FALSE},
      {"reporting editing writing compiled additional photography photograph photo photos image "
       "picture illustration words",
       "by reporting :", NULL, FALSE},
      {"photo photos image picture source sources credit related advertisement copyright video "
       "watch listen caption",
       ":", NULL, FALSE},
      {"click tap", "here", NULL, FALSE},
      {"read see", "more also", NULL, FALSE},
      {"sign", "up", "for to", FALSE},
      {"follow like find", "us", "on", FALSE},
      {"subscribe", "to now here", NULL, FALSE},
      {"share", "this", NULL, FALSE},
      {"this", "article story", "was has is originally first", FALSE},
      {"last first", "updated published modified", NULL, FALSE},
      {"skip", "to", NULL, FALSE},
      {"copyright", "", NULL, FALSE},
  };
  for (guint k = 0; k < G_N_ELEMENTS(phrases); k++) {
    gint64 last = phrases[k].anywhere ? MIN((gint64) unit->n, LONGEST_CREDIT) - 1 : first;
    for (gint64 i = first; i <= last; i++)
      if (unit_is_any(unit, i, phrases[k].one) &&
          (phrases[k].two[0] == '\0' || unit_is_any(unit, i + 1, phrases[k].two)) &&
          (phrases[k].three == NULL || unit_is_any(unit, i + 2, phrases[k].three)))
        return TRUE;
  }
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
    played |= unit_is_any(unit, i,
                          "beat beats defeated defeats edged thrashed thumped drew downed routed "
                          "hammered overcame halftime full-time half-time");
    if (unit_is_any(unit, i, "vote votes voted senate parliament court jury bill committee"))
      return FALSE;
  }
  return played || shape->lower <= 1;
}

static gboolean is_recipe(const Unit *unit, const Shape *shape, gboolean terminated)
{
  gint64 i = shape->first;
  if (unit->words[i].token.kind == AVER_TOKEN_NUMBER)
    return unit_is_any(unit, i + 1,
                       "g kg ml cl l oz lb lbs cup cups tbsp tsp tablespoon tablespoons "
                       "teaspoon teaspoons grams clove cloves pinch") &&
           !terminated;
  if (!unit_is_any(unit, i,
                   "add stir mix bake preheat whisk simmer pour drain chop boil fry garnish "
                   "knead season combine sprinkle serve melt roast cook heat peel slice "
                   "blend fold spread marinate refrigerate"))
    return FALSE;
  return unit_has(unit, i + 1, SPEECH_DETERMINER) ||
         unit_is_any(unit, i + 1,
                     "in to for with until well and warm hot cold immediately at one two "
                     "half together") ||
         (i + 1 < unit->n && unit->words[i + 1].token.kind == AVER_TOKEN_NUMBER);
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
  return says_furniture(unit, shape.first) || is_sports_score(unit, &shape) ||
         is_recipe(unit, &shape, terminated);
}
