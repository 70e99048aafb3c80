/* SPDX-License-Identifier: Apache-2.0 */
/* aver run: runs a pipeline over files, folders or standard input. */
#include "log.h"
#include "progress.h"
#include "runarguments.h"
#include "signals.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether a file's size says nothing of how much there is to read, going by its name: that is
 * enough for a guess at the time left. */
static gboolean looks_packed(const char *path)
{
  static const char *const ends[] = {".gz", ".bz2", ".xz", ".zst", ".zip", ".tgz", ".txz", NULL};
  for (guint i = 0; ends[i] != NULL; i++)
    if (g_str_has_suffix(path, ends[i]))
      return TRUE;
  return FALSE;
}

/* Bytes of the input; 0 when nobody knows. */
static guint64 size_of_input(const RunArguments *parsed)
{
  struct stat info;
  guint64 total = 0;
  const FlowArguments *flow = &parsed->flow;
  gboolean some = flow->limit != NULL || flow->skip != NULL || flow->sample != NULL ||
                  flow->every != NULL || flow->replay != NULL || parsed->shard != NULL;
  if (some)
    return 0;
  if (parsed->paths[1] == NULL)
    return fstat(STDIN_FILENO, &info) == 0 && S_ISREG(info.st_mode) ? (guint64) info.st_size : 0;
  for (guint i = 1; parsed->paths[i] != NULL; i++) {
    if (stat(parsed->paths[i], &info) != 0 || !S_ISREG(info.st_mode) ||
        looks_packed(parsed->paths[i]))
      return 0;
    total += (guint64) info.st_size;
  }
  return total;
}

static ExitCode tell_finished(Progress *progress, const RunArguments *parsed,
                              const AverSummary *summary)
{
  g_autofree char *message = g_strdup_printf("job '%s' was finished before, with %" G_GUINT64_FORMAT
                                             " documents; there is nothing to do",
                                             parsed->job.folder, summary->documents_in);
  progress_end(progress, NULL);
  log_message("info", message);
  return summary->documents_failed > 0 ? EXIT_DOCUMENTS : EXIT_OK;
}

static ExitCode run(AverPipeline *pipeline, const RunArguments *parsed, AverRunOptions *options)
{
  const ProgressKind kind = {parsed->flow.quiet, parsed->output == NULL && isatty(STDOUT_FILENO),
                             parsed->flow.replay != NULL, parsed->job.folder != NULL,
                             size_of_input(parsed)};
  Progress *progress = progress_new(&kind);
  if (parsed->paths[1] == NULL && parsed->flow.replay == NULL && isatty(STDIN_FILENO))
    log_message("info", "reading standard input; end it with Ctrl-D");
  options->n_workers = (guint) parsed->workers;
  if (log_is_json())
    options->failure = progress_failure;
  else
    options->message = progress_message;
  options->progress = progress_update;
  options->stop = &stop_wanted;
  options->user_data = progress;
  AverSummary summary = {0};
  g_autoptr(GError) error = NULL;
  catch_signals();
  gboolean finished = aver_pipeline_run(pipeline, options, &summary, &error);
  if (summary.was_finished)
    return tell_finished(progress, parsed, &summary);
  progress_end(progress, &summary);
  if (finished)
    return summary.documents_failed > 0 ? EXIT_DOCUMENTS : EXIT_OK;
  print_message(error->message);
  if (parsed->job.folder != NULL && summary.documents_in > 0)
    log_message("info", "the same command goes on with the job");
  return g_error_matches(error, AVER_ERROR, AVER_ERROR_CONFIG) ? EXIT_USAGE : EXIT_RUN;
}

ExitCode command_run(const Command *command, char **arguments)
{
  g_auto(RunArguments) parsed = {0};
  AverRunOptions options = {0};
  ExitCode code = EXIT_OK;
  if (!parse_run_arguments(command, arguments, &parsed, &options, &code))
    return code;
  if (!parse_shard(command, parsed.shard, &options) || run_overwrites(command, &parsed))
    return EXIT_USAGE;
  g_autoptr(AverRegistry) registry = open_registry(parsed.folders);
  if (registry == NULL)
    return EXIT_USAGE;
  g_autoptr(GError) error = NULL;
  g_autoptr(AverPipeline) pipeline = make_run_pipeline(&parsed, registry, &error);
  if (pipeline == NULL) {
    log_mistakes(error->message);
    return EXIT_USAGE;
  }
  return run(pipeline, &parsed, &options);
}
