/* SPDX-License-Identifier: Apache-2.0 */
/* exec: lets a program that reads and writes JSON Lines annotate or drop documents. */
#include "answer.h"
#include "program.h"

typedef struct {
  ProgramSettings settings;
  AverRecordFormat format;
  char **layers; /* (nullable) the names of those the program is told */
  const AverLayerType *const *provides;
  gint64 restarts;
} Exec;

typedef struct {
  Program *program;
  AverBuffer questions;
  AverBuffer held; /* the last answer, which counts when no line too many follows */
  gint64 losses;   /* documents that the program was lost with */
} Worker;

static void exec_close(gpointer self)
{
  Exec *exec = self;
  g_strfreev(exec->settings.command);
  g_strfreev(exec->layers);
  g_free(exec);
}

static gboolean set_command(Exec *exec, const char *command, GError **error)
{
  g_autoptr(GError) failure = NULL;
  if (!g_shell_parse_argv(command == NULL ? "" : command, NULL, &exec->settings.command,
                          &failure)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "option 'command' is '%s'; expected a program and its arguments: %s",
                command == NULL ? "" : command, failure->message);
    return FALSE;
  }
  g_autofree char *path = g_find_program_in_path(exec->settings.command[0]);
  if (path == NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "option 'command' names '%s'; expected a program that can be found and run",
                exec->settings.command[0]);
  return path != NULL;
}

static gboolean set_layers(Exec *exec, GError **error)
{
  const AverStage *stage = exec->settings.stage;
  exec->layers = aver_stage_get_names(stage, "layers", error);
  exec->format.layers = (const char *const *) exec->layers;
  return exec->layers != NULL || aver_stage_get_string(stage, "layers") == NULL;
}

static gpointer exec_open(AverStage *stage, GError **error)
{
  Exec *exec = g_new0(Exec, 1);
  exec->settings.stage = stage;
  exec->settings.timeout = aver_stage_get_number(stage, "timeout");
  exec->settings.max_answer = (gsize) aver_stage_get_integer(stage, "max_answer") << 20;
  exec->restarts = aver_stage_get_integer(stage, "restarts");
  exec->format.text = aver_stage_get_boolean(stage, "text");
  exec->provides = aver_layer_types_parse(aver_stage_get_string(stage, "provides"), error);
  if (exec->provides != NULL && set_layers(exec, error) &&
      set_command(exec, aver_stage_get_string(stage, "command"), error))
    return exec;
  exec_close(exec);
  return NULL;
}

static gboolean declare_layers(const AverStage *stage, const char *option,
                               const AverLayerType *const **layers, GError **error)
{
  *layers = aver_layer_types_parse(aver_stage_get_string(stage, option), error);
  if (*layers == NULL)
    g_prefix_error(error, "option '%s': ", option);
  return *layers != NULL;
}

static gboolean exec_declare(const AverStage *stage, AverStageLayers *layers, GError **error)
{
  return declare_layers(stage, "needs", &layers->needs, error) &&
         declare_layers(stage, "provides", &layers->provides, error);
}

static gpointer exec_start(gpointer self, GError **error)
{
  const Exec *exec = self;
  Worker *worker = g_new0(Worker, 1);
  worker->program = program_new(&exec->settings);
  if (program_start(worker->program, error))
    return worker;
  program_free(worker->program);
  g_free(worker);
  return NULL;
}

static void exec_stop(gpointer self, gpointer state)
{
  Worker *worker = state;
  (void) self;
  program_free(worker->program);
  aver_buffer_clear(&worker->questions);
  aver_buffer_clear(&worker->held);
  g_free(worker);
}

/* Some documents of one call. */
typedef struct {
  const Exec *exec;
  Worker *worker;
  AverDocument *const *documents;
  AverVerdict *verdicts;
  GError **errors;
} Work;

static void apply_held(const Work *work, guint number)
{
  AverBuffer *held = &work->worker->held;
  work->verdicts[number] = answer_apply(held->data, held->length, work->documents[number],
                                        work->exec->provides, &work->errors[number]);
}

static gboolean take(gpointer data, guint number, const char *line, gsize length, GError **error)
{
  const Work *work = data;
  if (!answer_belongs(line, length, work->documents[number], error))
    return FALSE;
  if (number > 0)
    apply_held(work, number - 1);
  work->worker->held.length = 0;
  aver_buffer_append(&work->worker->held, line, length);
  return TRUE;
}

static ProgramOutcome ask(const Work *all, guint first, guint n, gboolean last, guint *answered,
                          GError **error)
{
  Worker *worker = all->worker;
  Work work = {all->exec, worker, all->documents + first, all->verdicts + first,
               all->errors + first};
  worker->questions.length = 0;
  for (guint i = 0; i < n; i++) {
    aver_document_append_record(&worker->questions, work.documents[i], &work.exec->format);
    aver_buffer_append_char(&worker->questions, '\n');
  }
  ProgramOutcome outcome =
      program_ask(worker->program, &worker->questions, n, last, take, &work, answered, error);
  if (*answered > 0 && outcome == PROGRAM_GARBLED)
    --*answered;
  else if (*answered > 0)
    apply_held(&work, *answered - 1);
  return outcome;
}

static void lose(const Work *work, guint i, GError *error)
{
  work->verdicts[i] = AVER_FAIL;
  work->errors[i] = error;
  work->worker->losses++;
}

static gboolean given_up(const Work *work, guint i)
{
  const Worker *worker = work->worker;
  if (worker->losses <= work->exec->restarts)
    return FALSE;
  work->verdicts[i] = AVER_FAIL;
  g_set_error(&work->errors[i], AVER_ERROR, AVER_ERROR_FAILED,
              "the program failed with %" G_GINT64_FORMAT " documents and is not started again",
              worker->losses);
  return TRUE;
}

/*
 * A document is to blame when a program fails that was started for it. After a failure, the
 * documents without an answer are asked one by one until that one is found; and when lines did not
 * match, each of a program of its own that has to end after it, as a line too many is not seen
 * otherwise. Who takes too long is known at once.
 */
static void exec_process_batch(gpointer self, gpointer state, AverDocument *const *documents,
                               gsize n_documents, AverVerdict *verdicts, GError **errors)
{
  Program *program = ((Worker *) state)->program;
  const Work work = {self, state, documents, verdicts, errors};
  guint n = (guint) n_documents, answered;
  gboolean alone = FALSE, own = FALSE;
  for (guint done = 0; done < n;) {
    GError *error = NULL;
    guint wanted = alone ? 1 : n - done;
    if (given_up(&work, done)) {
      done++;
      continue;
    }
    if (own)
      program_stop(program);
    gboolean fresh = own || program_is_fresh(program);
    ProgramOutcome outcome = ask(&work, done, wanted, own, &answered, &error);
    done += answered;
    if (outcome == PROGRAM_ANSWERED)
      continue;
    if (outcome == PROGRAM_STOPPED) {
      lose(&work, done, error);
      return;
    }
    gboolean sure = wanted == 1 && (outcome == PROGRAM_GARBLED ? own : fresh);
    if (done < n && (sure || outcome == PROGRAM_SLOW)) {
      lose(&work, done++, error);
      alone = own = FALSE;
      continue;
    }
    g_clear_error(&error);
    alone = TRUE;
    own = own || outcome == PROGRAM_GARBLED;
  }
}

static AverVerdict exec_process(gpointer self, gpointer worker, AverDocument *document,
                                GError **error)
{
  AverVerdict verdict = AVER_KEEP;
  GError *failure = NULL;
  exec_process_batch(self, worker, &document, 1, &verdict, &failure);
  if (failure != NULL)
    g_propagate_error(error, failure);
  return verdict;
}

static const AverOption options[] = {
    {.name = "command",
     .kind = AVER_OPTION_STRING,
     .fallback = "cat",
     .help = "the program and its arguments, as in a shell, which is not used"},
    {.name = "needs",
     .kind = AVER_OPTION_STRING,
     .help = "layers that an earlier stage has to provide, separated by commas"},
    {.name = "provides",
     .kind = AVER_OPTION_STRING,
     .help = "layers that the program's answers have: sentence, keyword(label:string, score:f32)"},
    {.name = "layers",
     .kind = AVER_OPTION_STRING,
     .help = "the names of the layers to tell the program, separated by commas; all by default"},
    {.name = "text",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "true",
     .help = "whether to tell the program the text"},
    {.name = "timeout",
     .kind = AVER_OPTION_NUMBER,
     .fallback = "30",
     .minimum = 0.01,
     .maximum = 86400,
     .help = "how long the program may take for one answer, in seconds"},
    {.name = "max_answer",
     .kind = AVER_OPTION_INTEGER,
     .fallback = "16",
     .minimum = 1,
     .maximum = 1024,
     .help = "the longest answer allowed, in MiB"},
    {.name = "restarts",
     .kind = AVER_OPTION_INTEGER,
     .fallback = "1000",
     .minimum = 0,
     .maximum = 1e9,
     .help = "with how many documents the program may fail, for each worker, and be started again"},
};

AVER_PLUGIN(exec) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_ANNOTATOR,
    .name = "exec",
    .version = "1.0",
    .summary = "lets a program that reads and writes JSON Lines annotate or drop documents",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = exec_open,
    .close = exec_close,
    .start = exec_start,
    .stop = exec_stop,
    .process = exec_process,
    .process_batch = exec_process_batch,
    .declare = exec_declare,
};
