/* SPDX-License-Identifier: Apache-2.0 */
/* aver check: checks pipeline files without running them. */
#include "cli.h"

#include <jansson.h>
#include <stdio.h>

static void print_mistakes(const json_t *mistakes)
{
  size_t i;
  json_t *mistake;
  json_array_foreach(mistakes, i, mistake)
  {
    const char *suggestion = json_string_value(json_object_get(mistake, "suggestion"));
    fprintf(stderr, "%s\n", json_string_value(json_object_get(mistake, "text")));
    if (suggestion != NULL && !json_is_true(json_object_get(mistake, "told")))
      fprintf(stderr, "  %s\n", suggestion);
  }
}

static void print_stages(const char *path, const json_t *stages)
{
  size_t i;
  json_t *stage;
  g_autofree char *shown = aver_text_make_printable(path, -1);
  printf("%s: ok (", shown);
  json_array_foreach(stages, i, stage)
      printf("%s%s", i > 0 ? " -> " : "", json_string_value(stage));
  printf(")\n");
}

/* Moves the mistakes of one file to those of all. */
static void take_mistakes(json_t *mistakes, json_t *all)
{
  size_t i;
  json_t *mistake;
  json_array_foreach(mistakes, i, mistake)
  {
    json_object_del(mistake, "text");
    json_object_del(mistake, "told");
    json_array_append(all, mistake);
  }
}

static gboolean check(AverRegistry *registry, const char *path, const AverSettings *settings,
                      json_t *all)
{
  g_autofree char *text = aver_pipeline_check(registry, path, settings);
  json_t *found = json_loads(text, 0, NULL);
  json_t *mistakes = json_object_get(found, "mistakes");
  gboolean right = json_array_size(mistakes) == 0;
  if (all != NULL)
    take_mistakes(mistakes, all);
  else if (right)
    print_stages(path, json_object_get(found, "stages"));
  else
    print_mistakes(mistakes);
  json_decref(found);
  return right;
}

ExitCode command_check(const Command *command, char **arguments)
{
  g_auto(GStrv) set = NULL, folders = NULL, paths = NULL;
  g_autofree char *reader = NULL, *writer = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {{"reader", 0, 0, G_OPTION_ARG_FILENAME, &reader,
                                   "Check as 'aver run' with this reader", "READER"},
                                  {"writer", 0, 0, G_OPTION_ARG_FILENAME, &writer,
                                   "Check as 'aver run' with this writer", "WRITER"},
                                  {"json", 0, 0, G_OPTION_ARG_NONE, &json,
                                   "Print the mistakes of all files as a JSON list", NULL},
                                  SET_ENTRY(set),
                                  PLUGIN_DIR_ENTRY(folders),
                                  G_OPTION_ENTRY_NULL};
  ExitCode code = EXIT_OK;
  if (!parse_arguments(command, entries, arguments, &paths, &code))
    return code;
  if (paths == NULL) {
    print_usage_error(command, "no pipeline file; expected at least one");
    return EXIT_USAGE;
  }
  g_autoptr(AverRegistry) registry = open_registry(folders);
  if (registry == NULL)
    return EXIT_USAGE;
  AverSettings settings = {.reader = reader, .writer = writer, .set = (const char *const *) set};
  json_t *all = json ? json_array() : NULL;
  for (guint i = 0; paths[i] != NULL; i++)
    if (!check(registry, paths[i], &settings, all))
      code = EXIT_USAGE;
  if (all != NULL) {
    json_dumpf(all, stdout, JSON_SORT_KEYS | JSON_INDENT(2));
    fputc('\n', stdout);
    json_decref(all);
  }
  return code;
}
