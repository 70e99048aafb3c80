/* SPDX-License-Identifier: Apache-2.0 */
/* Folders: made beside their place, gone on with, put into it. */
#include "folder-private.h"
#include "output-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_TRIES 100

gboolean aver_folder_fail(const AverFolder *folder, const char *what, const char *name, int code,
                          GError **error)
{
  g_autofree char *path = g_build_filename(folder->target, name, NULL);
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot %s '%s': %s", what, path,
              g_strerror(code));
  return FALSE;
}

static gboolean is_empty(const char *path)
{
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  return folder != NULL && g_dir_read_name(folder) == NULL;
}

static gboolean check_target(const AverFolder *folder, GError **error)
{
  struct stat info;
  g_autofree char *list = g_build_filename(folder->target, AVER_FOLDER_LIST, NULL);
  if (lstat(folder->target, &info) != 0)
    return errno == ENOENT || aver_folder_fail(folder, "write", NULL, errno, error);
  if (!S_ISDIR(info.st_mode))
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "'%s' is a file; expected a folder",
                folder->target);
  else if (lstat(list, &info) != 0 && !is_empty(folder->target))
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "the folder '%s' has other files; expected a new one, or one with the file "
                "'" AVER_FOLDER_LIST "' to be replaced",
                folder->target);
  else
    return TRUE;
  return FALSE;
}

static void remove_files(const char *path, const char *prefix)
{
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
    g_autofree char *file = g_build_filename(path, name, NULL);
    if (g_str_has_prefix(name, prefix))
      unlink(file);
  }
}

static void remove_flat(const char *path)
{
  remove_files(path, "");
  rmdir(path);
}

static gboolean open_list(AverFolder *folder, const char *position, GError **error)
{
  g_autofree char *path = g_build_filename(folder->path, AVER_FOLDER_LIST, NULL);
  folder->fd = open(folder->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder->fd < 0)
    return aver_folder_fail(folder, "go on with", NULL, errno, error);
  folder->list = aver_stage_open_file(folder->stage, path, position, error);
  return folder->list != NULL;
}

static void set_paths(AverFolder *folder)
{
  const char *job = aver_stage_get_job(folder->stage);
  g_autofree char *parent = g_path_get_dirname(folder->target);
  g_autofree char *base = g_path_get_basename(folder->target);
  g_autofree char *mark = job == NULL ? g_strdup_printf("%08x", g_random_int()) : g_strdup(job);
  g_free(folder->path);
  g_free(folder->old);
  folder->kept = job != NULL;
  folder->path = job == NULL ? g_strdup_printf("%s/.%.200s.%s.tmp", parent, base, mark)
                             : aver_output_make_partial(folder->target, job);
  folder->old = g_strdup_printf("%s/.%.200s.%s.old", parent, base, mark);
}

gboolean aver_folder_make(AverFolder *folder, GError **error)
{
  if (!check_target(folder, error))
    return FALSE;
  for (guint tries = 0; tries < MOST_TRIES; tries++) {
    set_paths(folder);
    if (folder->kept)
      remove_flat(folder->path); /* of a run that ended before its first checkpoint */
    if (mkdir(folder->path, 0777) == 0)
      return open_list(folder, NULL, error);
    if (errno != EEXIST)
      break;
  }
  return aver_folder_fail(folder, "make the folder", NULL, errno, error);
}

/* The names that documents have up to the position. */
static gboolean read_list(AverFolder *folder, GError **error)
{
  g_autofree char *name = g_strdup_printf("%s/" AVER_FOLDER_LIST ".%s.partial", folder->path,
                                          aver_stage_get_job(folder->stage));
  g_autoptr(GMappedFile) file = g_mapped_file_new(name, FALSE, NULL);
  gsize length = aver_output_get_position(folder->list);
  if (length == 0)
    return TRUE;
  if (file == NULL || g_mapped_file_get_length(file) < length)
    return aver_folder_fail(folder, "read", AVER_FOLDER_LIST, file == NULL ? ENOENT : EIO, error);
  const char *line = g_mapped_file_get_contents(file), *end = line + length;
  for (const char *next; line < end; line = next == NULL ? end : next + 1) {
    const char *tab = memchr(line, '\t', (gsize) (end - line));
    next = memchr(line, '\n', (gsize) (end - line));
    if (tab != NULL)
      aver_folder_know_name(folder, line, (gsize) (tab - line));
  }
  return TRUE;
}

/* Also those that come again: they are the same. */
static void read_notes(AverFolder *folder)
{
  g_autoptr(GDir) directory = g_dir_open(folder->path, 0, NULL);
  const char *name;
  while (directory != NULL && (name = g_dir_read_name(directory)) != NULL) {
    g_autofree char *path = g_build_filename(folder->path, name, NULL);
    char *note;
    if (g_str_has_prefix(name, AVER_NOTE_PREFIX) && g_file_get_contents(path, &note, NULL, NULL))
      g_tree_insert(folder->notes, g_strdup(name + strlen(AVER_NOTE_PREFIX)), note);
  }
}

gboolean aver_folder_resume(AverFolder *folder, const char *position, GError **error)
{
  struct stat info;
  g_autofree char *list = g_build_filename(folder->target, AVER_FOLDER_LIST, NULL);
  set_paths(folder);
  if (aver_stage_get_ended(folder->stage) && lstat(folder->path, &info) != 0 && errno == ENOENT &&
      lstat(list, &info) == 0) {
    folder->completed = TRUE;
    return TRUE;
  }
  if (!open_list(folder, position, error) ||
      (!aver_stage_get_ended(folder->stage) && !read_list(folder, error)))
    return FALSE;
  read_notes(folder);
  return TRUE;
}

gboolean aver_folder_put_into_place(AverFolder *folder, GError **error)
{
  struct stat info;
  if (!folder->completed) {
    if (!check_target(folder, error))
      return FALSE;
    if (lstat(folder->target, &info) == 0 && rename(folder->target, folder->old) != 0)
      return aver_folder_fail(folder, "replace", NULL, errno, error);
    if (rename(folder->path, folder->target) != 0)
      return aver_folder_fail(folder, "write", NULL, errno, error);
  }
  folder->completed = TRUE;
  remove_files(folder->target, AVER_NOTE_PREFIX); /* not before, as finish() may come again */
  remove_flat(folder->old);
  if (lstat(folder->old, &info) == 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "the folder that '%s' replaces is now '%s', as there are folders in it",
                folder->target, folder->old);
    return FALSE;
  }
  return aver_output_sync_folder(folder->target, error);
}

void aver_folder_discard(const AverFolder *folder)
{
  if (!folder->kept && !folder->completed && folder->path != NULL)
    remove_flat(folder->path);
}
