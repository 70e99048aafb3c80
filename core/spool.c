/* SPDX-License-Identifier: Apache-2.0 */
/* A spool: what a writer's emit() would have got, kept for another process to emit. */
#include "spool.h"

#include "patience.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define HEAD 16

struct AverSpool {
  AverOutput *output;
};

typedef struct {
  const char *path;
  int fd;
  guint64 size, position;
} Reading;

AverSpool *aver_spool_new(AverOutput *output)
{
  AverSpool *spool = g_new0(AverSpool, 1);
  spool->output = output;
  return spool;
}

void aver_spool_free(AverSpool *spool)
{
  if (spool == NULL)
    return;
  aver_output_free(spool->output);
  g_free(spool);
}

static guint32 checksum(guint64 length, const char *data, gsize n)
{
  guint64 little = GUINT64_TO_LE(length);
  uLong sum = crc32_z(0, (const Bytef *) &little, sizeof little);
  return (guint32) crc32_z(sum, (const Bytef *) data, n);
}

static void make_head(char head[HEAD], const char *kind, guint64 length, const char *data, gsize n)
{
  guint32 sum = GUINT32_TO_LE(checksum(length, data, n));
  guint64 little = GUINT64_TO_LE(length);
  memcpy(head, kind, 4);
  memcpy(head + 4, &sum, sizeof sum);
  memcpy(head + 8, &little, sizeof little);
}

gboolean aver_spool_emit(AverSpool *spool, const char *data, gsize length, GError **error)
{
  char head[HEAD];
  if (length > G_MAXUINT) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT, "documents of more than 4 GiB as written");
    return FALSE;
  }
  make_head(head, "data", length, data, length);
  return aver_output_write(spool->output, head, sizeof head, error) &&
         aver_output_write(spool->output, data, length, error);
}

gboolean aver_spool_commit(AverSpool *spool, GString *position, GError **error)
{
  return aver_output_commit(spool->output, position, error);
}

gboolean aver_spool_finish(AverSpool *spool, GError **error)
{
  char head[HEAD];
  make_head(head, "end.", aver_output_get_position(spool->output), "", 0);
  return aver_output_write(spool->output, head, sizeof head, error) &&
         aver_output_close(spool->output, error);
}

static gboolean fail(const Reading *reading, const char *what, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
              "'%s' is damaged at byte %" G_GUINT64_FORMAT ": %s", reading->path, reading->position,
              what);
  return FALSE;
}

static gboolean read_all(Reading *reading, char *to, gsize length, GError **error)
{
  guint tries = 0;
  for (gsize done = 0; done < length;) {
    ssize_t n = read(reading->fd, to + done, length - done);
    if (n == 0)
      return fail(reading, "it ends there", error);
    if (n < 0 && !aver_may_pass(errno, &tries))
      return fail(reading, g_strerror(errno), error);
    done += (gsize) MAX(n, 0);
  }
  reading->position += length;
  return TRUE;
}

/* Reads a frame; @ended: it was the end mark. */
static gboolean read_frame(Reading *reading, GByteArray *bytes, gboolean *ended, GError **error)
{
  char head[HEAD];
  guint32 sum;
  guint64 length, start = reading->position;
  if (!read_all(reading, head, sizeof head, error))
    return FALSE;
  memcpy(&sum, head + 4, sizeof sum);
  memcpy(&length, head + 8, sizeof length);
  sum = GUINT32_FROM_LE(sum);
  length = GUINT64_FROM_LE(length);
  *ended = memcmp(head, "end.", 4) == 0;
  if (*ended)
    return (length == start && sum == checksum(length, "", 0) &&
            reading->position == reading->size) ||
           fail(reading, "expected the end of what was written", error);
  if (memcmp(head, "data", 4) != 0 || length > reading->size - reading->position ||
      length > G_MAXUINT)
    return fail(reading, "expected what a writer is given", error);
  g_byte_array_set_size(bytes, (guint) length);
  return read_all(reading, (char *) bytes->data, (gsize) length, error) &&
         (sum == checksum(length, (const char *) bytes->data, (gsize) length) ||
          fail(reading, "its checksum is wrong", error));
}

gboolean aver_spool_read(const char *path, AverSpoolTaker take, gpointer data, GError **error)
{
  Reading reading = {.path = path};
  reading.fd = aver_open_regular(path, &reading.size, error);
  if (reading.fd < 0)
    return FALSE;
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  gboolean ended = FALSE, good = TRUE;
  while (good && !ended) {
    good = read_frame(&reading, bytes, &ended, error);
    if (good && !ended)
      good = take(data, (const char *) bytes->data, bytes->len, error);
  }
  close(reading.fd);
  return good;
}
