/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of libaver-page: what an article says of its document, and what of it is escaped. */
#include <aver/aver.h>
#include <aver/page.h>
#include <string.h>

static AverDocument *make_document(const char *text)
{
  g_autoptr(GError) error = NULL;
  AverDocument *document = aver_document_new_from_text("one", text, -1, &error);
  g_assert_no_error(error);
  return document;
}

static char *make_article(const AverDocument *document)
{
  g_autoptr(AverPage) page = aver_page_new(document);
  g_auto(AverBuffer) article = {0}, out = {0};
  aver_page_append_article(&article, page, 3);
  aver_page_print_anchored(&out, article.data, article.length, "a-");
  g_assert_null(memchr(out.data, *AVER_PAGE_ANCHOR, out.length));
  return g_strndup(out.data, out.length);
}

/* The article of "WORDS said it leaks", said by @speaker. */
static char *make_attribution(const char *words, const char *speaker)
{
  g_autofree char *text = g_strconcat(words, " said it leaks", NULL);
  g_autoptr(AverDocument) document = make_document(text);
  AverLayer *quotes = aver_document_add_layer(document, &aver_quote_layer);
  guint32 n = (guint32) strlen(words);
  const AverSpan source = {0, n}, content = {n + 6, n + 14};
  guint32 row = (guint32) aver_layer_add(quotes, 0, n + 14);
  aver_layer_set_spans(quotes, row, AVER_QUOTE_CONTENT, &content, 1);
  aver_layer_set_spans(quotes, row, AVER_QUOTE_SOURCE, &source, 1);
  aver_layer_set_string(quotes, row, AVER_QUOTE_SPEAKER, speaker, -1);
  aver_layer_set_i32(quotes, row, AVER_QUOTE_KIND, AVER_QUOTE_DIRECT);
  return make_article(document);
}

static void test_names(void)
{
  static const struct {
    const char *words, *speaker;
    gboolean is_named;
  } cases[] = {{"Mayor QUILL", "Ada Quill", TRUE},
               {"the council", "council", TRUE},
               {"she", "Ada Quill", FALSE}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *article = make_attribution(cases[i].words, cases[i].speaker);
    g_autofree char *note = g_strdup_printf("<small class=\"who\">[%s]</small>", cases[i].speaker);
    g_assert_cmpint(strstr(article, note) == NULL, ==, cases[i].is_named);
  }
}

static void test_anchors(void)
{
  g_autofree char *article = make_attribution("She", "Ada Quill");
  static const char *const parts[] = {"<article class=\"doc\" id=\"a-d\" aria-labelledby=\"a-h\">",
                                      "<h3 id=\"a-h\">",
                                      "<h4>Quotes: 1</h4>",
                                      "id=\"a-q0\"",
                                      "href=\"#a-Q0\"",
                                      "<li class=\"s0 k-direct\" id=\"a-Q0\">"};
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
    if (strstr(article, parts[i]) == NULL) {
      g_test_message("no '%s' in %s", parts[i], article);
      g_test_fail();
    }
}

static void test_escaping(void)
{
  g_autoptr(AverDocument) document = make_document("<b>\x01 a-\xe2\x80\xae\"'&</b>");
  g_autofree char *article = make_article(document);
  g_assert_nonnull(strstr(article, "&lt;b&gt;\\u0001 a-\\u202e&quot;&#39;&amp;&lt;/b&gt;</p>"));
  g_autoptr(AverPage) page = aver_page_new(document);
  g_assert_cmpstr(aver_page_get_title(page), !=, "one");
}

static void test_titles(void)
{
  g_autoptr(AverDocument) empty = make_document(" \n\n"), text = make_document("\n Two\nthree");
  g_autoptr(AverPage) none = aver_page_new(empty), first = aver_page_new(text);
  g_assert_cmpstr(aver_page_get_title(none), ==, "one");
  g_assert_cmpstr(aver_page_get_title(first), ==, "Two");
  aver_document_set_metadata(text, "title", "Four", FALSE);
  g_autoptr(AverPage) titled = aver_page_new(text);
  g_assert_cmpstr(aver_page_get_title(titled), ==, "Four");
  g_autoptr(GString) words = g_string_new("x");
  for (guint i = 0; i < 100; i++)
    g_string_append(words, "\xc3\xa9");
  g_autoptr(AverDocument) wide = make_document(words->str);
  g_autoptr(AverPage) cut = aver_page_new(wide);
  g_string_truncate(words, 159);
  g_assert_cmpstr(aver_page_get_title(cut), ==, words->str);
}

static void test_head(void)
{
  g_autofree char *head = aver_page_make_head();
  g_auto(AverBuffer) out = {0};
  aver_page_print_head(&out, head, "A & B", "x\" onload=\"");
  aver_buffer_append_char(&out, '\0');
  g_assert_true(g_str_has_prefix(out.data, "<!DOCTYPE html>\n<html lang=\"en\">"));
  g_assert_nonnull(strstr(out.data, "default-src 'none'; style-src 'sha256-"));
  g_assert_nonnull(strstr(out.data, "<title>A &amp; B</title>"));
  g_assert_nonnull(strstr(out.data, aver_page_get_style()));
}

/* Documents of thousands of rows have pages of a size to be looked at. */
static void test_many_rows(void)
{
  g_autoptr(AverDocument) document = make_document("Rain. Rain. Rain.");
  AverLayer *quotes = aver_document_add_layer(document, &aver_quote_layer);
  AverLayer *tokens = aver_document_add_layer(document, &aver_claim_layer);
  const AverLayerType *const *types = aver_layer_types_parse("mark(size:i32)", NULL);
  AverLayer *marks = aver_document_add_layer(document, types[0]);
  (void) tokens;
  for (guint i = 0; i < 300; i++) {
    aver_layer_set_i32(marks, (guint32) aver_layer_add(marks, 0, 4), 0, (gint32) i);
    g_autofree char *speaker = g_strdup_printf("Speaker %02u", i);
    guint32 row = (guint32) aver_layer_add(quotes, 0, 4);
    const AverSpan content = {0, 4};
    aver_layer_set_spans(quotes, row, AVER_QUOTE_CONTENT, &content, 1);
    aver_layer_set_string(quotes, row, AVER_QUOTE_SPEAKER, speaker, -1);
  }
  g_autofree char *article = make_article(document);
  g_assert_nonnull(strstr(article, "class=\"f10\"> Speaker 10</label>"));
  g_assert_nonnull(strstr(article, "class=\"f11\"> all others</label>"));
  g_assert_null(strstr(article, "class=\"f12\""));
  g_assert_nonnull(strstr(article, "<td>199</td>"));
  g_assert_null(strstr(article, "<td>200</td>"));
  g_assert_nonnull(strstr(article, "and 100 more rows."));
}

/* A source and a cue of several pieces, the first of which has no characters. */
static void test_empty_spans(void)
{
  g_autoptr(AverDocument) document = make_document("Rain, she said.");
  AverLayer *quotes = aver_document_add_layer(document, &aver_quote_layer);
  const AverSpan content = {0, 4}, source[] = {{2, 2}, {6, 9}},
                 cue[] = {{3, 3}, {10, 14}, {15, 15}};
  guint32 row = (guint32) aver_layer_add(quotes, 0, 15);
  aver_layer_set_spans(quotes, row, AVER_QUOTE_CONTENT, &content, 1);
  aver_layer_set_spans(quotes, row, AVER_QUOTE_SOURCE, source, 2);
  aver_layer_set_spans(quotes, row, AVER_QUOTE_CUE, cue, 3);
  g_autofree char *article = make_article(document);
  static const char *const once[] = {"<span id=\"a-u0\"></span>", "<span id=\"a-v0\"></span>",
                                     "href=\"#a-u0\">said</a>", "href=\"#a-v0\">she</a>"};
  for (guint i = 0; i < G_N_ELEMENTS(once); i++) {
    const char *found = strstr(article, once[i]);
    if (found == NULL || strstr(found + 1, once[i]) != NULL)
      g_test_fail_printf("'%s' is not there once in %s", once[i], article);
  }
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/page/names", test_names);
  g_test_add_func("/page/anchors", test_anchors);
  g_test_add_func("/page/escaping", test_escaping);
  g_test_add_func("/page/titles", test_titles);
  g_test_add_func("/page/head", test_head);
  g_test_add_func("/page/many-rows", test_many_rows);
  g_test_add_func("/page/empty-spans", test_empty_spans);
  return g_test_run();
}
