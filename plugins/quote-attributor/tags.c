/* SPDX-License-Identifier: Apache-2.0 */
/* Tags: a guess at every token's role from its word and the tag before it. */
#include "reading.h"

#include <string.h>

#define LONGEST_NICKNAME 2 /* words */

#define TAG_BIT(tag) (G_GUINT64_CONSTANT(1) << (tag))
#define NOMINAL      (TAGS(NOUN) | TAGS(NAME) | TAGS(NUMBER) | TAGS(TIME) | TAGS(RIGHT))
#define PRENOUNS                                                                                   \
  (TAGS(DETERMINER) | TAGS(POSSESSIVE) | TAGS(CLITIC) | TAGS(PREPOSITION) | TAGS(NUMBER))

static Tag mark_tag(const Reading *r, guint32 i)
{
  const AverToken *token = &r->tokens[i];
  if (token->kind == AVER_TOKEN_QUOTE)
    return (Tag) r->tag[i]; /* set when the marks were paired */
  if (token->kind == AVER_TOKEN_NUMBER)
    return TAG_NUMBER;
  if (token->kind == AVER_TOKEN_ADDRESS)
    return TAG_NAME;
  if (token->kind == AVER_TOKEN_SYMBOL && r->tokens[i + 1].kind == AVER_TOKEN_NUMBER)
    return TAG_NUMBER; /* $12 */
  if (token->kind != AVER_TOKEN_PUNCTUATION)
    return TAG_OTHER;
  switch (token->detail) {
  case ',':
    return TAG_COMMA;
  case ':':
    return TAG_COLON;
  case ';':
    return TAG_SEMICOLON;
  case '-':
    return TAG_DASH;
  case '.':
  case '!':
  case '?':
  case '~':
    return TAG_STOP;
  case '(':
  case '[':
    return TAG_LEFT;
  case ')':
  case ']':
    return TAG_RIGHT;
  default:
    return TAG_OTHER;
  }
}

static gboolean ends_in(const Reading *r, guint32 i, const char *ending)
{
  gsize n = strlen(ending);
  const AverToken *token = &r->tokens[i];
  return token->end - token->start > n + 2 && memcmp(r->text + token->end - n, ending, n) == 0;
}

static gboolean starts_clause(const Reading *r, guint32 i)
{
  guint32 grammar = grammar_at(r, i);
  return (grammar & (WORD_DETERMINER | WORD_POSSESSIVE | WORD_SUBJECT | WORD_OBJECT)) != 0 ||
         word_is(r, i, "that") || flag_at(r, i, AVER_TOKEN_CAPITALISED) ||
         r->tokens[i].kind == AVER_TOKEN_QUOTE;
}

static gboolean has_frames(const Reading *r, guint32 i)
{
  return (verb_at(r, i) & FRAMES) != 0;
}

static gboolean ends_plural(const Reading *r, guint32 i)
{
  return i != NOWHERE && (ends_in(r, i, "s") || (grammar_at(r, i) & WORD_PLURAL) != 0);
}

/* "Orr and Quill call them": the name that ends at i is one of two. */
static gboolean is_several(const Reading *r, guint32 i)
{
  for (guint n = 0; n < LONGEST_NICKNAME + 2 && i != NOWHERE && i > 1; n++, i--) {
    if (!has_tag(r, i, TAGS(NAME)))
      return FALSE;
    if (has_tag(r, i - 1, TAGS(COORDINATOR)))
      return has_tag(r, i - 2, TAGS(NAME));
  }
  return FALSE;
}

/* A word that can be a verb, after a token tagged `before` that is no adverb. */
static Tag verb_tag(const Reading *r, guint32 i, Tag before, guint32 previous)
{
  guint32 verb = verb_at(r, i);
  /* "Section 4 says": the number is the noun's. */
  if (before == TAG_NUMBER && previous != NOWHERE && previous > 0 &&
      has_tag(r, previous - 1, TAGS(NOUN) | TAGS(NAME)))
    before = TAG_NAME;
  guint64 prior = TAG_BIT(before);
  gboolean noun_before = (prior & NOMINAL) != 0;
  if ((verb & VERB_ING) != 0 && noun_before && (grammar_at(r, i) & WORD_VENUE) != 0)
    return TAG_NOUN; /* "the committee hearing" */
  if ((verb & VERB_ING) != 0 && i > 1 && word_is(r, i - 2, "according"))
    return TAG_NOUN; /* "according to polling by" */
  if ((verb & VERB_ING) != 0)
    return (prior & (TAGS(DETERMINER) | TAGS(POSSESSIVE) | TAGS(CLITIC))) != 0 ? TAG_NOUN : TAG_ING;
  if ((verb & (VERB_PAST | VERB_PARTICIPLE)) != 0) {
    if ((prior & (TAGS(BE) | TAGS(HAVE))) != 0)
      return TAG_ED;
    if ((prior & PRENOUNS) != 0)
      return TAG_NOUN;
    if ((verb & VERB_PARTICIPLE) == 0 && (verb & VERB_BASE) == 0)
      return TAG_VERB;
    if ((prior & (TAGS(SUBJECT) | TAGS(RELATIVE) | TAGS(CLOSE))) != 0)
      return TAG_VERB;
    if ((verb & VERB_BASE) == 0)
      return (verb & FRAMES) != 0 && !word_is(r, i + 1, "by") && before != TAG_COMMA ? TAG_VERB
                                                                                     : TAG_ED;
  }
  if ((prior & (TAGS(TO) | TAGS(MODAL) | TAGS(DO))) != 0)
    return TAG_VERB;
  /* "Nine out of ten say they feel" */
  if (before == TAG_NUMBER && (verb & FRAME_SAY) != 0 && (verb & VERB_NOUN) == 0 &&
      starts_clause(r, i + 1))
    return TAG_VERB;
  if ((prior & PRENOUNS) != 0)
    return TAG_NOUN;
  if ((prior & (TAGS(SUBJECT) | TAGS(RELATIVE))) != 0)
    return TAG_VERB;
  if ((verb & VERB_S) != 0 && (verb & VERB_NOUN) != 0 &&
      (before == TAG_NUMBER || (noun_before && before != TAG_NAME && ends_plural(r, previous))))
    return TAG_NOUN;
  /* "The Sorrow Herald reports: ..." */
  if ((verb & VERB_S) != 0 && (verb & FRAMES) != 0 && before == TAG_NAME &&
      r->tokens[i + 1].kind == AVER_TOKEN_PUNCTUATION && r->tokens[i + 1].detail == ':')
    return TAG_VERB;
  if ((verb & VERB_S) != 0)
    return (verb & VERB_NOUN) == 0 || ((noun_before || before == TAG_COMMA || before == TAG_DASH) &&
                                       starts_clause(r, i + 1))
               ? TAG_VERB
               : TAG_NOUN;
  if (noun_before && (verb & VERB_PAST) != 0)
    return TAG_VERB;
  if (noun_before && before != TAG_NAME && !ends_plural(r, previous))
    return TAG_NOUN;
  if ((verb & VERB_NOUN) == 0)
    return TAG_VERB;
  gboolean object =
      starts_clause(r, i + 1) || (before != TAG_NAME && r->tokens[i + 1].kind == AVER_TOKEN_WORD);
  object =
      object && (grammar_at(r, i + 1) & (WORD_PREPOSITION | WORD_BE | WORD_MODAL | WORD_HAVE)) == 0;
  return noun_before && (ends_plural(r, previous) || is_several(r, previous)) && object ? TAG_VERB
                                                                                        : TAG_NOUN;
}

static Tag pronoun_tag(const Reading *r, guint32 i, Tag before)
{
  guint32 grammar = grammar_at(r, i);
  if ((grammar & WORD_RELATIVE) != 0)
    return TAG_RELATIVE;
  if ((grammar & WORD_POSSESSIVE) != 0) {
    guint32 next = grammar_at(r, i + 1);
    gboolean object = (grammar & WORD_OBJECT) != 0 &&
                      ((next & (WORD_PREPOSITION | WORD_DETERMINER | WORD_SUBORDINATOR)) != 0 ||
                       r->tokens[i + 1].kind != AVER_TOKEN_WORD);
    return object ? TAG_OBJECT : TAG_POSSESSIVE;
  }
  if ((grammar & WORD_SUBJECT) != 0)
    return before == TAG_PREPOSITION && (grammar & WORD_OBJECT) != 0 ? TAG_OBJECT : TAG_SUBJECT;
  return TAG_OBJECT;
}

static Tag clitic_tag(const Reading *r, guint32 i, Tag before)
{
  guint32 grammar = grammar_at(r, i);
  if ((grammar & WORD_NOT) != 0)
    return TAG_NOT;
  if ((grammar & WORD_MODAL) != 0)
    return TAG_MODAL;
  if ((grammar & WORD_BE) != 0)
    return TAG_BE;
  if ((grammar & WORD_HAVE) != 0)
    return TAG_HAVE;
  gboolean verb = before == TAG_SUBJECT || before == TAG_RELATIVE || before == TAG_THAT;
  return verb ? TAG_BE : TAG_CLITIC;
}

/* "that type of": nouns that do not stand without a determiner. */
static gboolean kind_of_thing(const Reading *r, guint32 i)
{
  return (word_is(r, i, "type") || word_is(r, i, "kind") || word_is(r, i, "sort") ||
          word_is(r, i, "way") || word_is(r, i, "day") || word_is(r, i, "time")) &&
         i + 1 < r->n_tokens;
}

/* Words whose role hardly depends on context, TAG_OTHER for the rest. */
static Tag function_tag(const Reading *r, guint32 i, Tag before)
{
  guint32 grammar = grammar_at(r, i);
  if (grammar == 0)
    return TAG_OTHER;
  if (word_is(r, i, "that"))
    return kind_of_thing(r, i + 1) ? TAG_DETERMINER : TAG_THAT;
  if (word_is(r, i, "to"))
    return i > 0 && word_is(r, i - 1, "according") ? TAG_PREPOSITION : TAG_TO;
  if ((grammar & WORD_NOT) != 0)
    return TAG_NOT;
  if ((grammar & WORD_BE) != 0)
    return TAG_BE;
  if ((grammar & WORD_HAVE) != 0)
    return TAG_HAVE;
  if ((grammar & WORD_DO) != 0)
    return TAG_DO;
  if ((grammar & WORD_MODAL) != 0 && before != TAG_DETERMINER)
    return TAG_MODAL;
  if ((grammar & WORD_COORDINATOR) != 0)
    return TAG_COORDINATOR;
  /* "Orr neither confirmed nor denied": here the word negates. */
  if (word_is(r, i, "neither") && has_frames(r, i + 1) &&
      (TAG_BIT(before) & (NOMINAL | TAGS(SUBJECT) | TAGS(HAVE) | TAGS(MODAL))) != 0)
    return TAG_NOT;
  if ((grammar & (WORD_DETERMINER | WORD_SUBJECT | WORD_OBJECT | WORD_POSSESSIVE)) != 0) {
    guint32 next = grammar_at(r, i + 1) | verb_at(r, i + 1);
    gboolean alone = r->tokens[i + 1].kind != AVER_TOKEN_WORD ||
                     (next & (WORD_BE | WORD_HAVE | WORD_MODAL | WORD_DO)) != 0 ||
                     ((verb_at(r, i + 1) & FRAMES) != 0 && (verb_at(r, i + 1) & VERB_NOUN) == 0 &&
                      (verb_at(r, i + 1) & VERB_ING) == 0);
    if ((grammar & WORD_DETERMINER) != 0 && !(alone && (grammar & WORD_SUBJECT) != 0))
      return TAG_DETERMINER;
    if ((grammar & WORD_NUMBER) != 0 && !alone && !word_is(r, i + 1, "of"))
      return TAG_NUMBER;
    return pronoun_tag(r, i, before);
  }
  if ((grammar & WORD_RELATIVE) != 0)
    return TAG_RELATIVE;
  /* "last" is a verb, but not in "last week". */
  if ((grammar & WORD_TIME) != 0 && (grammar & WORD_ADVERB) == 0 &&
      (verb_at(r, i) == 0 || (grammar_at(r, i + 1) & WORD_TIME) != 0))
    return TAG_TIME;
  if (word_is(r, i, "once") && (verb_at(r, i + 1) & (VERB_PAST | VERB_PARTICIPLE)) != 0 &&
      (TAG_BIT(before) & (NOMINAL | TAGS(SUBJECT) | TAGS(RELATIVE) | TAGS(HAVE) | TAGS(COMMA))) !=
          0)
    return TAG_ADVERB;
  if ((grammar & WORD_PREPOSITION) != 0 && (grammar & WORD_SUBORDINATOR) == 0)
    return TAG_PREPOSITION;
  if ((grammar & WORD_SUBORDINATOR) != 0)
    return TAG_SUBORDINATOR;
  if ((grammar & (WORD_ADVERB | WORD_HEARSAY)) != 0)
    return TAG_ADVERB;
  return TAG_OTHER;
}

static gboolean name_like(const Reading *r, guint32 i)
{
  return r->tokens[i].kind == AVER_TOKEN_WORD && flag_at(r, i, AVER_TOKEN_CAPITALISED);
}

static Tag word_tag(const Reading *r, guint32 i, Tag before, guint32 previous, gboolean first)
{
  guint32 grammar = grammar_at(r, i), verb = verb_at(r, i);
  gboolean capital = flag_at(r, i, AVER_TOKEN_CAPITALISED);
  gboolean pronoun_i = word_is(r, i, "i") && !flag_at(r, i, AVER_TOKEN_ABBREVIATION);
  if (capital && (grammar & WORD_TIME) != 0 && (grammar & WORD_GIVEN) == 0)
    return TAG_TIME;
  if (capital && !first && !pronoun_i) {
    gboolean small = (grammar & (WORD_DETERMINER | WORD_COORDINATOR | WORD_BE | WORD_PREPOSITION |
                                 WORD_SUBJECT | WORD_SUBORDINATOR | WORD_MODAL)) != 0;
    if (!small || (grammar & (WORD_PLACE | WORD_GIVEN)) != 0 || flag_at(r, i, AVER_TOKEN_ALL_CAPS))
      return TAG_NAME;
  }
  if (capital && first && (grammar & (WORD_GIVEN | WORD_PLACE | WORD_TITLE | WORD_NATION)) != 0 &&
      (grammar & (WORD_MODAL | WORD_DETERMINER)) == 0)
    return TAG_NAME;
  if (capital && flag_at(r, i, AVER_TOKEN_ALL_CAPS) && !pronoun_i)
    return TAG_NAME;
  gboolean says = (verb & FRAME_SAY) != 0 && (verb & VERB_PAST) != 0; /* Said Ada Quill: */
  Tag tag = function_tag(r, i, before);
  if (tag != TAG_OTHER)
    return tag;
  if (capital && first && ((grammar == 0 && verb == 0) || (name_like(r, i + 1) && !says)))
    return TAG_NAME;
  if (verb != 0)
    return verb_tag(r, i, before, previous);
  if (grammar == 0 && ends_in(r, i, "ly"))
    return TAG_ADVERB;
  if (grammar == 0 && ends_in(r, i, "ed"))
    return (G_GUINT64_CONSTANT(1) << before & PRENOUNS) != 0 ? TAG_NOUN : TAG_ED;
  if (grammar == 0 && ends_in(r, i, "ing") && i > 1 && word_is(r, i - 2, "according"))
    return TAG_NOUN;
  if (grammar == 0 && ends_in(r, i, "ing"))
    return (G_GUINT64_CONSTANT(1) << before & PRENOUNS & ~TAGS(PREPOSITION)) != 0 ? TAG_NOUN
                                                                                  : TAG_ING;
  return TAG_NOUN;
}

/* "Robert “Bobby” Orr": the nickname is part of the name, and its marks mark no speech. */
static void take_nicknames(Reading *r)
{
  for (guint32 q = 0; q < r->quotations->len; q++) {
    const Quotation *quotation = quotation_at(r, q);
    guint32 open = quotation->open, close = quotation->close;
    if (!quotation->closed || close - open > LONGEST_NICKNAME + 1 || close == open + 1 ||
        open == 0 || !has_tag(r, open - 1, TAGS(NAME)) || !has_tag(r, close + 1, TAGS(NAME)) ||
        !flag_at(r, open + 1, AVER_TOKEN_CAPITALISED) || r->sentence[open] != r->sentence[close] ||
        r->tokens[close - 1].kind != AVER_TOKEN_WORD || starts_paragraph(r, close + 1) ||
        r->sentence[close + 1] != r->sentence[close] || r->sentence[open - 1] != r->sentence[open])
      continue;
    for (guint32 i = open; i <= close; i++) {
      r->inside[i] = NOWHERE;
      r->tag[i] = TAG_NAME;
    }
  }
}

void reading_tag(Reading *r)
{
  Tag before = TAG_STOP; /* the last tag that is no adverb */
  guint32 previous = NOWHERE;
  guint32 sentence = NOWHERE;
  gboolean first = TRUE;
  for (guint32 i = 0; i < r->n_tokens; i++) {
    if (r->sentence[i] != sentence) {
      sentence = r->sentence[i];
      before = TAG_STOP;
      first = TRUE;
    }
    Tag tag;
    if (r->tokens[i].kind == AVER_TOKEN_WORD)
      tag = word_tag(r, i, before, previous, first);
    else if (r->tokens[i].kind == AVER_TOKEN_CLITIC)
      tag = clitic_tag(r, i, before);
    else
      tag = mark_tag(r, i);
    r->tag[i] = (guint8) tag;
    if (tag != TAG_ADVERB && tag != TAG_NOT)
      before = tag;
    previous = i;
    first = tag == TAG_OPEN || tag == TAG_COLON || tag == TAG_STOP || tag == TAG_INNER ||
            (first && tag == TAG_OTHER) || (first && tag == TAG_LEFT);
  }
  take_nicknames(r);
}
