/* SPDX-License-Identifier: Apache-2.0 */
/* Resolves he, she, it and they by gender, number, kind and recency. */
#include "pronouns.h"

#define MENTIONS_BACK 40
#define PRONOUN_REACH 400 /* tokens */

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

void speaker_is_entity(const Reading *r, Attribution *a, guint32 entity)
{
  Range name = entity_at(r, entity)->name;
  while (name.end - name.start > 1 && (grammar_at(r, name.end - 1) & WORD_SUFFIX) != 0)
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

/* The latest fitting name before a token; names that start their sentence come first. */
static guint32 recent_entity(const Reading *r, guint32 token, Pronoun pronoun)
{
  guint32 n = people_mentions_before(r, token);
  guint32 best = NOWHERE;
  int best_score = 0;
  for (guint32 back = 0; back < MENTIONS_BACK && n-- > 0; back++) {
    const Mention *mention = mention_at(r, n);
    if (token - mention->name.end > PRONOUN_REACH)
      break;
    const Entity *entity = entity_at(r, mention->entity);
    if (!fits(entity, pronoun))
      continue;
    guint32 low = sentence_of(r, mention->name.start)->start;
    guint32 distance = r->sentence[token] - r->sentence[mention->name.start];
    int score = 20 - 3 * (int) MIN(distance, 6);
    score += mention->name.start - low < 4 ? 3 : 0;
    score += entity->gender != GENDER_UNKNOWN ? 4 : entity->kind == ENTITY_PERSON ? 2 : 0;
    score -= mention->name.end < r->n_tokens && has_tag(r, mention->name.end, TAGS(CLITIC)) ? 2 : 0;
    if (score > best_score) {
      best_score = score;
      best = mention->entity;
    }
  }
  return best;
}

void pronoun_resolve(const Reading *r, Attribution *a, guint32 position, Pronoun pronoun)
{
  guint32 token = a->source.start;
  for (guint32 back = 0; back < 3 && back < position; back++) {
    const Attribution *last =
        attribution_at(r, g_array_index(r->order, guint32, position - 1 - back));
    if (!speaker_is_named(last) || last->anchor > token || token - last->anchor > PRONOUN_REACH)
      continue;
    if (speaker_fits(r, last, pronoun)) {
      speaker_is_that_of(a, last);
      settle_gender(r, a, pronoun);
      return;
    }
  }
  if (pronoun == PRONOUN_THEY)
    return;
  guint32 entity = recent_entity(r, token, pronoun);
  if (entity == NOWHERE)
    return;
  speaker_is_entity(r, a, entity);
  settle_gender(r, a, pronoun);
}
