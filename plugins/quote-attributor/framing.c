/* SPDX-License-Identifier: Apache-2.0 */
/* Polarity and modality of a report, from the words around its verb. */
#include "framing.h"

#include "phrase.h"

#define LONGEST_GROUP 8

/* Who is expected to say something has not said it yet. */
static gboolean is_prospective(const Reading *r, guint32 i)
{
  static const char *const words[] = {"expected", "likely", "set",     "due",     "scheduled",
                                      "planning", "plans",  "planned", "poised",  "going",
                                      "intends",  "about",  "ready",   "prepared"};
  return WORD_IS_ONE_OF(r, i, words);
}

/* "is believed to have said", "seems to say": hearsay and appearance. */
static gboolean is_evidential(const Reading *r, guint32 i)
{
  static const char *const words[] = {"believed", "thought", "said",    "reported", "alleged",
                                      "rumored",  "seem",    "seems",   "seemed",   "rumoured",
                                      "claimed",  "appear",  "appears", "appeared", "understood"};
  return WORD_IS_ONE_OF(r, i, words);
}

/* "declined to say": implicative verbs that deny their complement (Karttunen 1971). */
static gboolean is_negative_implicative(const Reading *r, guint32 i)
{
  static const char *const words[] = {"declined", "declines", "decline",   "declining",
                                      "refused",  "refuses",  "refuse",    "refusing",
                                      "failed",   "fails",    "neglected", "forgot"};
  return WORD_IS_ONE_OF(r, i, words);
}

/* What one who keeps silent declines to do. */
static gboolean is_speaking(const Reading *r, guint32 i)
{
  static const char *const words[] = {"elaborate", "answer", "discuss", "disclose", "identify",
                                      "speculate", "name",   "respond", "speak",    "talk",
                                      "provide",   "detail", "specify", "reveal"};
  return (verb_at(r, i) & (FRAME_SAY | FRAME_QUOTE)) != 0 || WORD_IS_ONE_OF(r, i, words);
}

guint32 framing_governor(const Reading *r, guint32 to, guint32 low)
{
  guint32 i = to;
  while (i > low && has_tag(r, i - 1, TAGS(ADVERB) | TAGS(NOT)))
    i--;
  return i > low && (is_prospective(r, i - 1) || is_evidential(r, i - 1)) ? i - 1 : NOWHERE;
}

static void set(Attribution *a, AverQuoteModality modality, guint32 token)
{
  a->modality = modality;
  a->framed_by = token;
}

static void set_polarity(Attribution *a, AverQuotePolarity polarity, guint32 token)
{
  a->polarity = polarity;
  if (polarity == AVER_QUOTE_NOT_SAID)
    a->framed_by = token;
}

/* "may have said": a guess at the past; "could say" is none. */
static void take_modal(const Reading *r, Attribution *a, guint32 i, gboolean perfect)
{
  static const char *const future[] = {"will", "'ll", "shall", "wo"};
  static const char *const guesses[] = {"may", "might", "must", "could"};
  if (WORD_IS_ONE_OF(r, i, future))
    set(a, AVER_QUOTE_FUTURE, i);
  else if (perfect && WORD_IS_ONE_OF(r, i, guesses))
    set(a, AVER_QUOTE_HEDGED, i);
  else
    set(a, AVER_QUOTE_CONDITIONAL, i);
}

/* The auxiliaries and adverbs before the verb, and what governs its infinitive. */
static gboolean read_group(const Reading *r, Attribution *a, guint32 verb, guint32 low)
{
  guint64 group =
      TAGS(ADVERB) | TAGS(NOT) | TAGS(HAVE) | TAGS(BE) | TAGS(DO) | TAGS(MODAL) | TAGS(TO);
  guint32 limit = verb - low > LONGEST_GROUP ? verb - LONGEST_GROUP : low;
  gboolean perfect = FALSE, negated = FALSE;
  for (guint32 i = verb; i > limit;) {
    i--;
    if (has_tag(r, i, TAGS(NOT)) || word_is(r, i, "neither") || word_is(r, i, "nor")) {
      negated = TRUE;
      set_polarity(a, AVER_QUOTE_NOT_SAID, i);
    } else if ((grammar_at(r, i) & WORD_HEARSAY) != 0) {
      set(a, AVER_QUOTE_HEDGED, i);
    } else if (is_negative_implicative(r, i) && word_is(r, i + 1, "to")) {
      negated = TRUE;
      set_polarity(a, AVER_QUOTE_NOT_SAID, i);
    } else if (is_prospective(r, i) && word_is(r, i + 1, "to")) {
      set(a, AVER_QUOTE_FUTURE, i);
    } else if (is_evidential(r, i) && word_is(r, i + 1, "to")) {
      set(a, AVER_QUOTE_HEDGED, i);
    } else if (has_tag(r, i, TAGS(MODAL))) {
      if (a->modality == AVER_QUOTE_FACTUAL)
        take_modal(r, a, i, perfect);
    } else if (!has_tag(r, i, group)) {
      break;
    }
    perfect |= has_tag(r, i, TAGS(HAVE));
  }
  return negated;
}

/* "No one said", "neither side said". */
static gboolean has_negative_subject(const Reading *r, const Attribution *a)
{
  static const char *const words[] = {"no", "nobody", "none", "neither"};
  return a->source.end > a->source.start && WORD_IS_ONE_OF(r, a->source.start, words);
}

/* "Did X say", "Has X said". */
static gboolean is_question(const Reading *r, const Attribution *a, guint32 low, guint32 high)
{
  if (high == low || r->tokens[high - 1].detail != '?' || has_tag(r, high - 1, TAGS(CLOSE)))
    return FALSE;
  guint32 start = a->source.start;
  return a->source.end > start && start > low && r->inside[high - 1] == NOWHERE &&
         has_tag(r, start - 1, TAGS(DO) | TAGS(HAVE) | TAGS(BE) | TAGS(MODAL));
}

/* "If X says", "unless X says". */
static guint32 condition(const Reading *r, const Attribution *a, guint32 low)
{
  static const char *const words[] = {"if", "unless", "suppose", "supposing", "assuming"};
  guint32 start = a->source.start;
  if (a->source.end <= start)
    return NOWHERE;
  while (start > low && has_tag(r, start - 1, TAGS(ADVERB) | TAGS(DETERMINER)))
    start--;
  return start > low && WORD_IS_ONE_OF(r, start - 1, words) ? start - 1 : NOWHERE;
}

static gboolean asks(const Reading *r, guint32 verb)
{
  return (verb_at(r, verb) & FRAME_WHETHER) != 0 &&
         ((verb_at(r, verb) & FRAME_THOUGHT) != 0 || (verb_at(r, verb) & FRAME_ADDRESSEE) != 0);
}

/* Whether all of the content is a quoted question. */
static gboolean is_quoted_question(const Reading *r, const Attribution *a)
{
  /* The closing mark takes one to three bytes. */
  guint32 end = a->n_pieces == 1 && a->rule == RULE_QUOTE_CUE ? a->pieces[0].end : 0;
  for (guint32 mark = 1; mark <= 3 && mark + 1 < end; mark++)
    if (r->text[end - mark - 1] == '?')
      return TRUE;
  return FALSE;
}

void framing_read(const Reading *r, Attribution *a, guint32 verb, guint32 low, guint32 high)
{
  a->framed_by = NOWHERE;
  if ((verb_at(r, verb) & FRAME_DENY) != 0 && verb < r->n_tokens)
    set_polarity(a, AVER_QUOTE_DENIED, verb);
  if (is_negative_implicative(r, verb) && word_is(r, verb + 1, "to"))
    set_polarity(a, is_speaking(r, verb + 2) ? AVER_QUOTE_NOT_SAID : AVER_QUOTE_DENIED, verb);
  gboolean negated = read_group(r, a, verb, low);
  if (!negated && has_negative_subject(r, a))
    set_polarity(a, AVER_QUOTE_NOT_SAID, a->source.start);
  /* "would not say" is a refusal, and "cannot say" a fact. */
  if (negated && a->modality == AVER_QUOTE_CONDITIONAL)
    a->modality = AVER_QUOTE_FACTUAL;
  guint32 word = condition(r, a, low);
  if (word != NOWHERE)
    set(a, AVER_QUOTE_CONDITIONAL, word);
  if (is_question(r, a, low, high))
    set(a, AVER_QUOTE_INTERROGATIVE, a->source.start - 1);
  else if (asks(r, verb) && (a->rule == RULE_WHETHER || is_quoted_question(r, a)))
    set(a, AVER_QUOTE_INTERROGATIVE, verb);
}
