/* SPDX-License-Identifier: Apache-2.0 */
/* Resolves pronouns, surnames, roles and documents to the names given elsewhere. */
#include "resolve.h"

#include "people.h"
#include "phrase.h"

#define MENTIONS_BACK     40
#define ATTRIBUTIONS_BACK 30
#define PRONOUN_REACH     400 /* tokens */

typedef enum {
  PRONOUN_NONE,
  PRONOUN_HE,
  PRONOUN_SHE,
  PRONOUN_IT,
  PRONOUN_THEY,
  PRONOUN_WHO
} Pronoun;

static Pronoun pronoun_at(const Reading *r, Range source)
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

static gboolean is_named(const Attribution *a)
{
  return a->name.end > a->name.start;
}

static void name_entity(const Reading *r, Attribution *a, guint32 entity)
{
  Range name = entity_at(r, entity)->name;
  while (name.end - name.start > 1 && (grammar_at(r, name.end - 1) & WORD_SUFFIX) != 0)
    name.end--;
  a->speaker = entity;
  a->name = (AverSpan){r->tokens[name.start].start, r->tokens[name.end - 1].end};
}

static void name_like(Attribution *a, const Attribution *other)
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

/* Whether the speaker of an earlier attribution can be meant by the pronoun. */
static gboolean speaker_fits(const Reading *r, const Attribution *a, Pronoun pronoun)
{
  if (!is_named(a))
    return FALSE;
  if (pronoun == PRONOUN_THEY)
    return a->plural;
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

static void resolve_pronoun(const Reading *r, Attribution *a, guint32 position, Pronoun pronoun)
{
  guint32 token = a->source.start;
  for (guint32 back = 0; back < 3 && back < position; back++) {
    const Attribution *last =
        attribution_at(r, g_array_index(r->order, guint32, position - 1 - back));
    if (!is_named(last) || last->anchor > token || token - last->anchor > PRONOUN_REACH)
      continue;
    if (speaker_fits(r, last, pronoun)) {
      name_like(a, last);
      settle_gender(r, a, pronoun);
      return;
    }
  }
  if (pronoun == PRONOUN_THEY)
    return;
  guint32 entity = recent_entity(r, token, pronoun);
  if (entity == NOWHERE)
    return;
  name_entity(r, a, entity);
  settle_gender(r, a, pronoun);
}

static AverSpan span_of(const Reading *r, Range range)
{
  return (AverSpan){r->tokens[range.start].start, r->tokens[range.end - 1].end};
}

/* The noun phrase without articles and dates. */
static Range bare_phrase(const Reading *r, Range phrase)
{
  guint32 start = phrase.start;
  while (start + 1 < phrase.end) {
    if (word_is(r, start, "the") || word_is(r, start, "a") || word_is(r, start, "an") ||
        word_is(r, start, "this") || word_is(r, start, "that"))
      start++;
    else if (has_tag(r, start, TAGS(TIME)) && has_tag(r, start + 1, TAGS(CLITIC)) &&
             start + 2 < phrase.end)
      start += 2;
    else
      break;
  }
  return (Range){start, phrase.end};
}

/* An earlier source with the same head noun: "a US official", then "the official". */
static const Attribution *earlier_with_head(const Reading *r, guint32 position, guint32 hash)
{
  for (guint32 back = 0; back < ATTRIBUTIONS_BACK && back < position; back++) {
    const Attribution *last =
        attribution_at(r, g_array_index(r->order, guint32, position - 1 - back));
    if (is_named(last) && last->head == hash)
      return last;
  }
  return NULL;
}

/* The name that stands beside this role noun: "Senator X", "X, a spokesman". */
static guint32 entity_with_role(const Reading *r, guint32 token, guint32 hash)
{
  guint32 n = people_mentions_before(r, token);
  for (guint32 back = 0; back < 4 * MENTIONS_BACK && n-- > 0; back++) {
    const Mention *mention = mention_at(r, n);
    if (mention->role != NOWHERE && r->tokens[mention->role].hash == hash)
      return mention->entity;
  }
  return NOWHERE;
}

/* "the company": the latest name that is neither a person nor a place. */
static guint32 recent_body(const Reading *r, guint32 token)
{
  guint32 n = people_mentions_before(r, token);
  for (guint32 back = 0; back < MENTIONS_BACK && n-- > 0; back++) {
    const Mention *mention = mention_at(r, n);
    guint8 kind = entity_at(r, mention->entity)->kind;
    if ((kind == ENTITY_BODY || kind == ENTITY_UNKNOWN) && mention->name.end <= token)
      return mention->entity;
  }
  return NOWHERE;
}

static gboolean is_company(const Reading *r, guint32 head)
{
  static const char *const words[] = {
      "company", "firm",  "manufacturer", "maker",        "retailer", "carrier",    "airline",
      "bank",    "group", "organization", "organisation", "agency",   "university", "union"};
  for (guint i = 0; i < G_N_ELEMENTS(words); i++)
    if (word_is(r, head, words[i]))
      return TRUE;
  return FALSE;
}

/* "a report ... by the Institute": the body that speaks through a document. */
static guint32 author_of(const Reading *r, Range source, guint32 head)
{
  guint32 limit = MIN(source.end, head + 8);
  for (guint32 i = head + 1; i < limit; i++) {
    if (!word_is(r, i, "by") && !word_is(r, i, "from"))
      continue;
    guint32 end = phrase_base_end(r, i + 1, source.end);
    while (end > i + 1 &&
           (has_tag(r, end - 1, TAGS(RIGHT) | TAGS(LEFT)) || (has_tag(r, end, TAGS(RIGHT)))))
      end--;
    if (end <= i + 1)
      return NOWHERE;
    guint32 mention = people_mention_at(r, end - 1);
    return mention != NOWHERE ? mention_at(r, mention)->entity : NOWHERE;
  }
  return NOWHERE;
}

static gboolean ends_in_s(const Reading *r, guint32 i)
{
  const AverToken *token = &r->tokens[i];
  return token->end - token->start > 3 && r->text[token->end - 1] == 's' &&
         r->text[token->end - 2] != 's';
}

static void resolve_description(const Reading *r, Attribution *a, guint32 position, Range base)
{
  guint32 head = base.end - 1;
  guint32 hash = r->tokens[head].hash;
  guint32 grammar = grammar_at(r, head);
  gboolean definite = word_is(r, base.start, "the") || word_is(r, base.start, "this") ||
                      has_tag(r, base.start, TAGS(TIME));
  Range bare = bare_phrase(r, base);
  a->head = hash;
  a->plural = (grammar & WORD_PLURAL) != 0 || (grammar == 0 && ends_in_s(r, head));
  a->person = (grammar & WORD_ROLE) != 0;
  if ((grammar & WORD_PAPER) != 0) {
    guint32 author = author_of(r, a->source, head);
    if (author != NOWHERE) {
      name_entity(r, a, author);
      return;
    }
  }
  if (definite && bare.end - bare.start == 1) {
    const Attribution *earlier = earlier_with_head(r, position, hash);
    guint32 entity = earlier == NULL && (grammar & (WORD_ROLE | WORD_BODY)) != 0 && !a->plural
                         ? entity_with_role(r, a->source.start, hash)
                         : NOWHERE;
    if (entity == NOWHERE && earlier == NULL && (grammar & (WORD_BODY | WORD_PAPER)) != 0)
      entity = people_named(r, hash);
    if (entity == NOWHERE && earlier == NULL && is_company(r, head))
      entity = recent_body(r, a->source.start);
    if (earlier != NULL)
      name_like(a, earlier);
    else if (entity != NOWHERE)
      name_entity(r, a, entity);
    if (is_named(a))
      return;
  }
  a->name = span_of(r, bare);
}

/* Whether the source names several: "Huawei and the government". */
static gboolean is_coordinated(const Reading *r, Range source, guint32 base_end)
{
  return base_end + 1 < source.end && word_is(r, base_end, "and") &&
         people_mention_at(r, base_end) == NOWHERE;
}

/* "its chief executive, Maria Gomez,": the name behind the role. */
static guint32 apposed_name(const Reading *r, guint32 i, guint32 high)
{
  for (; i + 1 < high; i++) {
    if (!has_tag(r, i, TAGS(COMMA)))
      continue;
    guint32 mention = has_tag(r, i + 1, TAGS(NAME)) ? people_mention_at(r, i + 1) : NOWHERE;
    return mention != NOWHERE ? mention_at(r, mention)->entity : NOWHERE;
  }
  return NOWHERE;
}

static void resolve_phrase(const Reading *r, Attribution *a, guint32 position, Range source)
{
  guint32 end = phrase_base_end(r, source.start, source.end);
  if (end == source.start)
    return;
  /* A name may go on behind the base phrase: "the Department of Health". */
  guint32 mention = people_mention_at(r, end - 1);
  if (mention != NOWHERE && mention_at(r, mention)->name.end > end)
    end = MIN(source.end, mention_at(r, mention)->name.end);
  if (is_coordinated(r, source, end)) {
    guint32 all = end;
    while (all < source.end && !has_tag(r, all, TAGS(COMMA)))
      all++;
    a->name = span_of(r, bare_phrase(r, (Range){source.start, all}));
    a->plural = TRUE;
    return;
  }
  guint32 last = end - 1;
  if (has_tag(r, last, TAGS(RIGHT)))
    while (last > source.start && !has_tag(r, last, TAGS(LEFT)))
      last--;
  if (has_tag(r, last, TAGS(LEFT)) && last > source.start)
    last--;
  mention = people_mention_at(r, last);
  if (mention != NOWHERE) {
    name_entity(r, a, mention_at(r, mention)->entity);
    if (mention_at(r, mention)->role != NOWHERE)
      a->head = r->tokens[mention_at(r, mention)->role].hash;
    return;
  }
  guint32 apposed =
      (grammar_at(r, last) & WORD_ROLE) != 0 ? apposed_name(r, end, source.end) : NOWHERE;
  if (apposed != NOWHERE)
    name_entity(r, a, apposed);
  else
    resolve_description(r, a, position, (Range){source.start, last + 1});
}

static void resolve(const Reading *r, guint32 position)
{
  Attribution *a = attribution_at(r, g_array_index(r->order, guint32, position));
  if (a->antecedent != NOWHERE) {
    name_like(a, attribution_at(r, a->antecedent));
    return;
  }
  if (a->source.end <= a->source.start)
    return;
  Pronoun pronoun = pronoun_at(r, a->source);
  if (pronoun == PRONOUN_NONE) {
    if (!has_tag(r, a->source.start, TAGS(SUBJECT) | TAGS(OBJECT)) ||
        a->source.end - a->source.start > 1)
      resolve_phrase(r, a, position, a->source);
    return;
  }
  if (pronoun != PRONOUN_WHO) {
    resolve_pronoun(r, a, position, pronoun);
    return;
  }
  guint32 end = a->source.start;
  if (end > 0 && has_tag(r, end - 1, TAGS(COMMA)))
    end--;
  guint32 start = phrase_start(r, end, sentence_of(r, a->source.start)->start);
  if (start != NOWHERE)
    resolve_phrase(r, a, position, (Range){start, end});
}

static gint compare_anchors(gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Reading *r = user_data;
  guint32 i = *(const guint32 *) a, j = *(const guint32 *) b;
  guint32 x = attribution_at(r, i)->anchor, y = attribution_at(r, j)->anchor;
  return x != y ? (x < y ? -1 : 1) : (i < j ? -1 : i > j);
}

/* The token an attribution is read at: its source, else its content. */
static guint32 anchor_of(const Reading *r, const Attribution *a)
{
  if (a->source.end > a->source.start)
    return a->source.start;
  if (a->cue.end > a->cue.start)
    return a->cue.start;
  guint32 low = 0, high = r->n_tokens;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (r->tokens[middle].start < a->pieces[0].start)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void resolve_speakers(Reading *r)
{
  g_array_set_size(r->order, 0);
  for (guint32 i = 0; i < r->attributions->len; i++) {
    Attribution *a = attribution_at(r, i);
    a->anchor = anchor_of(r, a);
    a->speaker = NOWHERE;
    g_array_append_val(r->order, i);
  }
  g_array_sort_with_data(r->order, compare_anchors, r);
  for (guint32 i = 0; i < r->order->len; i++)
    resolve(r, i);
}
