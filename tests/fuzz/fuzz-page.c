/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the HTML of documents that come with their layers: spans anywhere, over each other,
 * hostile strings. Whatever is in them, elements are of the page's own kinds and close in order. */
#include "../../core/cli/serve/page/page.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_OPEN = 64, MOST_NAME = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {"a",     "article", "b",      "blockquote", "dd", "details",
                                    "div",   "dl",      "dt",     "fieldset",   "h2", "h3",
                                    "input", "label",   "legend", "li",         "p",  "small",
                                    "span",  "summary", "table",  "tbody",      "td", "th",
                                    "thead", "tr",      "ul",     NULL};

/* Elements that are open. */
typedef struct {
  char names[MOST_OPEN][MOST_NAME];
  guint n;
} Open;

static void take_tag(Open *open, const char *tag, const char *end)
{
  gboolean closes = *tag == '/';
  const char *start = tag + (closes ? 1 : 0), *stop = start;
  while (stop < end && g_ascii_isalnum(*stop))
    stop++;
  g_autofree char *name = g_strndup(start, (gsize) (stop - start));
  if (!g_strv_contains(names, name) || memchr(tag, '<', (gsize) (end - tag)) != NULL)
    abort();
  if (strcmp(name, "input") == 0)
    return;
  if (closes && (open->n == 0 || strcmp(open->names[--open->n], name) != 0))
    abort();
  if (!closes && open->n == MOST_OPEN)
    abort();
  if (!closes)
    g_strlcpy(open->names[open->n++], name, MOST_NAME);
}

static void check(const AverBuffer *page)
{
  Open open = {0};
  const char *end = page->data + page->length;
  for (const char *tag = page->data; (tag = memchr(tag, '<', (gsize) (end - tag))) != NULL;) {
    const char *close = memchr(tag, '>', (gsize) (end - tag));
    if (close == NULL)
      abort();
    take_tag(&open, tag + 1, close);
    tag = close;
  }
  if (open.n != 0)
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  g_autoptr(GError) error = NULL;
  g_auto(AverBuffer) page = {0};
  gboolean good = page_append_record(&page, (const char *) data, size, &error);
  if (good != (error == NULL))
    abort();
  if (good)
    check(&page);
  return 0;
}
