/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of newsml-reader: NewsML-G2 and NITF. */
#include "newsfile.h"

#include "reader-items.h"

extern const AverPlugin newsml_reader_LTX_aver_plugin;
static const AverPlugin *const plugin = &newsml_reader_LTX_aver_plugin;

void expect_news(const char *file, const char *key, const char *expected)
{
  g_autofree char *all = read_items(plugin, file, -1, key);
  g_assert_cmpstr(all, ==, expected);
}

#define G2(inner)                                                                                  \
  "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"g\" version=\"3\" "              \
  "xml:lang=\"en\">" inner "</newsItem>"
#define CONTENT(inner) "<contentSet>" inner "</contentSet>"
#define NITF(head, body)                                                                           \
  "<nitf><body><body.head>" head "</body.head><body.content>" body "</body.content></body></nitf>"

static void test_g2_content(void)
{
  expect_news(
      G2("<contentMeta><headline> Ferry\n stops</headline></contentMeta>" CONTENT(
          "<inlineXML contenttype=\"application/nitf+xml\">" NITF(
              "<hedline><hl1>Other</hl1></hedline>",
              "<p>One <person>Renn</person>.</p><hl2>Why</hl2><p>Two.</p><media><media-caption>"
              "no</media-caption></media>") "</inlineXML>")),
      NULL, "g|Ferry stops|One Renn.\n\nWhy\n\nTwo.|\n");
  expect_news(G2(CONTENT("<inlineXML><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>no"
                         "</title></head><body><p>One.</p><p>Two.</p></body></html></inlineXML>")),
              NULL, "g||One.\n\nTwo.|\n");
  expect_news(G2(CONTENT("<inlineData contenttype=\"text/plain\">1 &lt; 2\n\n&amp;amp;"
                         "</inlineData>")),
              NULL, "g||1 < 2\n\n&amp;|\n");
  expect_news(G2(CONTENT("<inlineData contenttype=\"text/plain\">\n  One.\n</inlineData>")), NULL,
              "g||One.|\n");
  expect_news(
      G2(CONTENT("<inlineData contenttype=\"text/html\">&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two."
                 "</inlineData>")),
      NULL, "g||One.\n\nTwo.|\n");
  expect_news(G2(CONTENT("<inlineData>One &lt; two.</inlineData>")), NULL, "g||One < two.|\n");
  expect_news(G2(CONTENT("<inlineData><p>One.</p><p>Two.</p></inlineData>")), NULL,
              "g||One.\n\nTwo.|\n");
  expect_news(G2(CONTENT("<inlineData contenttype=\"application/json\">{}</inlineData>")), NULL,
              "g|||\n");
  expect_news(G2(CONTENT("<inlineData encoding=\"base64\">AAAA</inlineData>") "<contentMeta>"
                                                                              "<description>A "
                                                                              "view.</description>"
                                                                              "</contentMeta>"),
              NULL, "g||A view.|\n");
}

static void test_g2_facts(void)
{
  static const char item[] =
      G2("<itemMeta><itemClass qcode=\"ninat:text\"/><provider qcode=\"x:LP\"><name>Lorne Press"
         "</name></provider><versionCreated>2025-01-02T03:04:05Z</versionCreated>"
         "<pubStatus qcode=\"stat:usable\"/></itemMeta><contentMeta><contentCreated>2025-01-01"
         "</contentCreated><creator><name>Ida Renn</name></creator><creator literal=\"O. Drost\"/>"
         "<language tag=\"de_AT\"/><subject><name>sea</name></subject><subject/></contentMeta>");
  static const char *const facts[][2] = {{"type", "text"},
                                         {"site", "Lorne Press"},
                                         {"status", "usable"},
                                         {"modified", "2025-01-02T03:04:05Z"},
                                         {"version", "3"},
                                         {"published", "2025-01-01"},
                                         {"language", "de-AT"},
                                         {"author", "Ida Renn, O. Drost"},
                                         {"record", "1"},
                                         {"offset", "0"},
                                         {"categories", "[\"sea\"]"}};
  for (guint i = 0; i < G_N_ELEMENTS(facts); i++) {
    g_autofree char *expected = g_strdup_printf("g|||%s\n", facts[i][1]);
    expect_news(item, facts[i][0], expected);
  }
}

static void test_g2_message(void)
{
  expect_news("<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><header><sent>now</sent>"
              "</header><itemSet xml:lang=\"fr\"><packageItem guid=\"p\"/><newsItem guid=\"a\">"
              "</newsItem><newsItem guid=\"b\"><x></newsItem><conceptItem guid=\"c\"/>"
              "<newsItem guid=\"d\" xml:lang=\"en\"/></itemSet></newsMessage>",
              "language",
              "p|||fr\na|||fr\n! line 1, byte 199: opening and ending tag mismatch: x line 1 and "
              "newsItem\n! the item is a 'conceptItem', which is no news; expected 'newsItem' or "
              "'packageItem'\nd|||en\n");
}

static void test_nitf(void)
{
  static const char file[] =
      "<?xml version=\"1.0\"?><!DOCTYPE nitf SYSTEM \"nitf-3-6.dtd\"><nitf xml:lang=\"en\"><head>"
      "<title>T</title><docdata><doc-id id-string=\"n1\"/><date.issue norm=\"20250203T091500Z\"/>"
      "<key-list><keyword key=\"ferry\"/></key-list></docdata><pubdata name=\"Post\"/></head>"
      "<body><body.head><hedline><hl1>No ferry</hl1></hedline><byline>By Ida Renn, <byttl>Staff"
      "</byttl></byline><dateline>LORNE</dateline></body.head><body.content><block><p>Caf&eacute;"
      "</p><table><tr><td>a</td><td>b</td></tr></table></block></body.content></body></nitf>";
  static const char *const facts[][2] = {
      {"author", "Ida Renn"},        {"site", "Post"},
      {"dateline", "LORNE"},         {"published", "2025-02-03T09:15:00Z"},
      {"categories", "[\"ferry\"]"}, {"language", "en"}};
  for (guint i = 0; i < G_N_ELEMENTS(facts); i++) {
    g_autofree char *expected = g_strdup_printf("n1|No ferry|Café\n\na\tb|%s\n", facts[i][1]);
    expect_news(file, facts[i][0], expected);
  }
}

static void test_nitf_without_parts(void)
{
  expect_news("<nitf><head><tobject><tobject.subject tobject.subject.type=\"Sea\" "
              "tobject.subject.detail=\"Ferries\"/><tobject.subject tobject.subject.matter="
              "\"Weather\"/></tobject></head><body><p>One.</p><p>Two.</p></body></nitf>",
              "categories", "/input:1||One.\n\nTwo.|[\"Sea\",\"Ferries\",\"Weather\"]\n");
}

static void test_other_files(void)
{
  expect_news("<rss/>", NULL,
              "! the outermost element is 'rss'; expected 'newsMessage', 'newsItem' or "
              "'packageItem' (NewsML-G2), 'nitf', or ninjs in JSON\n");
  expect_news("plain", NULL,
              "! the file is no XML; expected 'newsMessage', 'newsItem' or 'packageItem' "
              "(NewsML-G2), 'nitf', or ninjs in JSON\n");
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/newsml-reader/g2/content", test_g2_content);
  g_test_add_func("/newsml-reader/g2/facts", test_g2_facts);
  g_test_add_func("/newsml-reader/g2/message", test_g2_message);
  g_test_add_func("/newsml-reader/nitf", test_nitf);
  g_test_add_func("/newsml-reader/nitf/without-parts", test_nitf_without_parts);
  g_test_add_func("/newsml-reader/other-files", test_other_files);
  add_ninjs_tests();
  return g_test_run();
}
