/* SPDX-License-Identifier: Apache-2.0 */
/* Resolves he, she, it and they by gender, number, kind and recency. */
#include "pronouns.h"

#include "phrase.h"
#include "trace.h"

#define MENTIONS_BACK 40
#define SPEAKERS_BACK 4
#define LONGEST_LEAD  12  /* tokens before a subject */
#define PRONOUN_REACH 400 /* tokens */

/* Somebody who has spoken is likelier than a name of the same sentence. */
#define SPEAKER_SCORE   26
#define THING_SCORE     25
#define PARAGRAPH_SCORE 2 /* a paragraph keeps to its people */
#define LEAST_SCORE     2

Pronoun pronoun_at(const Reading *r, Range source)
{
  if (source.end - source.start != 1)
    return PRONOUN_NONE;
  guint32 i = source.start;
  if (word_is(r, i, "he"))
    return PRONOUN_HE;
  if (word_is(r, i, "she"))
    return PRONOUN_SHE;
  if (word_is(r, i, "it"))
    return PRONOUN_IT;
  if (word_is(r, i, "they"))
    return PRONOUN_THEY;
  if (word_is(r, i, "who") || word_is(r, i, "which"))
    return PRONOUN_WHO;
  return PRONOUN_NONE;
}

Pronoun pronoun_of_owner(const Reading *r, guint32 token)
{
  static const struct {
    const char *word;
    Pronoun pronoun;
  } owners[] = {
      {"his", PRONOUN_HE}, {"her", PRONOUN_SHE}, {"its", PRONOUN_IT}, {"their", PRONOUN_THEY}};
  for (guint i = 0; i < G_N_ELEMENTS(owners); i++)
    if (word_is(r, token, owners[i].word))
      return owners[i].pronoun;
  return PRONOUN_NONE;
}

/* "Inc.", "Ltd": no part of a name in the news, while "Group" and "Partners" are. */
static gboolean is_legal_form(const Reading *r, guint32 i)
{
  static const char *const kept[] = {"group", "partners", "associates", "industries",
                                     "international"};
  if (WORD_IS_ONE_OF(r, i, kept))
    return FALSE;
  return (grammar_at(r, i) & WORD_SUFFIX) != 0;
}

void speaker_is_entity(const Reading *r, Attribution *a, guint32 entity)
{
  Range name = entity_at(r, entity)->name;
  while (name.end - name.start > 1 && is_legal_form(r, name.end - 1))
    name.end--;
  a->speaker = entity;
  a->name = (AverSpan){r->tokens[name.start].start, r->tokens[name.end - 1].end};
}

void speaker_is_that_of(Attribution *a, const Attribution *other)
{
  a->speaker = other->speaker;
  a->name = other->name;
  a->plural = other->plural;
}

static gboolean fits(const Entity *entity, Pronoun pronoun)
{
  if (pronoun == PRONOUN_IT)
    return entity->kind != ENTITY_PERSON;
  if (entity->kind == ENTITY_BODY || entity->kind == ENTITY_PLACE)
    return FALSE;
  return !(entity->gender == GENDER_MALE && pronoun == PRONOUN_SHE) &&
         !(entity->gender == GENDER_FEMALE && pronoun == PRONOUN_HE);
}

/* A capital at the start of a sentence makes a plural look like a name: "Divers say". */
static gboolean may_be_plural(const Reading *r, const Entity *entity)
{
  const AverToken *token = &r->tokens[entity->name.start];
  return entity->kind == ENTITY_UNKNOWN && entity->name.end - entity->name.start == 1 &&
         r->text[token->end - 1] == 's';
}

/* Whether the speaker of an earlier attribution can be meant by the pronoun. */
static gboolean speaker_fits(const Reading *r, const Attribution *a, Pronoun pronoun)
{
  if (!speaker_is_named(a))
    return FALSE;
  if (pronoun == PRONOUN_THEY)
    return a->plural || (a->speaker != NOWHERE && may_be_plural(r, entity_at(r, a->speaker)));
  if (a->plural)
    return FALSE;
  if (a->speaker != NOWHERE)
    return fits(entity_at(r, a->speaker), pronoun);
  return a->person == (pronoun != PRONOUN_IT);
}

static void settle_gender(const Reading *r, const Attribution *a, Pronoun pronoun)
{
  if (a->speaker == NOWHERE)
    return;
  Entity *entity = entity_at(r, a->speaker);
  if (pronoun != PRONOUN_HE && pronoun != PRONOUN_SHE)
    return;
  if (entity->gender == GENDER_UNKNOWN)
    entity->gender = pronoun == PRONOUN_HE ? GENDER_MALE : GENDER_FEMALE;
  if (entity->kind == ENTITY_UNKNOWN)
    entity->kind = ENTITY_PERSON;
}

/* How well a name suits the pronoun by what is known of it. */
static int suits(const Entity *entity, Pronoun pronoun)
{
  guint32 words = entity->name.end - entity->name.start;
  if (pronoun == PRONOUN_IT)
    return entity->kind == ENTITY_BODY ? 4 : entity->kind == ENTITY_PLACE ? -2 : words > 1 ? 0 : -2;
  if (entity->gender != GENDER_UNKNOWN)
    return 4;
  return entity->kind == ENTITY_PERSON ? 3 : words == 1 || words > 3 ? -5 : 0;
}

static gboolean is_said_there(const Reading *r, const Attribution *a, guint32 token)
{
  for (guint32 i = 0; i < a->n_pieces; i++)
    if (r->tokens[token].start >= a->pieces[i].start && r->tokens[token].end <= a->pieces[i].end)
      return TRUE;
  return FALSE;
}

/* A writer's name in a byline takes no part in the story. */
static gboolean in_byline(const Reading *r, guint32 token)
{
  guint32 low = sentence_of(r, token)->start;
  return word_is(r, low, "by") && token - low < 10;
}

/* A word that looks like a name for being the first of its sentence. */
static gboolean first_word(const Reading *r, const Entity *entity)
{
  return entity->name.end - entity->name.start == 1 && entity->kind == ENTITY_UNKNOWN &&
         sentence_of(r, entity->name.start)->start == entity->name.start;
}

/* Where the paragraph of a token starts, not looking further back than pronouns reach. */
static guint32 paragraph_of(const Reading *r, guint32 token)
{
  guint32 low = token > PRONOUN_REACH ? token - PRONOUN_REACH : 0;
  while (token > low && !starts_paragraph(r, token))
    token--;
  return token;
}

/* How likely a name before the pronoun is its antecedent: near, the subject of its sentence, told
 * rather than said, and of the right kind. */
static int mention_score(const Reading *r, const Attribution *a, const Mention *mention,
                         Pronoun pronoun, guint32 paragraph)
{
  guint32 token = a->source.start, start = mention->name.start;
  const Entity *entity = entity_at(r, mention->entity);
  if (!fits(entity, pronoun) || in_byline(r, start))
    return 0;
  guint32 low = sentence_of(r, start)->start;
  guint32 distance = r->sentence[token] - r->sentence[start];
  int score = 20 - 3 * (int) MIN(distance, 6) + suits(entity, pronoun);
  gboolean subject = TRUE;
  for (guint32 i = low; i < start && subject; i++)
    subject = i < low + LONGEST_LEAD && !has_tag(r, i, FINITE_TAGS | TAGS(ED) | TAGS(ING));
  gboolean article = start > low && has_tag(r, start - 1, TAGS(DETERMINER));
  guint32 before = start - article;
  gboolean governed = before > low && has_tag(r, before - 1, TAGS(PREPOSITION));
  if (entity->kind == ENTITY_PLACE && (governed || !subject))
    return 0;
  score += subject ? 4 : 0;
  score += start >= paragraph ? PARAGRAPH_SCORE : 0;
  score -= governed ? 3 : 0;
  score -= mention->name.end < r->n_tokens && has_tag(r, mention->name.end, TAGS(CLITIC)) ? 2 : 0;
  score -= r->inside[start] != NOWHERE || is_said_there(r, a, start) ? 8 : 0;
  score -= first_word(r, entity) ? 4 : 0;
  return score;
}

/* The best name before a pronoun, NOWHERE when none scores more than `least`. */
static guint32 best_mention(const Reading *r, const Attribution *a, Pronoun pronoun,
                            guint32 paragraph, int least)
{
  guint32 token = a->source.start;
  guint32 n = people_mentions_before(r, token);
  guint32 best = NOWHERE;
  /* Nobody says "he" of himself. */
  guint32 self = a->outer != NOWHERE ? attribution_at(r, a->outer)->speaker : NOWHERE;
  self = self == NOWHERE ? r->entities->len : self;
  for (guint32 back = 0; back < MENTIONS_BACK && n-- > 0; back++) {
    const Mention *mention = mention_at(r, n);
    if (token - mention->name.end > PRONOUN_REACH)
      break;
    if (mention->entity == self)
      continue;
    int score = mention_score(r, a, mention, pronoun, paragraph);
    if (score > 0)
      trace_candidate(r, a, span_of(r, mention->name), score);
    if (score > least) {
      least = score;
      best = mention->entity;
    }
  }
  return best;
}

static int speaker_score(const Reading *r, const Attribution *a, const Attribution *last,
                         Pronoun pronoun, guint32 paragraph)
{
  guint32 distance = r->sentence[a->source.start] - r->sentence[last->anchor];
  int kind = last->speaker != NOWHERE ? MAX(-2, suits(entity_at(r, last->speaker), pronoun)) : 0;
  return SPEAKER_SCORE - 3 * (int) MIN(distance, 6) + kind +
         (last->anchor >= paragraph ? PARAGRAPH_SCORE : 0);
}

/* "The board met. It said": the body whose name ends in the same word. */
static guint32 body_named(const Reading *r, Range phrase)
{
  if (phrase.end - phrase.start != 1 || (grammar_at(r, phrase.start) & WORD_BODY) == 0)
    return NOWHERE;
  guint32 named = people_named(r, r->tokens[phrase.start].hash);
  return named != NOWHERE && entity_at(r, named)->kind == ENTITY_BODY ? named : NOWHERE;
}

/* "The study examined lichens. ..., it says": the paper or body that is the subject of a
 * sentence before. */
static Range thing_before(const Reading *r, guint32 token)
{
  Range none = {0, 0};
  for (guint32 back = 0, s = r->sentence[token] + 1; back < 3 && s-- > 0; back++) {
    guint32 start = g_array_index(r->sentences, Range, s).start;
    if (start >= token || !word_is(r, start, "the"))
      continue;
    guint32 end = phrase_base_end(r, start, token);
    if (end == start || has_tag(r, end - 1, TAGS(NAME)))
      continue;
    guint32 grammar = grammar_at(r, end - 1);
    if (body_named(r, (Range){start + 1, end}) != NOWHERE)
      return (Range){start + 1, end};
    if ((grammar & WORD_PAPER) != 0 && (grammar & (WORD_PLURAL | WORD_ROLE | WORD_BODY)) == 0)
      return (Range){start + 1, end};
  }
  return none;
}

void pronoun_resolve(const Reading *r, Attribution *a, guint32 position, Pronoun pronoun)
{
  guint32 token = a->source.start;
  guint32 paragraph = paragraph_of(r, token);
  const Attribution *outer = a->outer != NOWHERE ? attribution_at(r, a->outer) : NULL;
  const Attribution *speaker = NULL;
  int score = LEAST_SCORE;
  for (guint32 back = 0; back < SPEAKERS_BACK && back < position; back++) {
    const Attribution *last =
        attribution_at(r, g_array_index(r->order, guint32, position - 1 - back));
    if (last == outer || !speaker_is_named(last) || last->anchor > token ||
        token - last->anchor > PRONOUN_REACH || !speaker_fits(r, last, pronoun))
      continue;
    int found = speaker_score(r, a, last, pronoun, paragraph);
    trace_candidate(r, a, last->name, found);
    if (found > score) {
      score = found;
      speaker = last;
    }
  }
  Range thing = pronoun == PRONOUN_IT ? thing_before(r, token) : (Range){0, 0};
  if (thing.end > thing.start) {
    guint32 distance = r->sentence[token] - r->sentence[thing.start];
    int found = THING_SCORE - 3 * (int) distance + (thing.start >= paragraph ? PARAGRAPH_SCORE : 0);
    trace_candidate(r, a, span_of(r, thing), found);
    if (found > score) {
      score = found;
      speaker = NULL;
    } else {
      thing.end = thing.start;
    }
  }
  guint32 entity =
      pronoun != PRONOUN_THEY ? best_mention(r, a, pronoun, paragraph, score) : NOWHERE;
  if (entity != NOWHERE)
    speaker_is_entity(r, a, entity);
  else if (speaker != NULL)
    speaker_is_that_of(a, speaker);
  else if (thing.end > thing.start && body_named(r, thing) != NOWHERE)
    speaker_is_entity(r, a, body_named(r, thing));
  else if (thing.end > thing.start)
    a->name = span_of(r, thing);
  else
    return;
  a->naming = NAMED_PRONOUN;
  settle_gender(r, a, pronoun);
}
