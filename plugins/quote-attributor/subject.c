/* SPDX-License-Identifier: Apache-2.0 */
/* The subject of a verb, across asides, relative clauses and dates. */
#include "phrase.h"

static gboolean starts_relative(const Reading *r, guint32 i)
{
  return word_is(r, i, "who") || word_is(r, i, "whose") || word_is(r, i, "which");
}

guint32 phrase_relative_end(const Reading *r, guint32 end, guint32 high)
{
  guint32 i = end + has_tag(r, end, TAGS(COMMA));
  if (i + 2 >= high || !starts_relative(r, i))
    return end;
  guint32 limit = MIN(high, i + LONGEST_PHRASE);
  for (; i < limit; i++) {
    if (has_tag(r, i,
                TAGS(COMMA) | TAGS(STOP) | TAGS(SEMICOLON) | TAGS(COLON) | TAGS(DASH) | TAGS(THAT)))
      return i;
    if (r->inside[i] != NOWHERE || ((verb_at(r, i) & FRAME_SAY) != 0 && has_tag(r, i, TAGS(VERB))))
      return end;
  }
  return i == high ? i : end;
}

/* Whether [start, end) can be the aside of a subject: no verb but in a relative clause. */
static gboolean is_aside(const Reading *r, guint32 start, guint32 end)
{
  for (guint32 i = start; i < end; i++) {
    if (has_tag(r, i, TAGS(RELATIVE) | TAGS(THAT)))
      return TRUE;
    if (has_tag(r, i, FINITE_TAGS) && (i == start || !has_tag(r, i - 1, TAGS(TO))))
      return FALSE;
  }
  return TRUE;
}

/* The subject before an aside that the comma at `comma` closes. */
static Range subject_before_aside(const Reading *r, guint32 comma, guint32 low)
{
  guint32 limit = comma - low > LONGEST_PHRASE ? comma - LONGEST_PHRASE : low;
  Range fallback = {0, 0};
  for (guint32 q = comma; q-- > limit + 1;) {
    if (has_tag(r, q, TAGS(SEMICOLON) | TAGS(OPEN) | TAGS(CLOSE)) ||
        (has_tag(r, q, TAGS(STOP)) && !has_tag(r, q + 1, TAGS(COMMA))))
      break;
    if (!has_tag(r, q, TAGS(COMMA)))
      continue;
    if (!is_aside(r, q + 1, comma))
      break;
    if (!has_tag(r, q - 1, NOMINAL_TAGS | TAGS(RIGHT)))
      continue;
    guint32 start = phrase_start(r, q, low);
    if (start == NOWHERE)
      continue;
    gboolean whole = has_tag(r, q + 1, NOMINAL_TAGS | TAGS(DETERMINER) | TAGS(POSSESSIVE)) ||
                     word_is(r, q + 1, "of") || starts_relative(r, q + 1);
    Range found = {start, whole ? comma + 1 : q};
    if (starts_relative(r, q + 1))
      return found;
    gboolean name = has_tag(r, q - 1, TAGS(NAME) | TAGS(RIGHT));
    gboolean place =
        has_tag(r, q - 1, TAGS(NAME)) && start > low && has_tag(r, start - 1, TAGS(COMMA));
    if (fallback.end == 0 ||
        (name && has_tag(r, fallback.start, TAGS(DETERMINER) | TAGS(NOUN) | TAGS(NUMBER))))
      fallback = found;
    if (name && !place)
      return fallback;
  }
  return fallback;
}

static Range subject_before_dash(const Reading *r, guint32 dash, guint32 low)
{
  guint32 limit = dash - low > LONGEST_PHRASE ? dash - LONGEST_PHRASE : low;
  for (guint32 q = dash; q-- > limit + 1;) {
    if (!has_tag(r, q, TAGS(DASH)))
      continue;
    guint32 start = phrase_start(r, q, low);
    return start == NOWHERE ? (Range){0, 0} : (Range){start, q};
  }
  return (Range){0, 0};
}

static gboolean is_reflexive(const Reading *r, guint32 i)
{
  return word_is(r, i, "himself") || word_is(r, i, "herself") || word_is(r, i, "itself") ||
         word_is(r, i, "themselves");
}

/* "The Tarn Group, a maker of nets, on Monday said": the comma before the date, if [start, end) is
 * no more than one. */
static guint32 comma_before_date(const Reading *r, guint32 start, guint32 end, guint32 low)
{
  for (guint32 i = start; i < end; i++)
    if (!has_tag(r, i, TAGS(TIME)))
      return NOWHERE;
  if (start > low + 1 && has_tag(r, start - 1, TAGS(PREPOSITION)))
    start--;
  return start > low + 1 && has_tag(r, start - 1, TAGS(COMMA)) ? start - 1 : NOWHERE;
}

Range phrase_subject(const Reading *r, guint32 g, guint32 low)
{
  Range none = {0, 0};
  if (g <= low)
    return none;
  guint32 p = g - 1;
  if (has_tag(r, p, TAGS(SUBJECT)) && !word_is(r, p, "there"))
    return (Range){p, g};
  if (has_tag(r, p, TAGS(RELATIVE)))
    return word_is(r, p, "who") || word_is(r, p, "which") ? (Range){p, g} : none;
  if (has_tag(r, p, TAGS(THAT)) && p > low && has_tag(r, p - 1, NOMINAL_TAGS | TAGS(TIME))) {
    while (p > low + 1 && has_tag(r, p - 1, TAGS(TIME)))
      p--; /* "a letter on Friday that says" */
    if (p > low + 1 && has_tag(r, p, TAGS(TIME)) && has_tag(r, p - 1, TAGS(PREPOSITION)))
      p--;
    guint32 start = phrase_start(r, p, low);
    return start == NOWHERE ? none : (Range){start, p};
  }
  if (has_tag(r, p, TAGS(COMMA)))
    return subject_before_aside(r, p, low);
  if (has_tag(r, p, TAGS(DASH)))
    return subject_before_dash(r, p, low);
  guint32 end = has_tag(r, p, TAGS(OBJECT)) && is_reflexive(r, p) ? p : g;
  guint32 start = phrase_start(r, end, low);
  if (start == NOWHERE)
    return none;
  guint32 comma = comma_before_date(r, start, g, low);
  if (comma != NOWHERE)
    return subject_before_aside(r, comma, low);
  /* "X on Monday said" */
  guint32 trimmed = g;
  while (trimmed > start + 1 && has_tag(r, trimmed - 1, TAGS(TIME)))
    trimmed--;
  if (trimmed < g && trimmed > start + 1 && has_tag(r, trimmed - 1, TAGS(PREPOSITION)))
    trimmed--;
  return (Range){start, trimmed};
}

/* Whether the clause of the subject at i can be the sentence's own: "He says she left" is his. */
static gboolean starts_main_clause(const Reading *r, guint32 i, guint32 low)
{
  return !has_tag(r, i, TAGS(RELATIVE)) &&
         (i == low || has_tag(r, i - 1,
                              TAGS(COMMA) | TAGS(COORDINATOR) | TAGS(ADVERB) | TAGS(SEMICOLON) |
                                  TAGS(DASH) | TAGS(TIME) | TAGS(CLOSE) | TAGS(OTHER) |
                                  TAGS(NUMBER) | TAGS(STOP) | TAGS(RIGHT)));
}

Range phrase_last_subject(const Reading *r, guint32 low, guint32 high)
{
  guint32 limit = high - low > LONGEST_PHRASE ? high - LONGEST_PHRASE : low;
  for (guint32 i = high; i > limit + 1;) {
    i--;
    if (r->inside[i] != NOWHERE || has_tag(r, i, TAGS(SEMICOLON)))
      break;
    if (!has_tag(r, i, FINITE_TAGS | TAGS(ED)) ||
        (has_tag(r, i, TAGS(ED)) && phrase_reduced_relative(r, i, low)))
      continue;
    VerbGroup group = verb_group(r, i, low);
    Range subject = group.infinitive ? (Range){0, 0} : phrase_subject(r, group.start, low);
    if (subject.end > subject.start && starts_main_clause(r, subject.start, low))
      return subject;
    i = MIN(i, group.start + 1);
  }
  return (Range){0, 0};
}

Range phrase_clause_subject(const Reading *r, guint32 low, guint32 high)
{
  guint32 limit = MIN(high, low + LONGEST_PHRASE);
  for (guint32 i = low + 1; i < limit; i++) {
    if (r->inside[i] != NOWHERE || !has_tag(r, i, FINITE_TAGS | TAGS(ED)))
      continue;
    if (has_tag(r, i, TAGS(ED)) && phrase_reduced_relative(r, i, low))
      continue;
    VerbGroup group = verb_group(r, i, low);
    if (group.infinitive)
      continue;
    Range subject = phrase_subject(r, group.start, low);
    if (subject.end > subject.start && !has_tag(r, subject.start, TAGS(RELATIVE)))
      return subject;
  }
  return (Range){0, 0};
}
