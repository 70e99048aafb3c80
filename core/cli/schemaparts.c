/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the JSON Schema that do not depend on the plugins, and those of their options. */
#include "plugins.h"
#include "schema.h"

#include <string.h>

/* docs/pipeline-file.md, as a schema. What names plugins is filled in. */
static const char skeleton[] =
    "{'$schema': 'https://json-schema.org/draft/2020-12/schema',"
    " 'title': 'Aver pipeline file', 'type': 'object', 'required': ['version', 'stages'],"
    " 'additionalProperties': false,"
    " 'properties': {"
    "  '$schema': {'type': 'string'},"
    "  'version': {'const': 1, 'description': 'the version of the format'},"
    "  'description': {'type': 'string', 'description': 'what the pipeline gives, for people'},"
    "  'environment': {'description': 'the variables of the environment that the file may use',"
    "   'type': 'array', 'items': {'type': 'string', 'pattern': '^[A-Za-z_][A-Za-z0-9_]*$'}},"
    "  'stages': {'description': 'a reader, annotators and writers, a writer',"
    "   'type': 'array', 'minItems': 1, 'maxItems': 256, 'items': {'$ref': '#/$defs/stage'}}},"
    " '$defs': {"
    "  'plugin': {'type': 'string'},"
    "  'file': {'type': 'string', 'minLength': 1},"
    "  'final': {'anyOf': [{'enum': ['skip', 'stop']}, {'type': 'object',"
    "   'required': ['dead-letter'], 'additionalProperties': false,"
    "   'properties': {'dead-letter': {'$ref': '#/$defs/file'}}}]},"
    "  'policy': {'description': 'what becomes of documents that fail in this stage',"
    "   'anyOf': [{'$ref': '#/$defs/final'}, {'type': 'object', 'required': ['retry'],"
    "   'additionalProperties': false, 'properties': {"
    "    'retry': {'type': 'integer', 'minimum': 1, 'maximum': 100},"
    "    'backoff': {'type': 'number', 'minimum': 0, 'maximum': 3600, 'default': 1},"
    "    'then': {'$ref': '#/$defs/final'}}}]},"
    "  'isolation': {'description': 'whether the stage runs in a process of its own',"
    "   'anyOf': [{'type': 'boolean'}, {'type': 'object', 'additionalProperties': false,"
    "   'properties': {"
    "    'seconds': {'type': 'number', 'minimum': 0.001, 'maximum': 86400, 'default': 10},"
    "    'memory': {'type': 'string', 'pattern': '^[0-9]+[KMGT]$', 'default': '512M'}}}]},"
    "  'sandbox': {'description': 'whether that process has no rights',"
    "   'enum': [true, false, 'when-available']},"
    "  'with_output': {'description': 'the writer to use instead with -o',"
    "   'anyOf': [{'$ref': '#/$defs/plugin'}, {'type': 'object', 'required': ['plugin'],"
    "    'additionalProperties': false, 'allOf': [], 'properties': {"
    "    'plugin': {'$ref': '#/$defs/plugin'}, 'options': {'type': 'object'}}}]},"
    "  'stage': {'anyOf': [{'$ref': '#/$defs/plugin'}, {'type': 'object', 'required': ['plugin'],"
    "   'additionalProperties': false, 'allOf': [], 'properties': {"
    "    'plugin': {'$ref': '#/$defs/plugin'},"
    "    'name': {'type': 'string', 'pattern': '^[A-Za-z0-9_-]+$',"
    "     'description': 'what messages and --set call the stage'},"
    "    'options': {'type': 'object'},"
    "    'when': {'type': 'string', 'minLength': 1,"
    "     'description': 'a condition: other documents pass the stage over'},"
    "    'on_error': {'$ref': '#/$defs/policy'},"
    "    'isolate': {'$ref': '#/$defs/isolation'},"
    "    'sandbox': {'$ref': '#/$defs/sandbox'},"
    "    'output': {'$ref': '#/$defs/file', 'description': 'where a writer writes'},"
    "    'with_output': {'$ref': '#/$defs/with_output'}}}]}}}";

json_t *schema_new(void)
{
  g_autofree char *text = g_strdelimit(g_strdup(skeleton), "'", '"');
  return json_loads(text, 0, NULL);
}

static const char *type_of(const AverOption *option)
{
  switch (option->kind) {
  case AVER_OPTION_BOOLEAN:
    return "boolean";
  case AVER_OPTION_INTEGER:
    return "integer";
  case AVER_OPTION_NUMBER:
    return "number";
  default:
    return "string";
  }
}

/* The values themselves; a string may hold variables, whatever the type. */
static json_t *values_of(const AverOption *option, const json_t *described)
{
  json_t *value = json_pack("{s:s}", "type", type_of(option));
  json_t *choices = json_object_get(described, "choices");
  static const char *const limits[] = {"minimum", "maximum"};
  for (guint i = 0; i < G_N_ELEMENTS(limits); i++)
    if (json_object_get(described, limits[i]) != NULL)
      json_object_set(value, limits[i], json_object_get(described, limits[i]));
  if (choices != NULL)
    json_object_set(value, "enum", choices);
  if (option->kind == AVER_OPTION_EXPRESSION)
    json_object_set_new(value, "minLength", json_integer(1));
  if (option->kind == AVER_OPTION_STRING || option->kind == AVER_OPTION_EXPRESSION)
    return value;
  json_t *variable = json_pack("{s:s, s:s}", "type", "string", "pattern", "\\$\\{");
  return json_pack("{s:[o, o]}", "anyOf", value, variable);
}

static json_t *schema_of_option(const AverOption *option)
{
  json_t *described = describe_option(option);
  json_t *schema = values_of(option, described);
  json_object_set(schema, "description", json_object_get(described, "help"));
  if (option->fallback != NULL)
    json_object_set(schema, "default", json_object_get(described, "default"));
  json_decref(described);
  return schema;
}

static void add_options(json_t *properties, const AverPlugin *plugin, const char *prefix)
{
  for (gsize i = 0; i < plugin->n_options; i++) {
    g_autofree char *joined = g_strconcat(prefix, plugin->options[i].name, NULL);
    g_autofree char *name = g_utf8_make_valid(joined, -1);
    json_object_set_new(properties, name, schema_of_option(&plugin->options[i]));
  }
}

json_t *schema_of_options(AverRegistry *registry, const AverPlugin *plugin)
{
  json_t *properties = json_object();
  add_options(properties, plugin, "");
  for (guint i = 0; plugin->delegates != NULL && plugin->delegates[i] != NULL; i++) {
    const AverPlugin *delegate = aver_registry_find(registry, plugin->delegates[i], NULL);
    g_autofree char *prefix = g_strconcat(plugin->delegates[i], ".", NULL);
    if (delegate != NULL)
      add_options(properties, delegate, prefix);
  }
  return json_pack("{s:s, s:b, s:o}", "type", "object", "additionalProperties", FALSE, "properties",
                   properties);
}
