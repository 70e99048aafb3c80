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

/* Parts of it, for others to put together: the line or two that begin a family, a label's value
 * between quotation marks, what became of documents, and the figures of stages, one an annotator;
 * the family of the failed ones is begun by the caller. */
void aver_metrics_append_family(AverBuffer *text, const char *name, const char *type,
                                const char *unit, const char *help);
void aver_metrics_append_label(AverBuffer *text, const char *value);
void aver_metrics_append_summary(AverBuffer *text, const AverSummary *summary);
void aver_metrics_append_failed(AverBuffer *text, const AverCrew *crew,
                                const AverStageTally *stages);
void aver_metrics_append_stages(AverBuffer *text, const AverCrew *crew,
                                const AverStageTally *stages);
