/* SPDX-License-Identifier: Apache-2.0 */
/* Isolated stages: what the child does. */
#include "isolate.h"

#include "sandbox.h"
#include "sanitized.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
  const AverIsolateStage *stage;
  AverIsolateProgress *progress;
  int socket;
  int scribbles; /* the reading end of what is standard output to the plugin */
  gpointer self;
  gpointer worker;
  AverDocument *document;
  GArray *old; /* AverMetadata: what the document came with */
  AverBuffer in, out;
} Child;

/* The parent being gone, or the socket closed by the plugin, is the end. */
static void send_all(Child *child, const void *data, gsize length)
{
  for (const char *p = data; length > 0;) {
    ssize_t sent = send(child->socket, p, length, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR)
      continue;
    if (sent <= 0)
      _exit(1);
    p += sent;
    length -= (gsize) sent;
  }
}

static gboolean receive_all(Child *child, void *data, gsize length)
{
  for (char *p = data; length > 0;) {
    ssize_t got = recv(child->socket, p, length, 0);
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return FALSE;
    p += got;
    length -= (gsize) got;
  }
  return TRUE;
}

static void send_frame(Child *child, AverFrameKind kind, guint32 n, const void *data, gsize length)
{
  AverFrame frame = {kind, n, length};
  send_all(child, &frame, sizeof frame);
  send_all(child, data, length);
}

/* What GLib says before it aborts: that there is no memory, mostly. */
static void last_words(const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  if ((level & (G_LOG_FLAG_FATAL | G_LOG_LEVEL_ERROR)) != 0)
    send_frame(data, AVER_FRAME_WORDS, 0, message, strlen(message));
  else
    g_log_default_handler(domain, level, message, NULL);
}

/* Nothing to read, and a standard output whose use is noticed: neither may be the parent's. In a
 * sandbox standard error is nobody's as well: what is behind it could be read, or a terminal. */
static void set_streams(Child *child)
{
  int nothing = open("/dev/null", O_RDWR | O_CLOEXEC), pair[2];
  if (nothing < 0 || pipe2(pair, O_CLOEXEC | O_NONBLOCK) != 0)
    _exit(1);
  dup2(nothing, STDIN_FILENO);
  dup2(pair[1], STDOUT_FILENO);
  if (child->stage->stage->isolation.sandbox != AVER_SANDBOX_NO && !AVER_SANITIZED)
    dup2(nothing, STDERR_FILENO);
  close(nothing);
  close(pair[1]);
  child->scribbles = pair[0];
}

static gboolean scribbled(Child *child, GError **error)
{
  char bytes[4096];
  int n = 0;
  fflush(stdout);
  if (ioctl(child->scribbles, FIONREAD, &n) != 0 || n == 0)
    return FALSE;
  while (read(child->scribbles, bytes, sizeof bytes) > 0)
    ;
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED,
              "plugin '%s' wrote to standard output, which is not its own",
              child->stage->stage->plugin->name);
  return TRUE;
}

static void limit_memory(guint64 bytes)
{
  unsigned long long pages = 0;
  FILE *file = fopen("/proc/self/statm", "re");
  if (file == NULL)
    return;
  if (fscanf(file, "%llu", &pages) == 1) {
    rlim_t most = pages * (rlim_t) sysconf(_SC_PAGESIZE) + bytes;
    struct rlimit limit = {most, most};
    setrlimit(RLIMIT_AS, &limit);
  }
  fclose(file);
}

/* Behind the parent's watch on the time that passes: processor time. */
static void limit_time(double seconds)
{
  struct rusage usage;
  struct rlimit limit;
  if (getrusage(RUSAGE_SELF, &usage) != 0 || getrlimit(RLIMIT_CPU, &limit) != 0)
    return;
  limit.rlim_cur =
      (rlim_t) usage.ru_utime.tv_sec + (rlim_t) usage.ru_stime.tv_sec + (rlim_t) ceil(seconds) + 2;
  limit.rlim_cur = MIN(limit.rlim_cur, limit.rlim_max);
  setrlimit(RLIMIT_CPU, &limit);
}

static void put_answer(Child *child, AverVerdict verdict, GError *error, AverWireParts parts)
{
  gsize at = child->out.length;
  aver_wire_put_u64(&child->out, 0);
  if (error != NULL)
    verdict = AVER_FAIL;
  aver_wire_put_u32(&child->out, verdict);
  aver_isolate_put_error(&child->out, error);
  if (verdict == AVER_KEEP)
    aver_wire_put_document(&child->out, child->document, parts, child->old, &child->stage->layers,
                           child->stage->layers.returned);
  guint64 length = child->out.length - at - sizeof length;
  memcpy(child->out.data + at, &length, sizeof length);
  g_clear_error(&error);
}

static void remember_metadata(Child *child)
{
  const GArray *metadata = child->document->metadata;
  g_array_set_size(child->old, 0);
  if (metadata->len > 0)
    g_array_append_vals(child->old, metadata->data, metadata->len);
}

static gboolean process(Child *child, AverWire *wire)
{
  const AverPlugin *plugin = child->stage->stage->plugin;
  AverDocument *document = child->document;
  GError *error = NULL;
  aver_document_reset(document);
  if (!aver_wire_get_document(wire, document, FALSE, &child->stage->layers,
                              child->stage->layers.sent, &error)) {
    g_clear_error(&error);
    return FALSE;
  }
  remember_metadata(child);
  const char *text = document->text, *id = document->id;
  AverVerdict verdict = plugin->process(child->self, child->worker, document, &error);
  if (scribbled(child, error == NULL ? &error : NULL))
    verdict = AVER_FAIL;
  if (document->text != text && error == NULL)
    g_set_error(&error, AVER_ERROR, AVER_ERROR_FAILED,
                "plugin '%s' changed the text, which an isolated annotator cannot", plugin->name);
  put_answer(child, verdict, error, document->id != id ? AVER_WIRE_ID : 0);
  return TRUE;
}

static gboolean decode(Child *child, AverWire *wire)
{
  const AverPlugin *plugin = child->stage->stage->plugin;
  AverRecord record = {0};
  const char *origin;
  gsize length;
  GError *error = NULL;
  if (!aver_wire_get_bytes(wire, &record.data, &record.length) ||
      !aver_wire_get_bytes(wire, &origin, &length) || !aver_wire_get_u64(wire, &record.offset) ||
      !aver_wire_get_u64(wire, &record.line) || !aver_wire_get_u32(wire, &record.member) ||
      record.member > length)
    return FALSE;
  g_autofree char *name = g_strndup(origin, length);
  record.origin = name;
  aver_document_reset(child->document);
  g_array_set_size(child->old, 0);
  gboolean decoded = plugin->decode(child->self, child->worker, &record, child->document, &error);
  if (scribbled(child, error == NULL ? &error : NULL))
    decoded = FALSE;
  put_answer(child, decoded ? AVER_KEEP : AVER_FAIL, error, AVER_WIRE_ID | AVER_WIRE_TEXT);
  return TRUE;
}

static gboolean answer(Child *child, const AverFrame *frame)
{
  AverWire wire = {child->in.data, child->in.data + child->in.length};
  child->out.length = 0;
  limit_time(child->stage->stage->isolation.seconds * frame->n);
  for (guint32 i = 0; i < frame->n; i++) {
    __atomic_store_n(&child->progress->started, g_get_monotonic_time(), __ATOMIC_RELAXED);
    __atomic_store_n(&child->progress->index, (gint) i, __ATOMIC_RELEASE);
    if (frame->kind == AVER_FRAME_DECODE ? !decode(child, &wire) : !process(child, &wire))
      return FALSE;
  }
  send_frame(child, AVER_FRAME_REPLY, frame->n, child->out.data, child->out.length);
  return TRUE;
}

static gboolean open_plugin(Child *child, GError **error)
{
  const AverPlugin *plugin = child->stage->stage->plugin;
  GError *failure = NULL;
  if (child->stage->stage->isolation.sandbox != AVER_SANDBOX_NO)
    aver_sandbox_enter(child->stage->stage, child->socket, &failure);
  if (failure == NULL && plugin->open != NULL)
    child->self = plugin->open(child->stage->stage, &failure);
  if (failure == NULL && plugin->start != NULL)
    child->worker = plugin->start(child->self, &failure);
  if (failure == NULL)
    scribbled(child, &failure);
  if (failure != NULL)
    g_propagate_error(error, failure);
  return failure == NULL;
}

void aver_isolate_child(const AverIsolateStage *stage, guint worker, int socket)
{
  Child child = {
      .stage = stage, .progress = aver_isolate_get_progress(stage, worker), .socket = socket};
  struct rlimit none = {0, 0};
  fcntl(socket, F_SETFL, 0);
  setrlimit(RLIMIT_CORE, &none);
  set_streams(&child);
  g_log_set_default_handler(last_words, &child);
  child.document = aver_document_new();
  child.old = g_array_new(FALSE, FALSE, sizeof(AverMetadata));
  if (!AVER_SANITIZED)
    limit_memory(stage->stage->isolation.memory);
  g_autoptr(GError) error = NULL;
  gboolean opened = open_plugin(&child, &error);
  aver_isolate_put_error(&child.out, error);
  send_frame(&child, AVER_FRAME_READY, 0, child.out.data, child.out.length);
  if (!opened)
    return;
  AverFrame frame;
  while (receive_all(&child, &frame, sizeof frame)) {
    child.in.length = 0;
    aver_buffer_reserve(&child.in, frame.length);
    if (!receive_all(&child, child.in.data, frame.length))
      break;
    child.in.length = frame.length;
    if (!answer(&child, &frame))
      return;
  }
  if (stage->stage->plugin->stop != NULL)
    stage->stage->plugin->stop(child.self, child.worker);
  if (stage->stage->plugin->close != NULL)
    stage->stage->plugin->close(child.self);
}
