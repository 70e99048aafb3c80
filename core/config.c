/* SPDX-License-Identifier: Apache-2.0 */
/* The pipeline file as it was written: a plain structure with positions, nothing looked up yet. */
#include "config.h"

#include "configreading.h"
#include "configtext.h"

#include <aver/pipeline.h>

/* Values in messages are cut after this many characters. */
#define SHOWN_CHARACTERS 40

static const char *const root_keys[] = {"version", "description", "environment",
                                        "stages",  "$schema",     NULL};

void aver_config_free(AverConfig *config)
{
  if (config == NULL)
    return;
  g_free(config->description);
  g_ptr_array_unref(config->stages);
  g_free(config);
}

char *aver_config_show(const json_t *value)
{
  switch (json_typeof(value)) {
  case JSON_OBJECT:
    return g_strdup("an object");
  case JSON_ARRAY:
    return g_strdup("a list");
  default:
    break;
  }
  char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
  g_autofree char *shown = g_strdup(text);
  free(text);
  if (g_utf8_strlen(shown, -1) <= SHOWN_CHARACTERS)
    return g_steal_pointer(&shown);
  g_autofree char *start = g_utf8_substring(shown, 0, SHOWN_CHARACTERS);
  return g_strconcat(start, "...", NULL);
}

void aver_reading_add_wrong(AverReading *reading, const AverPlace *place, const char *label,
                            const char *key, const json_t *value, const char *expected)
{
  g_autofree char *shown = aver_config_show(value);
  aver_mistakes_add(reading->mistakes, &place->value, label, "'%s' is %s; expected %s", key, shown,
                    expected);
}

gboolean aver_reading_is_misspelt(const AverPlace *place, const char *key, const char *const *known)
{
  for (guint i = 0; i < place->children->len; i++) {
    const AverPlace *child = g_ptr_array_index(place->children, i);
    if (!g_strv_contains(known, child->name) &&
        g_strcmp0(aver_nearest_name(child->name, known), key) == 0)
      return TRUE;
  }
  return FALSE;
}

void aver_reading_check_keys(AverReading *reading, const AverPlace *place, const char *label,
                             const char *const *known)
{
  for (guint i = 0; i < place->children->len; i++) {
    const AverPlace *child = g_ptr_array_index(place->children, i);
    if (child->again) {
      aver_mistakes_add(reading->mistakes, &child->key, label,
                        "key '%s' is given twice; expected each key once", child->name);
      aver_mistakes_suggest(reading->mistakes, "remove this '%s'", child->name);
    } else if (known != NULL && !g_strv_contains(known, child->name)) {
      g_autofree char *hint = aver_mistakes_hint(child->name, known, "");
      aver_mistakes_add(reading->mistakes, &child->key, label, "unknown key '%s'%s", child->name,
                        hint);
    }
  }
}

static void read_version(AverReading *reading, const json_t *root, const AverPlace *place)
{
  const json_t *version = json_object_get(root, "version");
  if (version == NULL) {
    if (aver_reading_is_misspelt(place, "version", root_keys))
      return;
    aver_mistakes_add(reading->mistakes, &place->value, NULL, "no 'version'; expected 1");
    aver_mistakes_suggest(reading->mistakes, "add \"version\": 1");
  } else if (!json_is_integer(version) || json_integer_value(version) != 1) {
    aver_reading_add_wrong(reading, aver_place_member(place, "version"), NULL, "version", version,
                           "1, the version of the format that this program reads");
    aver_mistakes_suggest(reading->mistakes, "write 1");
  }
}

/* A member of the root that may be missing and is a string. */
static const char *read_string(AverReading *reading, const json_t *root, const AverPlace *place,
                               const char *key)
{
  const json_t *value = json_object_get(root, key);
  if (value != NULL && !json_is_string(value))
    aver_reading_add_wrong(reading, aver_place_member(place, key), NULL, key, value, "a string");
  return json_string_value(value);
}

AverConfig *aver_config_new_from_file(AverMistakes *mistakes)
{
  g_autoptr(AverPlace) place = NULL;
  json_t *root = aver_config_load(mistakes, &place);
  if (root == NULL)
    return NULL;
  g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) environment = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  AverReading reading = {mistakes, names, environment};
  AverConfig *config = NULL;
  if (!json_is_object(root)) {
    g_autofree char *shown = aver_config_show(root);
    aver_mistakes_add(mistakes, &place->value, NULL,
                      "is %s; expected an object with 'version' and 'stages'", shown);
    aver_mistakes_suggest(mistakes, "put it into {\"version\": 1, \"stages\": ...}");
    json_decref(root);
    return NULL;
  }
  aver_reading_check_keys(&reading, place, NULL, root_keys);
  read_version(&reading, root, place);
  read_string(&reading, root, place, "$schema");
  aver_reading_take_environment(&reading, root, place);
  const char *description = read_string(&reading, root, place, "description");
  const json_t *stages = json_object_get(root, "stages");
  if (stages == NULL) {
    if (!aver_reading_is_misspelt(place, "stages", root_keys)) {
      aver_mistakes_add(mistakes, &place->value, NULL, "no 'stages'; expected a list of stages");
      aver_mistakes_suggest(mistakes, "add \"stages\": [\"auto-reader\", \"jsonl-writer\"]");
    }
  } else if (!json_is_array(stages)) {
    aver_reading_add_wrong(&reading, aver_place_member(place, "stages"), NULL, "stages", stages,
                           "a list of stages");
  } else {
    config = g_new0(AverConfig, 1);
    config->description = g_strdup(description);
    config->stages = g_ptr_array_new_with_free_func((GDestroyNotify) aver_config_stage_free);
    config->stages_position = aver_place_member(place, "stages")->value;
    aver_reading_take_stages(&reading, config, stages, aver_place_member(place, "stages"));
  }
  json_decref(root);
  return config;
}
