/* SPDX-License-Identifier: Apache-2.0 */
/* Documents of one output whose other one has not come yet: in memory, then in a file. */
#include "waiting.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* So much of one output's documents stays in memory. */
#define MOST_IN_MEMORY ((gsize) 8 << 20)

typedef struct _Entry Entry;
struct _Entry {
  char *id;
  char *data; /* NULL: in the file, at @offset */
  guint64 offset;
  gsize length;
  guint64 line;
  Entry *next; /* of the same id */
  Entry *last; /* of these, in the first */
};

static void entry_free(gpointer data)
{
  for (Entry *entry = data, *next; entry != NULL; entry = next) {
    next = entry->next;
    g_free(entry->id);
    g_free(entry->data);
    g_free(entry);
  }
}

void waiting_init(Waiting *waiting)
{
  waiting->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, entry_free);
  waiting->file = -1;
}

void waiting_clear(Waiting *waiting)
{
  if (waiting->by_id == NULL)
    return;
  g_hash_table_unref(waiting->by_id);
  if (waiting->file >= 0)
    close(waiting->file);
}

gboolean waiting_has(const Waiting *waiting, const char *id)
{
  return g_hash_table_contains(waiting->by_id, id);
}

static gboolean set_failure(const char *what, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED,
              "documents that wait for their other one cannot be %s a temporary file in '%s': %s",
              what, g_get_tmp_dir(), g_strerror(errno));
  return FALSE;
}

static gboolean open_file(Waiting *waiting, GError **error)
{
  g_autofree char *name = NULL;
  if (waiting->file >= 0)
    return TRUE;
  waiting->file = g_file_open_tmp("aver-diff-XXXXXX", &name, error);
  if (waiting->file < 0)
    return FALSE;
  unlink(name);
  return TRUE;
}

static gboolean store(Waiting *waiting, Entry *entry, const char *data, GError **error)
{
  if (!open_file(waiting, error))
    return FALSE;
  entry->offset = waiting->length;
  for (gsize done = 0; done < entry->length;) {
    gssize n =
        pwrite(waiting->file, data + done, entry->length - done, (off_t) (entry->offset + done));
    if (n < 0 && errno != EINTR)
      return set_failure("written to", error);
    done += n > 0 ? (gsize) n : 0;
  }
  waiting->length += entry->length;
  return TRUE;
}

static gboolean fetch(const Waiting *waiting, Entry *entry, GError **error)
{
  entry->data = g_malloc(entry->length + 1);
  for (gsize done = 0; done < entry->length;) {
    gssize n = pread(waiting->file, entry->data + done, entry->length - done,
                     (off_t) (entry->offset + done));
    if (n == 0 || (n < 0 && errno != EINTR))
      return set_failure("read from", error);
    done += n > 0 ? (gsize) n : 0;
  }
  return TRUE;
}

static void append(Waiting *waiting, Entry *entry)
{
  Entry *first = g_hash_table_lookup(waiting->by_id, entry->id);
  if (first == NULL) {
    entry->last = entry;
    g_hash_table_insert(waiting->by_id, entry->id, entry);
    return;
  }
  first->last->next = entry;
  first->last = entry;
}

gboolean waiting_add(Waiting *waiting, const char *id, const AverRecord *line, GError **error)
{
  Entry *entry = g_new0(Entry, 1);
  entry->id = g_strdup(id);
  entry->length = line->length;
  entry->line = line->line;
  if (waiting->in_memory + line->length <= MOST_IN_MEMORY) {
    entry->data = g_memdup2(line->data, line->length);
    waiting->in_memory += line->length;
  } else if (!store(waiting, entry, line->data, error)) {
    entry_free(entry);
    return FALSE;
  }
  append(waiting, entry);
  return TRUE;
}

gboolean waiting_take(Waiting *waiting, const char *id, char **data, gsize *length, guint64 *line,
                      GError **error)
{
  Entry *entry = g_hash_table_lookup(waiting->by_id, id);
  if (entry->data != NULL)
    waiting->in_memory -= entry->length;
  else if (!fetch(waiting, entry, error))
    return FALSE;
  *data = g_steal_pointer(&entry->data);
  *length = entry->length;
  *line = entry->line;
  g_hash_table_steal(waiting->by_id, id);
  if (entry->next != NULL) {
    entry->next->last = entry->last;
    g_hash_table_insert(waiting->by_id, entry->next->id, entry->next);
  }
  entry->next = NULL;
  entry_free(entry);
  return TRUE;
}

static int by_line(gconstpointer a, gconstpointer b)
{
  const Entry *x = *(Entry *const *) a, *y = *(Entry *const *) b;
  return x->line < y->line ? -1 : x->line > y->line;
}

GPtrArray *waiting_list(const Waiting *waiting)
{
  GPtrArray *list = g_ptr_array_new();
  GHashTableIter each;
  gpointer value;
  g_hash_table_iter_init(&each, waiting->by_id);
  while (g_hash_table_iter_next(&each, NULL, &value))
    for (Entry *entry = value; entry != NULL; entry = entry->next)
      g_ptr_array_add(list, entry);
  g_ptr_array_sort(list, by_line);
  for (guint i = 0; i < list->len; i++)
    list->pdata[i] = ((Entry *) list->pdata[i])->id;
  return list;
}
