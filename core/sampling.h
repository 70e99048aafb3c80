/* SPDX-License-Identifier: Apache-2.0 */
/* Sampling: which records of the input a run takes, decided by their numbers. */
#pragma once

#include <aver/run.h>

/* Initialise with what is wanted, and nothing else. */
typedef struct {
  AverSample wanted;
  guint64 seen;  /* records */
  guint64 taken; /* of them */
} AverSampling;

/* Whether the next record is taken. */
gboolean aver_sampling_takes(AverSampling *sampling);

/* Whether nothing more will be taken. */
gboolean aver_sampling_ends(const AverSampling *sampling);
