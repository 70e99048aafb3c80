/* SPDX-License-Identifier: Apache-2.0 */
/* Folders: file names made of ids that nobody has looked at. */
#include "folder-private.h"

#include <string.h>

#define LONGEST_NAME 100
#define HASH_DIGITS  8

static gboolean is_plain(char c)
{
  return g_ascii_isalnum(c) || c == '.' || c == '-' || c == '_';
}

/* Names that stand for devices on Windows, whatever ending is behind them. */
static gboolean is_device(const char *id, gsize length)
{
  static const char *const devices[] = {"con", "prn", "aux", "nul"};
  const char *dot = memchr(id, '.', length);
  gsize stem = dot == NULL ? length : (gsize) (dot - id);
  for (guint i = 0; stem == 3 && i < G_N_ELEMENTS(devices); i++)
    if (g_ascii_strncasecmp(id, devices[i], 3) == 0)
      return TRUE;
  return stem == 4 && g_ascii_isdigit(id[3]) &&
         (g_ascii_strncasecmp(id, "com", 3) == 0 || g_ascii_strncasecmp(id, "lpt", 3) == 0);
}

/* `a/b.txt` becomes `a_b`, and `a/b c.txt` `a_b_c-5f3a90c1`. */
static void append_safe(GString *name, const char *id)
{
  gsize length = strlen(id);
  if (g_str_has_suffix(id, ".txt"))
    length -= 4;
  gboolean device = is_device(id, length);
  gboolean changed = length == 0 || length > LONGEST_NAME || device;
  if (device)
    g_string_append_c(name, '_');
  for (gsize i = 0; i < MIN(length, LONGEST_NAME); i++) {
    gboolean plain = is_plain(id[i]) && (i > 0 || (id[i] != '.' && id[i] != '-'));
    g_string_append_c(name, plain ? id[i] : '_');
    changed = changed || (!plain && (id[i] != '/' || i == 0));
  }
  if (length == 0)
    g_string_append_c(name, '_');
  if (!changed)
    return;
  g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, id, -1);
  g_string_append_c(name, '-');
  g_string_append_len(name, hash, HASH_DIGITS);
}

/* A hash stands for a name, so that millions take little; two that share one only count on. */
static gpointer key_of(const char *name, gsize length)
{
  guint64 hash = 0xcbf29ce484222325; /* FNV-1a */
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar) g_ascii_tolower(name[i])) * 0x100000001b3;
  return GSIZE_TO_POINTER((gsize) hash);
}

static guint count(AverFolder *folder, gpointer key)
{
  guint n = GPOINTER_TO_UINT(g_hash_table_lookup(folder->names, key)) + 1;
  g_hash_table_insert(folder->names, key, GUINT_TO_POINTER(n));
  return n;
}

void aver_folder_name_document(AverFolder *folder, const char *id)
{
  g_string_truncate(folder->name, 0);
  append_safe(folder->name, id);
  guint n = count(folder, key_of(folder->name->str, folder->name->len));
  if (n > 1)
    g_string_append_printf(folder->name, "~%u", n);
}

void aver_folder_know_name(AverFolder *folder, const char *name, gsize length)
{
  const char *mark = memchr(name, '~', length);
  count(folder, key_of(name, mark == NULL ? length : (gsize) (mark - name)));
}
