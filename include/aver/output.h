/* SPDX-License-Identifier: Apache-2.0 */
/* Output: the file, device or standard output that a writer writes to. */
#pragma once

#include <aver/error.h>

G_BEGIN_DECLS

/**
 * AverOutput:
 *
 * Where a writer's bytes go. A regular file appears under its name only when it is complete: bytes
 * go to a file without a name, or where the file system has no such thing to a temporary file
 * beside it, which aver_output_close() flushes to disk and puts into its place. Devices, pipes and
 * standard output are written to directly. In a job (aver_stage_open_output()) the file is there
 * from the start as `NAME.ID.partial`, and stays until it is complete. Not thread-safe.
 */
typedef struct _AverOutput AverOutput;

/**
 * aver_output_new:
 * @path: (nullable): a file; %NULL or "-" for standard output
 *
 * Returns: (transfer full) (nullable): the output, or %NULL with %AVER_ERROR_OUTPUT.
 */
AVER_API AverOutput *aver_output_new(const char *path, GError **error);

/** aver_output_is_terminal: Returns: whether a person is looking. */
AVER_API gboolean aver_output_is_terminal(const AverOutput *output);

/** aver_output_get_columns: Returns: how wide the terminal is; 0 when it is none. */
AVER_API guint aver_output_get_columns(const AverOutput *output);

/** aver_output_write: writes all @length bytes, in any number of system calls. */
AVER_API gboolean aver_output_write(AverOutput *output, const void *data, gsize length,
                                    GError **error);

/** aver_output_sync: makes what was written durable, where the output is a regular file. */
AVER_API gboolean aver_output_sync(AverOutput *output, GError **error);

/**
 * aver_output_commit:
 * @position: gets aver_output_get_position() appended
 *
 * What a writer's commit() does when an output is all it has: aver_output_sync(), and the position.
 */
AVER_API gboolean aver_output_commit(AverOutput *output, GString *position, GError **error);

/** aver_output_get_position: Returns: bytes written so far, by earlier runs of a job too. */
AVER_API guint64 aver_output_get_position(const AverOutput *output);

/**
 * aver_output_close:
 *
 * Completes the output: flushed, renamed into place, its folder flushed.
 */
AVER_API gboolean aver_output_close(AverOutput *output, GError **error);

/** aver_output_free: frees @output; one that was not closed leaves no file behind, but in a job. */
AVER_API void aver_output_free(AverOutput *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverOutput, aver_output_free)

G_END_DECLS
