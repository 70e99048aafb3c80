/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at every reporting verb: its group, its source, then the rules for its content. */
#include "cues.h"

#include "content.h"
#include "other-cues.h"
#include "phrase.h"

guint32 cue_attribute(const Cue *cue, Rule rule, guint32 start, guint32 end)
{
  Reading *r = cue->reading;
  Attribution attribution = {
      .cue = cue->cue,
      .source = cue->source,
      .rule = rule,
      .antecedent = NOWHERE,
      .speaker = NOWHERE,
      .polarity = cue->negated                      ? AVER_QUOTE_NOT_SAID
                  : (cue->frames & FRAME_DENY) != 0 ? AVER_QUOTE_DENIED
                                                    : AVER_QUOTE_AFFIRMED,
  };
  content_add(r, &attribution, start, end);
  if (attribution.n_pieces == 0)
    return NOWHERE;
  guint32 index = r->attributions->len;
  g_array_append_val(r->attributions, attribution);
  content_claim(r, start, end, index);
  return index;
}

/* "point out", "go on", "call for": particles that belong to the cue. */
static guint32 behind_particle(const Reading *r, guint32 v)
{
  static const char *const pairs[][2] = {{"point", "out"},    {"pointed", "out"}, {"points", "out"},
                                         {"pointing", "out"}, {"called", "for"},  {"calls", "for"},
                                         {"calling", "for"},  {"call", "for"},    {"spell", "out"},
                                         {"spelled", "out"},  {"went", "on"},     {"goes", "on"}};
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
  return phrase_clause_subject(r, cue->low, cue->verb);
}

/* Whether what stands before an inverted cue can be content: a quotation or a clause. */
static gboolean content_before(const Cue *cue)
{
  const Reading *r = cue->reading;
  if (cue->start <= cue->low)
    return FALSE;
  return has_tag(r, cue->start - 1, TAGS(CLOSE) | TAGS(COMMA)) ||
         (has_tag(r, cue->start - 1, TAGS(DASH) | TAGS(STOP)) && cue->start - cue->low > 4);
}

static gboolean find_source(Cue *cue)
{
  Reading *r = cue->reading;
  guint32 behind = cue->verb + 1;
  gboolean quoted = (cue->frames & FRAME_QUOTE) != 0;
  if (quoted && !cue->participle && content_before(cue) && cue->start == cue->verb &&
      behind < cue->high &&
      has_tag(r, behind, NOMINAL_TAGS | TAGS(DETERMINER) | TAGS(POSSESSIVE) | TAGS(SUBJECT))) {
    guint32 end = phrase_end(r, behind, cue->high);
    Range before = has_tag(r, cue->start - 1, TAGS(COMMA)) ? phrase_subject(r, cue->start, cue->low)
                                                           : (Range){0, 0};
    if (end > behind && before.end == before.start) {
      cue->source = (Range){behind, end};
      cue->behind = end;
      cue->inverted = TRUE;
      return TRUE;
    }
    if (end > behind && (end >= cue->high || has_tag(r, end, TAGS(STOP) | TAGS(COMMA)))) {
      cue->source = (Range){behind, end};
      cue->behind = end;
      cue->inverted = TRUE;
      return TRUE;
    }
  }
  if (cue->participle || (cue->start > cue->low && has_tag(r, cue->start - 1, TAGS(COORDINATOR)))) {
    cue->source = shared_source(cue);
    if (cue->participle && cue->start > cue->low && has_tag(r, cue->start - 1, NOMINAL_TAGS)) {
      guint32 start = phrase_start(r, cue->start, cue->low);
      if (start != NOWHERE)
        cue->source = (Range){start, cue->start};
    }
  } else {
    cue->source = phrase_subject(r, cue->start, cue->low);
  }
  return cue->source.end > cue->source.start;
}

static gboolean is_candidate(const Reading *r, guint32 i)
{
  return (verb_at(r, i) & FRAMES) != 0 && r->inside[i] == NOWHERE &&
         has_tag(r, i, TAGS(VERB) | TAGS(ED) | TAGS(ING));
}

static void try_verb(Reading *r, guint32 v, Range sentence, gboolean indirect)
{
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
  cue.cue = (Range){cue.negated ? group.negator : v, cue.behind};
  if (group.passive || group.infinitive)
    return;
  if (!find_source(&cue))
    return;
  if (cue_take_quotation(&cue))
    return;
  if (indirect && !cue_take_front(&cue))
    cue_take_complement(&cue);
}

void cues_find(Reading *r, gboolean indirect)
{
  for (guint32 s = 0; s < r->sentences->len; s++) {
    Range sentence = g_array_index(r->sentences, Range, s);
    for (guint32 i = sentence.start; i < sentence.end; i++) {
      if (is_candidate(r, i))
        try_verb(r, i, sentence, indirect);
      else if (r->inside[i] == NOWHERE)
        other_cue(r, i, sentence, indirect);
    }
  }
}
