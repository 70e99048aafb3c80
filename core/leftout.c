/* SPDX-License-Identifier: Apache-2.0 */
/* Plugins that a build left out: the file `left-out` beside the modules, a name, a tab and what is
 * missing on each line. */
#include "leftout.h"

#include <string.h>

void aver_left_out_add(const char *folder, GHashTable *missing)
{
  g_autofree char *path = g_build_filename(folder, "left-out", NULL);
  g_autofree char *contents = NULL;
  if (!g_file_get_contents(path, &contents, NULL, NULL))
    return;
  g_auto(GStrv) lines = g_strsplit(contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    char *tab = strchr(lines[i], '\t');
    if (tab == NULL || tab == lines[i])
      continue;
    *tab = '\0';
    g_hash_table_insert(missing, g_strdup(lines[i]), g_utf8_make_valid(tab + 1, -1));
  }
}
