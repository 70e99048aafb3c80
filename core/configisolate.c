/* SPDX-License-Identifier: Apache-2.0 */
/* The pipeline file: a stage's `isolate` and `sandbox`. */
#include "config.h"

#include <string.h>

#define MOST_SECONDS (24.0 * 60 * 60)
#define LEAST_MEMORY (G_GUINT64_CONSTANT(1) << 20)
#define MOST_MEMORY  (G_GUINT64_CONSTANT(1) << 44)

static const char *const keys[] = {"seconds", "memory", NULL};

/* "512M", "2G": whole numbers of mebibytes and the like. */
static gboolean parse_memory(const char *text, guint64 *bytes)
{
  static const char units[] = "KMGT";
  char *end = NULL;
  if (text == NULL || !g_ascii_isdigit(text[0]))
    return FALSE;
  guint64 number = g_ascii_strtoull(text, &end, 10);
  const char *unit = *end == '\0' ? NULL : strchr(units, *end);
  if (unit == NULL || end[1] != '\0' || number > MOST_MEMORY)
    return FALSE;
  for (const char *u = units; u <= unit; u++)
    number = MIN(number, MOST_MEMORY) << 10;
  *bytes = number;
  return number >= LEAST_MEMORY && number <= MOST_MEMORY;
}

static void add_wrong(AverMistakes *mistakes, const AverConfigStage *stage, const AverPlace *place,
                      const json_t *value, const char *expected)
{
  g_autofree char *shown = aver_config_show(value);
  aver_mistakes_add(mistakes, &place->value, stage->label, "'%s' is %s; expected %s", place->name,
                    shown, expected);
}

static void read_limits(AverMistakes *mistakes, AverConfigStage *stage, const json_t *value,
                        const AverPlace *place)
{
  for (guint i = 0; i < place->children->len; i++) {
    const AverPlace *child = g_ptr_array_index(place->children, i);
    const json_t *limit = json_object_get(value, child->name);
    if (child->again) {
      aver_mistakes_add(mistakes, &child->key, stage->label,
                        "key '%s' is given twice; expected each key once", child->name);
      aver_mistakes_suggest(mistakes, "remove this '%s'", child->name);
    } else if (strcmp(child->name, "seconds") == 0) {
      stage->isolation.value.seconds = json_number_value(limit);
      if (!json_is_number(limit) || !(stage->isolation.value.seconds >= 0.001) ||
          stage->isolation.value.seconds > MOST_SECONDS)
        add_wrong(mistakes, stage, child, limit, "a number of seconds from 0.001 to 86400");
    } else if (strcmp(child->name, "memory") == 0) {
      if (!parse_memory(json_string_value(limit), &stage->isolation.value.memory))
        add_wrong(mistakes, stage, child, limit,
                  "a string such as \"512M\" or \"2G\", from 1M to 16T");
    } else {
      g_autofree char *hint = aver_mistakes_hint(child->name, keys, "");
      aver_mistakes_add(mistakes, &child->key, stage->label, "unknown key '%s'%s", child->name,
                        hint);
    }
  }
}

static void read_isolate(AverMistakes *mistakes, AverConfigStage *stage, const json_t *value,
                         const AverPlace *place)
{
  stage->isolate_position = place->value;
  stage->isolation.has_isolate = TRUE;
  stage->isolation.value.wanted = !json_is_false(value);
  if (json_is_object(value))
    read_limits(mistakes, stage, value, place);
  else if (!json_is_boolean(value))
    add_wrong(mistakes, stage, place, value,
              "true, false or {\"seconds\": 10, \"memory\": \"512M\"}");
}

static void read_sandbox(AverMistakes *mistakes, AverConfigStage *stage, const json_t *value,
                         const AverPlace *place)
{
  stage->sandbox_position = place->value;
  stage->isolation.has_sandbox = TRUE;
  if (json_is_boolean(value))
    stage->isolation.value.sandbox = json_is_true(value) ? AVER_SANDBOX_YES : AVER_SANDBOX_NO;
  else if (g_strcmp0(json_string_value(value), "when-available") == 0)
    stage->isolation.value.sandbox = AVER_SANDBOX_WHEN_AVAILABLE;
  else
    add_wrong(mistakes, stage, place, value, "true, false or \"when-available\"");
}

void aver_config_read_isolate(AverMistakes *mistakes, AverConfigStage *stage, const json_t *object,
                              const AverPlace *place)
{
  const json_t *isolate = json_object_get(object, "isolate");
  const json_t *sandbox = json_object_get(object, "sandbox");
  stage->isolation.value =
      (AverIsolation){.seconds = AVER_ISOLATE_SECONDS, .memory = AVER_ISOLATE_MEMORY};
  if (isolate != NULL)
    read_isolate(mistakes, stage, isolate, aver_place_member(place, "isolate"));
  if (sandbox != NULL)
    read_sandbox(mistakes, stage, sandbox, aver_place_member(place, "sandbox"));
}
