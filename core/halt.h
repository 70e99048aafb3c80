/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a run before its time: on request, or because it has failed. */
#pragma once

#include <glib.h>

typedef struct {
  const int *wanted; /* (nullable) turns non-zero from outside, at any time */
  int failed;        /* atomic: nothing that is in flight will be written */
  gint64 deadline;   /* when documents in flight are given up; 0 until a stop is wanted */
  int extended;      /* atomic */
} AverHalt;

/* The run has failed: all that is in flight is in vain. */
void aver_halt_fail(AverHalt *halt);

/* Whether to start nothing new. */
gboolean aver_halt_is_wanted(AverHalt *halt);

/* Grants a little more time, once, to what is done already: it has to be encoded still. */
void aver_halt_extend(AverHalt *halt);

/* Whether to give up what was started: at once when the run has failed, and not long after a stop
 * was wanted. */
gboolean aver_halt_is_due(AverHalt *halt);
