/* SPDX-License-Identifier: Apache-2.0 */
/* What a watched folder's files came to: which are done, and how long the outputs are. */
#include "ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "aver-watch 1\n"

/* A ledger of fewer files is not worth being made shorter. */
#define LEAST_LINES 1024

struct _Ledger {
  char *path;
  const char *outputs[2];
  int file;
  GHashTable *done; /* path -> Arrival */
  GHashTable *left; /* likewise, of those that failed and are not written down */
  guint64 n_lines;  /* "done", of files that may have been done again since */
};

void arrival_free(gpointer data)
{
  Arrival *arrival = data;
  if (arrival == NULL)
    return;
  g_free(arrival->path);
  g_free(arrival);
}

void ledger_free(Ledger *ledger)
{
  if (ledger == NULL)
    return;
  if (ledger->file >= 0)
    close(ledger->file);
  g_hash_table_unref(ledger->done);
  g_hash_table_unref(ledger->left);
  g_free(ledger->path);
  g_free(ledger);
}

static gboolean set_failure(const char *what, const char *path, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot %s '%s': %s", what, path,
              g_strerror(errno));
  return FALSE;
}

static gboolean write_all(int file, const char *data, gsize length, const char *path,
                          GError **error)
{
  while (length > 0) {
    gssize n = write(file, data, length);
    if (n < 0 && errno != EINTR)
      return set_failure("write", path, error);
    data += n > 0 ? n : 0;
    length -= n > 0 ? (gsize) n : 0;
  }
  return TRUE;
}

static gboolean write_durably(const Ledger *ledger, const char *data, gsize length, GError **error)
{
  if (!write_all(ledger->file, data, length, ledger->path, error))
    return FALSE;
  return fsync(ledger->file) == 0 || set_failure("flush", ledger->path, error);
}

static void append_done(GString *lines, const Arrival *arrival)
{
  g_autofree char *name = g_strescape(arrival->path, NULL);
  g_string_append_printf(lines, "done %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n",
                         arrival->size, arrival->time, name);
}

static void note(GHashTable *table, const Arrival *arrival)
{
  Arrival *copy = g_new(Arrival, 1);
  *copy = (Arrival){g_strdup(arrival->path), arrival->size, arrival->time};
  g_hash_table_replace(table, copy->path, copy);
}

static void note_done(Ledger *ledger, const Arrival *arrival)
{
  note(ledger->done, arrival);
  ledger->n_lines++;
}

void ledger_leave(Ledger *ledger, const Arrival *arrival)
{
  note(ledger->left, arrival);
}

static gboolean is_in(GHashTable *table, const Arrival *arrival)
{
  const Arrival *one = g_hash_table_lookup(table, arrival->path);
  return one != NULL && one->size == arrival->size && one->time == arrival->time;
}

gboolean ledger_has(const Ledger *ledger, const Arrival *arrival)
{
  return is_in(ledger->done, arrival) || is_in(ledger->left, arrival);
}

/* "done SIZE TIME NAME", the name with C's escapes. */
static gboolean parse_done(const char *line, GPtrArray *batch)
{
  char *end = NULL;
  gint64 size = g_ascii_strtoll(line, &end, 10);
  if (*end != ' ')
    return FALSE;
  gint64 time = g_ascii_strtoll(end + 1, &end, 10);
  if (*end != ' ')
    return FALSE;
  Arrival *arrival = g_new(Arrival, 1);
  *arrival = (Arrival){g_strcompress(end + 1), size, time};
  g_ptr_array_add(batch, arrival);
  return TRUE;
}

/* What was written to an output since it had this length is taken back. */
static gboolean take_back(const char *path, gint64 length, GError **error)
{
  struct stat info;
  if (path == NULL || stat(path, &info) != 0 || info.st_size <= length)
    return TRUE;
  return truncate(path, (off_t) length) == 0 || set_failure("shorten", path, error);
}

static gboolean undo(const Ledger *ledger, const char *begin, gint64 at, GError **error)
{
  char *end = NULL;
  gboolean whole = g_str_has_prefix(begin, "begin ");
  gint64 first = whole ? g_ascii_strtoll(begin + strlen("begin "), &end, 10) : 0;
  gint64 second = whole ? g_ascii_strtoll(end, &end, 10) : 0;
  whole = whole && *end == '\n';
  if (whole && (!take_back(ledger->outputs[0], first, error) ||
                !take_back(ledger->outputs[1], second, error)))
    return FALSE;
  return ftruncate(ledger->file, (off_t) at) == 0 || set_failure("shorten", ledger->path, error);
}

/* Reads batches; the last one, when it has no end, is undone. */
static gboolean replay(Ledger *ledger, const char *text, gsize length, GError **error)
{
  g_autoptr(GPtrArray) batch = g_ptr_array_new_with_free_func(arrival_free);
  const char *begin = NULL, *end = text + length;
  for (const char *line = text + strlen(HEAD), *next; line < end; line = next) {
    const char *stop = memchr(line, '\n', (gsize) (end - line));
    g_autofree char *copy = g_strndup(line, (gsize) ((stop == NULL ? end : stop) - line));
    gboolean good = stop != NULL;
    next = stop == NULL ? end : stop + 1;
    if (good && g_str_has_prefix(copy, "begin ")) {
      begin = line;
      g_ptr_array_set_size(batch, 0);
    } else if (good && g_str_has_prefix(copy, "done ")) {
      good = parse_done(copy + strlen("done "), batch);
    } else if (good && strcmp(copy, "end") == 0) {
      for (guint i = 0; i < batch->len; i++)
        note_done(ledger, batch->pdata[i]);
      begin = NULL;
    } else if (good) {
      good = FALSE;
    }
    if (!good && next < end) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                  "'%s' is damaged at byte %" G_GSIZE_FORMAT "; expected what aver watch writes",
                  ledger->path, (gsize) (line - text));
      return FALSE;
    }
    if (!good && begin == NULL)
      begin = line;
  }
  return begin == NULL || undo(ledger, begin, begin - text, error);
}

static gboolean load(Ledger *ledger, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  if (!g_file_get_contents(ledger->path, &text, &length, error))
    return FALSE;
  gboolean is_ours =
      length >= strlen(HEAD) ? g_str_has_prefix(text, HEAD) : strncmp(HEAD, text, length) == 0;
  if (!is_ours) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "'%s' is not the state of a watch; expected another --state", ledger->path);
    return FALSE;
  }
  if (length >= strlen(HEAD))
    return replay(ledger, text, length, error);
  if (ftruncate(ledger->file, 0) != 0)
    return set_failure("shorten", ledger->path, error);
  return write_durably(ledger, HEAD, strlen(HEAD), error);
}

static int by_path(gconstpointer a, gconstpointer b)
{
  return strcmp((*(const Arrival *const *) a)->path, (*(const Arrival *const *) b)->path);
}

/* What the ledger comes to, as one batch. */
static GString *condense(const Ledger *ledger)
{
  GHashTableIter each;
  gpointer arrival;
  g_autoptr(GPtrArray) list = g_ptr_array_new();
  g_hash_table_iter_init(&each, ledger->done);
  while (g_hash_table_iter_next(&each, NULL, &arrival))
    g_ptr_array_add(list, arrival);
  g_ptr_array_sort(list, by_path);
  GString *text = g_string_new(HEAD "begin 0 0\n");
  for (guint i = 0; i < list->len; i++)
    append_done(text, list->pdata[i]);
  return g_string_append(text, "end\n");
}

/* As far as the file system can. */
static void flush_folder(const char *path)
{
  g_autofree char *folder = g_path_get_dirname(path);
  int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0)
    return;
  fsync(file);
  close(file);
}

/* Puts a shorter ledger into this one's place, with a lock of its own, when most of its lines are
 * of files that were done again. One that cannot be replaced stays as it is. */
static void compact(Ledger *ledger)
{
  if (ledger->n_lines < LEAST_LINES || ledger->n_lines < 2 * g_hash_table_size(ledger->done))
    return;
  ledger->n_lines = g_hash_table_size(ledger->done);
  g_autofree char *path = g_strconcat(ledger->path, ".new", NULL);
  GString *text = condense(ledger);
  int file = open(path, O_RDWR | O_APPEND | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  gboolean good = file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0 &&
                  write_all(file, text->str, text->len, path, NULL) && fsync(file) == 0 &&
                  rename(path, ledger->path) == 0;
  if (good)
    flush_folder(ledger->path);
  int unwanted = good ? ledger->file : file;
  if (good)
    ledger->file = file;
  else if (file >= 0)
    unlink(path);
  if (unwanted >= 0)
    close(unwanted);
  g_string_free(text, TRUE);
}

/* Another watch may have replaced the file between its opening and its lock. */
static gboolean is_in_place(const Ledger *ledger)
{
  struct stat ours, there;
  return fstat(ledger->file, &ours) == 0 && stat(ledger->path, &there) == 0 &&
         ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

Ledger *ledger_open(const char *path, const char *const *outputs, GError **error)
{
  g_autoptr(Ledger) ledger = g_new0(Ledger, 1);
  ledger->path = g_strdup(path);
  ledger->outputs[0] = outputs[0];
  ledger->outputs[1] = outputs[1];
  ledger->done = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, arrival_free);
  ledger->left = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, arrival_free);
  ledger->file = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (ledger->file < 0) {
    set_failure("open", path, error);
    return NULL;
  }
  if (flock(ledger->file, LOCK_EX | LOCK_NB) != 0 || !is_in_place(ledger)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "'%s' is in use by another aver watch; expected an output of its own", path);
    return NULL;
  }
  if (!load(ledger, error))
    return NULL;
  compact(ledger);
  return g_steal_pointer(&ledger);
}

static gint64 size_of(const char *path)
{
  struct stat info;
  return path != NULL && stat(path, &info) == 0 ? (gint64) info.st_size : 0;
}

static gboolean append_file(const char *output, const char *part, GError **error)
{
  if (output == NULL || part == NULL || size_of(part) == 0)
    return TRUE;
  g_autoptr(GMappedFile) mapped = g_mapped_file_new(part, FALSE, error);
  if (mapped == NULL)
    return FALSE;
  int file = open(output, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0)
    return set_failure("open", output, error);
  gboolean good = write_all(file, g_mapped_file_get_contents(mapped),
                            g_mapped_file_get_length(mapped), output, error) &&
                  (fsync(file) == 0 || set_failure("flush", output, error));
  close(file);
  return good;
}

gboolean ledger_commit(Ledger *ledger, const char *const *parts, const GPtrArray *arrivals,
                       GError **error)
{
  g_autoptr(GString) lines = g_string_new(NULL);
  gboolean grows = FALSE;
  for (guint i = 0; i < 2; i++)
    grows |= ledger->outputs[i] != NULL && size_of(parts[i]) > 0;
  g_string_printf(lines, "begin %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                  size_of(ledger->outputs[0]), size_of(ledger->outputs[1]));
  if (grows) {
    if (!write_durably(ledger, lines->str, lines->len, error))
      return FALSE;
    for (guint i = 0; i < 2; i++)
      if (!append_file(ledger->outputs[i], parts[i], error))
        return FALSE;
    g_string_truncate(lines, 0);
  }
  for (guint i = 0; i < arrivals->len; i++)
    append_done(lines, arrivals->pdata[i]);
  g_string_append(lines, "end\n");
  /* Where nothing grew, a file that is done again is only replaced by the same. */
  gboolean good = grows ? write_durably(ledger, lines->str, lines->len, error)
                        : write_all(ledger->file, lines->str, lines->len, ledger->path, error);
  for (guint i = 0; good && i < arrivals->len; i++)
    note_done(ledger, arrivals->pdata[i]);
  if (good)
    compact(ledger);
  return good;
}
