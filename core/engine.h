/* SPDX-License-Identifier: Apache-2.0 */
/* The engine: workers that each take a batch from cutting to emitting. */
#pragma once

#include "intake.h"
#include "metrics.h"

typedef struct AverEngine AverEngine;

/* Makes ready to run; what @run points to is borrowed. */
AverEngine *aver_engine_new(const AverRun *run);
void aver_engine_free(AverEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverEngine, aver_engine_free)

/*
 * Works until the input ends, a stop is wanted or something cannot go on, which is then the error.
 * A stop is none: it leaves all that was emitted good. [main]
 */
gboolean aver_engine_work(AverEngine *engine, GError **error);

/* What was counted, when nobody works any more. */
const AverTally *aver_engine_get_tally(const AverEngine *engine);

/* What the metrics show of this moment (AverLook). */
void aver_engine_look(gpointer engine, AverMoment *moment);
