/* SPDX-License-Identifier: Apache-2.0 */
/* Tells persons from organisations and places by titles, roles, ages and prepositions. */
#include "traits.h"

#include "phrase.h"

#define LONGEST_MODIFIER 6

static Gender gender_of(guint32 grammar)
{
  gboolean male = (grammar & WORD_MALE) != 0, female = (grammar & WORD_FEMALE) != 0;
  return male == female ? GENDER_UNKNOWN : male ? GENDER_MALE : GENDER_FEMALE;
}

/* "Transport Minister Hanno Weir": the last role before the name proper, else NOWHERE. */
static guint32 role_inside(const Reading *r, Range name)
{
  if (((grammar_at(r, name.end - 1) & (WORD_ROLE | WORD_TITLE)) != 0 &&
       (grammar_at(r, name.end - 1) & WORD_GIVEN) == 0) ||
      (grammar_at(r, name.start) & (WORD_GIVEN | WORD_TITLE)) == WORD_GIVEN)
    return NOWHERE;
  for (guint32 k = name.end - 1; k-- > name.start;)
    if ((grammar_at(r, k) & WORD_ROLE) != 0 && (grammar_at(r, k) & WORD_PLURAL) == 0)
      return k;
  return NOWHERE;
}

static void learn_role(const Reading *r, Traits *traits, guint32 role)
{
  guint32 grammar = grammar_at(r, role);
  traits->role = role;
  if (traits->kind == ENTITY_UNKNOWN && (grammar & WORD_BODY) == 0)
    traits->kind = ENTITY_PERSON;
  if (traits->gender == GENDER_UNKNOWN)
    traits->gender = gender_of(grammar);
}

/* Takes titles and nationalities off the front, and learns from them. */
static Range strip_titles(const Reading *r, Range name, Traits *traits)
{
  guint32 i = name.start;
  guint32 role = role_inside(r, name);
  if (role != NOWHERE) {
    learn_role(r, traits, role);
    i = role + 1;
  }
  while (i + 1 < name.end) {
    guint32 grammar = grammar_at(r, i);
    gboolean title = (grammar & WORD_TITLE) != 0;
    gboolean before_title = (grammar & (WORD_PLACE | WORD_NATION | WORD_BODY)) != 0 &&
                            i + 2 < name.end &&
                            (grammar_at(r, i + 1) & (WORD_TITLE | WORD_ROLE)) != 0;
    if (!title && !before_title)
      break;
    if (title && (grammar & WORD_GIVEN) != 0 && !flag_at(r, i, AVER_TOKEN_ABBREVIATION) &&
        name.end - i <= 2 && (grammar & WORD_ROLE) == 0)
      break;
    if (title) {
      traits->kind = ENTITY_PERSON;
      if (traits->gender == GENDER_UNKNOWN)
        traits->gender = gender_of(grammar);
      if ((grammar & WORD_ROLE) != 0)
        traits->role = i;
    }
    i++;
  }
  return (Range){i, name.end};
}

/* An apposition behind a name: ", a spokesperson", ", 45,". */
static void read_apposition(const Reading *r, Range name, Traits *traits)
{
  guint32 i = name.end;
  if (i + 2 >= r->n_tokens || !has_tag(r, i, TAGS(COMMA)))
    return;
  if (word_is(r, i + 1, "who") && traits->kind == ENTITY_UNKNOWN) {
    traits->kind = ENTITY_PERSON;
    return;
  }
  if (has_tag(r, i + 1, TAGS(NUMBER)) && r->tokens[i + 1].end - r->tokens[i + 1].start == 2 &&
      traits->kind == ENTITY_UNKNOWN) {
    traits->kind = ENTITY_PERSON;
    return;
  }
  guint32 limit = MIN(r->n_tokens, i + 8);
  for (guint32 k = i + 1; k < limit; k++) {
    if (!has_tag(r, k, NOMINAL_TAGS | TAGS(DETERMINER) | TAGS(CLITIC) | TAGS(POSSESSIVE)))
      return;
    guint32 grammar = grammar_at(r, k);
    if ((grammar & (WORD_ROLE | WORD_BODY)) == 0 || (grammar & WORD_PLURAL) != 0 ||
        k + 1 >= r->n_tokens)
      continue;
    if (has_tag(r, k + 1, NOMINAL_TAGS | TAGS(CLITIC)))
      continue;
    if (traits->kind == ENTITY_UNKNOWN)
      traits->kind = (grammar & WORD_ROLE) != 0 ? ENTITY_PERSON : ENTITY_BODY;
    if (traits->gender == GENDER_UNKNOWN)
      traits->gender = gender_of(grammar);
    traits->role = k;
    return;
  }
}

/* The noun that a name stands in apposition to: "its head of works, Ada Quill,", "the capital,
 * Port Sorrow,", "her neighbour, the surveyor Tam Orr,". */
static guint32 introduced_as(const Reading *r, guint32 start, guint32 end)
{
  guint32 low = sentence_of(r, start)->start, k = start;
  guint32 limit = start > low + LONGEST_MODIFIER ? start - LONGEST_MODIFIER : low;
  if (end < r->n_tokens && !has_tag(r, end,
                                    TAGS(COMMA) | TAGS(STOP) | TAGS(CLOSE) | TAGS(LEFT) |
                                        TAGS(COLON) | TAGS(PREPOSITION) | TAGS(OPEN)))
    return NOWHERE;
  while (k > limit && has_tag(r, k - 1, TAGS(NOUN) | TAGS(DETERMINER)))
    k--;
  if (k < low + 2 || !has_tag(r, k - 1, TAGS(COMMA)) || !has_tag(r, k - 2, TAGS(NOUN)))
    return NOWHERE;
  guint32 comma = k - 1;
  limit = comma > low + LONGEST_MODIFIER ? comma - LONGEST_MODIFIER : low;
  for (k = comma; k > limit && has_tag(r, k - 1,
                                       TAGS(NOUN) | TAGS(PREPOSITION) | TAGS(DETERMINER) |
                                           TAGS(CLITIC) | TAGS(NAME));
       k--)
    if ((grammar_at(r, k - 1) & WORD_ROLE) != 0)
      return (grammar_at(r, k - 1) & WORD_PLURAL) == 0 ? k - 1 : NOWHERE;
  return (grammar_at(r, comma - 1) & WORD_PLURAL) == 0 ? comma - 1 : NOWHERE;
}

static gboolean is_settlement(const Reading *r, guint32 i)
{
  static const char *const words[] = {"capital", "city",   "town",   "village",  "port",   "suburb",
                                      "county",  "state",  "island", "province", "region", "resort",
                                      "country", "hamlet", "river",  "district"};
  return WORD_IS_ONE_OF(r, i, words);
}

/* What stands before a name: a preposition of place, or a noun it is in apposition to. */
static void read_introduction(const Reading *r, Range name, Traits *traits)
{
  guint32 start = name.start;
  if (start == 0 || r->sentence[start - 1] != r->sentence[start])
    return;
  static const char *const directions[] = {"northern",  "southern",  "eastern",
                                           "western",   "central",   "downtown",
                                           "northeast", "southwest", "nearby"};
  if (traits->kind == ENTITY_UNKNOWN && WORD_IS_ONE_OF(r, start - 1, directions))
    traits->kind = ENTITY_PLACE;
  if (traits->kind == ENTITY_UNKNOWN &&
      (word_is(r, start - 1, "in") || word_is(r, start - 1, "at") ||
       word_is(r, start - 1, "near") || word_is(r, start - 1, "outside"))) {
    traits->kind = ENTITY_PLACE;
    return;
  }
  guint32 noun = introduced_as(r, start, name.end);
  if (noun == NOWHERE)
    return;
  if (is_settlement(r, noun) && traits->kind == ENTITY_UNKNOWN)
    traits->kind = ENTITY_PLACE;
  else if ((grammar_at(r, noun) & WORD_ROLE) != 0)
    learn_role(r, traits, noun);
  else if ((grammar_at(r, noun) & WORD_BODY) != 0 && traits->kind != ENTITY_PERSON) {
    traits->kind = ENTITY_BODY;
    traits->role = noun;
  }
}

Traits traits_read(const Reading *r, Range *name)
{
  Traits traits = {ENTITY_UNKNOWN, GENDER_UNKNOWN, NOWHERE};
  gboolean body = FALSE;
  Range whole = *name;
  for (guint32 i = name->start; i < name->end; i++)
    body |= i + 1 == name->end ? (grammar_at(r, i) & (WORD_BODY | WORD_SUFFIX)) != 0
                               : word_is(r, i, "of") || word_is(r, i, "&");
  if (!body)
    *name = strip_titles(r, *name, &traits);
  guint32 first = grammar_at(r, name->start);
  guint32 length = name->end - name->start;
  if (traits.gender == GENDER_UNKNOWN && (first & WORD_GIVEN) != 0)
    traits.gender = gender_of(first);
  if (traits.kind == ENTITY_UNKNOWN) {
    if (body)
      traits.kind = ENTITY_BODY;
    else if (length == 1 && (first & (WORD_PLACE | WORD_NATION)) != 0)
      traits.kind = ENTITY_PLACE;
    else if (length >= 2 && (first & WORD_GIVEN) != 0)
      traits.kind = ENTITY_PERSON;
    else if (flag_at(r, name->start, AVER_TOKEN_ALL_CAPS) && length == 1)
      traits.kind = ENTITY_BODY;
  }
  if (name->start > 0 && has_tag(r, name->start - 1, TAGS(NOUN))) {
    guint32 before = grammar_at(r, name->start - 1);
    if ((before & WORD_ROLE) != 0 && (before & WORD_PLURAL) == 0 && traits.kind != ENTITY_BODY) {
      traits.kind = ENTITY_PERSON;
      traits.role = name->start - 1;
      if (traits.gender == GENDER_UNKNOWN)
        traits.gender = gender_of(before);
    } else if ((before & WORD_BODY) != 0 && traits.kind == ENTITY_UNKNOWN) {
      traits.kind = ENTITY_BODY;
      traits.role = name->start - 1;
    }
  }
  read_apposition(r, *name, &traits);
  if (traits.role == NOWHERE)
    read_introduction(r, whole, &traits);
  return traits;
}
