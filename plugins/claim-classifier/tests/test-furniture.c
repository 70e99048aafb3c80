/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of what stands on a page without claiming anything. */
#include "bench.h"

#include <string.h>

/* Every line but the last, which is there to show that others have full stops, is furniture. */
static void check_furniture(const char *text)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, text);
  AverLayer *claims = bench_run(&bench);
  guint32 n = aver_layer_get_n_rows(claims);
  g_assert_cmpuint(n, >=, 2);
  for (guint32 i = 0; i + 1 < n; i++) {
    check_label(&bench, claims, i, "NFS");
    g_assert_cmpfloat(aver_layer_get_f32(claims, i, AVER_CLAIM_CHECKWORTHY), ==, 0);
    g_assert_cmpint(aver_layer_get_i32(claims, i, AVER_CLAIM_ACT), ==, AVER_NONE);
    g_assert_cmpint(aver_layer_get_i32(claims, i, AVER_CLAIM_CERTAINTY), ==, AVER_NONE);
  }
  g_assert_cmpint(aver_layer_get_i32(claims, n - 1, AVER_CLAIM_ACT), !=, AVER_NONE);
  bench_clear(&bench);
}

static void test_headings(void)
{
  check_furniture("Council hides 40 million debt from voters\nThe debt grew in 2014.\n");
}

static void test_headings_of_lists(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "unemployment fell by 12 percent\nthe port lost 400 jobs in 2014\n");
  AverLayer *claims = bench_run(&bench);
  check_label(&bench, claims, 0, "CFS");
  check_label(&bench, claims, 1, "CFS");
  bench_clear(&bench);
}

static void test_credits(void)
{
  check_furniture("By Tilda Rusk and Orlen Marsh\nDUNMORE, Torvale \xe2\x80\x94\n"
                  "Friday, 4 January 2019\nOrlen Marsh contributed to this report.\n"
                  "Reporting by Tilda Rusk; editing by Orlen Marsh.\nRead more: the 2014 budget.\n"
                  "Published 3 hours ago.\nPage 2 of 9.\nFiled under Travel.\n"
                  "Sign up for our letter with 5 stories a day.\n"
                  "Copyright 2014 Dunmore Herald. All rights reserved.\nhttp://example.org/a\n"
                  "* * *\nThe debt grew in 2014.\n");
}

static void test_recipes(void)
{
  check_furniture(
      "200 g flour\nStir the onions for 5 minutes.\nBake for 40 minutes at 180 degrees.\n"
      "The debt grew in 2014.\n");
}

static void test_scores(void)
{
  check_furniture("Dunmore 3-1 Torvale\nDunmore beat Torvale 3-1 on Saturday.\n"
                  "The debt grew in 2014.\n");
}

static void test_no_score(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "The committee voted 5-4 to close the port.\nIt closed in 2014.\n");
  g_assert_cmpint(aver_layer_get_i32(bench_run(&bench), 0, AVER_CLAIM_ACT), !=, AVER_NONE);
  bench_clear(&bench);
}

void add_furniture_tests(void)
{
  g_test_add_func("/claim-classifier/furniture/headings", test_headings);
  g_test_add_func("/claim-classifier/furniture/no-headings-in-lists", test_headings_of_lists);
  g_test_add_func("/claim-classifier/furniture/credits", test_credits);
  g_test_add_func("/claim-classifier/furniture/recipes", test_recipes);
  g_test_add_func("/claim-classifier/furniture/scores", test_scores);
  g_test_add_func("/claim-classifier/furniture/votes-are-no-scores", test_no_score);
}
