/* SPDX-License-Identifier: Apache-2.0 */
/* Quotations before and behind a reporting verb. */
#include "complement.h"
#include "content.h"

/* Where the sentence that the quotation q began goes on: "..., said X, who was there, "..."". */
static guint32 second_piece(const Cue *cue, guint32 q)
{
  const Reading *r = cue->reading;
  guint32 close = quotation_at(r, q)->close;
  if (close == 0 || !has_tag(r, close - 1, TAGS(COMMA)))
    return NOWHERE;
  guint32 limit = MIN(cue->high, cue->behind + LONGEST_ADJUNCT);
  for (guint32 i = cue->behind; i + 1 < limit; i++) {
    if (r->inside[i] != NOWHERE || (verb_at(r, i) & FRAME_QUOTE) != 0)
      return NOWHERE;
    if (has_tag(r, i, TAGS(COMMA)) && has_tag(r, i + 1, TAGS(OPEN)))
      return i + 1;
    if (has_tag(r, i, TAGS(COORDINATOR)) && has_tag(r, i + 1, TAGS(OPEN)))
      return i; /* "A," he said, but "B" */
  }
  return NOWHERE;
}

/* The quotation behind a colon later in the clause: "he offered a remedy: ..." */
static guint32 behind_colon(const Cue *cue)
{
  const Reading *r = cue->reading;
  guint32 limit = MIN(cue->high, cue->behind + LONGEST_ADJUNCT);
  for (guint32 i = cue->behind; i < limit; i++) {
    if (has_tag(r, i, TAGS(COLON)))
      return i + 1 < r->n_tokens && has_tag(r, i + 1, TAGS(OPEN)) ? i + 1 : NOWHERE;
    if (has_tag(r, i, FINITE_TAGS | TAGS(THAT) | TAGS(OPEN) | TAGS(STOP)) ||
        (has_tag(r, i, TAGS(ING)) && (verb_at(r, i) & FRAMES) != 0))
      return NOWHERE;
  }
  return NOWHERE;
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
  /* "“It leaks.” Orr said." says nothing else. */
  if (full_stop && cue->behind < cue->high && has_tag(r, cue->behind, TAGS(STOP)) &&
      r->sentence[close] + 1 >= r->sentence[i])
    full_stop = FALSE;
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

/* "If it falls, Orr said, “we are lost”": the condition is part of what is said when the quotation
 * goes on with a small letter. */
static guint32 front_clause(const Cue *cue, guint32 open, guint32 left)
{
  static const char *const words[] = {"if", "when", "unless", "once", "because", "until"};
  const Reading *r = cue->reading;
  guint32 start = cue->low;
  if (left < start + 4 || left - start > LONGEST_FRONT || !has_tag(r, left - 1, TAGS(COMMA)) ||
      flag_at(r, open + 1, AVER_TOKEN_CAPITALISED) || cue->inverted)
    return NOWHERE;
  while (start + 1 < left && has_tag(r, start, TAGS(COORDINATOR) | TAGS(ADVERB)))
    start++;
  return WORD_IS_ONE_OF(r, start, words) && content_is_clause(r, start + 2, left) ? cue->low
                                                                                  : NOWHERE;
}

/* "said “no” on Monday": when it was said ends what was said. */
static gboolean is_dated(const Reading *r, guint32 i)
{
  i += has_tag(r, i, TAGS(PREPOSITION));
  return has_tag(r, i, TAGS(TIME)) && !has_tag(r, i + 1, TAGS(CLITIC));
}

/* "a banner read “...”": what is written speaks for itself. */
static gboolean is_inscription(const Cue *cue)
{
  const Reading *r = cue->reading;
  if (!word_is(r, cue->verb, "read") && !word_is(r, cue->verb, "reads") &&
      !word_is(r, cue->verb, "reading"))
    return FALSE;
  for (guint32 i = cue->source.start; i < cue->source.end; i++)
    if ((grammar_at(r, i) & WORD_PAPER) != 0)
      return TRUE;
  return FALSE;
}

/* A quotation before the cue ("...", he said), behind it (he said: "..."), or both. */
gboolean cue_take_quotation(Cue *cue)
{
  Reading *r = cue->reading;
  if ((cue->frames & FRAME_QUOTE) == 0)
    return FALSE;
  guint32 left = cue->inverted ? cue->start : cue->source.start;
  guint32 q = cue->participle ? NOWHERE : quotation_before(cue, left);
  Complement c = complement_find(cue);
  guint32 colon = c.kind == QUOTED ? NOWHERE : behind_colon(cue);
  if (colon != NOWHERE)
    c = (Complement){QUOTED, colon, TRUE};
  if (c.kind == QUOTED && !c.comma && (cue->frames & FRAME_MANNER) != 0 && !is_inscription(cue) &&
      !complement_is_sentence(r, r->inside[c.start]))
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
  guint32 later = index != NOWHERE && c.kind != QUOTED ? second_piece(cue, q) : NOWHERE;
  if (later != NOWHERE && has_tag(r, later, TAGS(COORDINATOR))) {
    guint32 end = content_end(r, later, cue->high);
    content_add(r, attribution_at(r, index), later, end);
    content_claim(r, later, end, index);
  } else if (later != NOWHERE)
    c = (Complement){QUOTED, later, TRUE};
  if (c.kind == QUOTED && (index == NOWHERE || ((c.comma || c.start == cue->behind) &&
                                                complement_is_sentence(r, r->inside[c.start])))) {
    guint32 end = quotation_at(r, r->inside[c.start])->close + 1;
    if (!is_dated(r, end) && (cue->frames & FRAME_MANNER) == 0)
      end = MAX(content_end(r, c.start, cue->high), end);
    guint32 front = index == NOWHERE ? front_clause(cue, c.start, left) : NOWHERE;
    if (front != NOWHERE) {
      index = cue_attribute(cue, RULE_MIXED, front, left - 1);
      if (index == NOWHERE)
        return FALSE;
    }
    if (index == NOWHERE) {
      gboolean whole = end == quotation_at(r, r->inside[c.start])->close + 1;
      return cue_attribute(cue, whole ? RULE_QUOTE_CUE : RULE_MIXED, c.start, end) != NOWHERE;
    }
    content_add(r, attribution_at(r, index), c.start, end);
    content_claim(r, c.start, end, index);
  }
  return index != NOWHERE;
}
