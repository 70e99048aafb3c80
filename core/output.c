/* SPDX-License-Identifier: Apache-2.0 */
/* Output: a file that appears when it is complete, or a stream that is written to as it is. */
#include "output-private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define MOST_TRIES 100

/* Room on the disk is taken, and written to, this many bytes at a time. */
#define STRETCH ((guint64) 16 << 20)

gboolean aver_output_fail(GError **error, const char *what, const char *name, int code)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot %s '%s': %s", what, name,
              g_strerror(code));
  return FALSE;
}

static char *temporary_name(const AverOutput *output)
{
  g_autofree char *folder = g_path_get_dirname(output->target);
  g_autofree char *base = g_path_get_basename(output->target);
  return g_strdup_printf("%s/.%.200s.%08x.tmp", folder, base, g_random_int());
}

/* The name under which the kernel shows an open file that has no other. */
static char *shown_name(const AverOutput *output)
{
  return g_strdup_printf("/proc/self/fd/%d", output->fd);
}

/* A file that vanishes with the process, however it ends. */
static gboolean open_nameless(AverOutput *output, mode_t mode)
{
#ifdef O_TMPFILE
  g_autofree char *folder = g_path_get_dirname(output->target);
  output->fd = open(folder, O_WRONLY | O_TMPFILE | O_CLOEXEC, mode);
  g_autofree char *shown = shown_name(output);
  if (output->fd >= 0 && access(shown, F_OK) == 0)
    return TRUE;
  if (output->fd >= 0)
    close(output->fd);
  output->fd = -1;
#endif
  return FALSE;
}

/* Creates a file of its own beside the target. */
static gboolean open_temporary(AverOutput *output, mode_t mode, GError **error)
{
  if (open_nameless(output, mode))
    return TRUE;
  for (guint tries = 0; tries < MOST_TRIES && output->fd < 0; tries++) {
    g_free(output->temporary);
    output->temporary = temporary_name(output);
    output->fd = open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (output->fd < 0 && errno != EEXIST && errno != EINTR)
      break;
  }
  if (output->fd >= 0)
    return TRUE;
  int code = errno;
  g_autofree char *folder = g_path_get_dirname(output->target);
  g_clear_pointer(&output->temporary, g_free);
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
              "cannot write '%s': no file can be made in the folder '%s': %s", output->name, folder,
              g_strerror(code));
  return FALSE;
}

static gboolean open_stream(AverOutput *output, const char *path, GError **error)
{
  do
    output->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
  while (output->fd < 0 && errno == EINTR);
  return output->fd >= 0 || aver_output_fail(error, "write", path, errno);
}

gboolean aver_output_find_target(AverOutput *output, const char *path, mode_t *mode,
                                 gboolean *exists, GError **error)
{
  struct stat info;
  gboolean is_link = lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
  *exists = stat(path, &info) == 0;
  *mode = *exists ? info.st_mode & 0777 : 0666;
  if (!*exists) {
    output->target = errno == ENOENT && !is_link ? g_strdup(path) : NULL;
    return output->target != NULL || aver_output_fail(error, "write", path, errno);
  }
  if (S_ISDIR(info.st_mode))
    return aver_output_fail(error, "write", path, EISDIR);
  if (!S_ISREG(info.st_mode))
    return TRUE;
  char *resolved = realpath(path, NULL); /* the file a link points to, not the link */
  if (resolved != NULL && access(path, W_OK) == 0)
    output->target = g_strdup(resolved);
  int code = errno;
  free(resolved);
  return output->target != NULL || aver_output_fail(error, "write", path, code);
}

static gboolean open_path(AverOutput *output, const char *path, GError **error)
{
  mode_t mode;
  gboolean exists;
  if (!aver_output_find_target(output, path, &mode, &exists, error))
    return FALSE;
  if (output->target == NULL)
    return open_stream(output, path, error);
  if (!open_temporary(output, mode, error))
    return FALSE;
  return !exists || fchmod(output->fd, mode) == 0 ||
         aver_output_fail(error, "set the mode of", path, errno);
}

AverOutput *aver_output_new(const char *path, GError **error)
{
  g_autoptr(AverOutput) output = g_new0(AverOutput, 1);
  struct stat info;
  output->lent = path == NULL || strcmp(path, "-") == 0;
  output->fd = output->lent ? STDOUT_FILENO : -1;
  output->name = g_strdup(output->lent ? "standard output" : path);
  if (!output->lent && !open_path(output, path, error))
    return NULL;
  if (fstat(output->fd, &info) != 0) {
    aver_output_fail(error, "write", output->name, errno);
    return NULL;
  }
  output->regular = S_ISREG(info.st_mode);
  return g_steal_pointer(&output);
}

gboolean aver_output_is_terminal(const AverOutput *output)
{
  g_return_val_if_fail(output != NULL, FALSE);
  return isatty(output->fd) == 1;
}

guint aver_output_get_columns(const AverOutput *output)
{
  g_return_val_if_fail(output != NULL, 0);
  struct winsize size;
  return isatty(output->fd) == 1 && ioctl(output->fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/*
 * Of a long file, lets the disk work while it grows, so that little is left to wait for at its end,
 * and takes room ahead, which costs less than page by page. Neither has to succeed.
 */
static void prepare(AverOutput *output)
{
#ifdef __linux__
  if (output->target == NULL || output->position - output->started < STRETCH)
    return;
  if (output->temporary == NULL && output->position + STRETCH > output->room) {
    guint64 from = MAX(output->room, output->position);
    if (fallocate(output->fd, FALLOC_FL_KEEP_SIZE, (off_t) from, (off_t) (2 * STRETCH)) == 0)
      output->room = from + 2 * STRETCH;
  }
  sync_file_range(output->fd, (off_t) output->started, (off_t) (output->position - output->started),
                  SYNC_FILE_RANGE_WRITE);
  output->started = output->position;
#endif
}

/* Gives back the room that was not needed. */
static gboolean give_back(AverOutput *output, GError **error)
{
  if (output->room <= output->position || ftruncate(output->fd, (off_t) output->position) == 0)
    return TRUE;
  return aver_output_fail(error, "write", output->name, errno);
}

gboolean aver_output_write(AverOutput *output, const void *data, gsize length, GError **error)
{
  g_return_val_if_fail(output != NULL && (output->fd >= 0 || output->completed), FALSE);
  return output->completed ||
         (output->press == NULL ? aver_output_write_plain(output, data, length, error)
                                : aver_press_write(output, data, length, error));
}

gboolean aver_output_write_plain(AverOutput *output, const void *data, gsize length, GError **error)
{
  for (gsize done = 0; done < length;) {
    ssize_t n = write(output->fd, (const char *) data + done, length - done);
    if (n >= 0) {
      done += (gsize) n;
      output->position += (guint64) n;
    } else if (errno == EAGAIN) {
      struct pollfd wanted = {.fd = output->fd, .events = POLLOUT};
      poll(&wanted, 1, -1);
    } else if (errno != EINTR) {
      return aver_output_fail(error, "write", output->name, errno);
    }
  }
  prepare(output);
  return TRUE;
}

gboolean aver_output_sync(AverOutput *output, GError **error)
{
  g_return_val_if_fail(output != NULL && (output->fd >= 0 || output->completed), FALSE);
  if (!output->regular || output->completed)
    return TRUE;
  int result;
  do
    result = fsync(output->fd);
  while (result != 0 && errno == EINTR);
  return result == 0 || aver_output_fail(error, "write", output->name, errno);
}

guint64 aver_output_get_position(const AverOutput *output)
{
  g_return_val_if_fail(output != NULL, 0);
  return output->position + aver_press_get_waiting(output->press);
}

gboolean aver_output_sync_folder(const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname(path);
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) /* one may be allowed to write into a folder but not to list it */
    return errno == EACCES || aver_output_fail(error, "open the folder", folder, errno);
  int code = fsync(fd) == 0 ? 0 : errno;
  close(fd);
  return code == 0 || code == EINVAL || code == ENOTSUP ||
         aver_output_fail(error, "flush the folder", folder, code);
}

/* Gives a nameless file the target's name, or, when that is taken, one to be renamed from. */
static gboolean give_name(AverOutput *output, GError **error)
{
  g_autofree char *shown = shown_name(output);
  if (linkat(AT_FDCWD, shown, AT_FDCWD, output->target, AT_SYMLINK_FOLLOW) == 0)
    return TRUE;
  for (guint tries = 0; errno == EEXIST && tries < MOST_TRIES; tries++) {
    g_autofree char *name = temporary_name(output);
    if (linkat(AT_FDCWD, shown, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0) {
      output->temporary = g_steal_pointer(&name);
      return TRUE;
    }
  }
  return aver_output_fail(error, "write", output->name, errno);
}

gboolean aver_output_close(AverOutput *output, GError **error)
{
  g_return_val_if_fail(output != NULL && (output->fd >= 0 || output->completed), FALSE);
  gboolean nameless = output->target != NULL && output->temporary == NULL;
  gboolean good =
      (output->completed || aver_press_end(output, error)) &&
      (output->target == NULL || (give_back(output, error) && aver_output_sync(output, error)));
  if (good && nameless)
    good = give_name(output, error);
  int fd = output->fd;
  output->fd = -1;
  /* Linux closes the descriptor even when it reports EINTR; a nameless file is in its place. */
  if (fd >= 0 && !output->lent && close(fd) != 0 && errno != EINTR && good && !nameless)
    good = aver_output_fail(error, "write", output->name, errno);
  if (!good || output->target == NULL)
    return good;
  if (output->temporary != NULL && !output->completed &&
      rename(output->temporary, output->target) != 0)
    return aver_output_fail(error, "write", output->name, errno);
  g_clear_pointer(&output->temporary, g_free);
  aver_press_forget(output->press);
  return aver_output_sync_folder(output->target, error);
}

void aver_output_free(AverOutput *output)
{
  if (output == NULL)
    return;
  if (output->fd >= 0 && !output->lent)
    close(output->fd);
  if (output->temporary != NULL && !output->kept)
    unlink(output->temporary);
  aver_press_free(output->press);
  g_free(output->name);
  g_free(output->target);
  g_free(output->temporary);
  g_free(output);
}
