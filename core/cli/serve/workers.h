/* SPDX-License-Identifier: Apache-2.0 */
/* Workers: threads that take texts through the pipeline, and the line of those that wait. */
#pragma once

#include "request.h"

/* A text on its way. The main thread makes it and is told of what comes of it. */
typedef struct Job Job;

/* What the main thread is told, there [main]. */
typedef struct {
  /* Bytes of the answer are at hand; @ended: the last ones. @status is that of an answer of one
   * document: 200, 204, or that of its error. */
  void (*ready)(gpointer data, GBytes *bytes, gboolean ended, guint status);
} JobEvents;

Workers *workers_new(Server *server, const JobEvents *events);

/* Begins no more documents, and waits a second for those under way; FALSE when some go on. */
gboolean workers_free(Workers *workers);

/* Whether another text would have to be turned away. */
gboolean workers_are_full(const Workers *workers);
guint workers_count_waiting(Workers *workers);
guint workers_count_busy(Workers *workers);
guint64 workers_count_late(Workers *workers);

/* Adds a text to the line; takes what is in @ask. @data goes to the events. */
Job *workers_add(Workers *workers, Ask *ask, GBytes *body, gpointer data);

/* What kind of answer it gives. */
AnswerKind job_get_answer(const Job *job);

/* So many bytes of the answer have gone out. */
void job_taken(Job *job, gsize bytes);

/* Nobody waits for it any more. @job may not be used again. */
void job_drop(Job *job);
