/* SPDX-License-Identifier: Apache-2.0 */
/* What a page says of itself becomes metadata. */
#include "pages.h"

static void expect(const char *head, const char *key, const char *expected)
{
  Reading reading = {0};
  g_autofree char *page =
      g_strconcat("<html><head>", head, "</head><body><p>" FIRST "</p></body></html>", NULL);
  read_page(&reading, page, -1);
  g_assert_cmpstr(metadata_of(&reading, key), ==, expected);
  reading_clear(&reading);
}

#define LD(json) "<script type=\"application/ld+json\">" json "</script>"

static void test_linked_data(void)
{
  static const char article[] = LD("{\"@context\": \"https://schema.org\", \"@type\": "
                                   "\"NewsArticle\", \"headline\": \"No ferry &amp; no "
                                   "road\",\n \"datePublished\": \"2021-03-04T05:06:07+0100\", "
                                   "\"dateModified\": \"2021-03-05\", \"author\": "
                                   "[{\"@type\": \"Person\", \"name\": \"Ada Quill\"}, {\"name\": "
                                   "\"Bo Tarn\"}], \"publisher\": {\"name\": "
                                   "\"The Lorne Post\"}, \"inLanguage\": \"en-GB\"}");
  expect(article, "title", "No ferry & no road");
  expect(article, "published", "2021-03-04T05:06:07+01:00");
  expect(article, "modified", "2021-03-05");
  expect(article, "author", "Ada Quill, Bo Tarn");
  expect(article, "site", "The Lorne Post");
  expect(article, "language", "en-GB");
  expect(LD("{\"@graph\": [{\"@type\": \"WebSite\", \"name\": \"Post\"}, {\"@type\": "
            "[\"Article\"], \"author\": \"A. "
            "Quill\"}]}"),
         "author", "A. Quill");
  expect(LD("{\"@type\": \"Organization\", \"headline\": \"x\"}"), "title", NULL);
  expect(LD("not JSON"), "title", NULL);
  expect(LD("[{\"@type\": \"BlogPosting\", \"headline\": \"line\n end\"}]"), "title", "line end");
  expect(LD("{\"mainEntity\": {\"@type\": \"Article\", \"headline\": \"Main\"}}"), "title", "Main");
}

static void test_entities_in_data(void)
{
  static const char *const texts[][2] = {{"A &#38; b &#x26; c", "A & b & c"},
                                         {"&#X41;&#66;&eacute;", "AB\xc3\xa9"},
                                         {"&#0; &#xd800; &#x110000;", "&#0; &#xd800; &#x110000;"},
                                         {"&#10;&#27;x", "&#10;&#27;x"},
                                         {"&nothing; &; &", "&nothing; &; &"},
                                         {"&#-191;&# 65;&#x 41;", "&#-191;&# 65;&#x 41;"},
                                         {"&#65 &#000000065;", "&#65 A"},
                                         {"&thetasym;&#0000000065;", "\xcf\x91&#0000000065;"}};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *head =
        g_strdup_printf(LD("{\"@type\": \"Article\", \"headline\": \"%s\"}"), texts[i][0]);
    expect(head, "title", texts[i][1]);
  }
}

static void test_meta_elements(void)
{
  expect("<meta property=og:title content='No ferry'><title>No ferry | Post</title>", "title",
         "No ferry");
  expect("<title>No ferry - The Post</title><meta property=og:site_name content='The Post'>",
         "title", "No ferry");
  expect("<title> No\n ferry </title>", "title", "No ferry");
  expect("<meta name=author content='By Ada Quill'>", "author", "Ada Quill");
  expect("<meta property=article:author content='https://example.org/ada'>", "author", NULL);
  expect("<meta property=article:published_time content=2021-03-04T05:06Z>", "published",
         "2021-03-04T05:06:00Z");
  expect("<link rel=canonical href=https://example.org/a>", "url", "https://example.org/a");
  expect("<link rel=canonical href=/a><meta property=og:url content=https://example.org/b>", "url",
         "https://example.org/b");
  expect("<meta property=og:locale content=de_AT>", "language", "de-AT");
  expect("<meta name=description content=x>", "title", NULL);
  expect("<time itemprop=dateModified datetime=2021-03-05>", "modified", "2021-03-05");
  expect("<a rel='author noopener'>Ada Quill</a>", "author", "Ada Quill");
}

/* A long title is whole or is not there: cut short it could end within a character. */
static void test_long_titles(void)
{
  g_autoptr(GString) words = g_string_new(NULL);
  for (guint i = 0; i < 190; i++)
    g_string_append(words, i == 0 ? "d\xc3\xa9j\xc3\xa0" : " d\xc3\xa9j\xc3\xa0");
  g_autofree char *near = g_strdup_printf("<title>%s</title>", words->str);
  expect(near, "title", NULL);
  g_string_truncate(words, 7 * 140 - 1);
  g_autofree char *wide = g_strdup_printf("<title>%*s%s</title>", 200, "", words->str);
  expect(wide, "title", words->str);
  g_autofree char *wider = g_strdup_printf("<title>%*s%s</title>", 4000, "", words->str);
  expect(wider, "title", NULL);
}

static void test_elements(void)
{
  Reading reading = {0};
  read_page(&reading,
            "<html lang=fr><body><article><h1>Pas de bac</h1><span itemprop=author>Ada "
            "Quill</span> <time "
            "datetime=\"2021-03-04\">hier</time><p>" FIRST "</p></article></body></html>",
            -1);
  g_assert_cmpstr(metadata_of(&reading, "title"), ==, "Pas de bac");
  g_assert_cmpstr(metadata_of(&reading, "author"), ==, "Ada Quill");
  g_assert_cmpstr(metadata_of(&reading, "published"), ==, "2021-03-04");
  g_assert_cmpstr(metadata_of(&reading, "language"), ==, "fr");
  reading_clear(&reading);
}

static void test_dates(void)
{
  static const char *const dates[][2] = {
      {"2021-03-04", "2021-03-04"},
      {"2021/3/4", "2021-03-04"},
      {"20210304", "2021-03-04"},
      {"2021-03-04 17:30", "2021-03-04T17:30:00"},
      {"2021-03-04T17:30:01.123456-0330", "2021-03-04T17:30:01-03:30"},
      {"2021-03-04T17:30:01Z", "2021-03-04T17:30:01Z"},
      {"Thu, 04 Mar 2021 17:30:01 GMT", "2021-03-04T17:30:01Z"},
      {"March 4th, 2021, 5:30 pm", "2021-03-04T17:30:00"},
      {"Thursday 4 March 2021", "2021-03-04"},
      {"Sept 4, 2021", "2021-09-04"},
      {"2021-03-04T05:06+1", "2021-03-04T05:06:00"},
      {"2021-03-04T05:06+01:x", "2021-03-04T05:06:00"},
      {"2021-03-04T05:06+99:00", "2021-03-04T05:06:00"},
      {"2021-03 04", NULL},
      {"2021-03-", NULL},
      {"3/4/2021", NULL},
      {"2021-13-04", NULL},
      {"2021-02-30", NULL},
      {"yesterday", NULL},
      {"4 Brumaire 2021", NULL},
      {"0000-00-00", NULL},
      {"99999999999999999999", NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS(dates); i++) {
    g_autofree char *head = g_strdup_printf("<meta name=date content=\"%s\">", dates[i][0]);
    expect(head, "published", dates[i][1]);
  }
}

void add_metadata_tests(void)
{
  g_test_add_func("/html-reader/metadata/linked-data", test_linked_data);
  g_test_add_func("/html-reader/metadata/entities-in-data", test_entities_in_data);
  g_test_add_func("/html-reader/metadata/meta-elements", test_meta_elements);
  g_test_add_func("/html-reader/metadata/long-titles", test_long_titles);
  g_test_add_func("/html-reader/metadata/elements", test_elements);
  g_test_add_func("/html-reader/metadata/dates", test_dates);
}
