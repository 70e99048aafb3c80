/* SPDX-License-Identifier: Apache-2.0 */
/* Replay: the records of a file of dead letters, instead of those a reader cuts. */
#pragma once

#include "pipeline.h"

typedef struct AverReplay AverReplay;

/* The dead letters that the pipeline is to replay. */
AverReplay *aver_replay_new(const AverPipeline *pipeline);
void aver_replay_free(AverReplay *replay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverReplay, aver_replay_free)

/*
 * The next record, with the origin, line and offset it had at first. A line that is no dead letter
 * is AVER_CUT_BAD under its own place, and so is, under that of the record, a letter of a record
 * that could not be read.
 */
AverCut aver_replay_cut(AverReplay *replay, gboolean may_block, AverRecord *record, GError **error);
