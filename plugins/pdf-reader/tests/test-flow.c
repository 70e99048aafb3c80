/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of pdf-reader: how lines become paragraphs. What poppler gives is tested by
 * tests/pipelines/test-pdf.py. */
#include "flow.h"

#include <math.h>

/* A line of a page to be: 5 points a character, its height the size of the type. */
typedef struct {
  double left, top, size;
  const char *text;
} Piece;

static void add_page(Flow *flow, const Piece *pieces, guint n)
{
  g_autoptr(GString) text = g_string_new(NULL);
  g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(Box));
  for (guint i = 0; i < n; i++) {
    double left = pieces[i].left;
    for (const char *p = pieces[i].text; *p != '\0'; p = g_utf8_next_char(p), left += 5) {
      Box box = {left, pieces[i].top, left + 5, pieces[i].top + pieces[i].size};
      g_array_append_val(boxes, box);
    }
    Box end = {left, pieces[i].top, left, pieces[i].top + pieces[i].size};
    g_array_append_val(boxes, end);
    g_string_append_printf(text, "%s\n", pieces[i].text);
  }
  flow_add_page(flow, text->str, (const Box *) (gpointer) boxes->data, boxes->len, 800);
}

static void assert_text(Flow *flow, const char *expected)
{
  g_autoptr(GString) text = g_string_new(NULL);
  flow_write(flow, text);
  g_assert_cmpstr(text->str, ==, expected);
}

static void assert_page(const Piece *pieces, guint n, const char *expected)
{
  g_auto(Flow) flow;
  flow_init(&flow);
  add_page(&flow, pieces, n);
  assert_text(&flow, expected);
}

#define ASSERT_PAGE(expected, ...)                                                                 \
  {                                                                                                \
    const Piece pieces[] = {__VA_ARGS__};                                                          \
    assert_page(pieces, G_N_ELEMENTS(pieces), expected);                                           \
  }

static void test_paragraphs(void)
{
  ASSERT_PAGE("The council met on Friday and talked of the ferry.\n\nNobody came.",
              {50, 100, 10, "The council met on Friday"}, {50, 112, 10, "and talked of the ferry."},
              {50, 136, 10, "Nobody came."});
  ASSERT_PAGE("A ferry for Dunmarch\n\nThe council met on Friday and", /* a heading */
              {50, 100, 18, "A ferry for Dunmarch"},
              {50, 122, 10, "The council met on Friday and"});
  ASSERT_PAGE("It was a long day for all of them.\n\nNobody came to see it in the end.",
              {50, 100, 10, "It was a long day for"}, {50, 112, 10, "all of them."},
              {65, 124, 10, "Nobody came to see"}, {50, 136, 10, "it in the end."});
  ASSERT_PAGE("\xe2\x80\xa2 bread\n\n\xe2\x80\xa2 cheese", {50, 100, 10, "\xe2\x80\xa2 bread"},
              {50, 112, 10, "\xe2\x80\xa2 cheese"});
  ASSERT_PAGE("Bread 2.50", {50, 100, 10, "Bread"}, {250, 101, 10, "2.50"});
}

static void test_columns_and_pages(void)
{
  ASSERT_PAGE("The mayor said that nobody had asked her about it.",
              {50, 100, 10, "The mayor said that"}, {50, 112, 10, "nobody had asked"},
              {300, 100, 10, "her about it."});
  g_auto(Flow) flow;
  flow_init(&flow);
  const Piece first[] = {{50, 100, 10, "The mayor said that"}, {50, 112, 10, "she had not been"}};
  const Piece second[] = {{50, 100, 10, "asked by anyone."}, {50, 112, 10, "The end of it all."}};
  add_page(&flow, first, 2);
  add_page(&flow, second, 2);
  assert_text(&flow, "The mayor said that she had not been asked by anyone. The end of it all.");
}

static void test_hyphens(void)
{
  ASSERT_PAGE("The govern-ment of some, well-known Anglo-Saxon part - and the govern-ment",
              {50, 100, 10, "The govern-ment of some, well-"}, {50, 112, 10, "known Anglo-"},
              {50, 124, 10, "Saxon part -"}, {50, 136, 10, "and the govern-"},
              {50, 148, 10, "ment"});
  ASSERT_PAGE("The government of the long-term ministers of 1990-91", {50, 100, 10, "The govern-"},
              {50, 112, 10, "ment of the long-"}, {50, 124, 10, "term minis\xc2\xad"},
              {50, 136, 10, "ters of 1990-"}, {50, 148, 10, "91"});
}

static void test_characters(void)
{
  ASSERT_PAGE("The office floor", {50, 100, 10,
                                   " The\xc2\xa0 o\xef\xac\x83"
                                   "ce  \x01\xef\xac\x82oor "});
}

static void test_furniture(void)
{
  static const char *const bodies[] = {"One day it rained.", "Then it snowed.",
                                       "At last it froze."};
  g_auto(Flow) flow;
  flow_init(&flow);
  for (guint i = 0; i < 3; i++) {
    g_autofree char *number = g_strdup_printf("Page %u of 3", i + 1);
    const Piece pieces[] = {{50, 30, 10, "The Harrowby Gazette"},
                            {50, 300, 10, bodies[i]},
                            {50, 312, 10, "It was in the Gazette."},
                            {50, 770, 10, number}};
    add_page(&flow, pieces, 4);
  }
  g_assert_cmpuint(flow_leave_out(&flow), ==, 6);
  assert_text(&flow, "One day it rained.\n\nIt was in the Gazette.\n\nThen it snowed.\n\n"
                     "It was in the Gazette.\n\nAt last it froze.\n\nIt was in the Gazette.");
}

/* A year at the foot of one page is no page number. */
static void test_numbers_that_stay(void)
{
  g_auto(Flow) flow;
  flow_init(&flow);
  const Piece first[] = {{50, 300, 10, "It was in"}, {50, 770, 10, "1990"}};
  const Piece second[] = {{50, 300, 10, "and in"}, {50, 770, 10, "1994"}};
  add_page(&flow, first, 2);
  add_page(&flow, second, 2);
  g_assert_cmpuint(flow_leave_out(&flow), ==, 0);
}

/* Found by fuzzing: a sign that stood for a number without being one. */
static void test_number_signs(void)
{
  g_auto(Flow) flow;
  flow_init(&flow);
  const Piece pieces[] = {{50, 300, 10, "It was"}, {50, 770, 10, "#"}};
  add_page(&flow, pieces, 2);
  add_page(&flow, pieces, 2);
  g_assert_cmpuint(flow_leave_out(&flow), ==, 0);
}

/* Boxes that are missing, or are none, cost the layout and no text. */
static void test_places_that_are_none(void)
{
  static const Box boxes[] = {{0, 0, 0, 0}, {9, 9, 1, 1}, {1, 1, (double) INFINITY, 2}};
  g_auto(Flow) flow;
  flow_init(&flow);
  flow_add_page(&flow, "abc\nde\n\n\nf", boxes, G_N_ELEMENTS(boxes), 0);
  flow_add_page(&flow, "", NULL, 0, 800);
  flow_leave_out(&flow);
  g_autoptr(GString) text = g_string_new(NULL);
  flow_write(&flow, text);
  g_assert_cmpuint(text->len, >=, 8);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/pdf-reader/paragraphs", test_paragraphs);
  g_test_add_func("/pdf-reader/columns-and-pages", test_columns_and_pages);
  g_test_add_func("/pdf-reader/hyphens", test_hyphens);
  g_test_add_func("/pdf-reader/characters", test_characters);
  g_test_add_func("/pdf-reader/furniture", test_furniture);
  g_test_add_func("/pdf-reader/numbers-that-stay", test_numbers_that_stay);
  g_test_add_func("/pdf-reader/number-signs", test_number_signs);
  g_test_add_func("/pdf-reader/places-that-are-none", test_places_that_are_none);
  return g_test_run();
}
