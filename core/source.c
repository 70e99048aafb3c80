/* SPDX-License-Identifier: Apache-2.0 */
/* Sources: files read, bytes put back, and how much may be unpacked. */
#include "source.h"

#include "patience.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* Milliseconds to wait for input before the host is asked whether to go on. */
#define PATIENCE 250

void aver_source_free(AverSource *source)
{
  if (source != NULL)
    source->free(source);
}

gboolean aver_wait_readable(int fd, int milliseconds)
{
  struct pollfd wanted = {.fd = fd, .events = POLLIN};
  return poll(&wanted, 1, milliseconds) > 0;
}

AverFill aver_read_file(int fd, gboolean regular, guint64 position, char *to, gsize room,
                        gsize *length, gboolean may_block, GError **error)
{
  ssize_t n;
  guint tries = 0;
  do {
    if (!regular && !aver_wait_readable(fd, may_block ? PATIENCE : 0))
      return FILL_WAIT;
    n = read(fd, to, room);
  } while (n < 0 && (errno == EINTR || aver_may_pass(errno, &tries)));
  /* What says that it is a regular file and has nothing yet is the kernel's: it may never have. */
  if (n < 0 && errno == EAGAIN && !regular)
    return FILL_WAIT;
  if (n < 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                "cannot read the file behind byte %" G_GUINT64_FORMAT ": %s", position,
                g_strerror(errno));
    return FILL_ERROR;
  }
  *length = (gsize) n;
  return n == 0 ? FILL_END : FILL_DATA;
}

typedef struct {
  AverSource source;
  int fd;
  gboolean regular;
  gint64 start, position;
} FileSource;

static AverFill file_read(AverSource *self, char *to, gsize room, gsize *length, gboolean may_block,
                          GError **error)
{
  FileSource *file = (FileSource *) self;
  AverFill got = aver_read_file(file->fd, file->regular, (guint64) file->position, to, room, length,
                                may_block, error);
  if (got == FILL_DATA)
    file->position += (gint64) *length;
  return got;
}

static void file_free(AverSource *self)
{
  g_free(self);
}

AverSource *aver_source_new_for_file(int fd, gboolean regular, gint64 start)
{
  FileSource *file = g_new0(FileSource, 1);
  file->source = (AverSource){.read = file_read, .free = file_free};
  file->fd = fd;
  file->regular = regular;
  file->start = start;
  return &file->source;
}

gint64 aver_source_seek_file(AverSource *source, gint64 offset, int whence)
{
  FileSource *file = (FileSource *) source;
  off_t to = whence == SEEK_SET ? (off_t) (file->start + offset) : (off_t) offset;
  off_t at = lseek(file->fd, to, whence);
  if (at < (off_t) file->start)
    return -1;
  file->position = at - file->start;
  return file->position;
}

typedef struct {
  AverSource source;
  GBytes *bytes;
  gsize begin;
} BytesSource;

static AverFill bytes_read(AverSource *self, char *to, gsize room, gsize *length,
                           gboolean may_block, GError **error)
{
  BytesSource *source = (BytesSource *) self;
  (void) may_block;
  (void) error;
  gsize size;
  const char *data = g_bytes_get_data(source->bytes, &size);
  *length = MIN(room, size - source->begin);
  if (*length == 0)
    return FILL_END;
  memcpy(to, data + source->begin, *length);
  source->begin += *length;
  return FILL_DATA;
}

static void bytes_free(AverSource *self)
{
  g_bytes_unref(((BytesSource *) self)->bytes);
  g_free(self);
}

AverSource *aver_source_new_for_bytes(GBytes *bytes)
{
  BytesSource *source = g_new0(BytesSource, 1);
  source->source = (AverSource){.read = bytes_read, .free = bytes_free};
  source->bytes = g_bytes_ref(bytes);
  return &source->source;
}

typedef struct {
  AverSource source;
  AverSource *below;
  gsize begin, length;
  char head[];
} HeadSource;

static AverFill head_read(AverSource *self, char *to, gsize room, gsize *length, gboolean may_block,
                          GError **error)
{
  HeadSource *head = (HeadSource *) self;
  if (head->begin == head->length)
    return head->below->read(head->below, to, room, length, may_block, error);
  *length = MIN(room, head->length - head->begin);
  memcpy(to, head->head + head->begin, *length);
  head->begin += *length;
  return FILL_DATA;
}

static void head_free(AverSource *self)
{
  aver_source_free(((HeadSource *) self)->below);
  g_free(self);
}

AverSource *aver_source_new_with_head(const char *bytes, gsize length, AverSource *below)
{
  HeadSource *head = g_malloc(sizeof *head + length);
  head->source = (AverSource){.read = head_read, .free = head_free};
  head->below = below;
  head->begin = 0;
  head->length = length;
  if (length > 0)
    memcpy(head->head, bytes, length);
  return &head->source;
}

gboolean aver_gauge_check(const AverGauge *gauge, GError **error)
{
  const AverUnpackLimits *limits = &gauge->limits;
  if (limits->bytes > 0 && gauge->out > limits->bytes) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                "the file unpacks to more than %" G_GUINT64_FORMAT
                " bytes, the most allowed (--max-unpacked)",
                limits->bytes);
    return FALSE;
  }
  if (limits->ratio > 0 && gauge->out > AVER_UNPACK_FREE &&
      gauge->out / limits->ratio > gauge->in) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                "the file unpacks to more than %" G_GUINT64_FORMAT
                " times its size, the most allowed (--max-ratio): %" G_GUINT64_FORMAT
                " bytes come of the first %" G_GUINT64_FORMAT,
                limits->ratio, gauge->out, gauge->in);
    return FALSE;
  }
  return TRUE;
}
