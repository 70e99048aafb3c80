/* SPDX-License-Identifier: Apache-2.0 */
/* A batch: consecutive documents that travel through the pipeline together. */
#pragma once

#include "crew.h"

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
  const AverStage *failed_in;
  GError *error;
} AverItem;

typedef struct {
  guint64 sequence;
  AverBuffer bytes;     /* the records, one behind the other */
  GArray *items;        /* AverItem */
  GPtrArray *documents; /* AverDocument*, at least one an item; reused */
  GError *fatal;        /* (nullable): why the reader cannot go on behind this batch */
  AverBuffer encoded;   /* what the writer made of the living documents, in order */
  guint limit;          /* items from here on are abandoned: a stage with policy `stop` failed */
} AverBatch;

AverBatch *aver_batch_new(void);
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
