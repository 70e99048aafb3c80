/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of text-reader. */
#include <aver/aver.h>
#include <aver/testing.h>
#include <glib/gstdio.h>

extern const AverPlugin text_reader_LTX_aver_plugin;
static const AverPlugin *const plugin = &text_reader_LTX_aver_plugin;

static AverRecord record_of(const char *data, gsize length)
{
  return (AverRecord){.data = data, .length = length, .origin = "notes/day one.txt"};
}

static void assert_text(const AverDocument *document, const char *expected, gsize length)
{
  guint32 n;
  const char *text = aver_document_get_text(document, &n);
  g_assert_cmpmem(text, n, expected, length);
}

static void test_document(void)
{
  static const char text[] = "\"Rain,\" she said.\r\nNo\0thing more.\n";
  g_autoptr(AverDocument) document = aver_document_new();
  g_autoptr(GError) error = NULL;
  AverRecord record = record_of(text, sizeof text - 1);
  g_assert_true(plugin->decode(NULL, NULL, &record, document, &error));
  g_assert_no_error(error);
  assert_text(document, text, sizeof text - 1);
  g_assert_cmpstr(aver_document_get_id(document), ==, "notes/day one.txt");
  guint32 n;
  aver_document_list_metadata(document, &n);
  g_assert_cmpuint(n, ==, 1);
  g_assert_cmpstr(aver_document_get_metadata(document, "source"), ==, "notes/day one.txt");
}

static void test_byte_order_mark(void)
{
  g_autoptr(AverDocument) document = aver_document_new();
  AverRecord record = record_of("\xef\xbb\xbfYes.\xef\xbb\xbf", 10);
  g_assert_true(plugin->decode(NULL, NULL, &record, document, NULL));
  assert_text(document, "Yes.\xef\xbb\xbf", 7);
  guint32 n;
  const AverMetadata *entries = aver_document_list_metadata(document, &n);
  g_assert_cmpuint(n, ==, 2);
  g_assert_cmpstr(entries[1].key, ==, "text_offset");
  g_assert_cmpstr(entries[1].value, ==, "3");
  g_assert_true(entries[1].json);
}

static void test_empty(void)
{
  g_autoptr(AverDocument) document = aver_document_new();
  AverRecord record = record_of("", 0);
  g_assert_true(plugin->decode(NULL, NULL, &record, document, NULL));
  assert_text(document, "", 0);
}

static void test_not_utf8(void)
{
  static const struct {
    const char *bytes, *place;
  } cases[] = {
      {"caf\xe9 noir", "at byte 3 (0xe9)"},
      {"\xef\xbb\xbf"
       "caf\xe9 noir",
       "at byte 6 (0xe9)"},
      {"\xff\xfe"
       "a",
       "at byte 0 (0xff)"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(AverDocument) document = aver_document_new();
    g_autoptr(GError) error = NULL;
    AverRecord record = record_of(cases[i].bytes, strlen(cases[i].bytes));
    g_assert_false(plugin->decode(NULL, NULL, &record, document, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_ENCODING);
    g_assert_nonnull(strstr(error->message, cases[i].place));
  }
}

/* Reads a folder; resumes behind its first file. */
static void test_folder_and_cursor(void)
{
  static const char *const names[] = {"b.txt", "a.txt", "c.html"};
  g_autofree char *folder = g_dir_make_tmp("aver-text-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = g_build_filename(folder, names[i], NULL);
    g_assert_true(g_file_set_contents(path, names[i], -1, NULL));
  }
  const char *const inputs[] = {folder, NULL};
  g_autoptr(GString) cursor = g_string_new(NULL);
  for (guint round = 0; round < 2; round++) {
    g_autoptr(GError) error = NULL;
    AverStage *stage = aver_testing_stage_new(plugin, NULL, inputs, NULL, &error);
    g_assert_no_error(error);
    gpointer self = plugin->open(stage, &error);
    g_assert_no_error(error);
    AverRecord record;
    if (round == 1)
      g_assert_true(plugin->seek(self, cursor->str, &error));
    for (guint i = round; i < 2; i++) {
      g_assert_cmpint(plugin->cut(self, FALSE, &record, &error), ==, AVER_CUT_RECORD);
      g_assert_cmpmem(record.data, record.length, i == 0 ? "a.txt" : "b.txt", 5);
      if (i == 0)
        plugin->cursor(self, cursor);
    }
    g_assert_cmpint(plugin->cut(self, FALSE, &record, &error), ==, AVER_CUT_END);
    plugin->close(self);
    aver_testing_stage_free(stage);
  }
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = g_build_filename(folder, names[i], NULL);
    g_remove(path);
  }
  g_rmdir(folder);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/text-reader/document", test_document);
  g_test_add_func("/text-reader/byte-order-mark", test_byte_order_mark);
  g_test_add_func("/text-reader/empty", test_empty);
  g_test_add_func("/text-reader/not-utf8", test_not_utf8);
  g_test_add_func("/text-reader/folder-and-cursor", test_folder_and_cursor);
  return g_test_run();
}
