/* SPDX-License-Identifier: Apache-2.0 */
/* libarchive, opened when the first archive is met: with all that it is linked with, opening takes
 * longer than the rest of Aver together. */
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>

#define AVER_ARCHIVE_FUNCTIONS(X)                                                                  \
  X(archive_entry_filetype)                                                                        \
  X(archive_entry_hardlink)                                                                        \
  X(archive_entry_is_encrypted)                                                                    \
  X(archive_entry_pathname)                                                                        \
  X(archive_error_string)                                                                          \
  X(archive_read_data)                                                                             \
  X(archive_read_free)                                                                             \
  X(archive_read_new)                                                                              \
  X(archive_read_next_header)                                                                      \
  X(archive_read_open1)                                                                            \
  X(archive_read_set_callback_data)                                                                \
  X(archive_read_set_options)                                                                      \
  X(archive_read_set_read_callback)                                                                \
  X(archive_read_set_seek_callback)                                                                \
  X(archive_read_set_skip_callback)                                                                \
  X(archive_read_support_format_tar)                                                               \
  X(archive_read_support_format_zip)                                                               \
  X(archive_read_support_format_zip_streamable)                                                    \
  X(archive_set_error)

#define AVER_ARCHIVE_MEMBER(name) __typeof__(name) *name;

typedef struct {
  AVER_ARCHIVE_FUNCTIONS(AVER_ARCHIVE_MEMBER)
} AverArchiveLibrary;

/* Fills in the functions; FALSE with AVER_ERROR_INPUT when there is no libarchive. */
gboolean aver_archive_library_open(AverArchiveLibrary *library, GError **error);
