/* SPDX-License-Identifier: Apache-2.0 */
/* Continued, introduced and floating quotations. */
#include "loose-quotes.h"

#include "content.h"
#include "marks.h"
#include "phrase.h"

#define LONGEST_DIALOGUE 6
#define LONGEST_GAP      40 /* tokens between the turns of a dialogue */
#define FEWEST_WORDS     3  /* of a floating quotation: fewer are titles and scare quotes */

static gboolean starts_sentence(const Reading *r, guint32 i)
{
  return sentence_of(r, i)->start == i || starts_paragraph(r, i);
}

/* Whether a quotation is an utterance rather than a title: it ends like a sentence. */
static gboolean is_utterance(const Reading *r, const Quotation *q)
{
  if (quotation_words(r, q, FEWEST_WORDS) < (starts_paragraph(r, q->open) ? 1 : FEWEST_WORDS))
    return FALSE;
  if (!q->closed)
    return TRUE;
  guint32 last = q->close > q->open ? q->close - 1 : q->open;
  if (has_tag(r, last, TAGS(STOP) | TAGS(DASH) | TAGS(INNER)))
    return TRUE;
  guint32 behind = q->close + 1;
  return behind >= r->n_tokens || has_tag(r, behind, TAGS(STOP)) || starts_paragraph(r, behind);
}

static gboolean append(Reading *r, guint32 index, guint32 attribution)
{
  Quotation *q = quotation_at(r, index);
  if (attribution == NOWHERE || attribution_at(r, attribution)->n_pieces == MAX_PIECES)
    return FALSE;
  Attribution *a = attribution_at(r, attribution);
  if (a->n_pieces > 0 && a->pieces[a->n_pieces - 1].end > r->tokens[q->open].start)
    return FALSE;
  content_add(r, a, q->open, q->close + 1);
  q->attribution = attribution;
  return TRUE;
}

/* Whether another report stands between a quotation's cue and the next quotation: "..., he said,
 * adding that". */
static gboolean report_between(const Reading *r, guint32 attribution, guint32 open)
{
  for (guint32 i = attribution + 1; i < r->attributions->len && i < attribution + 4; i++) {
    const Attribution *other = attribution_at(r, i);
    if (other->cue.end > other->cue.start && other->source.end > other->source.start &&
        other->cue.start < open && other->rule != RULE_STANCE &&
        other->cue.start > attribution_at(r, attribution)->cue.start)
      return TRUE;
  }
  return FALSE;
}

/* "But “it helps.”": where the sentence of a quotation starts, the coordinator included. */
static guint32 behind_coordinator(const Reading *r, const Quotation *q)
{
  return q->open > 0 && has_tag(r, q->open - 1, TAGS(COORDINATOR)) ? q->open - 1 : q->open;
}

/* Whether the quotation follows the sentence of the one before it, in the same paragraph. */
static gboolean follows(const Reading *r, const Quotation *before, const Quotation *q)
{
  gboolean abbreviation = q->open > 0 && flag_at(r, q->open - 1, AVER_TOKEN_ABBREVIATION);
  if ((!starts_sentence(r, behind_coordinator(r, q)) && !abbreviation) ||
      starts_paragraph(r, q->open))
    return FALSE;
  guint32 gap = q->open - before->close;
  if (gap > 60)
    return FALSE;
  guint32 sentences = 0;
  for (guint32 i = before->close + 1; i < behind_coordinator(r, q); i++) {
    if (starts_paragraph(r, i))
      return FALSE;
    sentences += i > before->close + 1 && sentence_of(r, i)->start == i;
  }
  return sentences == 0;
}

static guint32 new_attribution(Reading *r, guint32 index, Rule rule, Range source,
                               SourceOrigin origin, guint32 antecedent)
{
  Quotation *q = quotation_at(r, index);
  Attribution a = NO_ATTRIBUTION;
  a.rule = rule;
  a.source = source;
  a.antecedent = antecedent;
  a.origin = (guint8) (source.end <= source.start ? SOURCE_NONE : origin);
  content_add(r, &a, q->open, q->close + 1);
  if (a.n_pieces == 0)
    return NOWHERE;
  q->attribution = r->attributions->len;
  g_array_append_val(r->attributions, a);
  return q->attribution;
}

/* The subject of the last verb of speech in [low, high). */
static Range last_reporter(const Reading *r, guint32 low, guint32 high)
{
  for (guint32 i = high; i-- > low + 1;) {
    if (r->inside[i] != NOWHERE || (verb_at(r, i) & (FRAME_SAY | FRAME_QUOTE)) == 0 ||
        !has_tag(r, i, TAGS(VERB) | TAGS(ED)))
      continue;
    VerbGroup group = verb_group(r, i, low);
    Range subject =
        group.infinitive || group.passive ? (Range){0, 0} : phrase_subject(r, group.start, low);
    if (subject.end > subject.start && !has_tag(r, subject.start, TAGS(RELATIVE)))
      return subject;
  }
  return (Range){0, 0};
}

/* "Name: "..."", "Name, a role: "..."": the words of the paragraph before the colon. */
static Range introduced_by(const Reading *r, const Quotation *q)
{
  Range none = {0, 0};
  if (q->open < 2 || !has_tag(r, q->open - 1, TAGS(COLON)))
    return none;
  guint32 colon = q->open - 1;
  guint32 low = sentence_of(r, colon)->start;
  if (colon - low > 40 || colon == low)
    return none;
  guint32 end = phrase_end(r, low, colon);
  if (end == colon && has_tag(r, low, TAGS(NAME) | TAGS(SUBJECT)))
    return (Range){low, colon};
  /* "... - Ada Quill: ..." */
  guint32 start = has_tag(r, colon - 1, NOMINAL_TAGS) ? phrase_start(r, colon, low) : NOWHERE;
  if (start != NOWHERE && start > low &&
      (has_tag(r, start, TAGS(NAME)) || has_tag(r, colon - 1, TAGS(NAME))) &&
      has_tag(r, start - 1, TAGS(DASH) | TAGS(STOP) | TAGS(CLOSE)))
    return (Range){start, colon};
  /* "She said it was lost: ...": her own words for what was reported. */
  Range reporter = last_reporter(r, low, colon);
  if (reporter.end > reporter.start && is_utterance(r, q))
    return reporter;
  /* "She spoke of Ada Quill: ...": whoever does something. */
  Range subject = phrase_last_subject(r, low, colon);
  if (subject.end > subject.start)
    return is_utterance(r, q) ? subject : none;
  if (has_tag(r, colon - 1, TAGS(NAME)) && start != NOWHERE)
    return (Range){start, colon};
  /* "She put it another way: ..." */
  return is_utterance(r, q) ? phrase_clause_subject(r, low, colon) : none;
}

/* ""..." - Name": the rest of the line behind the dash. */
static Range signed_by(const Reading *r, const Quotation *q)
{
  Range none = {0, 0};
  guint32 dash = q->close + 1;
  if (!q->closed || dash + 1 >= r->n_tokens || !has_tag(r, dash, TAGS(DASH)) ||
      !has_tag(r, dash + 1, TAGS(NAME)))
    return none;
  guint32 limit = MIN(r->n_tokens, dash + 20);
  guint32 end = phrase_end(r, dash + 1, limit);
  return end == r->n_tokens || starts_paragraph(r, end) || has_tag(r, end, TAGS(STOP))
             ? (Range){dash + 1, end}
             : none;
}

/* A pull quote: alone in its paragraph, and the next line is a name and perhaps a description. */
static Range signed_below(const Reading *r, const Quotation *q)
{
  Range none = {0, 0};
  guint32 line = q->close + 1;
  if (!q->closed || !starts_paragraph(r, q->open) || line >= r->n_tokens ||
      !flag_at(r, line, AVER_TOKEN_LINE_START) || !has_tag(r, line, TAGS(NAME)))
    return none;
  guint32 limit = MIN(r->n_tokens, line + 16), end = line;
  while (end < limit && !(end > line && flag_at(r, end, AVER_TOKEN_LINE_START))) {
    if (has_tag(r, end, FINITE_TAGS | TAGS(ED) | TAGS(STOP) | TAGS(COLON) | TAGS(OPEN)))
      return none;
    end++;
  }
  gboolean whole = end == r->n_tokens || (end < limit && flag_at(r, end, AVER_TOKEN_LINE_START));
  return whole ? (Range){line, end} : none;
}

static gboolean is_question(const Reading *r, const Quotation *q)
{
  return q->closed && r->text[r->tokens[q->close].start - 1] == '?';
}

/* Whether the quotation two before was a question that the one before answered. */
static gboolean asked_before(const Reading *r, guint32 index)
{
  if (index < 2)
    return FALSE;
  const Quotation *answer = quotation_at(r, index - 1), *question = quotation_at(r, index - 2);
  return is_question(r, question) && answer->attribution != question->attribution;
}

/* Whether only the rest of the other's sentence stands between two paragraphs' quotations. */
static gboolean next_paragraph(const Reading *r, const Quotation *before, const Quotation *q)
{
  guint32 paragraphs = 0;
  if (q->open - before->close > 40)
    return FALSE;
  for (guint32 i = before->close + 1; i <= q->open; i++)
    paragraphs += starts_paragraph(r, i);
  return paragraphs == 1;
}

/* The attribution whose speaker an attribution takes. */
static guint32 voice_of(const Reading *r, guint32 attribution)
{
  for (guint32 n = 0; n < LONGEST_DIALOGUE && attribution != NOWHERE; n++) {
    guint32 antecedent = attribution_at(r, attribution)->antecedent;
    if (antecedent == NOWHERE)
      break;
    attribution = antecedent;
  }
  return attribution;
}

static gboolean same_voice(const Reading *r, guint32 a, guint32 b)
{
  const Attribution *x = attribution_at(r, a), *y = attribution_at(r, b);
  if (a == b || x->source.end <= x->source.start || y->source.end <= y->source.start)
    return a == b;
  return r->tokens[x->source.end - 1].hash == r->tokens[y->source.end - 1].hash;
}

/* In a dialogue, whoever spoke last but the speaker of the quotation before; NOWHERE when nobody
 * else has spoken. */
static guint32 other_speaker(const Reading *r, guint32 index)
{
  guint32 voice = voice_of(r, quotation_at(r, index - 1)->attribution);
  for (guint32 n = 0, i = index - 1; n < LONGEST_DIALOGUE && i-- > 0; n++) {
    guint32 other = voice_of(r, quotation_at(r, i)->attribution);
    if (other == NOWHERE || quotation_at(r, i + 1)->open - quotation_at(r, i)->close > LONGEST_GAP)
      return NOWHERE;
    if (!same_voice(r, other, voice))
      return other;
  }
  return NOWHERE;
}

/* Whether the two quotations before, each a paragraph of its own, are two people's: then the third
 * goes back to the first. */
static gboolean in_dialogue(const Reading *r, guint32 index)
{
  if (index < 2)
    return FALSE;
  const Quotation *second = quotation_at(r, index - 1), *first = quotation_at(r, index - 2);
  return first->attribution != NOWHERE && second->attribution != NOWHERE &&
         starts_paragraph(r, second->open) && next_paragraph(r, first, second) &&
         next_paragraph(r, second, quotation_at(r, index)) &&
         attribution_at(r, second->attribution)->rule == RULE_QUOTE_CARRIED &&
         !same_voice(r, voice_of(r, first->attribution), voice_of(r, second->attribution));
}

static void attribute(Reading *r, guint32 index, guint32 *last)
{
  Quotation *q = quotation_at(r, index);
  const Quotation *before = index > 0 ? quotation_at(r, index - 1) : NULL;
  if (q->continues != NOWHERE && append(r, index, quotation_at(r, q->continues)->attribution))
    return;
  /* A row that is full goes on in another of the same speaker. */
  guint32 full = q->continues != NOWHERE ? quotation_at(r, q->continues)->attribution : NOWHERE;
  if (full != NOWHERE && attribution_at(r, full)->n_pieces == MAX_PIECES) {
    new_attribution(r, index, RULE_QUOTE_CARRIED, attribution_at(r, full)->source, SOURCE_BEFORE,
                    full);
    return;
  }
  if (before != NULL && before->attribution != NOWHERE && is_utterance(r, q) &&
      follows(r, before, q) && !report_between(r, before->attribution, q->open)) {
    /* "But “it leaks”": the writer joins another statement of the same speaker. */
    if (behind_coordinator(r, q) != q->open) {
      Range source = attribution_at(r, before->attribution)->source;
      new_attribution(r, index, RULE_QUOTE_CARRIED, source, SOURCE_BEFORE, before->attribution);
      return;
    }
    if (append(r, index, before->attribution))
      return;
  }
  Range none = {0, 0};
  Range source = introduced_by(r, q);
  SourceOrigin origin = SOURCE_INTRODUCED;
  if (source.end == source.start) {
    source = signed_by(r, q);
    origin = SOURCE_SIGNED;
    if (source.end == source.start)
      source = signed_below(r, q);
  }
  if (source.end > source.start) {
    *last = new_attribution(r, index, RULE_QUOTE_COLON, source, origin, NOWHERE);
    return;
  }
  if (!starts_sentence(r, q->open) || !is_utterance(r, q))
    return;
  guint32 words = quotation_words(r, q, 5);
  gboolean whole_paragraph = starts_paragraph(r, q->open);
  if (words < 5 && !whole_paragraph)
    return;
  if (whole_paragraph && before != NULL && before->attribution != NOWHERE) {
    if (is_question(r, before) || (is_question(r, q) && asked_before(r, index)) ||
        in_dialogue(r, index)) {
      /* The answer is the other one's. */
      guint32 other = other_speaker(r, index);
      new_attribution(r, index, RULE_QUOTE_CARRIED, none, SOURCE_NONE, other);
      return;
    }
    if (next_paragraph(r, before, q) && !report_between(r, before->attribution, q->open) &&
        append(r, index, before->attribution))
      return;
  }
  if (*last != NOWHERE)
    source = attribution_at(r, *last)->source;
  guint32 found =
      new_attribution(r, index, *last != NOWHERE ? RULE_QUOTE_CARRIED : RULE_QUOTE_FLOATING, source,
                      SOURCE_BEFORE, *last);
  if (found != NOWHERE)
    *last = found;
}

void loose_quotes_attribute(Reading *r)
{
  guint32 last = NOWHERE;
  for (guint32 i = 0; i < r->quotations->len; i++) {
    guint32 attribution = quotation_at(r, i)->attribution;
    if (attribution != NOWHERE)
      last = attribution;
    else
      attribute(r, i, &last);
  }
}
