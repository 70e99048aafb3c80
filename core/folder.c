/* SPDX-License-Identifier: Apache-2.0 */
/* Folders: files of documents, written as they come in. */
#include "folder-private.h"

#include <aver/json.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static int compare(gconstpointer a, gconstpointer b, gpointer data)
{
  (void) data;
  return strcmp(a, b);
}

static char *without_slashes(const char *path)
{
  gsize length = strlen(path);
  while (length > 1 && path[length - 1] == '/')
    length--;
  return g_strndup(path, length);
}

AverFolder *aver_folder_open(const AverStage *stage, GError **error)
{
  g_return_val_if_fail(stage != NULL, NULL);
  const char *output = aver_stage_get_output(stage);
  if (output == NULL || strcmp(output, "-") == 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "files of documents cannot go to standard output; expected -o FOLDER");
    return NULL;
  }
  g_autoptr(AverFolder) folder = g_new0(AverFolder, 1);
  const char *position = aver_stage_get_resume_position(stage);
  folder->stage = stage;
  folder->fd = -1;
  folder->target = without_slashes(output);
  folder->names = g_hash_table_new(g_direct_hash, g_direct_equal);
  folder->notes = g_tree_new_full(compare, NULL, g_free, g_free);
  folder->name = g_string_new(NULL);
  gboolean good = position == NULL ? aver_folder_make(folder, error)
                                   : aver_folder_resume(folder, position, error);
  return good ? g_steal_pointer(&folder) : NULL;
}

void aver_folder_free(AverFolder *folder)
{
  if (folder == NULL)
    return;
  aver_output_free(folder->list);
  if (folder->fd >= 0)
    close(folder->fd);
  aver_folder_discard(folder);
  g_hash_table_unref(folder->names);
  g_tree_unref(folder->notes);
  g_string_free(folder->name, TRUE);
  g_free(folder->target);
  g_free(folder->path);
  g_free(folder->old);
  g_free(folder);
}

/* What emit() gets: a letter, two lengths, a line end, then the name and the data. */
static void append_part(AverBuffer *out, char kind, const char *name, const char *data,
                        gsize length)
{
  aver_buffer_append_char(out, kind);
  aver_json_append_integer(out, (gint64) strlen(name));
  aver_buffer_append_char(out, ' ');
  aver_json_append_integer(out, (gint64) length);
  aver_buffer_append_char(out, '\n');
  aver_buffer_append_string(out, name);
  aver_buffer_append(out, data, length);
}

void aver_folder_append_document(AverBuffer *out, const char *id)
{
  append_part(out, 'd', id, "", 0);
}

void aver_folder_append_file(AverBuffer *out, const char *suffix, const char *data, gsize length)
{
  append_part(out, 'f', suffix, data, length);
}

void aver_folder_append_note(AverBuffer *out, const char *name, const char *data, gsize length)
{
  append_part(out, 'n', name, data, length);
}

static gboolean write_all(int fd, const char *data, gsize length)
{
  for (gsize done = 0; done < length;) {
    ssize_t n = write(fd, data + done, length - done);
    if (n < 0 && errno != EINTR)
      return FALSE;
    done += n < 0 ? 0 : (gsize) n;
  }
  return TRUE;
}

gboolean aver_folder_write(AverFolder *folder, const char *name, const char *data, gsize length,
                           GError **error)
{
  g_return_val_if_fail(folder != NULL && name != NULL, FALSE);
  if (folder->completed)
    return TRUE;
  int fd = openat(folder->fd, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (fd < 0)
    return aver_folder_fail(folder, "write", name, errno, error);
  int code = write_all(fd, data, length) ? 0 : errno;
  if (close(fd) != 0 && errno != EINTR && code == 0)
    code = errno;
  return code == 0 || aver_folder_fail(folder, "write", name, code, error);
}

static gboolean begin_document(AverFolder *folder, const char *id, GError **error)
{
  g_auto(AverBuffer) line = {0};
  aver_folder_name_document(folder, id);
  aver_buffer_append_string(&line, folder->name->str);
  aver_buffer_append_char(&line, '\t');
  aver_json_append_string(&line, id, strlen(id));
  aver_buffer_append_char(&line, '\n');
  return aver_output_write(folder->list, line.data, line.length, error);
}

static gboolean keep_note(AverFolder *folder, const char *name, const char *data, gsize length,
                          GError **error)
{
  if (g_tree_lookup(folder->notes, name) != NULL)
    return TRUE;
  g_autofree char *file = g_strconcat(AVER_NOTE_PREFIX, name, NULL);
  g_tree_insert(folder->notes, g_strdup(name), g_strndup(data, length));
  return aver_folder_write(folder, file, data, length, error);
}

static gboolean take_part(AverFolder *folder, char kind, const char *name, const char *data,
                          gsize length, GError **error)
{
  if (kind == 'd')
    return begin_document(folder, name, error);
  if (kind == 'n')
    return keep_note(folder, name, data, length, error);
  g_autofree char *file = g_strconcat(folder->name->str, name, NULL);
  return aver_folder_write(folder, file, data, length, error);
}

gboolean aver_folder_emit(AverFolder *folder, const char *data, gsize length, GError **error)
{
  g_return_val_if_fail(folder != NULL, FALSE);
  for (const char *end = data + length; data < end && !folder->completed;) {
    char kind = *data, *rest;
    guint64 name_length = g_ascii_strtoull(data + 1, &rest, 10);
    guint64 data_length = g_ascii_strtoull(rest, &rest, 10);
    const char *name_start = rest + 1;
    g_return_val_if_fail(name_length + data_length <= (guint64) (end - name_start), FALSE);
    g_autofree char *name = g_strndup(name_start, name_length);
    data = name_start + name_length;
    if (!take_part(folder, kind, name, data, data_length, error))
      return FALSE;
    data += data_length;
  }
  return TRUE;
}

const char *aver_folder_get_name(const AverFolder *folder)
{
  g_return_val_if_fail(folder != NULL, "");
  return folder->name->str;
}

gboolean aver_folder_commit(AverFolder *folder, GString *position, GError **error)
{
  g_return_val_if_fail(folder != NULL && position != NULL, FALSE);
  if (folder->completed) {
    g_string_append_c(position, '0');
    return TRUE;
  }
  /* All files at once: one flush each would cost more than the rest of the run. */
  if (folder->kept && syncfs(folder->fd) != 0)
    return aver_folder_fail(folder, "flush", NULL, errno, error);
  return aver_output_commit(folder->list, position, error);
}

static gboolean add_note(gpointer name, gpointer note, gpointer notes)
{
  (void) name;
  g_ptr_array_add(notes, note);
  return FALSE;
}

GPtrArray *aver_folder_list_notes(const AverFolder *folder)
{
  g_return_val_if_fail(folder != NULL, NULL);
  GPtrArray *notes = g_ptr_array_new();
  g_tree_foreach(folder->notes, add_note, notes);
  return notes;
}

gboolean aver_folder_close(AverFolder *folder, GError **error)
{
  g_return_val_if_fail(folder != NULL, FALSE);
  if (!folder->completed) {
    if (!aver_output_close(folder->list, error))
      return FALSE;
    if (syncfs(folder->fd) != 0)
      return aver_folder_fail(folder, "flush", NULL, errno, error);
  }
  return aver_folder_put_into_place(folder, error);
}
