/* SPDX-License-Identifier: Apache-2.0 */
/* Isolated stages: callbacks that run in child processes, one a worker. */
#pragma once

#include "pipeline.h"
#include "wire.h"
#include "zygote.h"

/* What a child is doing, in a page of memory that it shares with its parent and no other child. */
typedef struct {
  gint64 started; /* when its document was begun, in microseconds; atomic */
  gint index;     /* of that document in the batch; atomic */
} AverIsolateProgress;

/* One isolated stage as the children know it. */
typedef struct {
  AverStage *stage;         /* (nullable) of a delegate that has not been loaded yet */
  AverDelegates *delegates; /* (nullable) that one's, and: */
  guint32 delegate;
  AverWireLayers layers;
  guint first; /* page of those that a worker each has */
  char *pages;
  gsize page_size;
} AverIsolateStage;

/* The isolated stages of a crew and the process that their children come from. */
typedef struct AverIsolates AverIsolates;

typedef struct AverIsolate AverIsolate;

/* Forks the zygote for the isolated ones of the stages from @first to before @last; NULL without
 * an error when there are none. To be called before anything is opened. [main] */
AverIsolates *aver_isolates_new(const AverPipeline *pipeline, guint first, guint last,
                                guint n_workers, GError **error);
void aver_isolates_free(AverIsolates *isolates);

/* A worker's child's. */
AverIsolateProgress *aver_isolate_get_progress(const AverIsolateStage *stage, guint worker);

/* Starts the children of one stage, in which the plugin is opened. NULL with what its open() or
 * start() said, or what became of it. [main] */
AverIsolate *aver_isolate_new(AverIsolates *isolates, AverStage *stage, GError **error);
void aver_isolate_free(AverIsolate *isolate);

/* process() for some documents, in the worker's child. [worker] */
void aver_isolate_process(AverIsolate *isolate, guint worker, AverDocument *const *documents,
                          guint n, AverVerdict *verdicts, GError **errors);

/* decode() of some records, in the worker's child. [worker] */
void aver_isolate_decode(AverIsolate *isolate, guint worker, const AverRecord *const *records,
                         AverDocument *const *documents, guint n, AverVerdict *verdicts,
                         GError **errors);

/*
 * What goes over the socket: a header, and as many bytes as it says.
 *
 * PROCESS: documents. DECODE: records. REPLY: for each of them, its length as 64 bits, and
 * aver_isolate_put_answer(). READY: nothing, or the error of open(). WORDS: why the child is about
 * to die, as far as it knows.
 */
typedef enum {
  AVER_FRAME_PROCESS,
  AVER_FRAME_DECODE,
  AVER_FRAME_REPLY,
  AVER_FRAME_READY,
  AVER_FRAME_WORDS,
} AverFrameKind;

typedef struct {
  guint32 kind;
  guint32 n; /* documents */
  guint64 length;
} AverFrame;

/* What a child does. */
void aver_isolate_child(const AverIsolateStage *stage, guint worker, int socket);

/* An error as bytes: its code, 0 being none, and its message. */
void aver_isolate_put_error(AverBuffer *buffer, const GError *error);
gboolean aver_isolate_get_error(AverWire *wire, GError **error);
