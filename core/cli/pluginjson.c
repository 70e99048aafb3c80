/* SPDX-License-Identifier: Apache-2.0 */
/* A plugin's description as JSON: what `aver plugins --json` prints. */
#include "plugins.h"

#include <string.h>

const char *kind_word(guint kind)
{
  static const char *const words[] = {"?", "reader", "annotator", "writer"};
  return words[kind < G_N_ELEMENTS(words) ? kind : 0];
}

const char *option_word(guint kind)
{
  static const char *const words[] = {"string", "boolean", "integer",
                                      "number", "choice",  "expression"};
  return kind < G_N_ELEMENTS(words) ? words[kind] : "?";
}

const char *column_word(guint kind)
{
  static const char *const words[] = {"i32",    "f32",  "span",  "spans",
                                      "string", "enum", "flags", "ref"};
  return kind < G_N_ELEMENTS(words) ? words[kind] : "?";
}

/* Plugins come from anywhere: what is not UTF-8 is made so. */
static json_t *string(const char *text)
{
  g_autofree char *valid = text == NULL ? NULL : g_utf8_make_valid(text, -1);
  return valid == NULL ? json_null() : json_string(valid);
}

static json_t *strings(const char *const *list)
{
  json_t *array = json_array();
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    json_array_append_new(array, string(list[i]));
  return array;
}

static json_t *number(const AverOption *option, double value)
{
  return option->kind == AVER_OPTION_INTEGER ? json_integer((json_int_t) value) : json_real(value);
}

static json_t *fallback(const AverOption *option)
{
  switch (option->kind) {
  case AVER_OPTION_BOOLEAN:
    return json_boolean(g_strcmp0(option->fallback, "true") == 0);
  case AVER_OPTION_INTEGER:
    return json_integer(g_ascii_strtoll(option->fallback, NULL, 10));
  case AVER_OPTION_NUMBER:
    return json_real(g_ascii_strtod(option->fallback, NULL));
  default:
    return string(option->fallback);
  }
}

json_t *describe_option(const AverOption *option)
{
  json_t *object = json_object();
  json_object_set_new(object, "name", string(option->name));
  json_object_set_new(object, "type", string(option_word(option->kind)));
  json_object_set_new(object, "default", fallback(option));
  json_object_set_new(object, "help", string(option->help));
  if (option->kind == AVER_OPTION_CHOICE)
    json_object_set_new(object, "choices", strings(option->choices));
  if (option->minimum != 0 || option->maximum != 0) {
    json_object_set_new(object, "minimum", number(option, option->minimum));
    json_object_set_new(object, "maximum", number(option, option->maximum));
  }
  return object;
}

static json_t *describe_column(const AverColumnType *column)
{
  json_t *object = json_object();
  json_object_set_new(object, "name", string(column->name));
  json_object_set_new(object, "type", string(column_word(column->kind)));
  json_object_set_new(object, "summary", string(column->summary));
  if (column->names != NULL)
    json_object_set_new(object, "names", strings(column->names));
  if (column->target != NULL)
    json_object_set_new(object, "target", string(column->target));
  return object;
}

static json_t *describe_layers(const AverLayerType *const *layers)
{
  json_t *array = json_array();
  for (guint i = 0; layers != NULL && layers[i] != NULL; i++) {
    json_t *object = json_object(), *columns = json_array();
    json_object_set_new(object, "name", string(layers[i]->name));
    json_object_set_new(object, "summary", string(layers[i]->summary));
    for (guint32 k = 0; k < layers[i]->n_columns; k++)
      json_array_append_new(columns, describe_column(&layers[i]->columns[k]));
    json_object_set_new(object, "columns", columns);
    json_array_append_new(array, object);
  }
  return array;
}

json_t *describe_plugin(AverRegistry *registry, const AverPlugin *plugin)
{
  json_t *object = json_object(), *options = json_array();
  json_object_set_new(object, "name", string(plugin->name));
  json_object_set_new(object, "kind", string(kind_word(plugin->kind)));
  json_object_set_new(object, "version", string(plugin->version));
  json_object_set_new(object, "summary", string(plugin->summary));
  json_object_set_new(object, "folder", string(aver_registry_get_folder_of(registry, plugin)));
  json_object_set_new(object, "serial", json_boolean(plugin->flags & AVER_PLUGIN_SERIAL));
  json_object_set_new(object, "isolated",
                      json_boolean(plugin->flags & (AVER_PLUGIN_ISOLATE | AVER_PLUGIN_SANDBOX)));
  json_object_set_new(object, "sandbox", json_boolean(plugin->flags & AVER_PLUGIN_SANDBOX));
  json_object_set_new(object, "explain", json_boolean(plugin->explain != NULL));
  json_object_set_new(object, "train", json_boolean(plugin->train != NULL));
  for (gsize i = 0; i < plugin->n_options; i++)
    json_array_append_new(options, describe_option(&plugin->options[i]));
  json_object_set_new(object, "options", options);
  json_t *delegates = json_array();
  for (guint i = 0; plugin->delegates != NULL && plugin->delegates[i] != NULL; i++)
    json_array_append_new(delegates, string(plugin->delegates[i]));
  json_object_set_new(object, "delegates", delegates);
  json_t *resources = json_array();
  for (guint i = 0; plugin->resources != NULL && plugin->resources[i] != NULL; i++)
    json_array_append_new(resources, string(plugin->resources[i]));
  json_object_set_new(object, "resources", resources);
  json_object_set_new(object, "needs", describe_layers(plugin->needs));
  json_object_set_new(object, "uses", describe_layers(plugin->uses));
  json_object_set_new(object, "provides", describe_layers(plugin->provides));
  return object;
}
