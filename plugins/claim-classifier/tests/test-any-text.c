/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of what holds for any text: spans inside it, on character boundaries, in order. */
#include "bench.h"

#include <string.h>

static void check_boundary(const char *text, guint32 length, guint32 position)
{
  g_assert_cmpuint(position, <=, length);
  g_assert_true(position == length || ((guchar) text[position] & 0xc0) != 0x80);
}

static void check_rows(const Bench *bench, const AverLayer *claims)
{
  guint32 length;
  const char *text = aver_document_get_text(bench->document, &length);
  const AverSpan *spans = aver_layer_get_spans(claims), *last = NULL;
  for (guint32 i = 0; i < aver_layer_get_n_rows(claims); i++) {
    guint32 n;
    const AverSpan *cells = aver_layer_get_spans_cell(claims, i, AVER_CLAIM_CUE, &n);
    for (guint32 k = 0; k < n; k++) {
      g_assert_cmpuint(cells[k].start, <, cells[k].end);
      check_boundary(text, length, cells[k].start);
      check_boundary(text, length, cells[k].end);
    }
    float worth = aver_layer_get_f32(claims, i, AVER_CLAIM_CHECKWORTHY);
    g_assert_true(worth >= 0 && worth <= 1);
    g_assert_true(last == NULL || spans[i].start > last->start ||
                  (spans[i].start == last->start && spans[i].end >= last->end));
    last = &spans[i];
  }
}

/* Words of every class, marks and broken-looking characters, in any order. */
static char *random_text(GRand *random)
{
  static const char *const pieces[] = {
      "denied",   "accused", "of",           "will",         "if",    "not",    "no",
      "may",      "3-1",     "the",          "asked",        "\"",    "?",      ".",
      "\n",       ",",       "\xe2\x80\x9c", "\xe2\x80\x9d", "n't",   "called", "for",
      "We",       "said",    "that",         "it",           "would", "pay",    "\xf0\x9f\x90\x8e",
      "\xc3\xa9", "alleged", "should",       "warned",       "-",     "12",     "percent",
      "(",        ")",       "\x01",         "By",           "is",    "bad",    "\xe4\xb8\xad"};
  GString *text = g_string_new(NULL);
  guint n = (guint) g_rand_int_range(random, 0, 60);
  for (guint i = 0; i < n; i++) {
    g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
    if (g_rand_int_range(random, 0, 4) > 0)
      g_string_append_c(text, ' ');
  }
  return g_string_free(text, FALSE);
}

static AverSpan random_span(GRand *random, const char *text)
{
  gint length = (gint) strlen(text);
  guint32 a = (guint32) g_rand_int_range(random, 0, length + 1);
  guint32 b = (guint32) g_rand_int_range(random, 0, length + 1);
  AverSpan span = {MIN(a, b), MAX(a, b)};
  while (span.start > 0 && ((guchar) text[span.start] & 0xc0) == 0x80)
    span.start--;
  while (span.end < (guint32) length && ((guchar) text[span.end] & 0xc0) == 0x80)
    span.end++;
  return span;
}

static void test_any_text(void)
{
  Bench bench;
  g_autoptr(GRand) random = g_rand_new_with_seed(20190330);
  bench_init(&bench, NULL);
  for (guint round = 0; round < 3000; round++) {
    g_autofree char *text = random_text(random);
    bench_text(&bench, text);
    AverLayer *quotes = aver_document_add_layer(bench.document, &aver_quote_layer);
    for (gint n = g_rand_int_range(random, 0, 4); n > 0; n--) {
      AverSpan content = random_span(random, text), cue = random_span(random, text);
      guint32 row = (guint32) aver_layer_add(quotes, content.start, content.end);
      aver_layer_set_spans(quotes, row, AVER_QUOTE_CONTENT, &content, 1);
      aver_layer_set_spans(quotes, row, AVER_QUOTE_CUE, &cue, 1);
      aver_layer_set_i32(quotes, row, AVER_QUOTE_POLARITY, g_rand_int_range(random, 0, 3));
    }
    check_rows(&bench, bench_run(&bench));
  }
  bench_clear(&bench);
}

static void test_endless_sentence(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  g_autoptr(GString) text = g_string_new("If");
  for (guint i = 0; i < 20000; i++)
    g_string_append(text, " \"denied not that we will,");
  bench_text(&bench, text->str);
  AverLayer *claims = bench_run(&bench);
  g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 1);
  check_rows(&bench, claims);
  bench_clear(&bench);
}

void add_property_tests(void)
{
  g_test_add_func("/claim-classifier/property/any-text", test_any_text);
  g_test_add_func("/claim-classifier/property/endless-sentence", test_endless_sentence);
}
