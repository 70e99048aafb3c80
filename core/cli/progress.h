/* SPDX-License-Identifier: Apache-2.0 */
/* What a run tells on standard error: failed documents, progress, and what it came to. */
#pragma once

#include <aver/run.h>

/*
 * @quiet: neither progress nor a summary
 * @output_is_terminal: then the results stand there, and no progress is drawn between them
 * @replay: the documents are dead letters
 * @job: earlier runs may have done a part of it
 * @total: bytes of the input; 0 when not known
 */
typedef struct {
  gboolean quiet;
  gboolean output_is_terminal;
  gboolean replay;
  gboolean job;
  guint64 total;
} ProgressKind;

typedef struct _Progress Progress;

Progress *progress_new(const ProgressKind *kind);

/* An AverMessageFunc, an AverFailureFunc and an AverProgressFunc; user_data is the Progress. */
void progress_message(const char *message, gpointer user_data);
void progress_failure(const AverFailure *failure, gpointer user_data);
void progress_update(const AverSummary *summary, gpointer user_data);

/* Clears the line, says what the run came to, if that is known, and frees @progress. */
void progress_end(Progress *progress, const AverSummary *summary);
