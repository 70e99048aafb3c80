/* SPDX-License-Identifier: Apache-2.0 */
/* What tests do with folders of their own. */
#pragma once

#include <glib.h>
#include <glib/gstdio.h>

/* Removes a file, or a folder with all that is in it; links are not followed. */
static inline void remove_all(const char *path)
{
  g_autoptr(GDir) folder =
      g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
    g_autofree char *inner = g_build_filename(path, name, NULL);
    remove_all(inner);
  }
  g_assert_cmpint(g_remove(path), ==, 0);
}
