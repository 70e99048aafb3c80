/* SPDX-License-Identifier: Apache-2.0 */
/* Messages on standard error: lines for people, or one JSON object each. */
#pragma once

#include <aver/aver.h>

/* Messages are JSON objects from now on, those of libraries too. [main, before any thread] */
void log_use_json(void);
gboolean log_is_json(void);

/* @level is "error", "warning" or "info". */
void log_message(const char *level, const char *message);

/* A message for people; with JSON, an object with the summary's counts as well. */
void log_summary(const char *message, const AverSummary *summary);

/* A document that failed. */
void log_failure(const AverFailure *failure);

/* The mistakes in a pipeline file, one a line: FILE:LINE:COLUMN: stage 'x': ... */
void log_mistakes(const char *mistakes);
