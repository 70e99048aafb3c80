/* SPDX-License-Identifier: Apache-2.0 */
/* Metrics: the figures of a run in a file, in the OpenMetrics text format, while it runs. */
#pragma once

#include "tally.h"

/* The figures of one moment. */
typedef struct {
  AverTally tally;
  guint batches_in_flight;
  gsize bytes_in_flight;
} AverMoment;

/* Fills in a moment, whose tally is there to copy to [any]. */
typedef void (*AverLook)(gpointer data, AverMoment *moment);

typedef struct AverMetrics AverMetrics;

/*
 * Writes the figures to a file, at once and every few seconds, until aver_metrics_end(). With no
 * @path, nothing is done, and NULL answered without an error.
 */
AverMetrics *aver_metrics_start(const char *path, const AverCrew *crew, AverLook look,
                                gpointer data, GError **error);

/* Writes the figures a last time. */
gboolean aver_metrics_end(AverMetrics *metrics, gboolean finished, GError **error);

/* The text of a moment. */
void aver_metrics_format(const AverCrew *crew, const AverMoment *moment, double seconds,
                         gboolean finished, AverBuffer *text);
