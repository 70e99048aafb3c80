/* SPDX-License-Identifier: Apache-2.0 */
/* The stages of a pipeline file as they were written. */
#include "configreading.h"

static const char *const stage_keys[] = {"plugin",  "name",    "options", "when",        "on_error",
                                         "isolate", "sandbox", "output",  "with_output", NULL};
static const char *const output_keys[] = {"plugin", "options", NULL};

static void option_free(gpointer data)
{
  AverConfigOption *option = data;
  g_free(option->name);
  g_free(option->raw);
  json_decref(option->value);
  g_free(option);
}

static AverConfigStage *stage_new(void)
{
  AverConfigStage *stage = g_new0(AverConfigStage, 1);
  stage->options = g_ptr_array_new_with_free_func(option_free);
  return stage;
}

AverConfigStage *aver_config_stage_new(const char *plugin, const char *argument)
{
  AverConfigStage *stage = stage_new();
  stage->plugin = g_strdup(plugin);
  stage->name = g_strdup(plugin);
  stage->label = g_strdup_printf("stage '%s'", plugin);
  stage->position.argument = argument;
  stage->name_position.argument = argument;
  return stage;
}

void aver_config_stage_free(AverConfigStage *stage)
{
  if (stage == NULL)
    return;
  g_free(stage->plugin);
  g_free(stage->name);
  g_free(stage->label);
  g_ptr_array_unref(stage->options);
  g_free(stage->dead_letter);
  g_free(stage->when);
  g_free(stage->when_raw);
  g_free(stage->output);
  aver_config_stage_free(stage->with_output);
  g_free(stage);
}

/* Puts the values of variables into a string. */
static void expand_option(AverReading *reading, const AverConfigStage *stage,
                          AverConfigOption *option, const AverPlace *place)
{
  const char *text = json_string_value(option->value);
  g_autofree char *expanded =
      text == NULL ? NULL : aver_reading_expand(reading, place, stage->label, text);
  if (expanded == NULL)
    return;
  json_decref(option->value);
  option->value = json_string(expanded);
  option->expanded = TRUE;
}

static void read_options(AverReading *reading, AverConfigStage *stage, const json_t *object,
                         const AverPlace *place)
{
  const json_t *options = json_object_get(object, "options");
  if (options == NULL)
    return;
  place = aver_place_member(place, "options");
  if (!json_is_object(options)) {
    aver_reading_add_wrong(reading, place, stage->label, "options", options,
                           "an object of option names and values");
    return;
  }
  aver_reading_check_keys(reading, place, stage->label, NULL);
  for (guint i = 0; i < place->children->len; i++) {
    const AverPlace *child = g_ptr_array_index(place->children, i);
    if (aver_place_member(place, child->name) != child)
      continue;
    AverConfigOption *option = g_new0(AverConfigOption, 1);
    option->name = g_strdup(child->name);
    option->name_position = child->key;
    option->value = json_incref(json_object_get(options, child->name));
    option->value_position = child->value;
    option->raw = g_strdup(child->raw);
    expand_option(reading, stage, option, child);
    g_ptr_array_add(stage->options, option);
  }
}

static void read_plugin(AverReading *reading, AverConfigStage *stage, const json_t *object,
                        const AverPlace *place)
{
  const json_t *plugin = json_object_get(object, "plugin");
  if (plugin == NULL) {
    if (!aver_reading_is_misspelt(place, "plugin", stage_keys)) {
      aver_mistakes_add(reading->mistakes, &place->value, stage->label,
                        "no 'plugin'; expected the name of a plugin");
      aver_mistakes_suggest(reading->mistakes, "add \"plugin\": \"NAME\"");
    }
  } else if (!json_is_string(plugin) || json_string_length(plugin) == 0) {
    aver_reading_add_wrong(reading, aver_place_member(place, "plugin"), stage->label, "plugin",
                           plugin, "the name of a plugin");
  } else {
    stage->plugin = g_strdup(json_string_value(plugin));
    stage->position = aver_place_member(place, "plugin")->value;
  }
}

/* Letters, digits, hyphens and underscores, so that --set can name a stage. */
static gboolean valid_name(const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum(*p) && *p != '-' && *p != '_')
      return FALSE;
  return name[0] != '\0';
}

static const char *name_of(const json_t *value)
{
  if (json_is_string(value))
    return json_string_value(value);
  const char *name = json_string_value(json_object_get(value, "name"));
  return name != NULL ? name : json_string_value(json_object_get(value, "plugin"));
}

/* What messages call a stage, which has to be known before it is read. */
static char *label_of(const json_t *value, gsize index)
{
  const char *name = name_of(value);
  if (name == NULL || name[0] == '\0')
    return g_strdup_printf("stage %" G_GSIZE_FORMAT, index + 1);
  return g_strdup_printf("stage '%s'", name);
}

static void read_name(AverReading *reading, AverConfigStage *stage, const json_t *object,
                      const AverPlace *place)
{
  const json_t *name = json_object_get(object, "name");
  stage->name_position = stage->position;
  if (name == NULL) {
    stage->name = g_strdup(stage->plugin);
    return;
  }
  place = aver_place_member(place, "name");
  stage->name_position = place->value;
  if (!json_is_string(name) || !valid_name(json_string_value(name)))
    aver_reading_add_wrong(reading, place, stage->label, "name", name,
                           "letters, digits, hyphens and underscores");
  else
    stage->name = g_strdup(json_string_value(name));
}

static void claim_name(AverReading *reading, const AverConfigStage *stage)
{
  if (stage->name == NULL || g_hash_table_add(reading->names, g_strdup(stage->name)))
    return;
  aver_mistakes_add(reading->mistakes, &stage->name_position, stage->label,
                    "an earlier stage has the same name; expected a 'name' of its own");
  aver_mistakes_suggest(reading->mistakes, "add \"name\": \"%s-2\" to it", stage->name);
}

/* The plugin and the options that a stage and a `with_output` have in common. */
static AverConfigStage *read_stage(AverReading *reading, const json_t *value,
                                   const AverPlace *place, const char *label,
                                   const char *const *keys)
{
  AverConfigStage *stage = stage_new();
  stage->label = g_strdup(label);
  stage->position = place->value;
  stage->name_position = place->value;
  if (json_is_object(value)) {
    aver_reading_check_keys(reading, place, label, keys);
    read_plugin(reading, stage, value, place);
    read_options(reading, stage, value, place);
  } else if (json_is_string(value) && json_string_length(value) > 0) {
    stage->plugin = g_strdup(json_string_value(value));
  } else {
    g_autofree char *shown = aver_config_show(value);
    aver_mistakes_add(reading->mistakes, &place->value, label,
                      "is %s; expected the name of a plugin, or an object with 'plugin'", shown);
  }
  return stage;
}

static void read_with_output(AverReading *reading, AverConfigStage *stage, const json_t *object,
                             const AverPlace *place, gboolean last)
{
  const json_t *value = json_object_get(object, "with_output");
  if (value == NULL)
    return;
  place = aver_place_member(place, "with_output");
  if (!last) {
    aver_mistakes_add(reading->mistakes, &place->key, stage->label,
                      "'with_output' before the last stage; expected it on the writer only");
    aver_mistakes_suggest(reading->mistakes, "move 'with_output' to the last stage");
    return;
  }
  const char *name = name_of(value);
  g_autofree char *label =
      name == NULL ? g_strdup("with_output") : g_strdup_printf("stage '%s'", name);
  stage->with_output = read_stage(reading, value, place, label, output_keys);
  stage->with_output->name = g_strdup(stage->with_output->plugin);
  if (g_strcmp0(stage->with_output->name, stage->name) != 0)
    claim_name(reading, stage->with_output);
}

void aver_reading_take_stages(AverReading *reading, AverConfig *config, const json_t *stages,
                              const AverPlace *place)
{
  gsize n = json_array_size(stages);
  if (n == 0) {
    aver_mistakes_add(reading->mistakes, &place->value, NULL,
                      "no stages; expected a reader, annotators and a writer");
    aver_mistakes_suggest(reading->mistakes, "write [\"auto-reader\", \"jsonl-writer\"]");
  }
  if (n > AVER_CONFIG_MAX_STAGES) {
    aver_mistakes_add(reading->mistakes, &aver_place_element(place, AVER_CONFIG_MAX_STAGES)->value,
                      NULL, "%" G_GSIZE_FORMAT " stages; expected at most %d", n,
                      AVER_CONFIG_MAX_STAGES);
    aver_mistakes_suggest(reading->mistakes, "remove the stages from here on");
  }
  n = MIN(n, AVER_CONFIG_MAX_STAGES);
  for (gsize i = 0; i < n; i++) {
    const json_t *value = json_array_get(stages, i);
    const AverPlace *here = aver_place_element(place, i);
    g_autofree char *label = label_of(value, i);
    AverConfigStage *stage = read_stage(reading, value, here, label, stage_keys);
    g_ptr_array_add(config->stages, stage);
    read_name(reading, stage, value, here);
    claim_name(reading, stage);
    aver_reading_take_policy(reading, stage, value, here);
    aver_reading_take_flow(reading, stage, value, here);
    aver_config_read_isolate(reading->mistakes, stage, value, here);
    read_with_output(reading, stage, value, here, i + 1 == n);
  }
}
