/* SPDX-License-Identifier: Apache-2.0 */
/* Features: counts of word classes, marks and shapes, found in one pass over a unit. */
#include "cues.h"

#include "topics.h"

#include <math.h>
#include <string.h>

#define N_TOPICS 31

enum {
  FEATURE_TOPIC_TWICE = N_TOPICS, /* then those topics that count a second time */
  FEATURE_NUMBERS = FEATURE_TOPIC_TWICE + 8,
  FEATURE_LARGE,
  FEATURE_YEAR,
  FEATURE_DECIMAL,
  FEATURE_PERCENT_SIGN,
  FEATURE_MONEY_SIGN,
  FEATURE_QUESTION,
  FEATURE_EXCLAMATION,
  FEATURE_QUOTE,
  FEATURE_NAMES,
  FEATURE_NAMES_MANY,
  FEATURE_ACRONYM,
  FEATURE_ED,
  FEATURE_ED_TWICE,
  FEATURE_ING,
  FEATURE_LY,
  FEATURE_LENGTH,
  FEATURE_SHORT,
  FEATURE_LONG,
  FEATURE_COMMAS,
  FEATURE_FIRST_I,
  FEATURE_FIRST_WE,
  FEATURE_FIRST_YOU,
  FEATURE_FIRST_THIRD,
  FEATURE_FIRST_NAME,
  FEATURE_FIRST_WH,
  FEATURE_FIRST_BARE,
  FEATURE_PAST_ANY,
  FEATURE_PERSON_PAST,
  FEATURE_NUMBER_PAST,
  FEATURE_COUNT,
};

static const char *const names[] = {
    "i",        "we",           "you",         "third",      "be_now",       "past",
    "have",     "future",       "might",       "must",       "negation",     "wh",
    "compare",  "cause",        "law",         "quantity",   "money",        "percent",
    "time",     "ago",          "speech",      "belief",     "opinion",      "courtesy",
    "change",   "record",       "matter",      "rank",       "life",         "ideal",
    "if",       "past_2",       "compare_2",   "quantity_2", "money_2",      "record_2",
    "we_2",     "third_2",      "ideal_2",     "numbers",    "large_number", "year_number",
    "decimal",  "percent_sign", "money_sign",  "question",   "exclamation",  "quote",
    "names",    "names_many",   "acronym",     "ed",         "ed_2",         "ing",
    "ly",       "length",       "short",       "long",       "commas",       "first_i",
    "first_we", "first_you",    "first_third", "first_name", "first_wh",     "first_bare",
    "past_any", "person_past",  "number_past",
};

G_STATIC_ASSERT(G_N_ELEMENTS(names) == FEATURE_COUNT);
G_STATIC_ASSERT(FEATURE_COUNT <= FEATURE_MAX);

static const guint32 twice[8] = {TOPIC_PAST,   TOPIC_COMPARE, TOPIC_QUANTITY, TOPIC_MONEY,
                                 TOPIC_RECORD, TOPIC_WE,      TOPIC_THIRD,    TOPIC_IDEAL};

guint features_count(void)
{
  return FEATURE_COUNT;
}

const char *feature_name(guint feature)
{
  return names[feature];
}

static gboolean ends_in(const Unit *unit, const Word *word, const char *ending, guint32 length)
{
  return word->token.end - word->token.start > length + 2 &&
         memcmp(unit->text + word->token.end - length, ending, length) == 0;
}

static void number(const Unit *unit, const Word *word, float *values)
{
  const char *p = unit->text + word->token.start;
  guint32 length = word->token.end - word->token.start;
  gboolean year = length == 4 && (memcmp(p, "19", 2) == 0 || memcmp(p, "20", 2) == 0);
  values[FEATURE_NUMBERS]++;
  values[FEATURE_YEAR] += year;
  values[FEATURE_LARGE] += length >= 3 && !year;
  values[FEATURE_DECIMAL] += memchr(p, '.', length) != NULL;
}

static void symbol(const Unit *unit, const Word *word, float *values)
{
  gunichar c;
  aver_utf8_decode(unit->text + word->token.start, &c);
  values[FEATURE_PERCENT_SIGN] += c == '%';
  values[FEATURE_MONEY_SIGN] += c == '$' || g_unichar_type(c) == G_UNICODE_CURRENCY_SYMBOL;
}

static void shape(const Unit *unit, const Word *word, gboolean first, float *values)
{
  values[FEATURE_LENGTH]++;
  if (!first && (word->token.flags & AVER_TOKEN_CAPITALISED) != 0 && !(word->topic & TOPIC_I)) {
    values[FEATURE_NAMES]++;
    values[FEATURE_ACRONYM] += (word->token.flags & AVER_TOKEN_ALL_CAPS) != 0;
  } else {
    values[FEATURE_ED] += ends_in(unit, word, "ed", 2);
    values[FEATURE_ING] += ends_in(unit, word, "ing", 3);
    values[FEATURE_LY] += ends_in(unit, word, "ly", 2);
  }
}

static void mark(const Word *word, float *values)
{
  if (word->token.kind == AVER_TOKEN_QUOTE)
    values[FEATURE_QUOTE] = 1;
  else if (word->token.detail == '?')
    values[FEATURE_QUESTION] = 1;
  else if (word->token.detail == '!')
    values[FEATURE_EXCLAMATION] = 1;
  else if (word->token.detail == ',')
    values[FEATURE_COMMAS]++;
}

static void opening(const Unit *unit, float *values)
{
  const Word *first = NULL;
  for (guint32 i = 0; i < unit->n && first == NULL; i++)
    if (is_wordy(&unit->words[i]))
      first = &unit->words[i];
  if (first == NULL)
    return;
  values[FEATURE_FIRST_I] = (first->topic & TOPIC_I) != 0;
  values[FEATURE_FIRST_WE] = (first->topic & TOPIC_WE) != 0;
  values[FEATURE_FIRST_YOU] = (first->topic & TOPIC_YOU) != 0;
  values[FEATURE_FIRST_THIRD] = (first->topic & TOPIC_THIRD) != 0;
  values[FEATURE_FIRST_WH] = (first->topic & TOPIC_WH) != 0;
  values[FEATURE_FIRST_NAME] = first->topic == 0 && first + 1 < unit->words + unit->n &&
                               (first[1].token.flags & AVER_TOKEN_CAPITALISED) != 0;
  values[FEATURE_FIRST_BARE] = first->topic == 0;
}

/* Presence for most, a dampened count for what can pile up: weights stay additive on long units. */
static void dampen(float *values)
{
  for (guint i = 0; i < G_N_ELEMENTS(twice); i++)
    values[FEATURE_TOPIC_TWICE + i] = values[__builtin_ctz(twice[i])] >= 2;
  for (guint i = 0; i < N_TOPICS; i++)
    values[i] = values[i] > 0;
  float length = values[FEATURE_LENGTH];
  values[FEATURE_SHORT] = length <= 5;
  values[FEATURE_LONG] = length >= 30;
  values[FEATURE_LENGTH] = logf(1 + MIN(length, 60));
  values[FEATURE_NAMES_MANY] = values[FEATURE_NAMES] >= 3;
  values[FEATURE_ED_TWICE] = values[FEATURE_ED] >= 2;
  values[FEATURE_COMMAS] = MIN(values[FEATURE_COMMAS], 4);
  values[FEATURE_NUMBERS] = MIN(values[FEATURE_NUMBERS], 3);
  static const guint present[] = {
      FEATURE_LARGE, FEATURE_YEAR, FEATURE_DECIMAL, FEATURE_PERCENT_SIGN, FEATURE_NAMES,
      FEATURE_ED,    FEATURE_ING,  FEATURE_LY,      FEATURE_ACRONYM,      FEATURE_MONEY_SIGN};
  for (guint i = 0; i < G_N_ELEMENTS(present); i++)
    values[present[i]] = values[present[i]] > 0;
}

static void combine(float *values)
{
  gboolean past = values[__builtin_ctz(TOPIC_PAST)] > 0 || values[FEATURE_ED] > 0;
  gboolean quantity = values[FEATURE_NUMBERS] > 0 || values[__builtin_ctz(TOPIC_QUANTITY)] > 0;
  values[FEATURE_PAST_ANY] = past;
  values[FEATURE_PERSON_PAST] =
      past && (values[__builtin_ctz(TOPIC_THIRD)] > 0 || values[FEATURE_NAMES] > 0);
  values[FEATURE_NUMBER_PAST] = past && quantity;
}

void features_compute(const Unit *unit, float *values)
{
  gboolean first = TRUE;
  memset(values, 0, sizeof *values * FEATURE_COUNT);
  for (guint32 i = 0; i < unit->n; i++) {
    const Word *word = &unit->words[i];
    for (guint32 bits = word->topic & ~(guint32) TOPIC_LIGHT; bits != 0; bits &= bits - 1)
      values[__builtin_ctz(bits)]++;
    if (word->token.kind == AVER_TOKEN_NUMBER)
      number(unit, word, values);
    else if (word->token.kind == AVER_TOKEN_SYMBOL)
      symbol(unit, word, values);
    if (is_wordy(word)) {
      shape(unit, word, first, values);
      first = FALSE;
    } else {
      mark(word, values);
    }
  }
  opening(unit, values);
  dampen(values);
  combine(values);
}
