/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A spool: what a writer's emit() would have got, kept for another process to emit.
 *
 * A file of frames, each a head of 16 bytes and bytes: what they are (4 characters), a checksum of
 * length and bytes (CRC-32), their length; numbers are little-endian. The last frame is an end mark
 * without bytes, whose length is that of all frames before it.
 */
#pragma once

#include <aver/output.h>

typedef struct AverSpool AverSpool;

/* Takes the output. */
AverSpool *aver_spool_new(AverOutput *output);
void aver_spool_free(AverSpool *spool);

/* What a writer's callbacks of these names do. */
gboolean aver_spool_emit(AverSpool *spool, const char *data, gsize length, GError **error);
gboolean aver_spool_commit(AverSpool *spool, GString *position, GError **error);
gboolean aver_spool_finish(AverSpool *spool, GError **error);

/* Takes one frame. */
typedef gboolean (*AverSpoolTaker)(gpointer data, const char *bytes, gsize length, GError **error);

/* Hands over all frames of a file; AVER_ERROR_INPUT when it is not as it was written. */
gboolean aver_spool_read(const char *path, AverSpoolTaker take, gpointer data, GError **error);
