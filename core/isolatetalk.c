/* SPDX-License-Identifier: Apache-2.0 */
/* Isolated stages: talking to a child, and telling what became of it. */
#include "isolate-private.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Microseconds that a child may go on when the run is to stop, and between looking. */
#define STOPPING (1000 * 1000)
#define LOOKING  (200 * 1000)

/* Opening a plugin may take this many times the limit for a document. */
#define OPENING 10

/* Answers longer than what the child may have in memory are lies, and so are last words. */
#define LONGEST_WORDS 4096

static void append_mebibytes(GString *text, const char *before, guint64 bytes)
{
  g_string_append_printf(text, "%s%" G_GUINT64_FORMAT " MiB", before, bytes >> 20);
}

/* Says what became of a child: "plugin 'x' was killed by signal 11 (Segmentation fault)". */
static void describe_death(const AverIsolate *isolate, const AverDeath *death, const char *words,
                           GError **error)
{
  const AverIsolation *isolation = &isolate->stage->stage->isolation;
  g_autoptr(GString) text = g_string_new(NULL);
  g_string_append_printf(text, "plugin '%s' ", aver_isolate_plugin_name(isolate));
  if (death->killed)
    g_string_append(text, "closed the connection of its process");
  else if (WIFSIGNALED(death->status) && WTERMSIG(death->status) == SIGXCPU)
    g_string_append_printf(text, "took more than %g s of processor time", isolation->seconds);
  else if (WIFSIGNALED(death->status))
    g_string_append_printf(text, "was killed by signal %d (%s)", WTERMSIG(death->status),
                           g_strsignal(WTERMSIG(death->status)));
  else
    g_string_append_printf(text, "ended its process with exit code %d", WEXITSTATUS(death->status));
  if (!death->killed && WIFSIGNALED(death->status) &&
      death->peak_bytes > isolation->memory - isolation->memory / 4)
    append_mebibytes(text, ", near its memory limit of ", isolation->memory);
  if (words != NULL)
    g_string_append_printf(text, ": %s", words);
  g_set_error_literal(error, AVER_ERROR, AVER_ERROR_FAILED, text->str);
}

void aver_isolate_bury(AverIsolate *isolate, AverIsolateProcess *child, guint grace, GError **error)
{
  AverDeath death;
  if (child->pid == 0)
    return;
  close(child->socket);
  if (child->end >= 0)
    close(child->end);
  if (!aver_zygote_reap(isolate->isolates->zygote, child->pid, grace, &death))
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED,
                "the process that isolated stages are started from has ended");
  else
    describe_death(isolate, &death, child->words, error);
  child->pid = 0;
  g_clear_pointer(&child->words, g_free);
}

void aver_isolate_set_slow(const AverIsolate *isolate, gdouble seconds, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT, "plugin '%s' took longer than %g s",
              aver_isolate_plugin_name(isolate), seconds);
}

/* One read or write that does not block; FALSE when the child has hung up. */
static gboolean move_bytes(AverIsolateProcess *child, const struct pollfd *ready, gsize *sent)
{
  if ((ready->revents & POLLOUT) != 0) {
    ssize_t n = send(child->socket, child->out.data + *sent, child->out.length - *sent,
                     MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0)
      *sent += (gsize) n;
    else if (errno != EAGAIN && errno != EINTR)
      *sent = child->out.length; /* it has hung up, perhaps with last words */
  }
  if ((ready->revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
    char *to = aver_buffer_reserve(&child->in, 65536);
    ssize_t n = recv(child->socket, to, child->in.capacity - child->in.length, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
      return FALSE;
    child->in.length += n > 0 ? (gsize) n : 0;
  }
  return TRUE;
}

/* Whether a whole frame has come; last words are put aside. -1 when it is none. */
static int take_frame(const AverIsolate *isolate, AverIsolateProcess *child, AverFrame *frame)
{
  for (;;) {
    if (child->in.length < sizeof *frame)
      return 0;
    AverWire wire = {child->in.data, child->in.data + child->in.length};
    aver_wire_get(&wire, frame, sizeof *frame);
    gboolean words = frame->kind == AVER_FRAME_WORDS;
    guint64 most = words ? LONGEST_WORDS : isolate->stage->stage->isolation.memory;
    if (frame->kind > AVER_FRAME_WORDS || frame->length > most)
      return -1;
    if ((guint64) (wire.end - wire.position) < frame->length)
      return 0;
    if (!words)
      return 1;
    g_free(child->words);
    child->words = aver_text_make_printable(wire.position, (gssize) frame->length);
    gsize whole = sizeof *frame + frame->length;
    memmove(child->in.data, child->in.data + whole, child->in.length - whole);
    child->in.length -= whole;
  }
}

/* Microseconds that are left for what the child is at. */
static gint64 time_left(const AverIsolateProgress *progress, gint64 asked, gint64 limit, guint n)
{
  gint64 now = g_get_monotonic_time();
  gint64 started = __atomic_load_n(&progress->started, __ATOMIC_RELAXED);
  started = CLAMP(started, asked, now);
  return MIN(started + limit, asked + limit * ((gint64) n + 1)) - now;
}

AverIsolateOutcome aver_isolate_exchange(AverIsolate *isolate, guint worker, gint64 limit,
                                         AverFrame *frame, AverWire *wire, guint n)
{
  AverIsolateProcess *child = &isolate->children[worker];
  gsize sent = 0;
  gint64 asked = g_get_monotonic_time(), stopping = 0;
  child->in.length = 0;
  for (;;) {
    gint64 left = time_left(aver_isolate_get_progress(isolate->stage, worker), asked, limit, n);
    if (left <= 0)
      return AVER_ISOLATE_TOO_SLOW;
    if (aver_stage_should_stop(isolate->stage->stage)) {
      stopping = stopping == 0 ? g_get_monotonic_time() : stopping;
      if (g_get_monotonic_time() - stopping > STOPPING)
        return AVER_ISOLATE_STOPPED;
    }
    struct pollfd ready[] = {
        {child->socket, (short) (POLLIN | (sent < child->out.length ? POLLOUT : 0)), 0},
        {child->end, POLLIN, 0}};
    int polled = poll(ready, 2, (int) (MIN(left, LOOKING) / 1000 + 1));
    if (polled < 0 && errno != EINTR)
      return AVER_ISOLATE_DIED;
    gboolean going = polled <= 0 || (move_bytes(child, &ready[0], &sent) &&
                                     (ready[0].revents != 0 || ready[1].revents == 0));
    int taken = take_frame(isolate, child, frame);
    if (taken < 0 || (taken == 0 && !going))
      return AVER_ISOLATE_DIED;
    if (taken > 0) {
      *wire = (AverWire){child->in.data + sizeof *frame,
                         child->in.data + sizeof *frame + frame->length};
      return AVER_ISOLATE_ANSWERED;
    }
  }
}

gboolean aver_isolate_await_opening(AverIsolate *isolate, guint worker, GError **error)
{
  AverIsolateProcess *child = &isolate->children[worker];
  AverFrame frame;
  AverWire wire;
  child->out.length = 0;
  AverIsolateOutcome outcome = aver_isolate_exchange(
      isolate, worker, aver_isolate_limit(isolate) * OPENING, &frame, &wire, 0);
  g_autoptr(GError) failure = NULL;
  if (outcome == AVER_ISOLATE_ANSWERED && frame.kind == AVER_FRAME_READY &&
      aver_isolate_get_error(&wire, &failure)) {
    if (failure == NULL)
      return TRUE;
    aver_isolate_bury(isolate, child, AVER_ISOLATE_ASKED, NULL);
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
  }
  if (outcome == AVER_ISOLATE_TOO_SLOW) {
    aver_isolate_bury(isolate, child, 0, NULL);
    aver_isolate_set_slow(isolate, isolate->stage->stage->isolation.seconds * OPENING, error);
  } else {
    aver_isolate_bury(isolate, child, AVER_ISOLATE_HUNG_UP, error);
  }
  g_prefix_error(error, "while it was opened, ");
  return FALSE;
}

gboolean aver_isolate_start(AverIsolate *isolate, guint worker, GError **error)
{
  AverIsolateProcess *child = &isolate->children[worker];
  if (!aver_zygote_fork(isolate->isolates->zygote,
                        isolate->number * isolate->isolates->n_workers + worker, &child->pid,
                        &child->socket, error))
    return FALSE;
  child->end = pidfd_open(child->pid, 0);
  child->used = FALSE;
  return TRUE;
}
