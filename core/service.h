/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of a service, shared by the files that make it up. */
#pragma once

#include "crew.h"
#include "delegate.h"
#include "tally.h"

#include <aver/record.h>
#include <aver/service.h>

struct _AverService {
  AverPipeline *pipeline;
  AverPipeline *desk; /* its one stage is the auto-reader, whose delegates decode */
  AverCrew *readers;  /* of the desk */
  AverCrew *crew;     /* the annotators */
  guint n_workers;
  GMutex opening; /* over the registry, and over opening delegates */
  GMutex *turns;  /* one an annotator: those that take one document at a time */
  AverRecordFormat format;
  char **layers;          /* (nullable) of the format */
  AverExpression *wanted; /* (nullable) not owned: what the jsonl-writer writes at all */
  char *description;
  GMutex counting; /* over: */
  AverSummary summary;
  AverStageTally *stages;  /* one an annotator */
  AverStageTally *sources; /* of the auto-reader, then one a delegate */
};

/* Whose documents failed: 0 for the auto-reader, or the number of a delegate. */
void aver_service_count(AverService *service, AverServed served, gsize bytes, gint annotator,
                        guint32 reader);
void aver_service_count_time(AverService *service, guint annotator, gint64 nanoseconds);

/* What aver_service_describe() tells, once the stages are open. Free with g_free(). */
char *aver_service_make_description(const AverService *service);

/* Takes a document through the annotators. @annotator is where it failed or was dropped. */
AverServed aver_service_process(AverService *service, guint worker, AverDocument *document,
                                const gint *stopped, guint *annotator, GError **error);
