/* SPDX-License-Identifier: Apache-2.0 */
/* Resolves surnames, roles and documents to the names given elsewhere. */
#include "resolve.h"

#include "listed.h"
#include "people.h"
#include "phrase.h"
#include "pronouns.h"

#define MENTIONS_BACK       40
#define ATTRIBUTIONS_BACK   30
#define LONGEST_DESCRIPTION 12 /* tokens */
#define LONGEST_MODIFIER    6  /* before a name in apposition */

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
    if (speaker_is_named(last) && last->head == hash)
      return last;
  }
  return NULL;
}

/* The name that stands beside this role noun: "Senator X", "X, a spokesman". */
static guint32 entity_with_role(const Reading *r, guint32 token, Range bare)
{
  guint32 hash = r->tokens[bare.end - 1].hash;
  guint32 n = people_mentions_before(r, token);
  for (guint32 back = 0; back < 4 * MENTIONS_BACK && n-- > 0; back++) {
    const Mention *mention = mention_at(r, n);
    if (mention->role == NOWHERE || r->tokens[mention->role].hash != hash)
      continue;
    /* "the prime minister" is no foreign minister. */
    gboolean other = bare.end - bare.start > 1 && mention->role > 0 &&
                     r->tokens[mention->role - 1].hash != r->tokens[bare.end - 2].hash;
    if (!other)
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
  return WORD_IS_ONE_OF(r, head, words);
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

/* What has an author rather than a will of its own: a report, measurements. */
static gboolean says_in_writing(const Reading *r, guint32 head)
{
  static const char *const works[] = {"measurements", "calculations", "estimates", "tests",
                                      "notes",        "account",      "memoir",    "diary",
                                      "samples",      "experiments",  "models",    "forecasts"};
  if ((grammar_at(r, head) & (WORD_PAPER | WORD_SPEECH_NOUN)) != 0)
    return TRUE;
  return WORD_IS_ONE_OF(r, head, works);
}

/* "his own measurements", "Quill's report": whoever owns them speaks. */
static gboolean resolve_owner(const Reading *r, Attribution *a, guint32 position, Range base)
{
  Pronoun owner = pronoun_of_owner(r, base.start);
  if (owner != PRONOUN_NONE) {
    pronoun_resolve(r, a, position, owner);
    a->naming = NAMED_OWNER;
    return speaker_is_named(a);
  }
  for (guint32 i = base.start; i + 1 < base.end; i++) {
    if (!has_tag(r, i, TAGS(CLITIC)) || i == base.start)
      continue;
    guint32 mention = people_mention_at(r, i - 1);
    if (mention == NOWHERE)
      return FALSE;
    speaker_is_entity(r, a, mention_at(r, mention)->entity);
    a->naming = NAMED_OWNER;
    return TRUE;
  }
  return FALSE;
}

static gboolean ends_in_s(const Reading *r, guint32 i)
{
  const AverToken *token = &r->tokens[i];
  return token->end - token->start > 3 && r->text[token->end - 1] == 's' &&
         r->text[token->end - 2] != 's';
}

/* "economists at the Tolvane School": what tells who they are is part of a description. */
static guint32 description_end(const Reading *r, Range bare, guint32 high)
{
  static const char *const words[] = {"of", "at", "for", "from", "in", "with", "on"};
  guint32 end = bare.end;
  while (end + 1 < high && WORD_IS_ONE_OF(r, end, words)) {
    guint32 next = phrase_base_end(r, end + 1, high);
    if (next == end + 1 || next - bare.start > LONGEST_DESCRIPTION ||
        has_tag(r, next - 1, TAGS(TIME) | TAGS(NUMBER)) ||
        has_tag(r, end + 1, TAGS(SUBJECT) | TAGS(OBJECT)))
      break;
    end = next;
  }
  return end;
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
  a->person = (grammar & (WORD_ROLE | WORD_BODY)) == WORD_ROLE;
  if (says_in_writing(r, head) && !a->person) {
    guint32 author = author_of(r, a->source, head);
    if (author != NOWHERE) {
      speaker_is_entity(r, a, author);
      a->naming = NAMED_AUTHOR;
      return;
    }
    if (resolve_owner(r, a, position, base))
      return;
  }
  gboolean alone = bare.end - bare.start == 1;
  if (definite && (alone || (bare.end - bare.start == 2 && a->person))) {
    const Attribution *earlier = alone ? earlier_with_head(r, position, hash) : NULL;
    guint32 entity = earlier == NULL && (grammar & (WORD_ROLE | WORD_BODY)) != 0 && !a->plural
                         ? entity_with_role(r, a->source.start, bare)
                         : NOWHERE;
    a->naming = earlier != NULL ? NAMED_AGAIN : entity != NOWHERE ? NAMED_ROLE : NAMED_BODY;
    if (entity == NOWHERE && earlier == NULL && (grammar & (WORD_BODY | WORD_PAPER)) != 0)
      entity = people_named(r, hash);
    if (entity == NOWHERE && earlier == NULL && is_company(r, head))
      entity = recent_body(r, a->source.start);
    if (earlier != NULL)
      speaker_is_that_of(a, earlier);
    else if (entity != NOWHERE)
      speaker_is_entity(r, a, entity);
    if (speaker_is_named(a))
      return;
  }
  AverSpan person = listed_person(r, a->source);
  if (person.end > person.start) {
    a->name = person;
    a->naming = NAMED_LISTED;
    return;
  }
  a->name = span_of(r, (Range){bare.start, description_end(r, bare, a->source.end)});
  a->naming = NAMED_DESCRIPTION;
}

/* Whether the source names several: "the company and the government". */
static gboolean is_coordinated(const Reading *r, Range source, guint32 base_end)
{
  return base_end + 1 < source.end && word_is(r, base_end, "and") &&
         people_mention_at(r, base_end) == NOWHERE;
}

/* "its chief executive, Maria Gomez,", "the regulator, the Office for Dams,", "her neighbour, the
 * surveyor Tam Orr,": the name that is all of what stands behind the first comma. */
static guint32 apposed_name(const Reading *r, guint32 i, guint32 high)
{
  while (i < high && !has_tag(r, i, TAGS(COMMA)))
    i++;
  if (i + 1 >= high || has_tag(r, i - 1, TAGS(NAME) | TAGS(TIME)))
    return NOWHERE;
  guint32 name = i + 1;
  while (name < high && name < i + LONGEST_MODIFIER &&
         has_tag(r, name, TAGS(DETERMINER) | TAGS(NOUN)))
    name++;
  while (name < high && name < i + LONGEST_MODIFIER && has_tag(r, name, TAGS(NAME)) &&
         people_mention_at(r, name) == NOWHERE)
    name++; /* titles */
  guint32 mention =
      name < high && has_tag(r, name, TAGS(NAME)) ? people_mention_at(r, name) : NOWHERE;
  if (mention == NOWHERE)
    return NOWHERE;
  guint32 end = mention_at(r, mention)->name.end;
  gboolean whole =
      end >= high || has_tag(r, end, TAGS(COMMA) | TAGS(LEFT) | TAGS(PREPOSITION) | TAGS(DASH));
  guint32 entity = mention_at(r, mention)->entity;
  return whole && entity_at(r, entity)->kind != ENTITY_PLACE ? entity : NOWHERE;
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
    a->naming = NAMED_SEVERAL;
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
    speaker_is_entity(r, a, mention_at(r, mention)->entity);
    a->naming = NAMED_MENTION;
    if (mention_at(r, mention)->role != NOWHERE)
      a->head = r->tokens[mention_at(r, mention)->role].hash;
    return;
  }
  gboolean one = (grammar_at(r, last) & WORD_PLURAL) == 0 && !says_in_writing(r, last);
  guint32 apposed = one ? apposed_name(r, end, source.end) : NOWHERE;
  if (apposed != NOWHERE) {
    speaker_is_entity(r, a, apposed);
    a->naming = NAMED_APPOSED;
    return;
  }
  resolve_description(r, a, position, (Range){source.start, last + 1});
}

static void resolve(const Reading *r, guint32 position)
{
  Attribution *a = attribution_at(r, g_array_index(r->order, guint32, position));
  if (a->antecedent != NOWHERE) {
    speaker_is_that_of(a, attribution_at(r, a->antecedent));
    a->naming = NAMED_CARRIED;
    return;
  }
  if (a->source.end <= a->source.start)
    return;
  if (a->rule == RULE_TURN && a->source.end - a->source.start == 1 &&
      word_is(r, a->source.start, "a")) {
    if (r->interviewee != NOWHERE)
      speaker_is_entity(r, a, r->interviewee);
    a->naming = NAMED_INTERVIEWEE;
    return;
  }
  Pronoun pronoun = pronoun_at(r, a->source);
  if (pronoun == PRONOUN_NONE) {
    if (!has_tag(r, a->source.start, TAGS(SUBJECT) | TAGS(OBJECT)) ||
        a->source.end - a->source.start > 1)
      resolve_phrase(r, a, position, a->source);
    return;
  }
  if (pronoun != PRONOUN_WHO) {
    pronoun_resolve(r, a, position, pronoun);
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
    /* The speaker of what holds a nested quotation is known first. */
    if (a->outer != NOWHERE)
      a->anchor = MAX(a->anchor, attribution_at(r, a->outer)->anchor);
    a->speaker = NOWHERE;
    g_array_append_val(r->order, i);
  }
  g_array_sort_with_data(r->order, compare_anchors, r);
  for (guint32 i = 0; i < r->order->len; i++)
    resolve(r, i);
}
