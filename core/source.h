/* SPDX-License-Identifier: Apache-2.0 */
/* Sources: bytes that are read one after another, from a file or from what unpacks another source.
 */
#pragma once

#include <aver/error.h>

typedef enum {
  FILL_DATA,
  FILL_END,
  FILL_WAIT,    /* nothing is at hand, and blocking was not allowed, or did not help */
  FILL_MEMBERS, /* of an input only: the open file is an archive, whose members come next */
  FILL_ERROR,
} AverFill;

/* How much may be unpacked; 0 stands for no limit. */
typedef struct {
  guint64 bytes; /* of one file */
  guint64 ratio; /* unpacked bytes for each packed one, from AVER_UNPACK_FREE on */
} AverUnpackLimits;

#define AVER_UNPACK_BYTES (G_GUINT64_CONSTANT(1) << 40)
#define AVER_UNPACK_RATIO 250

/* So many bytes may come of however few. */
#define AVER_UNPACK_FREE (G_GUINT64_CONSTANT(64) << 20)

/* What has been unpacked so far. */
typedef struct {
  AverUnpackLimits limits;
  guint64 in, out;
} AverGauge;

typedef struct AverSource AverSource;

struct AverSource {
  /* Like read(2): FILL_DATA with *length above 0, and what is in @to. The error is set when failing
   * only, and a failure stays one. */
  AverFill (*read)(AverSource *self, char *to, gsize room, gsize *length, gboolean may_block,
                   GError **error);
  void (*free)(AverSource *self);
};

void aver_source_free(AverSource *source);

/* Whether reading would not block, after so long. */
gboolean aver_wait_readable(int fd, int milliseconds);

/* Bytes of an open file, from byte @position on as far as messages are concerned. */
AverFill aver_read_file(int fd, gboolean regular, guint64 position, char *to, gsize room,
                        gsize *length, gboolean may_block, GError **error);

/* A file, whose descriptor stays the caller's, from its byte @start on. */
AverSource *aver_source_new_for_file(int fd, gboolean regular, gint64 start);

/* Bytes in memory, which are kept. */
AverSource *aver_source_new_for_bytes(GBytes *bytes);

/* As lseek(2) on a regular file, in bytes from where the source started; -1 when it cannot be. */
gint64 aver_source_seek_file(AverSource *source, gint64 offset, int whence);

/* The bytes given, which are copied, then those of @below, which is taken. */
AverSource *aver_source_new_with_head(const char *head, gsize length, AverSource *below);

/* FALSE with AVER_ERROR_LIMIT when there is more than allowed. */
gboolean aver_gauge_check(const AverGauge *gauge, GError **error);
