/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the complement of a reporting verb, and its end. */
#include "complement.h"

#include "content.h"

#define LONGEST_TITLE 7 /* tokens, marks included */

/* Whether the phrase behind the preposition at i tells where or to whom something is said. */
static gboolean is_venue(const Reading *r, guint32 i, guint32 end)
{
  guint32 head = grammar_at(r, end - 1);
  return (head & (WORD_VENUE | WORD_ROLE | WORD_TIME)) != 0 ||
         has_tag(r, end - 1, TAGS(NAME) | TAGS(TIME)) || word_is(r, i, "to");
}

/* "Monday", "the early morning": the end of the date at i. */
static guint32 date_end(const Reading *r, guint32 i, guint32 limit)
{
  guint32 k = i;
  while (k < limit && has_tag(r, k, TAGS(DETERMINER) | TAGS(ADVERB)))
    k++;
  return k < limit && has_tag(r, k, TAGS(TIME) | TAGS(NUMBER)) ? k + 1 : i;
}

/* "told “Morning in Norland” on Friday that": the title of what is talked to. */
static gboolean is_show(const Reading *r, guint32 i)
{
  if (!has_tag(r, i, TAGS(OPEN)) || !flag_at(r, i + 1, AVER_TOKEN_CAPITALISED))
    return FALSE;
  const Quotation *quotation = quotation_at(r, r->inside[i]);
  guint32 behind = quotation->close + 1;
  return quotation->closed && behind - i <= LONGEST_TITLE && behind < r->n_tokens &&
         r->tokens[behind - 2].kind == AVER_TOKEN_WORD &&
         (has_tag(r, behind, TAGS(THAT) | TAGS(TIME) | TAGS(SUBJECT)) ||
          (has_tag(r, behind, TAGS(PREPOSITION)) && has_tag(r, behind + 1, TAGS(TIME))));
}

guint32 complement_skip_adjuncts(const Cue *cue, guint32 i, gboolean *comma)
{
  const Reading *r = cue->reading;
  guint32 limit = MIN(cue->high, i + LONGEST_ADJUNCT);
  gboolean addressee = (cue->frames & FRAME_ADDRESSEE) != 0;
  guint32 commas = 0;
  *comma = FALSE;
  if (addressee && i < limit && is_show(r, i)) {
    i = quotation_at(r, r->inside[i])->close + 1;
    addressee = FALSE;
  }
  while (i < limit) {
    guint32 end = i;
    if (has_tag(r, i, TAGS(ADVERB)) ||
        (has_tag(r, i, TAGS(TIME)) && !has_tag(r, i + 1, TAGS(CLITIC)))) {
      end = i + 1;
    } else if (*comma && has_tag(r, i, TAGS(NAME)) && has_tag(r, i - 1, TAGS(COMMA)) &&
               has_tag(r, i - 2, TAGS(NAME))) {
      guint32 base = phrase_base_end(r, i, limit); /* in Port Sorrow, Norland, that */
      end = has_tag(r, base, TAGS(COMMA) | TAGS(PREPOSITION) | TAGS(THAT) | TAGS(TIME)) ? base : i;
    } else if (has_tag(r, i, TAGS(PREPOSITION) | TAGS(TO)) ||
               (has_tag(r, i, TAGS(SUBORDINATOR)) && (grammar_at(r, i) & WORD_PREPOSITION) != 0)) {
      guint32 base = phrase_base_end(r, i + 1, limit);
      if (base == i + 1)
        base = date_end(r, i + 1, limit);
      while (base < limit && base > i + 1 && has_tag(r, base, TAGS(TIME)) &&
             !has_tag(r, base + 1, TAGS(CLITIC)))
        base++; /* in the early morning hours */
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

/* "disputes that account", "rejected that claim as": here the word is no conjunction. */
static gboolean is_demonstrative(const Cue *cue, guint32 i)
{
  const Reading *r = cue->reading;
  if (!has_tag(r, i, TAGS(THAT)) || (cue->frames & (FRAME_OBJECT | FRAME_AS | FRAME_DENY)) == 0 ||
      i + 1 >= cue->high)
    return FALSE;
  guint32 end = phrase_base_end(r, i + 1, cue->high);
  return end == i + 2 && (grammar_at(r, i + 1) & WORD_PLURAL) == 0 &&
         (end >= cue->high || has_tag(r, end, TAGS(STOP) | TAGS(OPEN) | TAGS(COMMA)) ||
          word_is(r, end, "as"));
}

/* The quotation behind the participle clause at i that a comma ends, or i. */
static guint32 behind_aside(const Cue *cue, guint32 i)
{
  const Reading *r = cue->reading;
  guint32 limit = MIN(cue->high, i + LONGEST_ADJUNCT);
  for (guint32 k = i; k + 1 < limit && r->inside[k] == NOWHERE; k++)
    if (has_tag(r, k, TAGS(COMMA)) && has_tag(r, k + 1, TAGS(OPEN)))
      return k + 1;
  return i;
}

Complement complement_find(const Cue *cue)
{
  const Reading *r = cue->reading;
  Complement c = {NOTHING, cue->behind, FALSE};
  guint32 i = complement_skip_adjuncts(cue, cue->behind, &c.comma);
  if (i < cue->high && has_tag(r, i, TAGS(COMMA) | TAGS(COLON)) && i + 1 < r->n_tokens &&
      has_tag(r, i + 1, TAGS(OPEN))) {
    c.comma = TRUE;
    i++;
  }
  /* "joked, using a wide grin, “...”" */
  guint32 aside = i + has_tag(r, i, TAGS(COMMA));
  if (aside + 1 < cue->high && has_tag(r, aside, TAGS(ING) | TAGS(ED)) &&
      (verb_at(r, aside) & FRAMES) == 0 && has_tag(r, aside - 1, TAGS(COMMA)) &&
      behind_aside(cue, aside) != aside) {
    i = behind_aside(cue, aside);
    c.comma = TRUE;
  }
  c.start = i;
  if (i >= cue->high && !(i < r->n_tokens && i > 0 && has_tag(r, i - 1, TAGS(COLON))))
    return c;
  if (has_tag(r, i, TAGS(OPEN))) {
    c.kind = QUOTED;
  } else if (i == cue->behind && is_demonstrative(cue, i)) {
    c.kind = PHRASE;
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

/* "accused them of "lying" and threatened": the second verb has the first one's subject. */
static gboolean second_verb(const Reading *r, guint32 i)
{
  i += has_tag(r, i, TAGS(COMMA));
  return has_tag(r, i, TAGS(COORDINATOR)) && has_tag(r, i + 1, TAGS(VERB) | TAGS(ED)) &&
         (verb_at(r, i + 1) & VERB_PAST) != 0;
}

static guint32 end_before_verb(const Reading *r, guint32 i, guint32 end)
{
  for (; i < end; i++) {
    if (r->inside[i] == NOWHERE)
      continue;
    i = MAX(i, quotation_at(r, r->inside[i])->close);
    if (i + 1 < end && second_verb(r, i + 1))
      return i + 1;
  }
  return end;
}

/* Who calls something "a mess" has said it when the marks close and the clause goes on. */
static guint32 end_of_label(const Reading *r, guint32 i, guint32 end)
{
  for (; i < end; i++) {
    if (r->inside[i] == NOWHERE)
      continue;
    guint32 close = quotation_at(r, r->inside[i])->close;
    gboolean comma = close > 0 && has_tag(r, close - 1, TAGS(COMMA));
    return comma || has_tag(r, close + 1, TAGS(COORDINATOR) | TAGS(SUBORDINATOR)) ? close + 1 : end;
  }
  return end;
}

guint32 complement_end(const Cue *cue, guint32 i)
{
  const Reading *r = cue->reading;
  guint32 end = content_end(r, i, cue->high);
  if ((cue->frames & FRAME_AS) != 0)
    end = MIN(end, end_of_label(r, i, end));
  if ((cue->frames & FRAME_OF) != 0)
    end = end_before_verb(r, i, end);
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

gboolean complement_is_sentence(const Reading *r, guint32 q)
{
  const Quotation *quotation = quotation_at(r, q);
  return !quotation->closed ||
         (quotation->close > quotation->open &&
          has_tag(r, quotation->close - 1, TAGS(COMMA) | TAGS(STOP) | TAGS(INNER)));
}
