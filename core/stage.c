/* SPDX-License-Identifier: Apache-2.0 */
/* A stage: a plugin with its options set, at its place in a pipeline. */
#include "stage.h"

#include "delegate.h"
#include "input-private.h"

#include <math.h>
#include <string.h>

const AverOption *aver_stage_find_option(const AverStage *stage, const char *name)
{
  for (gsize i = 0; i < stage->plugin->n_options; i++)
    if (strcmp(stage->plugin->options[i].name, name) == 0)
      return &stage->plugin->options[i];
  return NULL;
}

static gboolean bounded(const AverOption *option)
{
  return option->minimum != 0 || option->maximum != 0;
}

char *aver_option_describe(const AverOption *option)
{
  char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd(low, sizeof low, "%.15g", option->minimum);
  g_ascii_formatd(high, sizeof high, "%.15g", option->maximum);
  switch (option->kind) {
  case AVER_OPTION_STRING:
    return g_strdup("a string");
  case AVER_OPTION_EXPRESSION:
    return g_strdup("a condition");
  case AVER_OPTION_BOOLEAN:
    return g_strdup("true or false");
  case AVER_OPTION_INTEGER:
    return bounded(option) ? g_strdup_printf("a whole number from %s to %s", low, high)
                           : g_strdup("a whole number");
  case AVER_OPTION_NUMBER:
    return bounded(option) ? g_strdup_printf("a number from %s to %s", low, high)
                           : g_strdup("a number");
  case AVER_OPTION_CHOICE: {
    g_autofree char *choices = g_strjoinv(", ", (char **) option->choices);
    return g_strdup_printf("one of %s", choices);
  }
  }
  return g_strdup("a value");
}

static gboolean parse_number(const AverOption *option, const char *text, AverOptionValue *value)
{
  char *end = NULL;
  if (option->kind == AVER_OPTION_INTEGER) {
    if (!g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, &value->integer, NULL))
      return FALSE;
    value->number = (double) value->integer;
  } else {
    value->number = g_ascii_strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(value->number))
      return FALSE;
  }
  return !bounded(option) || (value->number >= option->minimum && value->number <= option->maximum);
}

static gboolean is_expression(const char *text)
{
  g_autoptr(AverExpression) expression = aver_expression_new(text, NULL, NULL);
  return expression != NULL;
}

static gboolean parse(const AverOption *option, const char *text, AverOptionValue *value)
{
  switch (option->kind) {
  case AVER_OPTION_STRING:
    value->string = g_strdup(text);
    return TRUE;
  case AVER_OPTION_BOOLEAN:
    value->integer = strcmp(text, "true") == 0;
    return value->integer != 0 || strcmp(text, "false") == 0;
  case AVER_OPTION_EXPRESSION:
    value->string = is_expression(text) ? g_strdup(text) : NULL;
    return value->string != NULL;
  case AVER_OPTION_CHOICE:
    for (guint i = 0; option->choices[i] != NULL; i++) {
      if (strcmp(option->choices[i], text) == 0) {
        value->integer = i;
        value->string = g_strdup(text);
        return TRUE;
      }
    }
    return FALSE;
  default:
    return parse_number(option, text, value);
  }
}

gboolean aver_option_accepts(const AverOption *option, const char *text)
{
  AverOptionValue value = {0};
  gboolean valid = text == NULL ? option->kind == AVER_OPTION_STRING : parse(option, text, &value);
  g_free(value.string);
  return valid;
}

gboolean aver_stage_set_text(AverStage *stage, const AverOption *option, const char *text,
                             GError **error)
{
  AverOptionValue value = {0};
  if (!parse(option, text, &value)) {
    g_autofree char *expected = aver_option_describe(option);
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "option '%s' is '%s'; expected %s",
                option->name, text, expected);
    return FALSE;
  }
  AverOptionValue *old = &stage->values[option - stage->plugin->options];
  g_free(old->string);
  *old = value;
  return TRUE;
}

AverStage *aver_stage_new(const AverPlugin *plugin, const char *name, const char *folder)
{
  AverStage *stage = g_new0(AverStage, 1);
  stage->plugin = plugin;
  stage->name = g_strdup(name);
  stage->folder = g_strdup(folder);
  stage->max_record = AVER_MAX_RECORD_DEFAULT;
  stage->unpack = (AverUnpackLimits){AVER_UNPACK_BYTES, AVER_UNPACK_RATIO};
  stage->inputs = g_new0(char *, 1);
  stage->layers = (AverStageLayers){plugin->needs, plugin->uses, plugin->provides};
  gboolean sandbox = (plugin->flags & AVER_PLUGIN_SANDBOX) != 0;
  stage->isolation =
      (AverIsolation){sandbox || (plugin->flags & AVER_PLUGIN_ISOLATE) != 0, AVER_ISOLATE_SECONDS,
                      AVER_ISOLATE_MEMORY, sandbox ? AVER_SANDBOX_YES : AVER_SANDBOX_NO};
  stage->values = g_new0(AverOptionValue, MAX(plugin->n_options, 1));
  for (gsize i = 0; i < plugin->n_options; i++) {
    const AverOption *option = &plugin->options[i];
    if (option->fallback != NULL)
      parse(option, option->fallback, &stage->values[i]);
  }
  return stage;
}

char *aver_stage_make_key(const AverStage *stage)
{
  return g_strdup_printf("stage %s", stage->name);
}

AverStage *aver_stage_new_like(const AverStage *stage)
{
  AverStage *copy = aver_stage_new(stage->plugin, stage->name, stage->folder);
  for (gsize i = 0; i < stage->plugin->n_options; i++) {
    g_free(copy->values[i].string);
    copy->values[i] = stage->values[i];
    copy->values[i].string = g_strdup(stage->values[i].string);
  }
  copy->max_record = stage->max_record;
  copy->unpack = stage->unpack;
  return copy;
}

void aver_stage_free(AverStage *stage)
{
  if (stage == NULL)
    return;
  for (gsize i = 0; i < stage->plugin->n_options; i++)
    g_free(stage->values[i].string);
  aver_delegates_free(stage->delegates);
  g_free(stage->values);
  g_free(stage->name);
  g_free(stage->folder);
  g_free(stage->dead_letter);
  aver_expression_free(stage->when);
  g_strfreev(stage->inputs);
  g_free(stage->output);
  g_free(stage->pipeline_file);
  g_clear_pointer(&stage->earlier, g_ptr_array_unref);
  g_clear_pointer(&stage->files, g_ptr_array_unref);
  g_free(stage);
}

void aver_isolation_apply(AverIsolation *isolation, const AverIsolationConfig *config)
{
  AverSandbox sandbox = config->has_sandbox ? config->value.sandbox : isolation->sandbox;
  if (config->has_isolate)
    *isolation = config->value;
  isolation->sandbox = sandbox;
  if (sandbox != AVER_SANDBOX_NO)
    isolation->wanted = TRUE;
}

void aver_stage_tell_layers(GPtrArray *stages)
{
  g_autoptr(GPtrArray) layers = g_ptr_array_new();
  for (guint i = 0; i < stages->len; i++) {
    AverStage *stage = g_ptr_array_index(stages, i);
    const AverLayerType *const *provides = stage->layers.provides;
    stage->pipeline = stages;
    g_clear_pointer(&stage->earlier, g_ptr_array_unref);
    stage->earlier = g_ptr_array_copy(layers, NULL, NULL);
    g_ptr_array_add(stage->earlier, NULL);
    for (guint k = 0; provides != NULL && provides[k] != NULL; k++)
      g_ptr_array_add(layers, (gpointer) provides[k]);
  }
}

static const AverOptionValue *value_of(const AverStage *stage, const char *name, guint kinds)
{
  const AverOption *option = aver_stage_find_option(stage, name);
  if (option == NULL || (kinds >> option->kind & 1) == 0)
    return NULL;
  return &stage->values[option - stage->plugin->options];
}

#define KIND(name) (1u << AVER_OPTION_##name)

const char *aver_stage_get_name(const AverStage *stage)
{
  g_return_val_if_fail(stage != NULL, "");
  return stage->name;
}

const char *aver_stage_get_string(const AverStage *stage, const char *option)
{
  g_return_val_if_fail(stage != NULL && option != NULL, NULL);
  const AverOptionValue *value =
      value_of(stage, option, KIND(STRING) | KIND(CHOICE) | KIND(EXPRESSION));
  g_return_val_if_fail(value != NULL, NULL);
  return value->string;
}

gboolean aver_stage_get_boolean(const AverStage *stage, const char *option)
{
  g_return_val_if_fail(stage != NULL && option != NULL, FALSE);
  const AverOptionValue *value = value_of(stage, option, KIND(BOOLEAN));
  g_return_val_if_fail(value != NULL, FALSE);
  return value->integer != 0;
}

gint64 aver_stage_get_integer(const AverStage *stage, const char *option)
{
  g_return_val_if_fail(stage != NULL && option != NULL, 0);
  const AverOptionValue *value = value_of(stage, option, KIND(INTEGER));
  g_return_val_if_fail(value != NULL, 0);
  return value->integer;
}

double aver_stage_get_number(const AverStage *stage, const char *option)
{
  g_return_val_if_fail(stage != NULL && option != NULL, 0);
  const AverOptionValue *value = value_of(stage, option, KIND(NUMBER));
  g_return_val_if_fail(value != NULL, 0);
  return value->number;
}

char **aver_stage_get_names(const AverStage *stage, const char *option, GError **error)
{
  const char *text = aver_stage_get_string(stage, option);
  if (text == NULL)
    return NULL;
  g_auto(GStrv) names = g_strsplit(text, ",", -1);
  for (char **name = names; *name != NULL; name++) {
    if (*g_strstrip(*name) == '\0') {
      g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                  "option '%s' is '%s'; expected names of %s separated by commas", option, text,
                  option);
      return NULL;
    }
  }
  return g_steal_pointer(&names);
}

guint aver_stage_get_choice(const AverStage *stage, const char *option)
{
  g_return_val_if_fail(stage != NULL && option != NULL, 0);
  const AverOptionValue *value = value_of(stage, option, KIND(CHOICE));
  g_return_val_if_fail(value != NULL, 0);
  return (guint) value->integer;
}

const char *const *aver_stage_get_inputs(const AverStage *stage)
{
  g_return_val_if_fail(stage != NULL, NULL);
  return (const char *const *) stage->inputs;
}

AverInput *aver_stage_open_input(const AverStage *stage)
{
  g_return_val_if_fail(stage != NULL, NULL);
  if (stage->lent != NULL)
    return aver_input_ref(stage->lent);
  gboolean has_match = aver_stage_find_option(stage, "match") != NULL;
  AverInput *input = aver_input_new(aver_stage_get_inputs(stage),
                                    has_match ? aver_stage_get_string(stage, "match") : NULL);
  aver_input_set_limits(input, &stage->unpack);
  if (stage->share != NULL) {
    gboolean splits = (stage->plugin->flags & AVER_PLUGIN_SPLITS) != 0;
    aver_input_set_share(input, stage->share->shard, stage->share->n_shards,
                         splits ? AVER_SHARE_LINES : AVER_SHARE_WHOLE);
    stage->share->input = input;
  }
  return input;
}

const char *aver_stage_get_output(const AverStage *stage)
{
  g_return_val_if_fail(stage != NULL, NULL);
  return stage->output;
}

gboolean aver_stage_is_live(const AverStage *stage)
{
  g_return_val_if_fail(stage != NULL, FALSE);
  return stage->live;
}

gsize aver_stage_get_max_record(const AverStage *stage)
{
  g_return_val_if_fail(stage != NULL, 0);
  return stage->max_record;
}

const char *aver_stage_get_folder(const AverStage *stage)
{
  g_return_val_if_fail(stage != NULL, "");
  return stage->folder;
}

const AverLayerType *const *aver_stage_get_layers(const AverStage *stage)
{
  static const AverLayerType *const none[] = {NULL};
  g_return_val_if_fail(stage != NULL, none);
  return stage->earlier == NULL ? none : (const AverLayerType *const *) stage->earlier->pdata;
}

gboolean aver_stage_get_earlier(const AverStage *stage, guint index, AverStageFacts *facts)
{
  static const char *const none[] = {NULL};
  g_return_val_if_fail(stage != NULL && facts != NULL, FALSE);
  if (stage->pipeline == NULL || index >= stage->pipeline->len)
    return FALSE;
  const AverStage *earlier = g_ptr_array_index(stage->pipeline, index);
  if (earlier == stage)
    return FALSE;
  *facts = (AverStageFacts){
      .name = earlier->name,
      .plugin = earlier->plugin->name,
      .version = earlier->plugin->version,
      .inputs = earlier->inputs == NULL ? none : (const char *const *) earlier->inputs,
  };
  if (earlier->files != NULL) {
    facts->files = (const char *const *) earlier->files->pdata;
    facts->n_files = earlier->files->len;
  }
  return TRUE;
}

void aver_stage_add_file(AverStage *stage, const char *path)
{
  g_return_if_fail(stage != NULL && path != NULL);
  if (stage->files == NULL)
    stage->files = g_ptr_array_new_with_free_func(g_free);
  if (!g_ptr_array_find_with_equal_func(stage->files, path, g_str_equal, NULL))
    g_ptr_array_add(stage->files, g_strdup(path));
}

char *aver_stage_find_model(AverStage *stage, const char *file)
{
  g_return_val_if_fail(stage != NULL && file != NULL, NULL);
  const char *given = aver_stage_get_string(stage, "model");
  char *path = given != NULL && *given != '\0'
                   ? g_strdup(given)
                   : g_build_filename(stage->folder, stage->plugin->name, file, NULL);
  aver_stage_add_file(stage, path);
  return path;
}

gboolean aver_stage_should_stop(const AverStage *stage)
{
  g_return_val_if_fail(stage != NULL, FALSE);
  return stage->halt != NULL && aver_halt_is_wanted(stage->halt);
}
