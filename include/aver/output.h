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
 * aver_compressions:
 *
 * The choices of the option `compress`: `auto` (by the end of the file's name: `.gz`, `.zst`),
 * `none`, `gzip` and `zstd`.
 */
AVER_API extern const char *const aver_compressions[];

/**
 * AVER_COMPRESS_OPTION:
 *
 * The option `compress`, for an array of AverOption. What such a writer opens is compressed as its
 * value says: in gzip members or zstd frames of 1 MiB each, so that the bytes depend neither on
 * the number of workers nor on checkpoints.
 */
#define AVER_COMPRESS_OPTION                                                                       \
  {                                                                                                \
    .name = "compress", .kind = AVER_OPTION_CHOICE, .fallback = "auto",                            \
    .choices = aver_compressions,                                                                  \
    .help = "how to compress what is written; auto: by the end of its name, .gz or .zst"           \
  }

/**
 * aver_output_new:
 * @path: (nullable): a file; %NULL or "-" for standard output
 *
 * Opens a file, or standard output.
 *
 * Returns: (transfer full) (nullable): the output, or %NULL with %AVER_ERROR_OUTPUT.
 */
AVER_API AverOutput *aver_output_new(const char *path, GError **error);

/**
 * aver_output_is_terminal:
 *
 * Tells whether the output is a terminal.
 *
 * Returns: whether a person is looking.
 */
AVER_API gboolean aver_output_is_terminal(const AverOutput *output);

/**
 * aver_output_get_columns:
 *
 * Measures the terminal.
 *
 * Returns: how wide the terminal is; 0 when it is none.
 */
AVER_API guint aver_output_get_columns(const AverOutput *output);

/**
 * aver_output_write:
 * @data: the bytes
 * @length: bytes
 *
 * Writes all @length bytes, in any number of system calls.
 *
 * Returns: %FALSE with %AVER_ERROR_OUTPUT.
 */
AVER_API gboolean aver_output_write(AverOutput *output, const void *data, gsize length,
                                    GError **error);

/**
 * aver_output_sync:
 *
 * Makes what was written durable, where the output is a regular file.
 *
 * Returns: %FALSE with %AVER_ERROR_OUTPUT.
 */
AVER_API gboolean aver_output_sync(AverOutput *output, GError **error);

/**
 * aver_output_commit:
 * @position: gets aver_output_get_position() appended
 *
 * What a writer's commit() does when an output is all it has: aver_output_sync(), and the position.
 *
 * Returns: %FALSE with %AVER_ERROR_OUTPUT.
 */
AVER_API gboolean aver_output_commit(AverOutput *output, GString *position, GError **error);

/**
 * aver_output_get_position:
 *
 * Counts what was written.
 *
 * Returns: bytes written so far, by earlier runs of a job too; with compression those in the file
 * and those that wait.
 */
AVER_API guint64 aver_output_get_position(const AverOutput *output);

/**
 * aver_output_close:
 *
 * Completes the output: flushed, renamed into place, its folder flushed.
 *
 * Returns: %FALSE with %AVER_ERROR_OUTPUT.
 */
AVER_API gboolean aver_output_close(AverOutput *output, GError **error);

/**
 * aver_output_make_partial:
 * @target: the path of a file or folder
 * @job: its job's id, see aver_stage_get_job()
 *
 * Names what a job writes to until the output is complete: `OUT.ID.partial` beside it, where OUT is
 * @target's name, or, when that has more than 200 bytes, the first 180 and a checksum of all.
 *
 * Returns: (transfer full): a path, the same for the same arguments.
 */
AVER_API char *aver_output_make_partial(const char *target, const char *job);

/**
 * aver_output_free:
 *
 * Frees @output; one that was not closed leaves no file behind, but in a job.
 */
AVER_API void aver_output_free(AverOutput *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverOutput, aver_output_free)

G_END_DECLS
