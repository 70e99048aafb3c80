/* SPDX-License-Identifier: Apache-2.0 */
/* What is an article's text and what is not. */
#include "pages.h"

#include <string.h>

#define PAGE(body) "<!DOCTYPE html><html><head><title>x</title></head><body>" body "</body></html>"
#define P(text)    "<p>" text "</p>"

static void expect(const char *page, const char *expected)
{
  Reading reading = {0};
  g_assert_cmpstr(read_page(&reading, page, -1), ==, expected);
  reading_clear(&reading);
}

static void expect_without(const char *page, const char *foreign)
{
  Reading reading = {0};
  const char *text = read_page(&reading, page, -1);
  if (strstr(text, foreign) != NULL)
    g_test_fail_printf("'%s' is in the text: %s", foreign, text);
  if (strstr(text, "cracks in both of its ramps.") == NULL)
    g_test_fail_printf("the article is not in the text of %s: %s", page, text);
  g_assert_nonnull(strstr(text, "if the weather allows."));
  reading_clear(&reading);
}

static void test_paragraphs(void)
{
  expect(PAGE("<article><h1>No ferry</h1>" P(FIRST) "\n\n<p>  " SECOND "\n</p>" P(THIRD)
                  P(FOURTH) "</article>"),
         FIRST "\n\n" SECOND "\n\n" THIRD "\n\n" FOURTH);
}

static void test_line_breaks(void)
{
  expect(PAGE("<div class=post-content>" FIRST "<br><br>" SECOND "<br/>\n<br/>" THIRD "<br>" FOURTH
              "</div>"),
         FIRST "\n\n" SECOND "\n\n" THIRD "\n" FOURTH);
}

static void test_furniture(void)
{
  static const char *const pieces[] = {
      "<nav><ul><li><a href=/n>Zebra</a><li><a href=/s>Sport</a></ul></nav>",
      "<aside><p>Zebra races at the zoo draw large crowds each Sunday in summer.</p></aside>",
      "<footer><p>Zebra Media. All rights reserved. Contact us, or read the terms of "
      "use.</p></footer>",
      "<div class=\"comments\"><div class=comment><p>Zebra, I think the board is right about all "
      "of "
      "this.</p></div></div>",
      "<div class=related-stories><ul><li><a href=/z>Zebra escapes from zoo</a></li></ul></div>",
      "<div class=\"share-tools\"><a href=/f>Zebra</a> <a href=/g>Share</a></div>",
      "<div id=cookie-banner><p>Zebra uses cookies. By going on you agree to all of "
      "them.</p></div>",
      "<div class=newsletter-signup><p>Sign up for Zebra, our weekly newsletter.</p></div>",
      "<p style=\"display: none\">Zebra text that nobody sees, however long it goes on and on.</p>",
      "<p hidden>Zebra text that nobody sees, however long it goes on and on.</p>",
      "<span class=\"screen-reader-text\">Zebra</span>",
      "<script>document.write('Zebra')</script><style>.Zebra{}</style><!-- Zebra -->",
      "<noscript>Zebra</noscript><template>Zebra</template><select><option>Zebra</select>",
  };
  for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
    g_autofree char *end =
        g_strconcat("<div class=article-body>" P(FIRST) P(SECOND) P(THIRD) P(FOURTH), pieces[i],
                    "</div>", NULL);
    expect_without(end, "Zebra");
    g_autofree char *outside = g_strconcat(
        pieces[i], "<main><article>" P(FIRST) P(SECOND) P(THIRD) P(FOURTH) "</article></main>",
        pieces[i], NULL);
    expect_without(outside, "Zebra");
  }
}

static void test_structure(void)
{
  expect(PAGE("<article>" P(FIRST) "<h2>What happens next</h2>" P(
             SECOND) "<blockquote><p>" THIRD "</p></blockquote>" P(FOURTH) "</article>"),
         FIRST "\n\nWhat happens next\n\n" SECOND "\n\n" THIRD "\n\n" FOURTH);
  expect(PAGE("<article>" P(FIRST) P(
             "The board gave three reasons for its decision:") "<ul><li>the ramps are cracked in "
                                                               "several places,</li><li>the crew "
                                                               "is too small for winter,</li>"
                                                               "<li>no other ship can be hired "
                                                               "before May.</li></ul>" P(SECOND)
                                                                   P(FOURTH) "</article>"),
         FIRST
         "\n\nThe board gave three reasons for its decision:\n\nthe ramps are cracked in several "
         "places,\n\n"
         "the crew is too small for winter,\n\nno other ship can be hired before May.\n\n" SECOND
         "\n\n" FOURTH);
}

static void test_nested_quotes(void)
{
  expect(PAGE("<article>" P(FIRST) "<blockquote><blockquote><p>" SECOND "</p></blockquote><p>" THIRD
                                   "</p></blockquote>" P(FOURTH) "</article>"),
         FIRST "\n\n" SECOND "\n\n" THIRD "\n\n" FOURTH);
}

static void test_live_blog(void)
{
  Reading reading = {0};
  const char *text = read_page(
      &reading,
      PAGE("<main><div class=live-posts><article><h3>14:05</h3>" P(FIRST)
               P(SECOND) "</article><article><h3>13:40</h3>" P(
                   THIRD) "</article><article><h3>12:00</h3>" P(FOURTH) "</article></div></main>"),
      -1);
  const char *parts[] = {FIRST, SECOND, THIRD, FOURTH};
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
    g_assert_nonnull(strstr(text, parts[i]));
    text = strstr(text, parts[i]);
  }
  reading_clear(&reading);
}

static void test_paywall(void)
{
  Reading reading = {0};
  const char *text = read_page(
      &reading,
      PAGE("<article class=story-body>" P(FIRST) P(
          SECOND) "<div class=paywall><p>Subscribe to read on.</p><a href=/s>Log in</a></div>"
                  "</article>"),
      -1);
  g_assert_cmpstr(text, ==, FIRST "\n\n" SECOND);
  reading_clear(&reading);
}

static void test_entities(void)
{
  expect(PAGE("<article><p>Tom &amp; Ada&#8217;s caf&eacute;&nbsp;&mdash; &quot;open&quot; "
              "&lt;daily&gt;, they said: "
              "&#145;come in&#146;, and many people did on that very first day.</p>" P(FIRST)
                  P(FOURTH) "</article>"),
         "Tom & Ada’s café — \"open\" <daily>, they said: ‘come in’, and many people did on that "
         "very first "
         "day.\n\n" FIRST "\n\n" FOURTH);
}

static void test_white_space(void)
{
  expect(
      PAGE(
          "<article><p>\t The  ferry <b>bet</b>ween\n\nPort<i> Lorne</i>\xe2\x80\x8b and Es\xc2\xad"
          "kel will not\xc2\xa0sail this winter, the board said. </p>" P(SECOND)
              P(FOURTH) "</article>"),
      "The ferry between Port Lorne and Eskel will not sail this winter, the board said.\n\n" SECOND
      "\n\n" FOURTH);
}

static void test_broken_markup(void)
{
  expect("<article><p>" FIRST "<p>" SECOND "</b></i><p><b>" THIRD "<p>" FOURTH "</div></section>",
         FIRST "\n\n" SECOND "\n\n" THIRD "\n\n" FOURTH);
  expect("<p>" FIRST "</p></body></html><p>" SECOND "<p>" THIRD "</html>",
         FIRST "\n\n" SECOND "\n\n" THIRD);
  expect("<p class=\"a>" FIRST, "");
}

static void test_table(void)
{
  expect(PAGE("<article>" P(FIRST) P("The board's figures for the last three winters, in "
                                     "thousands:") "<table><tr><th>Winter</th><th>Cars</"
                                                   "th><th>People</th></tr><tr><td>2029</"
                                                   "td><td>14</td><td>51</td></tr>"
                                                   "</table>" P(SECOND) P(FOURTH) "</article>"),
         FIRST "\n\nThe board's figures for the last three winters, in "
               "thousands:\n\nWinter\tCars\tPeople\n\n"
               "2029\t14\t51\n\n" SECOND "\n\n" FOURTH);
}

/* What a heading heads goes, and the heading with it. */
static void test_idle_heading(void)
{
  expect(
      PAGE("<div class=article-body>" P(FIRST) P(SECOND) P(THIRD) P(
          FOURTH) "<h3>Elsewhere on the coast</h3><ul><li><a href=/a>Road closed by snow</a></li>"
                  "<li><a href=/b>Lighthouse sold at last</a></li></ul></div>"),
      FIRST "\n\n" SECOND "\n\n" THIRD "\n\n" FOURTH);
}

static void test_caption(void)
{
  expect(
      PAGE("<article>" P(
          FIRST) "<figure><img src=a.jpg><figcaption>The ramp at Eskel. Photo: B. Tarn</figcaption>"
                 "</figure>" P(SECOND) "<div class=wp-caption><img src=b.jpg><p "
                                       "class=wp-caption-text>Ida Renn, who chairs "
                                       "the board, on the quay.</p></div>" P(THIRD)
                                           P(FOURTH) "</article>"),
      FIRST "\n\n" SECOND "\n\n" THIRD "\n\n" FOURTH);
}

/* Where everything is called a comment, comments are what the page is about. */
static void test_forum(void)
{
  Reading reading = {0};
  const char *text = read_page(&reading,
                               PAGE("<div id=comments><div class=comment><p>" FIRST
                                    "</p></div><div class=comment><p>" SECOND
                                    "</p></div><div class=comment><p>" THIRD "</p></div></div>"),
                               -1);
  g_assert_nonnull(strstr(text, FIRST));
  g_assert_nonnull(strstr(text, THIRD));
  reading_clear(&reading);
}

static void test_twice(void)
{
  expect(PAGE("<article>" P(FIRST) P(SECOND) P(FIRST) P(FOURTH) "</article>"),
         FIRST "\n\n" SECOND "\n\n" FOURTH);
}

static void test_nothing(void)
{
  static const char *const pages[] = {"",
                                      " ",
                                      "<",
                                      "<html>",
                                      "<html><head><title>x</title></head></html>",
                                      "<!DOCTYPE html>",
                                      "<!--",
                                      "<script>",
                                      "<p></p>",
                                      "&",
                                      "\xef\xbb\xbf"};
  for (guint i = 0; i < G_N_ELEMENTS(pages); i++) {
    Reading reading = {0};
    const char *text = read_page(&reading, pages[i], -1);
    g_assert_cmpuint(strlen(text), <, 2);
    reading_clear(&reading);
  }
}

/* Plain text in a file named .html. */
static void test_no_markup(void)
{
  expect(FIRST "\n" SECOND, FIRST " " SECOND);
}

void add_article_tests(void)
{
  g_test_add_func("/html-reader/article/paragraphs", test_paragraphs);
  g_test_add_func("/html-reader/article/line-breaks", test_line_breaks);
  g_test_add_func("/html-reader/article/furniture", test_furniture);
  g_test_add_func("/html-reader/article/structure", test_structure);
  g_test_add_func("/html-reader/article/nested-quotes", test_nested_quotes);
  g_test_add_func("/html-reader/article/live-blog", test_live_blog);
  g_test_add_func("/html-reader/article/paywall", test_paywall);
  g_test_add_func("/html-reader/article/entities", test_entities);
  g_test_add_func("/html-reader/article/white-space", test_white_space);
  g_test_add_func("/html-reader/article/broken-markup", test_broken_markup);
  g_test_add_func("/html-reader/article/table", test_table);
  g_test_add_func("/html-reader/article/idle-heading", test_idle_heading);
  g_test_add_func("/html-reader/article/caption", test_caption);
  g_test_add_func("/html-reader/article/forum", test_forum);
  g_test_add_func("/html-reader/article/twice", test_twice);
  g_test_add_func("/html-reader/article/nothing", test_nothing);
  g_test_add_func("/html-reader/article/no-markup", test_no_markup);
}
