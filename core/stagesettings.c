/* SPDX-License-Identifier: Apache-2.0 */
/* What a stage can say of its pipeline's file, and of the options that earlier stages were given.
 */
#include "stage.h"

#include <string.h>

const char *aver_stage_get_pipeline_file(const AverStage *stage)
{
  g_return_val_if_fail(stage != NULL, NULL);
  return stage->pipeline_file;
}

/* As it would be typed; free with g_free(). */
static char *format_value(const AverOption *option, const AverOptionValue *value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  switch (option->kind) {
  case AVER_OPTION_BOOLEAN:
    return g_strdup(value->integer != 0 ? "true" : "false");
  case AVER_OPTION_INTEGER:
    return g_strdup_printf("%" G_GINT64_FORMAT, value->integer);
  case AVER_OPTION_NUMBER:
    return g_strdup(g_ascii_formatd(number, sizeof number, "%.15g", value->number));
  default:
    return g_strdup(value->string);
  }
}

/* Both as values, so that 0.50 is 0.5. */
static gboolean is_fallback(const AverStage *stage, gsize i)
{
  g_autoptr(AverStage) plain = aver_stage_new(stage->plugin, stage->name, stage->folder);
  const AverOption *option = &stage->plugin->options[i];
  g_autofree char *value = format_value(option, &stage->values[i]);
  g_autofree char *fallback = format_value(option, &plain->values[i]);
  return g_strcmp0(value, fallback) == 0;
}

char **aver_stage_list_settings(const AverStage *stage, guint index)
{
  g_return_val_if_fail(stage != NULL, NULL);
  g_autoptr(GStrvBuilder) settings = g_strv_builder_new();
  if (stage->pipeline == NULL || index >= stage->pipeline->len)
    return g_strv_builder_end(settings);
  const AverStage *other = g_ptr_array_index(stage->pipeline, index);
  for (gsize i = 0; i < other->plugin->n_options; i++) {
    const AverOption *option = &other->plugin->options[i];
    if (is_fallback(other, i))
      continue;
    gboolean secret = option->kind == AVER_OPTION_STRING;
    g_autofree char *value = secret ? g_strdup("…") : format_value(option, &other->values[i]);
    g_autofree char *setting = g_strdup_printf("%s=%s", option->name, value);
    g_strv_builder_add(settings, setting);
  }
  return g_strv_builder_end(settings);
}
