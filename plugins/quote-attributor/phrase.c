/* SPDX-License-Identifier: Apache-2.0 */
/* Noun phrases and verb groups. */
#include "phrase.h"

/* How far walks over verb groups and brackets go. */
#define LONGEST_GROUP 8
#define LONGEST_ASIDE 24 /* in brackets */

VerbGroup verb_group(const Reading *r, guint32 v, guint32 low)
{
  VerbGroup group = {.start = v, .negator = NOWHERE};
  guint64 before =
      TAGS(ADVERB) | TAGS(NOT) | TAGS(HAVE) | TAGS(BE) | TAGS(DO) | TAGS(MODAL) | TAGS(TO);
  guint32 limit = v - low > LONGEST_GROUP ? v - LONGEST_GROUP : low;
  gboolean negated = FALSE;
  guint32 i = v;
  while (i > limit && has_tag(r, i - 1, before)) {
    Tag tag = tag_at(r, --i);
    negated |= tag == TAG_NOT;
    if (tag == TAG_BE && has_tag(r, v, TAGS(ED)))
      group.passive = TRUE;
    if (tag == TAG_TO) {
      group.infinitive = TRUE;
      break;
    }
    if (tag == TAG_HAVE || tag == TAG_DO || tag == TAG_MODAL || tag == TAG_BE)
      group.auxiliary = TRUE;
    group.modal |= tag == TAG_MODAL && !word_is(r, i, "would") && !word_is(r, i, "'d");
    if (negated && group.negator == NOWHERE &&
        (tag == TAG_HAVE || tag == TAG_DO || tag == TAG_MODAL || tag == TAG_BE))
      group.negator = i;
  }
  if (negated && group.negator == NOWHERE)
    group.negator = i;
  group.start = i;
  return group;
}

static guint32 skip_brackets(const Reading *r, guint32 i, guint32 high)
{
  guint32 limit = MIN(high, i + LONGEST_ASIDE);
  for (guint32 k = i + 1; k < limit; k++)
    if (has_tag(r, k, TAGS(RIGHT)))
      return k + 1;
  return i;
}

guint32 phrase_base_end(const Reading *r, guint32 i, guint32 high)
{
  guint32 limit = MIN(high, i + LONGEST_PHRASE);
  guint32 k = i;
  if (k < limit && has_tag(r, k, TAGS(SUBJECT) | TAGS(OBJECT)))
    return k + 1;
  while (k < limit && has_tag(r, k, TAGS(DETERMINER) | TAGS(POSSESSIVE) | TAGS(ADVERB)))
    k++;
  guint32 head = k;
  while (k < limit && r->inside[k] == r->inside[i]) {
    if (has_tag(r, k, NOMINAL_TAGS)) {
      k++;
      continue;
    }
    if (k > head && has_tag(r, k, TAGS(CLITIC)) && k + 1 < limit) {
      k++;
      continue;
    }
    if (has_tag(r, k, TAGS(TIME) | TAGS(POSSESSIVE) | TAGS(ED)) && k + 1 < limit && k == head &&
        has_tag(r, k + 1, NOMINAL_TAGS | TAGS(CLITIC))) {
      k++;
      continue;
    }
    if (k > head && word_is(r, k, "&")) {
      k++;
      continue;
    }
    if (k > head && has_tag(r, k, TAGS(LEFT))) {
      guint32 behind = skip_brackets(r, k, limit);
      if (behind == k)
        break;
      k = behind;
      continue;
    }
    break;
  }
  return k > head ? k : i;
}

/* Whether an apposition starts behind the comma at i: a determiner, an age, a role, "of". */
static gboolean starts_apposition(const Reading *r, guint32 i)
{
  guint32 grammar = grammar_at(r, i + 1);
  if (has_tag(r, i + 1, TAGS(DETERMINER) | TAGS(NUMBER) | TAGS(POSSESSIVE)))
    return TRUE;
  if (has_tag(r, i + 1, TAGS(NOUN)))
    return TRUE;
  if (has_tag(r, i + 1, TAGS(NAME)))
    return TRUE;
  return (grammar & WORD_PREPOSITION) != 0 &&
         (word_is(r, i + 1, "of") || word_is(r, i + 1, "from"));
}

/* Whether the preposition at i belongs to the noun before it rather than to the reporting verb. */
static gboolean attaches(const Reading *r, guint32 i, guint32 high)
{
  static const char *const never[] = {"during",    "after",   "before", "until", "since", "via",
                                      "following", "through", "about",  "as",    "than"};
  if (WORD_IS_ONE_OF(r, i, never))
    return FALSE;
  guint32 end = phrase_base_end(r, i + 1, high);
  if (end == i + 1 || has_tag(r, end - 1, TAGS(TIME)))
    return FALSE;
  if (has_tag(r, i + 1, TAGS(OBJECT) | TAGS(SUBJECT)))
    return FALSE;
  return word_is(r, i, "of") || (grammar_at(r, end - 1) & WORD_VENUE) == 0;
}

guint32 phrase_end(const Reading *r, guint32 i, guint32 high)
{
  guint32 limit = MIN(high, i + LONGEST_PHRASE);
  guint32 end = phrase_base_end(r, i, limit);
  if (end == i || has_tag(r, i, TAGS(SUBJECT) | TAGS(OBJECT)))
    return end;
  while (end + 1 < limit) {
    guint32 next;
    if (has_tag(r, end, TAGS(PREPOSITION) | TAGS(TO)) && attaches(r, end, limit))
      next = phrase_base_end(r, end + 1, limit);
    else if (has_tag(r, end, TAGS(COORDINATOR)) && !word_is(r, end, "but"))
      next = phrase_base_end(r, end + 1, limit);
    else if (has_tag(r, end, TAGS(COMMA)) && starts_apposition(r, end))
      next = has_tag(r, end + 1, TAGS(PREPOSITION)) ? phrase_base_end(r, end + 2, limit)
                                                    : phrase_base_end(r, end + 1, limit);
    else
      break;
    /* A name behind a comma is an apposition only when it is enclosed: "of Port Sorrow, Ore.,
     * said".
     */
    if (has_tag(r, end, TAGS(COMMA)) && has_tag(r, end + 1, TAGS(NAME)) && next < limit &&
        !has_tag(r, next, TAGS(COMMA) | TAGS(STOP) | TAGS(PREPOSITION)))
      break;
    /* A clause starts here: "..., and the minister left". */
    if (next <= end + 1 ||
        (next < limit && has_tag(r, next, FINITE_TAGS) && !has_tag(r, end, TAGS(PREPOSITION))))
      break;
    end = next;
  }
  return end;
}

static gboolean list_comma(const Reading *r, guint32 comma, guint32 end)
{
  if (!has_tag(r, comma - 1, TAGS(NAME)) || !has_tag(r, comma + 1, TAGS(NAME)))
    return FALSE;
  for (guint32 k = comma + 2; k < end && k < comma + 5; k++)
    if (has_tag(r, k, TAGS(COORDINATOR)))
      return TRUE;
  return FALSE;
}

gboolean phrase_reduced_relative(const Reading *r, guint32 i, guint32 low)
{
  if (i <= low || !has_tag(r, i - 1, NOMINAL_TAGS | TAGS(TIME) | TAGS(RIGHT)))
    return FALSE;
  if (has_tag(r, i, TAGS(ING)))
    return TRUE;
  if (has_tag(r, i - 1, TAGS(TIME)) || word_is(r, i + 1, "up") || word_is(r, i + 1, "out") ||
      word_is(r, i + 1, "off") || word_is(r, i + 1, "down"))
    return FALSE;
  if (has_tag(r, i - 1, TAGS(NAME)) && !word_is(r, i + 1, "by"))
    return FALSE;
  return has_tag(r, i + 1, TAGS(PREPOSITION) | TAGS(TIME) | TAGS(ADVERB));
}

/* Strips what stands before a subject at the start of its clause: adverbs, dates, a
 * prepositional phrase. */
static guint32 strip_front(const Reading *r, guint32 start, guint32 end)
{
  for (;;) {
    guint32 s = start;
    while (s < end && has_tag(r, s, TAGS(ADVERB) | TAGS(COORDINATOR) | TAGS(OTHER)))
      s++;
    if (s < end && has_tag(r, s, TAGS(PREPOSITION) | TAGS(TO))) {
      guint32 behind = phrase_base_end(r, s + 1, end);
      if (behind == s + 1 && s + 1 < end && has_tag(r, s + 1, TAGS(TIME)))
        behind = s + 2;
      if (behind < end && behind > s + 1)
        s = behind;
      else
        s++;
    }
    guint32 t = s;
    while (t < end && has_tag(r, t, TAGS(TIME) | TAGS(DETERMINER) | TAGS(NUMBER)) && t < s + 4)
      t++;
    while (t > s && !has_tag(r, t - 1, TAGS(TIME)))
      t--;
    if (t > s && t < end && !has_tag(r, t, TAGS(CLITIC)))
      s = t;
    if (s == start || s >= end)
      return start < end ? start : end;
    start = s;
  }
}

/* After a verb, only what follows the last coordinator can be a subject. */
static guint32 behind_coordinator(const Reading *r, guint32 start, guint32 end)
{
  for (guint32 k = end - 1; k > start; k--)
    if (has_tag(r, k, TAGS(COORDINATOR)) && k + 1 < end)
      return k + 1;
  return start;
}

/* The pronoun of the restrictive clause whose verb stands right before i: "people who met him". */
static guint32 restrictive_relative(const Reading *r, guint32 i, guint32 low)
{
  guint32 limit = i > low + 8 ? i - 8 : low;
  while (i > limit + 1) {
    i--;
    if (has_tag(r, i, TAGS(RELATIVE)) || has_tag(r, i, TAGS(THAT)))
      return word_is(r, i, "who") && has_tag(r, i - 1, NOMINAL_TAGS) ? i : NOWHERE;
    if (has_tag(r, i, TAGS(COMMA) | TAGS(STOP) | TAGS(SUBJECT) | TAGS(COORDINATOR)))
      return NOWHERE;
  }
  return NOWHERE;
}

guint32 phrase_start(const Reading *r, guint32 end, guint32 low)
{
  guint64 inner = NOMINAL_TAGS | TAGS(TIME) | TAGS(DETERMINER) | TAGS(POSSESSIVE) | TAGS(CLITIC) |
                  TAGS(PREPOSITION) | TAGS(TO) | TAGS(ADVERB) | TAGS(COORDINATOR) | TAGS(OTHER);
  if (end <= low || !has_tag(r, end - 1, NOMINAL_TAGS | TAGS(RIGHT) | TAGS(TIME)))
    return NOWHERE;
  guint32 limit = end - low > LONGEST_PHRASE ? end - LONGEST_PHRASE : low;
  guint32 i = end;
  gboolean verb = FALSE;
  while (i > limit) {
    guint32 k = i - 1;
    if (r->inside[k] != r->inside[end - 1])
      break;
    if (has_tag(r, k, TAGS(RIGHT))) {
      guint32 left = k;
      while (left > limit && k - left < LONGEST_ASIDE && !has_tag(r, left, TAGS(LEFT)))
        left--;
      if (!has_tag(r, left, TAGS(LEFT)) || left == limit)
        break;
      i = left;
    } else if (has_tag(r, k, inner)) {
      if (has_tag(r, k, TAGS(COORDINATOR)) && word_is(r, k, "but"))
        break;
      i = k;
    } else if (has_tag(r, k, TAGS(ED) | TAGS(ING)) && phrase_reduced_relative(r, k, limit)) {
      i = k;
    } else if (has_tag(r, k, TAGS(COMMA)) && k > limit && list_comma(r, k, end)) {
      i = k;
    } else if (has_tag(r, k, TAGS(SUBJECT)) && word_is(r, i, "of")) {
      i = k;
    } else {
      verb = has_tag(r, k, FINITE_TAGS | TAGS(ED) | TAGS(ING));
      break;
    }
  }
  if (verb) {
    guint32 relative = restrictive_relative(r, i, limit);
    if (relative != NOWHERE)
      return phrase_start(r, relative, limit);
    i = behind_coordinator(r, i, end);
  }
  i = strip_front(r, i, end);
  return i < end ? i : NOWHERE;
}
