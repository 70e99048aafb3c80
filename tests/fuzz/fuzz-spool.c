/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes what a shard left for the merge: bytes as they are, and frames with good checksums. */
#include "spool.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static gboolean take(gpointer total, const char *bytes, gsize length, GError **error)
{
  (void) error;
  for (gsize i = 0; i < length; i++)
    *(guint64 *) total += (guchar) bytes[i];
  return TRUE;
}

/* From a file that is on no disk. */
static void read_back(const void *bytes, gsize length)
{
  int fd = memfd_create("spool", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
  g_autoptr(GError) error = NULL;
  guint64 total = 0;
  g_assert(fd >= 0 && write(fd, bytes, length) == (ssize_t) length);
  if (!aver_spool_read(path, take, &total, &error))
    g_assert(error != NULL);
  close(fd);
}

/* A frame of each line, its length as its first byte says it is wrong, and its right checksum. */
static void add_frame(GByteArray *spool, const guint8 *line, gsize length)
{
  const char *kind = length > 0 && line[0] == 'e' ? "end." : "data";
  guint64 told = length > 1 && line[0] == 'l' ? (guint64) line[1] << 56 : length;
  guint64 little = GUINT64_TO_LE(told);
  uLong sum = crc32_z(0, (const Bytef *) &little, sizeof little);
  guint32 seal = GUINT32_TO_LE((guint32) crc32_z(sum, line, length));
  g_byte_array_append(spool, (const guint8 *) kind, 4);
  g_byte_array_append(spool, (const guint8 *) &seal, sizeof seal);
  g_byte_array_append(spool, (const guint8 *) &little, sizeof little);
  g_byte_array_append(spool, line, (guint) length);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autoptr(GByteArray) spool = g_byte_array_new();
  read_back(data, size);
  for (gsize at = 0; at < size;) {
    const guint8 *end = memchr(data + at, '\n', size - at);
    gsize length = end == NULL ? size - at : (gsize) (end - data) - at;
    add_frame(spool, data + at, length);
    at += length + 1;
  }
  read_back(spool->data, spool->len);
  return 0;
}
