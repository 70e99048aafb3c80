/* SPDX-License-Identifier: Apache-2.0 */
/* Finds names by their shape, and joins surnames and acronyms to the full name. */
#include "people.h"

#include "traits.h"

#define LONGEST_NAME 14

static gboolean is_particle(const Reading *r, guint32 i)
{
  static const char *const particles[] = {"de",  "del", "della", "di",  "da",  "dos", "du",
                                          "la",  "le",  "van",   "von", "der", "den", "bin",
                                          "ibn", "al",  "el",    "ben", "ter", "ten"};
  if (r->tokens[i].end - r->tokens[i].start > 5 || flag_at(r, i, AVER_TOKEN_CAPITALISED))
    return FALSE;
  return WORD_IS_ONE_OF(r, i, particles);
}

static gboolean is_name(const Reading *r, guint32 i)
{
  return has_tag(r, i, TAGS(NAME)) &&
         (r->tokens[i].kind == AVER_TOKEN_WORD || r->tokens[i].kind == AVER_TOKEN_QUOTE);
}

/* Whether a name goes on behind [start, i): through "of the", "and", a particle or a list. */
static guint32 name_continues(const Reading *r, guint32 start, guint32 i)
{
  if (is_name(r, i))
    return i + 1;
  if (i + 1 < r->n_tokens && (is_particle(r, i) || word_is(r, i, "&")) && is_name(r, i + 1))
    return i + 2;
  gboolean body = FALSE;
  for (guint32 k = start; k < i; k++)
    body |= (grammar_at(r, k) & WORD_BODY) != 0;
  if (!body || i + 1 >= r->n_tokens)
    return i;
  if (word_is(r, i, "of") || word_is(r, i, "for")) {
    if (is_name(r, i + 1))
      return i + 2;
    if (word_is(r, i + 1, "the") && i + 2 < r->n_tokens && is_name(r, i + 2))
      return i + 3;
  }
  /* "Department of Culture, Media and Sport" */
  gboolean of = FALSE;
  for (guint32 k = start; k < i; k++)
    of |= word_is(r, k, "of") || word_is(r, k, "for");
  if (of && word_is(r, i, "and") && is_name(r, i + 1) &&
      !(grammar_at(r, i + 1) & (WORD_GIVEN | WORD_TITLE)))
    return i + 2;
  if (of && has_tag(r, i, TAGS(COMMA)) && is_name(r, i + 1) && i + 3 < r->n_tokens &&
      word_is(r, i + 2, "and") && is_name(r, i + 3))
    return i + 4;
  return i;
}

static Range name_at(const Reading *r, guint32 i)
{
  Range name = {i, i + 1};
  while (name.end < r->n_tokens && name.end - i < LONGEST_NAME &&
         r->sentence[name.end] == r->sentence[i] && r->inside[name.end] == r->inside[i]) {
    guint32 next = name_continues(r, i, name.end);
    if (next == name.end || next > r->n_tokens)
      break;
    name.end = next;
  }
  return name;
}

static guint32 acronym_behind(const Reading *r, Range name)
{
  guint32 i = name.end;
  gboolean brackets = i + 2 < r->n_tokens && has_tag(r, i, TAGS(LEFT)) &&
                      has_tag(r, i + 2, TAGS(RIGHT)) && flag_at(r, i + 1, AVER_TOKEN_ALL_CAPS);
  return brackets && name.end - name.start > 1 ? r->tokens[i + 1].hash : 0;
}

/* The slot of a key in the table of names: its own or a free one. */
static guint32 *find_slot(const Reading *r, guint32 key)
{
  guint32 mask = r->names_size - 1;
  guint32 i = (key * 0x9e3779b1u >> 8) & mask;
  while (r->names[2 * i + 1] != NOWHERE && r->names[2 * i] != key)
    i = (i + 1) & mask;
  return &r->names[2 * i];
}

static guint32 look_up(const Reading *r, guint32 key)
{
  return find_slot(r, key)[1];
}

guint32 people_named(const Reading *r, guint32 hash)
{
  return look_up(r, hash);
}

static void remember(Reading *r, guint32 key, guint32 entity)
{
  guint32 *slot = find_slot(r, key);
  if (slot[1] == NOWHERE) {
    slot[0] = key;
    slot[1] = entity;
  }
}

static guint32 full_key(const Reading *r, Range name)
{
  return r->tokens[name.start].hash * 31 + r->tokens[name.end - 1].hash + 1;
}

static guint32 last_word(const Reading *r, Range name)
{
  guint32 i = name.end - 1;
  while (i > name.start && (word_is(r, i, "jr.") || word_is(r, i, "jr") || word_is(r, i, "sr.") ||
                            (grammar_at(r, i) & WORD_SUFFIX) != 0))
    i--;
  return i;
}

static void learn(Entity *entity, const Traits *traits)
{
  if (entity->kind == ENTITY_UNKNOWN)
    entity->kind = (guint8) traits->kind;
  if (entity->gender == GENDER_UNKNOWN)
    entity->gender = (guint8) traits->gender;
}

static guint32 add_entity(Reading *r, Range name, const Traits *traits)
{
  Entity entity = {.name = name, .kind = (guint8) traits->kind, .gender = (guint8) traits->gender};
  guint32 index = r->entities->len;
  g_array_append_val(r->entities, entity);
  return index;
}

/* Room for three keys of every name in the worst case of all names being new. */
static void clear_names(Reading *r, guint32 n_mentions)
{
  guint32 size = 64;
  while (size < n_mentions * 8)
    size *= 2;
  if (size > r->names_capacity) {
    r->names = g_renew(guint32, r->names, 2 * (gsize) size);
    r->names_capacity = size;
  }
  r->names_size = size;
  for (guint32 i = 0; i < size; i++)
    r->names[2 * i + 1] = NOWHERE;
}

static void collect(Reading *r)
{
  for (guint32 i = 0; i < r->n_tokens; i++) {
    if (!is_name(r, i) ||
        ((grammar_at(r, i) & WORD_NATION) != 0 && (grammar_at(r, i) & WORD_PLACE) == 0 &&
         !(i + 1 < r->n_tokens && is_name(r, i + 1))))
      continue;
    Range name = name_at(r, i);
    Mention mention = {name, NOWHERE, NOWHERE};
    g_array_append_val(r->mentions, mention);
    i = name.end - 1;
  }
}

/* The same name in full, or a new one. */
static void join_full_name(Reading *r, Mention *mention, const Traits *traits)
{
  guint32 key = full_key(r, mention->name);
  guint32 entity = look_up(r, key);
  if (entity == NOWHERE) {
    entity = add_entity(r, mention->name, traits);
    remember(r, key, entity);
    remember(r, r->tokens[last_word(r, mention->name)].hash, entity);
    if (traits->kind != ENTITY_BODY && (grammar_at(r, mention->name.start) & WORD_GIVEN) != 0)
      remember(r, r->tokens[mention->name.start].hash, entity);
    guint32 acronym = acronym_behind(r, mention->name);
    if (acronym != 0)
      remember(r, acronym, entity);
  } else if (traits->kind != ENTITY_PLACE) {
    learn(entity_at(r, entity), traits);
  }
  mention->entity = entity;
}

void people_find(Reading *r)
{
  g_array_set_size(r->entities, 0);
  g_array_set_size(r->mentions, 0);
  collect(r);
  clear_names(r, r->mentions->len);
  /* Full names first: a surname may stand before the full name, in a heading for one. */
  for (guint32 pass = 0; pass < 2; pass++) {
    for (guint32 i = 0; i < r->mentions->len; i++) {
      Mention *mention = mention_at(r, i);
      if (mention->entity != NOWHERE)
        continue;
      Range name = mention->name;
      Traits traits = traits_read(r, &name);
      gboolean single = name.end - name.start == 1;
      if (single != (pass == 1))
        continue;
      mention->name = name;
      mention->role = traits.role;
      if (single) {
        guint32 entity = look_up(r, r->tokens[name.start].hash);
        if (entity == NOWHERE) {
          entity = add_entity(r, name, &traits);
          remember(r, r->tokens[name.start].hash, entity);
        } else if (traits.kind != ENTITY_PLACE) {
          learn(entity_at(r, entity), &traits);
        }
        mention->entity = entity;
      } else {
        join_full_name(r, mention, &traits);
      }
    }
  }
}

guint32 people_mentions_before(const Reading *r, guint32 token)
{
  guint32 low = 0, high = r->mentions->len;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (mention_at(r, middle)->name.start < token)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

guint32 people_mention_at(const Reading *r, guint32 token)
{
  guint32 n = people_mentions_before(r, token + 1);
  if (n == 0 || mention_at(r, n - 1)->name.end <= token)
    return NOWHERE;
  return n - 1;
}
