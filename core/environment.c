/* SPDX-License-Identifier: Apache-2.0 */
/* Variables of the environment in a pipeline file: those it lists, where it says ${NAME}. */
#include "configreading.h"

#include <aver/pipeline.h>
#include <string.h>

static gboolean is_variable(const char *name)
{
  if (!g_ascii_isalpha(name[0]) && name[0] != '_')
    return FALSE;
  while (g_ascii_isalnum(*name) || *name == '_')
    name++;
  return *name == '\0';
}

void aver_reading_take_environment(AverReading *reading, const json_t *root, const AverPlace *place)
{
  const json_t *list = json_object_get(root, "environment");
  if (list == NULL)
    return;
  place = aver_place_member(place, "environment");
  if (!json_is_array(list)) {
    aver_reading_add_wrong(reading, place, NULL, "environment", list,
                           "a list of names of variables");
    return;
  }
  for (gsize i = 0; i < json_array_size(list); i++) {
    const json_t *name = json_array_get(list, i);
    if (json_is_string(name) && is_variable(json_string_value(name)))
      g_hash_table_add(reading->environment, g_strdup(json_string_value(name)));
    else
      aver_reading_add_wrong(reading, aver_place_element(place, i), NULL, "environment", name,
                             "the name of a variable: letters, digits and underscores");
  }
}

typedef struct {
  AverReading *reading;
  const AverPlace *place;
  const char *label;
  const char *text;
  GString *result;
  gboolean wrong;
} Expansion;

static void add_mistake(Expansion *expansion, const char *at, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static void add_mistake(Expansion *expansion, const char *at, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  AverPosition position = aver_position_in_string(expansion->place->value, expansion->place->raw,
                                                  expansion->text, (gsize) (at - expansion->text));
  aver_mistakes_add(expansion->reading->mistakes, &position, expansion->label, "%s", message);
  expansion->wrong = TRUE;
}

static void append_unlisted(Expansion *expansion, const char *at, const char *name)
{
  g_autofree char **listed =
      (char **) g_hash_table_get_keys_as_array(expansion->reading->environment, NULL);
  const char *nearest = aver_nearest_name(name, (const char *const *) listed);
  if (nearest != NULL)
    add_mistake(expansion, at,
                "the variable '%s' is not listed in 'environment'; did you mean '%s'?", name,
                nearest);
  else
    add_mistake(expansion, at,
                "the variable '%s' is not listed in 'environment'; expected it there, or '$${' for "
                "the characters '${'",
                name);
  if (nearest == NULL)
    aver_mistakes_suggest(expansion->reading->mistakes, "add \"%s\" to 'environment'", name);
}

static void add_unset(Expansion *expansion, const char *at, const char *name)
{
  add_mistake(
      expansion, at,
      "the environment has no variable '%s'; expected a value, or a default: ${%s:-DEFAULT}", name,
      name);
  aver_mistakes_suggest(expansion->reading->mistakes, "write ${%s:-DEFAULT}", name);
}

/* The variable at @at, which is behind `${`; returns what follows its `}`. */
static const char *append_variable(Expansion *expansion, const char *at)
{
  const char *end = strchr(at, '}');
  if (end == NULL) {
    add_mistake(expansion, at - 2, "'${' without '}'; expected ${NAME} or ${NAME:-DEFAULT}");
    aver_mistakes_suggest(expansion->reading->mistakes, "add '}'");
    return at + strlen(at);
  }
  g_autofree char *inside = g_strndup(at, (gsize) (end - at));
  char *fallback = strstr(inside, ":-");
  if (fallback != NULL) {
    *fallback = '\0';
    fallback += 2;
  }
  const char *value = g_getenv(inside);
  if (fallback != NULL && (value == NULL || *value == '\0'))
    value = fallback;
  if (!is_variable(inside))
    add_mistake(expansion, at - 2,
                "'${%s}' names no variable; expected ${NAME} or ${NAME:-DEFAULT}", inside);
  else if (!g_hash_table_contains(expansion->reading->environment, inside))
    append_unlisted(expansion, at - 2, inside);
  else if (value == NULL)
    add_unset(expansion, at - 2, inside);
  else if (!g_utf8_validate(value, -1, NULL))
    add_mistake(expansion, at - 2, "the variable '%s' is not valid UTF-8", inside);
  else
    g_string_append(expansion->result, value);
  return end + 1;
}

char *aver_reading_expand(AverReading *reading, const AverPlace *place, const char *label,
                          const char *text)
{
  if (strstr(text, "${") == NULL)
    return NULL;
  g_autoptr(GString) result = g_string_new(NULL);
  Expansion expansion = {reading, place, label, text, result, FALSE};
  for (const char *at = text; *at != '\0';) {
    if (g_str_has_prefix(at, "$${")) {
      g_string_append(result, "${");
      at += 3;
    } else if (g_str_has_prefix(at, "${")) {
      at = append_variable(&expansion, at + 2);
    } else {
      g_string_append_c(result, *at++);
    }
  }
  return expansion.wrong ? NULL : g_strdup(result->str);
}
