/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of sentence-splitter: any text is partitioned, and both scans see the same candidates. */
#include "../scan.h"
#include "splitting.h"

#include <string.h>

static const char *const settings[][3] = {
    {NULL},
    {"split_quotes=false", NULL},
    {"style=web", NULL},
    {"style=web", "split_quotes=false", NULL},
};

static gboolean is_space(const char *text, gsize length, gsize position)
{
  return aver_text_space(text, length, position) > 0;
}

/* Spans are in order, trimmed, not empty, and only white space stands outside them. */
static void check_partition(const char *text, gsize length, const char *const *set)
{
  g_autoptr(AverDocument) document = split_document(text, length, set);
  const AverLayer *layer = aver_document_get_layer(document, "sentence");
  const AverSpan *spans = aver_layer_get_spans(layer);
  guint32 position = 0, rows = aver_layer_get_n_rows(layer);
  for (guint32 i = 0; i <= rows; i++) {
    guint32 start = i == rows ? (guint32) length : spans[i].start;
    while (position < start) {
      guint n = aver_text_space(text, length, position);
      g_assert_cmpuint(n, >, 0);
      position += n;
    }
    g_assert_cmpuint(position, ==, start);
    if (i == rows)
      break;
    g_assert_cmpuint(spans[i].end, >, start);
    g_assert_cmpuint(spans[i].end, <=, length);
    AverSpan trimmed = aver_text_trim(text, spans[i]);
    g_assert_cmpuint(trimmed.start, ==, start);
    g_assert_cmpuint(trimmed.end, ==, spans[i].end);
    g_assert_false(is_space(text, length, start));
    position = spans[i].end;
  }
}

static void check_all(const char *text, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS(settings); i++)
    check_partition(text, length, settings[i]);
}

static const char *const pieces[] = {
    ".",
    "?",
    "!",
    "…",
    "。",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\xc2\xa0",
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "'",
    "(",
    ")",
    "[1]",
    "•",
    "—",
    "--",
    ":)",
    "1.",
    "2)",
    "a.",
    "(iv)",
    "Mr.",
    "U.S.",
    "p.m.",
    "The",
    "mill",
    "Pike",
    "said",
    "I",
    "http://a.b/c",
    "www.",
    "3.50",
    "é",
    "Ж",
    "今",
    "\xf0\x9f\x99\x82",
    "\f",
    "\t",
    "Figure 1",
    "etc.",
    "...",
    ". . .",
    "=)",
    "\xe2\x80\xa8",
    "\xef\xbb\xbf",
    "[...]",
    "N°.",
    "।",
};

static void test_random_partition(void)
{
  for (guint round = 0; round < (g_test_slow() ? 3000 : 400); round++) {
    g_autoptr(GString) text = g_string_new(NULL);
    gint n = g_test_rand_int_range(0, 40);
    for (gint i = 0; i < n; i++)
      g_string_append(text, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
    if (g_test_rand_bit())
      g_string_append_c(text, '\0');
    check_all(text->str, text->len);
  }
}

static void test_random_characters(void)
{
  for (guint round = 0; round < (g_test_slow() ? 300 : 100); round++) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < 300; i++) {
      gunichar c = (gunichar) g_test_rand_int_range(0, g_test_rand_bit() ? 0x80 : 0x3100);
      if (c == 0)
        g_string_append_c(text, '\0');
      else
        g_string_append_unichar(text, c);
    }
    check_all(text->str, text->len);
  }
}

static void test_hostile(void)
{
  gsize length = g_test_slow() ? 200000 : 40000;
  for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
    for (guint spaced = 0; spaced < 2; spaced++) {
      g_autoptr(GString) text = g_string_new(NULL);
      while (text->len < length) {
        g_string_append(text, pieces[i]);
        g_string_append(text, spaced ? " " : "");
      }
      check_all(text->str, text->len);
    }
  }
}

static void test_scans_agree(void)
{
  guint64 found[5], expected[5];
  guint8 bytes[5 * 64];
  for (guint round = 0; round < 20000; round++) {
    gsize length = (gsize) g_test_rand_int_range(0, sizeof bytes + 1);
    for (gsize i = 0; i < length; i++)
      bytes[i] = (guint8) (g_test_rand_bit()   ? 0x98 + g_test_rand_int_range(0, 6)
                           : g_test_rand_bit() ? 0xe2
                                               : g_test_rand_int_range(0, 256));
    for (guint gaps = 0; gaps < 2; gaps++) {
      memset(found, 0, sizeof found);
      memset(expected, 0, sizeof expected);
      scan_choose(gaps)(bytes, length, found);
      (gaps ? scan_gaps_portable : scan_portable)(bytes, length, expected);
      g_assert_cmpmem(found, sizeof found, expected, sizeof expected);
    }
  }
}

/* The portable scan is right about each byte by itself. */
static void test_scan_bytes(void)
{
  static const char candidates[] = ".?!)\n\v\f\r\xc2\xd8\xdb\xe0\xe2\xe3\xef";
  for (guint byte = 0; byte < 256; byte++) {
    guint8 text[2] = {(guint8) byte, 'a'};
    guint64 mask = 0;
    scan_portable(text, 2, &mask);
    g_assert_cmpuint(mask, ==, byte != 0 && strchr(candidates, (int) byte) != NULL);
    scan_gaps_portable(text, 1, &mask);
    g_assert_cmpuint(mask, ==,
                     byte == ' ' || (byte != 0 && strchr(candidates, (int) byte) != NULL));
  }
}

void add_robustness_tests(void)
{
  g_test_add_func("/sentence-splitter/partition/random", test_random_partition);
  g_test_add_func("/sentence-splitter/partition/characters", test_random_characters);
  g_test_add_func("/sentence-splitter/partition/hostile", test_hostile);
  g_test_add_func("/sentence-splitter/scan/agree", test_scans_agree);
  g_test_add_func("/sentence-splitter/scan/bytes", test_scan_bytes);
}
