/* SPDX-License-Identifier: Apache-2.0 */
/* Acts of reporting verbs: deny, accuse, urge, vow, predict, condemn, each in its constructions. */
#include "acts.h"

#include "speech.h"

static gboolean found(const Unit *unit, gint64 i, AverAct act, Act *out)
{
  *out = (Act){act, word_span(&unit->words[i])};
  return TRUE;
}

/* "his campaign promises, ...", "different demands." */
static gboolean ends_phrase(const Unit *unit, gint64 i)
{
  return i + 1 >= unit->n ||
         (!is_wordy(&unit->words[i + 1]) && unit->words[i + 1].token.kind != AVER_TOKEN_QUOTE) ||
         unit_is_any(unit, i + 1, "of about and but made");
}

/* "was denied", "has been repeatedly accused", but not "has denied". */
static gboolean passive(const Unit *unit, gint64 i)
{
  if (unit_ends(unit, i, "ing") || !(unit_ends(unit, i, "d") || unit_ends(unit, i, "n")))
    return FALSE;
  gboolean adverb = unit_ends(unit, i - 1, "ly") || unit_has(unit, i - 1, SPEECH_NOT);
  return unit_has(unit, i - 1, SPEECH_BE) || (adverb && unit_has(unit, i - 2, SPEECH_BE));
}

static gboolean negated(const Unit *unit, gint64 i)
{
  return unit_has(unit, i - 1, SPEECH_NOT) || unit_has(unit, i - 2, SPEECH_NOT);
}

static gboolean noun(const Unit *unit, gint64 i)
{
  return unit_has(unit, i - 1, SPEECH_DETERMINER) || unit_is_any(unit, i - 1, "of 's");
}

/* "The claims were denied by", "the allegation has been rejected". */
static gboolean claim_before(const Unit *unit, gint64 i)
{
  for (gint64 j = i - 1; j >= 0 && j >= i - 10; j--)
    if (unit_has(unit, j, SPEECH_CLAIM))
      return TRUE;
  return FALSE;
}

static gboolean deny(const Unit *unit, gint64 i, Act *act)
{
  if (negated(unit, i))
    return FALSE;
  if (passive(unit, i))
    return (claim_before(unit, i) || unit_is(unit, i + 1, "by")) &&
           found(unit, i, AVER_ACT_DENIAL, act);
  gint64 granted = unit_find(unit, i, 4, SPEECH_GRANTED);
  gint64 clause = unit_find_any(unit, i, 4, "that having being he she they it any");
  if (granted != AVER_NONE && (clause == AVER_NONE || granted < clause))
    return FALSE;
  return found(unit, i, AVER_ACT_DENIAL, act);
}

static gboolean reject(const Unit *unit, gint64 i, Act *act)
{
  if (noun(unit, i) || negated(unit, i))
    return FALSE;
  if (passive(unit, i))
    return claim_before(unit, i) && found(unit, i, AVER_ACT_DENIAL, act);
  if (unit_is(unit, i + 1, "that") || unit_find(unit, i, 7, SPEECH_CLAIM) != AVER_NONE ||
      unit_find(unit, i, 8, (guint32) SPEECH_UNTRUE) != AVER_NONE)
    return found(unit, i, AVER_ACT_DENIAL, act);
  return FALSE;
}

static gboolean accuse(const Unit *unit, gint64 i, Act *act)
{
  gboolean the_accused = noun(unit, i) && !unit_is(unit, i + 1, "of");
  if (the_accused || negated(unit, i) || unit_is_any(unit, i - 1, "take takes took share to"))
    return FALSE;
  return found(unit, i, AVER_ACT_ALLEGATION, act);
}

static gboolean allege(const Unit *unit, gint64 i, Act *act)
{
  if (unit_is(unit, i, "allegedly") && noun(unit, i))
    return FALSE;
  gboolean adjective = unit_is(unit, i, "alleged") && i + 1 < unit->n &&
                       !unit_is_any(unit, i + 1, "that to") &&
                       (noun(unit, i) || !(unit_has(unit, i - 1, SPEECH_PRONOUN | SPEECH_FIRST) ||
                                           unit_is_any(unit, i + 1, "the he she it they a")));
  return !adjective && !negated(unit, i) && found(unit, i, AVER_ACT_ALLEGATION, act);
}

static gboolean charge(const Unit *unit, gint64 i, Act *act)
{
  gboolean linked = unit_is(unit, i, "indicted") || unit_is_any(unit, i + 1, "with of") ||
                    (unit_is(unit, i, "charged") && unit_find_any(unit, i, 9, "with") != AVER_NONE);
  return linked && !noun(unit, i) && !negated(unit, i) && found(unit, i, AVER_ACT_ALLEGATION, act);
}

static gboolean demand(const Unit *unit, gint64 i, Act *act)
{
  if (noun(unit, i))
    return FALSE;
  if (unit_is_any(unit, i, "demand demands")) {
    gboolean verb = unit_has(unit, i - 1, SPEECH_FIRST | SPEECH_PRONOUN) ||
                    unit_is_any(unit, i - 1, "to who") || unit_is(unit, i + 1, "that") ||
                    (unit_is(unit, i, "demands") && !unit_is_any(unit, i + 1, "for on of from"));
    return verb && !ends_phrase(unit, i) && !unit_is(unit, i + 1, "for") &&
           found(unit, i, AVER_ACT_DEMAND, act);
  }
  return found(unit, i, AVER_ACT_DEMAND, act);
}

/* '"Are you sorry?" the judge asked.' */
static gboolean question_before(const Unit *unit, gint64 i)
{
  for (gint64 j = i - 1; j > 0 && j >= i - 8; j--)
    if (unit->words[j].token.kind == AVER_TOKEN_QUOTE)
      return is_mark(&unit->words[j - 1], '?');
  return FALSE;
}

/* "asked him to leave" is a demand, "asked whether he left" a question; "asked about it" and "asked
 * to comment" introduce an answer. */
static gboolean ask(const Unit *unit, gint64 i, Act *act)
{
  gboolean to_do = unit_is(unit, i + 1, "to");
  if (noun(unit, i) || unit_is(unit, i - 1, "when") || i == 0 ||
      unit_is_any(unit, i + 1, "guilty not") || (unit_has(unit, i - 1, SPEECH_BE) && !to_do))
    return FALSE;
  if (unit_is_any(unit, i, "asked asks") && question_before(unit, i))
    return found(unit, i, AVER_ACT_QUESTION, act);
  if (unit_is_any(unit, i, "ask asks asked asking") &&
      unit_find_any(unit, i, 3, "whether if why how what who when where which") != AVER_NONE)
    return found(unit, i, AVER_ACT_QUESTION, act);
  gint64 to = unit_find_any(unit, i, 6, "to against and or");
  if (unit_is_any(unit, to, "and or"))
    to = AVER_NONE;
  gboolean that = unit_is(unit, i + 1, "that") && unit_is_any(unit, i, "ordered requested");
  if (unit_is_any(unit, i, "told pressed") && (to == AVER_NONE || to > i + 3))
    return FALSE;
  if (unit_is_any(unit, i, "advise advises advised advising") && unit_ends(unit, i + 1, "ing"))
    return found(unit, i, AVER_ACT_DEMAND, act);
  if (to == AVER_NONE && !that)
    return FALSE;
  return !unit_has(unit, to + 1, SPEECH_DETERMINER) && !unit_is(unit, to + 1, "comment") &&
         found(unit, i, AVER_ACT_DEMAND, act);
}

static gboolean call(const Unit *unit, gint64 i, Act *act)
{
  static const char days[] = "monday tuesday wednesday thursday friday saturday sunday";
  if (unit_is(unit, i + 1, "for") && !unit_is(unit, i, "called-for"))
    return found(unit, i, AVER_ACT_DEMAND, act);
  if (unit_is_any(unit, i + 1, "on upon") && !unit_is_any(unit, i + 2, days))
    return found(unit, i, AVER_ACT_DEMAND, act);
  if (unit_ends(unit, i, "ed") && unit_is(unit, i, "appealed") && unit_is(unit, i + 1, "to") &&
      unit_find_any(unit, i + 2, 8, "to") != AVER_NONE)
    return found(unit, i, AVER_ACT_DEMAND, act);
  gboolean names = unit_is_any(unit, i, "call calls called calling");
  return names && !noun(unit, i) && unit_find(unit, i, 8, SPEECH_OPINION) != AVER_NONE &&
         found(unit, i, AVER_ACT_EVALUATION, act);
}

static gboolean promise(const Unit *unit, gint64 i, Act *act)
{
  if (noun(unit, i) || negated(unit, i) || unit_is(unit, i + 1, "in") ||
      unit_subordinate(unit, i) || (unit_ends(unit, i, "s") && ends_phrase(unit, i)))
    return FALSE;
  return found(unit, i, AVER_ACT_PROMISE, act);
}

static gboolean commit(const Unit *unit, gint64 i, Act *act)
{
  gboolean to = unit_is(unit, i + 1, "to");
  return to && !negated(unit, i) && !unit_has(unit, i + 2, SPEECH_DETERMINER) &&
         (!unit_ends(unit, i + 2, "ing") || unit_is(unit, i, "committed")) &&
         !unit_subordinate(unit, i) && found(unit, i, AVER_ACT_PROMISE, act);
}

static gboolean predict(const Unit *unit, gint64 i, Act *act)
{
  if (noun(unit, i) || unit_is_any(unit, i - 1, "than as") || unit_is(unit, i - 2, "than") ||
      unit_subordinate(unit, i))
    return FALSE;
  for (gint64 j = i - 1; j >= 0 && j >= i - 3; j--)
    if (unit_is(unit, j, "did"))
      return FALSE;
  return found(unit, i, AVER_ACT_PREDICTION, act);
}

/* "is set to rise", "are going to lose". */
static gboolean likely(const Unit *unit, gint64 i, Act *act)
{
  if (!unit_is(unit, i + 1, "to") || unit_subordinate(unit, i) ||
      unit_has(unit, i + 2, SPEECH_DETERMINER) ||
      (unit_is(unit, i, "going") &&
       (unit->words[MIN(i + 2, unit->n - 1)].token.flags & AVER_TOKEN_CAPITALISED) != 0))
    return FALSE;
  for (gint64 j = i - 1; j >= 0 && j >= i - 3; j--) {
    if (!unit_is_any(unit, j, "is are was were 's 're 'm am be"))
      continue;
    gboolean first = unit_has(unit, j - 1, SPEECH_FIRST) && unit_is(unit, i, "going") &&
                     !unit_is_any(unit, i + 2, "be have see win lose need die miss get find know");
    return found(unit, i, first ? AVER_ACT_PROMISE : AVER_ACT_PREDICTION, act);
  }
  return FALSE;
}

static gboolean warn(const Unit *unit, gint64 i, Act *act)
{
  if (noun(unit, i))
    return FALSE;
  if (unit_find_any(unit, i, 4, "against") != AVER_NONE ||
      (unit_find_any(unit, i, 4, "to") != AVER_NONE &&
       unit_find_any(unit, i, 4, "that") == AVER_NONE))
    return found(unit, i, AVER_ACT_DEMAND, act);
  if (unit_find(unit, i, 25, SPEECH_WILL | SPEECH_WOULD | SPEECH_MIGHT) != AVER_NONE)
    return found(unit, i, AVER_ACT_PREDICTION, act);
  return FALSE;
}

static gboolean judge(const Unit *unit, gint64 i, Act *act)
{
  gboolean other = unit_is_any(unit, i + 1, "off from building") || noun(unit, i);
  return !other && found(unit, i, AVER_ACT_EVALUATION, act);
}

static gboolean describe(const Unit *unit, gint64 i, Act *act)
{
  if (noun(unit, i) || unit_has(unit, i + 1, SPEECH_BE))
    return FALSE;
  for (gint64 j = i + 1; j < unit->n && j <= i + 12; j++)
    if (unit_has(unit, j, SPEECH_OPINION) || unit->words[j].token.kind == AVER_TOKEN_QUOTE)
      return found(unit, i, AVER_ACT_EVALUATION, act);
  return FALSE;
}

gboolean act_of_verb(const Unit *unit, gint64 i, Act *act)
{
  static const struct {
    guint32 bits;
    gboolean (*classify)(const Unit *, gint64, Act *);
  } verbs[] = {
      {SPEECH_DENY, deny},     {SPEECH_REJECT, reject},   {SPEECH_ACCUSE, accuse},
      {SPEECH_ALLEGE, allege}, {SPEECH_CHARGE, charge},   {SPEECH_DEMAND, demand},
      {SPEECH_ASK, ask},       {SPEECH_CALL, call},       {SPEECH_PROMISE, promise},
      {SPEECH_COMMIT, commit}, {SPEECH_PREDICT, predict}, {SPEECH_LIKELY, likely},
      {SPEECH_WARN, warn},     {SPEECH_JUDGE, judge},     {SPEECH_DESCRIBE, describe},
  };
  for (guint k = 0; k < G_N_ELEMENTS(verbs); k++)
    if (unit_has(unit, i, verbs[k].bits) && verbs[k].classify(unit, i, act))
      return TRUE;
  return FALSE;
}
