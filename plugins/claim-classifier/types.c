/* SPDX-License-Identifier: Apache-2.0 */
/* Types of claims, each by the words it cannot do without. */
#include "types.h"

#include "speech.h"
#include "topics.h"

static void add(Types *types, AverClaimType type, AverSpan cue)
{
  if ((types->flags & type) == 0)
    types->cues[__builtin_ctz(type)] = cue;
  types->flags |= type;
}

/* A year, a day of a month, a time of day or a name such as "5G" counts nothing. */
static gboolean is_no_count(const Unit *unit, gint64 i)
{
  static const char months[] =
      "january february march april may june july august september october "
      "november december jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. "
      "nov. dec.";
  const AverToken *token = &unit->words[i].token;
  const char *p = unit->text + token->start;
  guint32 length = token->end - token->start;
  gboolean year = length == 4 &&
                  (memcmp(p, "19", 2) == 0 || memcmp(p, "20", 2) == 0 || memcmp(p, "18", 2) == 0);
  gboolean clock = memchr(p, ':', length) != NULL || unit_is_any(unit, i + 1, "a.m. p.m. gmt");
  gboolean name = g_ascii_isupper(p[length - 1]);
  return year || clock || name || unit_is_any(unit, i - 1, months) ||
         unit_is_any(unit, i + 1, months);
}

static gboolean is_count(const Unit *unit, gint64 i)
{
  return (unit->words[i].topic & (TOPIC_QUANTITY | TOPIC_PERCENT)) != 0 &&
         !unit_is_any(unit, i, "one second third first quarter half times number numbers total");
}

static void add_quantity(const Unit *unit, gint64 i, Types *types)
{
  const Word *word = &unit->words[i];
  if ((word->token.kind == AVER_TOKEN_NUMBER && !is_no_count(unit, i)) || is_count(unit, i))
    add(types, AVER_TYPE_QUANTITY, word_span(word));
}

/* "more than", "lower than", "the largest", "doubled", "fell". */
static void add_comparison(const Unit *unit, gint64 i, Types *types)
{
  guint32 topic = unit->words[i].topic;
  if ((topic & (TOPIC_COMPARE | TOPIC_CHANGE)) == 0 && !unit_is(unit, i + 1, "than"))
    return;
  gboolean graded = unit_is(unit, i + 1, "than") && !unit_is_any(unit, i, "rather other") &&
                    (unit_ends(unit, i, "er") || (topic & TOPIC_COMPARE) != 0);
  gboolean most = (topic & TOPIC_COMPARE) != 0 && unit_is_any(unit, i - 1, "the its their a") &&
                  (unit_ends(unit, i, "est") || unit_is_any(unit, i, "most least worst record"));
  gboolean changed =
      (topic & TOPIC_CHANGE) != 0 &&
      unit_is_any(unit, i,
                  "increase increased increases rise rose risen fell fallen grew grown doubled "
                  "reduced dropped drop declined decline lowered expanded shrank soared plunged "
                  "jumped climbed slashed");
  gboolean doubled = unit_is_any(unit, i, "twice double tripled triple halved");
  if (graded || most || changed || doubled)
    add(types, AVER_TYPE_COMPARISON, word_span(&unit->words[i]));
}

static void add_cause(const Unit *unit, gint64 i, Types *types)
{
  if ((unit->words[i].topic & TOPIC_CAUSE) == 0)
    return;
  gboolean due = unit_is(unit, i, "due") && !unit_is(unit, i + 1, "to");
  gboolean leads = unit_is_any(unit, i, "led leads") && !unit_is(unit, i + 1, "to");
  gboolean result = unit_is_any(unit, i, "result results cause") &&
                    unit_is_any(unit, i - 1, "the election test official final his their for");
  if (!due && !leads && !result)
    add(types, AVER_TYPE_CAUSE, word_span(&unit->words[i]));
}

/* "I remember", "when I was", "my father": a witness of one's own life. */
static void add_personal(const Unit *unit, gint64 i, Types *types)
{
  guint32 topic = unit->words[i].topic;
  if ((topic & TOPIC_I) == 0)
    return;
  gboolean lived = unit_is(unit, i, "i") && i + 1 < unit->n &&
                   ((unit->words[i + 1].topic & (TOPIC_PAST | TOPIC_HAVE)) != 0 ||
                    unit_ends(unit, i + 1, "ed") || unit_is_any(unit, i + 1, "remember never"));
  gboolean mine =
      unit_is(unit, i, "my") && i + 1 < unit->n && (unit->words[i + 1].topic & TOPIC_LIFE) != 0;
  if (lived || mine)
    add(types, AVER_TYPE_PERSONAL, word_span(&unit->words[i]));
}

/* "voted against", "supports the bill", "is in favour of". */
static void add_position(const Unit *unit, gint64 i, Types *types)
{
  if ((unit->words[i].marks & MARK_POSITION) == 0)
    return;
  gboolean favour = unit_is_any(unit, i, "favor favour");
  if (unit_is(unit, i, "against") &&
      !unit_is_any(unit, i - 1, "is are was were stand stands stood 's 're 'm"))
    return;
  if (unit_is_any(unit, i, "voted votes") && !unit_is_any(unit, i + 1, "for against to"))
    return;
  if (favour ? unit_is(unit, i - 1, "in") : !unit_has(unit, i - 1, SPEECH_DETERMINER))
    add(types, AVER_TYPE_POSITION, word_span(&unit->words[i]));
}

/* A verb of the past that does not only report what was said, negated or supposed. */
static gboolean is_past_verb(const Unit *unit, gint64 i)
{
  const Word *word = &unit->words[i];
  gboolean past = (word->topic & TOPIC_PAST) != 0;
  gboolean regular = !past && word->token.kind == AVER_TOKEN_WORD && unit_ends(unit, i, "ed") &&
                     (word->token.flags & AVER_TOKEN_CAPITALISED) == 0;
  if (i == 0 || (!past && !regular) || unit_has(unit, i, SPEECH_SAY) ||
      unit_has(unit, i - 1, SPEECH_NOT | SPEECH_DETERMINER | SPEECH_WILL | SPEECH_WOULD) ||
      unit_is_any(unit, i - 1, "be being to"))
    return FALSE;
  if (past)
    return !unit_is_any(unit, i, "was were had did been need said thought gone known left");
  return !unit_is(unit, i, "need") &&
         !unit_is_any(unit, i - 1, "is are be being 's 're of and or most very so more");
}

static void add_event(const Unit *unit, gint64 i, Types *types)
{
  if ((types->flags & AVER_TYPE_EVENT) == 0 && is_past_verb(unit, i) && !unit_subordinate(unit, i))
    add(types, AVER_TYPE_EVENT, word_span(&unit->words[i]));
}

/* What the act already tells. */
static void add_acts(const Act *act, Types *types)
{
  if (act->act == AVER_ACT_PREDICTION)
    add(types, AVER_TYPE_PREDICTION, act->cue);
  if (act->act == AVER_ACT_EVALUATION)
    add(types, AVER_TYPE_OPINION, act->cue);
}

Types types_of_unit(const Unit *unit, const Act *act)
{
  Types types = {0};
  add_acts(act, &types);
  for (gint64 i = 0; i < unit->n; i++) {
    const Word *word = &unit->words[i];
    if (word->token.kind == AVER_TOKEN_NUMBER || (word->topic & TOPICS_OF_TYPES) != 0) {
      add_quantity(unit, i, &types);
      add_cause(unit, i, &types);
      add_personal(unit, i, &types);
    }
    add_comparison(unit, i, &types);
    if ((word->marks & MARK_RULES) != 0)
      add(&types, AVER_TYPE_RULES, word_span(word));
    if ((word->topic & TOPIC_BELIEF) != 0 && unit_has(unit, i - 1, SPEECH_FIRST) &&
        unit_is_any(unit, i, "think believe feel guess suppose agree disagree hope"))
      add(&types, AVER_TYPE_OPINION, word_span(word));
    add_position(unit, i, &types);
    add_event(unit, i, &types);
  }
  return types;
}
