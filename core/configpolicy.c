/* SPDX-License-Identifier: Apache-2.0 */
/* What a stage of a pipeline file says of errors, conditions and outputs. */
#include "configreading.h"

#include <aver/pipeline.h>

#include <math.h>

#define MOST_RETRIES    100
#define MOST_SECONDS    3600
#define TEXT_OF(number) G_STRINGIFY(number)

static const char *const letter_keys[] = {"dead-letter", NULL};
static const char *const retry_keys[] = {"retry", "backoff", "then", NULL};
static const char *const object_keys[] = {"dead-letter", "retry", NULL};
static const char *const policies[] = {"skip", "stop", NULL};
static const char expected_final[] = "\"skip\", \"stop\" or {\"dead-letter\": \"FILE\"}";
static const char expected_any[] =
    "\"skip\", \"stop\", {\"dead-letter\": \"FILE\"} or {\"retry\": TIMES}";

/* The file of `{"dead-letter": "FILE"}`. */
static void take_dead_letter(AverReading *reading, AverConfigStage *stage, const json_t *value,
                             const AverPlace *place)
{
  aver_reading_check_keys(reading, place, stage->label, letter_keys);
  const json_t *file = json_object_get(value, "dead-letter");
  place = aver_place_member(place, "dead-letter");
  if (!json_is_string(file) || json_string_length(file) == 0) {
    aver_reading_add_wrong(reading, place, stage->label, "dead-letter", file, "the name of a file");
    return;
  }
  char *expanded = aver_reading_expand(reading, place, stage->label, json_string_value(file));
  stage->policy = AVER_POLICY_DEAD_LETTER;
  stage->dead_letter = expanded != NULL ? expanded : g_strdup(json_string_value(file));
}

/* What holds in the end: a word, or a dead-letter file. */
static void take_final(AverReading *reading, AverConfigStage *stage, const char *key,
                       const json_t *value, const AverPlace *place, const char *expected)
{
  const char *word = json_string_value(value);
  const char *nearest = word == NULL ? NULL : aver_nearest_name(word, policies);
  stage->has_policy = TRUE;
  if (g_strcmp0(word, "skip") == 0)
    stage->policy = AVER_POLICY_SKIP;
  else if (g_strcmp0(word, "stop") == 0)
    stage->policy = AVER_POLICY_STOP;
  else if (nearest != NULL)
    aver_mistakes_add(reading->mistakes, &place->value, stage->label,
                      "'%s' is \"%s\"; did you mean '%s'?", key, word, nearest);
  else if (json_object_get(value, "dead-letter") != NULL)
    take_dead_letter(reading, stage, value, place);
  else if (json_is_object(value) && place->children->len > 0)
    aver_reading_check_keys(reading, place, stage->label,
                            expected == expected_any ? object_keys : letter_keys);
  else
    aver_reading_add_wrong(reading, place, stage->label, key, value, expected);
}

/* `{"retry": TIMES, "backoff": SECONDS, "then": ...}`. */
static void take_retry(AverReading *reading, AverConfigStage *stage, const json_t *value,
                       const AverPlace *place)
{
  const json_t *times = json_object_get(value, "retry");
  const json_t *backoff = json_object_get(value, "backoff");
  const json_t *then = json_object_get(value, "then");
  json_int_t n = json_integer_value(times);
  double seconds = json_number_value(backoff);
  aver_reading_check_keys(reading, place, stage->label, retry_keys);
  if (!json_is_integer(times) || n < 1 || n > MOST_RETRIES)
    aver_reading_add_wrong(reading, aver_place_member(place, "retry"), stage->label, "retry", times,
                           "a whole number from 1 to " TEXT_OF(MOST_RETRIES));
  else
    stage->retries = (guint) n;
  stage->backoff = 1;
  if (backoff != NULL && (!json_is_number(backoff) || !(seconds >= 0 && seconds <= MOST_SECONDS)))
    aver_reading_add_wrong(reading, aver_place_member(place, "backoff"), stage->label, "backoff",
                           backoff, "seconds from 0 to " TEXT_OF(MOST_SECONDS));
  else if (backoff != NULL)
    stage->backoff = seconds;
  if (then != NULL)
    take_final(reading, stage, "then", then, aver_place_member(place, "then"), expected_final);
}

void aver_reading_take_policy(AverReading *reading, AverConfigStage *stage, const json_t *object,
                              const AverPlace *place)
{
  const json_t *value = json_object_get(object, "on_error");
  if (value == NULL)
    return;
  place = aver_place_member(place, "on_error");
  if (json_object_get(value, "retry") != NULL)
    take_retry(reading, stage, value, place);
  else
    take_final(reading, stage, "on_error", value, place, expected_any);
}

static char *take_string(AverReading *reading, const AverConfigStage *stage, const json_t *object,
                         const AverPlace *place, const char *key, const char *expected)
{
  const json_t *value = json_object_get(object, key);
  if (value == NULL)
    return NULL;
  if (json_is_string(value) && json_string_length(value) > 0)
    return g_strdup(json_string_value(value));
  aver_reading_add_wrong(reading, aver_place_member(place, key), stage->label, key, value,
                         expected);
  return NULL;
}

void aver_reading_take_flow(AverReading *reading, AverConfigStage *stage, const json_t *object,
                            const AverPlace *place)
{
  if (!json_is_object(object))
    return;
  const AverPlace *when = aver_place_member(place, "when");
  const AverPlace *output = aver_place_member(place, "output");
  stage->when = take_string(reading, stage, object, place, "when", "a condition");
  if (stage->when != NULL) {
    stage->when_raw = g_strdup(when->raw);
    stage->when_position = when->value;
  }
  stage->output = take_string(reading, stage, object, place, "output", "the name of a file");
  if (stage->output == NULL)
    return;
  stage->output_position = output->value;
  char *expanded = aver_reading_expand(reading, output, stage->label, stage->output);
  if (expanded == NULL)
    return;
  g_free(stage->output);
  stage->output = expanded;
}
