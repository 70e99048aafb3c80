/* SPDX-License-Identifier: Apache-2.0 */
/* Reading again what failed for a reason that may pass. */
#include "patience.h"

#include <aver/error.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_TRIES 3

/* The first wait; each is four times the one before. */
#define FIRST_WAIT_MICROSECONDS 5000

gboolean aver_may_pass(int code, guint *tries)
{
  switch (code) {
  case EINTR:
  case EIO:
  case EMFILE:
  case ENFILE:
  case ENOMEM:
  case ENOSPC:
  case ESTALE:
  case ETIMEDOUT:
    break;
  default:
    return FALSE;
  }
  if (*tries >= MOST_TRIES)
    return FALSE;
  g_usleep(FIRST_WAIT_MICROSECONDS << (2 * (*tries)++));
  return TRUE;
}

int aver_open_patiently(const char *path, int flags)
{
  guint tries = 0;
  int fd;
  do
    fd = open(path, flags);
  while (fd < 0 && aver_may_pass(errno, &tries));
  return fd;
}

int aver_open_regular(const char *path, guint64 *size, GError **error)
{
  struct stat info;
  int fd = aver_open_patiently(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  gboolean good = fd >= 0 && fstat(fd, &info) == 0;
  if (good && S_ISREG(info.st_mode)) {
    *size = (guint64) info.st_size;
    return fd;
  }
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "cannot read '%s': %s", path,
              good ? "it is no regular file" : g_strerror(errno));
  if (fd >= 0)
    close(fd);
  return -1;
}
