/* SPDX-License-Identifier: Apache-2.0 */
/* Aver inside another program: a pipeline in one call, a text through it, its rows as text. */
#pragma once

#include <aver/pipeline.h>

G_BEGIN_DECLS

#define AVER_TYPE_SPAN (aver_span_get_type())
AVER_API GType aver_span_get_type(void);

/**
 * AVER_TYPE_LAYER:
 *
 * A boxed type; a copy of it keeps the layer's document.
 */
#define AVER_TYPE_LAYER (aver_layer_get_type())
AVER_API GType aver_layer_get_type(void);

#define AVER_TYPE_REGISTRY (aver_registry_get_type())
AVER_API GType aver_registry_get_type(void);

#define AVER_TYPE_PIPELINE (aver_pipeline_get_type())
AVER_API GType aver_pipeline_get_type(void);

/**
 * aver_registry_new_standard:
 * @folders: (nullable) (array zero-terminated=1): folders of modules to search first
 *
 * Makes a registry over @folders and the folder that the plugins of this libaver are in, which in a
 * build that is not installed is that of the build.
 *
 * Returns: (transfer full): the registry, or %NULL with %AVER_ERROR_PLUGIN as
 * aver_registry_add_folder() sets it.
 */
AVER_API AverRegistry *aver_registry_new_standard(const char *const *folders, GError **error);

/**
 * aver_registry_get_standard_folder:
 *
 * Tells where this libaver looks for plugins.
 *
 * Returns: (transfer full): the folder that the plugins of this libaver are in; it need not exist.
 */
AVER_API char *aver_registry_get_standard_folder(void);

/**
 * aver_pipeline_new:
 * @registry: (nullable): the plugins; %NULL means aver_registry_new_standard() without folders
 * @path: a pipeline file
 * @inputs: (nullable) (array zero-terminated=1): what aver_pipeline_next() reads
 * @set: (nullable) (array zero-terminated=1): `stage.option=value` each
 *
 * Reads and checks a pipeline file and opens its annotators, so that whatever is wrong with models
 * and options shows here. May be called in any thread, in several at once when each has a registry
 * of its own: they take turns. A pipeline with isolated stages forks here; make it before starting
 * threads.
 *
 * Returns: (transfer full): the pipeline, or %NULL with an error: see
 * aver_pipeline_new_from_file().
 */
AVER_API AverPipeline *aver_pipeline_new(AverRegistry *registry, const char *path,
                                         const char *const *inputs, const char *const *set,
                                         GError **error);

/**
 * aver_pipeline_process_text:
 * @id: (nullable): the document's id, UTF-8; %NULL means ""
 * @text: (array length=length) (element-type guint8): UTF-8, copied
 * @length: bytes, or with a @text that ends with NUL -1
 *
 * Runs the pipeline's annotators over one text, on this thread. A pipeline is in the hands of one
 * thread at a time; threads that work at once have a pipeline each.
 *
 * Returns: (transfer full) (nullable): the document, which may outlive the pipeline; %NULL without
 * an error when an annotator dropped it; %NULL with an error when it failed. The pipeline can be
 * used on.
 */
AVER_API AverDocument *aver_pipeline_process_text(AverPipeline *pipeline, const char *id,
                                                  const char *text, gssize length, GError **error);

/**
 * aver_pipeline_next:
 *
 * Reads the next document of the inputs with the pipeline's reader and runs the annotators over it,
 * on this thread. Documents that an annotator drops are passed over.
 *
 * Returns: (transfer full) (nullable): the document; %NULL without an error at the end; %NULL with
 * an error, `file:line: stage 'x': what went wrong`, when one failed. The next call goes on behind
 * it, or is at the end when nothing more can be read.
 */
AVER_API AverDocument *aver_pipeline_next(AverPipeline *pipeline, GError **error);

/**
 * aver_document_new_from_text:
 * @id: (nullable): its id, UTF-8; %NULL means ""
 * @text: (array length=length) (element-type guint8): UTF-8, copied
 * @length: bytes, or with a @text that ends with NUL -1
 *
 * Makes a document that owns its text, to be given to aver_pipeline_process().
 *
 * Returns: (transfer full): a document with a text of its own, or %NULL with %AVER_ERROR_ENCODING
 * or %AVER_ERROR_LIMIT.
 */
AVER_API AverDocument *aver_document_new_from_text(const char *id, const char *text, gssize length,
                                                   GError **error);

/**
 * aver_document_to_json:
 * @text: whether its text is part of it
 *
 * Shows a document with all that is in it.
 *
 * Returns: (transfer full): the document as the jsonl-writer writes it: one JSON object on one
 * line, `id`, `metadata`, `text` and `layers`, NUL-terminated.
 */
AVER_API char *aver_document_to_json(const AverDocument *document, gboolean text);

/**
 * aver_document_list_layer_names:
 *
 * Lists the layers.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the layers, in the order they
 * were added.
 */
AVER_API char **aver_document_list_layer_names(const AverDocument *document);

/**
 * aver_layer_get_name:
 *
 * Gives the layer's name.
 *
 * Returns: (transfer none): the layer's name.
 */
AVER_API const char *aver_layer_get_name(const AverLayer *layer);

/**
 * aver_layer_list_columns:
 *
 * Lists the columns, beside `start` and `end`.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the columns beside `start` and
 * `end`; a column's number is its place here.
 */
AVER_API char **aver_layer_list_columns(const AverLayer *layer);

/**
 * aver_layer_get_span:
 * @row: a row
 * @span: (out caller-allocates): the bytes it is about
 *
 * Tells where a row stands in the text.
 */
AVER_API void aver_layer_get_span(const AverLayer *layer, guint32 row, AverSpan *span);

/**
 * aver_layer_dup_text:
 * @row: a row
 *
 * Gives the words that a row spans.
 *
 * Returns: (transfer full): the text of the row's span; a NUL character in it is given as U+FFFD.
 */
AVER_API char *aver_layer_dup_text(const AverLayer *layer, guint32 row);

/**
 * aver_layer_dup_cell:
 * @row: a row
 * @column: a column's number
 *
 * Shows one cell.
 *
 * Returns: (transfer full): a cell of any kind as JSON text, as the jsonl-writer writes it: spans
 * as pairs of bytes, enums by their names, "null" when it is absent.
 */
AVER_API char *aver_layer_dup_cell(const AverLayer *layer, guint32 row, guint32 column);

G_END_DECLS
