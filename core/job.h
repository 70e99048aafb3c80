/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A job: one run of a pipeline that can be gone on with. Its folder holds the journal, which pairs
 * the reader's cursor with the positions of all outputs, and a lock.
 */
#pragma once

#include "checkpoint.h"
#include "crew.h"
#include "tally.h"

typedef struct AverJob AverJob;

/*
 * Takes hold of the folder, which is made if need be, and of the job in it; starts a job when there
 * is none. FALSE in all ways when another process has it, the journal is no good, or what the
 * results depend on has changed. [main]
 */
AverJob *aver_job_new(AverPipeline *pipeline, const AverRunOptions *options, GError **error);

/* Lets the job go. One that never got under way leaves nothing behind. */
void aver_job_free(AverJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverJob, aver_job_free)

/* How far it is, what it has come to, and where its sampling stands. */
AverJobState aver_job_get_state(const AverJob *job);
const AverTally *aver_job_get_tally(const AverJob *job);
void aver_job_get_sampling(const AverJob *job, AverSampling *sampling);

/* (nullable) Where a shard leaves what is to be merged. */
const char *aver_job_get_shard_folder(const AverJob *job);

/* Opens an output of the job, where it goes on; @key is a name for it that stays. */
AverOutput *aver_job_open_output(AverJob *job, const char *key, const char *path, GError **error);

/* Of a shard: before the stages are opened, has writers write where it does not count. */
gboolean aver_job_divert(AverJob *job, AverPipeline *pipeline, GError **error);

/* All stages are open: checks what they said, and moves the reader to where it goes on. */
gboolean aver_job_start(AverJob *job, AverPipeline *pipeline, AverCrew *crew, GError **error);

/* Everything up to the end of @batch has been emitted, and has come to @tally. Makes a checkpoint
 * when one is due. */
gboolean aver_job_advance(AverJob *job, const AverBatch *batch, const AverTally *tally,
                          AverCrew *crew, AverDeadLetters *letters, GError **error);

/* There is no input at hand; @quiet: nothing is under way either. Makes a checkpoint when one is
 * due. */
gboolean aver_job_idle(AverJob *job, gboolean quiet, AverCrew *crew, AverDeadLetters *letters,
                       GError **error);

/* Commits all outputs, and then says in the journal that it is so. @ended: there is no more input.
 */
gboolean aver_job_checkpoint(AverJob *job, gboolean ended, AverCrew *crew, AverDeadLetters *letters,
                             GError **error);

/* The outputs are in their places: nothing is left to do. */
gboolean aver_job_finish(AverJob *job, GError **error);

/* Of a shard: writes the mark of a finished one unless it is there. */
gboolean aver_job_mark(AverJob *job, GError **error);

/* Notes why the run could not go on, if that can be noted. */
void aver_job_fail(AverJob *job, const char *message);
