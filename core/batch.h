/* SPDX-License-Identifier: Apache-2.0 */
/* A batch: consecutive documents that travel through the pipeline together. */
#pragma once

#include "crew.h"
#include "sampling.h"

typedef enum {
  AVER_ITEM_ALIVE,
  AVER_ITEM_DROPPED,
  AVER_ITEM_FAILED,
} AverItemState;

/* One record and what became of it. */
typedef struct {
  AverRecord record; /* data is set when the batch is complete */
  gsize position;    /* of the data in the batch's bytes */
  char *origin;      /* a reference-counted string */
  AverItemState state;
  gboolean again;   /* failed, but is to be tried again in the same stage */
  gboolean written; /* by one writer at least */
  const AverStage *failed_in;
  GError *error;
} AverItem;

/* What one writer made of the documents, in order. */
typedef struct {
  AverBuffer bytes;
  GArray *ends; /* gsize: where each item's bytes end */
} AverSheet;

typedef struct {
  guint64 sequence;
  AverBuffer bytes;     /* the records, one behind the other */
  GArray *items;        /* AverItem */
  GPtrArray *documents; /* AverDocument*, at least one an item; reused */
  GError *fatal;        /* (nullable): why the reader cannot go on behind this batch */
  AverSheet *sheets;    /* one a writer, in their order */
  guint n_sheets;
  guint64 not_taken;   /* records passed over while the batch was filled */
  gint64 *nanoseconds; /* spent in each stage */
  guint n_stages;
  GString *cursor;       /* of the reader behind this batch; only in a job */
  AverSampling sampling; /* where it stands behind this batch */
  gboolean given_up;     /* the run is to end: not all items were worked on as they should */
  gboolean stopped;      /* the run is to end: all is well up to the limit */
  guint limit;           /* items from here on are abandoned: a stage with policy `stop` failed */
} AverBatch;

AverBatch *aver_batch_new(guint n_stages, guint n_writers);
void aver_batch_free(AverBatch *batch);

/* Empties the batch; memory is kept, except what unusually large records needed. */
void aver_batch_reset(AverBatch *batch);

gboolean aver_batch_is_full(const AverBatch *batch);

/* Adds a copy of a record; @failure (transfer full) (nullable): why it cannot be decoded. */
void aver_batch_add(AverBatch *batch, const AverRecord *record, const AverStage *reader,
                    GError *failure);

/* Decodes, in worker @worker. */
void aver_batch_decode(AverBatch *batch, const AverPost *reader, guint worker);

/* Takes all living documents through one annotator, in worker @worker. */
void aver_batch_annotate(AverBatch *batch, const AverPost *annotator, guint worker);

/* Encodes all living documents, in worker @worker. */
void aver_batch_encode(AverBatch *batch, const AverPost *writer, guint worker);

/*
 * When the batch has passed all stages: takes back what writers made of documents that failed
 * later, and drops the documents that no writer wanted.
 */
void aver_batch_settle(AverBatch *batch);

/* Abandons the items from @limit on, which writers have made something of. */
void aver_batch_truncate(AverBatch *batch, guint limit);
