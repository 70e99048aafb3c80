/* SPDX-License-Identifier: Apache-2.0 */
/* The browser's page: files that are linked into the program. */
#include "page.h"

#include <string.h>

#include "page-files.h"

/* Where the page has its article. */
#define PLACE "<!--article-->"

const PageFile *page_find(const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS(page_files); i++)
    if (strcmp(page_files[i].path, path) == 0)
      return &page_files[i];
  return NULL;
}

gboolean page_append_whole(AverBuffer *out, const AverDocument *document)
{
  const PageFile *file = page_find("/");
  const char *place = g_strstr_len(file->data, (gssize) file->length, PLACE);
  aver_buffer_append(out, file->data, (gsize) (place - file->data));
  page_append_document(out, document);
  aver_buffer_append_string(out, place + strlen(PLACE));
  return TRUE;
}
