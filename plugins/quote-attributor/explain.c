/* SPDX-License-Identifier: Apache-2.0 */
/* Why the rules made a row: the rule, its confidence, source, name, polarity and modality. */
#include "explain.h"

#include "listed.h"
#include "people.h"
#include "pronouns.h"
#include "rows.h"

#include <math.h>

static const char *const rule_words[N_RULES] = {
    [RULE_QUOTE_CUE] = "a quotation with a reporting verb and its source beside it",
    [RULE_QUOTE_COLON] = "a quotation behind a name and a colon, or before a dash and a name",
    [RULE_QUOTE_CARRIED] = "a quotation without a cue: the speaker before goes on, or is answered",
    [RULE_QUOTE_FLOATING] = "a quotation of a sentence or more that nobody is named for",
    [RULE_MIXED] = "a clause with quoted words belongs to the cue",
    [RULE_THAT] = "\"that\" and a clause stand behind the cue",
    [RULE_BARE] = "a clause without \"that\" stands behind the cue",
    [RULE_TRAILING] = "the clause stands before the cue or around it, set off by a comma",
    [RULE_ACCORDING] = "\"according to\" and a source",
    [RULE_OBJECT] = "the object of the cue is its content",
    [RULE_INFINITIVE] = "the infinitive behind the cue is its content",
    [RULE_WHETHER] = "a question in a clause of its own stands behind the cue",
    [RULE_NOUN] = "a noun that reports, with its verb, and a clause behind it",
    [RULE_STANCE] = "an adjective that reports, and a clause behind it",
    [RULE_PARTICIPLE] = "a participle that reports stands behind another clause",
    [RULE_TURN] = "a turn of a transcript or an interview",
    [RULE_HEADING] = "a heading: a name, a colon, and what it says",
    [RULE_MODEL] =
        "the trained model took these words for a cue, and those around it for its parts",
    [RULE_NESTED] = "a quotation inside another one, with a cue of its own beside it",
};

static const char *const origin_words[] = {
    [SOURCE_SUBJECT] = "source: the subject of the cue",
    [SOURCE_INVERTED] = "source: the words behind the cue, in inverted order",
    [SOURCE_SHARED] = "source: the subject that the cue shares with the clause before it",
    [SOURCE_OF_PAPER] = "source: the noun before the participle",
    [SOURCE_BY] = "source: behind \"by\"",
    [SOURCE_COMPLEMENT] = "source: behind \"according to\"",
    [SOURCE_INTRODUCED] = "source: before the colon",
    [SOURCE_SIGNED] = "source: signed behind the quotation",
    [SOURCE_LABEL] = "source: the label of the turn",
    [SOURCE_BEFORE] = "source: that of the quotation before",
};

static const char *const naming_words[] = {
    [NAMED_PRONOUN] = "speaker: the best of those that the pronoun can stand for",
    [NAMED_OWNER] = "speaker: whoever owns what speaks",
    [NAMED_AUTHOR] = "speaker: the author of what speaks",
    [NAMED_ROLE] = "speaker: the name that this role stood beside before",
    [NAMED_AGAIN] = "speaker: that of an earlier quote with the same noun",
    [NAMED_BODY] = "speaker: the organisation that this noun was last used for",
    [NAMED_APPOSED] = "speaker: the name in apposition",
    [NAMED_DESCRIPTION] = "speaker: the description itself, as no name was found for it",
    [NAMED_SEVERAL] = "speaker: several, as they are named",
    [NAMED_CARRIED] = "speaker: carried on from another quote",
    [NAMED_INTERVIEWEE] = "speaker: the one person that the introduction names",
    [NAMED_LISTED] = "speaker: a person in the source that the layer 'entity' marks",
};

static void add_rule(AverExplanation *e, const AverSpan *span, const char *words)
{
  aver_explanation_add(e, AVER_REASON_RULE, span, NAN, "%s", words);
}

/* A source that is a name: in full, or what of it. */
static const char *mention_words(const Reading *r, const Attribution *a)
{
  guint32 last = a->source.end;
  while (last > a->source.start) {
    guint32 found = people_mention_at(r, --last);
    if (found == NOWHERE || mention_at(r, found)->entity != a->speaker)
      continue;
    Range name = mention_at(r, found)->name, full = entity_at(r, a->speaker)->name;
    if (name.end - name.start >= full.end - full.start)
      return "speaker: named in full";
    if (flag_at(r, name.start, AVER_TOKEN_ALL_CAPS))
      return "speaker: by the acronym, from the full name";
    return "speaker: by surname or part of the name, from the full name";
  }
  return "speaker: by name";
}

static void explain_source(const Reading *r, const Attribution *a, AverExplanation *e)
{
  if (a->source.end > a->source.start && a->origin != SOURCE_NONE) {
    AverSpan span = span_of(r, a->source);
    add_rule(e, &span, origin_words[a->origin]);
  } else if (a->antecedent == NOWHERE && a->source.end <= a->source.start) {
    add_rule(e, NULL, "source: nobody is named for it");
  }
}

static void explain_speaker(const Reading *r, const Attribution *a, AverExplanation *e)
{
  if (!speaker_is_named(a)) {
    add_rule(e, NULL, "speaker: left out rather than guessed");
    return;
  }
  if (listed_name(r, a->name) != NULL)
    add_rule(e, &a->name, "speaker: under the name that the layer 'entity' has for it");
  add_rule(e, &a->name, a->naming == NAMED_MENTION ? mention_words(r, a) : naming_words[a->naming]);
}

static void explain_framing(const Reading *r, const Attribution *a, AverExplanation *e)
{
  static const char *const words[] = {
      NULL, "modality: by hearsay or appearance", "modality: expected, not yet said",
      "modality: under a condition, or possible", "modality: asked rather than stated"};
  AverSpan span = {1, 0};
  if (a->framed_by < r->n_tokens)
    span = span_of(r, (Range){a->framed_by, a->framed_by + 1});
  if (a->polarity == AVER_QUOTE_DENIED)
    add_rule(e, NULL, "polarity: the cue denies its content");
  if (a->polarity == AVER_QUOTE_NOT_SAID)
    add_rule(e, a->modality == AVER_QUOTE_FACTUAL ? &span : NULL,
             "polarity: the report itself is negated");
  if (words[a->modality] != NULL)
    add_rule(e, &span, words[a->modality]);
}

void explain_attribution(const Reading *r, guint32 index, AverExplanation *e)
{
  const Attribution *a = attribution_at(r, index);
  AverSpan cue = a->cue.end > a->cue.start ? span_of(r, a->cue) : a->pieces[0];
  add_rule(e, &cue, rule_words[a->rule]);
  if (a->confidence > 0)
    aver_explanation_add(e, AVER_REASON_SCORE, NULL, (double) a->confidence,
                         "confidence: the model's probability that content and source are right");
  else
    aver_explanation_add(e, AVER_REASON_SCORE, NULL, (double) rule_confidence(a->rule),
                         "confidence: the share of this rule's rows that had the right content and "
                         "source when the rules were tuned");
  explain_source(r, a, e);
  explain_speaker(r, a, e);
  explain_framing(r, a, e);
}
