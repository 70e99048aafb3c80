/* SPDX-License-Identifier: Apache-2.0 */
/* The intake: batches filled with what comes next in the input. */
#pragma once

#include "job.h"
#include "live.h"
#include "replay.h"

/* Not GMutex: thread sanitizers know the locks of pthreads. */
#include <pthread.h>

/* What a run consists of. */
typedef struct {
  AverCrew *crew;
  const AverRunOptions *options;
  AverDeadLetters *letters;
  AverJob *job;       /* (nullable) */
  AverReplay *replay; /* (nullable) instead of the reader */
  AverLive *live;     /* (nullable) when the reader acknowledges, and there is no job */
} AverRun;

typedef struct {
  const AverRun *run;
  pthread_mutex_t lock; /* the reader, and: */
  AverSampling sampling;
  guint64 next; /* the number of the next batch */
  gboolean ended;
  void (*idle)(gpointer data); /* called when live input has nothing for a while [input] */
  gpointer data;
} AverIntake;

void aver_intake_init(AverIntake *intake, const AverRun *run);
void aver_intake_clear(AverIntake *intake);

/* Fills an empty batch and numbers it; FALSE when there is nothing left to do. [worker] */
gboolean aver_intake_fill(AverIntake *intake, AverBatch *batch);
