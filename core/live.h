/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Live input: a reader that acknowledges what was written, so that it is not read again. What was
 * emitted is committed and acknowledged every second, every so many documents, and as soon as there
 * is nothing to do.
 */
#pragma once

#include "tally.h"

/* What is committed, and what is not yet, in a run that is no job. */
typedef struct AverLive AverLive;

AverLive *aver_live_new(const AverRunOptions *options);
void aver_live_free(AverLive *live);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverLive, aver_live_free)

/* Without a job: FALSE when the reader acknowledges, and a writer does not make durable what it
 * commits. */
gboolean aver_live_check(const AverPipeline *pipeline, GError **error);

/* An output of a run without a job; when it is @live, no file, which would appear at its end only.
 */
AverOutput *aver_live_open_output(gboolean live, const char *path, GError **error);

/* Everything up to the end of @batch has been emitted, and has come to @tally. Commits when that is
 * due. */
gboolean aver_live_advance(AverLive *live, const AverBatch *batch, const AverTally *tally,
                           const AverCrew *crew, AverDeadLetters *letters, GError **error);

/* There is no input at hand; @quiet: nothing is under way either. */
gboolean aver_live_idle(AverLive *live, gboolean quiet, const AverCrew *crew,
                        AverDeadLetters *letters, GError **error);

/* Commits what was emitted, and has the reader acknowledge it. */
gboolean aver_live_commit(AverLive *live, const AverCrew *crew, AverDeadLetters *letters,
                          GError **error);

/* Whether a commit is due, in a job or not: what has come of the input @now and when it was last
 * @committed, at that monotonic time. */
gboolean aver_due(const AverRunOptions *options, gboolean live, const AverSummary *now,
                  const AverSummary *committed, gint64 committed_at);
gboolean aver_due_when_idle(gboolean quiet, const AverRunOptions *options, const AverSummary *now,
                            const AverSummary *committed, gint64 committed_at);
