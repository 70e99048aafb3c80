/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at every reporting verb: its group, its source, then the rules for its content. */
#include "cues.h"

#include "content.h"
#include "framing.h"
#include "other-cues.h"
#include "phrase.h"
#include "trace.h"

#define LONGEST_DATELINE 20 /* tokens */

guint32 cue_attribute(const Cue *cue, Rule rule, guint32 start, guint32 end)
{
  Reading *r = cue->reading;
  Attribution attribution = NO_ATTRIBUTION;
  attribution.cue = cue->cue;
  attribution.source = cue->source;
  attribution.rule = rule;
  attribution.origin = (guint8) (cue->source.end > cue->source.start ? cue->origin : SOURCE_NONE);
  content_add(r, &attribution, start, end);
  if (attribution.n_pieces == 0)
    return NOWHERE;
  framing_read(r, &attribution, cue->verb, cue->low, cue->high);
  guint32 index = r->attributions->len;
  g_array_append_val(r->attributions, attribution);
  trace_take_notes(r, index);
  content_claim(r, start, end, index);
  return index;
}

static gboolean is_particle(const Reading *r, guint32 i)
{
  static const char *const words[] = {"back", "out", "in", "up", "on", "off"};
  if (!has_tag(r, i + 1, TAGS(STOP) | TAGS(COMMA) | TAGS(COLON) | TAGS(ADVERB) | TAGS(PREPOSITION)))
    return FALSE;
  return WORD_IS_ONE_OF(r, i, words);
}

/* "point out", "go on", "call for": particles that belong to the cue. */
static guint32 behind_particle(const Reading *r, guint32 v)
{
  guint32 frames = verb_at(r, v) & FRAMES;
  static const char *const pairs[][2] = {
      {"called", "for"}, {"calls", "for"},  {"calling", "for"}, {"call", "for"}, {"called", "on"},
      {"calls", "on"},   {"calling", "on"}, {"call", "on"},     {"went", "on"},  {"goes", "on"}};
  if ((verb_at(r, v) & FRAME_OUT) != 0)
    return word_is(r, v + 1, "out") ? v + 2 : v + 1;
  if ((verb_at(r, v) & FRAME_ONLY_IT) != 0)
    return word_is(r, v + 1, "it") ? v + 2 : v + 1;
  if ((verb_at(r, v) & FRAME_ONLY_TO) != 0)
    return word_is(r, v + 1, "to") ? v + 2 : v + 1;
  if ((verb_at(r, v) & FRAME_ONLY_ABOUT) != 0)
    return word_is(r, v + 1, "about") ? v + 2 : v + 1;
  /* "shot back", "blurted out", "chimed in" */
  if ((frames == 0 || (frames & FRAME_MANNER) != 0) && is_particle(r, v + 1))
    return v + 2;
  for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
    if (word_is(r, v, pairs[i][0]) && word_is(r, v + 1, pairs[i][1]))
      return v + 2;
  return v + 1;
}

/* The source of the last report in this sentence, for "..., adding that" and "and warned". */
static Range shared_source(const Cue *cue)
{
  const Reading *r = cue->reading;
  for (guint32 n = 0, i = r->attributions->len; n < 4 && i-- > 0; n++) {
    const Attribution *last = attribution_at(r, i);
    if (last->cue.end <= last->cue.start || last->cue.start < cue->low)
      break;
    if (last->cue.start < cue->verb && last->source.end > last->source.start)
      return last->source;
  }
  if (!cue->participle && cue->start > cue->low + 1) {
    /* "I laughed and said": the other verb's subject. */
    Range subject = phrase_last_subject(r, cue->low, cue->start - 1);
    if (subject.end > subject.start)
      return subject;
  }
  return phrase_clause_subject(r, cue->low, cue->verb);
}

/* Whether what stands before an inverted cue can be content: a quotation or a clause. */
static gboolean content_before(const Cue *cue)
{
  const Reading *r = cue->reading;
  if (cue->start <= cue->low)
    return cue->start == cue->verb; /* Said Ada Quill: "..." */
  return has_tag(r, cue->start - 1, TAGS(CLOSE) | TAGS(COMMA)) ||
         (has_tag(r, cue->start - 1, TAGS(DASH) | TAGS(STOP)) && cue->start - cue->low > 4);
}

/* "Officials said they believe": an attitude of the one who speaks is what is said, and no report
 * of its own, unless it is negated. Then the words that name them are a better source. */
static gboolean takes_pronoun(Cue *cue)
{
  const Reading *r = cue->reading;
  guint32 start = cue->source.start;
  if (!has_tag(r, start, TAGS(SUBJECT)) || r->attributions->len == 0)
    return TRUE;
  const Attribution *last = attribution_at(r, r->attributions->len - 1);
  gboolean nested = last->source.end > last->source.start && last->source.start >= cue->low &&
                    last->source.start < cue->verb && last->n_pieces > 0 &&
                    last->pieces[0].start == r->tokens[start].start;
  if (!nested)
    return TRUE;
  if ((cue->frames & FRAME_THOUGHT) != 0 && !cue->negated)
    return FALSE;
  if (word_is(r, start, "they"))
    cue->source = last->source;
  return TRUE;
}

/* "X, who was there, said": the subject's aside is a clause, so the verb is the subject's. */
static gboolean aside_is_relative(const Reading *r, Range subject)
{
  for (guint32 i = subject.start; i < subject.end; i++)
    if (has_tag(r, i, TAGS(RELATIVE)))
      return TRUE;
  return FALSE;
}

/* Whether the verb of the noun phrase that ends at i stands there, or behind "and" and another
 * noun phrase. */
static gboolean starts_predicate(const Reading *r, guint32 i, guint32 high)
{
  if (i < high && has_tag(r, i, TAGS(COORDINATOR)))
    i = phrase_base_end(r, i + 1, high);
  return i < high && has_tag(r, i, FINITE_TAGS | TAGS(ED) | TAGS(CLITIC));
}

static gboolean find_source(Cue *cue)
{
  Reading *r = cue->reading;
  guint32 behind = cue->verb + 1;
  gboolean quoted = (cue->frames & FRAME_QUOTE) != 0;
  if (quoted && !cue->participle && content_before(cue) && cue->start == cue->verb &&
      behind < cue->high &&
      has_tag(r, behind,
              NOMINAL_TAGS | TAGS(DETERMINER) | TAGS(POSSESSIVE) | TAGS(SUBJECT) | TAGS(ED))) {
    guint32 end = phrase_end(r, behind, cue->high);
    gboolean comma = cue->start > cue->low && has_tag(r, cue->start - 1, TAGS(COMMA));
    Range before = comma ? phrase_subject(r, cue->start, cue->low) : (Range){0, 0};
    gboolean clause = starts_predicate(r, end, cue->high);
    gboolean objects = (cue->frames & FRAME_ADDRESSEE) != 0 ||
                       (before.end > before.start && aside_is_relative(r, before));
    if (end > behind && (before.end == before.start || (!clause && !objects))) {
      end = phrase_relative_end(r, end, cue->high);
      cue->source = (Range){behind, end};
      cue->behind = end;
      cue->inverted = TRUE;
      cue->origin = SOURCE_INVERTED;
      return TRUE;
    }
  }
  if (cue->participle || (cue->start > cue->low && has_tag(r, cue->start - 1, TAGS(COORDINATOR)))) {
    cue->source = shared_source(cue);
    cue->origin = SOURCE_SHARED;
    if (cue->participle && cue->start > cue->low && has_tag(r, cue->start - 1, NOMINAL_TAGS)) {
      /* "a statement saying": whoever made it speaks. */
      guint32 head = grammar_at(r, cue->start - 1);
      gboolean paper = (head & (WORD_PAPER | WORD_VENUE)) != 0;
      guint32 start = phrase_start(r, cue->start, cue->low);
      if (start != NOWHERE && (!paper || cue->source.end == cue->source.start)) {
        cue->source = (Range){start, cue->start};
        cue->origin = SOURCE_OF_PAPER;
      }
    }
  } else {
    cue->source = phrase_subject(r, cue->start, cue->low);
    cue->origin = SOURCE_SUBJECT;
  }
  if (cue->source.end == cue->source.start)
    return FALSE;
  return takes_pronoun(cue);
}

/* Whether a quotation closes at i that its sentence goes on behind. */
static gboolean closes_with_pause(const Reading *r, guint32 i)
{
  if (!has_tag(r, i, TAGS(CLOSE)) || i == 0)
    return FALSE;
  const AverToken *last = &r->tokens[i - 1];
  return last->kind == AVER_TOKEN_PUNCTUATION && last->detail != '.';
}

/* Any verb can report when it stands beside a quotation: "...," the crowd roared. */
static gboolean is_beside_quotation(const Reading *r, guint32 i, Range sentence)
{
  if (!has_tag(r, i, TAGS(VERB) | TAGS(ED)) || (verb_at(r, i) & VERB_BASE) != 0)
    return FALSE;
  guint32 behind = i + 1;
  while (behind < sentence.end && behind < i + 4 &&
         (has_tag(r, behind, TAGS(ADVERB) | TAGS(PREPOSITION)) || word_is(r, behind, "back")))
    behind++;
  if (has_tag(r, behind, TAGS(COLON) | TAGS(COMMA)) && behind + 1 < r->n_tokens &&
      has_tag(r, behind + 1, TAGS(OPEN)))
    return TRUE;
  if (i > 0 && closes_with_pause(r, i - 1))
    return has_tag(r, i + 1, TAGS(NAME) | TAGS(SUBJECT) | TAGS(DETERMINER));
  if (i + 1 < sentence.end && !word_is(r, i + 1, "back") &&
      !has_tag(r, i + 1, TAGS(STOP) | TAGS(COMMA) | TAGS(ADVERB) | TAGS(PREPOSITION)))
    return FALSE;
  guint32 limit = i > 12 ? i - 12 : 0;
  guint32 k = i;
  while (k > limit && has_tag(r, k - 1,
                              NOMINAL_TAGS | TAGS(DETERMINER) | TAGS(POSSESSIVE) | TAGS(SUBJECT) |
                                  TAGS(ADVERB) | TAGS(PREPOSITION)))
    k--;
  return k < i && k > 0 && closes_with_pause(r, k - 1);
}

static gboolean is_candidate(const Reading *r, guint32 i)
{
  return (verb_at(r, i) & FRAMES) != 0 && r->inside[i] == NOWHERE &&
         has_tag(r, i, TAGS(VERB) | TAGS(ED) | TAGS(ING));
}

/* The writer and the reader: what they think is no report. */
static gboolean is_first_person(const Reading *r, Range source)
{
  return source.end - source.start == 1 &&
         (word_is(r, source.start, "i") || word_is(r, source.start, "we") ||
          word_is(r, source.start, "you"));
}

/* "is expected to say", "seems to think": the subject is that of the governing word. */
static gboolean find_raised(Cue *cue)
{
  const Reading *r = cue->reading;
  guint32 governor = framing_governor(r, cue->start, cue->low);
  if (governor == NOWHERE)
    return FALSE;
  VerbGroup group = verb_group(r, governor, cue->low);
  cue->source = phrase_subject(r, group.start, cue->low);
  cue->origin = SOURCE_SUBJECT;
  cue->start = group.start;
  cue->cue.start = group.start;
  return cue->source.end > cue->source.start && !group.infinitive;
}

static void try_verb(Reading *r, guint32 v, Range sentence)
{
  trace_clear_notes(r);
  VerbGroup group = verb_group(r, v, sentence.start);
  Cue cue = {
      .reading = r,
      .low = sentence.start,
      .high = sentence.end,
      .verb = v,
      .start = group.start,
      .behind = behind_particle(r, v),
      .frames = verb_at(r, v) & FRAMES,
      .negated = group.negator != NOWHERE,
      .participle = has_tag(r, v, TAGS(ING)) && !group.auxiliary,
  };
  if (cue.frames == 0)
    cue.frames = FRAME_QUOTE | FRAME_MANNER;
  cue.cue = (Range){cue.negated ? group.negator : v, cue.behind};
  /* "Asked whether it leaks, Orr", "when asked about it" */
  if (has_tag(r, v, TAGS(ED) | TAGS(VERB)) && (cue.frames & FRAME_WHETHER) != 0 &&
      (cue.frames & FRAME_ADDRESSEE) != 0 && (verb_at(r, v) & VERB_PAST) != 0 &&
      (v == sentence.start || has_tag(r, v - 1, TAGS(SUBORDINATOR) | TAGS(RELATIVE)))) {
    cue.subordinate = TRUE;
    cue_take_passive(&cue);
    return;
  }
  if (group.passive && !group.infinitive && (cue.frames & FRAME_THOUGHT) == 0 &&
      (cue.frames & (FRAME_WHETHER | FRAME_SAY)) != 0) {
    cue_take_passive(&cue);
    return;
  }
  if (group.infinitive && !group.passive && (cue.frames & FRAME_THAT) != 0 && find_raised(&cue)) {
    cue.frames &= ~(guint32) (FRAME_OBJECT | FRAME_FINDING | FRAME_TO | FRAME_ING);
    if (!cue_take_quotation(&cue))
      cue_take_complement(&cue);
    return;
  }
  if (group.infinitive && !group.passive && (cue.frames & FRAME_QUOTE) != 0) {
    cue.source = phrase_clause_subject(r, sentence.start, v);
    cue_take_infinitive(&cue);
    return;
  }
  if (group.passive || group.infinitive ||
      ((cue.frames & (FRAME_OUT | FRAME_ONLY_TO | FRAME_ONLY_ABOUT | FRAME_ONLY_IT)) != 0 &&
       cue.behind == v + 1))
    return;
  /* "will find", "may know": no report yet. */
  if (group.modal && (cue.frames & (FRAME_SHOW | FRAME_THOUGHT | FRAME_FINDING)) != 0)
    return;
  if (has_tag(r, v - (v > sentence.start), TAGS(MODAL)) && (cue.frames & FRAME_OBJECT) != 0)
    return;
  if (cue.participle && group.start > sentence.start &&
      has_tag(r, group.start - 1, TAGS(PREPOSITION) | TAGS(TO) | TAGS(OBJECT)) &&
      ((cue.frames & FRAME_QUOTE) == 0 || !word_is(r, group.start - 1, "by")))
    return;
  if (!find_source(&cue))
    return;
  if ((cue.frames & FRAME_THOUGHT) != 0 && is_first_person(r, cue.source))
    return;
  guint32 before = cue.source.start > sentence.start ? cue.source.start - 1 : cue.source.start;
  cue.subordinate =
      has_tag(r, cue.source.start, TAGS(RELATIVE)) ||
      (before < cue.source.start && has_tag(r, before, TAGS(SUBORDINATOR) | TAGS(RELATIVE)));
  if (cue_take_quotation(&cue))
    return;
  trace_note(r, v, "not taken: a quotation right before or behind the verb; there is none");
  if (cue_take_front(&cue))
    return;
  trace_note(r, v, "not taken: a clause in front of it that a comma sets off; there is none");
  cue_take_complement(&cue);
}

/* "PORT SORROW, Norland (Wire) - ": where the text of a report with a dateline starts, else where
 * the sentence does. */
static guint32 behind_dateline(const Reading *r, Range sentence)
{
  guint32 i = sentence.start;
  if (!starts_paragraph(r, i) || !flag_at(r, i, AVER_TOKEN_ALL_CAPS) ||
      r->tokens[i].end - r->tokens[i].start < 3)
    return sentence.start;
  guint32 limit = MIN(sentence.end, i + LONGEST_DATELINE);
  for (; i + 1 < limit; i++) {
    if (has_tag(r, i, TAGS(DASH)))
      return i + 1;
    if (!has_tag(r, i,
                 TAGS(NAME) | TAGS(NUMBER) | TAGS(TIME) | TAGS(COMMA) | TAGS(LEFT) | TAGS(RIGHT) |
                     TAGS(STOP) | TAGS(OTHER)))
      break;
  }
  return sentence.start;
}

void cues_find(Reading *r)
{
  guint32 turn = 0;
  for (guint32 s = 0; s < r->sentences->len; s++) {
    Range sentence = g_array_index(r->sentences, Range, s);
    while (turn < r->turns->len && g_array_index(r->turns, Range, turn).end <= sentence.start)
      turn++;
    if (turn < r->turns->len && g_array_index(r->turns, Range, turn).start < sentence.end)
      continue;
    sentence.start = behind_dateline(r, sentence);
    for (guint32 i = sentence.start; i < sentence.end; i++) {
      if (is_candidate(r, i) || (r->inside[i] == NOWHERE && r->quotations->len > 0 &&
                                 is_beside_quotation(r, i, sentence)))
        try_verb(r, i, sentence);
      else if (r->inside[i] == NOWHERE)
        other_cue(r, i, sentence);
    }
  }
}
