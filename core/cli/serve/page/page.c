/* SPDX-License-Identifier: Apache-2.0 */
/* The browser's page: files that are linked into the program, and documents as HTML. */
#include "page.h"

#include <string.h>

static const char page[] = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
                           "<title>Aver</title>\n<p>POST a text to /v1/documents.</p>\n";

static const PageFile files[] = {
    {"/", "text/html; charset=utf-8", page, sizeof page - 1},
};

const PageFile *page_find(const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS(files); i++)
    if (strcmp(files[i].path, path) == 0)
      return &files[i];
  return NULL;
}

gboolean page_append_document(AverBuffer *out, const AverDocument *document)
{
  (void) out;
  (void) document;
  return FALSE;
}
