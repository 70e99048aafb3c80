/* SPDX-License-Identifier: Apache-2.0 */
/* Content without marks beside a reporting verb: clauses behind it and in front of it. */
#include "complement.h"
#include "content.h"

#define FEWEST_TOKENS      3 /* of a clause: what follows "said" and is no clause is shorter */
#define LONGEST_DATE       4 /* tokens */
#define LONGEST_CONCESSION 6 /* from "though" to its verb */

/* "As X noted, ...": the content follows the comma. */
static gboolean take_behind_as(const Cue *cue)
{
  Reading *r = cue->reading;
  guint32 as = cue->source.start;
  if (as != cue->low + 1 || !word_is(r, cue->low, "as") || cue->inverted)
    return FALSE;
  gboolean comma;
  guint32 i = complement_skip_adjuncts(cue, cue->behind, &comma);
  if (!comma && i < cue->high && has_tag(r, i, TAGS(COMMA)))
    i++;
  else if (!comma)
    return FALSE;
  return i < cue->high &&
         cue_attribute(cue, RULE_TRAILING, i, content_end(r, i, cue->high)) != NOWHERE;
}

/* "A, he said, though he admitted B": another report. */
static gboolean is_concession(const Reading *r, guint32 i, guint32 high)
{
  if (!word_is(r, i, "though") && !word_is(r, i, "although") && !word_is(r, i, "while"))
    return FALSE;
  for (guint32 k = i + 1; k < high && k < i + LONGEST_CONCESSION; k++)
    if ((verb_at(r, k) & (FRAME_QUOTE | FRAME_THAT)) != 0 && has_tag(r, k, TAGS(VERB) | TAGS(ED)))
      return TRUE;
  return FALSE;
}

/* "..., he said" and "A, he said, B" without marks. */
gboolean cue_take_front(Cue *cue)
{
  Reading *r = cue->reading;
  if ((cue->frames & FRAME_QUOTE) == 0 || cue->participle)
    return FALSE;
  if (take_behind_as(cue))
    return TRUE;
  guint32 left = cue->inverted ? cue->start : cue->source.start;
  if (left > cue->low + 2 && word_is(r, left - 1, "as"))
    left--;
  if (left < cue->low + 2 || !has_tag(r, left - 1, TAGS(COMMA) | TAGS(DASH)))
    return FALSE;
  if (has_tag(r, cue->source.start, TAGS(RELATIVE)) || left - cue->low > LONGEST_FRONT)
    return FALSE;
  gboolean comma;
  guint32 behind = complement_skip_adjuncts(cue, cue->behind, &comma);
  if (comma)
    behind--;
  if (behind < cue->high &&
      !has_tag(r, behind, TAGS(STOP) | TAGS(COMMA) | TAGS(DASH) | TAGS(SEMICOLON)) && !comma)
    return FALSE;
  guint32 start = cue->low;
  while (start < left && (has_tag(r, start, TAGS(OTHER) | TAGS(STOP) | TAGS(DASH)) ||
                          (has_tag(r, start, TAGS(COORDINATOR)) && start == cue->low)))
    start++;
  gboolean goes_on = behind + 2 < cue->high && has_tag(r, behind, TAGS(COMMA) | TAGS(DASH));
  if (start + 1 > left - 1 && goes_on)
    return cue_attribute(cue, RULE_TRAILING, behind + 1, content_end(r, behind + 1, cue->high)) !=
           NOWHERE;
  if (start + 1 > left - 1 || (!goes_on && !content_is_clause(r, start, left - 1)))
    return FALSE;
  guint32 index = cue_attribute(cue, RULE_TRAILING, start, left - 1);
  if (index == NOWHERE)
    return FALSE;
  if (goes_on &&
      !has_tag(r, behind + 1, TAGS(ING) | TAGS(COORDINATOR) | TAGS(RELATIVE) | TAGS(ED)) &&
      !word_is(r, behind + 1, "according") && !is_concession(r, behind + 1, cue->high)) {
    guint32 end = content_end(r, behind + 1, cue->high);
    content_add(r, attribution_at(r, index), behind + 1, end);
    content_claim(r, behind + 1, end, index);
  }
  return TRUE;
}

/* Whether the object of the verb at hand is its content. */
static gboolean takes_object(const Cue *cue)
{
  const Reading *r = cue->reading;
  if ((cue->frames & FRAME_AS) != 0 && (cue->frames & FRAME_THOUGHT) != 0) {
    for (guint32 i = cue->behind; i < cue->high && i < cue->behind + 12; i++)
      if (word_is(r, i, "as"))
        return TRUE;
    return FALSE;
  }
  if ((cue->frames & (FRAME_OBJECT | FRAME_AS | FRAME_OF)) != 0)
    return TRUE;
  if ((cue->frames & FRAME_FINDING) == 0)
    return FALSE;
  for (guint32 i = cue->source.start; i < cue->source.end; i++)
    if ((grammar_at(r, i) & WORD_PAPER) != 0)
      return TRUE;
  return FALSE;
}

/* "asked on Monday about it": what is asked about, NOWHERE when that is not said. */
static guint32 about_phrase(const Cue *cue)
{
  const Reading *r = cue->reading;
  if ((cue->frames & FRAME_WHETHER) == 0 || (cue->frames & FRAME_ADDRESSEE) == 0)
    return NOWHERE;
  guint32 i = cue->behind;
  while (i < cue->high && i < cue->behind + LONGEST_DATE &&
         has_tag(r, i, TAGS(TIME) | TAGS(ADVERB)))
    i++;
  guint32 named = phrase_base_end(r, i, cue->high);
  if (!word_is(r, i, "about") && word_is(r, named, "about"))
    i = named;
  return word_is(r, i, "about") && i + 1 < cue->high ? i : NOWHERE;
}

gboolean cue_take_complement(Cue *cue)
{
  const Reading *r = cue->reading;
  guint32 about = about_phrase(cue);
  if (about != NOWHERE)
    return cue_attribute(cue, RULE_OBJECT, about, complement_end(cue, about)) != NOWHERE;
  Complement c = complement_find(cue);
  Rule rule;
  switch (c.kind) {
  case QUOTED:
    if (!takes_object(cue) && (cue->frames & (FRAME_THAT | FRAME_BARE)) == 0)
      return FALSE;
    rule = RULE_MIXED;
    break;
  case THAT_CLAUSE:
    if ((cue->frames & FRAME_THAT) == 0)
      return FALSE;
    rule = RULE_THAT;
    break;
  case QUESTION:
    if ((cue->frames & (FRAME_WHETHER | FRAME_BARE)) == 0)
      return FALSE;
    rule = RULE_WHETHER;
    break;
  case INFINITIVE:
    if ((cue->frames & FRAME_TO) == 0)
      return FALSE;
    rule = RULE_INFINITIVE;
    break;
  case GERUND:
    /* "said selling it was a mistake" */
    if ((cue->frames & FRAME_SAY) != 0 && content_is_clause(r, c.start, cue->high)) {
      rule = RULE_BARE;
      break;
    }
    if ((cue->frames & (FRAME_ING | FRAME_OBJECT)) == 0)
      return FALSE;
    rule = RULE_OBJECT;
    break;
  case PHRASE:
    if ((cue->frames & FRAME_SAY) != 0 &&
        (word_is(r, c.start, "yes") || word_is(r, c.start, "no") ||
         c.start + FEWEST_TOKENS < cue->high) &&
        has_tag(r, c.start, CLAUSE_STARTS))
      rule = RULE_BARE;
    else if ((cue->frames & FRAME_BARE) != 0 && content_is_clause(r, c.start, cue->high) &&
             ((cue->frames & FRAME_SAY) != 0 ||
              has_tag(r, c.start,
                      TAGS(SUBJECT) | TAGS(DETERMINER) | TAGS(POSSESSIVE) | TAGS(NAME))))
      rule = RULE_BARE;
    else if (takes_object(cue) && (c.start == cue->behind || (cue->frames & FRAME_OF) != 0))
      rule = RULE_OBJECT;
    else
      return FALSE;
    /* The object itself stands right behind the verb. */
    if (rule == RULE_OBJECT)
      c.start = cue->behind;
    break;
  case NOTHING:
  default:
    return FALSE;
  }
  if (cue->participle && rule != RULE_MIXED)
    rule = RULE_PARTICIPLE;
  guint32 end = complement_end(cue, c.start);
  return end > c.start && cue_attribute(cue, rule, c.start, end) != NOWHERE;
}

gboolean cue_take_passive(Cue *cue)
{
  const Reading *r = cue->reading;
  cue->source = (Range){0, 0};
  if (word_is(r, cue->behind, "by")) {
    guint32 end = phrase_end(r, cue->behind + 1, cue->high);
    if (end > cue->behind + 1) {
      cue->source = (Range){cue->behind + 1, end};
      cue->origin = SOURCE_BY;
      cue->behind = end;
    }
  }
  Complement c = complement_find(cue);
  gboolean question = c.kind == QUESTION && (cue->frames & FRAME_WHETHER) != 0;
  if (c.kind == QUOTED)
    return cue_attribute(cue, RULE_QUOTE_CUE, c.start, content_end(r, c.start, cue->high)) !=
           NOWHERE;
  guint32 about = question ? NOWHERE : about_phrase(cue);
  if (about != NOWHERE || (c.kind == INFINITIVE && cue->subordinate)) {
    c.start = about != NOWHERE ? about : c.start;
    guint32 end = complement_end(cue, c.start);
    return cue_attribute(cue, RULE_OBJECT, c.start, end) != NOWHERE;
  }
  if (c.kind != THAT_CLAUSE && !question)
    return FALSE;
  guint32 end = complement_end(cue, c.start);
  return end > c.start &&
         cue_attribute(cue, question ? RULE_WHETHER : RULE_THAT, c.start, end) != NOWHERE;
}

gboolean cue_take_infinitive(Cue *cue)
{
  const Reading *r = cue->reading;
  if (cue->source.end == cue->source.start)
    return FALSE;
  Complement c = complement_find(cue);
  gboolean went_on = cue->start > cue->low && word_is(r, cue->start - 1, "on");
  if (c.kind == QUOTED && (went_on || (c.comma && complement_is_sentence(r, r->inside[c.start]))))
    return cue_attribute(cue, RULE_QUOTE_CUE, c.start, content_end(r, c.start, cue->high)) !=
           NOWHERE;
  return went_on && cue_take_complement(cue);
}
