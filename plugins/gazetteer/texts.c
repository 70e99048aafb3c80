/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of the lists. */
#include "texts.h"

static void clear_text(gpointer data)
{
  Text *file = data;
  g_free(file->path);
  g_free(file->text);
}

void texts_init(Texts *texts)
{
  texts->files = g_array_new(FALSE, FALSE, sizeof(Text));
  g_array_set_clear_func(texts->files, clear_text);
}

void texts_clear(Texts *texts)
{
  g_array_unref(texts->files);
}

gboolean texts_add(Texts *texts, const char *path, char *text, gsize length)
{
  if (length >= G_MAXUINT32 - texts->length)
    return FALSE;
  Text file = {g_strdup(path), text, (guint32) texts->length};
  g_array_append_val(texts->files, file);
  texts->length += length + 1;
  return TRUE;
}

const Text *texts_find(const Texts *texts, guint32 place)
{
  guint low = 0, high = texts->files->len;
  while (high - low > 1) {
    guint middle = low + (high - low) / 2;
    if (g_array_index(texts->files, Text, middle).begin <= place)
      low = middle;
    else
      high = middle;
  }
  return &g_array_index(texts->files, Text, low);
}
