/* SPDX-License-Identifier: Apache-2.0 */
/* aver merge: writes what one run would have written, from the shards of a job. */
#include "log.h"
#include "progress.h"
#include "runarguments.h"
#include "signals.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  char **folders;
  char *output;
  gboolean quiet;
} MergeArguments;

static void clear_arguments(MergeArguments *arguments)
{
  g_strfreev(arguments->folders);
  g_free(arguments->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MergeArguments, clear_arguments)

static gboolean parse(const Command *command, char **arguments, MergeArguments *parsed,
                      ExitCode *code)
{
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &parsed->output,
       "Write to OUT (default: what the shards were given)", "OUT"},
      {"quiet", 'q', 0, G_OPTION_ARG_NONE, &parsed->quiet, "Show no summary", NULL},
      G_OPTION_ENTRY_NULL};
  if (!parse_arguments(command, entries, arguments, &parsed->folders, code))
    return FALSE;
  *code = EXIT_USAGE;
  if (parsed->folders == NULL || parsed->folders[1] != NULL) {
    print_usage_error(command, "expected one DIR");
    return FALSE;
  }
  return TRUE;
}

/* A path that means the same from another folder. */
static char *whole_path(const char *path)
{
  gboolean slash = path != NULL && g_str_has_suffix(path, "/");
  if (path == NULL || strcmp(path, "-") == 0)
    return g_strdup(path);
  g_autofree char *whole = g_canonicalize_filename(path, NULL);
  return g_strconcat(whole, slash ? "/" : "", NULL);
}

/* How a shard was called, and where: the pipeline, its options and paths mean that. */
static char **find_command_line(const char *folder, char **started_in, GError **error)
{
  g_autofree char *text = aver_shards_describe(folder, error);
  if (text == NULL)
    return NULL;
  char **line = NULL;
  json_t *job = json_loads(text, 0, NULL);
  const char *command = json_string_value(json_object_get(job, "command"));
  *started_in = g_strdup(json_string_value(json_object_get(job, "folder")));
  gboolean told = command != NULL && *command != '\0' && *started_in != NULL;
  gboolean good = told && g_shell_parse_argv(command, NULL, &line, error);
  json_decref(job);
  if (good && g_strv_length(line) >= 2) /* "aver run" goes before the arguments */
    return line;
  if (good || !told)
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "no shard in '%s' says how it was started; expected some that 'aver run' made",
                folder);
  g_strfreev(line);
  return NULL;
}

static ExitCode merge(const MergeArguments *parsed, const char *folder, const RunArguments *run)
{
  g_autoptr(AverRegistry) registry = open_registry(run->folders);
  if (registry == NULL)
    return EXIT_USAGE;
  g_autoptr(GError) error = NULL;
  g_autoptr(AverPipeline) pipeline = make_run_pipeline(run, registry, &error);
  if (pipeline == NULL) {
    log_mistakes(error->message);
    return EXIT_USAGE;
  }
  AverSummary summary = {0};
  const ProgressKind kind = {.quiet = parsed->quiet};
  Progress *progress = progress_new(&kind);
  catch_signals();
  gboolean merged = aver_pipeline_merge(pipeline, folder, &stop_wanted, &summary, &error);
  progress_end(progress, merged ? &summary : NULL);
  if (merged)
    return summary.documents_failed > 0 ? EXIT_DOCUMENTS : EXIT_OK;
  print_message(error->message);
  return g_error_matches(error, AVER_ERROR, AVER_ERROR_CONFIG) ? EXIT_USAGE : EXIT_RUN;
}

ExitCode command_merge(const Command *command, char **arguments)
{
  g_auto(MergeArguments) parsed = {0};
  g_auto(RunArguments) run = {0};
  AverRunOptions options = {0};
  ExitCode code = EXIT_OK;
  if (!parse(command, arguments, &parsed, &code))
    return code;
  g_autoptr(GError) error = NULL;
  g_autofree char *started_in = NULL, *folder = whole_path(parsed.folders[0]);
  g_autofree char *output = whole_path(parsed.output);
  g_auto(GStrv) line = find_command_line(parsed.folders[0], &started_in, &error);
  if (line == NULL) {
    print_message(error->message);
    return EXIT_USAGE;
  }
  if (chdir(started_in) != 0) {
    g_autofree char *message = g_strdup_printf(
        "cannot go to '%s', where the shards were run; expected that folder here", started_in);
    print_message(message);
    return EXIT_USAGE;
  }
  if (!parse_run_arguments(find_command("run"), line + 2, &run, &options, &code))
    return EXIT_USAGE;
  if (output != NULL) {
    g_free(run.output);
    run.output = g_steal_pointer(&output);
  }
  if (run.output == NULL) {
    print_usage_error(command, "no output; expected -o OUT");
    return EXIT_USAGE;
  }
  return merge(&parsed, folder, &run);
}
