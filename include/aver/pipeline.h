/* SPDX-License-Identifier: Apache-2.0 */
/* Running pipelines from a program: plugins, pipeline files, runs. */
#pragma once

#include <aver/plugin.h>

G_BEGIN_DECLS

/**
 * AverRegistry:
 *
 * The plugins at hand. Modules stay loaded for the life of the process. Make it, and load all that
 * is needed, before starting threads [main].
 */
typedef struct _AverRegistry AverRegistry;

/**
 * aver_registry_new:
 *
 * Returns: (transfer full): a registry over the folders of aver_registry_add_folder(), in that
 * order, and no others.
 */
AVER_API AverRegistry *aver_registry_new(void);
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
 * aver_registry_find:
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

/** aver_registry_get_folder_of: Returns: (transfer none): where a loaded plugin's module lies. */
AVER_API const char *aver_registry_get_folder_of(AverRegistry *registry, const AverPlugin *plugin);

/**
 * aver_registry_list:
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of all modules in the folders,
 * sorted, whether they can be loaded or not.
 */
AVER_API char **aver_registry_list(AverRegistry *registry);

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
} AverSettings;

/**
 * AverPipeline:
 *
 * A checked pipeline, ready to run once.
 */
typedef struct _AverPipeline AverPipeline;

/**
 * aver_pipeline_new_from_file:
 * @registry: the plugins; has to outlive the pipeline
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
AVER_API void aver_pipeline_free(AverPipeline *pipeline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverPipeline, aver_pipeline_free)

/**
 * aver_pipeline_list_stages:
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the stages that run, the reader
 * first, the writer last.
 */
AVER_API char **aver_pipeline_list_stages(const AverPipeline *pipeline);

/**
 * AverSummary:
 * @documents_in: records cut, good or bad
 * @documents_out: documents written
 * @documents_dropped: documents that an annotator filtered out
 * @documents_failed: documents that failed, in whatever stage
 * @bytes_in: bytes of the records
 *
 * What a run came to: documents_in = documents_out + documents_dropped + documents_failed.
 */
typedef struct {
  guint64 documents_in;
  guint64 documents_out;
  guint64 documents_dropped;
  guint64 documents_failed;
  guint64 bytes_in;
} AverSummary;

/**
 * AverMessageFunc:
 * @message: one line: `file:line: stage 'x': what went wrong`
 *
 * Told of each document that failed, in input order [output].
 */
typedef void (*AverMessageFunc)(const char *message, gpointer user_data);

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
 * documents in flight and fails
 * @user_data: for the functions
 *
 * How to run. Initialise with `{0}`.
 */
typedef struct {
  guint n_workers;
  AverMessageFunc message;
  AverProgressFunc progress;
  const int *stop;
  gpointer user_data;
} AverRunOptions;

/**
 * aver_pipeline_run:
 * @options: (nullable): how to run
 * @summary: (out) (optional): what it came to, also after an error
 *
 * Runs the pipeline to the end of its input. The output does not depend on the number of workers.
 *
 * Returns: %FALSE when the run could not finish: a stage did not open, output could not be written,
 * a document failed in a stage whose policy is `stop`. Documents that fail otherwise are counted,
 * and do not fail the run.
 */
AVER_API gboolean aver_pipeline_run(AverPipeline *pipeline, const AverRunOptions *options,
                                    AverSummary *summary, GError **error);

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

G_END_DECLS
