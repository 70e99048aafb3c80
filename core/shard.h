/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shards of a job: runs that read a share of the input each, and leave what they would write,
 * as encoded, in the folder `shard-0003-of-0010` of the job's folder.
 */
#pragma once

#include "crew.h"

#include <jansson.h>

#define AVER_SHARD_MARKER "done.json"

/* More than any cluster has machines. */
#define AVER_MOST_SHARDS 100000

/* Checks that the run can be a shard, if it is to be one, and tells the reader. */
gboolean aver_shard_begin(AverPipeline *pipeline, const AverRunOptions *options, GError **error);

/* All stages are open: FALSE when the reader has not asked for its share. */
gboolean aver_shard_check_reader(const AverPipeline *pipeline, GError **error);

/* Whether writers' bytes are kept to be merged. */
gboolean aver_shard_keeps(const AverRunOptions *options);

/* The folder of a shard. Free with g_free(). */
char *aver_shard_get_folder(const char *job, guint shard, guint n_shards);

/* What a shard leaves there of the writer, or the dead-letter file, of that number (from 0). */
char *aver_shard_get_spool(const char *folder, guint writer);
char *aver_shard_get_letters(const char *folder, guint file);

/* A number of a file of dead letters: of the first stage that writes to it, among those that write
 * dead letters. */
guint aver_shard_number_letters(const AverPipeline *pipeline, const char *path);

/* Has writers open files in a folder of no account, for they have to be open to encode. */
gboolean aver_shard_divert(AverPipeline *pipeline, const char *folder, GError **error);
void aver_shard_remove_diverted(const char *folder);

/* Says, for all to see, that the shard is finished: writes the marker unless it is there. */
gboolean aver_shard_mark(const char *folder, const json_t *entries, const AverRunOptions *options,
                         const AverSummary *summary, GError **error);

/* What the results of all shards depend on: @entries without those that tell shards apart; of
 * @loose only what another machine at another time has as well. Free with json_decref(). */
json_t *aver_shard_select_entries(const json_t *entries, gboolean loose);

/* The number of shards in the job's folder: 0 when there are none; FALSE when they differ. */
gboolean aver_shards_count(const char *job, guint *n_shards, GError **error);

/* FALSE, naming it, when a folder holds a shard that another one holds as well. */
gboolean aver_shards_check_doubled(const char *job, guint n_shards, GError **error);
