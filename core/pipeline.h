/* SPDX-License-Identifier: Apache-2.0 */
/* A checked pipeline: its stages in order. */
#pragma once

#include "stage.h"

#include <aver/pipeline.h>

struct _AverPipeline {
  GPtrArray *stages;     /* AverStage*: the reader, the annotators, the writer */
  struct AverCrew *crew; /* (nullable) the opened annotators of aver_pipeline_process() */
};
