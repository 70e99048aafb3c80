/* SPDX-License-Identifier: Apache-2.0 */
/* The file: beside the output until the database is complete, and then in its place. */
#include "sqlite-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_TRIES 100

struct File {
  char *name;   /* as the user gave it, for messages */
  char *target; /* where it is to appear */
  char *path;   /* (nullable) where it is until then */
};

static gboolean fail(const char *what, const char *name, int code, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot %s '%s': %s", what, name,
              g_strerror(code));
  return FALSE;
}

static void remove_with_journals(const char *path)
{
  static const char *const suffixes[] = {"", "-journal", "-wal", "-shm"};
  for (guint i = 0; i < G_N_ELEMENTS(suffixes); i++) {
    g_autofree char *name = g_strconcat(path, suffixes[i], NULL);
    unlink(name);
  }
}

void file_free(File *file, gboolean keep)
{
  if (file == NULL)
    return;
  if (file->path != NULL && !keep)
    remove_with_journals(file->path);
  g_free(file->name);
  g_free(file->target);
  g_free(file->path);
  g_free(file);
}

const char *file_get_path(const File *file)
{
  return file->path;
}

/* @info gets what is there; its size is 0 when nothing is. */
static gboolean find_target(File *file, struct stat *info, GError **error)
{
  if (stat(file->name, info) != 0) {
    *info = (struct stat){.st_mode = 0};
    file->target = errno == ENOENT && lstat(file->name, info) != 0 ? g_strdup(file->name) : NULL;
    return file->target != NULL || fail("write", file->name, errno, error);
  }
  if (!S_ISREG(info->st_mode)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "a database cannot be written to '%s'; expected a regular file", file->name);
    return FALSE;
  }
  char *resolved = realpath(file->name, NULL); /* the file a link points to, not the link */
  if (resolved != NULL && access(resolved, R_OK | W_OK) == 0)
    file->target = g_strdup(resolved);
  int code = errno;
  free(resolved);
  return file->target != NULL || fail("write", file->name, code, error);
}

static gboolean create(const char *path, const struct stat *old, GError **error)
{
  int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (fd < 0)
    return fail("make the file", path, errno, error);
  int code = old->st_mode == 0 || fchmod(fd, old->st_mode & 0777) == 0 ? 0 : errno;
  close(fd);
  return code == 0 || fail("set the mode of", path, code, error);
}

/* A file that has no room in the output's folder is told of by its name. */
static gboolean create_any(File *file, const struct stat *old, GError **error)
{
  g_autofree char *folder = g_path_get_dirname(file->target);
  g_autofree char *base = g_path_get_basename(file->target);
  for (guint tries = 0; tries < MOST_TRIES; tries++) {
    g_free(file->path);
    file->path = g_strdup_printf("%s/.%.200s.%08x.tmp", folder, base, g_random_int());
    struct stat info;
    if (lstat(file->path, &info) != 0)
      break;
  }
  if (create(file->path, old, error))
    return TRUE;
  g_clear_pointer(&file->path, g_free);
  return FALSE;
}

/* One that is there has to be this writer's, to be added to or to be replaced. */
static gboolean copy(const File *file, gboolean add, GError **error)
{
  g_autoptr(GError) failure = NULL;
  g_autoptr(Database) old = database_connect(file->target, file->name, &failure);
  gint64 made = 0;
  gboolean good = old != NULL && database_check(old, &made, &failure);
  if (good && made > 0 && add) {
    g_autoptr(Database) new = database_connect(file->path, file->name, &failure);
    good = new != NULL &&database_copy(old, new, &failure);
  }
  if (failure != NULL)
    g_propagate_error(error, g_steal_pointer(&failure));
  return good;
}

static gboolean go_on(File *file, gboolean ended, GError **error)
{
  struct stat info;
  if (lstat(file->path, &info) == 0) {
    if (S_ISREG(info.st_mode))
      return TRUE;
    errno = EINVAL;
  } else if (errno == ENOENT && ended && stat(file->target, &info) == 0 && S_ISREG(info.st_mode)) {
    g_clear_pointer(&file->path, g_free);
    return TRUE;
  }
  return fail("go on with the job's unfinished database", file->path, errno, error);
}

File *file_new(const AverStage *stage, gboolean add, GError **error)
{
  const char *output = aver_stage_get_output(stage), *job = aver_stage_get_job(stage);
  struct stat info;
  if (output == NULL || strcmp(output, "-") == 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "a database cannot be written to standard output; expected -o FILE");
    return NULL;
  }
  File *file = g_new0(File, 1);
  file->name = g_strdup(output);
  gboolean good = find_target(file, &info, error);
  gboolean resumes = good && job != NULL && aver_stage_get_resume_position(stage) != NULL;
  if (good && job != NULL)
    file->path = aver_output_make_partial(file->target, job);
  if (resumes) {
    good = go_on(file, aver_stage_get_ended(stage), error);
  } else if (good && job != NULL) {
    remove_with_journals(file->path);
    good = create(file->path, &info, error);
  } else if (good) {
    good = create_any(file, &info, error);
  }
  if (good && !resumes && info.st_size > 0)
    good = copy(file, add, error);
  if (good)
    return file;
  file_free(file, resumes);
  return NULL;
}

static gboolean sync_path(const char *path, int flags, GError **error)
{
  int fd = open(path, flags | O_CLOEXEC);
  if (fd < 0) /* one may be allowed to write into a folder but not to list it */
    return errno == EACCES || fail("open", path, errno, error);
  int code = fsync(fd) == 0 ? 0 : errno;
  close(fd);
  return code == 0 || code == EINVAL || code == ENOTSUP || fail("flush", path, code, error);
}

gboolean file_anchor(File *file, GError **error)
{
  g_autofree char *folder = g_path_get_dirname(file->target);
  return sync_path(folder, O_RDONLY | O_DIRECTORY, error);
}

static gboolean is_empty(const char *path, const char *suffix)
{
  struct stat info;
  g_autofree char *name = g_strconcat(path, suffix, NULL);
  return stat(name, &info) != 0 || info.st_size == 0;
}

/* A journal that another program left would be taken for one of the new database; its own is empty
 * when all is committed. */
static gboolean check_journals(const File *file, GError **error)
{
  if (!is_empty(file->path, "-journal")) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "cannot write '%s': its last changes are still in '%s-journal'", file->name,
                file->path);
    return FALSE;
  }
  if (is_empty(file->target, "-journal") && is_empty(file->target, "-wal"))
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
              "cannot write '%s': another program is using it, as a file '%s-journal' or "
              "'%s-wal' shows",
              file->name, file->target, file->target);
  return FALSE;
}

/* SQLite counts transactions in the file's header, twice: how many there were depends on when a job
 * was cut short. No other process knows this file yet, so that the count may begin anew. */
static gboolean reset_counters(const char *path, GError **error)
{
  static const char one[] = {0, 0, 0, 1};
  static const off_t counters[] = {24, 92};
  int fd = open(path, O_WRONLY | O_CLOEXEC), code = fd < 0 ? errno : 0;
  for (guint i = 0; code == 0 && i < G_N_ELEMENTS(counters); i++)
    if (pwrite(fd, one, sizeof one, counters[i]) != sizeof one)
      code = errno;
  if (fd >= 0)
    close(fd);
  return code == 0 || fail("write", path, code, error);
}

gboolean file_put_into_place(File *file, GError **error)
{
  if (file->path == NULL)
    return file_anchor(file, error);
  g_autofree char *journal = g_strconcat(file->path, "-journal", NULL);
  if (!check_journals(file, error) || !reset_counters(file->path, error) ||
      !sync_path(file->path, O_RDONLY, error))
    return FALSE;
  if (unlink(journal) != 0 && errno != ENOENT)
    return fail("remove", journal, errno, error);
  if (rename(file->path, file->target) != 0)
    return fail("write", file->name, errno, error);
  g_clear_pointer(&file->path, g_free);
  return file_anchor(file, error);
}
