/* SPDX-License-Identifier: Apache-2.0 */
/* Running pipelines from a program: plugins, pipeline files, runs. */
#pragma once

#include <aver/plugin.h>

G_BEGIN_DECLS

/**
 * AverRegistry:
 *
 * The plugins at hand, counted by references (a boxed type). Modules stay loaded for the life of
 * the process. A registry, and the pipelines made with it, are in the hands of one thread at a
 * time.
 */
typedef struct _AverRegistry AverRegistry;

/**
 * aver_registry_new:
 *
 * Returns: (transfer full): a registry over the folders of aver_registry_add_folder(), in that
 * order, and no others.
 */
AVER_API AverRegistry *aver_registry_new(void);
AVER_API AverRegistry *aver_registry_ref(AverRegistry *registry);
AVER_API void aver_registry_unref(AverRegistry *registry);

/**
 * aver_registry_free: (skip)
 *
 * aver_registry_unref().
 */
AVER_API void aver_registry_free(AverRegistry *registry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverRegistry, aver_registry_free)

/**
 * aver_registry_add_folder:
 * @folder: a folder of modules
 *
 * Adds a folder to search. Nothing is loaded yet.
 *
 * Returns: %FALSE with %AVER_ERROR_PLUGIN when it is no folder, or others than its owner's trusted
 * users may write to it.
 */
AVER_API gboolean aver_registry_add_folder(AverRegistry *registry, const char *folder,
                                           GError **error);

/**
 * aver_registry_add_preloaded: (skip)
 * @folder: where the plugins' own files lie, in folders of their names
 *
 * Adds the plugins that are linked into the program (a build with -Dplugins=static), behind the
 * folders that were added before.
 *
 * Returns: whether there are any.
 */
AVER_API gboolean aver_registry_add_preloaded(AverRegistry *registry, const char *folder);

/**
 * aver_registry_find: (skip)
 * @name: a plugin's name
 *
 * Loads the plugin if need be.
 *
 * Returns: (transfer none) (nullable): its description, completed to this ABI's size; %NULL with
 * %AVER_ERROR_PLUGIN and the true reason: not found, not to be trusted, not loadable, not of this
 * ABI, incomplete.
 */
AVER_API const AverPlugin *aver_registry_find(AverRegistry *registry, const char *name,
                                              GError **error);

/**
 * aver_registry_get_folder_of: (skip)
 *
 * Returns: (transfer none): where a loaded plugin's module lies.
 */
AVER_API const char *aver_registry_get_folder_of(AverRegistry *registry, const AverPlugin *plugin);

/**
 * aver_registry_list:
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of all modules in the folders,
 * sorted, whether they can be loaded or not.
 */
AVER_API char **aver_registry_list(AverRegistry *registry);

/**
 * aver_registry_list_left_out:
 *
 * Returns: (transfer full) (array zero-terminated=1): the names, sorted, of plugins that were not
 * built because a library was missing: those that the file `left-out` in a plugin folder names, a
 * name, a tab and what is missing on each line.
 */
AVER_API char **aver_registry_list_left_out(AverRegistry *registry);

/**
 * aver_registry_get_missing:
 *
 * Returns: (transfer none) (nullable): what the plugin of that name lacked when it was not built.
 */
AVER_API const char *aver_registry_get_missing(AverRegistry *registry, const char *name);

/**
 * aver_nearest_name:
 * @name: a name that is not known
 * @names: (nullable) (array zero-terminated=1): the known ones
 *
 * For messages: "did you mean 'text'?"
 *
 * Returns: (transfer none) (nullable): the first of the nearest names, when at most two edits, or a
 * third of the name's length, away (Damerau 1964; letter case aside).
 */
AVER_API const char *aver_nearest_name(const char *name, const char *const *names);

/**
 * AverSettings:
 * @inputs: (nullable) (array zero-terminated=1): what to read; none means standard input
 * @output: (nullable): where to write; "-" is standard output; %NULL means standard output, and the
 *   pipeline's own writer rather than its `with_output`
 * @reader: (nullable): a reader to use instead of the pipeline's
 * @writer: (nullable): a writer to use instead of the pipeline's
 * @set: (nullable) (array zero-terminated=1): `stage.option=value` each
 * @dead_letter: (nullable): a file that takes the failed records of all stages that do not say
 * otherwise
 * @max_record: the longest record allowed, in bytes; 0 means 16 MiB
 * @replay: (nullable): a file of dead letters, whose records are run instead of the inputs
 * @explain: aver_pipeline_explain() will be called: stages that can explain what they did run in
 *   this process, even when the file isolates them
 * @max_unpacked: how many bytes a compressed file or archive may unpack to; 0 means 1 TiB
 * @max_ratio: how many bytes may come of each packed one, from the 64th MiB on; 0 means 250
 *
 * What a run adds to a pipeline file. Initialise with `{0}`.
 */
typedef struct {
  const char *const *inputs;
  const char *output;
  const char *reader;
  const char *writer;
  const char *const *set;
  const char *dead_letter;
  gsize max_record;
  const char *replay;
  gboolean explain;
  guint64 max_unpacked;
  guint max_ratio;
} AverSettings;

/**
 * AverPipeline:
 *
 * A checked pipeline, ready to run once, or to process any number of documents; counted by
 * references (a boxed type). In the hands of one thread at a time.
 */
typedef struct _AverPipeline AverPipeline;

/**
 * aver_pipeline_new_from_file: (skip)
 * @registry: the plugins; the pipeline keeps a reference
 * @path: a pipeline file
 * @settings: (nullable): what to add to it
 *
 * Reads and checks a pipeline file. Nothing is opened.
 *
 * Returns: (transfer full) (nullable): the pipeline, or %NULL with %AVER_ERROR_CONFIG, whose
 * message has one line for each mistake: `file:line:column: stage 'x': what is wrong; what was
 * expected`.
 */
AVER_API AverPipeline *aver_pipeline_new_from_file(AverRegistry *registry, const char *path,
                                                   const AverSettings *settings, GError **error);
AVER_API AverPipeline *aver_pipeline_ref(AverPipeline *pipeline);

/**
 * aver_pipeline_unref:
 *
 * The last one stops and closes the stages [main].
 */
AVER_API void aver_pipeline_unref(AverPipeline *pipeline);

/**
 * aver_pipeline_free: (skip)
 *
 * aver_pipeline_unref().
 */
AVER_API void aver_pipeline_free(AverPipeline *pipeline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverPipeline, aver_pipeline_free)

/**
 * aver_pipeline_check:
 * @registry: the plugins
 * @path: a pipeline file
 * @settings: (nullable): what to add to it
 *
 * Checks a pipeline file, for programs that show what is wrong with it.
 *
 * Returns: (transfer full): a JSON object: `stages` has the names of the stages that would run,
 * none where there are mistakes; `mistakes` is a list of objects, in the order of the file, with
 * `file`, `line` and `column` (both from 1, the column in characters) or `argument`; `stage`, what
 * it was found in; `message`, what is wrong; `expected`; `suggestion`, one edit that may mend it;
 * `text`, the line that aver_pipeline_new_from_file() has for it; `told`, whether the suggestion
 * is in that line. What is not known is null.
 */
AVER_API char *aver_pipeline_check(AverRegistry *registry, const char *path,
                                   const AverSettings *settings);

/**
 * aver_pipeline_list_stages:
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the stages that run, the reader
 * first, the writer last.
 */
AVER_API char **aver_pipeline_list_stages(const AverPipeline *pipeline);

/**
 * aver_pipeline_describe:
 *
 * Returns: (transfer full): the stages that run, as a JSON list of objects: `name`, `plugin`,
 * `kind`; `serial`, an annotator that takes documents in order, one at a time; `isolated`;
 * `conditional`, it has a `when`; `on_error` ("skip", "stop", "dead-letter"), `retries`; `output`,
 * the file that it writes, or null; `needs` and `uses`, lists of `layer` with `from`, the number
 * of the stage that makes it (1 is the first; null when none does); `provides`, names of layers.
 */
AVER_API char *aver_pipeline_describe(const AverPipeline *pipeline);

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
 *
 * Told of each document that failed, in input order [output].
 */
typedef void (*AverMessageFunc)(const char *message, gpointer user_data);

/**
 * AverFailureFunc:
 *
 * Told the same, in parts [output].
 */
typedef void (*AverFailureFunc)(const AverFailure *failure, gpointer user_data);

/**
 * AverProgressFunc:
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

/**
 * aver_pipeline_process:
 * @document: a document with an id and a text
 *
 * Runs the pipeline's annotators over one document on this thread; the reader and the writer have
 * no part in it.
 *
 * Returns: whether the document was kept, dropped or failed (error set).
 */
AVER_API AverVerdict aver_pipeline_process(AverPipeline *pipeline, AverDocument *document,
                                           GError **error);

/**
 * aver_pipeline_read: (skip)
 * @document: emptied, then filled; its text is valid until the next call
 *
 * Reads the next document of the settings' inputs with the pipeline's reader, on this thread; not
 * to be mixed with aver_pipeline_run().
 *
 * Returns: %AVER_CUT_RECORD with a document, %AVER_CUT_END, %AVER_CUT_BAD when this one cannot be
 * had (error set, `file:line: stage 'x': what went wrong`; reading can go on behind it), or
 * %AVER_CUT_FATAL when nothing more can be read (error set).
 */
AVER_API AverCut aver_pipeline_read(AverPipeline *pipeline, AverDocument *document, GError **error);

/**
 * aver_pipeline_list_layers:
 *
 * Returns: (transfer container) (array zero-terminated=1): the descriptions of the layers that the
 * pipeline's annotators provide, in the order of the stages, each name once; they live as long as
 * the pipeline. Free with g_free().
 */
AVER_API const AverLayerType **aver_pipeline_list_layers(const AverPipeline *pipeline);

/**
 * aver_pipeline_list_explained:
 *
 * Returns: (transfer full) (array zero-terminated=1): the layers of which aver_pipeline_explain()
 * can say why their rows were made, in the order of the stages.
 */
AVER_API char **aver_pipeline_list_explained(const AverPipeline *pipeline);

/**
 * aver_pipeline_explain: (skip)
 * @document: what aver_pipeline_process() has just annotated and kept; no other document may have
 *   been processed since
 * @layer: one of aver_pipeline_list_explained()
 * @row: a row of that layer
 * @explanation: takes the reasons
 *
 * Asks the stage that made a row why it did. The document and its layers stay as they are.
 *
 * Returns: %FALSE when the stage failed, or none explains the layer (%AVER_ERROR_CONFIG).
 */
AVER_API gboolean aver_pipeline_explain(AverPipeline *pipeline, AverDocument *document,
                                        const char *layer, guint32 row,
                                        AverExplanation *explanation, GError **error);

G_END_DECLS
