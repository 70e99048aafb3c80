/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of which rows a document gets, and of their labels. */
#include "bench.h"

#include <math.h>
#include <string.h>

static void test_no_quotes(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "Exports fell by 12 percent in 2014.\nWhat do you think?\n");
  AverLayer *claims = bench_run(&bench);
  g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 2);
  check_label(&bench, claims, 0, "CFS");
  check_label(&bench, claims, 1, "NFS");
  g_assert_cmpint(aver_layer_get_i32(claims, 0, AVER_CLAIM_QUOTE), ==, AVER_NONE);
  g_assert_cmpint(aver_layer_get_i32(claims, 1, AVER_CLAIM_SENTENCE), ==, 1);
  g_assert_null(aver_layer_get_string(claims, 0, AVER_CLAIM_CLAIMANT));
  bench_clear(&bench);
}

static void test_order_of_worth(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "Exports fell by 12 percent in 2014.\nI feel good about the future.\n");
  AverLayer *claims = bench_run(&bench);
  g_assert_cmpfloat(aver_layer_get_f32(claims, 0, AVER_CLAIM_CHECKWORTHY), >, 0.6);
  g_assert_cmpfloat(aver_layer_get_f32(claims, 1, AVER_CLAIM_CHECKWORTHY), <, 0.1);
  bench_clear(&bench);
}

static void test_quote_row(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "\"The port lost 400 jobs last year,\" Tilda Rusk said on Monday.");
  guint32 quote =
      bench_quote(&bench, "\"The port lost 400 jobs last year,\"", "said", "Tilda Rusk");
  AverLayer *claims = bench_run(&bench);
  AverSpan content = bench_find(&bench, "\"The port lost 400 jobs last year,\"");
  g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 2);
  g_assert_cmpuint(aver_layer_get_spans(claims)[0].start, ==, content.start);
  g_assert_cmpuint(aver_layer_get_spans(claims)[0].end, ==, content.end);
  g_assert_cmpint(aver_layer_get_i32(claims, 0, AVER_CLAIM_QUOTE), ==, (gint) quote);
  g_assert_cmpint(aver_layer_get_i32(claims, 0, AVER_CLAIM_SENTENCE), ==, 0);
  g_assert_cmpstr(aver_layer_get_string(claims, 0, AVER_CLAIM_CLAIMANT), ==, "Tilda Rusk");
  check_label(&bench, claims, 0, "CFS");
  bench_clear(&bench);
}

static void test_attribution_only(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "\"The port lost 400 jobs last year,\" she said on Monday.");
  bench_quote(&bench, "\"The port lost 400 jobs last year,\"", "said", "Tilda Rusk");
  AverLayer *claims = bench_run(&bench);
  g_assert_cmpint(aver_layer_get_i32(claims, 1, AVER_CLAIM_QUOTE), ==, AVER_NONE);
  check_label(&bench, claims, 1, "NFS");
  g_assert_cmpfloat(aver_layer_get_f32(claims, 1, AVER_CLAIM_CHECKWORTHY), ==, 0);
  bench_clear(&bench);
}

static void test_article_and_quote(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "The port, which fired 400 dockers in 2014, said it was not to blame.");
  bench_quote(&bench, "it was not to blame", "said", "the port");
  AverLayer *claims = bench_run(&bench);
  g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 2);
  check_label(&bench, claims, 0, "CFS");
  g_assert_cmpint(aver_layer_get_i32(claims, 0, AVER_CLAIM_CERTAINTY), ==, AVER_CERTAINTY_ASSERTED);
  g_assert_cmpint(aver_layer_get_i32(claims, 1, AVER_CLAIM_CERTAINTY), ==, AVER_CERTAINTY_NEGATED);
  bench_clear(&bench);
}

/* Who says it is part of what makes a claim worth checking: the whole sentence is judged. */
static void test_judged_with_its_source(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench,
             "Tilda Rusk said the port lost 400 jobs.\nTilda Rusk said the port lost 400 jobs.");
  AverLayer *claims = bench_run(&bench);
  float whole = aver_layer_get_f32(claims, 0, AVER_CLAIM_CHECKWORTHY);
  bench_text(&bench,
             "Tilda Rusk said the port lost 400 jobs.\nTilda Rusk said the port lost 400 jobs.");
  bench_quote(&bench, "the port lost 400 jobs", "said", "Tilda Rusk");
  claims = bench_run(&bench);
  g_assert_cmpfloat(aver_layer_get_f32(claims, 1, AVER_CLAIM_CHECKWORTHY), ==, whole);
  bench_clear(&bench);
}

static void test_own_saying(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "I think the port lost 400 jobs last year.");
  guint32 row = bench_quote(&bench, "the port lost 400 jobs last year", "think", "Tilda Rusk");
  AverSpan source = bench_find(&bench, "I");
  aver_layer_set_spans(aver_document_get_layer(bench.document, "quote"), row, AVER_QUOTE_SOURCE,
                       &source, 1);
  AverLayer *claims = bench_run(&bench);
  g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 1);
  g_assert_false(isnan(aver_layer_get_f32(claims, 0, AVER_CLAIM_PROBABILITY)));
  bench_clear(&bench);
}

static void test_not_said(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "Orlen Marsh did not say that he had sold the port.");
  guint32 row = bench_quote(&bench, "he had sold the port", "did not say", "Orlen Marsh");
  aver_layer_set_i32(aver_document_get_layer(bench.document, "quote"), row, AVER_QUOTE_POLARITY,
                     AVER_QUOTE_NOT_SAID);
  AverLayer *claims = bench_run(&bench);
  g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 1);
  g_assert_cmpint(aver_layer_get_i32(claims, 0, AVER_CLAIM_CERTAINTY), ==, AVER_CERTAINTY_NEGATED);
  bench_clear(&bench);
}

static void test_no_clause(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "Orlen Marsh denied the old rumours.");
  bench_quote(&bench, "the old rumours", "denied", "Orlen Marsh");
  AverLayer *claims = bench_run(&bench);
  g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 1);
  check_label(&bench, claims, 0, "UFS");
  g_assert_cmpint(aver_layer_get_i32(claims, 0, AVER_CLAIM_ACT), ==, AVER_ACT_DENIAL);
  bench_clear(&bench);
}

static void test_nested_quotes(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "The Herald reported that the bank said it had lost 40 million crowns.");
  bench_quote(&bench, "the bank said it had lost 40 million crowns", "reported", "The Herald");
  bench_quote(&bench, "it had lost 40 million crowns", "said", "the bank");
  AverLayer *claims = bench_run(&bench);
  g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 3);
  check_label(&bench, claims, 0, "NFS");
  check_label(&bench, claims, 1, "NFS");
  check_label(&bench, claims, 2, "CFS");
  g_assert_cmpstr(aver_layer_get_string(claims, 2, AVER_CLAIM_CLAIMANT), ==, "the bank");
  bench_clear(&bench);
}

static void test_long_quote(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench,
             "\"The port lost 400 jobs in 2014.\nThe ferry carried 900 people a day.\nNever.\"");
  bench_quote(&bench,
              "\"The port lost 400 jobs in 2014.\nThe ferry carried 900 people a day.\nNever.\"",
              "port", "Orlen Marsh");
  AverLayer *claims = bench_run(&bench);
  guint n_quoted = 0;
  for (guint32 i = 0; i < aver_layer_get_n_rows(claims); i++) {
    if (aver_layer_get_i32(claims, i, AVER_CLAIM_QUOTE) == AVER_NONE)
      continue;
    g_assert_cmpint(aver_layer_get_i32(claims, i, AVER_CLAIM_SENTENCE), ==, (gint) n_quoted++);
    g_assert_null(
        memchr(bench.text + aver_layer_get_spans(claims)[i].start, '\n',
               aver_layer_get_spans(claims)[i].end - aver_layer_get_spans(claims)[i].start));
  }
  g_assert_cmpuint(n_quoted, ==, 2);
  bench_clear(&bench);
}

static void test_keep_claims(void)
{
  Bench bench;
  bench_init(&bench, "keep=claims");
  bench_text(&bench, "What do you think?\nExports fell by 12 percent in 2014.\n");
  AverLayer *claims = bench_run(&bench);
  g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 1);
  g_assert_cmpint(aver_layer_get_i32(claims, 0, AVER_CLAIM_SENTENCE), ==, 1);
  bench_clear(&bench);
}

static void test_empty(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "");
  g_assert_cmpuint(aver_layer_get_n_rows(bench_run(&bench)), ==, 0);
  bench_clear(&bench);
}

void add_row_tests(void)
{
  g_test_add_func("/claim-classifier/rows/quote-judged-with-its-source",
                  test_judged_with_its_source);
  g_test_add_func("/claim-classifier/rows/what-one-says-oneself-has-no-row", test_own_saying);
  g_test_add_func("/claim-classifier/rows/without-quotes", test_no_quotes);
  g_test_add_func("/claim-classifier/rows/order-of-worth", test_order_of_worth);
  g_test_add_func("/claim-classifier/rows/with-a-quote", test_quote_row);
  g_test_add_func("/claim-classifier/rows/attribution-only", test_attribution_only);
  g_test_add_func("/claim-classifier/rows/article-and-quote", test_article_and_quote);
  g_test_add_func("/claim-classifier/rows/not-said", test_not_said);
  g_test_add_func("/claim-classifier/rows/quote-without-a-clause", test_no_clause);
  g_test_add_func("/claim-classifier/rows/nested-quotes", test_nested_quotes);
  g_test_add_func("/claim-classifier/rows/quote-over-sentences", test_long_quote);
  g_test_add_func("/claim-classifier/rows/keep-claims", test_keep_claims);
  g_test_add_func("/claim-classifier/rows/empty", test_empty);
}
