/* SPDX-License-Identifier: Apache-2.0 */
/* The arguments of `aver run`, and the pipeline that they make. */
#include "runarguments.h"

#include <string.h>
#include <sys/stat.h>

/* The longest text that a document can hold. */
#define MOST_MIB ((int) (AVER_DOCUMENT_MAX_BYTES >> 20))

void clear_run_arguments(RunArguments *arguments)
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
  g_free(arguments->shard);
}

gboolean parse_run_arguments(const Command *command, char **arguments, RunArguments *parsed,
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
      SHARD_ENTRY(parsed->shard),
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

gboolean run_overwrites(const Command *command, const RunArguments *parsed)
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

AverPipeline *make_run_pipeline(const RunArguments *parsed, AverRegistry *registry, GError **error)
{
  /* What a shard keeps for `aver merge` is what the writer for files would have written. */
  gboolean kept = parsed->shard != NULL && parsed->job.folder != NULL;
  const AverSettings settings = {
      .inputs = (const char *const *) parsed->paths + 1,
      .output = parsed->output == NULL && kept ? "merged" : parsed->output,
      .reader = parsed->reader,
      .writer = parsed->writer,
      .set = (const char *const *) parsed->set,
      .dead_letter = parsed->dead_letter,
      .max_record = (gsize) parsed->max_record << 20,
      .replay = parsed->flow.replay,
      .max_unpacked = (guint64) parsed->max_unpacked << 30,
      .max_ratio = (guint) parsed->max_ratio,
  };
  return aver_pipeline_new_from_file(registry, parsed->paths[0], &settings, error);
}
