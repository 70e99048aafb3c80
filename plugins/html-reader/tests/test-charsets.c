/* SPDX-License-Identifier: Apache-2.0 */
/* Character sets: declared or assumed, converted, and told. */
#include "pages.h"

static void expect(const char *page, gssize length, const char *text, const char *charset,
                   const char *from)
{
  Reading reading = {0};
  g_assert_cmpstr(read_page(&reading, page, length), ==, text);
  g_assert_cmpstr(metadata_of(&reading, "charset"), ==, charset);
  g_assert_cmpstr(metadata_of(&reading, "charset_from"), ==, from);
  g_assert_null(metadata_of(&reading, "charset_errors"));
  reading_clear(&reading);
}

#define TEXT(cafe)                                                                                 \
  "The harbour " cafe                                                                              \
  " will stay closed, the board said on Monday, and nobody knows why it should be so."

static void test_declared(void)
{
  static const char cafe[] = TEXT("café");
  expect("<p>" TEXT("caf\xc3\xa9"), -1, cafe, "utf-8", "assumed");
  expect("<meta charset=\"UTF-8\"><p>" TEXT("caf\xc3\xa9"), -1, cafe, "utf-8", "declared");
  expect("\xef\xbb\xbf<meta charset=latin1><p>" TEXT("caf\xc3\xa9"), -1, cafe, "utf-8", "mark");
  expect("<meta charset = 'iso-8859-1'><p>" TEXT("caf\xe9"), -1, cafe, "windows-1252", "declared");
  expect(
      "<META http-equiv=Content-Type content='text/html; charset=iso-8859-2'><p>" TEXT("caf\xe9"),
      -1, cafe, "iso-8859-2", "declared");
  expect("<meta charset=utf-16><p>" TEXT("caf\xc3\xa9"), -1, cafe, "utf-8", "declared");
}

static void test_windows(void)
{
  expect("<p>" TEXT("\x93"
                    "caf\xe9\x94\x97\x80"),
         -1, TEXT("“café”—€"), "windows-1252", "assumed");
  expect("<meta charset=klingon><p>" TEXT("caf\xe9"), -1, TEXT("café"), "windows-1252", "assumed");
}

static void test_utf16(void)
{
  static const char page[] = "<p>" TEXT("caf\xc3\xa9");
  static const struct {
    const char *set, *name, *mark;
  } sets[] = {{"UTF-16LE", "utf-16le", "\xff\xfe"}, {"UTF-16BE", "utf-16be", "\xfe\xff"}};
  for (guint i = 0; i < G_N_ELEMENTS(sets); i++) {
    gsize length;
    g_autofree char *converted = g_convert(page, -1, sets[i].set, "UTF-8", NULL, &length, NULL);
    g_autoptr(GString) marked = g_string_new_len(sets[i].mark, 2);
    g_string_append_len(marked, converted, (gssize) length);
    expect(marked->str, (gssize) marked->len, TEXT("café"), sets[i].name, "mark");
    expect(converted, (gssize) length, TEXT("café"), sets[i].name, "assumed");
  }
}

static void test_protocol(void)
{
  static const char page[] = "<meta charset=utf-8><p>" TEXT("caf\xe9");
  g_autoptr(AverHtml) html = aver_html_new();
  g_autoptr(AverDocument) document = aver_document_new();
  g_assert_true(aver_html_read(html, page, sizeof page - 1, "ISO-8859-15", document, NULL));
  g_assert_cmpstr(aver_document_get_metadata(document, "charset"), ==, "iso-8859-15");
  g_assert_cmpstr(aver_document_get_metadata(document, "charset_from"), ==, "protocol");
  g_assert_true(aver_html_knows_charset("Shift_JIS"));
  g_assert_false(aver_html_knows_charset("klingon"));
  g_assert_false(aver_html_knows_charset(""));
}

/* What is no character is replaced and counted: no page is lost for a byte. */
static void test_errors(void)
{
  static const char page[] = "<meta charset=utf-8><p>" TEXT("caf\xe9") "</p>\0\xff";
  Reading reading = {0};
  g_assert_cmpstr(read_page(&reading, page, sizeof page - 1), ==, TEXT("caf\xef\xbf\xbd"));
  g_assert_cmpstr(metadata_of(&reading, "charset_errors"), ==, "3");
  g_assert_cmpstr(metadata_of(&reading, "charset_error_at"), ==, "38");
  reading_clear(&reading);
}

void add_charset_tests(void)
{
  g_test_add_func("/html-reader/charset/declared", test_declared);
  g_test_add_func("/html-reader/charset/windows", test_windows);
  g_test_add_func("/html-reader/charset/utf-16", test_utf16);
  g_test_add_func("/html-reader/charset/protocol", test_protocol);
  g_test_add_func("/html-reader/charset/errors", test_errors);
}
