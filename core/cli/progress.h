/* SPDX-License-Identifier: Apache-2.0 */
/* What a run tells on standard error: failed documents, progress, and what it came to. */
#pragma once

#include <aver/pipeline.h>

typedef struct _Progress Progress;

/* @output_is_terminal: then the results stand there, and no progress is drawn between them. */
Progress *progress_new(gboolean output_is_terminal);

/* An AverMessageFunc and an AverProgressFunc; user_data is the Progress. */
void progress_message(const char *message, gpointer user_data);
void progress_update(const AverSummary *summary, gpointer user_data);

/* Clears the line, says what the run came to if that is worth a line, and frees @progress. */
void progress_end(Progress *progress, const AverSummary *summary);
