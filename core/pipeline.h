/* SPDX-License-Identifier: Apache-2.0 */
/* A checked pipeline: its stages in order. */
#pragma once

#include "stage.h"

#include <aver/run.h>

struct _AverPipeline {
  gint references;
  AverRegistry *registry;
  char *path;              /* (nullable) the file that it was made from */
  GPtrArray *stages;       /* AverStage*: the reader, annotators and writers, a writer */
  char *replay;            /* (nullable) the dead letters that are read instead of the inputs */
  AverHalt halt;           /* of the run */
  AverShare share;         /* of the run */
  struct AverCrew *crew;   /* (nullable) the opened annotators of aver_pipeline_process() */
  struct AverCrew *reader; /* (nullable) the opened reader of aver_pipeline_read() */
  gboolean keeps_open;     /* annotators, from one run to the next */
  struct AverCrew *kept;   /* (nullable) those of the last run */
  gboolean at_end;         /* of what aver_pipeline_next() reads */
};

/* Opens the annotators for aver_pipeline_process(), if they are not. */
gboolean aver_pipeline_open(AverPipeline *pipeline, GError **error);
