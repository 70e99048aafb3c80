/* SPDX-License-Identifier: Apache-2.0 */
/* The check of conditions: `when`, and options that are expressions. */
#include "check.h"

#include <string.h>

/* One condition and where it stands. */
typedef struct {
  AverMistakes *mistakes;
  const char *label;
  const char *what; /* "'when'", "option 'keep'" */
  const char *text;
  AverPosition position;
  const char *raw;
  gboolean exact; /* bytes of the text can be found in the file */
  const AverLayersThere *there;
} Condition;

static void add_mistake(const Condition *condition, gsize offset, const char *message)
{
  AverPosition position = condition->position;
  if (condition->exact && position.argument == NULL)
    position = aver_position_in_string(position, condition->raw, condition->text, offset);
  else
    offset = g_utf8_pointer_to_offset(condition->text, condition->text + offset);
  if (condition->exact && position.argument == NULL)
    aver_mistakes_add(condition->mistakes, &position, condition->label, "%s: %s", condition->what,
                      message);
  else
    aver_mistakes_add(condition->mistakes, &position, condition->label,
                      "%s, character %" G_GSIZE_FORMAT ": %s", condition->what, offset + 1,
                      message);
}

static AverExpression *parse(const Condition *condition)
{
  g_autoptr(GError) error = NULL;
  gsize offset = 0;
  AverExpression *expression = aver_expression_new(condition->text, &offset, &error);
  if (expression == NULL)
    add_mistake(condition, offset, error->message);
  return expression;
}

AverExpression *aver_check_when(AverMistakes *mistakes, const AverDraft *draft)
{
  const AverConfigStage *config = draft->config;
  Condition condition = {
      mistakes,         config->label, "'when'", config->when, config->when_position,
      config->when_raw, TRUE,          NULL};
  if (config->when == NULL)
    return NULL;
  if (draft->stage->plugin->kind != AVER_PLUGIN_READER)
    return parse(&condition);
  aver_mistakes_add(mistakes, &config->when_position, config->label,
                    "'when' on a reader; expected it on an annotator or a writer");
  aver_mistakes_suggest(mistakes, "move 'when' to the stage behind it");
  return NULL;
}

void aver_check_expression(AverMistakes *mistakes, const char *label, const AverOption *option,
                           const AverPosition *position, const AverConfigOption *given,
                           const char *text)
{
  g_autofree char *what = g_strdup_printf("option '%s'", option->name);
  Condition condition = {mistakes, label, what, text, *position, NULL, FALSE, NULL};
  if (given != NULL) {
    condition.raw = given->raw;
    condition.exact = !given->expanded;
  }
  aver_expression_free(parse(&condition));
}

static void check_mention(const char *layer, gsize offset, gpointer data)
{
  const Condition *condition = data;
  const AverLayersThere *there = condition->there;
  if (there->any || there->find(layer, there->data) != NULL)
    return;
  g_autofree char *hint = there->hint(layer, there->data);
  g_autofree char *message =
      g_strdup_printf("no earlier stage provides the layer '%s'%s", layer, hint);
  add_mistake(condition, offset, message);
}

static void check_layers(Condition *condition, const AverExpression *expression)
{
  g_autoptr(GError) error = NULL;
  gsize offset = 0;
  aver_expression_foreach_layer(expression, check_mention, condition);
  if (!aver_expression_check(expression, condition->there->find, condition->there->data, &offset,
                             &error))
    add_mistake(condition, offset, error->message);
}

/* What the file gives for an option, if that is what the stage has. */
static const AverConfigOption *given_for(const AverDraft *draft, const AverOption *option,
                                         const char *text)
{
  for (guint i = 0; i < draft->config->options->len; i++) {
    const AverConfigOption *given = g_ptr_array_index(draft->config->options, i);
    if (strcmp(given->name, option->name) == 0 &&
        g_strcmp0(json_string_value(given->value), text) == 0)
      return given;
  }
  return NULL;
}

void aver_check_conditions(AverMistakes *mistakes, const AverDraft *draft,
                           const AverLayersThere *there)
{
  const AverPlugin *plugin = draft->stage->plugin;
  if (draft->stage->when != NULL) {
    const AverConfigStage *config = draft->config;
    Condition condition = {
        mistakes,         config->label, "'when'", config->when, config->when_position,
        config->when_raw, TRUE,          there};
    check_layers(&condition, draft->stage->when);
  }
  for (gsize i = 0; i < plugin->n_options; i++) {
    const char *text = draft->stage->values[i].string;
    if (plugin->options[i].kind != AVER_OPTION_EXPRESSION || text == NULL)
      continue;
    const AverConfigOption *given = given_for(draft, &plugin->options[i], text);
    AverPosition argument = {.argument = "--set"};
    g_autofree char *what = g_strdup_printf("option '%s'", plugin->options[i].name);
    Condition condition = {mistakes, draft->config->label, what, text, argument, NULL, FALSE,
                           there};
    if (given != NULL) {
      condition.position = given->value_position;
      condition.raw = given->raw;
      condition.exact = !given->expanded;
    }
    g_autoptr(AverExpression) expression = aver_expression_new(text, NULL, NULL);
    if (expression != NULL)
      check_layers(&condition, expression);
  }
}
