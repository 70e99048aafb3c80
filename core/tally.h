/* SPDX-License-Identifier: Apache-2.0 */
/* The tally: what became of documents, counted in input order, and where the time went. */
#pragma once

#include "deadletter.h"

typedef struct {
  guint64 failed;
  guint64 dropped;
  gint64 nanoseconds;
} AverStageTally;

typedef struct {
  AverSummary summary;
  AverStageTally *stages; /* one a stage, then one a delegate of the reader */
  guint n_stages;
} AverTally;

void aver_tally_init(AverTally *tally, guint n_stages);
void aver_tally_clear(AverTally *tally);
void aver_tally_copy(AverTally *to, const AverTally *from);

/* Nanoseconds since some point in time. */
gint64 aver_tally_clock(void);

/*
 * Whether the failures of a batch are within what the options allow; when not, the batch is cut
 * short behind the one that is too much.
 */
gboolean aver_tally_limit(const AverTally *tally, AverBatch *batch, const AverRunOptions *options);

/*
 * Counts a batch whose documents have been written, with its dead letters and messages. FALSE when
 * the run has to stop: a stage's policy says so, or a dead letter cannot be written. @within is
 * what aver_tally_limit() answered.
 */
gboolean aver_tally_add(AverTally *tally, const AverBatch *batch, const AverCrew *crew,
                        const AverRunOptions *options, AverDeadLetters *letters, gboolean within,
                        GError **error);

/* Says that the run was stopped. */
void aver_tally_set_stopped(GError **error);

/* Says that too many documents failed. */
void aver_tally_set_error(const AverTally *tally, const AverRunOptions *options, GError **error);

/* FALSE when, at the end of the input, a larger share failed than the options allow. */
gboolean aver_tally_check_end(const AverTally *tally, const AverRunOptions *options,
                              GError **error);
