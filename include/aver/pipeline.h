/* SPDX-License-Identifier: Apache-2.0 */
/* Pipelines in a program: reading and checking their files, one document at a time. */
#pragma once

#include <aver/explain.h>
#include <aver/registry.h>

G_BEGIN_DECLS

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
 *   this process, even when the file isolates them, unless it puts them in a sandbox
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

/**
 * aver_pipeline_ref:
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @pipeline.
 */
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
 * Lists the stages.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the stages that run, the reader
 * first, the writer last.
 */
AVER_API char **aver_pipeline_list_stages(const AverPipeline *pipeline);

/**
 * aver_pipeline_describe:
 *
 * Tells what `aver graph` shows.
 *
 * Returns: (transfer full): the stages that run, as a JSON list of objects: `name`, `plugin`,
 * `kind`; `serial`, an annotator that takes documents in order, one at a time; `isolated`, and
 * `sandbox`, as the pipeline file has it: true, false, "when-available";
 * `conditional`, it has a `when`; `on_error` ("skip", "stop", "dead-letter"), `retries`; `output`,
 * the file that it writes, or null; `needs` and `uses`, lists of `layer` with `from`, the number
 * of the stage that makes it (1 is the first; null when none does); `provides`, names of layers.
 */
AVER_API char *aver_pipeline_describe(const AverPipeline *pipeline);

/**
 * aver_pipeline_process:
 * @document: a document with an id and a text
 *
 * Runs the pipeline's annotators over one document on this thread; the reader and the writer have
 * no part in it. A stage with `retry` is given the document again, after its pauses. What a stage's
 * `on_error` says otherwise (skip, stop, dead-letter) is for runs: here the error is the caller's.
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
 * Lists the layers that documents get.
 *
 * Returns: (transfer container) (array zero-terminated=1): the descriptions of the layers that the
 * pipeline's annotators provide, in the order of the stages, each name once; they live as long as
 * the pipeline. Free with g_free().
 */
AVER_API const AverLayerType **aver_pipeline_list_layers(const AverPipeline *pipeline);

/**
 * aver_pipeline_list_explained:
 *
 * Lists the layers that can be explained.
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
