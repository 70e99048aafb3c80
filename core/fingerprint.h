/* SPDX-License-Identifier: Apache-2.0 */
/* What the results of a job depend on, as entries that can be compared and told to a person. */
#pragma once

#include "pipeline.h"

#include <jansson.h>

/*
 * An entry is an object of strings: `name`, `value`, and `kind`: "text" for a value that means
 * something to a person, "digest" for one that does not, "file" for the digest of the file that
 * `path` names, "input" for what `path` is like from outside.
 */

/* Names of entries, the last one the start of one. */
#define AVER_FINGERPRINT_SHARD  "the shard"
#define AVER_FINGERPRINT_INPUTS "the list of inputs"
#define AVER_FINGERPRINT_OUTPUT "the output of stage"

/* What is known before anything is opened. */
json_t *aver_fingerprint_new(const AverPipeline *pipeline, const AverSample *sample);

/* Adds which share of the input it is, from 1; nothing when there are none. */
void aver_fingerprint_add_shard(json_t *entries, guint shard, guint n_shards);

/* Adds the lines that a reader's identify() gave. */
void aver_fingerprint_add_inputs(json_t *entries, const char *lines);

/* Adds what the stages said in open(). */
json_t *aver_fingerprint_new_from_files(const AverPipeline *pipeline);

/* What is different, in words; NULL when nothing is. Free with g_free(). */
char *aver_fingerprint_compare(const json_t *before, const json_t *now);

/* The same for the files and inputs of entries, looked at again as seen from @folder. */
GPtrArray *aver_fingerprint_look_again(const json_t *entries, const char *folder);

/* Bytes of all inputs together. */
guint64 aver_fingerprint_sum_inputs(const json_t *entries);
