/* SPDX-License-Identifier: Apache-2.0 */
/* Quotations inside quotations, each with a cue of its own. */
#include "nested.h"

#include "content.h"
#include "framing.h"
#include "phrase.h"
#include "trace.h"

#define LONGEST_ADDRESSEE 5 /* tokens between the verb and the inner mark */

/* One inner quotation, and the part of the outer one's sentence that may hold its cue. */
typedef struct {
  guint32 open;
  guint32 close;
  guint32 low;
  guint32 high;
} Place;

static gboolean is_cue(const Reading *r, guint32 i)
{
  return (verb_at(r, i) & FRAME_QUOTE) != 0 && has_tag(r, i, TAGS(VERB) | TAGS(ED) | TAGS(ING));
}

/* "told me, ‘...’", "said: ‘...’", "said ‘...’": the verb before the mark, NOWHERE when there is
 * none. Without a comma only plain saying counts: "sang ‘The Long Song’". */
static guint32 verb_before(const Reading *r, const Place *place)
{
  guint32 i = place->open;
  gboolean pause = i > place->low && has_tag(r, i - 1, TAGS(COMMA) | TAGS(COLON));
  i -= pause;
  guint32 end = i;
  guint32 limit = i > place->low + LONGEST_ADDRESSEE ? i - LONGEST_ADDRESSEE : place->low;
  while (i > limit) {
    i--;
    if (is_cue(r, i)) {
      guint32 frames = verb_at(r, i);
      if ((!pause && (frames & FRAME_SAY) == 0) ||
          (i + 1 < end && (frames & (FRAME_ADDRESSEE | FRAME_SAY)) == 0))
        return NOWHERE;
      return i;
    }
    if (!has_tag(r, i,
                 NOMINAL_TAGS | TAGS(SUBJECT) | TAGS(OBJECT) | TAGS(DETERMINER) | TAGS(POSSESSIVE) |
                     TAGS(TO) | TAGS(ADVERB)))
      return NOWHERE;
  }
  return NOWHERE;
}

static guint32 add(Reading *r, const Place *place, Attribution *a, guint32 verb, guint32 outer)
{
  content_add(r, a, place->open, place->close + 1);
  if (a->n_pieces == 0)
    return NOWHERE;
  a->rule = RULE_NESTED;
  a->outer = outer;
  framing_read(r, a, verb, place->low, place->high);
  /* Who says "I" is the one who is quoted. */
  if (a->source.end == a->source.start + 1 && word_is(r, a->source.start, "i"))
    a->antecedent = outer;
  guint32 index = r->attributions->len;
  g_array_append_val(r->attributions, *a);
  return index;
}

static gboolean take_before(Reading *r, const Place *place, guint32 outer)
{
  guint32 verb = verb_before(r, place);
  if (verb == NOWHERE)
    return FALSE;
  VerbGroup group = verb_group(r, verb, place->low);
  Attribution a = NO_ATTRIBUTION;
  a.cue = (Range){group.negator != NOWHERE ? group.negator : verb, verb + 1};
  gboolean shared = group.infinitive || (has_tag(r, verb, TAGS(ING)) && !group.auxiliary) ||
                    (group.start > place->low && has_tag(r, group.start - 1, TAGS(COORDINATOR)));
  if (!group.passive) {
    a.source = shared ? phrase_clause_subject(r, place->low, group.start)
                      : phrase_subject(r, group.start, place->low);
    a.origin = a.source.end <= a.source.start ? SOURCE_NONE
               : shared                       ? SOURCE_SHARED
                                              : SOURCE_SUBJECT;
  }
  return add(r, place, &a, verb, outer) != NOWHERE;
}

/* "‘...,’ he said" and "‘...,’ said X". */
static gboolean take_behind(Reading *r, const Place *place, guint32 outer)
{
  guint32 i = place->close + 1;
  gboolean pause = has_tag(r, place->close - 1, TAGS(COMMA) | TAGS(STOP));
  if (i < place->high && has_tag(r, i, TAGS(COMMA))) {
    pause = TRUE;
    i++;
  }
  if (!pause || i >= place->high)
    return FALSE;
  Attribution a = NO_ATTRIBUTION;
  guint32 verb = i;
  if (is_cue(r, i)) {
    a.source = (Range){i + 1, phrase_base_end(r, i + 1, place->high)};
    a.origin = SOURCE_INVERTED;
  } else {
    guint32 end = phrase_base_end(r, i, place->high);
    for (verb = end; verb < place->high && has_tag(r, verb, TAGS(ADVERB) | TAGS(HAVE));)
      verb++;
    if (verb >= place->high || !is_cue(r, verb))
      return FALSE;
    a.source = (Range){i, end};
    a.origin = SOURCE_SUBJECT;
  }
  if (a.source.end <= a.source.start)
    return FALSE;
  a.cue = (Range){verb, verb + 1};
  return add(r, place, &a, verb, outer) != NOWHERE;
}

void nested_find(Reading *r)
{
  for (guint32 i = 0; i < r->inners->len; i++) {
    const Inner *inner = &g_array_index(r->inners, Inner, i);
    const Quotation *quotation = quotation_at(r, inner->quotation);
    if (quotation->attribution == NOWHERE || inner->close <= inner->open + 1)
      continue;
    trace_clear_notes(r);
    Place place = {.open = inner->open, .close = inner->close};
    place.low = MAX(quotation->open + 1, sentence_of(r, inner->open)->start);
    place.high = quotation->close;
    if (!take_before(r, &place, quotation->attribution)) {
      trace_note(r, inner->open, "not taken: a reporting verb before these marks; there is none");
      if (take_behind(r, &place, quotation->attribution))
        trace_take_notes(r, r->attributions->len - 1);
    }
  }
}
