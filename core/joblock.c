/* SPDX-License-Identifier: Apache-2.0 */
/* The lock of a job's folder, held by the one process that runs the job. */
#include "joblock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

static int open_lock(const char *folder, int flags)
{
  g_autofree char *path = g_build_filename(folder, "lock", NULL);
  return open(path, flags | O_NOFOLLOW | O_CLOEXEC, 0666);
}

int aver_job_lock(const char *folder, GError **error)
{
  int fd = open_lock(folder, O_RDWR | O_CREAT);
  if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  if (fd >= 0 && errno == EWOULDBLOCK)
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "job '%s' is being run by another process; expected one at a time", folder);
  else
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot lock job '%s': %s", folder,
                g_strerror(errno));
  if (fd >= 0)
    close(fd);
  return -1;
}

gboolean aver_job_is_locked(const char *folder)
{
  int fd = open_lock(folder, O_RDWR);
  if (fd < 0)
    fd = open_lock(folder, O_RDONLY);
  if (fd < 0)
    return FALSE;
  gboolean locked = flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  close(fd);
  return locked;
}
