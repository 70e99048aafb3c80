/* SPDX-License-Identifier: Apache-2.0 */
/* Archives: the members of a tar or zip file, one after another, never written to disk. */
#pragma once

#include "packing.h"

typedef struct AverArchive AverArchive;

typedef enum {
  AVER_ARCHIVE_FILE,    /* a regular member, whose bytes can be read */
  AVER_ARCHIVE_FOLDER,  /* nothing to read */
  AVER_ARCHIVE_REFUSED, /* a member that is not read (error set) */
  AVER_ARCHIVE_BROKEN,  /* nothing more can be read (error set) */
  AVER_ARCHIVE_END,
} AverArchiveStep;

/*
 * @below: the archive's bytes; taken
 * @file: (nullable): the same, if it is a regular file's, in which members are found by seeking
 * @size: how many bytes it has; 0 when that is not known
 *
 * NULL with an error when the library is missing.
 */
AverArchive *aver_archive_new(AverPacking packing, AverSource *below, AverSource *file,
                              guint64 size, const AverUnpackLimits *limits, GError **error);
void aver_archive_free(AverArchive *archive);

/* The next member, and its name, which is any bytes but NUL, until the next call; NULL if it has
 * none. A "./" in front of it is left out. */
AverArchiveStep aver_archive_next(AverArchive *archive, const char **name, GError **error);

/* Whether nothing more can be read, and an error has said so: of the archive, or of a member. */
gboolean aver_archive_is_over(const AverArchive *archive);

/* The bytes of the member, to be freed before the next one is asked for. */
AverSource *aver_archive_open_member(AverArchive *archive);
