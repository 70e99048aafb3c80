/* SPDX-License-Identifier: Apache-2.0 */
/* The thread that fetches messages ahead, tells the server that they are in work, and sees the end.
 */
#include "nats-reader.h"

#include <string.h>
#include <time.h>

/* How long the server may hold a request open, and how long a cut may wait; milliseconds. */
#define FETCH_MILLISECONDS 250
/* The same while one message at a time is in work. */
#define ALONE_MILLISECONDS 10

/* An answer may be so late. */
#define LATE_MILLISECONDS 50

#define MOST_AT_ONCE 256
/* Fetched ahead of what is cut, in such portions. */
#define PORTIONS 4

static void fetched_free(Fetched *fetched)
{
  natsMsg_Destroy(fetched->message);
  g_free(fetched);
}

static gsize size_of(natsMsg *message)
{
  return (gsize) natsMsg_GetDataLength(message);
}

/* What the thread itself remembers. */
typedef struct {
  gsize average; /* bytes a message */
  gboolean alone;
  int outstanding; /* messages that were asked for and did not come */
  gint64 told;     /* when work was said to be in progress */
  gint64 silence;  /* since when nothing but errors comes; 0: it does not */
} Memory;

/* Puts a message into the queue; called under the lock. */
static void keep(NatsReader *reader, Memory *memory, natsMsg *message)
{
  Delivery *delivery = deliveries_add(reader, message);
  if (delivery == NULL) {
    natsMsg_Destroy(message);
    return;
  }
  Fetched *fetched = g_new(Fetched, 1);
  *fetched = (Fetched){message, delivery};
  memory->average = (memory->average * 7 + size_of(message)) / 8;
  memory->alone = delivery->times >= SUSPECT;
  reader->fetched_bytes += size_of(message);
  g_queue_push_tail(&reader->fetched, fetched);
}

static void set_fatal(NatsReader *reader, natsStatus status)
{
  GError *failure = NULL;
  link_fail(&reader->link, status, "cannot fetch: lost the server", &failure);
  pthread_mutex_lock(&reader->lock);
  if (reader->fatal == NULL)
    reader->fatal = failure;
  else
    g_error_free(failure);
  pthread_cond_broadcast(&reader->changed);
  pthread_mutex_unlock(&reader->lock);
}

/* A server that was started again takes a while until it has its streams. */
static gboolean bear(NatsReader *reader, Memory *memory, natsStatus status)
{
  gint64 patience = aver_stage_get_integer(reader->stage, "reconnect") * G_USEC_PER_SEC;
  gint64 now = g_get_monotonic_time();
  if (status == NATS_OK || status == NATS_TIMEOUT) {
    memory->silence = 0;
    return TRUE;
  }
  if (memory->silence == 0)
    memory->silence = now;
  if (link_is_closed(&reader->link) || now - memory->silence > patience ||
      !link_wait(&reader->link, 100)) {
    set_fatal(reader, status);
    return FALSE;
  }
  return TRUE;
}

/* How many messages to ask for: one when the one before is suspect, else what makes a portion. */
static int count_wanted(const NatsReader *reader, const Memory *memory)
{
  gsize n = reader->most_bytes / MAX(memory->average, 1);
  return memory->alone ? 1 : (int) CLAMP(n, 1, MOST_AT_ONCE);
}

static gboolean has_room(const NatsReader *reader, const Memory *memory)
{
  if (memory->alone)
    return reader->fetched.length == 0 && reader->open.length == 0;
  return reader->fetched_bytes < PORTIONS * reader->most_bytes &&
         reader->fetched.length < PORTIONS * MOST_AT_ONCE;
}

static void wait_until(NatsReader *reader, guint milliseconds)
{
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  end.tv_nsec += (long) milliseconds * 1000000;
  end.tv_sec += end.tv_nsec / 1000000000;
  end.tv_nsec %= 1000000000;
  pthread_cond_timedwait(&reader->changed, &reader->lock, &end);
}

/* FALSE when the thread has to end. */
static gboolean wait_for_room(NatsReader *reader, Memory *memory)
{
  gint64 pause = reader->ack_wait * 1000 / 3;
  pthread_mutex_lock(&reader->lock);
  for (gboolean room = FALSE; !room && !reader->quit;) {
    gint64 now = g_get_monotonic_time();
    if (now - memory->told >= pause) {
      deliveries_tell_in_progress(reader);
      memory->told = now;
    }
    room = has_room(reader, memory);
    if (!room)
      wait_until(reader, (guint) MIN(FETCH_MILLISECONDS, MAX(pause / 2000, 1)));
  }
  gboolean go_on = !reader->quit;
  pthread_mutex_unlock(&reader->lock);
  return go_on;
}

static void look_for_end(NatsReader *reader)
{
  pthread_mutex_lock(&reader->lock);
  gboolean idle = reader->fetched.length + reader->open.length + reader->done->len == 0;
  pthread_mutex_unlock(&reader->lock);
  if (!idle || !consumer_is_empty(reader))
    return;
  pthread_mutex_lock(&reader->lock);
  reader->ended = TRUE;
  pthread_cond_broadcast(&reader->changed);
  pthread_mutex_unlock(&reader->lock);
}

/* Not natsSubscription_Fetch(): with libnats 3.4 it writes behind the end of its list when messages
 * of an earlier request come late, as they do when a server was away. */
static natsStatus ask(NatsReader *reader, Memory *memory, int milliseconds)
{
  char body[96];
  memory->outstanding = count_wanted(reader, memory);
  g_snprintf(body, sizeof body, "{\"batch\":%d,\"expires\":%d000000}", memory->outstanding,
             milliseconds);
  return natsConnection_PublishRequestString(reader->link.connection, reader->next, reader->inbox,
                                             body);
}

/* What the server says instead of a message: that the request is over, or cannot be answered. */
static natsStatus heed(Memory *memory, natsMsg *message)
{
  const char *code = NULL;
  gboolean deaf = natsMsg_IsNoResponders(message);
  gboolean over = natsMsgHeader_Get(message, "Status", &code) == NATS_OK &&
                  (strcmp(code, "404") == 0 || strcmp(code, "408") == 0);
  memory->outstanding = 0;
  natsMsg_Destroy(message);
  return deaf ? NATS_NO_RESPONDERS : over ? NATS_TIMEOUT : NATS_NOT_FOUND;
}

/* Takes what comes, waiting for the first. */
static natsStatus receive(NatsReader *reader, Memory *memory, int milliseconds)
{
  natsMsg *message = NULL;
  int n = 1;
  natsStatus status = natsSubscription_NextMsg(&message, reader->subscription, milliseconds);
  if (status != NATS_OK) {
    memory->outstanding = 0;
    return status;
  }
  if (natsMsg_GetReply(message) == NULL)
    return heed(memory, message);
  natsSubscription_GetPending(reader->subscription, &n, NULL);
  pthread_mutex_lock(&reader->lock);
  for (int i = 0; message != NULL; i++) {
    if (natsMsg_GetReply(message) == NULL) {
      heed(memory, message);
    } else {
      keep(reader, memory, message);
      memory->outstanding--;
    }
    message = NULL;
    if (i < n)
      natsSubscription_NextMsg(&message, reader->subscription, 1);
  }
  pthread_cond_broadcast(&reader->changed);
  pthread_mutex_unlock(&reader->lock);
  return NATS_OK;
}

static void *fetch(void *data)
{
  NatsReader *reader = data;
  Memory memory = {.average = reader->most_bytes, .told = g_get_monotonic_time()};
  int timeout = (int) CLAMP(reader->ack_wait / 4, 1, FETCH_MILLISECONDS);
  while (wait_for_room(reader, &memory)) {
    natsStatus status = NATS_OK;
    if (memory.outstanding <= 0)
      status = ask(reader, &memory, timeout);
    if (status == NATS_OK)
      status = receive(reader, &memory, timeout + LATE_MILLISECONDS);
    if (!bear(reader, &memory, status))
      break;
    if (status == NATS_TIMEOUT && reader->stop_when_empty)
      look_for_end(reader);
  }
  nats_ReleaseThreadMemory();
  return NULL;
}

gboolean fetch_start(NatsReader *reader, GError **error)
{
  reader->started = pthread_create(&reader->thread, NULL, fetch, reader) == 0;
  if (!reader->started)
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "no thread can be started");
  return reader->started;
}

void fetch_stop(NatsReader *reader)
{
  pthread_mutex_lock(&reader->lock);
  reader->quit = TRUE;
  pthread_cond_broadcast(&reader->changed);
  pthread_mutex_unlock(&reader->lock);
  if (reader->started)
    pthread_join(reader->thread, NULL);
  reader->started = FALSE;
  Fetched *fetched;
  while ((fetched = g_queue_pop_head(&reader->fetched)) != NULL)
    fetched_free(fetched);
}

/* One that is suspect is cut when all before it is done with, and nothing behind it until it is. */
static gboolean is_ready(NatsReader *reader)
{
  const Fetched *first = g_queue_peek_head(&reader->fetched);
  const Delivery *last = g_queue_peek_tail(&reader->open);
  if (first == NULL)
    return FALSE;
  return last == NULL || (last->times < SUSPECT && first->delivery->times < SUSPECT);
}

static void take(NatsReader *reader)
{
  Fetched *fetched = g_queue_pop_head(&reader->fetched);
  natsMsg_Destroy(reader->current.message);
  reader->current = *fetched;
  reader->fetched_bytes -= size_of(fetched->message);
  g_free(fetched);
  deliveries_cut(reader, reader->current.delivery);
  pthread_cond_broadcast(&reader->changed);
}

AverCut fetch_next(NatsReader *reader, gboolean may_block, GError **error)
{
  AverCut cut = AVER_CUT_WAIT;
  pthread_mutex_lock(&reader->lock);
  if (reader->deadline > 0 && g_get_monotonic_time() >= reader->deadline)
    reader->ended = TRUE;
  if (!is_ready(reader) && may_block && !reader->ended && reader->fatal == NULL)
    wait_until(reader, reader->fetched.length > 0 ? ALONE_MILLISECONDS : FETCH_MILLISECONDS);
  if (reader->ended) {
    cut = AVER_CUT_END;
  } else if (is_ready(reader)) {
    take(reader);
    cut = AVER_CUT_RECORD;
  } else if (reader->fatal != NULL) {
    g_propagate_error(error, g_steal_pointer(&reader->fatal));
    cut = AVER_CUT_FATAL;
  }
  pthread_mutex_unlock(&reader->lock);
  return cut;
}
