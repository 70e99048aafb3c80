/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of newsml-reader: ninjs of all versions. */
#include "newsfile.h"

#include <aver/aver.h>

static void test_version_1(void)
{
  expect_news("{\"uri\":\"u\",\"headline\":\"H\",\"body_text\":\"One. Two.\",\"body_xhtml\":"
              "\"<p>One.</p><p>Two.</p>\",\"byline\":\"By Ida Renn\"}",
              "author", "u|H|One.\n\nTwo.|Ida Renn\n");
  expect_news("{\"uri\":\"u\",\"type\":\"picture\",\"description_text\":\"A \\u0000 <view>.\","
              "\"associations\":{\"x\":{\"headline\":\"no\",\"body_text\":\"no\"}}}",
              "type", "u||A   <view>.|picture\n");
}

static void test_later_versions(void)
{
  static const char *const patterns[] = {"contenttype", "contentType"};
  for (guint i = 0; i < G_N_ELEMENTS(patterns); i++) {
    g_autofree char *file = g_strdup_printf(
        "\xef\xbb\xbf "
        "{\"uri\":\"https://p.example/1\",\"headlines\":[{\"role\":\"short\",\"value\":\"s\"},"
        "{\"role\":\"main\",\"value\":\"Main\"}],\"bodies\":[{\"%s\":\"text/plain\",\"value\":"
        "\"no\"},{\"%s\":\"text/html\",\"value\":\"<h1>Main</h1><p>Yes\"}],\"by\":\"R\"}",
        patterns[i], patterns[i]);
    expect_news(file, "url", "https://p.example/1|Main|Yes|https://p.example/1\n");
  }
  expect_news(
      "{\"uri\":\"u\",\"versionCreated\":\"2025-01-02T03:04:05Z\",\"subjects\":[{\"name\":"
      "\"sea\"},7,{}],\"bodies\":[{\"contentType\":\"application/nitf+xml\",\"value\":\"<nitf>"
      "<body><body.content><p>N.</p></body.content></body></nitf>\"}]}",
      "categories", "u||N.|[\"sea\"]\n");
  expect_news(
      "{\"uri\":\"u\",\"descriptions\":[{\"role\":\"creditline\",\"value\":\"C\"},{\"role\":"
      "\"caption\",\"value\":\"View.\"}]}",
      NULL, "u||View.|\n");
}

static void test_broken(void)
{
  expect_news("{\"uri\":\"u\",}", NULL,
              "! malformed JSON at byte 11: expected a string, found '}'\n");
  expect_news("[{\"uri\":\"u\"}]", NULL,
              "! malformed JSON at byte 0: expected an object, found '['\n");
  expect_news("{\"a\":1}", NULL, "! the object has no 'uri', headline or body; expected ninjs\n");
  expect_news("{\"uri\":\"u\",\"body_nitf\":\"<nitf>\"}", NULL,
              "! NITF in the item: line 1, byte 6: premature end of data in tag nitf line 1\n");
}

/* What is in a feed of anyone's making is bounded. */
static void test_many(void)
{
  g_autoptr(GString) file = g_string_new("{\"uri\":\"u\"");
  for (guint i = 0; i < 2000; i++)
    g_string_append(file, ",\"a\":1");
  g_string_append_c(file, '}');
  expect_news(file->str, NULL, "! an object has more than 1000 members\n");
}

void add_ninjs_tests(void)
{
  g_test_add_func("/newsml-reader/ninjs/version-1", test_version_1);
  g_test_add_func("/newsml-reader/ninjs/later-versions", test_later_versions);
  g_test_add_func("/newsml-reader/ninjs/many-members", test_many);
  g_test_add_func("/newsml-reader/ninjs/broken", test_broken);
}
