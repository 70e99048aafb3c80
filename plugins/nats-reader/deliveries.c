/* SPDX-License-Identifier: Apache-2.0 */
/* Deliveries: which messages the server waits to hear of, and what it is told of them. */
#include "nats-reader.h"

#include <string.h>

#define CONFIRM_MILLISECONDS 2000
#define FLUSH_MILLISECONDS   2000
/* So many messages are known again when a server that has crashed has forgotten that they were
 * acknowledged. */
#define MOST_PAST 65536

/* How long the end of a run may wait for a server that is not there. */
#define LAST_WAIT (3 * G_USEC_PER_SEC)

void delivery_free(gpointer data)
{
  Delivery *delivery = data;
  g_free(delivery->reply);
  g_free(delivery);
}

static natsStatus tell(const NatsReader *reader, const char *reply, const char *what)
{
  return natsConnection_PublishString(reader->link.connection, reply, what);
}

Delivery *deliveries_add(NatsReader *reader, natsMsg *message)
{
  jsMsgMetaData *meta = NULL;
  const char *reply = natsMsg_GetReply(message);
  if (reply == NULL || natsMsg_GetMetaData(&meta, message) != NATS_OK)
    return NULL;
  gint64 key = (gint64) meta->Sequence.Stream;
  Delivery *known = g_hash_table_lookup(reader->table, &key);
  if (known != NULL) {
    if (known->state == DELIVERY_DONE)
      tell(reader, reply, "+ACK");
    g_free(known->reply);
    known->reply = g_strdup(reply);
    jsMsgMetaData_Destroy(meta);
    return NULL;
  }
  Delivery *delivery = g_new(Delivery, 1);
  *delivery = (Delivery){.sequence = meta->Sequence.Stream,
                         .consumer_sequence = meta->Sequence.Consumer,
                         .times = meta->NumDelivered,
                         .reply = g_strdup(reply)};
  jsMsgMetaData_Destroy(meta);
  g_hash_table_insert(reader->table, &delivery->sequence, delivery);
  return delivery;
}

void deliveries_cut(NatsReader *reader, Delivery *delivery)
{
  delivery->state = DELIVERY_CUT;
  delivery->number = ++reader->n_cut;
  g_queue_push_tail(&reader->open, delivery);
}

static void tell_open(NatsReader *reader, const char *what)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init(&iter, reader->table);
  while (g_hash_table_iter_next(&iter, NULL, &value))
    if (((const Delivery *) value)->state != DELIVERY_DONE)
      tell(reader, ((const Delivery *) value)->reply, what);
}

void deliveries_tell_in_progress(NatsReader *reader)
{
  tell_open(reader, "+WPI");
}

void deliveries_give_back(NatsReader *reader)
{
  if (g_hash_table_size(reader->table) == 0)
    return;
  tell_open(reader, "-NAK");
  natsConnection_FlushTimeout(reader->link.connection, FLUSH_MILLISECONDS);
}

void deliveries_write_cursor(const NatsReader *reader, GString *text)
{
  g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(CursorSpan));
  if (aver_stage_get_job(reader->stage) != NULL) {
    for (guint i = 0; i < reader->done->len; i++) {
      const Delivery *delivery = g_ptr_array_index(reader->done, i);
      cursor_add(spans, delivery->sequence, delivery->consumer_sequence);
    }
    for (const GList *link = reader->open.head; link != NULL; link = link->next) {
      const Delivery *delivery = link->data;
      cursor_add(spans, delivery->sequence, delivery->consumer_sequence);
    }
  }
  cursor_write(text, reader->n_cut, spans);
}

/* The server takes what comes of one connection in order: when it confirms the last, it has all. */
static gboolean confirm(const NatsReader *reader, const char *reply, guint64 turn)
{
  natsMsg *answer = NULL;
  natsStatus status = natsConnection_RequestString(&answer, reader->link.connection, reply, "+ACK",
                                                   CONFIRM_MILLISECONDS);
  natsMsg_Destroy(answer);
  return status == NATS_OK && turn != G_MAXUINT64 && link_get_turn(&reader->link) == turn;
}

/* Waits a little before another attempt; FALSE with an error when there will be none. */
static gboolean hope(const NatsReader *reader, gint64 *deadline, GError **error)
{
  gint64 now = g_get_monotonic_time();
  if (*deadline == 0 && aver_stage_should_stop(reader->stage))
    *deadline = now + LAST_WAIT;
  if ((*deadline == 0 || now < *deadline) && link_wait(&reader->link, 100))
    return TRUE;
  return link_fail(&reader->link, NATS_CONNECTION_CLOSED,
                   "cannot acknowledge what was written: lost the server", error);
}

/* Sends all acknowledgements, @list being borrowed; the last is confirmed by the caller. */
static gboolean send_all(const NatsReader *reader, const GPtrArray *list)
{
  gboolean good = TRUE;
  for (guint i = 0; good && i + 1 < list->len; i++)
    good = tell(reader, ((const Delivery *) g_ptr_array_index(list, i))->reply, "+ACK") == NATS_OK;
  return good;
}

/* Whether a message came again meanwhile does not matter: it was told as well. */
static char *send_done(NatsReader *reader)
{
  char *last = NULL;
  pthread_mutex_lock(&reader->lock);
  if (send_all(reader, reader->done)) {
    const Delivery *delivery = g_ptr_array_index(reader->done, reader->done->len - 1);
    last = g_strdup(delivery->reply);
  }
  pthread_mutex_unlock(&reader->lock);
  return last;
}

static void forget_done(NatsReader *reader)
{
  pthread_mutex_lock(&reader->lock);
  for (guint i = 0; i < reader->done->len; i++) {
    Delivery *delivery = g_ptr_array_index(reader->done, i);
    g_clear_pointer(&delivery->reply, g_free);
    g_queue_push_tail(&reader->past, delivery);
  }
  g_ptr_array_set_size(reader->done, 0);
  while (reader->past.length > MOST_PAST) {
    const Delivery *oldest = g_queue_pop_head(&reader->past);
    gint64 key = (gint64) oldest->sequence;
    g_hash_table_remove(reader->table, &key);
  }
  pthread_cond_broadcast(&reader->changed);
  pthread_mutex_unlock(&reader->lock);
}

gboolean deliveries_acknowledge(NatsReader *reader, guint64 number, GError **error)
{
  gint64 deadline = 0;
  pthread_mutex_lock(&reader->lock);
  while (reader->open.head != NULL && ((Delivery *) reader->open.head->data)->number <= number) {
    Delivery *delivery = g_queue_pop_head(&reader->open);
    delivery->state = DELIVERY_DONE;
    g_ptr_array_add(reader->done, delivery);
  }
  guint n = reader->done->len;
  pthread_mutex_unlock(&reader->lock);
  while (n > 0) {
    guint64 turn = link_get_turn(&reader->link);
    g_autofree char *last = turn == G_MAXUINT64 ? NULL : send_done(reader);
    if (last != NULL && confirm(reader, last, turn))
      break;
    if (!hope(reader, &deadline, error))
      return FALSE;
  }
  forget_done(reader);
  return TRUE;
}

/* The subject by which the server knows a delivery, whenever that was. */
static char *make_reply(const NatsReader *reader, const CursorSpan *span, guint64 i)
{
  return g_strdup_printf("$JS.ACK.%s.%s.1.%" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT ".0.0",
                         reader->stream, reader->consumer, span->stream + i, span->consumer + i);
}

static gboolean send_spans(const NatsReader *reader, const GArray *spans, char **last)
{
  for (guint i = 0; i < spans->len; i++) {
    const CursorSpan *span = &g_array_index(spans, CursorSpan, i);
    for (guint64 k = 0; k < span->n; k++) {
      g_free(*last);
      *last = make_reply(reader, span, k);
      if (tell(reader, *last, "+ACK") != NATS_OK)
        return FALSE;
    }
  }
  return TRUE;
}

gboolean deliveries_acknowledge_again(NatsReader *reader, const GArray *spans, GError **error)
{
  gint64 deadline = 0;
  while (spans->len > 0) {
    guint64 turn = link_get_turn(&reader->link);
    g_autofree char *last = NULL;
    if (send_spans(reader, spans, &last) && confirm(reader, last, turn))
      break;
    if (!hope(reader, &deadline, error))
      return FALSE;
  }
  return TRUE;
}
