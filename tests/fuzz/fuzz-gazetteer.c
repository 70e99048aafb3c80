/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes gazetteer: a list, a byte 0xff and a text; what is found is a listed name. */
#include "../../plugins/gazetteer/list.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* A file in memory, so that nothing is written. */
static List *read_list(const guint8 *data, gsize size)
{
  static int file = -1;
  if (file < 0)
    file = memfd_create("list", 0);
  if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != (gssize) size)
    g_error("memfd");
  g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", file);
  g_autoptr(List) list = list_new();
  g_autoptr(GError) error = NULL;
  if (list_read(list, path, &error)) {
    g_assert_no_error(error);
    return g_steal_pointer(&list);
  }
  g_assert_nonnull(error);
  return NULL;
}

static void search(const List *list, AverDocument *document, CaseRule rule)
{
  guint32 n, length;
  const char *text = aver_document_get_text(document, &length);
  const AverToken *tokens = aver_document_get_tokens(document, &n);
  for (guint32 i = 0, taken; i < n; i++) {
    guint32 found = trie_find(list->trie, text, tokens + i, n - i, rule, &taken);
    if (found == TRIE_NOTHING)
      continue;
    g_assert_cmpuint(trie_get_value(list->trie, found), <, list->entries->len);
    g_assert_cmpuint(taken, >, 0);
    g_assert_cmpuint(i + taken, <=, n);
  }
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  const guint8 *mark = memchr(data, 0xff, size);
  gsize length = mark == NULL ? size : (gsize) (mark - data);
  g_autoptr(List) list = read_list(data, length);
  g_autoptr(AverDocument) document = aver_document_new();
  if (list == NULL || mark == NULL ||
      !aver_document_set_text(document, (const char *) mark + 1, size - length - 1, NULL))
    return 0;
  for (guint rule = CASE_SMART; rule <= CASE_IGNORE; rule++)
    search(list, document, (CaseRule) rule);
  return 0;
}
