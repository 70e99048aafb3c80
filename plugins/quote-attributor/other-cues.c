/* SPDX-License-Identifier: Apache-2.0 */
/* "According to X", "issued warnings that", "made it clear that", "are reportedly confident". */
#include "other-cues.h"

#include "content.h"
#include "phrase.h"
#include "trace.h"

#define LONGEST_SOURCE 40 /* behind "according to" */

/* The comma that ends the source of a sentence that starts with "according to": the first one,
 * or the second when an apposition stands between them. */
static guint32 source_comma(const Reading *r, guint32 i, guint32 high)
{
  guint32 limit = MIN(high, i + LONGEST_SOURCE), first = NOWHERE;
  for (; i < limit; i++) {
    if (first != NOWHERE && has_tag(r, i, FINITE_TAGS | TAGS(ED)))
      return first;
    if (!has_tag(r, i, TAGS(COMMA)))
      continue;
    if (first != NOWHERE)
      return i;
    first = i;
    if (!has_tag(r, i + 1, TAGS(DETERMINER) | TAGS(NUMBER)))
      return first;
  }
  return first;
}

/* "figures released by the Harbour Board on Monday" */
static guint32 release_end(const Reading *r, guint32 end, guint32 high)
{
  if (end + 2 >= high || !has_tag(r, end, TAGS(ED) | TAGS(VERB)) || !word_is(r, end + 1, "by"))
    return end;
  guint32 behind = phrase_end(r, end + 2, high);
  if (behind == end + 2)
    return end;
  if (behind + 1 < high && word_is(r, behind, "on") && has_tag(r, behind + 1, TAGS(TIME)))
    behind += 2;
  return behind;
}

static gboolean has_finite_verb(const Reading *r, guint32 start, guint32 end)
{
  for (guint32 i = start; i < end; i++)
    if (has_tag(r, i, FINITE_TAGS | TAGS(ED)))
      return TRUE;
  return FALSE;
}

/* "In the words of X, “...”", "in X’s words, “...”". */
static void in_the_words(Reading *r, guint32 i, Range sentence)
{
  if (!word_is(r, i, "words") || i < sentence.start + 2)
    return;
  Cue cue = {.reading = r, .low = sentence.start, .high = sentence.end, .verb = i, .start = i};
  guint32 end = i + 1;
  cue.origin = SOURCE_COMPLEMENT;
  if (word_is(r, i - 1, "the") && word_is(r, i - 2, "in") && word_is(r, i + 1, "of")) {
    end = phrase_end(r, i + 2, sentence.end);
    cue.source = (Range){i + 2, end};
    cue.cue = (Range){i - 2, i + 2};
  } else if (has_tag(r, i - 1, TAGS(CLITIC))) {
    guint32 start = i - 1;
    while (start > sentence.start && !word_is(r, start, "in") && i - start < 8)
      start--;
    if (!word_is(r, start, "in") || start + 1 >= i - 1)
      return;
    cue.source = (Range){start + 1, i - 1};
    cue.cue = (Range){i, i + 1};
  }
  guint32 open = end + has_tag(r, end, TAGS(COMMA) | TAGS(COLON));
  if (cue.source.end > cue.source.start && open < r->n_tokens && has_tag(r, open, TAGS(OPEN)))
    cue_attribute(&cue, RULE_QUOTE_CUE, open, quotation_at(r, r->inside[open])->close + 1);
}

static void according_to(Reading *r, guint32 i, Range sentence)
{
  Cue cue = {.reading = r, .low = sentence.start, .high = sentence.end, .verb = i, .start = i};
  guint32 end = phrase_end(r, i + 2, sentence.end);
  if (end == i + 2)
    return;
  end = release_end(r, end, sentence.end);
  cue.cue = (Range){i, i + 2};
  cue.source = (Range){i + 2, end};
  cue.origin = SOURCE_COMPLEMENT;
  guint32 start = i;
  while (start > sentence.start && has_tag(r, start - 1, TAGS(ADVERB) | TAGS(COORDINATOR)))
    start--;
  if (start - sentence.start > LONGEST_FRONT)
    return;
  if (start > sentence.start + 1) {
    guint32 from = sentence.start;
    while (from < start && has_tag(r, from, TAGS(OTHER) | TAGS(STOP)))
      from++;
    guint32 index = cue_attribute(&cue, RULE_ACCORDING, from, start);
    /* "Longer term, according to X, the goal is": what stands in front is no clause. */
    if (index != NOWHERE && end + 2 < sentence.end && has_tag(r, end, TAGS(COMMA)) &&
        !has_finite_verb(r, from, start) && content_is_clause(r, end + 1, sentence.end)) {
      guint32 behind = content_end(r, end + 1, sentence.end);
      content_add(r, attribution_at(r, index), end + 1, behind);
      content_claim(r, end + 1, behind, index);
    }
    return;
  }
  guint32 comma = source_comma(r, i + 2, sentence.end);
  if (comma == NOWHERE)
    return;
  cue.source.end = MIN(end, comma);
  cue_attribute(&cue, RULE_ACCORDING, comma + 1, content_end(r, comma + 1, sentence.end));
}

/* Where the clause behind a noun or adjective cue starts, NOWHERE when there is none; "to X"
 * and dates may stand between. */
static guint32 clause_behind(const Reading *r, guint32 i, guint32 high, gboolean bare)
{
  guint32 limit = MIN(high, i + 12);
  guint32 k = i;
  while (k < limit) {
    if (has_tag(r, k, TAGS(THAT)))
      return k + 1 < high ? k + 1 : NOWHERE;
    if (has_tag(r, k, TAGS(ADVERB) | TAGS(TIME))) {
      k++;
    } else if (has_tag(r, k, TAGS(PREPOSITION) | TAGS(TO))) {
      guint32 end = phrase_base_end(r, k + 1, limit);
      if (end == k + 1 && !has_tag(r, end, TAGS(TIME)))
        return NOWHERE;
      k = MAX(end, k + 2);
    } else {
      break;
    }
  }
  if (bare && k == i && k < high &&
      has_tag(r, k, TAGS(SUBJECT) | TAGS(DETERMINER) | NOMINAL_TAGS | TAGS(POSSESSIVE)) &&
      content_is_clause(r, k, high))
    return k;
  return NOWHERE;
}

static void report(Reading *r, Range cue_range, guint32 start, Rule rule, guint32 group_start,
                   guint32 verb, Range sentence)
{
  Cue cue = {.reading = r,
             .low = sentence.start,
             .high = sentence.end,
             .verb = verb,
             .start = group_start,
             .cue = cue_range};
  if (group_start > sentence.start && has_tag(r, group_start - 1, TAGS(COORDINATOR)))
    cue.source = phrase_clause_subject(r, sentence.start, group_start);
  else
    cue.source = phrase_subject(r, group_start, sentence.start);
  cue.origin = SOURCE_SUBJECT;
  if (cue.source.end == cue.source.start)
    return;
  cue_attribute(&cue, rule, start, content_end(r, start, sentence.end));
}

/* "issued warnings to X that", "made the claim that". */
static void noun_cue(Reading *r, guint32 i, Range sentence)
{
  guint32 limit = i > sentence.start + 4 ? i - 4 : sentence.start;
  guint32 v = i;
  while (v > limit &&
         has_tag(r, v - 1, TAGS(DETERMINER) | TAGS(POSSESSIVE) | TAGS(NOUN) | TAGS(ADVERB)) &&
         (grammar_at(r, v - 1) & WORD_LIGHT) == 0)
    v--;
  if (v == limit || (grammar_at(r, v - 1) & WORD_LIGHT) == 0)
    return;
  v--;
  guint32 start = clause_behind(r, i + 1, sentence.end, FALSE);
  if (start == NOWHERE)
    return;
  VerbGroup group = verb_group(r, v, sentence.start);
  if (group.passive || (verb_at(r, v) & FRAME_OBJECT) != 0)
    return;
  report(r, (Range){v, i + 1}, start, RULE_NOUN, group.start, v, sentence);
}

/* "are reportedly confident they", "was sure that". */
static void stance(Reading *r, guint32 i, Range sentence)
{
  VerbGroup group = verb_group(r, i, sentence.start);
  if (!group.auxiliary)
    return;
  guint32 be = i;
  while (be > group.start && !has_tag(r, be - 1, TAGS(BE)))
    be--;
  if (be == group.start && !has_tag(r, be, TAGS(BE)))
    return;
  be = has_tag(r, be, TAGS(BE)) ? be : be - 1;
  guint32 start = clause_behind(r, i + 1, sentence.end, TRUE);
  if (start != NOWHERE)
    report(r, (Range){be, i + 1}, start, RULE_STANCE, group.start, i, sentence);
}

/* "made it clear that". */
static void made_clear(Reading *r, guint32 i, Range sentence)
{
  guint32 limit = i > sentence.start + 4 ? i - 4 : sentence.start;
  guint32 v = i;
  while (v > limit && has_tag(r, v - 1, TAGS(ADVERB) | TAGS(SUBJECT) | TAGS(OBJECT)))
    v--;
  if (v == sentence.start)
    return;
  v--;
  if (!word_is(r, v, "made") && !word_is(r, v, "make") && !word_is(r, v, "makes") &&
      !word_is(r, v, "making"))
    return;
  guint32 start = clause_behind(r, i + 1, sentence.end, TRUE);
  if (start == NOWHERE)
    return;
  VerbGroup group = verb_group(r, v, sentence.start);
  report(r, (Range){v, i + 1}, start, RULE_NOUN, group.start, v, sentence);
}

void other_cue(Reading *r, guint32 i, Range sentence)
{
  static const char *const cues[] = {"according", "clear", "words"};
  guint32 grammar = grammar_at(r, i);
  trace_clear_notes(r);
  if (WORD_IS_ONE_OF(r, i, cues)) {
    if (word_is(r, i, "according") && i + 2 < sentence.end && word_is(r, i + 1, "to")) {
      according_to(r, i, sentence);
      return;
    }
    in_the_words(r, i, sentence);
    if (word_is(r, i, "clear"))
      made_clear(r, i, sentence);
  }
  if ((grammar & WORD_STANCE) != 0 && has_tag(r, i, TAGS(NOUN) | TAGS(ED)))
    stance(r, i, sentence);
  if ((grammar & WORD_SPEECH_NOUN) != 0 && has_tag(r, i, TAGS(NOUN)))
    noun_cue(r, i, sentence);
}
