/* SPDX-License-Identifier: Apache-2.0 */
/* Files that come into a folder: told by inotify, found by looking. */
#include "arrivals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders in folders, before a loop of mounts is more likely. */
#define DEEPEST 64

#define EVENTS                                                                                     \
  (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF |      \
   IN_ONLYDIR)

struct _Arrivals {
  char *folder;
  char **match;
  gint64 settle;
  int notify;
  int root;             /* the folder's watch */
  gboolean must_rescan; /* watches or events are not what they should be */
  GHashTable *folders;  /* watch -> path below the folder, "" for itself */
  GHashTable *fresh;    /* paths of files that are new, or changed */
};

void arrivals_free(Arrivals *arrivals)
{
  if (arrivals == NULL)
    return;
  if (arrivals->notify >= 0)
    close(arrivals->notify);
  g_hash_table_unref(arrivals->folders);
  g_hash_table_unref(arrivals->fresh);
  g_free(arrivals->folder);
  g_free(arrivals);
}

/* Hidden, or by a name that programs give to what is not finished. */
static gboolean is_temporary(const char *name)
{
  static const char *const ends[] = {"~",        ".tmp", ".temp",       ".part",
                                     ".partial", ".swp", ".crdownload", NULL};
  for (guint i = 0; ends[i] != NULL; i++)
    if (g_str_has_suffix(name, ends[i]))
      return TRUE;
  return name[0] == '.' || name[0] == '#';
}

static gboolean is_wanted(const Arrivals *arrivals, const char *name)
{
  for (guint i = 0; arrivals->match != NULL && arrivals->match[i] != NULL; i++)
    if (g_pattern_match_simple(arrivals->match[i], name))
      return TRUE;
  return arrivals->match == NULL;
}

static char *join(const char *folder, const char *name)
{
  return folder[0] == '\0' ? g_strdup(name) : g_build_filename(folder, name, NULL);
}

static void note_file(Arrivals *arrivals, const char *folder, const char *name)
{
  if (is_temporary(name) || !is_wanted(arrivals, name))
    return;
  g_hash_table_add(arrivals->fresh, join(folder, name));
}

static gboolean set_failure(const char *path, GError **error)
{
  const char *hint = errno == ENOSPC   ? "; the limit is in /proc/sys/fs/inotify/max_user_watches"
                     : errno == EMFILE ? "; the limit is in /proc/sys/fs/inotify/max_user_instances"
                                       : "";
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "cannot watch '%s': %s%s", path,
              errno == ENOSPC ? "too many folders" : g_strerror(errno), hint);
  return FALSE;
}

static gboolean scan(Arrivals *arrivals, const char *below, guint depth, GError **error);

static gboolean scan_entry(Arrivals *arrivals, const char *below, const char *name, guint depth,
                           GError **error)
{
  struct stat info;
  g_autofree char *path = join(below, name);
  g_autofree char *whole = g_build_filename(arrivals->folder, path, NULL);
  if (is_temporary(name) || lstat(whole, &info) != 0)
    return TRUE;
  if (S_ISDIR(info.st_mode))
    return depth == 0 || scan(arrivals, path, depth - 1, error);
  note_file(arrivals, below, name);
  return TRUE;
}

/* Watches a folder, then looks what is in it, so that nothing comes in between. */
static gboolean scan(Arrivals *arrivals, const char *below, guint depth, GError **error)
{
  g_autofree char *whole = g_build_filename(arrivals->folder, below, NULL);
  int watch = inotify_add_watch(arrivals->notify, whole, EVENTS);
  gboolean is_root = below[0] == '\0';
  if (watch < 0 && !is_root && (errno == ENOENT || errno == ENOTDIR))
    return TRUE;
  if (watch < 0)
    return set_failure(whole, error);
  if (is_root)
    arrivals->root = watch;
  g_hash_table_replace(arrivals->folders, GINT_TO_POINTER(watch), g_strdup(below));
  g_autoptr(GDir) folder = g_dir_open(whole, 0, is_root ? error : NULL);
  if (folder == NULL)
    return !is_root;
  for (const char *name; (name = g_dir_read_name(folder)) != NULL;)
    if (!scan_entry(arrivals, below, name, depth, error))
      return FALSE;
  return TRUE;
}

static gboolean rescan(Arrivals *arrivals, GError **error)
{
  arrivals->must_rescan = FALSE;
  if (arrivals->notify >= 0)
    close(arrivals->notify);
  g_hash_table_remove_all(arrivals->folders);
  arrivals->notify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  return arrivals->notify < 0 ? set_failure(arrivals->folder, error)
                              : scan(arrivals, "", DEEPEST, error);
}

Arrivals *arrivals_new(const char *folder, char **match, gint64 settle, GError **error)
{
  g_autoptr(Arrivals) arrivals = g_new0(Arrivals, 1);
  arrivals->folder = g_strdup(folder);
  arrivals->match = match;
  arrivals->settle = settle;
  arrivals->notify = -1;
  arrivals->folders = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  arrivals->fresh = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  return rescan(arrivals, error) ? g_steal_pointer(&arrivals) : NULL;
}

void arrivals_rescan(Arrivals *arrivals)
{
  arrivals->must_rescan = TRUE;
}

static gboolean take_event(Arrivals *arrivals, const struct inotify_event *event, GError **error)
{
  gboolean is_root = event->wd == arrivals->root;
  if (is_root && (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)) != 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "the folder '%s' is gone", arrivals->folder);
    return FALSE;
  }
  const char *folder = g_hash_table_lookup(arrivals->folders, GINT_TO_POINTER(event->wd));
  if ((event->mask & (IN_Q_OVERFLOW | IN_ISDIR | IN_DELETE_SELF | IN_MOVE_SELF)) != 0)
    arrivals->must_rescan = TRUE;
  else if (event->len > 0 && folder != NULL &&
           (event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE)) != 0)
    note_file(arrivals, folder, event->name);
  return TRUE;
}

static gboolean take_events(Arrivals *arrivals, GError **error)
{
  char buffer[16384] __attribute__((aligned(__alignof__(struct inotify_event))));
  gssize length;
  while ((length = read(arrivals->notify, buffer, sizeof buffer)) > 0) {
    for (char *at = buffer; at < buffer + length;) {
      const struct inotify_event *event = (const struct inotify_event *) (gpointer) at;
      if (!take_event(arrivals, event, error))
        return FALSE;
      at += sizeof *event + event->len;
    }
  }
  return TRUE;
}

gboolean arrivals_wait(Arrivals *arrivals, int timeout, const sigset_t *signals, GError **error)
{
  struct pollfd poll = {.fd = arrivals->notify, .events = POLLIN};
  struct timespec time = {timeout / 1000, timeout % 1000 * 1000000L};
  if (!arrivals->must_rescan && ppoll(&poll, 1, timeout < 0 ? NULL : &time, signals) < 0 &&
      errno != EINTR)
    return set_failure(arrivals->folder, error);
  if (!take_events(arrivals, error))
    return FALSE;
  return !arrivals->must_rescan || rescan(arrivals, error);
}

/* Whether somebody has the file open for writing: no read lease is given then. Where there are no
 * leases (other people's files, some file systems), time has to do. */
static gboolean is_being_written(const char *path)
{
  int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (file < 0)
    return FALSE;
  gboolean busy = fcntl(file, F_SETLEASE, F_RDLCK) != 0 && errno == EAGAIN;
  if (!busy)
    fcntl(file, F_SETLEASE, F_UNLCK);
  close(file);
  return busy;
}

/* Microseconds since the file was changed, by the clock on the wall; long ago when it was in the
 * future. */
static gint64 age_of(const struct stat *info)
{
  gint64 age =
      g_get_real_time() - (info->st_mtim.tv_sec * G_USEC_PER_SEC + info->st_mtim.tv_nsec / 1000);
  return age < 0 ? G_MAXINT64 : age;
}

typedef enum { GONE, FRESH, READY } State;

static State look(const Arrivals *arrivals, const char *path, const Ledger *ledger,
                  Arrival *arrival)
{
  struct stat info;
  g_autofree char *whole = g_build_filename(arrivals->folder, path, NULL);
  if (stat(whole, &info) != 0 || !S_ISREG(info.st_mode))
    return GONE;
  arrival->size = info.st_size;
  arrival->time = info.st_mtim.tv_sec * G_GINT64_CONSTANT(1000000000) + info.st_mtim.tv_nsec;
  arrival->path = (char *) path;
  if (ledger_has(ledger, arrival))
    return GONE;
  if (age_of(&info) < arrivals->settle)
    return FRESH;
  /* When it is closed, that is an event. */
  return is_being_written(whole) ? GONE : READY;
}

static int by_name(gconstpointer a, gconstpointer b)
{
  return strcmp(a, b);
}

GPtrArray *arrivals_take(Arrivals *arrivals, const Ledger *ledger, guint most)
{
  GPtrArray *ready = g_ptr_array_new_with_free_func(arrival_free);
  GList *paths = g_list_sort(g_hash_table_get_keys(arrivals->fresh), by_name);
  for (GList *p = paths; p != NULL && ready->len < most; p = p->next) {
    Arrival arrival;
    State state = look(arrivals, p->data, ledger, &arrival);
    if (state == FRESH)
      continue;
    if (state == READY) {
      Arrival *copy = g_new(Arrival, 1);
      *copy = (Arrival){g_strdup(arrival.path), arrival.size, arrival.time};
      g_ptr_array_add(ready, copy);
    }
    g_hash_table_remove(arrivals->fresh, p->data);
  }
  g_list_free(paths);
  return ready;
}

int arrivals_get_delay(const Arrivals *arrivals)
{
  return g_hash_table_size(arrivals->fresh) == 0 ? -1 : (int) (arrivals->settle / 1000) + 1;
}
