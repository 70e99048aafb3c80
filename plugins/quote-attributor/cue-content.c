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

#define CLAUSE_STARTS (NOMINAL_TAGS | TAGS(DETERMINER) | TAGS(POSSESSIVE) | TAGS(SUBJECT))

/* Whether the phrase behind the preposition at i tells where or to whom something is said. */
static gboolean is_venue(const Reading *r, guint32 i, guint32 end)
{
  guint32 head = grammar_at(r, end - 1);
  return (head & (WORD_VENUE | WORD_ROLE | WORD_TIME)) != 0 ||
         has_tag(r, end - 1, TAGS(NAME) | TAGS(TIME)) || word_is(r, i, "to");
}

/* Passes adverbs, dates, "in a statement", "to reporters" and addressees. */
static guint32 skip_adjuncts(const Cue *cue, guint32 i, gboolean *comma)
{
  const Reading *r = cue->reading;
  guint32 limit = MIN(cue->high, i + LONGEST_ADJUNCT);
  gboolean addressee = (cue->frames & FRAME_ADDRESSEE) != 0;
  guint32 commas = 0;
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
      gboolean kept = has_tag(r, base - 1, NOMINAL_TAGS) && !is_venue(r, i, base) && base < limit &&
                      has_tag(r, base, CLAUSE_STARTS);
      end = kept || base == i + 1 ? i : base;
    } else if (addressee && has_tag(r, i,
                                    NOMINAL_TAGS | TAGS(DETERMINER) | TAGS(POSSESSIVE) |
                                        TAGS(OBJECT) | TAGS(SUBJECT))) {
      end = phrase_base_end(r, i, limit);
      if (end < cue->high && has_tag(r, end, FINITE_TAGS))
        end = i; /* the subject of a clause */
      addressee = FALSE;
    } else if (has_tag(r, i, TAGS(DETERMINER) | TAGS(NUMBER)) && i + 1 < limit &&
               has_tag(r, i + 1, TAGS(TIME))) {
      end = i + 2;
    } else if (has_tag(r, i, TAGS(COMMA)) && commas < 3 && i > cue->behind) {
      *comma = TRUE;
      commas++;
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

/* Whether a quotation is a sentence rather than a title: it pauses or stops inside its marks. */
static gboolean is_sentence(const Reading *r, guint32 q)
{
  const Quotation *quotation = quotation_at(r, q);
  return !quotation->closed ||
         (quotation->close > quotation->open &&
          has_tag(r, quotation->close - 1, TAGS(COMMA) | TAGS(STOP) | TAGS(INNER)));
}

/* The quotation behind a colon later in the clause: "he offered a remedy: ..." */
static guint32 behind_colon(const Cue *cue)
{
  const Reading *r = cue->reading;
  guint32 limit = MIN(cue->high, cue->behind + LONGEST_ADJUNCT);
  for (guint32 i = cue->behind; i < limit; i++) {
    if (has_tag(r, i, TAGS(COLON)))
      return i + 1 < r->n_tokens && has_tag(r, i + 1, TAGS(OPEN)) ? i + 1 : NOWHERE;
    if (has_tag(r, i, FINITE_TAGS | TAGS(THAT) | TAGS(OPEN) | TAGS(STOP)))
      return NOWHERE;
  }
  return NOWHERE;
}

/* The end of the content that starts at i; that of a subordinate clause ends at its comma. */
static guint32 end_of_content(const Cue *cue, guint32 i)
{
  const Reading *r = cue->reading;
  guint32 end = content_end(r, i, cue->high);
  if (!cue->subordinate)
    return end;
  for (guint32 k = i + 1; k < end; k++) {
    if (r->inside[k] != NOWHERE)
      k = MAX(k, quotation_at(r, r->inside[k])->close);
    else if (has_tag(r, k, TAGS(COMMA)))
      return k;
  }
  return end;
}

static void mark_rule(const Reading *r, guint32 index, Rule plain)
{
  attribution_at(r, index)->rule = plain;
}

/* The quotation that ends right before i, with at most a comma between them. One that ends with a
 * full stop has ended its sentence. */
static guint32 quotation_before(const Cue *cue, guint32 i)
{
  const Reading *r = cue->reading;
  guint32 close = i;
  if (close > 0 && has_tag(r, close - 1, TAGS(COMMA) | TAGS(DASH)))
    close--;
  if (close < 2 || !has_tag(r, close - 1, TAGS(CLOSE)))
    return NOWHERE;
  close--;
  if (starts_paragraph(r, i) || starts_paragraph(r, close + 1))
    return NOWHERE;
  const AverToken *last = &r->tokens[close - 1];
  gboolean full_stop =
      last->kind == AVER_TOKEN_PUNCTUATION && last->detail == '.' && close + 1 == i;
  gboolean pause = last->kind == AVER_TOKEN_PUNCTUATION || last->kind == AVER_TOKEN_QUOTE;
  if (full_stop || (!pause && r->sentence[close] != r->sentence[i]))
    return NOWHERE;
  return r->inside[close];
}

/* Where the content that ends with quotation q starts: at its mark, or at the clause that it
 * completes. */
static guint32 front_start(const Cue *cue, guint32 q)
{
  const Reading *r = cue->reading;
  guint32 open = quotation_at(r, q)->open;
  if (open <= cue->low || open - cue->low > LONGEST_FRONT)
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
  guint32 colon = c.kind == QUOTED ? NOWHERE : behind_colon(cue);
  if (colon != NOWHERE)
    c = (Complement){QUOTED, colon, TRUE};
  if (c.kind == QUOTED && !c.comma && (cue->frames & FRAME_MANNER) != 0 &&
      !is_sentence(r, r->inside[c.start]))
    c.kind = NOTHING; /* sang "The Long Song" */
  guint32 index = NOWHERE;
  if (q != NOWHERE && quotation_at(r, q)->attribution == NOWHERE) {
    guint32 start = front_start(cue, q);
    /* "Citing “...,” X said that": the content stands behind. */
    if (start != quotation_at(r, q)->open && (c.kind == THAT_CLAUSE || c.kind == PHRASE))
      return FALSE;
    index = cue_attribute(cue, RULE_QUOTE_CUE, start, quotation_at(r, q)->close + 1);
    if (index == NOWHERE)
      return FALSE;
    if (start != quotation_at(r, q)->open)
      mark_rule(r, index, RULE_MIXED);
  }
  if (c.kind == QUOTED && (index == NOWHERE || ((c.comma || c.start == cue->behind) &&
                                                is_sentence(r, r->inside[c.start])))) {
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

/* "As X noted, ...": the content follows the comma. */
static gboolean take_behind_as(const Cue *cue)
{
  Reading *r = cue->reading;
  guint32 as = cue->source.start;
  if (as != cue->low + 1 || !word_is(r, cue->low, "as") || cue->inverted)
    return FALSE;
  gboolean comma;
  guint32 i = skip_adjuncts(cue, cue->behind, &comma);
  if (!comma && i < cue->high && has_tag(r, i, TAGS(COMMA)))
    i++;
  else if (!comma)
    return FALSE;
  return i < cue->high &&
         cue_attribute(cue, RULE_TRAILING, i, content_end(r, i, cue->high)) != NOWHERE;
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
    if ((cue->frames & FRAME_SAY) != 0 &&
        (word_is(r, c.start, "yes") || word_is(r, c.start, "no") || c.start + 5 < cue->high) &&
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
  guint32 end = end_of_content(cue, c.start);
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
      cue->behind = end;
    }
  }
  Complement c = find_complement(cue);
  gboolean question = c.kind == QUESTION && (cue->frames & FRAME_WHETHER) != 0;
  if (c.kind != THAT_CLAUSE && !question)
    return FALSE;
  guint32 end = end_of_content(cue, c.start);
  return end > c.start &&
         cue_attribute(cue, question ? RULE_WHETHER : RULE_THAT, c.start, end) != NOWHERE;
}
