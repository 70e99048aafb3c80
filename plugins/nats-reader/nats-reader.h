/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of nats-reader: a consumer, messages fetched ahead, deliveries that wait to be
 * acknowledged, dead letters. */
#pragma once

#include "cursor.h"
#include "format.h"
#include "link.h"

/* Not GMutex: thread sanitizers know the locks of pthreads. */
#include <pthread.h>

/* From this many deliveries on, a message is suspected of killing who works on it: it is worked on
 * alone. */
#define SUSPECT 3

typedef enum {
  DELIVERY_FETCHED,
  DELIVERY_CUT,
  DELIVERY_DONE, /* acknowledged, but the server has not confirmed that it knows */
} DeliveryState;

/* A message that the server waits to hear of. */
typedef struct {
  guint64 sequence; /* in the stream; the key in the table */
  guint64 consumer_sequence;
  guint64 number; /* how many were cut up to this one; 0 while it was not */
  guint64 times;  /* it was delivered */
  DeliveryState state;
  char *reply; /* the subject to answer to */
} Delivery;

typedef struct {
  natsMsg *message;
  Delivery *delivery; /* in the table */
} Fetched;

typedef struct {
  AverStage *stage;
  Link link;
  const char *stream, *consumer, *dead_letter;
  natsSubscription *subscription;
  natsInbox *inbox; /* where messages come to */
  char *next;       /* the subject that asks for more */
  gint64 ack_wait;  /* milliseconds */
  guint64 attempts;
  gsize most_bytes; /* of what is fetched at once */
  gboolean stop_when_empty;
  gint64 deadline; /* monotonic; 0: none */
  Formats formats;

  Fetched current; /* the message that was cut last [input] */
  GString *origin;
  gboolean started;
  pthread_t thread; /* fetches */

  pthread_mutex_t lock; /* all below */
  pthread_cond_t changed;
  GQueue fetched;      /* Fetched* */
  gsize fetched_bytes; /* in that queue */
  GHashTable *table;   /* Delivery, by sequence */
  GQueue open;         /* Delivery*, cut and not acknowledged, in the order of their numbers */
  GPtrArray *done;     /* Delivery*, acknowledged but not confirmed, in that order */
  GQueue past;         /* Delivery*, confirmed: a server that crashes may send them again */
  guint64 n_cut;
  gboolean quit;  /* the thread has to end */
  gboolean ended; /* there is nothing more */
  GError *fatal;
} NatsReader;

/* consumer.c: finds the stream and the consumer, or makes them. */
gboolean consumer_open(NatsReader *reader, GError **error);
/* Whether all that the stream had is done with, by everybody. */
gboolean consumer_is_empty(const NatsReader *reader);

/* fetch.c: the thread that fetches ahead, and says that work is in progress. */
gboolean fetch_start(NatsReader *reader, GError **error);
void fetch_stop(NatsReader *reader);
/* The next message; as cut() answers [input]. */
AverCut fetch_next(NatsReader *reader, gboolean may_block, GError **error);

/* deliveries.c: what the server is told. All but the first are called under the lock. */
void delivery_free(gpointer delivery);
/* Notes a delivery, which is known again when it comes a second time: then the server is told what
 * became of it, if anything did, and NULL is the answer. */
Delivery *deliveries_add(NatsReader *reader, natsMsg *message);
void deliveries_cut(NatsReader *reader, Delivery *delivery);
void deliveries_tell_in_progress(NatsReader *reader);
void deliveries_give_back(NatsReader *reader);
void deliveries_write_cursor(const NatsReader *reader, GString *text);
/* Acknowledges all that was cut up to a number, and waits until the server confirms it; takes the
 * lock itself. */
gboolean deliveries_acknowledge(NatsReader *reader, guint64 number, GError **error);
/* Acknowledges once more what a run that was killed had committed; takes the lock itself. */
gboolean deliveries_acknowledge_again(NatsReader *reader, const GArray *spans, GError **error);

/* letters.c: dead letters. [input, output] */
gboolean letter_send(NatsReader *reader, guint64 sequence, const char *type, const char *data,
                     gsize length, const char *stage, const char *message, GError **error);
