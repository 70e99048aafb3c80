/* SPDX-License-Identifier: Apache-2.0 */
/* Running a pipeline over its input: what to take, what may fail, what it came to; jobs. */
#pragma once

#include <aver/pipeline.h>

G_BEGIN_DECLS

/**
 * AverSummary:
 * @documents_in: records cut, good or bad
 * @documents_out: documents written
 * @documents_dropped: documents that an annotator filtered out
 * @documents_failed: documents that failed, in whatever stage
 * @bytes_in: bytes of the records
 * @documents_dead_lettered: of those that failed, the ones whose records were kept
 * @documents_not_taken: records that #AverSample passed over; not in @documents_in
 * @was_finished: the job had been finished before: nothing was done, and the counts are those of
 * then
 *
 * What a run came to: documents_in = documents_out + documents_dropped + documents_failed. A
 * document that no writer wanted (see `when`) was dropped.
 */
typedef struct {
  guint64 documents_in;
  guint64 documents_out;
  guint64 documents_dropped;
  guint64 documents_failed;
  guint64 bytes_in;
  guint64 documents_dead_lettered;
  guint64 documents_not_taken;
  gboolean was_finished;
} AverSummary;

/**
 * AverSample:
 * @skip: so many records at the beginning are passed over
 * @n_shards: the input is dealt out to so many runs, record by record; 0 and 1 mean one run
 * @shard: which of them this one is, from 0
 * @sampled: whether only a sample is taken
 * @share: how large it is, in [0,1]
 * @limit: the run ends after so many records that were taken; 0 means no limit
 *
 * Which records of the input a run takes. Only their numbers count, so that the same input gives
 * the same records on any machine, with any number of workers; a sample is part of every larger
 * one. Initialise with `{0}`.
 */
typedef struct {
  guint64 skip;
  guint64 n_shards;
  guint64 shard;
  gboolean sampled;
  double share;
  guint64 limit;
} AverSample;

/**
 * AverMaxErrors:
 * @limited: whether there is a limit
 * @is_share: whether it is @share, or else @count
 * @count: how many documents may fail
 * @share: what share of the documents may fail, in [0,1]; judged from 100 documents on, and at the
 *   end of the input
 *
 * When more documents fail, the run fails. Initialise with `{0}`.
 */
typedef struct {
  gboolean limited;
  gboolean is_share;
  guint64 count;
  double share;
} AverMaxErrors;

/**
 * AverFailure:
 * @file: where the document comes from; see #AverRecord
 * @line: the line it starts on; 0 where lines mean nothing
 * @offset: the byte it starts at
 * @stage: the stage it failed in
 * @message: what went wrong
 *
 * One document that failed.
 */
typedef struct {
  const char *file;
  guint64 line;
  guint64 offset;
  const char *stage;
  const char *message;
} AverFailure;

/**
 * AverMessageFunc:
 * @message: one line: `file:line: stage 'x': what went wrong`
 * @user_data: what was given with the function
 *
 * Told of each document that failed, in input order [output].
 */
typedef void (*AverMessageFunc)(const char *message, gpointer user_data);

/**
 * AverFailureFunc:
 * @failure: the document, and what went wrong
 * @user_data: what was given with the function
 *
 * Told the same, in parts [output].
 */
typedef void (*AverFailureFunc)(const AverFailure *failure, gpointer user_data);

/**
 * AverProgressFunc:
 * @summary: the counts so far
 * @user_data: what was given with the function
 *
 * Told of the counts now and then [output].
 */
typedef void (*AverProgressFunc)(const AverSummary *summary, gpointer user_data);

/**
 * AverRunOptions:
 * @n_workers: threads that work; 0 means one a processor
 * @message: (nullable): told of failed documents
 * @progress: (nullable): told of progress
 * @stop: (nullable): read with g_atomic_int_get(); when it turns non-zero the run stops after the
 * documents in flight, or half a second if that is shorter, and fails
 * @user_data: for the functions
 * @failure: (nullable): told of failed documents, in parts
 * @sample: which records to take
 * @max_errors: how many documents may fail
 * @metrics: (nullable): a file that takes the figures of the run in OpenMetrics text format, at
 *   once, every two seconds and at the end, each time as a whole
 * @job: (nullable): a folder that keeps what is needed to go on when the run is cut short, by
 * whatever means; made when it is not there. A run with the same folder, pipeline, plugins and
 * input goes on, and writes what one run would have written
 * @command: (nullable): how a person started the job, kept for aver_job_describe()
 * @checkpoint_documents: in a job, commit after so many documents; 0: however many come
 * @checkpoint_bytes: ...after so many bytes of records; 0 means 64 MiB
 * @checkpoint_seconds: ...after so many seconds; 0 means 5
 * @shard: which share of the input the run reads, from 1
 * @n_shards: how many shares there are; 0 for the whole input. They follow each other: what shards
 * 1 to @n_shards write, one behind the other, is what one run writes. Files are shared out, and
 * the lines of files that are not packed, if the reader allows it (%AVER_PLUGIN_SPLITS). With @job,
 * a shard has a folder in that folder, which takes what it would write, for aver_pipeline_merge()
 *
 * How to run. Initialise with `{0}`.
 */
typedef struct {
  guint n_workers;
  AverMessageFunc message;
  AverProgressFunc progress;
  const int *stop;
  gpointer user_data;
  AverFailureFunc failure;
  AverSample sample;
  AverMaxErrors max_errors;
  const char *metrics;
  const char *job;
  const char *command;
  guint64 checkpoint_documents;
  guint64 checkpoint_bytes;
  guint checkpoint_seconds;
  guint shard;
  guint n_shards;
} AverRunOptions;

/**
 * aver_pipeline_run:
 * @options: (nullable): how to run
 * @summary: (out) (optional): what it came to, also after an error
 *
 * Runs the pipeline to the end of its input. The output does not depend on the number of workers.
 *
 * Returns: %FALSE when the run could not finish: a stage did not open, output could not be written,
 * a document failed in a stage whose policy is `stop`, or more documents failed than allowed.
 * Documents that fail otherwise are counted, and do not fail the run.
 */
AVER_API gboolean aver_pipeline_run(AverPipeline *pipeline, const AverRunOptions *options,
                                    AverSummary *summary, GError **error);

/**
 * aver_pipeline_keep_open:
 *
 * Leaves the annotators open when a run ends well, so that the next run of this pipeline with as
 * many workers goes on with the models that are loaded. Not those that are serial or isolated,
 * readers and writers: they are opened by each run.
 */
AVER_API void aver_pipeline_keep_open(AverPipeline *pipeline);

/**
 * aver_pipeline_set_files:
 * @inputs: (nullable) (array zero-terminated=1): what to read from now on; %NULL: as before
 * @output: (nullable): where the last writer is to write; %NULL: as before
 *
 * Changes what the next run reads and writes. Whether an output is also an input is not checked
 * again.
 */
AVER_API void aver_pipeline_set_files(AverPipeline *pipeline, const char *const *inputs,
                                      const char *output);

/**
 * aver_job_describe:
 * @folder: a job's folder
 *
 * How a job stands; it may be running.
 *
 * Returns: (transfer full) (nullable): a JSON object with sorted keys: `state` ("running",
 * "stopped", "finished"), the counts of an #AverSummary, `bytes_total` (of all inputs' files),
 * `seconds` worked, `documents_per_second`, `bytes_per_second`, `updated` (when a checkpoint was
 * made last, or null), `error` (why it stopped, or null), `command` and `folder` (how and where it
 * was started), and `changed`, a list of what is no longer as it was and would keep it from going
 * on. %NULL with an error when there is no job, or its journal cannot be read or is damaged.
 */
AVER_API char *aver_job_describe(const char *folder, GError **error);

/**
 * aver_pipeline_merge:
 * @folder: a job's folder, all of whose shards are finished
 * @stop: (nullable): as in #AverRunOptions
 * @summary: (out) (optional): what all shards together came to
 *
 * Writes, to the pipeline's outputs and dead-letter files, what one run without shards would have
 * written, from what the shards left. The pipeline, but for its output, has to be the one that the
 * shards were run with. Outputs appear when they are complete; the folder stays as it is.
 *
 * Returns: %FALSE with %AVER_ERROR_CONFIG when a shard is missing, not finished, there twice, or
 * made of something else than the others or @pipeline; with %AVER_ERROR_INPUT when what it left is
 * damaged; or when the output cannot be written.
 */
AVER_API gboolean aver_pipeline_merge(AverPipeline *pipeline, const char *folder, const int *stop,
                                      AverSummary *summary, GError **error);

/**
 * aver_shards_describe:
 * @folder: a job's folder
 *
 * How the shards of a job stand; they may be running.
 *
 * Returns: (transfer full) (nullable): a JSON object with sorted keys: `n_shards`; `state`
 * ("finished": all of them are; "running": one is; else "stopped"), `finished`, how many are; the
 * counts of an #AverSummary, of all shards together; `command` and `folder`, how and where one was
 * started; and `shards`, a list of objects with `shard` (from 1), `state` ("finished", "running",
 * "stopped", "missing"), these counts, `updated`, `error` and `seconds` as aver_job_describe() has
 * them. %NULL with an error when there are no shards in the folder, or those of different numbers.
 */
AVER_API char *aver_shards_describe(const char *folder, GError **error);

G_END_DECLS
