/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of what nats-reader does without a server: cursors, formats. */
#include "../cursor.h"
#include "../format.h"

#include <string.h>

static void test_spans(void)
{
  g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(CursorSpan));
  g_autoptr(GString) text = g_string_new(NULL);
  cursor_write(text, 0, spans);
  g_assert_cmpstr(text->str, ==, "0");
  cursor_add(spans, 7, 3);
  cursor_add(spans, 8, 4);
  cursor_add(spans, 9, 6); /* another worker had the delivery between */
  cursor_add(spans, 11, 7);
  g_string_truncate(text, 0);
  cursor_write(text, 4, spans);
  g_assert_cmpstr(text->str, ==, "4 7.3.2,9.6.1,11.7.1");
}

static void test_read_back(void)
{
  g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(CursorSpan));
  guint64 number;
  g_assert_true(cursor_parse("4 7.3.2,9.6.1", &number, spans));
  g_assert_cmpuint(number, ==, 4);
  g_assert_cmpuint(spans->len, ==, 2);
  g_assert_cmpuint(g_array_index(spans, CursorSpan, 0).n, ==, 2);
  g_assert_cmpuint(g_array_index(spans, CursorSpan, 1).stream, ==, 9);
  g_assert_true(cursor_parse("18446744073709551615", &number, spans));
  g_assert_cmpuint(number, ==, G_MAXUINT64);
  g_assert_cmpuint(spans->len, ==, 0);
}

static void test_no_cursor(void)
{
  static const char *const bad[] = {"",
                                    "x",
                                    "1 ",
                                    "1 2.3",
                                    "1 2.3.0",
                                    "1 2.3.4,",
                                    "1,2.3.4",
                                    "1  2.3.4",
                                    "-1",
                                    "1 2.3.4 5",
                                    "1 2.-3.4",
                                    "18446744073709551616",
                                    "1 2.3.99999999",
                                    "1 18446744073709551615.1.2"};
  g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(CursorSpan));
  guint64 number;
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
    g_assert_false(cursor_parse(bad[i], &number, spans));
}

static void check_format(const char *type, const char *data, Format expected)
{
  g_assert_cmpint(format_find(type, data, strlen(data)), ==, expected);
}

static void test_formats(void)
{
  check_format(NULL, "{\"text\": \"It rained.\"}", FORMAT_JSON);
  check_format(NULL, "\xef\xbb\xbf \r\n{", FORMAT_JSON);
  check_format(NULL, "<!doctype html><p>It rained.", FORMAT_HTML);
  check_format(NULL, "%PDF-1.7", FORMAT_PDF);
  check_format(NULL, "It rained in Harrowby.", FORMAT_TEXT);
  check_format(NULL, "", FORMAT_TEXT);
  check_format("Text/Plain; charset=utf-8", "{", FORMAT_TEXT);
  check_format("application/vnd.iptc.g2.newsitem+xml", "<newsItem/>", FORMAT_NEWSML);
  check_format("image/png", "{", FORMAT_JSON);
}

/* The type that a dead letter gets is found again as the format that it was. */
static void test_types(void)
{
  for (guint32 i = 1; i < N_FORMATS; i++)
    check_format(format_get_type(i), "", (Format) i);
  g_assert_cmpstr(format_get_type(0), ==, "text/plain");
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/nats-reader/cursor/deliveries-in-a-row-are-one-span", test_spans);
  g_test_add_func("/nats-reader/cursor/is-read-back", test_read_back);
  g_test_add_func("/nats-reader/cursor/what-is-none-is-refused", test_no_cursor);
  g_test_add_func("/nats-reader/format/by-type-then-by-beginning", test_formats);
  g_test_add_func("/nats-reader/format/has-a-type-to-be-found-by", test_types);
  return g_test_run();
}
