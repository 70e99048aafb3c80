/* SPDX-License-Identifier: Apache-2.0 */
/* Content beside a reporting verb: quotations, clauses behind it, clauses in front of it. */
#include "content.h"
#include "cues.h"
#include "phrase.h"

#define LONGEST_ADJUNCT 40

/* Where the mark, "that" or clause of a complement starts, and what it is. */
typedef enum { NOTHING, QUOTED, THAT_CLAUSE, QUESTION, INFINITIVE, GERUND, PHRASE } ComplementKind;

typedef struct {
  ComplementKind kind;
  guint32 start;
  gboolean comma; /* a comma stands before it */
} Complement;

/* Passes adverbs, dates, "in a statement", "to reporters" and addressees. */
static guint32 skip_adjuncts(const Cue *cue, guint32 i, gboolean *comma)
{
  const Reading *r = cue->reading;
  guint32 limit = MIN(cue->high, i + LONGEST_ADJUNCT);
  gboolean addressee = (cue->frames & FRAME_ADDRESSEE) != 0;
  *comma = FALSE;
  while (i < limit) {
    guint32 end = i;
    if (has_tag(r, i, TAGS(ADVERB) | TAGS(TIME))) {
      end = i + 1;
    } else if (has_tag(r, i, TAGS(PREPOSITION) | TAGS(TO)) ||
               (has_tag(r, i, TAGS(SUBORDINATOR)) && (grammar_at(r, i) & WORD_PREPOSITION) != 0)) {
      guint32 base = phrase_base_end(r, i + 1, limit);
      if (base == i + 1 && has_tag(r, base, TAGS(TIME) | TAGS(NUMBER)))
        base++;
      gboolean verb_follows = has_tag(r, i, TAGS(TO)) && base == i + 1;
      end = verb_follows || base == i + 1 ? i : base;
    } else if (addressee && has_tag(r, i,
                                    NOMINAL_TAGS | TAGS(DETERMINER) | TAGS(POSSESSIVE) |
                                        TAGS(OBJECT) | TAGS(SUBJECT))) {
      end = phrase_base_end(r, i, limit);
      addressee = FALSE;
    } else if (has_tag(r, i, TAGS(DETERMINER) | TAGS(NUMBER)) && i + 1 < limit &&
               has_tag(r, i + 1, TAGS(TIME))) {
      end = i + 2;
    } else if (has_tag(r, i, TAGS(COMMA)) && *comma == FALSE && i > cue->behind) {
      *comma = TRUE;
      i++;
      continue;
    }
    if (end == i)
      break;
    i = end;
  }
  return i;
}

static Complement find_complement(const Cue *cue)
{
  const Reading *r = cue->reading;
  Complement c = {NOTHING, cue->behind, FALSE};
  guint32 i = skip_adjuncts(cue, cue->behind, &c.comma);
  if (i < cue->high && has_tag(r, i, TAGS(COMMA) | TAGS(COLON)) && i + 1 < r->n_tokens &&
      has_tag(r, i + 1, TAGS(OPEN))) {
    c.comma = TRUE;
    i++;
  }
  c.start = i;
  if (i >= cue->high && !(i < r->n_tokens && i > 0 && has_tag(r, i - 1, TAGS(COLON))))
    return c;
  if (has_tag(r, i, TAGS(OPEN))) {
    c.kind = QUOTED;
  } else if (has_tag(r, i, TAGS(THAT)) && i + 1 < cue->high && !has_tag(r, i + 1, TAGS(STOP))) {
    /* "said that would be": here the word is the clause's subject. */
    gboolean pronoun = has_tag(r, i + 1, FINITE_TAGS) && (cue->frames & FRAME_BARE) != 0;
    c.kind = THAT_CLAUSE;
    c.start = pronoun ? i : i + 1;
    if (has_tag(r, c.start, TAGS(COMMA)) && c.start + 1 < cue->high)
      c.start++;
  } else if (c.comma) {
    c.kind = NOTHING;
  } else if (has_tag(r, i, TAGS(RELATIVE)) || word_is(r, i, "whether") || word_is(r, i, "if")) {
    c.kind = QUESTION;
  } else if (has_tag(r, i, TAGS(TO))) {
    c.kind = INFINITIVE;
  } else if (has_tag(r, i, TAGS(NOT)) && i + 1 < cue->high && has_tag(r, i + 1, TAGS(TO))) {
    c.kind = INFINITIVE;
  } else if (has_tag(r, i, TAGS(ING)) && i == cue->behind) {
    c.kind = GERUND;
  } else if (has_tag(r, i,
                     NOMINAL_TAGS | TAGS(DETERMINER) | TAGS(POSSESSIVE) | TAGS(SUBJECT) |
                         TAGS(OBJECT) | TAGS(ADVERB) | TAGS(SUBORDINATOR) | TAGS(INNER) |
                         TAGS(TIME) | TAGS(ED) | TAGS(ING) | TAGS(PREPOSITION))) {
    c.kind = PHRASE;
  }
  return c;
}

static void mark_rule(const Reading *r, guint32 index, Rule plain)
{
  attribution_at(r, index)->rule = plain;
}

/* The quotation that ends right before i, with at most a comma between them. */
static guint32 quotation_before(const Cue *cue, guint32 i)
{
  const Reading *r = cue->reading;
  if (i > 0 && has_tag(r, i - 1, TAGS(COMMA) | TAGS(DASH)))
    i--;
  if (i == 0 || !has_tag(r, i - 1, TAGS(CLOSE)))
    return NOWHERE;
  guint32 q = r->inside[i - 1];
  return q;
}

/* Where the content that ends with quotation q starts: at its mark, or at the clause that it
 * completes. */
static guint32 front_start(const Cue *cue, guint32 q)
{
  const Reading *r = cue->reading;
  guint32 open = quotation_at(r, q)->open;
  if (open <= cue->low)
    return open;
  if (has_tag(r, open - 1, TAGS(COLON) | TAGS(STOP) | TAGS(CLOSE)))
    return open;
  guint32 start = cue->low;
  while (start < open && has_tag(r, start, TAGS(OTHER) | TAGS(STOP)))
    start++;
  return start;
}

/* A quotation before the cue ("...", he said), behind it (he said: "..."), or both. */
gboolean cue_take_quotation(Cue *cue)
{
  Reading *r = cue->reading;
  if ((cue->frames & FRAME_QUOTE) == 0)
    return FALSE;
  guint32 left = cue->inverted ? cue->start : cue->source.start;
  guint32 q = cue->participle ? NOWHERE : quotation_before(cue, left);
  Complement c = find_complement(cue);
  guint32 index = NOWHERE;
  if (q != NOWHERE && quotation_at(r, q)->attribution == NOWHERE) {
    guint32 start = front_start(cue, q);
    index = cue_attribute(cue, RULE_QUOTE_CUE, start, quotation_at(r, q)->close + 1);
    if (index == NOWHERE)
      return FALSE;
    if (start != quotation_at(r, q)->open)
      mark_rule(r, index, RULE_MIXED);
  }
  if (c.kind == QUOTED && (index == NOWHERE || c.comma)) {
    guint32 end =
        MAX(content_end(r, c.start, cue->high), quotation_at(r, r->inside[c.start])->close + 1);
    if (index == NOWHERE) {
      gboolean whole = end == quotation_at(r, r->inside[c.start])->close + 1;
      return cue_attribute(cue, whole ? RULE_QUOTE_CUE : RULE_MIXED, c.start, end) != NOWHERE;
    }
    content_add(r, attribution_at(r, index), c.start, end);
    content_claim(r, c.start, end, index);
  }
  return index != NOWHERE;
}

/* "..., he said" and "A, he said, B" without marks. */
gboolean cue_take_front(Cue *cue)
{
  Reading *r = cue->reading;
  if ((cue->frames & FRAME_QUOTE) == 0 || cue->participle)
    return FALSE;
  guint32 left = cue->inverted ? cue->start : cue->source.start;
  if (left < cue->low + 3 || !has_tag(r, left - 1, TAGS(COMMA) | TAGS(DASH)))
    return FALSE;
  if (has_tag(r, cue->source.start, TAGS(RELATIVE)))
    return FALSE;
  gboolean comma;
  guint32 behind = skip_adjuncts(cue, cue->behind, &comma);
  if (comma)
    behind--;
  if (behind < cue->high &&
      !has_tag(r, behind, TAGS(STOP) | TAGS(COMMA) | TAGS(DASH) | TAGS(SEMICOLON)) && !comma)
    return FALSE;
  guint32 start = cue->low;
  while (start < left && (has_tag(r, start, TAGS(OTHER) | TAGS(STOP) | TAGS(DASH)) ||
                          (has_tag(r, start, TAGS(COORDINATOR)) && start == cue->low)))
    start++;
  if (start + 2 > left - 1 || !content_is_clause(r, start, left - 1))
    return FALSE;
  guint32 index = cue_attribute(cue, RULE_TRAILING, start, left - 1);
  if (index == NOWHERE)
    return FALSE;
  if (behind + 2 < cue->high && has_tag(r, behind, TAGS(COMMA) | TAGS(DASH)) &&
      !has_tag(r, behind + 1, TAGS(ING) | TAGS(COORDINATOR) | TAGS(RELATIVE) | TAGS(ED)) &&
      !word_is(r, behind + 1, "according")) {
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
  if ((cue->frames & (FRAME_OBJECT | FRAME_AS | FRAME_OF)) != 0)
    return TRUE;
  if ((cue->frames & FRAME_FINDING) == 0)
    return FALSE;
  for (guint32 i = cue->source.start; i < cue->source.end; i++)
    if ((grammar_at(r, i) & WORD_PAPER) != 0)
      return TRUE;
  return FALSE;
}

gboolean cue_take_complement(Cue *cue)
{
  const Reading *r = cue->reading;
  Complement c = find_complement(cue);
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
    if ((cue->frames & (FRAME_ING | FRAME_OBJECT)) == 0)
      return FALSE;
    rule = RULE_OBJECT;
    break;
  case PHRASE:
    if ((cue->frames & FRAME_BARE) != 0 && content_is_clause(r, c.start, cue->high))
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
  guint32 end = content_end(r, c.start, cue->high);
  return end > c.start && cue_attribute(cue, rule, c.start, end) != NOWHERE;
}
