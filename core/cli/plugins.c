/* SPDX-License-Identifier: Apache-2.0 */
/* aver plugins: lists the plugins there are, or tells all about one. */
#include "plugins.h"

#include "cli.h"

#include <stdio.h>
#include <string.h>

static void print_json(json_t *value)
{
  json_dumpf(value, stdout, JSON_SORT_KEYS | JSON_INDENT(2) | JSON_REAL_PRECISION(15));
  fputc('\n', stdout);
  json_decref(value);
}

static json_t *describe_unusable(AverRegistry *registry, const char *name, const char *message)
{
  g_autofree char *reason = g_utf8_make_valid(message, -1);
  json_t *object = json_pack("{s:s, s:s}", "name", name, "error", reason);
  const char *missing = aver_registry_get_missing(registry, name);
  if (missing != NULL)
    json_object_set_new(object, "missing", json_string(missing));
  return object;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static void list_json(AverRegistry *registry, char **names)
{
  json_t *array = json_array();
  g_auto(GStrv) left_out = aver_registry_list_left_out(registry);
  g_autoptr(GPtrArray) all = g_ptr_array_new();
  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add(all, names[i]);
  for (guint i = 0; left_out[i] != NULL; i++)
    g_ptr_array_add(all, left_out[i]);
  g_ptr_array_sort(all, compare_names);
  for (guint i = 0; i < all->len; i++) {
    const char *name = g_ptr_array_index(all, i);
    g_autoptr(GError) error = NULL;
    const AverPlugin *plugin = aver_registry_find(registry, name, &error);
    json_array_append_new(array, plugin != NULL
                                     ? describe_plugin(registry, plugin)
                                     : describe_unusable(registry, name, error->message));
  }
  print_json(array);
}

/* What can be done with a plugin beside running it, behind its summary. */
static const char *list_talents(const AverPlugin *plugin)
{
  if (plugin->train != NULL)
    return plugin->explain != NULL ? " [train, explain]" : " [train]";
  return plugin->explain != NULL ? " [explain]" : "";
}

static void list_text(AverRegistry *registry, char **names)
{
  gsize width = strlen("NAME");
  for (guint i = 0; names[i] != NULL; i++)
    width = MAX(width, strlen(names[i]));
  g_autoptr(GString) broken = g_string_new(NULL);
  printf("%-*s  %-9s  %-7s  %s\n", (int) width, "NAME", "KIND", "VERSION", "SUMMARY");
  for (guint i = 0; names[i] != NULL; i++) {
    g_autoptr(GError) error = NULL;
    const AverPlugin *plugin = aver_registry_find(registry, names[i], &error);
    if (plugin == NULL)
      g_string_append_printf(broken, "%-*s  %s\n", (int) width, names[i], error->message);
    else
      printf("%-*s  %-9s  %-7s  %s%s\n", (int) width, plugin->name, kind_word(plugin->kind),
             plugin->version, plugin->summary, list_talents(plugin));
  }
  if (broken->len > 0)
    printf("\nCannot be used:\n%s", broken->str);
  g_auto(GStrv) left_out = aver_registry_list_left_out(registry);
  if (left_out[0] != NULL)
    printf("\nNot built, for want of a library:\n");
  for (guint i = 0; left_out[i] != NULL; i++)
    printf("%-*s  %s\n", (int) width, left_out[i],
           aver_registry_get_missing(registry, left_out[i]));
}

static void print_option(const AverOption *option)
{
  char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];
  printf("  %s  %s", option->name, option_word(option->kind));
  if (option->kind == AVER_OPTION_CHOICE) {
    g_autofree char *choices = g_strjoinv(", ", (char **) option->choices);
    printf(" of %s", choices);
  }
  if (option->minimum != 0 || option->maximum != 0)
    printf(" from %s to %s", g_ascii_formatd(low, sizeof low, "%.15g", option->minimum),
           g_ascii_formatd(high, sizeof high, "%.15g", option->maximum));
  if (option->fallback == NULL)
    printf("; not set by default\n");
  else
    printf("; default %s%s%s\n", option->kind == AVER_OPTION_STRING ? "\"" : "", option->fallback,
           option->kind == AVER_OPTION_STRING ? "\"" : "");
  printf("      %s\n", option->help);
}

static void print_column(const AverColumnType *column)
{
  printf("      %s  %s", column->name, column_word(column->kind));
  if (column->names != NULL) {
    g_autofree char *names = g_strjoinv(", ", (char **) column->names);
    printf(" of %s", names);
  }
  if (column->target != NULL)
    printf(" to %s", column->target);
  printf("%s%s\n", column->summary == NULL ? "" : ": ",
         column->summary == NULL ? "" : column->summary);
}

static void print_layers(const char *title, const AverLayerType *const *layers)
{
  if (layers == NULL || layers[0] == NULL)
    return;
  printf("\n%s:\n", title);
  for (guint i = 0; layers[i] != NULL; i++) {
    printf("  %s%s%s\n", layers[i]->name, layers[i]->summary == NULL ? "" : ": ",
           layers[i]->summary == NULL ? "" : layers[i]->summary);
    for (guint32 k = 0; k < layers[i]->n_columns; k++)
      print_column(&layers[i]->columns[k]);
  }
}

static void print_delegates(AverRegistry *registry, const AverPlugin *plugin)
{
  for (guint i = 0; plugin->delegates != NULL && plugin->delegates[i] != NULL; i++) {
    g_autoptr(GError) error = NULL;
    gboolean there = aver_registry_find(registry, plugin->delegates[i], &error) != NULL;
    printf("%s  %s%s%s\n", i == 0 ? "\nReaders that files are handed to:\n" : "",
           plugin->delegates[i], there ? "" : ": ", there ? "" : error->message);
  }
}

/* How it runs unless a pipeline file says otherwise. */
static void print_place(const AverPlugin *plugin)
{
  if ((plugin->flags & AVER_PLUGIN_SANDBOX) != 0)
    printf("runs in a sandbox\n");
  else if ((plugin->flags & AVER_PLUGIN_ISOLATE) != 0)
    printf("runs isolated\n");
  for (guint i = 0; plugin->resources != NULL && plugin->resources[i] != NULL; i++)
    printf("%s%s", i == 0 ? "in a sandbox, may read " : ", ", plugin->resources[i]);
  if (plugin->resources != NULL && plugin->resources[0] != NULL)
    putchar('\n');
}

static void print_plugin(AverRegistry *registry, const AverPlugin *plugin)
{
  printf("%s %s, %s%s\n%s\nin %s\n", plugin->name, plugin->version, kind_word(plugin->kind),
         (plugin->flags & AVER_PLUGIN_SERIAL) != 0 ? " (one document at a time)" : "",
         plugin->summary, aver_registry_get_folder_of(registry, plugin));
  print_place(plugin);
  if (plugin->train != NULL)
    printf("can be trained: aver train %s DATA... -o MODEL\n", plugin->name);
  if (plugin->explain != NULL)
    printf("can explain its rows\n");
  printf("\nOptions%s\n", plugin->n_options == 0 ? ": none" : ":");
  for (gsize i = 0; i < plugin->n_options; i++)
    print_option(&plugin->options[i]);
  print_delegates(registry, plugin);
  print_layers("Layers needed", plugin->needs);
  print_layers("Layers used when they are there", plugin->uses);
  print_layers("Layers provided", plugin->provides);
}

static ExitCode show(const Command *command, AverRegistry *registry, char **names, const char *name,
                     gboolean json)
{
  const char *const *known = (const char *const *) names;
  if (!g_strv_contains(known, name) && aver_registry_get_missing(registry, name) == NULL) {
    const char *nearest = aver_nearest_name(name, known);
    if (nearest != NULL)
      print_usage_error(command, "no plugin '%s'; did you mean '%s'?", name, nearest);
    else
      print_usage_error(command, "no plugin '%s'; expected one that 'aver plugins' lists", name);
    return EXIT_USAGE;
  }
  g_autoptr(GError) error = NULL;
  const AverPlugin *plugin = aver_registry_find(registry, name, &error);
  if (plugin == NULL) {
    print_message(error->message);
    return EXIT_USAGE;
  }
  if (json)
    print_json(describe_plugin(registry, plugin));
  else
    print_plugin(registry, plugin);
  return EXIT_OK;
}

ExitCode command_plugins(const Command *command, char **arguments)
{
  g_auto(GStrv) folders = NULL, rest = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, "Print JSON, with all details", NULL},
      PLUGIN_DIR_ENTRY(folders),
      G_OPTION_ENTRY_NULL};
  ExitCode code = EXIT_OK;
  if (!parse_arguments(command, entries, arguments, &rest, &code))
    return code;
  if (rest != NULL && rest[1] != NULL) {
    print_usage_error(command, "%u names; expected one at most", g_strv_length(rest));
    return EXIT_USAGE;
  }
  g_autoptr(AverRegistry) registry = open_registry(folders);
  if (registry == NULL)
    return EXIT_USAGE;
  g_auto(GStrv) names = aver_registry_list(registry);
  if (rest != NULL)
    return show(command, registry, names, rest[0], json);
  if (json)
    list_json(registry, names);
  else
    list_text(registry, names);
  return EXIT_OK;
}
