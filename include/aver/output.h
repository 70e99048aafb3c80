/* SPDX-License-Identifier: Apache-2.0 */
/* Output: the file, device or standard output that a writer writes to. */
#pragma once

#include <aver/error.h>

G_BEGIN_DECLS

/**
 * AverOutput:
 *
 * Where a writer's bytes go. A regular file appears under its name only when it is complete: bytes
 * go to a temporary file beside it that aver_output_close() flushes to disk and renames. Devices,
 * pipes and standard output are written to directly. Not thread-safe.
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

/** aver_output_get_position: Returns: bytes written so far. */
AVER_API guint64 aver_output_get_position(const AverOutput *output);

/**
 * aver_output_close:
 *
 * Completes the output: flushed, renamed into place, its folder flushed.
 */
AVER_API gboolean aver_output_close(AverOutput *output, GError **error);

/** aver_output_free: frees @output; one that was not closed leaves no file behind. */
AVER_API void aver_output_free(AverOutput *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverOutput, aver_output_free)

G_END_DECLS
