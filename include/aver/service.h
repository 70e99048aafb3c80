/* SPDX-License-Identifier: Apache-2.0 */
/* A pipeline in the service of many: texts in memory, several at once, with what is loaded shared.
 */
#pragma once

#include <aver/run.h>

G_BEGIN_DECLS

/**
 * AverService:
 *
 * A pipeline whose annotators are opened once for several workers. A worker is a number, from 0,
 * that one thread at a time goes by. The pipeline's writers have no part in it, but for what the
 * first jsonl-writer is told to write.
 */
typedef struct _AverService AverService;

/**
 * AverReading:
 *
 * A text in memory, read document by document. In the hands of one thread at a time.
 */
typedef struct _AverReading AverReading;

/**
 * aver_service_new:
 * @pipeline: a pipeline; the service keeps a reference, and nothing else is to be done with it
 * @n_workers: how many documents may be worked on at once, from 1
 *
 * Opens the annotators, and the readers of text, web pages and JSON Lines, with the options that
 * the pipeline gives to its reader. Makes child processes of isolated stages: to be called before
 * there are threads [main].
 *
 * Returns: (transfer full): the service, or %NULL with what a stage said.
 */
AVER_API AverService *aver_service_new(AverPipeline *pipeline, guint n_workers, GError **error);

/**
 * aver_service_free:
 * @service: a service
 *
 * Stops and closes the stages; nobody may read any more [main].
 */
AVER_API void aver_service_free(AverService *service);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverService, aver_service_free)

/**
 * AverSubmission:
 * @reader: the plugin that reads it: auto-reader, or one of those that it delegates to
 * @charset: (nullable): what its characters are, when that has been said
 * @name: what it is called, in the place of a file's name; "-" as standard input
 * @data: the bytes, packed or not
 *
 * What is to be read.
 */
typedef struct {
  const char *reader;
  const char *charset;
  const char *name;
  GBytes *data;
} AverSubmission;

/**
 * aver_service_can_read:
 * @service: a service
 * @reader: a plugin's name
 *
 * Asks before a text is there [any].
 *
 * Returns: whether there is such a reader; %FALSE with %AVER_ERROR_PLUGIN saying what is
 * missing.
 */
AVER_API gboolean aver_service_can_read(AverService *service, const char *reader, GError **error);

/**
 * aver_service_read:
 * @service: a service
 * @submission: copied, but for the bytes, which are kept
 *
 * Begins to read [worker].
 *
 * Returns: (transfer full): the reading, or %NULL with %AVER_ERROR_PLUGIN when there is no such
 * reader, or %AVER_ERROR_CONFIG when it does not know the character set.
 */
AVER_API AverReading *aver_service_read(AverService *service, const AverSubmission *submission,
                                        GError **error);

/**
 * aver_reading_free:
 * @reading: (nullable): a reading
 *
 * Ends it; documents that it gave are not valid any more.
 */
AVER_API void aver_reading_free(AverReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverReading, aver_reading_free)

/**
 * AverServed:
 * @AVER_SERVED_KEPT: the document has been read and annotated
 * @AVER_SERVED_DROPPED: an annotator filtered it out
 * @AVER_SERVED_FAILED: it failed (error set); what comes behind it can be read on
 * @AVER_SERVED_END: there is nothing more
 *
 * What became of one document.
 */
typedef enum {
  AVER_SERVED_KEPT,
  AVER_SERVED_DROPPED,
  AVER_SERVED_FAILED,
  AVER_SERVED_END,
} AverServed;

/**
 * aver_reading_next:
 * @reading: a reading
 * @worker: the worker that the thread goes by
 * @document: emptied, then filled; valid until the next call
 * @failure: (out caller-allocates): filled in when it failed, but for the message, which is the
 *   error; valid until the next call
 *
 * Reads the next document, and runs the pipeline's annotators over it [worker]. A stage that takes
 * documents one at a time gets them in the order of their coming. The error has the code of what
 * is wrong with the document, or else, when an annotator failed, %AVER_ERROR_FAILED or
 * %AVER_ERROR_STOPPED.
 *
 * Returns: what became of it.
 */
AVER_API AverServed aver_reading_next(AverReading *reading, guint worker, AverDocument *document,
                                      AverFailure *failure, GError **error);

/**
 * aver_reading_stop:
 * @reading: a reading
 *
 * Nobody waits for it any more: the document that is worked on fails with %AVER_ERROR_STOPPED when
 * its present stage is done with it, as does every other one [any].
 */
AVER_API void aver_reading_stop(AverReading *reading);

/**
 * aver_service_append_record:
 * @service: a service
 * @out: what is made is appended
 * @document: a document
 * @text: whether the text is written, whatever the jsonl-writer says
 *
 * Appends a document as the pipeline's jsonl-writer would write it, or one with no options, without
 * the end of the line [any].
 */
AVER_API void aver_service_append_record(const AverService *service, AverBuffer *out,
                                         const AverDocument *document, gboolean text);

/**
 * aver_service_describe:
 * @service: a service
 *
 * What serves [any]. Nothing changes in it.
 *
 * Returns: (transfer full): a JSON object: `stages`, as aver_pipeline_describe() has them without
 * `output`, with `version`, with `options` (the values of all, by their names; of writers, none but
 * of a jsonl-writer) and with `models`, a list of `file` (its name) and `sha256`; and `workers`.
 */
AVER_API char *aver_service_describe(const AverService *service);

/**
 * aver_service_append_metrics:
 * @service: a service
 * @out: gets families in OpenMetrics text format appended, without the end of file
 *
 * What became of documents, and where the time went, as aver_pipeline_run() tells it [any].
 */
AVER_API void aver_service_append_metrics(AverService *service, AverBuffer *out);

G_END_DECLS
