/* SPDX-License-Identifier: Apache-2.0 */
/* Compression of an output: gzip members (RFC 1952) or zstd frames (RFC 8878) of 1 MiB of input. */
#include "output-private.h"

#include <aver/buffer.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include <zlib.h>
#ifdef AVER_ZSTD
#include <zstd.h>
#endif

#define MEMBER      ((gsize) 1 << 20)
#define GZIP_LEVEL  6
#define ZSTD_LEVEL  3
#define GZIP_WINDOW (15 + 16) /* 32 KiB, with the header of gzip; no name and no time in it */

enum { CHOICE_AUTO, CHOICE_NONE, CHOICE_GZIP, CHOICE_ZSTD };

const char *const aver_compressions[] = {"auto", "none", "gzip", "zstd", NULL};

struct _AverPress {
  guint choice;
  AverBuffer waiting; /* less than a member */
  AverBuffer packed;
  char *spare; /* (nullable) in a job: the file with what waited at the last two checkpoints */
  int spare_fd;
  guint slot; /* where in it to write next; the other one is the journal's */
};

guint aver_compression_choose(guint choice, const char *path)
{
  if (choice == CHOICE_AUTO && path != NULL)
    choice = g_str_has_suffix(path, ".gz")    ? CHOICE_GZIP
             : g_str_has_suffix(path, ".zst") ? CHOICE_ZSTD
                                              : CHOICE_NONE;
  return choice <= CHOICE_NONE ? 0 : choice;
}

static gboolean fail(GError **error, const AverOutput *output, const char *why)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot compress '%s': %s", output->name, why);
  return FALSE;
}

static gboolean pack_gzip(const AverOutput *output, AverBuffer *packed, const char *data,
                          gsize length, GError **error)
{
  z_stream stream = {0};
  if (deflateInit2(&stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    return fail(error, output, "out of memory");
  gsize most = deflateBound(&stream, (uLong) length);
  stream.next_in = (Bytef *) data;
  stream.avail_in = (uInt) length;
  stream.next_out = (Bytef *) aver_buffer_reserve(packed, most);
  stream.avail_out = (uInt) most;
  int result = deflate(&stream, Z_FINISH);
  packed->length = stream.total_out;
  deflateEnd(&stream);
  return result == Z_STREAM_END || fail(error, output, "zlib failed");
}

#ifdef AVER_ZSTD
static gboolean pack_zstd(const AverOutput *output, AverBuffer *packed, const char *data,
                          gsize length, GError **error)
{
  ZSTD_CCtx *context = ZSTD_createCCtx();
  gsize most = ZSTD_compressBound(length);
  if (context == NULL)
    return fail(error, output, "out of memory");
  ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, ZSTD_LEVEL);
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  gsize n = ZSTD_compress2(context, aver_buffer_reserve(packed, most), most, data, length);
  ZSTD_freeCCtx(context);
  if (ZSTD_isError(n))
    return fail(error, output, ZSTD_getErrorName(n));
  packed->length = n;
  return TRUE;
}
#else
static gboolean pack_zstd(const AverOutput *output, AverBuffer *packed, const char *data,
                          gsize length, GError **error)
{
  (void) packed, (void) data, (void) length;
  return fail(error, output, "this build has no zstd");
}
#endif

static gboolean write_member(AverOutput *output, const char *data, gsize length, GError **error)
{
  AverBuffer *packed = &output->press->packed;
  packed->length = 0;
  return (output->press->choice == CHOICE_GZIP ? pack_gzip : pack_zstd)(output, packed, data,
                                                                        length, error) &&
         aver_output_write_plain(output, packed->data, packed->length, error);
}

gboolean aver_press_write(AverOutput *output, const char *data, gsize length, GError **error)
{
  AverBuffer *waiting = &output->press->waiting;
  while (length > 0) {
    gsize n = MIN(length, MEMBER - waiting->length);
    aver_buffer_append(waiting, data, n);
    data += n;
    length -= n;
    if (waiting->length < MEMBER)
      return TRUE;
    if (!write_member(output, waiting->data, waiting->length, error))
      return FALSE;
    waiting->length = 0;
  }
  return TRUE;
}

/* Even nothing is a member, for an empty file is no gzip. */
gboolean aver_press_end(AverOutput *output, GError **error)
{
  AverPress *press = output->press;
  if (press == NULL || (press->waiting.length == 0 && output->position > 0))
    return TRUE;
  gboolean good = write_member(output, press->waiting.length == 0 ? "" : press->waiting.data,
                               press->waiting.length, error);
  press->waiting.length = 0;
  return good;
}

gsize aver_press_get_waiting(const AverPress *press)
{
  return press == NULL ? 0 : press->waiting.length;
}

/* What waited at the position, from the slot it says. */
static gboolean read_waiting(const AverOutput *output, const char *rest, GError **error)
{
  AverPress *press = output->press;
  guint slot = 0, length = 0;
  int end = 0;
  if (sscanf(rest, ":%1u:%7u%n", &slot, &length, &end) != 2 || rest[end] != '\0' || slot > 1 ||
      length >= MEMBER) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "'%s' is no position in '%s'", rest,
                press->spare);
    return FALSE;
  }
  press->slot = 1 - slot;
  press->waiting.length = 0;
  char *room = aver_buffer_reserve(&press->waiting, length);
  ssize_t n = pread(press->spare_fd, room, length, (off_t) (slot * MEMBER));
  if (n != (ssize_t) length)
    return aver_output_fail(error, "go on with", press->spare, n < 0 ? errno : EIO);
  press->waiting.length = length;
  return TRUE;
}

gboolean aver_press_begin(AverOutput *output, guint choice, const char *rest, GPtrArray *partials,
                          GError **error)
{
  AverPress *press = output->press = g_new0(AverPress, 1);
  press->choice = choice;
  press->spare_fd = -1;
#ifndef AVER_ZSTD
  if (choice == CHOICE_ZSTD)
    return fail(error, output, "this build has no zstd; expected gzip or none");
#endif
  if (!output->kept)
    return TRUE;
  press->spare = g_strconcat(output->temporary, ".waiting", NULL);
  g_ptr_array_add(partials, g_strdup(press->spare));
  rest = rest == NULL ? NULL : strchr(rest, ':');
  if (output->completed) {
    unlink(press->spare);
    return TRUE;
  }
  int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC;
  press->spare_fd = open(press->spare, flags, 0600);
  if (press->spare_fd < 0)
    return aver_output_fail(error, "write", press->spare, errno);
  return rest == NULL || read_waiting(output, rest, error);
}

gboolean aver_press_commit(const AverOutput *output, GString *position, GError **error)
{
  AverPress *press = output->press;
  if (press == NULL || press->spare_fd < 0)
    return TRUE;
  off_t to = (off_t) (press->slot * MEMBER);
  for (gsize done = 0; done < press->waiting.length;) {
    ssize_t n = pwrite(press->spare_fd, press->waiting.data + done, press->waiting.length - done,
                       to + (off_t) done);
    if (n < 0 && errno != EINTR)
      return aver_output_fail(error, "write", press->spare, errno);
    done += n < 0 ? 0 : (gsize) n;
  }
  if (fdatasync(press->spare_fd) != 0)
    return aver_output_fail(error, "write", press->spare, errno);
  g_string_append_printf(position, ":%u:%" G_GSIZE_FORMAT, press->slot, press->waiting.length);
  press->slot = 1 - press->slot;
  return TRUE;
}

void aver_press_forget(AverPress *press)
{
  if (press != NULL && press->spare != NULL)
    unlink(press->spare);
}

void aver_press_free(AverPress *press)
{
  if (press == NULL)
    return;
  if (press->spare_fd >= 0)
    close(press->spare_fd);
  aver_buffer_clear(&press->waiting);
  aver_buffer_clear(&press->packed);
  g_free(press->spare);
  g_free(press);
}
