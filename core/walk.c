/* SPDX-License-Identifier: Apache-2.0 */
/* Walking over what the user named: files as they are, folders entry by entry. */
#include "walk.h"

#include "packing.h"
#include "patience.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* The first byte of each entry says what it is, its name follows. */
enum {
  ENTRY_FILE = 'f',
  ENTRY_FOLDER = 'd',
  ENTRY_UNSURE = 'u', /* a link, or a file system that does not tell */
};

typedef struct {
  char *path;
  GPtrArray *entries;
  guint next;
} Folder;

struct AverWalk {
  char **paths;
  guint next_path;
  char *patterns;
  GArray *folders; /* the one being listed last */
  char *current;
  gboolean for_members;
};

static void folder_clear(gpointer data)
{
  Folder *folder = data;
  g_free(folder->path);
  g_ptr_array_unref(folder->entries);
}

AverWalk *aver_walk_new(const char *const *paths, const char *pattern)
{
  static const char *const standard_input[] = {"-", NULL};
  AverWalk *walk = g_new0(AverWalk, 1);
  gboolean none = paths == NULL || paths[0] == NULL;
  walk->paths = g_strdupv((char **) (none ? standard_input : paths));
  walk->patterns = g_strdup(pattern);
  walk->folders = g_array_new(FALSE, FALSE, sizeof(Folder));
  g_array_set_clear_func(walk->folders, folder_clear);
  return walk;
}

AverWalk *aver_walk_new_again(const AverWalk *walk)
{
  return aver_walk_new((const char *const *) walk->paths, walk->patterns);
}

void aver_walk_free(AverWalk *walk)
{
  if (walk == NULL)
    return;
  g_strfreev(walk->paths);
  g_free(walk->patterns);
  g_array_unref(walk->folders);
  g_free(walk->current);
  g_free(walk);
}

/* Whether a byte is in the set that starts behind `[`; moves the pattern behind its `]`. A set
 * without an end stands for a `[` of its own. */
static gboolean in_set(const char **pattern, const char *limit, guchar byte)
{
  const char *p = *pattern;
  gboolean negated = p < limit && (*p == '!' || *p == '^');
  gboolean found = FALSE;
  p += negated ? 1 : 0;
  for (const char *first = p; p < limit && (*p != ']' || p == first); p++) {
    guchar low = (guchar) p[0], high = low;
    if (limit - p > 2 && p[1] == '-' && p[2] != ']') {
      high = (guchar) p[2];
      p += 2;
    }
    found |= byte >= low && byte <= high;
  }
  if (p >= limit)
    return byte == '[';
  *pattern = p + 1;
  return found != negated;
}

static const char *next_character(const char *name)
{
  name++;
  while (((guchar) *name & 0xc0) == 0x80)
    name++;
  return name;
}

/* Only the last `*` is ever tried again, so the time is at most the product of the lengths. */
static gboolean match_one(const char *pattern, const char *limit, const char *name)
{
  const char *star = NULL, *star_name = NULL;
  while (*name != '\0') {
    const char *p = pattern + 1;
    if (pattern < limit && *pattern == '*') {
      star = p;
      star_name = name;
      pattern = p;
    } else if (pattern < limit && *pattern == '?') {
      pattern = p;
      name = next_character(name);
    } else if (pattern < limit && *pattern == '[' ? in_set(&p, limit, (guchar) *name)
                                                  : pattern < limit && *pattern == *name) {
      pattern = p;
      name++;
    } else if (star != NULL) {
      pattern = star;
      name = ++star_name;
    } else {
      return FALSE;
    }
  }
  while (pattern < limit && *pattern == '*')
    pattern++;
  return pattern == limit;
}

gboolean aver_walk_match(const char *patterns, const char *name)
{
  for (const char *p = patterns; p != NULL;) {
    const char *comma = strchr(p, ',');
    const char *limit = comma == NULL ? p + strlen(p) : comma;
    while (p < limit && *p == ' ')
      p++;
    while (limit > p && limit[-1] == ' ')
      limit--;
    if (match_one(p, limit, name))
      return TRUE;
    p = comma == NULL ? NULL : comma + 1;
  }
  return FALSE;
}

gboolean aver_walk_wants(const AverWalk *walk, const char *name)
{
  if (walk->patterns == NULL || aver_walk_match(walk->patterns, name))
    return TRUE;
  gsize length = aver_packing_strip_name(name);
  g_autofree char *stripped = name[length] == '\0' ? NULL : g_strndup(name, length);
  return stripped != NULL && aver_walk_match(walk->patterns, stripped);
}

gboolean aver_walk_is_for_members(const AverWalk *walk)
{
  return walk->for_members;
}

static gboolean may_have_documents(const AverWalk *walk, const char *name)
{
  return aver_walk_wants(walk, name) || aver_packing_is_archive_name(name);
}

static char *join(const char *folder, const char *name)
{
  return g_strconcat(folder, g_str_has_suffix(folder, "/") ? "" : "/", name, NULL);
}

static int compare_entries(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *) a + 1, *(const char *const *) b + 1);
}

static void add_entry(AverWalk *walk, GPtrArray *entries, const struct dirent *entry)
{
  char kind;
  switch (entry->d_type) {
  case DT_DIR:
    kind = ENTRY_FOLDER;
    break;
  case DT_REG:
    kind = ENTRY_FILE;
    break;
  case DT_LNK:
  case DT_UNKNOWN:
    kind = ENTRY_UNSURE;
    break;
  default:
    return;
  }
  gboolean wanted = may_have_documents(walk, entry->d_name);
  if (entry->d_name[0] == '.' || (!wanted && kind == ENTRY_FILE) ||
      (!wanted && entry->d_type == DT_LNK))
    return;
  char *text = g_malloc(strlen(entry->d_name) + 2);
  text[0] = kind;
  strcpy(text + 1, entry->d_name);
  g_ptr_array_add(entries, text);
}

static GPtrArray *list_folder(AverWalk *walk, const char *path, GError **error)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(g_free);
  int fd = aver_open_patiently(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *directory = fd < 0 ? NULL : fdopendir(fd);
  int code = directory == NULL ? errno : 0;
  if (directory == NULL && fd >= 0)
    close(fd);
  while (directory != NULL) {
    errno = 0;
    const struct dirent *entry = readdir(directory);
    if (entry == NULL) {
      code = errno;
      break;
    }
    add_entry(walk, entries, entry);
  }
  if (directory != NULL)
    closedir(directory);
  if (code != 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "cannot list the folder: %s",
                g_strerror(code));
    return NULL;
  }
  g_ptr_array_sort(entries, compare_entries);
  return g_steal_pointer(&entries);
}

static gboolean enter(AverWalk *walk, const char *path, GError **error)
{
  Folder folder = {.entries = list_folder(walk, path, error)};
  if (folder.entries == NULL)
    return FALSE;
  folder.path = g_strdup(path);
  g_array_append_val(walk->folders, folder);
  return TRUE;
}

/* Files that the kernel makes up as they are read: some of them never end, or wait. */
static gboolean is_kernels(const char *path)
{
  struct statfs system;
  if (statfs(path, &system) != 0)
    return FALSE;
  return system.f_type == PROC_SUPER_MAGIC || system.f_type == SYSFS_MAGIC ||
         system.f_type == DEBUGFS_MAGIC || system.f_type == TRACEFS_MAGIC;
}

/* What an entry whose kind the listing did not settle is: a file, a folder, or nothing of ours. */
static char settle(const AverWalk *walk, const char *path, const char *name, GError **error)
{
  struct stat info;
  if (lstat(path, &info) == 0 && S_ISDIR(info.st_mode))
    return ENTRY_FOLDER;
  if (!may_have_documents(walk, name))
    return 0;
  if (stat(path, &info) != 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "cannot follow the link: %s",
                g_strerror(errno));
    return ENTRY_UNSURE;
  }
  return S_ISREG(info.st_mode) && !is_kernels(path) ? ENTRY_FILE : 0;
}

/* Takes the next entry of the innermost folder; FALSE when it was nothing to report. */
static gboolean next_entry(AverWalk *walk, AverWalkStep *step, GError **error)
{
  Folder *folder = &g_array_index(walk->folders, Folder, walk->folders->len - 1);
  if (folder->next == folder->entries->len) {
    g_array_set_size(walk->folders, walk->folders->len - 1);
    return FALSE;
  }
  const char *entry = g_ptr_array_index(folder->entries, folder->next++);
  char kind = entry[0];
  g_free(walk->current);
  walk->current = join(folder->path, entry + 1);
  if (kind == ENTRY_UNSURE)
    kind = settle(walk, walk->current, entry + 1, error);
  *step = kind == ENTRY_FILE ? AVER_WALK_FILE : AVER_WALK_BAD;
  walk->for_members = kind == ENTRY_FILE && !aver_walk_wants(walk, entry + 1);
  if (kind == ENTRY_FOLDER)
    return !enter(walk, walk->current, error);
  return kind != 0;
}

AverWalkStep aver_walk_next(AverWalk *walk, const char **path, GError **error)
{
  AverWalkStep step = AVER_WALK_END;
  for (;;) {
    if (walk->folders->len > 0) {
      if (!next_entry(walk, &step, error))
        continue;
      *path = walk->current;
      return step;
    }
    walk->for_members = FALSE;
    *path = walk->paths[walk->next_path];
    if (*path == NULL)
      return AVER_WALK_END;
    walk->next_path++;
    struct stat info;
    if (strcmp(*path, "-") == 0 || stat(*path, &info) != 0 || !S_ISDIR(info.st_mode))
      return AVER_WALK_FILE;
    if (!enter(walk, *path, error))
      return AVER_WALK_BAD;
  }
}
