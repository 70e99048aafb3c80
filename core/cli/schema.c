/* SPDX-License-Identifier: Apache-2.0 */
/* aver schema: prints the JSON Schema of pipeline files for the plugins there are. */
#include "schema.h"

#include "cli.h"

#include <stdio.h>

typedef struct {
  json_t *definitions;
  json_t *names;   /* of all plugins, each with its summary */
  json_t *stages;  /* what holds of a stage of each plugin */
  json_t *writers; /* what holds of a `with_output` */
} Schema;

/* `{"if": the plugin is this one, "then": its options are these, and no others}`. */
static json_t *rule_for(const AverPlugin *plugin, const char *name, gboolean stage)
{
  g_autofree char *reference = g_strconcat("#/$defs/options-", name, NULL);
  json_t *then = json_pack("{s:{s:s}}", "options", "$ref", reference);
  if (stage && plugin->kind == AVER_PLUGIN_READER)
    json_object_set_new(then, "when", json_false());
  if (stage && plugin->kind == AVER_PLUGIN_WRITER) {
    json_object_set_new(then, "isolate", json_pack("{s:b}", "const", FALSE));
    json_object_set_new(then, "sandbox", json_pack("{s:b}", "const", FALSE));
  }
  if (stage && plugin->kind != AVER_PLUGIN_WRITER)
    json_object_set_new(then, "output", json_false());
  return json_pack("{s:{s:{s:{s:s}}, s:[s]}, s:{s:o}}", "if", "properties", "plugin", "const", name,
                   "required", "plugin", "then", "properties", then);
}

static void add_plugin(Schema *schema, AverRegistry *registry, const AverPlugin *plugin)
{
  g_autofree char *name = g_utf8_make_valid(plugin->name, -1);
  g_autofree char *summary = g_utf8_make_valid(plugin->summary, -1);
  g_autofree char *key = g_strconcat("options-", name, NULL);
  json_object_set_new(schema->definitions, key, schema_of_options(registry, plugin));
  json_array_append_new(schema->names,
                        json_pack("{s:s, s:s}", "const", name, "description", summary));
  json_array_append_new(schema->stages, rule_for(plugin, name, TRUE));
  if (plugin->kind == AVER_PLUGIN_WRITER)
    json_array_append_new(schema->writers, rule_for(plugin, name, FALSE));
}

/* The list `allOf` of the object that `stage` or `with_output` may be. */
static json_t *rules_of(json_t *definitions, const char *name)
{
  json_t *forms = json_object_get(json_object_get(definitions, name), "anyOf");
  return json_object_get(json_array_get(forms, 1), "allOf");
}

static void print_schema(AverRegistry *registry)
{
  json_t *root = schema_new();
  json_t *definitions = json_object_get(root, "$defs");
  Schema schema = {definitions, json_array(), rules_of(definitions, "stage"),
                   rules_of(definitions, "with_output")};
  g_auto(GStrv) names = aver_registry_list(registry);
  for (guint i = 0; names[i] != NULL; i++) {
    const AverPlugin *plugin = aver_registry_find(registry, names[i], NULL);
    if (plugin != NULL)
      add_plugin(&schema, registry, plugin);
  }
  json_object_set_new(json_object_get(definitions, "plugin"), "oneOf", schema.names);
  json_dumpf(root, stdout, JSON_SORT_KEYS | JSON_INDENT(2) | JSON_REAL_PRECISION(15));
  fputc('\n', stdout);
  json_decref(root);
}

ExitCode command_schema(const Command *command, char **arguments)
{
  g_auto(GStrv) folders = NULL, rest = NULL;
  const GOptionEntry entries[] = {PLUGIN_DIR_ENTRY(folders), G_OPTION_ENTRY_NULL};
  ExitCode code = EXIT_OK;
  if (!parse_arguments(command, entries, arguments, &rest, &code))
    return code;
  if (rest != NULL) {
    print_usage_error(command, "'%s'; expected no arguments", rest[0]);
    return EXIT_USAGE;
  }
  g_autoptr(AverRegistry) registry = open_registry(folders);
  if (registry == NULL)
    return EXIT_USAGE;
  print_schema(registry);
  return EXIT_OK;
}
