/* SPDX-License-Identifier: Apache-2.0 */
/* Acts of quotes and sentences: the reporting verb first, then what the words themselves do. */
#include "acts.h"

#include "speech.h"
#include "topics.h"

#define VERBS                                                                                      \
  (SPEECH_DENY | SPEECH_REJECT | SPEECH_ACCUSE | SPEECH_ALLEGE | SPEECH_CHARGE | SPEECH_DEMAND |   \
   SPEECH_ASK | SPEECH_CALL | SPEECH_PROMISE | SPEECH_COMMIT | SPEECH_PREDICT | SPEECH_LIKELY |    \
   SPEECH_WARN | SPEECH_JUDGE | SPEECH_DESCRIBE)

static const char states[] = "be see know have need find learn get miss win lose die remember";

static Act act_at(const Unit *unit, gint64 i, AverAct act)
{
  return (Act){act, word_span(&unit->words[i])};
}

/* "Accused of theft, he denied the charge": the accusation stands aside, the denial is told. */
static gboolean later_denial(const Unit *unit, gint64 i, Act *act)
{
  if (!unit_is_any(unit, i + 1, "of with by over"))
    return FALSE;
  for (gint64 j = i + 1; j < unit->n; j++)
    if (unit_has(unit, j, SPEECH_DENY) && !unit_subordinate(unit, j) && act_of_verb(unit, j, act))
      return TRUE;
  return FALSE;
}

/* A verb in a subordinate clause speaks only when no verb of the main clause does, and only if it
 * denies or accuses: "the mayor, who denies the charge, left". */
static gboolean by_verb(const Unit *unit, Act *act)
{
  gint64 aside = AVER_NONE;
  for (gint64 i = 0; (unit->speech & VERBS) != 0 && i < unit->n; i++) {
    if (!unit_has(unit, i, VERBS))
      continue;
    if (unit_subordinate(unit, i)) {
      if (aside == AVER_NONE && unit_has(unit, i, SPEECH_DENY | SPEECH_ACCUSE | SPEECH_ALLEGE))
        aside = i;
      continue;
    }
    if (!act_of_verb(unit, i, act))
      continue;
    if (act->act == AVER_ACT_ALLEGATION)
      later_denial(unit, i, act);
    return TRUE;
  }
  return aside != AVER_NONE && act_of_verb(unit, aside, act);
}

static gboolean by_question(const Unit *unit, Act *act)
{
  for (gint64 i = (gint64) unit->n - 1; i >= 0; i--) {
    const Word *word = &unit->words[i];
    if (is_mark(word, '?')) {
      *act = act_at(unit, i, AVER_ACT_QUESTION);
      return TRUE;
    }
    if (word->token.kind != AVER_TOKEN_QUOTE && !is_mark(word, ')') && !is_mark(word, '!'))
      return FALSE;
  }
  return FALSE;
}

/* "That is not true", "did nothing wrong", "pleaded not guilty". */
static gboolean denying_pair(const Unit *unit, gint64 i)
{
  static const struct {
    const char *first, *second;
  } pairs[] = {{"not", "true guilty"},
               {"n't", "true guilty"},
               {"no", "truth wrongdoing involvement"},
               {"nothing", "wrong improper illegal"}};
  for (guint k = 0; k < G_N_ELEMENTS(pairs); k++)
    if (unit_is(unit, i, pairs[k].first) && unit_is_any(unit, i + 1, pairs[k].second))
      return !unit_is_any(unit, i - 1, "found if whether there");
  return FALSE;
}

/* "The claims are entirely baseless", "dismissed them as untrue". */
static gboolean called_untrue(const Unit *unit, gint64 i)
{
  if (!unit_has(unit, i, (guint32) SPEECH_UNTRUE))
    return FALSE;
  for (gint64 j = i - 1; j >= 0 && j >= i - 3; j--)
    if (unit_is_any(unit, j, "is are was were 's 're 'm am as"))
      return !unit_has(unit, j + 1, SPEECH_NOT);
  return FALSE;
}

static gboolean by_untruth(const Unit *unit, gint64 i, Act *act)
{
  if (!unit_has(unit, i, SPEECH_NOT | (guint32) SPEECH_UNTRUE))
    return FALSE;
  if (!denying_pair(unit, i) && !called_untrue(unit, i))
    return FALSE;
  *act = act_at(unit, i, AVER_ACT_DENIAL);
  return TRUE;
}

static gboolean by_duty(const Unit *unit, gint64 i, gint64 first, Act *act)
{
  if (!unit_has(unit, i, SPEECH_MUST | SPEECH_ACTION) &&
      (unit->words[i].topic & (TOPIC_MUST | TOPIC_HAVE)) == 0)
    return FALSE;
  gboolean must = unit_has(unit, i, SPEECH_MUST) && i != first && !unit_is(unit, i - 1, "a") &&
                  !unit_perfect(unit, i + 1) && !unit_perfect(unit, i + 2) &&
                  !(unit_is(unit, i + 1, "be") &&
                    (unit_is(unit, i + 2, "able") || unit_ends(unit, i + 2, "ing")));
  gboolean need = unit_is_any(unit, i, "need needs needed has have") &&
                  unit_is(unit, i + 1, "to") &&
                  !unit_has(unit, i - 1, SPEECH_NOT | SPEECH_MIGHT | SPEECH_WILL | SPEECH_WOULD);
  gboolean please =
      unit_is(unit, i, "please") || (unit_is(unit, i, "let") && unit_is_any(unit, i + 1, "'s us"));
  gboolean order = i == first && unit_has(unit, i, SPEECH_ACTION) &&
                   unit_is_any(unit, i + 1, "the this that us me it them your our my these those");
  if (!must && !need && !please && !order)
    return FALSE;
  *act = act_at(unit, i, AVER_ACT_DEMAND);
  return TRUE;
}

/* The verb after a modal, behind "not", "never" and adverbs. */
static gint64 modal_verb(const Unit *unit, gint64 i)
{
  gint64 j = i + 1;
  while (j < i + 3 && (unit_has(unit, j, SPEECH_NOT) || unit_ends(unit, j, "ly") ||
                       unit_is_any(unit, j, "also always now")))
    j++;
  return j;
}

/* "said", "said that", "told me that" before word @i. */
static gboolean said_before(const Unit *unit, gint64 i)
{
  gint64 j = i - 1 - unit_is(unit, i - 1, "that");
  return unit_has(unit, j, SPEECH_SAY) || (unit_has(unit, j - 1, SPEECH_SAY) &&
                                           unit_is_any(unit, j, "me us him her them reporters"));
}

static gboolean by_intent(const Unit *unit, gint64 i, gboolean spoken, Act *act)
{
  if (!unit_has(unit, i, SPEECH_WILL | SPEECH_WOULD) || unit_subordinate(unit, i))
    return FALSE;
  gint64 verb = modal_verb(unit, i);
  gboolean mine = unit_has(unit, i, SPEECH_WILL) && unit_has(unit, i - 1, SPEECH_FIRST) &&
                  !unit_is_any(unit, verb, states) && verb < unit->n;
  gboolean person = unit_is_any(unit, i - 1, "he she they") && unit_has(unit, i, SPEECH_WILL) &&
                    !unit_is_any(unit, verb, states);
  gboolean action =
      unit_has(unit, i - 1, SPEECH_PRONOUN | SPEECH_FIRST) && unit_has(unit, verb, SPEECH_ACTION);
  gboolean told = (person || action) && (said_before(unit, i - 1) || (spoken && i <= 2));
  if (!mine && !told)
    return FALSE;
  *act = act_at(unit, i, AVER_ACT_PROMISE);
  return TRUE;
}

static gboolean by_future(const Unit *unit, gint64 i, gboolean conditional, Act *act)
{
  gboolean will = unit_has(unit, i, SPEECH_WILL) && !unit_has(unit, i - 1, SPEECH_DETERMINER) &&
                  !unit_is_any(unit, i - 1, "free good political") && !unit_is(unit, i, "shall") &&
                  !unit_subordinate(unit, i);
  gboolean would = conditional && unit_has(unit, i, SPEECH_WOULD | SPEECH_MIGHT) &&
                   !(unit_is(unit, i - 1, "you") && unit_has(unit, i, SPEECH_MIGHT)) &&
                   !unit_perfect(unit, modal_verb(unit, i));
  if (!will && !would)
    return FALSE;
  *act = act_at(unit, i, AVER_ACT_PREDICTION);
  return TRUE;
}

/* "said the talks would resume". */
static gboolean by_reported_future(const Unit *unit, gint64 i, gint64 said, Act *act)
{
  if (!unit_has(unit, i, SPEECH_WOULD) || said == AVER_NONE || i - said > 20 ||
      unit_is(unit, i, "'d"))
    return FALSE;
  gint64 verb = modal_verb(unit, i);
  if (unit_perfect(unit, verb) ||
      unit_is_any(unit, verb, "like prefer rather say think argue guess imagine ask"))
    return FALSE;
  for (gint64 j = i - 1; j > said; j--)
    if (unit_is_any(unit, j, "who whom what which whether if"))
      return FALSE;
  *act = act_at(unit, i, AVER_ACT_PREDICTION);
  return TRUE;
}

static gboolean by_judgement(const Unit *unit, gint64 i, Act *act)
{
  if (!unit_has(unit, i, SPEECH_BE) || unit_is_any(unit, i + 1, "in on from") ||
      (unit_is(unit, i + 1, "at") && !unit_is_any(unit, i + 2, "best worst")) ||
      unit_has(unit, i - 1, SPEECH_MIGHT) || unit_subordinate(unit, i))
    return FALSE;
  for (gint64 j = i; (j = unit_find(unit, j, 4, SPEECH_OPINION)) != AVER_NONE && j <= i + 4;) {
    if ((unit->words[j].token.flags & AVER_TOKEN_CAPITALISED) != 0 ||
        unit_is_any(unit, j - 1, "in at") ||
        unit_is_any(unit, j + 1, "known health condition terms than"))
      continue;
    *act = act_at(unit, j, AVER_ACT_EVALUATION);
    return TRUE;
  }
  return FALSE;
}

static gint64 first_word(const Unit *unit)
{
  gint64 i = 0;
  while (i < unit->n && !is_wordy(&unit->words[i]))
    i++;
  return i;
}

static gboolean by_words(const Unit *unit, gboolean spoken, Act *act)
{
  gint64 first = first_word(unit), said = AVER_NONE;
  gboolean conditional = FALSE;
  gboolean untruth = (unit->speech & (SPEECH_NOT | (guint32) SPEECH_UNTRUE)) != 0;
  for (gint64 i = first; untruth && i < unit->n; i++)
    if (by_untruth(unit, i, act))
      return TRUE;
  for (gint64 i = first; i < unit->n; i++)
    if (by_duty(unit, i, first, act) || by_intent(unit, i, spoken, act))
      return TRUE;
  for (gint64 i = first; (unit->speech & SPEECH_IF) != 0 && i < unit->n && !conditional; i++)
    conditional = unit_has(unit, i, SPEECH_IF) && !unit_is(unit, i, "provided");
  gboolean future = (unit->speech & (SPEECH_WILL | SPEECH_WOULD | SPEECH_MIGHT)) != 0;
  for (gint64 i = first; future && i < unit->n; i++)
    if (by_future(unit, i, conditional, act))
      return TRUE;
  gboolean opinion = (unit->speech & SPEECH_OPINION) != 0 && (unit->speech & SPEECH_BE) != 0;
  for (gint64 i = first; (opinion || future) && i < unit->n; i++) {
    if (by_judgement(unit, i, act) || by_reported_future(unit, i, said, act))
      return TRUE;
    if (unit_has(unit, i, SPEECH_SAY))
      said = unit_is(unit, i, "thought") || unit_has(unit, i - 1, SPEECH_NOT) ? AVER_NONE : i;
  }
  return FALSE;
}

Act act_of_unit(const Unit *unit, gboolean spoken)
{
  Act act = {AVER_ACT_ASSERTION, {0, 0}};
  if (by_question(unit, &act) || by_verb(unit, &act) || by_words(unit, spoken, &act))
    return act;
  return act;
}

/* Verbs that need their object to be told apart ("asked whether", "warned that ... will") are given
 * the first words of the content. */
static gboolean cue_and_content(const Unit *cue, const Unit *content, Act *act)
{
  gint64 verb = AVER_NONE;
  for (gint64 i = 0; i < cue->n && verb == AVER_NONE; i++)
    if (unit_has(cue, i,
                 SPEECH_REJECT | SPEECH_ASK | SPEECH_CALL | SPEECH_COMMIT | SPEECH_WARN |
                     SPEECH_DESCRIBE | SPEECH_CHARGE))
      verb = i;
  if (verb == AVER_NONE)
    return FALSE;
  guint32 bits = cue->words[verb].speech;
  gboolean to = unit_is_any(content, 0, "to not") || unit_ends(content, 0, "ing");
  if ((bits & SPEECH_REJECT) != 0)
    *act = act_at(cue, verb, AVER_ACT_DENIAL);
  else if ((bits & SPEECH_CHARGE) != 0)
    *act = act_at(cue, verb, AVER_ACT_ALLEGATION);
  else if ((bits & SPEECH_DESCRIBE) != 0)
    *act = act_at(cue, verb, AVER_ACT_EVALUATION);
  else if ((bits & SPEECH_ASK) != 0 && unit_is_any(content, 0, "whether if why how what who when"))
    *act = act_at(cue, verb, AVER_ACT_QUESTION);
  else if ((bits & (SPEECH_ASK | SPEECH_CALL | SPEECH_WARN)) != 0 && to)
    *act = act_at(cue, verb, AVER_ACT_DEMAND);
  else if ((bits & SPEECH_COMMIT) != 0 && to)
    *act = act_at(cue, verb, AVER_ACT_PROMISE);
  else if ((bits & SPEECH_WARN) != 0 &&
           unit_find(content, -1, 25, SPEECH_WILL | SPEECH_WOULD | SPEECH_MIGHT) != AVER_NONE)
    *act = act_at(cue, verb, AVER_ACT_PREDICTION);
  else
    return FALSE;
  return TRUE;
}

Act act_of_cue(const Unit *cue, const Unit *content, AverQuotePolarity polarity)
{
  Act act;
  if (by_verb(cue, &act) || cue_and_content(cue, content, &act))
    return act;
  if (polarity == AVER_QUOTE_DENIED && cue->n > 0)
    return (Act){AVER_ACT_DENIAL, {cue->words[0].token.start, cue->words[cue->n - 1].token.end}};
  return act_of_unit(content, TRUE);
}
