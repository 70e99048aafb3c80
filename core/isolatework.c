/* SPDX-License-Identifier: Apache-2.0 */
/* Isolated stages: documents done in a child, and which one is to blame. */
#include "isolate-private.h"

#include <string.h>

/* Buffers larger than this are given back. */
#define LARGEST_KEPT (4 * 1024 * 1024)

/* Some documents of one call. */
typedef struct {
  AverFrameKind kind;
  const AverRecord *const *records;
  AverDocument *const *documents;
  AverVerdict *verdicts;
  GError **errors;
} Work;

static void put_work(const AverIsolate *isolate, AverBuffer *out, const Work *work, guint first,
                     guint n)
{
  AverFrame frame = {work->kind, n, 0};
  out->length = 0;
  aver_buffer_append(out, &frame, sizeof frame);
  for (guint i = first; i < first + n; i++) {
    if (work->kind == AVER_FRAME_DECODE) {
      const AverRecord *record = work->records[i];
      aver_wire_put_bytes(out, record->data, record->length);
      aver_wire_put_bytes(out, record->origin, strlen(record->origin));
      aver_wire_put_u64(out, record->offset);
      aver_wire_put_u64(out, record->line);
      aver_wire_put_u32(out, record->member);
    } else {
      aver_wire_put_document(out, work->documents[i], AVER_WIRE_ID | AVER_WIRE_TEXT, NULL,
                             &isolate->stage->layers, isolate->stage->layers.sent);
    }
  }
  frame.length = out->length - sizeof frame;
  memcpy(out->data, &frame, sizeof frame);
}

static gboolean take_answer(const AverIsolate *isolate, AverWire *wire, const Work *work, guint i)
{
  guint32 verdict;
  GError *error = NULL;
  gboolean sane = aver_wire_get_u32(wire, &verdict) && verdict <= AVER_FAIL &&
                  aver_isolate_get_error(wire, &error);
  if (sane && verdict == AVER_KEEP && error == NULL)
    sane = aver_wire_get_document(wire, work->documents[i], TRUE, &isolate->stage->layers,
                                  isolate->stage->layers.returned, &error);
  else if (!sane)
    g_set_error(&error, AVER_ERROR, AVER_ERROR_FAILED, "its process answered with nonsense");
  if (!sane)
    g_prefix_error(&error, "plugin '%s': ", aver_isolate_plugin_name(isolate));
  work->verdicts[i] = sane && error == NULL ? (AverVerdict) verdict : AVER_FAIL;
  work->errors[i] = error;
  return sane;
}

/* Takes all answers; FALSE when the child is not to be trusted any more. Without a length to go by,
 * documents are left as they are, from *@done on. */
static gboolean take_answers(const AverIsolate *isolate, AverWire *wire, const Work *work,
                             guint first, guint n, guint *done)
{
  gboolean sane = TRUE;
  for (*done = 0; *done < n; (*done)++) {
    AverWire one;
    gsize length;
    if (!aver_wire_get_bytes(wire, &one.position, &length))
      return FALSE;
    one.end = one.position + length;
    sane = take_answer(isolate, &one, work, first + *done) && sane;
  }
  return sane;
}

static void fail(const Work *work, guint i, GError *error)
{
  work->verdicts[i] = AVER_FAIL;
  work->errors[i] = error;
}

/* Does some documents at once and tells how many came to something: all of them; one that failed;
 * or none when their child died, or was stopped because *@slow took too long. */
static guint attempt(AverIsolate *isolate, guint worker, const Work *work, guint first, guint n,
                     guint *slow)
{
  AverIsolateProcess *child = &isolate->children[worker];
  AverFrame frame;
  AverWire wire;
  guint done = 0;
  GError *error = NULL;
  if (child->pid == 0 && (!aver_isolate_start(isolate, worker, &error) ||
                          !aver_isolate_await_opening(isolate, worker, &error))) {
    fail(work, first, error);
    return 1;
  }
  put_work(isolate, &child->out, work, first, n);
  gboolean fresh = !child->used;
  child->used = TRUE;
  switch (aver_isolate_exchange(isolate, worker, aver_isolate_limit(isolate), &frame, &wire, n)) {
  case AVER_ISOLATE_ANSWERED:
    if (frame.kind != AVER_FRAME_REPLY || frame.n != n ||
        !take_answers(isolate, &wire, work, first, n, &done))
      aver_isolate_bury(isolate, child, 0, NULL);
    if (done == 0 && n == 1)
      g_set_error(&error, AVER_ERROR, AVER_ERROR_FAILED, "plugin '%s' answered with nonsense",
                  aver_isolate_plugin_name(isolate));
    break;
  case AVER_ISOLATE_TOO_SLOW:
    aver_isolate_bury(isolate, child, 0, NULL);
    *slow = (guint) __atomic_load_n(&aver_isolate_get_progress(isolate->stage, worker)->index,
                                    __ATOMIC_ACQUIRE);
    *slow = first + MIN(*slow, n - 1);
    break;
  case AVER_ISOLATE_STOPPED:
    aver_isolate_bury(isolate, child, 0, NULL);
    g_set_error(&error, AVER_ERROR, AVER_ERROR_STOPPED, "stopped");
    fail(work, first, error);
    return n;
  default:
    aver_isolate_bury(isolate, child, AVER_ISOLATE_HUNG_UP, &error);
    break;
  }
  if (error != NULL && n == 1 && fresh) {
    fail(work, first, error);
    return 1;
  }
  g_clear_error(&error);
  return done;
}

/* A document is to blame when a child dies of it that has had no other: after a death, the
 * documents of a batch are done one by one until that one is found. Which one took too long is
 * known at once. */
static void do_work(AverIsolate *isolate, guint worker, const Work *work, guint n)
{
  gboolean alone = FALSE;
  guint slow = G_MAXUINT;
  worker = MIN(worker, isolate->n_children - 1);
  for (guint done = 0; done < n;) {
    if (done == slow) {
      GError *error = NULL;
      aver_isolate_set_slow(isolate, isolate->stage->stage->isolation.seconds, &error);
      fail(work, done++, error);
      slow = G_MAXUINT;
      continue;
    }
    guint wanted = alone ? 1 : MIN(slow, n) - done;
    guint before = slow;
    guint got = attempt(isolate, worker, work, done, wanted, &slow);
    if (got < wanted)
      alone = slow == before;
    else if (isolate->children[worker].pid == 0)
      alone = FALSE;
    done += got;
  }
  AverIsolateProcess *child = &isolate->children[worker];
  if (child->in.capacity > LARGEST_KEPT)
    aver_buffer_clear(&child->in);
  if (child->out.capacity > LARGEST_KEPT)
    aver_buffer_clear(&child->out);
}

void aver_isolate_process(AverIsolate *isolate, guint worker, AverDocument *const *documents,
                          guint n, AverVerdict *verdicts, GError **errors)
{
  Work work = {AVER_FRAME_PROCESS, NULL, documents, verdicts, errors};
  do_work(isolate, worker, &work, n);
}

void aver_isolate_decode(AverIsolate *isolate, guint worker, const AverRecord *const *records,
                         AverDocument *const *documents, guint n, AverVerdict *verdicts,
                         GError **errors)
{
  Work work = {AVER_FRAME_DECODE, records, documents, verdicts, errors};
  do_work(isolate, worker, &work, n);
}
