/* SPDX-License-Identifier: Apache-2.0 */
/* aver watch: runs a pipeline over what arrives in a folder. */
#include "cli.h"

#include "log.h"
#include "signals.h"
#include "watch/arrivals.h"
#include "watch/batch.h"
#include "watch/suitable.h"

#include <math.h>
#include <signal.h>
#include <string.h>

/* So many files go through the pipeline together. */
#define MOST_FILES 256

#define MOST_SECONDS 86400

typedef struct {
  char **paths; /* the pipeline and the folder */
  char **set;
  char **folders;
  char **match;
  char *output;
  char *suffix;
  char *state;
  char *dead_letter;
  char *reader;
  char *writer;
  char *log_format;
  double settle;
  int rescan;
  int workers;
  gboolean once;
  gboolean quiet;
} WatchArguments;

static void clear_arguments(WatchArguments *arguments)
{
  g_strfreev(arguments->paths);
  g_strfreev(arguments->set);
  g_strfreev(arguments->folders);
  g_strfreev(arguments->match);
  g_free(arguments->output);
  g_free(arguments->suffix);
  g_free(arguments->state);
  g_free(arguments->dead_letter);
  g_free(arguments->reader);
  g_free(arguments->writer);
  g_free(arguments->log_format);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(WatchArguments, clear_arguments)

static const char *find_mistake(const WatchArguments *parsed)
{
  if (parsed->paths == NULL || g_strv_length(parsed->paths) != 2)
    return "expected a pipeline and one folder: PIPELINE FOLDER";
  if (!g_file_test(parsed->paths[1], G_FILE_TEST_IS_DIR))
    return "there is no such folder; expected PIPELINE FOLDER";
  if (parsed->output == NULL || parsed->output[0] == '\0' || strcmp(parsed->output, "-") == 0)
    return "no output; expected -o OUT, a file of JSON Lines, or -o OUT/, a folder";
  if (!isfinite(parsed->settle) || parsed->settle < 0 || parsed->settle > MOST_SECONDS)
    return "--settle is out of range; expected seconds from 0 to 86400";
  if (parsed->rescan < 0 || parsed->rescan > MOST_SECONDS)
    return "--rescan is out of range; expected seconds from 0 to 86400";
  if (parsed->workers < 0 || parsed->workers > MOST_WORKERS)
    return "-j is out of range; expected a number of threads from 0 to 1024";
  if (parsed->suffix != NULL && strchr(parsed->suffix, '/') != NULL)
    return "--suffix has a '/'; expected the end of a file's name";
  if (parsed->log_format != NULL && strcmp(parsed->log_format, "text") != 0 &&
      strcmp(parsed->log_format, "json") != 0)
    return "--log-format is neither 'text' nor 'json'; expected one of them";
  return NULL;
}

static gboolean parse(const Command *command, char **arguments, WatchArguments *parsed,
                      ExitCode *code)
{
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &parsed->output,
       "Append results to the file OUT, or write a file for each into the folder OUT/", "OUT"},
      {"suffix", 0, 0, G_OPTION_ARG_FILENAME, &parsed->suffix,
       "Names of files in OUT/ end in SUFFIX (default: .jsonl)", "SUFFIX"},
      {"dead-letter", 0, 0, G_OPTION_ARG_FILENAME, &parsed->dead_letter,
       "Append the records of documents that failed to FILE", "FILE"},
      {"match", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &parsed->match,
       "Take files whose names match PATTERN only (repeatable)", "PATTERN"},
      {"settle", 0, 0, G_OPTION_ARG_DOUBLE, &parsed->settle,
       "Take files that were not changed for SECONDS (default: 1)", "SECONDS"},
      {"rescan", 0, 0, G_OPTION_ARG_INT, &parsed->rescan,
       "Look at the whole folder every SECONDS too, for network file systems", "SECONDS"},
      {"once", 0, 0, G_OPTION_ARG_NONE, &parsed->once, "End when all that is there is done", NULL},
      {"state", 0, 0, G_OPTION_ARG_FILENAME, &parsed->state,
       "Keep in FILE which files are done (default: OUT.watch)", "FILE"},
      {"jobs", 'j', 0, G_OPTION_ARG_INT, &parsed->workers,
       "Work in N threads (default: one a processor)", "N"},
      {"reader", 0, 0, G_OPTION_ARG_FILENAME, &parsed->reader,
       "Read with this plugin instead of the pipeline's", "NAME"},
      {"writer", 0, 0, G_OPTION_ARG_FILENAME, &parsed->writer,
       "Write with this plugin instead of the pipeline's", "NAME"},
      {"log-format", 0, 0, G_OPTION_ARG_STRING, &parsed->log_format,
       "Messages are lines of text, or JSON objects", "text|json"},
      {"quiet", 'q', 0, G_OPTION_ARG_NONE, &parsed->quiet, "Tell of what fails only", NULL},
      SET_ENTRY(parsed->set),
      PLUGIN_DIR_ENTRY(parsed->folders),
      G_OPTION_ENTRY_NULL};
  if (!parse_arguments(command, entries, arguments, &parsed->paths, code))
    return FALSE;
  const char *mistake = find_mistake(parsed);
  if (mistake == NULL)
    return TRUE;
  print_usage_error(command, "%s", mistake);
  *code = EXIT_USAGE;
  return FALSE;
}

/* The signals that stop, blocked from here on but while it waits, so that none comes between a look
 * at stop_wanted and the wait. */
static sigset_t hold_signals(gboolean hold)
{
  sigset_t held, before;
  sigemptyset(&held);
  sigaddset(&held, SIGINT);
  sigaddset(&held, SIGTERM);
  pthread_sigmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &held, &before);
  return before;
}

static gboolean wait_for_files(const WatchArguments *parsed, Arrivals *arrivals, gboolean busy,
                               GError **error)
{
  sigset_t before = hold_signals(TRUE);
  int delay = arrivals_get_delay(arrivals);
  gboolean looks_again = delay < 0 && parsed->rescan > 0;
  int timeout = busy || g_atomic_int_get(&stop_wanted) ? 0
                : looks_again                          ? parsed->rescan * 1000
                                                       : delay;
  gint64 began = g_get_monotonic_time();
  gboolean good = arrivals_wait(arrivals, timeout, &before, error);
  hold_signals(FALSE);
  if (looks_again && g_get_monotonic_time() - began >= timeout * G_GINT64_CONSTANT(1000))
    arrivals_rescan(arrivals);
  return good;
}

static ExitCode watch(const WatchArguments *parsed, Watch *w, Arrivals *arrivals)
{
  g_autoptr(GError) error = NULL;
  while (!g_atomic_int_get(&stop_wanted)) {
    g_autoptr(GPtrArray) files = arrivals_take(arrivals, w->ledger, MOST_FILES);
    BatchEnd end = files->len == 0 ? BATCH_DONE : watch_run(w, files);
    if (end == BATCH_WRONG)
      return EXIT_USAGE;
    if (end == BATCH_TROUBLE)
      return EXIT_RUN;
    if (end == BATCH_STOPPED ||
        (parsed->once && files->len == 0 && arrivals_get_delay(arrivals) < 0))
      break;
    if (!wait_for_files(parsed, arrivals, files->len > 0, &error)) {
      print_message(error->message);
      return EXIT_RUN;
    }
  }
  return w->failed > 0 ? EXIT_DOCUMENTS : EXIT_OK;
}

static ExitCode open_and_watch(const WatchArguments *parsed, Watch *w, const char *state)
{
  const char *const grow[] = {w->is_folder ? NULL : w->output, w->dead_letter};
  g_autoptr(GError) error = NULL;
  g_autoptr(Ledger) ledger = ledger_open(state, grow, &error);
  g_autoptr(Arrivals) arrivals = NULL;
  if (ledger != NULL)
    arrivals =
        arrivals_new(w->folder, parsed->match, (gint64) (parsed->settle * G_USEC_PER_SEC), &error);
  if (arrivals == NULL) {
    print_message(error->message);
    return g_error_matches(error, AVER_ERROR, AVER_ERROR_CONFIG) ? EXIT_USAGE : EXIT_RUN;
  }
  w->ledger = ledger;
  watch_clean(w);
  catch_signals();
  signal(SIGIO, SIG_IGN); /* a lease that is held for an instant may be broken */
  return watch(parsed, w, arrivals);
}

/* "OUT/" without its end, so that names can be made of it. */
static char *strip(const char *output)
{
  gsize length = strlen(output);
  while (length > 1 && output[length - 1] == '/')
    length--;
  return g_strndup(output, length);
}

ExitCode command_watch(const Command *command, char **arguments)
{
  g_auto(WatchArguments) parsed = {.settle = 1};
  ExitCode code = EXIT_OK;
  if (!parse(command, arguments, &parsed, &code))
    return code;
  if (g_strcmp0(parsed.log_format, "json") == 0)
    log_use_json();
  g_autoptr(AverRegistry) registry = open_registry(parsed.folders);
  if (registry == NULL)
    return EXIT_USAGE;
  g_autofree char *output = strip(parsed.output);
  g_autofree char *state =
      parsed.state != NULL ? g_strdup(parsed.state) : g_strconcat(output, ".watch", NULL);
  Watch w = {.registry = registry,
             .pipeline = parsed.paths[0],
             .folder = parsed.paths[1],
             .output = output,
             .is_folder =
                 strcmp(output, parsed.output) != 0 || g_file_test(output, G_FILE_TEST_IS_DIR),
             .suffix = parsed.suffix != NULL ? parsed.suffix : ".jsonl",
             .dead_letter = parsed.dead_letter,
             .reader = parsed.reader,
             .writer = parsed.writer,
             .set = (const char *const *) parsed.set,
             .workers = (guint) parsed.workers,
             .quiet = parsed.quiet};
  g_autoptr(GError) error = NULL;
  if (!check_suitable(&w, state, &error)) {
    log_mistakes(error->message);
    return EXIT_USAGE;
  }
  code = open_and_watch(&parsed, &w, state);
  watch_close(&w);
  return code;
}
