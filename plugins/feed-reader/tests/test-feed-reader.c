/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of feed-reader: what an item's text and metadata are. */
#include "feeds.h"
#include "reader-items.h"

extern const AverPlugin feed_reader_LTX_aver_plugin;
static const AverPlugin *const plugin = &feed_reader_LTX_aver_plugin;

char *read_feed(const char *feed, gssize length, const char *key)
{
  return read_items(plugin, feed, length, key);
}

void expect_feed(const char *feed, const char *key, const char *expected)
{
  g_autofree char *got = read_feed(feed, -1, key);
  g_assert_cmpstr(got, ==, expected);
}

static void test_rss_text(void)
{
  expect_feed(RSS(ITEM("a", "<title>One</title><description>Short.</description><content:encoded>"
                            "<![CDATA[<p>First.</p><p>Second\n line.</p>]]></content:encoded>")),
              NULL, "a|One|First.\n\nSecond line.|\n");
  expect_feed(RSS(ITEM("a", "<description>&lt;p&gt;1 &amp;lt; 2&lt;/p&gt;x</description>")), NULL,
              "a||1 < 2\n\nx|\n");
  expect_feed(RSS(ITEM("a", "<description> Plain: 1 &lt; 2.\n\nNext. </description>")), NULL,
              "a||Plain: 1 < 2.\n\nNext.|\n");
  expect_feed(RSS(ITEM("a", "<description>Caf&amp;eacute;\n\nnext</description>")), NULL,
              "a||Café\n\nnext|\n");
  expect_feed(RSS(ITEM("a", "<description>Caf&eacute;&nbsp;x</description>")), NULL,
              "a||Café\xc2\xa0x|\n");
  expect_feed(RSS(ITEM("a", "<description><p>One</p> <p>Two &lt;</p></description>")), NULL,
              "a||One\n\nTwo <|\n");
  expect_feed(RSS(ITEM("a", "<media:title xmlns:media=\"http://search.yahoo.com/mrss/\">No"
                            "</media:title><title>Yes</title>")),
              NULL, "a|Yes||\n");
  expect_feed(RSS("<item><title>No name</title></item><item/>"), NULL,
              "/input:1|No name||\n/input:2|||\n");
}

static void test_atom_text(void)
{
  expect_feed(ATOM(ENTRY("a", "<title>x &lt;b&gt;</title><content>1 &lt; 2 &amp;amp;</content>")),
              NULL, "a|x <b>|1 < 2 &amp;|\n");
  expect_feed(ATOM(ENTRY("a", "<title type=\"html\">x &lt;b&gt;y&lt;/b&gt;</title><content "
                              "type=\"html\">&lt;p&gt;One&lt;p&gt;Two</content>")),
              NULL, "a|x y|One\n\nTwo|\n");
  expect_feed(ATOM(ENTRY("a", "<content type=\"xhtml\"><div "
                              "xmlns=\"http://www.w3.org/1999/xhtml\"><p>One<br/>line &amp;lt;</p>"
                              "<script>no</script><p>Two</p></div></content>")),
              NULL, "a||One\nline &lt;\n\nTwo|\n");
  expect_feed(ATOM(ENTRY("a", "<content src=\"x.pdf\"/><summary>Sum.</summary>")), NULL,
              "a||Sum.|\n");
  expect_feed(ATOM(ENTRY("a", "<content type=\"image/png\">AAAA</content><summary>\n Sum. "
                              "</summary>")),
              NULL, "a||Sum.|\n");
  expect_feed(ATOM(ENTRY("a", "<content type=\"text/plain\">1 &lt; 2</content>")), NULL,
              "a||1 < 2|\n");
  expect_feed("<entry xmlns=\"http://www.w3.org/2005/Atom\"><id>a</id><title>t</title></entry>",
              NULL, "a|t||\n");
  expect_feed(ATOM("<entry><content/></entry><entry><title/></entry>"), NULL,
              "/input:1|||\n/input:2|||\n");
}

static void test_dates(void)
{
  static const struct {
    const char *inner, *expected;
  } cases[] = {
      {"<pubDate>Wed, 02 Oct 2002 08:00:00 EST</pubDate>", "2002-10-02T08:00:00-05:00"},
      {"<pubDate>2 Oct 02 08:00 GMT</pubDate>", "2002-10-02T08:00:00Z"},
      {"<dc:date>2004-05-06</dc:date>", "2004-05-06"},
      {"<dc:date>20040506T070809+0200</dc:date>", "2004-05-06T07:08:09+02:00"},
      {"<pubDate>soon</pubDate><dc:date>2004-05-06</dc:date>", "2004-05-06"},
      {"<pubDate>3/4/2021</pubDate>", ""},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *feed =
        g_strconcat(RSS_BEGIN "<item><guid>a</guid>", cases[i].inner, "</item>" RSS_END, NULL);
    g_autofree char *expected = g_strdup_printf("a|||%s\n", cases[i].expected);
    expect_feed(feed, "published", expected);
  }
  expect_feed(ATOM(ENTRY("a", "<published>2025-01-02T03:04:05Z</published>"
                              "<updated>2025-01-03T03:04:05Z</updated>")),
              "published", "a|||2025-01-02T03:04:05Z\n");
  expect_feed(ATOM(ENTRY("a", "<updated>2025-01-03T03:04:05Z</updated>")), "published",
              "a|||2025-01-03T03:04:05Z\n");
}

static void test_people_and_places(void)
{
  expect_feed(RSS(ITEM("a", "<author>x@y.example (Ida Renn)</author>")
                      ITEM("b", "<author>x@y.example</author>")
                          ITEM("c", "<dc:creator>A</dc:creator><dc:creator>B</dc:creator>")),
              "author", "a|||Ida Renn\nb|||\nc|||A, B\n");
  expect_feed(ATOM("<author><name>All</name></author>" ENTRY("a", "")
                       ENTRY("b", "<author><name>Own</name></author>")),
              "author", "a|||All\nb|||Own\n");
  expect_feed(
      RSS(ITEM("a", "<link>/x?y=1&amp;z</link>") ITEM("https://p.example/q", "")
              ITEM("b", "<link>javascript:alert(1)</link>")),
      "url", "a|||https://post.example/x?y=1&z\nhttps://p.example/q|||https://p.example/q\nb|||\n");
  expect_feed(RSS(ITEM("a", "")), "site", "a|||Post\n");
  expect_feed(RSS(ITEM("a", "<dc:language>de_AT</dc:language>") ITEM("b", "")), "language",
              "a|||de-AT\nb|||en\n");
  expect_feed(RSS(ITEM("a", "<category>x</category><dc:subject>\"y\"</dc:subject>")), "categories",
              "a|||[\"x\",\"\\\"y\\\"\"]\n");
}

static void test_rdf(void)
{
  expect_feed("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
              "xmlns=\"http://purl.org/rss/1.0/\"><channel><title>Old</title></channel>"
              "<item rdf:about=\"https://o.example/1\"><title>T</title></item></rdf:RDF>",
              "site", "https://o.example/1|T||Old\n");
}

static void test_offsets(void)
{
  static const char feed[] = RSS(ITEM("a", "") "\n" ITEM("b", ""));
  g_autofree char *got = read_feed(feed, -1, "offset");
  gsize first = (gsize) (strstr(feed, "<item>") - feed);
  gsize second = (gsize) (strstr(feed, "<item><guid>b") - feed);
  g_autofree char *expected = g_strdup_printf("a|||%zu\nb|||%zu\n", first, second);
  g_assert_cmpstr(got, ==, expected);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/feed-reader/rss-text", test_rss_text);
  g_test_add_func("/feed-reader/atom-text", test_atom_text);
  g_test_add_func("/feed-reader/dates", test_dates);
  g_test_add_func("/feed-reader/people-and-places", test_people_and_places);
  g_test_add_func("/feed-reader/rdf", test_rdf);
  g_test_add_func("/feed-reader/offsets", test_offsets);
  add_hostile_tests();
  return g_test_run();
}
