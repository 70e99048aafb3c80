/* SPDX-License-Identifier: Apache-2.0 */
/* Output: a file that appears when it is complete, or a stream that is written to as it is. */
#include <aver/output.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

struct _AverOutput {
  int fd;
  char *name;      /* as the user gave it, for messages */
  char *target;    /* where the file is to appear; NULL: written to directly */
  char *temporary; /* where it is until then */
  gboolean regular;
  gboolean lent; /* standard output, not ours to close */
  guint64 position;
};

static gboolean fail(GError **error, const char *what, const char *name, int code)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot %s '%s': %s", what, name,
              g_strerror(code));
  return FALSE;
}

/* Creates a file of its own beside the target. */
static gboolean open_temporary(AverOutput *output, mode_t mode, GError **error)
{
  g_autofree char *folder = g_path_get_dirname(output->target);
  g_autofree char *base = g_path_get_basename(output->target);
  for (guint tries = 0; tries < 100 && output->fd < 0; tries++) {
    g_free(output->temporary);
    output->temporary = g_strdup_printf("%s/.%.200s.%08x.tmp", folder, base, g_random_int());
    output->fd = open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (output->fd < 0 && errno != EEXIST && errno != EINTR)
      break;
  }
  if (output->fd >= 0)
    return TRUE;
  int code = errno;
  g_clear_pointer(&output->temporary, g_free);
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
              "cannot write '%s': no file can be made in the folder '%s': %s", output->name, folder,
              g_strerror(code));
  return FALSE;
}

/* Replaces a regular file, of which @old tells the mode. */
static gboolean open_replacement(AverOutput *output, const char *path, const struct stat *old,
                                 GError **error)
{
  char *resolved = realpath(path, NULL); /* the file a link points to, not the link */
  if (resolved == NULL || access(path, W_OK) != 0) {
    free(resolved);
    return fail(error, "write", path, errno);
  }
  output->target = g_strdup(resolved);
  free(resolved);
  mode_t mode = old->st_mode & 0777;
  if (!open_temporary(output, mode, error))
    return FALSE;
  return fchmod(output->fd, mode) == 0 || fail(error, "set the mode of", path, errno);
}

static gboolean open_stream(AverOutput *output, const char *path, GError **error)
{
  do
    output->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
  while (output->fd < 0 && errno == EINTR);
  return output->fd >= 0 || fail(error, "write", path, errno);
}

static gboolean open_path(AverOutput *output, const char *path, GError **error)
{
  struct stat info;
  gboolean is_link = lstat(path, &info) == 0 && S_ISLNK(info.st_mode);
  if (stat(path, &info) != 0) {
    if (errno != ENOENT || is_link)
      return fail(error, "write", path, errno);
    output->target = g_strdup(path);
    return open_temporary(output, 0666, error);
  }
  if (S_ISDIR(info.st_mode))
    return fail(error, "write", path, EISDIR);
  return S_ISREG(info.st_mode) ? open_replacement(output, path, &info, error)
                               : open_stream(output, path, error);
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
    fail(error, "write", output->name, errno);
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

gboolean aver_output_write(AverOutput *output, const void *data, gsize length, GError **error)
{
  g_return_val_if_fail(output != NULL && output->fd >= 0, FALSE);
  for (gsize done = 0; done < length;) {
    ssize_t n = write(output->fd, (const char *) data + done, length - done);
    if (n >= 0) {
      done += (gsize) n;
      output->position += (guint64) n;
    } else if (errno == EAGAIN) {
      struct pollfd wanted = {.fd = output->fd, .events = POLLOUT};
      poll(&wanted, 1, -1);
    } else if (errno != EINTR) {
      return fail(error, "write", output->name, errno);
    }
  }
  return TRUE;
}

gboolean aver_output_sync(AverOutput *output, GError **error)
{
  g_return_val_if_fail(output != NULL && output->fd >= 0, FALSE);
  if (!output->regular)
    return TRUE;
  int result;
  do
    result = fsync(output->fd);
  while (result != 0 && errno == EINTR);
  return result == 0 || fail(error, "write", output->name, errno);
}

guint64 aver_output_get_position(const AverOutput *output)
{
  g_return_val_if_fail(output != NULL, 0);
  return output->position;
}

static gboolean sync_folder(const AverOutput *output, GError **error)
{
  g_autofree char *folder = g_path_get_dirname(output->target);
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) /* one may be allowed to write into a folder but not to list it */
    return errno == EACCES || fail(error, "open the folder", folder, errno);
  int code = fsync(fd) == 0 ? 0 : errno;
  close(fd);
  return code == 0 || code == EINVAL || code == ENOTSUP ||
         fail(error, "flush the folder", folder, code);
}

gboolean aver_output_close(AverOutput *output, GError **error)
{
  g_return_val_if_fail(output != NULL && output->fd >= 0, FALSE);
  gboolean good = output->target == NULL || aver_output_sync(output, error);
  int fd = output->fd;
  output->fd = -1;
  /* Linux closes the descriptor even when it reports EINTR. */
  if (!output->lent && close(fd) != 0 && errno != EINTR && good)
    good = fail(error, "write", output->name, errno);
  if (!good || output->target == NULL)
    return good;
  if (rename(output->temporary, output->target) != 0)
    return fail(error, "write", output->name, errno);
  g_clear_pointer(&output->temporary, g_free);
  return sync_folder(output, error);
}

void aver_output_free(AverOutput *output)
{
  if (output == NULL)
    return;
  if (output->fd >= 0 && !output->lent)
    close(output->fd);
  if (output->temporary != NULL)
    unlink(output->temporary);
  g_free(output->name);
  g_free(output->target);
  g_free(output->temporary);
  g_free(output);
}
