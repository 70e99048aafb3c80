/* SPDX-License-Identifier: Apache-2.0 */
/* POST /v1/documents: a body becomes a job, and what comes of it the answer. */
#pragma once

#include "workers.h"

/* A request under way; kept with its message. */
typedef struct Request {
  Server *server;
  SoupServerMessage *message; /* which owns this */
  gint64 started;
  GByteArray *body; /* (nullable) when it is wanted */
  gsize received;
  Ask ask;
  Job *job; /* (nullable) */
  gboolean answering;
  gsize untaken; /* bytes of the answer that are with libsoup */
  guint64 sent;
} Request;

/* Judges the head; FALSE after answering. */
gboolean documents_begin(Request *request);

/* Has the body worked on. */
void documents_work(Request *request);

/* Bytes of the answer have gone out. */
void documents_sent(Request *request, gsize bytes);

/* What the workers tell. */
extern const JobEvents documents_events;
