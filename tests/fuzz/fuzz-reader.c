/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes a reader (READER, a plugin): any file gives documents and errors, and the same from any
 * cursor on. */
#include <aver/aver.h>
#include <aver/testing.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static const AverPlugin *plugin;

static void check_document(AverDocument *document)
{
  guint32 n;
  const char *text = aver_document_get_text(document, &n);
  g_assert_true(aver_utf8_validate(text, n, NULL));
  g_assert_cmpstr(aver_document_get_id(document), !=, "");
  const AverMetadata *entries = aver_document_list_metadata(document, &n);
  for (guint32 i = 0; i < n; i++)
    g_assert_true(g_utf8_validate(entries[i].key, -1, NULL) &&
                  g_utf8_validate(entries[i].value, -1, NULL));
}

/* Reads from @cursor on; what came behind the record numbered @stop is at @rest, and the cursor
 * there in @at. */
static char *read_all(const char *path, const char *cursor, guint stop, gsize *rest, char **at)
{
  const char *const inputs[] = {path, NULL};
  AverStage *stage = aver_testing_stage_new(plugin, NULL, inputs, NULL, NULL);
  gpointer self = plugin->open(stage, NULL);
  gpointer worker = plugin->start(self, NULL);
  g_autoptr(AverDocument) document = aver_document_new();
  GString *all = g_string_new(NULL);
  g_assert_true(cursor == NULL || plugin->seek(self, cursor, NULL));
  for (guint n = 1;; n++) {
    g_autoptr(GError) error = NULL;
    AverRecord record = {0};
    AverCut cut = plugin->cut(self, TRUE, &record, &error);
    if (cut == AVER_CUT_END)
      break;
    g_assert_true(cut == AVER_CUT_RECORD || (cut == AVER_CUT_BAD && error != NULL));
    aver_document_reset(document);
    if (cut == AVER_CUT_RECORD && plugin->decode(self, worker, &record, document, &error))
      check_document(document);
    g_string_append_printf(all, "%" G_GUINT64_FORMAT " %s %s\n", record.offset,
                           error == NULL ? aver_document_get_id(document) : "",
                           error == NULL ? "" : error->message);
    if (n != stop)
      continue;
    GString *position = g_string_new(NULL);
    plugin->cursor(self, position);
    *at = g_string_free(position, FALSE);
    *rest = all->len;
  }
  plugin->stop(self, worker);
  plugin->close(self);
  aver_testing_stage_free(stage);
  return g_string_free(all, FALSE);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  static int file = -1;
  if (file < 0) {
    AverRegistry *registry = aver_registry_new();
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
    g_assert_true(aver_registry_add_folder(registry, g_getenv("AVER_PLUGINS"), NULL));
    plugin = aver_registry_find(registry, READER, NULL);
    g_assert_nonnull(plugin);
    file = memfd_create("data", 0);
  }
  if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != (gssize) size)
    return 0;
  g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", file);
  g_autofree char *cursor = NULL;
  gsize rest = 0;
  g_autofree char *all =
      read_all(path, NULL, size == 0 ? 1 : 1 + data[size - 1] % 4, &rest, &cursor);
  if (cursor == NULL)
    return 0;
  g_autofree char *again = read_all(path, cursor, 0, NULL, NULL);
  g_assert_cmpstr(again, ==, all + rest);
  return 0;
}
