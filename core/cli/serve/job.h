/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of jobs and workers, shared by the files that make them up. */
#pragma once

#include "workers.h"

typedef enum {
  JOB_WAITING,
  JOB_WORKING,
  JOB_PARKED, /* its answer is not being taken */
  JOB_ENDED,
} JobState;

struct Job {
  gatomicrefcount references; /* the main thread's, and the line's or a worker's */
  Workers *workers;
  gpointer data;
  Ask ask;
  GBytes *body;
  AverReading *reading; /* (nullable) the worker's */
  GMutex lock;          /* over: */
  JobState state;
  gboolean dropped; /* by the main thread */
  gboolean posted;  /* the main thread has been told that there is something */
  gboolean late;    /* the present document has been given up, and answered for */
  gint64 deadline;  /* of what it is doing */
  guint64 n;        /* documents */
  guint status;
  AverBuffer answer; /* not yet with the main thread */
  gsize untaken;     /* of what the main thread has, and of the answer */
};

struct Workers {
  Server *server;
  JobEvents events;
  GAsyncQueue *line;
  GThread **threads;
  guint n_threads;
  guint n_jobs; /* the main thread's */
  GPtrArray *jobs;
  guint ticker;
  gint busy;
  gint waiting;
  gint left; /* threads that have ended */
  guint64 n_late;
};

Job *job_ref(Job *job);
void job_unref(Job *job);

/* To the end of the line. */
void job_enter_line(Job *job);

/* Goes on with a text, as worker @worker, with a reference that it takes. [worker] */
void job_work(Job *job, guint worker, AverDocument *document, AverBuffer *record);

/* The document, or its waiting, has taken too long: the client is told, whatever comes of it. With
 * the lock. [main] */
void job_give_up(Job *job);
