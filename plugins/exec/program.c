/* SPDX-License-Identifier: Apache-2.0 */
/* A program that answers lines with lines: started, asked, watched and ended. */
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHUNK        65536
#define LARGEST_KEPT (4 * 1024 * 1024)

/* Microseconds for a program to end that has closed its output, or that was told to. */
#define GRACE_CLOSED (200 * 1000)
#define GRACE_TOLD   (1000 * 1000)

/* Microseconds that it may go on when the run is to stop, and between looking. */
#define STOPPING (1000 * 1000)
#define LOOKING  (200 * 1000)

struct Program {
  const ProgramSettings *settings;
  pid_t pid; /* 0 when it is not running */
  int in, out, error;
  int end; /* readable when it has ended, whoever else holds its output; or -1 */
  gboolean asked;
  AverBuffer answers; /* bytes read that are not taken yet */
  gsize searched;     /* of them without a line's end */
  Said said;
};

/* One call of program_ask(). */
typedef struct {
  const AverBuffer *questions;
  guint n;
  ProgramTake take;
  gpointer data;
  gboolean last;
  gsize sent;
  guint answered;
  gint64 since;    /* the last answer, or the start */
  gint64 stopping; /* when the run was found to stop; or 0 */
  gboolean closed;
  gboolean ended;
} Asking;

Program *program_new(const ProgramSettings *settings)
{
  Program *program = g_new0(Program, 1);
  program->settings = settings;
  program->in = program->out = program->error = program->end = -1;
  program->said.stage = aver_stage_get_name(settings->stage);
  program->said.line = g_string_new(NULL);
  return program;
}

/* Between fork and exec: no more than system calls. */
static void set_up(gpointer data)
{
  sigset_t none;
  sigemptyset(&none);
  setpgid(0, 0);
  if (data != NULL)
    prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (int i = 1; i < NSIG; i++)
    signal(i, SIG_DFL);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

gboolean program_start(Program *program, GError **error)
{
  g_autoptr(GError) failure = NULL;
  /* The signal comes when the thread ends that started the program, so only the main thread asks
   * for it; others leave it to the end of the program's input. */
  gboolean main_thread = gettid() == getpid();
  if (program->pid != 0)
    return TRUE;
  if (!g_spawn_async_with_pipes(NULL, program->settings->command, NULL,
                                G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, set_up,
                                main_thread ? program : NULL, &program->pid, &program->in,
                                &program->out, &program->error, &failure)) {
    program->pid = 0;
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "the program cannot be started: %s",
                failure->message);
    return FALSE;
  }
  const int ends[] = {program->in, program->out, program->error};
  for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
    fcntl(ends[i], F_SETFL, fcntl(ends[i], F_GETFL) | O_NONBLOCK);
  program->end = pidfd_open(program->pid, 0);
  program->asked = FALSE;
  program->answers.length = 0;
  program->searched = 0;
  return TRUE;
}

gboolean program_is_fresh(const Program *program)
{
  return program->pid == 0 || !program->asked;
}

static void close_end(int *descriptor)
{
  if (*descriptor >= 0)
    close(*descriptor);
  *descriptor = -1;
}

/* Passes on what is there of standard error; FALSE when there will be no more. */
static gboolean listen_to(Program *program)
{
  char bytes[4096];
  ssize_t n = read(program->error, bytes, sizeof bytes);
  if (n > 0)
    said_add(&program->said, bytes, (gsize) n);
  return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

/* Waits for it to end, at most @grace microseconds, then ends it and all that it has started;
 * answers its status, or -1 when it had to be ended. */
static int reap(Program *program, gint64 grace)
{
  int status = 0;
  pid_t got = 0;
  gint64 end = g_get_monotonic_time() + grace;
  close_end(&program->in);
  while (grace > 0 && (got = waitpid(program->pid, &status, WNOHANG)) == 0) {
    gint64 left = end - g_get_monotonic_time();
    struct pollfd ready[] = {{program->end, POLLIN, 0}, {program->error, POLLIN, 0}};
    if (left <= 0)
      break;
    poll(ready, 2, program->end < 0 ? 1 : (int) (left / 1000 + 1));
    if (ready[1].revents != 0 && !listen_to(program))
      close_end(&program->error);
  }
  kill(-program->pid, SIGKILL);
  if (got == 0) {
    kill(program->pid, SIGKILL);
    while (waitpid(program->pid, &status, 0) < 0 && errno == EINTR)
      ;
    status = -1;
  }
  for (guint i = 0; i < 16 && program->error >= 0 && listen_to(program); i++)
    if (poll(&(struct pollfd){program->error, POLLIN, 0}, 1, 0) <= 0)
      break;
  said_end(&program->said);
  close_end(&program->out);
  close_end(&program->error);
  close_end(&program->end);
  program->pid = 0;
  if (program->answers.capacity > LARGEST_KEPT)
    aver_buffer_clear(&program->answers);
  return status;
}

void program_stop(Program *program)
{
  if (program->pid != 0)
    reap(program, GRACE_TOLD);
}

void program_free(Program *program)
{
  if (program == NULL)
    return;
  program_stop(program);
  aver_buffer_clear(&program->answers);
  g_string_free(program->said.line, TRUE);
  g_free(program);
}

static void set_died(GError **error, int status)
{
  if (status == -1)
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "the program closed its output");
  else if (WIFSIGNALED(status))
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "the program was killed by signal %d (%s)",
                WTERMSIG(status), g_strsignal(WTERMSIG(status)));
  else
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED,
                "the program ended with exit code %d without an answer", WEXITSTATUS(status));
}

/* Takes the whole lines that are there; FALSE when one is no answer. */
static gboolean take_lines(Program *program, Asking *asking, GError **error)
{
  AverBuffer *answers = &program->answers;
  gsize start = 0;
  while (answers->length > program->searched) {
    char *from = answers->data + program->searched;
    char *end = memchr(from, '\n', answers->length - program->searched);
    program->searched = end == NULL ? answers->length : (gsize) (end - answers->data) + 1;
    if (end == NULL)
      break;
    if (asking->answered == asking->n) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                  "the program answered with more lines than it was given documents");
      return FALSE;
    }
    gsize length = program->searched - 1 - start;
    if (!asking->take(asking->data, asking->answered, answers->data + start, length, error))
      return FALSE;
    asking->answered++;
    asking->since = g_get_monotonic_time();
    start = program->searched;
  }
  if (start > 0)
    memmove(answers->data, answers->data + start, answers->length - start);
  answers->length -= start;
  program->searched -= start;
  if (answers->length <= program->settings->max_answer)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
              "the program answered with a line of more than %" G_GSIZE_FORMAT " bytes",
              program->settings->max_answer);
  return FALSE;
}

static gboolean read_answers(Program *program, Asking *asking, GError **error)
{
  char *to = aver_buffer_reserve(&program->answers, CHUNK);
  ssize_t n = read(program->out, to, CHUNK);
  if (n > 0)
    program->answers.length += (gsize) n;
  asking->closed = n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
  return n <= 0 || take_lines(program, asking, error);
}

static void send_questions(Program *program, Asking *asking)
{
  ssize_t n = write(program->in, asking->questions->data + asking->sent,
                    asking->questions->length - asking->sent);
  if (n > 0)
    asking->sent += (gsize) n;
  else if (errno != EAGAIN && errno != EINTR)
    asking->sent = asking->questions->length; /* it reads no more, but may have answered */
  if (asking->last && asking->sent == asking->questions->length)
    close_end(&program->in);
}

/* Waits for something to happen and deals with it; FALSE when lines do not match. */
static gboolean move(Program *program, Asking *asking, gint64 left, GError **error)
{
  gboolean sending = asking->sent < asking->questions->length;
  struct pollfd ready[] = {{program->out, POLLIN, 0},
                           {sending ? program->in : -1, POLLOUT, 0},
                           {program->error, POLLIN, 0},
                           {program->end, POLLIN, 0}};
  if (poll(ready, G_N_ELEMENTS(ready), (int) (MIN(left, LOOKING) / 1000 + 1)) <= 0)
    return TRUE;
  if (ready[2].revents != 0 && !listen_to(program))
    close_end(&program->error);
  if (ready[1].revents != 0)
    send_questions(program, asking);
  if (ready[0].revents != 0)
    return read_answers(program, asking, error);
  asking->ended = ready[3].revents != 0;
  return TRUE;
}

static gboolean stopped(const Program *program, Asking *asking)
{
  if (!aver_stage_should_stop(program->settings->stage))
    return FALSE;
  gint64 now = g_get_monotonic_time();
  asking->stopping = asking->stopping == 0 ? now : asking->stopping;
  return now - asking->stopping > STOPPING;
}

static ProgramOutcome ask_all(Program *program, Asking *asking, GError **error)
{
  gint64 limit = (gint64) (program->settings->timeout * G_USEC_PER_SEC);
  while (asking->answered < asking->n) {
    gint64 left = asking->since + limit - g_get_monotonic_time();
    if (left <= 0) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                  "the program gave no answer within %g s; it has to flush every line",
                  program->settings->timeout);
      return PROGRAM_SLOW;
    }
    if (stopped(program, asking)) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_STOPPED, "stopped");
      return PROGRAM_STOPPED;
    }
    if (!move(program, asking, left, error))
      return PROGRAM_GARBLED;
    if ((asking->closed || asking->ended) && asking->answered < asking->n)
      return PROGRAM_DIED;
  }
  if (program->answers.length == 0)
    return PROGRAM_ANSWERED;
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
              "the program answered with more lines than it was given documents");
  return PROGRAM_GARBLED;
}

/* The program has nothing more to answer: whatever comes until it ends is too much. */
static ProgramOutcome hear_out(Program *program, Asking *asking, GError **error)
{
  gint64 end = g_get_monotonic_time() + GRACE_TOLD, left;
  while (!asking->closed && !asking->ended && (left = end - g_get_monotonic_time()) > 0)
    if (!move(program, asking, left, error))
      return PROGRAM_GARBLED;
  return PROGRAM_ANSWERED;
}

/* A program that has gone must not take this process along. */
static gboolean block_sigpipe(sigset_t *before)
{
  sigset_t pipes, pending;
  sigemptyset(&pipes);
  sigaddset(&pipes, SIGPIPE);
  sigpending(&pending);
  pthread_sigmask(SIG_BLOCK, &pipes, before);
  return sigismember(&pending, SIGPIPE) == 1;
}

static void restore_sigpipe(const sigset_t *before, gboolean was_pending)
{
  sigset_t pipes;
  const struct timespec no_time = {0, 0};
  sigemptyset(&pipes);
  sigaddset(&pipes, SIGPIPE);
  while (!was_pending && sigtimedwait(&pipes, NULL, &no_time) < 0 && errno == EINTR)
    ;
  pthread_sigmask(SIG_SETMASK, before, NULL);
}

ProgramOutcome program_ask(Program *program, const AverBuffer *questions, guint n, gboolean last,
                           ProgramTake take, gpointer data, guint *answered, GError **error)
{
  sigset_t before;
  Asking asking = {.questions = questions, .n = n, .take = take, .data = data, .last = last};
  *answered = 0;
  /* Ended since its last answer: that is no document's fault. */
  if (program->pid != 0 && poll(&(struct pollfd){program->end, POLLIN, 0}, 1, 0) > 0)
    reap(program, GRACE_CLOSED);
  if (!program_start(program, error))
    return PROGRAM_DIED;
  gboolean was_pending = block_sigpipe(&before);
  program->asked = TRUE;
  asking.since = g_get_monotonic_time();
  ProgramOutcome outcome = ask_all(program, &asking, error);
  if (outcome == PROGRAM_ANSWERED && last) {
    outcome = hear_out(program, &asking, error);
    if (outcome != PROGRAM_ANSWERED)
      asking.answered = 0;
    reap(program, outcome == PROGRAM_ANSWERED ? GRACE_CLOSED : 0);
  } else if (outcome == PROGRAM_DIED) {
    set_died(error, reap(program, GRACE_CLOSED));
  } else if (outcome != PROGRAM_ANSWERED) {
    reap(program, 0);
  }
  restore_sigpipe(&before, was_pending);
  *answered = asking.answered;
  return outcome;
}
