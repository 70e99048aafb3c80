/* SPDX-License-Identifier: Apache-2.0 */
/* Pages made to crash a reader, or to keep it busy. */
#include "pages.h"

#include <string.h>

static GString *repeat(const char *piece, guint n, const char *end)
{
  GString *page = g_string_new(NULL);
  for (guint i = 0; i < n; i++)
    g_string_append(page, piece);
  return g_string_append(page, end);
}

static void test_deep(void)
{
  static const char *const pieces[] = {"<div>",    "<b><i>",          "<blockquote>",
                                       "<ul><li>", "<table><tr><td>", "<section>"};
  for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
    Reading reading = {0};
    g_autoptr(GString) page =
        repeat(pieces[i], 40000 / (guint) (strlen(pieces[i]) / 5 + 1), "<p>" FIRST);
    g_assert_nonnull(strstr(read_page(&reading, page->str, (gssize) page->len), FIRST));
    reading_clear(&reading);
  }
}

/* Nothing is lost behind the 256 elements that libxml2's tree may nest. */
static void test_deeper_than_a_tree(void)
{
  Reading reading = {0};
  g_autoptr(GString) page = repeat("<div>", 300, "<p>" FIRST "</p>");
  for (guint i = 0; i < 300; i++)
    g_string_append(page, "</div>");
  g_string_append(page, "<p>" SECOND "</p>");
  const char *text = read_page(&reading, page->str, (gssize) page->len);
  g_assert_nonnull(strstr(text, FIRST));
  g_assert_nonnull(strstr(text, SECOND));
  reading_clear(&reading);
}

static void refuse(GString *page)
{
  g_autoptr(AverHtml) html = aver_html_new();
  g_autoptr(AverDocument) document = aver_document_new();
  g_autoptr(GError) error = NULL;
  g_assert_false(aver_html_read(html, page->str, page->len, NULL, document, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_LIMIT);
  /* What is refused leaves the reader as good as new. */
  static const char good[] = "<p>" FIRST "</p>";
  g_assert_true(aver_html_read(html, good, sizeof good - 1, NULL, document, NULL));
  guint32 length;
  g_assert_nonnull(aver_document_get_text(document, &length));
  g_assert_cmpuint(length, ==, strlen(FIRST));
  g_string_free(page, TRUE);
}

static void test_refused(void)
{
  refuse(repeat("<div>", 100001, ""));
  refuse(repeat("<b>x</b>", 600000, ""));
  GString *unmatched = repeat("<div>", 90000, "");
  for (guint i = 0; i < 30000; i++)
    g_string_append(unmatched, "</i>");
  refuse(unmatched);
}

static void test_long(void)
{
  static const char *const pieces[] = {
      "<",    "&",        "<!--", "<a href=\"", "<p ", "<li>subscribe ", "<br>", "&#0;",
      "\xff", "<script>", "]]>",  "</p>",       "<p>", "<title>",        "<h1>", "</"};
  for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
    Reading reading = {0};
    g_autoptr(GString) page = repeat(pieces[i], 20000, "");
    read_page(&reading, page->str, (gssize) page->len);
    reading_clear(&reading);
  }
}

static void test_attributes(void)
{
  Reading reading = {0};
  g_autoptr(GString) page = g_string_new("<p");
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf(page, " a%u=1", i);
  g_string_append(page, ">" FIRST "</p>");
  g_assert_cmpstr(read_page(&reading, page->str, (gssize) page->len), ==, FIRST);
  reading_clear(&reading);
}

static void test_nested_data(void)
{
  Reading reading = {0};
  g_autoptr(GString) page = repeat("[", 200000, "</script><p>" FIRST);
  g_string_prepend(page, "<script type=application/ld+json>");
  g_assert_cmpstr(read_page(&reading, page->str, (gssize) page->len), ==, FIRST);
  reading_clear(&reading);
}

/* Nothing is looked for to the end of a text from every place in it. */
static void test_long_data(void)
{
  Reading reading = {0};
  g_autoptr(GString) page = repeat("&", 2000000, "\"}</script><p>" FIRST);
  g_string_prepend(page, "<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":\"");
  g_assert_cmpstr(read_page(&reading, page->str, (gssize) page->len), ==, FIRST);
  reading_clear(&reading);
}

/* Any bytes give valid text, the same each time. */
static void test_any_bytes(void)
{
  static const char *const pieces[] = {
      "<p>", "</p>", "<div class=\"", "\">",      "<b", ">",  "&#x", ";",
      "\0",  "\xc3", "\x93",          "word",     " ",  "<!", "--",  "=",
      "'",   "/",    "<script>",      "</script>"};
  for (guint round = 0; round < 500; round++) {
    g_autoptr(GString) page = g_string_new(NULL);
    for (gint32 k = g_test_rand_int_range(0, 60); k > 0; k--) {
      const char *piece = pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))];
      g_string_append_len(page, piece, MAX(1, (gssize) strlen(piece)));
    }
    Reading first = {0}, second = {0};
    const char *text = read_page(&first, page->str, (gssize) page->len);
    g_assert_true(aver_utf8_validate(text, strlen(text), NULL));
    g_assert_cmpstr(text, ==, read_page(&second, page->str, (gssize) page->len));
    reading_clear(&first);
    reading_clear(&second);
  }
}

void add_hostile_tests(void)
{
  g_test_add_func("/html-reader/hostile/deep", test_deep);
  g_test_add_func("/html-reader/hostile/deeper-than-a-tree", test_deeper_than_a_tree);
  g_test_add_func("/html-reader/hostile/refused", test_refused);
  g_test_add_func("/html-reader/hostile/long", test_long);
  g_test_add_func("/html-reader/hostile/attributes", test_attributes);
  g_test_add_func("/html-reader/hostile/nested-data", test_nested_data);
  g_test_add_func("/html-reader/hostile/long-data", test_long_data);
  g_test_add_func("/html-reader/hostile/any-bytes", test_any_bytes);
}
