/* SPDX-License-Identifier: Apache-2.0 */
/* The extent of content: clauses end where another report, or an afterthought, begins. */
#include "content.h"

#include "phrase.h"

#define LONGEST_CLAUSE 250
#define LONGEST_LEAD   40 /* from a coordinator to the verb of the clause it starts */
#define UTTERANCE_FRAMES                                                                           \
  (FRAME_QUOTE | FRAME_BARE | FRAME_OF | FRAME_DENY | FRAME_AS | FRAME_OBJECT)

static gboolean reporting_verb(const Reading *r, guint32 i)
{
  guint32 verb = verb_at(r, i);
  return has_tag(r, i, TAGS(VERB) | TAGS(ED)) && (verb & FRAMES) != 0 &&
         (verb &
          (FRAME_THAT | FRAME_OF | FRAME_AS | FRAME_OBJECT | FRAME_ADDRESSEE | FRAME_QUOTE)) != 0 &&
         (verb & FRAME_THOUGHT) == 0;
}

/* A verb that reports and has its content behind it, not a bare "as he said". */
static gboolean goes_on(const Reading *r, guint32 i, guint32 high)
{
  return i + 1 < high && !has_tag(r, i + 1, TAGS(STOP) | TAGS(COMMA) | TAGS(CLOSE));
}

/* "issued a warning": a light verb with its noun. */
static gboolean noun_report(const Reading *r, guint32 i, guint32 high)
{
  if ((grammar_at(r, i) & WORD_LIGHT) == 0)
    return FALSE;
  for (guint32 k = i + 1; k < high && k < i + 4; k++)
    if ((grammar_at(r, k) & WORD_SPEECH_NOUN) != 0)
      return TRUE;
  return FALSE;
}

/* Whether another report starts at i: a subject and a reporting verb, or the verb alone. */
static gboolean report_starts(const Reading *r, guint32 i, guint32 high)
{
  guint32 limit = MIN(high, i + LONGEST_LEAD);
  guint32 k = i;
  while (k < limit && has_tag(r, k, TAGS(ADVERB)))
    k++;
  gboolean own_subject = k < limit && has_tag(r, k,
                                              NOMINAL_TAGS | TAGS(DETERMINER) | TAGS(POSSESSIVE) |
                                                  TAGS(SUBJECT) | TAGS(TIME));
  for (; k < limit; k++) {
    if (r->inside[k] != NOWHERE)
      return FALSE;
    if (has_tag(r, k,
                TAGS(THAT) | TAGS(SUBORDINATOR) | TAGS(RELATIVE) | TAGS(SEMICOLON) | TAGS(STOP) |
                    TAGS(BE) | TAGS(MODAL) | TAGS(COLON)))
      return FALSE;
    if (has_tag(r, k, TAGS(HAVE) | TAGS(DO) | TAGS(NOT) | TAGS(ADVERB)))
      continue;
    if (has_tag(r, k, TAGS(VERB) | TAGS(ED))) {
      if (has_tag(r, k, TAGS(ED)) && own_subject && phrase_reduced_relative(r, k, i))
        continue;
      return (reporting_verb(r, k) || noun_report(r, k, high)) && goes_on(r, k, high);
    }
    if (!own_subject)
      return FALSE;
  }
  return FALSE;
}

static gboolean afterthought(const Reading *r, guint32 i)
{
  guint32 verb = verb_at(r, i);
  if (has_tag(r, i, TAGS(ING)) && (verb & FRAMES) != 0)
    return (verb & (FRAME_THAT | FRAME_OF | FRAME_AS | FRAME_OBJECT | FRAME_QUOTE)) != 0;
  return word_is(r, i, "according");
}

/* "as the minister said": a subordinate clause that is only a report. */
static gboolean as_report(const Reading *r, guint32 i, guint32 high)
{
  if (!word_is(r, i, "as"))
    return FALSE;
  guint32 limit = MIN(high, i + LONGEST_LEAD);
  guint32 k = phrase_end(r, i + 1, limit);
  if (k == i + 1)
    return FALSE;
  while (k < limit && has_tag(r, k, TAGS(HAVE) | TAGS(BE) | TAGS(DO) | TAGS(ADVERB)))
    k++;
  return k < limit && (verb_at(r, k) & (FRAME_QUOTE | FRAME_OF)) != 0 && !goes_on(r, k, high);
}

/* ", he said" inside or behind the content. */
static gboolean parenthesis(const Reading *r, guint32 i, guint32 high)
{
  guint32 limit = MIN(high, i + LONGEST_LEAD);
  guint32 k = phrase_end(r, i, limit);
  if (k == i)
    return FALSE;
  while (k < limit && has_tag(r, k, TAGS(HAVE) | TAGS(ADVERB)))
    k++;
  return k < high && (verb_at(r, k) & FRAME_QUOTE) != 0 && has_tag(r, k, TAGS(VERB) | TAGS(ED)) &&
         (k + 1 >= high || has_tag(r, k + 1, TAGS(STOP) | TAGS(COMMA) | TAGS(TIME)));
}

static gboolean ends_at(const Reading *r, guint32 i, guint32 start, guint32 high)
{
  if (has_tag(r, i, TAGS(SEMICOLON)) ||
      (has_tag(r, i, TAGS(COLON)) && has_tag(r, i + 1, TAGS(OPEN))))
    return TRUE;
  if (has_tag(r, i, TAGS(COMMA))) {
    if (afterthought(r, i + 1) || parenthesis(r, i + 1, high) || as_report(r, i + 1, high))
      return TRUE;
    if (has_tag(r, i + 1, TAGS(COORDINATOR)))
      return report_starts(r, i + 2, high);
    return (word_is(r, i + 1, "while") || word_is(r, i + 1, "though") ||
            word_is(r, i + 1, "although")) &&
           report_starts(r, i + 2, high);
  }
  if (has_tag(r, i, TAGS(COORDINATOR)) && i > start)
    return report_starts(r, i + 1, high);
  return i > start && as_report(r, i, high);
}

guint32 content_end(const Reading *r, guint32 start, guint32 high)
{
  guint32 limit = MIN(high, start + LONGEST_CLAUSE);
  guint32 i = start;
  while (i < limit) {
    if (r->inside[i] != NOWHERE) {
      const Quotation *quotation = quotation_at(r, r->inside[i]);
      if (i == quotation->open || i > start) {
        gboolean pause = i == start && quotation->closed && quotation->close > start &&
                         has_tag(r, quotation->close - 1, TAGS(COMMA) | TAGS(STOP));
        i = MAX(i, quotation->close) + 1;
        if (pause ||
            (i < high &&
             has_tag(r, quotation->close - (quotation->close > quotation->open), TAGS(COMMA)) &&
             (afterthought(r, i) || parenthesis(r, i, high) ||
              (has_tag(r, i, TAGS(COORDINATOR)) && report_starts(r, i + 1, high)))))
          return i;
        continue;
      }
    }
    if (ends_at(r, i, start, high))
      return i;
    i++;
  }
  while (i > start && i <= high && has_tag(r, i - 1, TAGS(STOP) | TAGS(COMMA) | TAGS(COLON)) &&
         r->inside[i - 1] == NOWHERE)
    i--;
  return i;
}

gboolean content_is_clause(const Reading *r, guint32 start, guint32 high)
{
  guint32 limit = MIN(high, start + 40);
  for (guint32 i = start; i < limit; i++) {
    if (has_tag(r, i, TAGS(OPEN) | TAGS(SEMICOLON)))
      return has_tag(r, i, TAGS(OPEN));
    if (i > start && has_tag(r, i, FINITE_TAGS | TAGS(ED)))
      return TRUE;
  }
  return FALSE;
}

static gboolean has_left(const Reading *r, guint32 start, guint32 end)
{
  guint32 limit = end - start > LONGEST_LEAD ? end - LONGEST_LEAD : start;
  for (guint32 i = end; i-- > limit;)
    if (has_tag(r, i, TAGS(LEFT)))
      return TRUE;
  return limit > start;
}

void content_add(const Reading *r, Attribution *attribution, guint32 start, guint32 end)
{
  guint64 trimmed = TAGS(COMMA) | TAGS(COLON) | TAGS(DASH) | TAGS(SEMICOLON);
  while (start < end && has_tag(r, start, trimmed))
    start++;
  while (end > start && has_tag(r, end - 1, trimmed) && r->inside[end - 1] == NOWHERE)
    end--;
  if (start < end && has_tag(r, end - 1, TAGS(RIGHT)) && !has_left(r, start, end))
    end--; /* of an aside that holds the whole report */
  if (start >= end || attribution->n_pieces == MAX_PIECES)
    return;
  AverSpan piece = {r->tokens[start].start, r->tokens[end - 1].end};
  attribution->pieces[attribution->n_pieces++] = piece;
}

void content_claim(Reading *r, guint32 start, guint32 end, guint32 attribution)
{
  for (guint32 i = start; i < end; i++) {
    if (r->inside[i] == NOWHERE)
      continue;
    Quotation *quotation = quotation_at(r, r->inside[i]);
    if (quotation->attribution == NOWHERE)
      quotation->attribution = attribution;
    i = MAX(i, quotation->close);
  }
}
