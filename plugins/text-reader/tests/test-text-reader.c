/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of text-reader. */
#include <aver/aver.h>
#include <aver/testing.h>
#include <glib/gstdio.h>

extern const AverPlugin text_reader_LTX_aver_plugin;
static const AverPlugin *const plugin = &text_reader_LTX_aver_plugin;

/* Decodes with the options of @set (nullable). */
static gboolean decode(const char *const *set, const AverRecord *record, AverDocument *document,
                       GError **error)
{
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, NULL, NULL);
  gpointer self = plugin->open(stage, NULL);
  g_assert_nonnull(self);
  gboolean decoded = plugin->decode(self, NULL, record, document, error);
  plugin->close(self);
  aver_testing_stage_free(stage);
  return decoded;
}

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
  g_assert_true(decode(NULL, &record, document, &error));
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
  g_assert_true(decode(NULL, &record, document, NULL));
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
  g_assert_true(decode(NULL, &record, document, NULL));
  assert_text(document, "", 0);
}

static void test_not_utf8(void)
{
  static const struct {
    const char *bytes, *place;
  } cases[] = {
      {"\xef\xbb\xbf"
       "caf\xe9 noir",
       "not valid UTF-8 at byte 6 (0xe9)"},
      {"\xff\xfe"
       "abc",
       "not valid utf-16le at byte 4 (0x63)"},
      {"caf\xc3\xa9 cr\xc3\xa8me, damag\xe9", "not valid UTF-8 at byte 19 (0xe9)"},
      {"\x89PNG\r\n\x01\x02", "not valid UTF-8 at byte 0 (0x89)"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(AverDocument) document = aver_document_new();
    g_autoptr(GError) error = NULL;
    AverRecord record = record_of(cases[i].bytes, strlen(cases[i].bytes));
    g_assert_false(decode(NULL, &record, document, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_ENCODING);
    g_assert_nonnull(strstr(error->message, cases[i].place));
  }
}

static void expect(const char *bytes, gsize length, const char *set, const char *text,
                   const char *charset, const char *from)
{
  const char *const options[] = {set, NULL};
  g_autoptr(AverDocument) document = aver_document_new();
  g_autoptr(GError) error = NULL;
  AverRecord record = record_of(bytes, length);
  gboolean decoded = decode(options, &record, document, &error);
  g_assert_no_error(error);
  g_assert_true(decoded);
  assert_text(document, text, strlen(text));
  g_assert_cmpstr(aver_document_get_metadata(document, "charset"), ==, charset);
  g_assert_cmpstr(aver_document_get_metadata(document, "charset_from"), ==, from);
}

static void test_charset(void)
{
  static const char utf16[] = "\xfe\xff\0c\0a\0f\0\xe9";
  expect("caf\xe9", 4, "charset=ISO-8859-1", "café", "windows-1252", "protocol");
  expect("caf\xc3\xa9", 5, "charset=utf-8", "café", NULL, NULL);
  expect("\xef\xbb\xbf"
         "caf\xc3\xa9",
         8, "charset=windows-1252", "café", NULL, NULL);
  expect(utf16, sizeof utf16 - 1, NULL, "café", "utf-16be", "mark");
  const char *const unknown[] = {"charset=klingon", NULL};
  g_autoptr(GError) error = NULL;
  AverStage *stage = aver_testing_stage_new(plugin, unknown, NULL, NULL, NULL);
  g_assert_null(plugin->open(stage, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  aver_testing_stage_free(stage);
}

/* The place is that in the file, whatever came before the record. */
static void test_undecodable(void)
{
  const char *const set[] = {"charset=windows-1252", NULL};
  g_autoptr(AverDocument) document = aver_document_new();
  g_autoptr(GError) error = NULL;
  AverRecord record = record_of("no \x81 such", 9);
  record.offset = 100;
  g_assert_false(decode(set, &record, document, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_ENCODING);
  g_assert_cmpstr(error->message, ==, "the file is not valid windows-1252 at byte 103 (0x81)");
}

static void test_assumed(void)
{
  AverCharset charset;
  static const char text[] = "Der B\xfcrgermeister sagte: \x84Wir m\xfcssen \xfc"
                             "ber die Br\xfc"
                             "cke gehen, so sch\xf6n sie auch ist.\x93";
  if (!aver_charset_guess(&charset, text, sizeof text - 1)) {
    g_test_skip("this build cannot guess");
    return;
  }
  expect(text, sizeof text - 1, NULL,
         "Der Bürgermeister sagte: „Wir müssen über die Brücke gehen, so schön sie auch ist.“",
         "windows-1252", "assumed");
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
  g_test_add_func("/text-reader/charset", test_charset);
  g_test_add_func("/text-reader/undecodable", test_undecodable);
  g_test_add_func("/text-reader/assumed", test_assumed);
  g_test_add_func("/text-reader/folder-and-cursor", test_folder_and_cursor);
  return g_test_run();
}
