/* SPDX-License-Identifier: Apache-2.0 */
/* aver run: runs a pipeline over files, folders or standard input. */
#include "cli.h"

#include "log.h"
#include "progress.h"
#include "runflow.h"
#include "runjob.h"
#include "signals.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More workers than any machine has processors are a mistake. */
#define MOST_WORKERS 1024

/* The longest text that a document can hold. */
#define MOST_MIB ((int) (AVER_DOCUMENT_MAX_BYTES >> 20))

typedef struct {
  char **paths; /* the pipeline and the inputs */
  char **set;
  char **folders;
  char *output;
  char *reader;
  char *writer;
  char *dead_letter;
  int workers;
  int max_record;   /* MiB */
  int max_unpacked; /* GiB */
  int max_ratio;
  FlowArguments flow;
  JobArguments job;
} RunArguments;

static void clear_arguments(RunArguments *arguments)
{
  g_strfreev(arguments->paths);
  g_strfreev(arguments->set);
  g_strfreev(arguments->folders);
  g_free(arguments->output);
  g_free(arguments->reader);
  g_free(arguments->writer);
  g_free(arguments->dead_letter);
  clear_flow(&arguments->flow);
  clear_job(&arguments->job);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RunArguments, clear_arguments)

static gboolean parse(const Command *command, char **arguments, RunArguments *parsed,
                      AverRunOptions *options, ExitCode *code)
{
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &parsed->output,
       "Write to OUT, with the pipeline's writer for files (default: standard output)", "OUT"},
      {"jobs", 'j', 0, G_OPTION_ARG_INT, &parsed->workers,
       "Work with N threads (default: 0, one a processor)", "N"},
      {"reader", 0, 0, G_OPTION_ARG_FILENAME, &parsed->reader,
       "Read with this plugin instead of the pipeline's", "READER"},
      {"writer", 0, 0, G_OPTION_ARG_FILENAME, &parsed->writer,
       "Write with this plugin instead of the pipeline's", "WRITER"},
      SET_ENTRY(parsed->set),
      {"dead-letter", 0, 0, G_OPTION_ARG_FILENAME, &parsed->dead_letter,
       "Keep the records that fail in FILE", "FILE"},
      {"max-record", 0, 0, G_OPTION_ARG_INT, &parsed->max_record,
       "Longest document to read, in MiB (default: 16)", "MIB"},
      {"max-unpacked", 0, 0, G_OPTION_ARG_INT, &parsed->max_unpacked,
       "Most that a packed file may unpack to, in GiB (default: 1024)", "GIB"},
      {"max-ratio", 0, 0, G_OPTION_ARG_INT, &parsed->max_ratio,
       "Most bytes that one of a packed file may unpack to (default: 250)", "N"},
      FLOW_ENTRIES(parsed->flow),
      JOB_ENTRIES(parsed->job),
      PLUGIN_DIR_ENTRY(parsed->folders),
      G_OPTION_ENTRY_NULL};
  note_command(&parsed->job, arguments);
  if (!parse_arguments(command, entries, arguments, &parsed->paths, code))
    return FALSE;
  *code = EXIT_USAGE;
  if (!parse_flow(command, &parsed->flow, options))
    return FALSE;
  if (parsed->paths == NULL) {
    print_usage_error(command, "no pipeline file; expected PIPELINE [INPUT...]");
    return FALSE;
  }
  if (parsed->workers < 0 || parsed->workers > MOST_WORKERS) {
    print_usage_error(command, "-j is %d; expected a number of threads from 0 to %d",
                      parsed->workers, MOST_WORKERS);
    return FALSE;
  }
  if (parsed->max_record < 0 || parsed->max_record > MOST_MIB) {
    print_usage_error(command, "--max-record is %d; expected a number of MiB from 1 to %d",
                      parsed->max_record, MOST_MIB);
    return FALSE;
  }
  if (parsed->max_unpacked < 0 || parsed->max_ratio < 0) {
    gboolean ratio = parsed->max_ratio < 0;
    print_usage_error(command, "%s is %d; expected a number from 1 on",
                      ratio ? "--max-ratio" : "--max-unpacked",
                      ratio ? parsed->max_ratio : parsed->max_unpacked);
    return FALSE;
  }
  if (parsed->flow.replay != NULL && parsed->paths[1] != NULL) {
    print_usage_error(command, "--replay and the input '%s'; expected one of them",
                      parsed->paths[1]);
    return FALSE;
  }
  if (parsed->flow.replay != NULL && parsed->job.folder != NULL) {
    print_usage_error(command, "--replay and --job; expected one of them");
    return FALSE;
  }
  return parse_job(command, &parsed->job, options);
}

/* Whether two names stand for one regular file, which a run would replace by its own output. */
static gboolean same_file(const char *a, const char *b)
{
  struct stat x, y;
  return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) && x.st_dev == y.st_dev &&
         x.st_ino == y.st_ino;
}

static gboolean overwrites_one(const Command *command, const RunArguments *parsed, const char *read)
{
  const char *const written[] = {parsed->output, parsed->dead_letter, parsed->flow.metrics};
  for (guint i = 0; read != NULL && i < G_N_ELEMENTS(written); i++) {
    if (written[i] != NULL && same_file(read, written[i])) {
      print_usage_error(command, "'%s' is both read and written; expected another file to write",
                        read);
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean overwrites(const Command *command, const RunArguments *parsed)
{
  for (guint i = 0; parsed->paths[i] != NULL; i++)
    if (overwrites_one(command, parsed, parsed->paths[i]))
      return TRUE;
  const char *metrics = parsed->flow.metrics;
  if (metrics != NULL &&
      (g_strcmp0(metrics, parsed->output) == 0 || g_strcmp0(metrics, parsed->dead_letter) == 0)) {
    print_usage_error(command, "'%s' takes the metrics and more; expected a file of its own",
                      metrics);
    return TRUE;
  }
  return overwrites_one(command, parsed, parsed->flow.replay);
}

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
                  flow->shard != NULL || flow->replay != NULL;
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
  if (!parse(command, arguments, &parsed, &options, &code))
    return code;
  if (overwrites(command, &parsed))
    return EXIT_USAGE;
  g_autoptr(AverRegistry) registry = open_registry(parsed.folders);
  if (registry == NULL)
    return EXIT_USAGE;
  AverSettings settings = {
      .inputs = (const char *const *) parsed.paths + 1,
      .output = parsed.output,
      .reader = parsed.reader,
      .writer = parsed.writer,
      .set = (const char *const *) parsed.set,
      .dead_letter = parsed.dead_letter,
      .max_record = (gsize) parsed.max_record << 20,
      .replay = parsed.flow.replay,
      .max_unpacked = (guint64) parsed.max_unpacked << 30,
      .max_ratio = (guint) parsed.max_ratio,
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(AverPipeline) pipeline =
      aver_pipeline_new_from_file(registry, parsed.paths[0], &settings, &error);
  if (pipeline == NULL) {
    log_mistakes(error->message);
    return EXIT_USAGE;
  }
  return run(pipeline, &parsed, &options);
}
