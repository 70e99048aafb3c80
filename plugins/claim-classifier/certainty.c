/* SPDX-License-Identifier: Apache-2.0 */
/* Certainty: conditions first, then whichever comes first of negation and hedge. */
#include "certainty.h"

#include "speech.h"

static Certainty at(const Unit *unit, gint64 i, AverCertainty certainty)
{
  return (Certainty){certainty, word_span(&unit->words[i])};
}

static gboolean conditional(const Unit *unit, gint64 i)
{
  if (unit_has(unit, i, SPEECH_IF)) {
    if (unit_is(unit, i, "provided"))
      return unit_is(unit, i + 1, "that");
    return !unit_has(unit, i - 1, SPEECH_ASK) && !unit_has(unit, i - 2, SPEECH_ASK) &&
           !unit_is_any(unit, i - 1,
                        "as see know wonder wondered unclear sure determine check doubt "
                        "unsure tell") &&
           !unit_is_any(unit, i + 1, "not any necessary possible anything");
  }
  return i == 0 && unit_is(unit, i, "should") && !is_mark(&unit->words[unit->n - 1], '?');
}

/* "those who did not vote", "when there was no money" say nothing about the claim itself. */
static gboolean in_relative(const Unit *unit, gint64 i)
{
  for (gint64 j = i - 1; j >= 0 && j >= i - 4; j--)
    if (unit_is_any(unit, j, "when while although because though since"))
      return TRUE;
  for (gint64 j = i - 1; j >= 0 && j >= i - 3; j--)
    if (unit_is_any(unit, j, "who whose which"))
      return TRUE;
  return FALSE;
}

static gboolean negation(const Unit *unit, gint64 i)
{
  if (!unit_has(unit, i, SPEECH_NOT))
    return FALSE;
  if (unit->words[i].token.flags & AVER_TOKEN_ABBREVIATION)
    return FALSE;
  if (unit_is_any(unit, i + 1, "only just merely doubt matter least mind other") ||
      unit_is_any(unit, i - 1, "or if why as to") ||
      (!unit_has(unit, i - 1, SPEECH_BE) && unit_is(unit, i, "not") &&
       (unit_is(unit, i + 1, "to") || unit_ends(unit, i + 1, "ing"))) ||
      (unit_is(unit, i, "no") && i + 1 < unit->n && is_mark(&unit->words[i + 1], ',')))
    return FALSE;
  if (unit_is(unit, i, "no") && i + 1 < unit->n &&
      (unit->words[i + 1].token.kind == AVER_TOKEN_NUMBER || is_mark(&unit->words[i + 1], '.')))
    return FALSE;
  return !in_relative(unit, i);
}

static gboolean month(const Unit *unit, gint64 i)
{
  return unit_is(unit, i, "may") && (unit->words[i].token.flags & AVER_TOKEN_CAPITALISED) != 0 &&
         (i > 0 || (i + 1 < unit->n && unit->words[i + 1].token.kind == AVER_TOKEN_NUMBER));
}

/* "so that they could rest": what one can do, not what may be. */
static gboolean so_that(const Unit *unit, gint64 i)
{
  for (gint64 j = i - 1; j >= 1 && j >= i - 4; j--)
    if (unit_is(unit, j, "that") && unit_is(unit, j - 1, "so"))
      return TRUE;
  return FALSE;
}

static gboolean hedge(const Unit *unit, gint64 i)
{
  if (unit_has(unit, i, SPEECH_MUST))
    return unit_is(unit, i, "must") &&
           (unit_perfect(unit, i + 1) ||
            (unit_is(unit, i + 1, "be") && unit_ends(unit, i + 2, "ing")));
  if (unit_has(unit, i, SPEECH_MIGHT) && so_that(unit, i))
    return FALSE;
  if (unit_has(unit, i, SPEECH_MIGHT))
    return !month(unit, i) && !(unit_is(unit, i, "could") && unit_has(unit, i + 1, SPEECH_NOT));
  if (unit_has(unit, i, SPEECH_SAY) &&
      unit_is_any(unit, i, "believed thought understood feared said"))
    return unit_is(unit, i + 1, "to") && unit_has(unit, i - 1, SPEECH_BE);
  if (!unit_has(unit, i, SPEECH_HEDGE))
    return FALSE;
  if (unit_is_any(unit, i, "appear appears appeared"))
    return unit_is_any(unit, i + 1, "to that");
  if (unit_is_any(unit, i, "alleged suspected"))
    return unit_has(unit, i - 1, SPEECH_DETERMINER);
  if (unit_is(unit, i, "suspect"))
    return unit_has(unit, i - 1, SPEECH_FIRST | SPEECH_PRONOUN) || unit_is(unit, i + 1, "that");
  return TRUE;
}

Certainty certainty_of_unit(const Unit *unit)
{
  Certainty result = {AVER_CERTAINTY_ASSERTED, {0, 0}};
  guint32 any = SPEECH_IF | SPEECH_NOT | SPEECH_MUST | SPEECH_MIGHT | SPEECH_SAY | SPEECH_HEDGE;
  if ((unit->speech & any) == 0)
    return result;
  for (gint64 i = 0; i < unit->n; i++) {
    if (conditional(unit, i))
      return at(unit, i, AVER_CERTAINTY_CONDITIONAL);
    if (result.certainty != AVER_CERTAINTY_ASSERTED)
      continue;
    if (hedge(unit, i))
      result = at(unit, i, AVER_CERTAINTY_HEDGED);
    else if (negation(unit, i))
      result = at(unit, i, AVER_CERTAINTY_NEGATED);
  }
  return result;
}
