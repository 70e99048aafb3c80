/* SPDX-License-Identifier: Apache-2.0 */
/* The records of a journal: made, checked when they are read back, and asked. */
#pragma once

#include "sampling.h"
#include "tally.h"

#include <jansson.h>

typedef enum {
  AVER_JOB_RUNNING,
  AVER_JOB_ENDED,    /* all is committed, but the outputs may not be in their places yet */
  AVER_JOB_FINISHED, /* nothing is left to do */
} AverJobState;

/* Whether a record of whatever type has all its members, of their types. */
gboolean aver_checkpoint_check(const json_t *record);

/* @cursor is the reader's; @positions (char* -> char*): where each output stands. */
json_t *aver_checkpoint_new(AverJobState state, const char *cursor, GHashTable *positions,
                            const AverSummary *summary, double seconds);

/* Adds where the sampling stands, and what came of each stage. */
void aver_checkpoint_set_sampling(json_t *record, const AverSampling *sampling);
void aver_checkpoint_set_stages(json_t *record, const AverTally *tally);

/* Of a checkpoint that was checked, or of none (NULL). */
AverJobState aver_checkpoint_get_state(const json_t *checkpoint);
const char *aver_checkpoint_get_cursor(const json_t *checkpoint);
const char *aver_checkpoint_get_position(const json_t *checkpoint, const char *output);
void aver_checkpoint_get_summary(const json_t *checkpoint, AverSummary *summary);
double aver_checkpoint_get_seconds(const json_t *checkpoint);
void aver_checkpoint_get_sampling(const json_t *checkpoint, AverSampling *sampling);

/* The stages of @tally are left as they are when there is nothing on them, or on other ones. */
void aver_checkpoint_get_stages(const json_t *checkpoint, AverTally *tally);

/* A summary's counts as members of @object, and back; a missing one is nought. */
void aver_summary_to_json(const AverSummary *summary, json_t *object);
