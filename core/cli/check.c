/* SPDX-License-Identifier: Apache-2.0 */
/* aver check: checks pipeline files without running them. */
#include "cli.h"

#include <stdio.h>

static gboolean check(AverRegistry *registry, const char *path, const AverSettings *settings)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AverPipeline) pipeline = aver_pipeline_new_from_file(registry, path, settings, &error);
  if (pipeline == NULL) {
    fprintf(stderr, "%s\n", error->message);
    return FALSE;
  }
  g_auto(GStrv) stages = aver_pipeline_list_stages(pipeline);
  g_autofree char *chain = g_strjoinv(" -> ", stages);
  g_autofree char *shown = aver_text_make_printable(path, -1);
  printf("%s: ok (%s)\n", shown, chain);
  return TRUE;
}

ExitCode command_check(const Command *command, char **arguments)
{
  g_auto(GStrv) set = NULL, folders = NULL, paths = NULL;
  g_autofree char *reader = NULL, *writer = NULL;
  const GOptionEntry entries[] = {{"reader", 0, 0, G_OPTION_ARG_FILENAME, &reader,
                                   "Check as 'aver run' with this reader", "READER"},
                                  {"writer", 0, 0, G_OPTION_ARG_FILENAME, &writer,
                                   "Check as 'aver run' with this writer", "WRITER"},
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
  for (guint i = 0; paths[i] != NULL; i++)
    if (!check(registry, paths[i], &settings))
      code = EXIT_USAGE;
  return code;
}
