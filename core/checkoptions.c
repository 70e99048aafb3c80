/* SPDX-License-Identifier: Apache-2.0 */
/* The check of options: names, types and ranges, in the file and in `--set`. */
#include "check.h"
#include "delegate.h"

#include <string.h>

/* Where an option is set, for messages: the stage, its label (nullable), the place, and what the
 * file says there (nullable). */
typedef struct {
  AverStage *stage;
  const char *label;
  const AverPosition *position;
  const AverConfigOption *given;
} Setting;

static const AverOption *find_option(AverMistakes *mistakes, const Setting *setting,
                                     const char *name)
{
  const AverOption *option = aver_stage_find_option(setting->stage, name);
  if (option != NULL)
    return option;
  const AverPlugin *plugin = setting->stage->plugin;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (gsize i = 0; i < plugin->n_options; i++)
    g_ptr_array_add(names, (gpointer) plugin->options[i].name);
  g_ptr_array_add(names, NULL);
  g_autofree char *none = g_strdup_printf("plugin '%s' has no options", plugin->name);
  g_autofree char *hint = aver_mistakes_hint(name, (const char *const *) names->pdata, none);
  aver_mistakes_add(mistakes, setting->position, setting->label, "unknown option '%s'%s", name,
                    hint);
  if (plugin->n_options == 0)
    aver_mistakes_suggest(mistakes, "remove '%s'", name);
  return NULL;
}

/* @text is the value where the option may be set from it, @shown the value for the message. */
static void set_option(AverMistakes *mistakes, const Setting *setting, const AverOption *option,
                       const char *text, const char *shown)
{
  if (text != NULL && aver_stage_set_text(setting->stage, option, text, NULL))
    return;
  if (text != NULL && option->kind == AVER_OPTION_EXPRESSION) {
    aver_check_expression(mistakes, setting->label, option, setting->position, setting->given,
                          text);
    return;
  }
  const char *nearest = NULL;
  if (text != NULL && option->kind == AVER_OPTION_CHOICE)
    nearest = aver_nearest_name(text, option->choices);
  g_autofree char *expected = aver_option_describe(option);
  if (nearest != NULL)
    aver_mistakes_add(mistakes, setting->position, setting->label,
                      "option '%s' is %s; did you mean '%s'?", option->name, shown, nearest);
  else
    aver_mistakes_add(mistakes, setting->position, setting->label, "option '%s' is %s; expected %s",
                      option->name, shown, expected);
}

/* The value as it would be typed; NULL when it is not of the option's type. */
static char *text_of(const AverOption *option, const json_t *value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  switch (option->kind) {
  case AVER_OPTION_BOOLEAN:
    return json_is_boolean(value) ? g_strdup(json_is_true(value) ? "true" : "false") : NULL;
  case AVER_OPTION_INTEGER:
    return json_is_integer(value)
               ? g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value))
               : NULL;
  case AVER_OPTION_NUMBER:
    return json_is_number(value)
               ? g_strdup(g_ascii_dtostr(number, sizeof number, json_number_value(value)))
               : NULL;
  default:
    return g_strdup(json_string_value(value));
  }
}

/* The delegate of a stage that goes by a name; NULL when there is none, or after adding why it
 * cannot be had. */
static AverStage *find_delegate(AverMistakes *mistakes, const AverDraft *draft,
                                const AverPosition *position, const char *name, gsize length)
{
  AverDelegates *delegates = draft->stage == NULL ? NULL : draft->stage->delegates;
  g_autoptr(GError) error = NULL;
  guint32 number = aver_delegates_find(delegates, name, length);
  AverStage *stage = number == 0 ? NULL : aver_delegates_load(delegates, number, &error);
  if (error != NULL)
    aver_mistakes_add(mistakes, position, draft->config->label, "plugin '%.*s' cannot be used: %s",
                      (int) length, name, error->message);
  return stage;
}

/* An option in the file, which may be `delegate.option`. */
static const AverOption *find_given(AverMistakes *mistakes, const AverDraft *draft,
                                    Setting *setting, const char *name)
{
  const char *dot = strchr(name, '.');
  gsize length = dot == NULL ? 0 : (gsize) (dot - name);
  if (aver_delegates_find(draft->stage->delegates, name, length) == 0)
    return find_option(mistakes, setting, name);
  setting->stage = find_delegate(mistakes, draft, setting->position, name, length);
  return setting->stage == NULL ? NULL : find_option(mistakes, setting, dot + 1);
}

void aver_check_options(AverMistakes *mistakes, const AverDraft *draft)
{
  for (guint i = 0; i < draft->config->options->len; i++) {
    const AverConfigOption *given = g_ptr_array_index(draft->config->options, i);
    Setting setting = {draft->stage, draft->config->label, &given->name_position, NULL};
    const AverOption *option = find_given(mistakes, draft, &setting, given->name);
    if (option == NULL)
      continue;
    setting.position = &given->value_position;
    setting.given = given;
    g_autofree char *text =
        given->expanded ? g_strdup(json_string_value(given->value)) : text_of(option, given->value);
    g_autofree char *shown = aver_config_show(given->value);
    set_option(mistakes, &setting, option, text, shown);
  }
}

static gboolean has_stage(GPtrArray *drafts, const char *name)
{
  for (guint i = 0; i < drafts->len; i++) {
    const AverDraft *draft = g_ptr_array_index(drafts, i);
    if (g_strcmp0(draft->config->name, name) == 0 ||
        (draft->stage != NULL &&
         aver_delegates_find(draft->stage->delegates, name, strlen(name)) > 0))
      return TRUE;
  }
  return FALSE;
}

static void add_unknown_stage(AverMistakes *mistakes, GPtrArray *drafts,
                              const AverPosition *position, const char *name)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint i = 0; i < drafts->len; i++) {
    const AverDraft *draft = g_ptr_array_index(drafts, i);
    if (draft->config->name != NULL)
      g_ptr_array_add(names, draft->config->name);
    for (guint k = 0; draft->stage != NULL && k < aver_delegates_count(draft->stage); k++)
      g_ptr_array_add(names, (gpointer) draft->stage->plugin->delegates[k]);
  }
  g_ptr_array_add(names, NULL);
  g_autofree char *hint =
      aver_mistakes_hint(name, (const char *const *) names->pdata, "expected a stage's name");
  aver_mistakes_add(mistakes, position, NULL, "no stage '%s'%s", name, hint);
}

void aver_check_set(AverMistakes *mistakes, GPtrArray *drafts, const char *set)
{
  g_autofree char *argument = g_strdup_printf("--set %s", set);
  AverPosition position = {.argument = argument};
  const char *equals = strchr(set, '=');
  const char *dot = equals == NULL ? NULL : memrchr(set, '.', (gsize) (equals - set));
  if (dot == NULL || dot == set || dot + 1 == equals) {
    aver_mistakes_add(mistakes, &position, NULL, "not an option; expected stage.option=value");
    return;
  }
  if (!g_utf8_validate(set, -1, NULL)) {
    aver_mistakes_add(mistakes, &position, NULL, "not UTF-8; expected stage.option=value in UTF-8");
    return;
  }
  g_autofree char *name = g_strndup(set, (gsize) (dot - set));
  g_autofree char *key = g_strndup(dot + 1, (gsize) (equals - dot - 1));
  g_autofree char *shown = g_strdup_printf("'%s'", equals + 1);
  if (!has_stage(drafts, name))
    add_unknown_stage(mistakes, drafts, &position, name);
  for (guint i = 0; i < drafts->len; i++) {
    const AverDraft *draft = g_ptr_array_index(drafts, i);
    AverStage *stage = draft->stage;
    if (stage != NULL && strcmp(stage->name, name) != 0)
      stage = find_delegate(mistakes, draft, &position, name, strlen(name));
    if (stage == NULL)
      continue;
    Setting setting = {stage, draft->config->label, &position, NULL};
    const AverOption *option = find_option(mistakes, &setting, key);
    if (option != NULL)
      set_option(mistakes, &setting, option, equals + 1, shown);
  }
}

void aver_check_set_alone(AverMistakes *mistakes, AverStage *stage, const char *set)
{
  g_autofree char *argument = g_strdup_printf("--set %s", set);
  AverPosition position = {.argument = argument};
  Setting setting = {stage, NULL, &position, NULL};
  const char *equals = strchr(set, '=');
  if (equals == NULL || equals == set || !g_utf8_validate(set, -1, NULL)) {
    aver_mistakes_add(mistakes, &position, NULL, "not an option; expected option=value in UTF-8");
    return;
  }
  g_autofree char *name = g_strndup(set, (gsize) (equals - set));
  g_autofree char *shown = g_strdup_printf("'%s'", equals + 1);
  const AverOption *option = find_option(mistakes, &setting, name);
  if (option != NULL)
    set_option(mistakes, &setting, option, equals + 1, shown);
}
