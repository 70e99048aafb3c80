/* SPDX-License-Identifier: Apache-2.0 */
/* Packing: what the first bytes of a file, or the end of its name, say of how it is packed. */
#pragma once

#include "codec.h"

typedef enum {
  AVER_PACKING_NONE,
  AVER_PACKING_UNSURE, /* more bytes are needed to tell */
  AVER_PACKING_GZIP,
  AVER_PACKING_BZIP2,
  AVER_PACKING_XZ,
  AVER_PACKING_ZSTD,
  AVER_PACKING_TAR,
  AVER_PACKING_ZIP,
} AverPacking;

/*
 * Goes by the bytes that a file starts with, of which @length are there. AVER_PACKING_UNSURE only
 * while there is no whole line and less than 512 bytes, and never once @ended: who waits for lines
 * does not wait any longer for this.
 */
AverPacking aver_packing_sniff(const char *data, gsize length, gboolean ended);

const char *aver_packing_get_name(AverPacking packing);
gboolean aver_packing_is_archive(AverPacking packing);

/* NULL with AVER_ERROR_INPUT when this build lacks the library. */
const AverCodec *aver_packing_get_codec(AverPacking packing, GError **error);

/* How long a name is without the end that stands for compression: 5 of "a.txt.gz". */
gsize aver_packing_strip_name(const char *name);

/* Whether a name is that of an archive: "a.zip", "a.tar.gz", "a.tgz". */
gboolean aver_packing_is_archive_name(const char *name);
