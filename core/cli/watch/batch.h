/* SPDX-License-Identifier: Apache-2.0 */
/* Files of a watched folder, run through the pipeline. */
#pragma once

#include "ledger.h"

#include <glib/gstdio.h>

typedef struct {
  AverRegistry *registry;
  const char *pipeline; /* its file */
  const char *folder;
  const char *output; /* a file that grows, or a folder, where @is_folder */
  gboolean is_folder;
  const char *suffix;      /* of the files in the folder */
  const char *dead_letter; /* (nullable): a file that grows */
  const char *reader;      /* (nullable) */
  const char *writer;      /* (nullable) */
  const char *const *set;
  guint workers;
  gboolean quiet;
  Ledger *ledger;
  AverPipeline *open;   /* (nullable): kept from batch to batch, as long as its file is the same */
  GStatBuf opened_from; /* that file, when it was read */
  guint64 failed;       /* documents, and files that could not be finished */
} Watch;

typedef enum {
  BATCH_DONE,
  BATCH_FAILED, /* what is in a file kept the run from finishing: it was told, and is passed over */
  BATCH_STOPPED,
  BATCH_WRONG,   /* the pipeline is: it was told */
  BATCH_TROUBLE, /* nothing can be written: it was told */
} BatchEnd;

/* Runs the files, puts the results into their place and notes that they are done. */
BatchEnd watch_run(Watch *watch, const GPtrArray *arrivals);

/* Closes the pipeline. */
void watch_close(Watch *watch);

/* Removes what an interrupted batch left. */
void watch_clean(const Watch *watch);
