/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the types of claims, and of what explains a row. */
#include "bench.h"

#include <math.h>

typedef struct {
  const char *text;
  guint32 types;
} Case;

static const Case cases[] = {
    {"The ferry carried 900 people.", AVER_TYPE_QUANTITY | AVER_TYPE_EVENT},
    {"The ferry sank in 2014.", AVER_TYPE_EVENT},
    {"Rents are higher than in Orlen.", AVER_TYPE_COMPARISON},
    {"The harbour is closed because of the fog.", AVER_TYPE_CAUSE},
    {"Fishing at night is illegal.", AVER_TYPE_RULES},
    {"The ferry will stop on Sundays.", AVER_TYPE_PREDICTION},
    {"The 5G mast is new.", 0},
    {"I worked in that mill.", AVER_TYPE_PERSONAL | AVER_TYPE_EVENT},
    {"The plan is reckless.", AVER_TYPE_OPINION},
    {"Tilda Rusk supports the new bridge.", AVER_TYPE_POSITION},
    {"The island has a lighthouse.", 0},
};

static void test_types(gconstpointer data)
{
  const Case *one = data;
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, one->text);
  AverLayer *claims = bench_run(&bench);
  g_test_message("%s", one->text);
  g_assert_cmphex(aver_layer_get_flags(claims, 0, AVER_CLAIM_TYPES), ==, one->types);
  bench_clear(&bench);
}

static const AverReason *find_reason(const AverExplanation *explanation, AverReasonKind kind,
                                     const char *words)
{
  guint32 n;
  const AverReason *reasons = aver_explanation_get_reasons(explanation, &n);
  for (guint32 i = 0; i < n; i++)
    if (reasons[i].kind == kind && strstr(reasons[i].name, words) != NULL)
      return &reasons[i];
  return NULL;
}

static void test_explained_by_words(void)
{
  Bench bench;
  g_autoptr(AverExplanation) explanation = aver_explanation_new();
  bench_init(&bench, NULL);
  bench_text(&bench, "Exports may have fallen by 12 percent in 2014.");
  AverLayer *claims = bench_run(&bench);
  bench_explain(&bench, 0, explanation);
  const AverReason *score = find_reason(explanation, AVER_REASON_SCORE, "label CFS");
  g_assert_nonnull(score);
  g_assert_cmpfloat_with_epsilon(
      score->weight, (double) aver_layer_get_f32(claims, 0, AVER_CLAIM_PROBABILITY), 1e-6);
  g_assert_nonnull(find_reason(explanation, AVER_REASON_ALTERNATIVE, "label NFS"));
  g_assert_nonnull(find_reason(explanation, AVER_REASON_FEATURE, "percent"));
  const AverReason *hedged = find_reason(explanation, AVER_REASON_RULE, "certainty hedged");
  g_assert_nonnull(hedged);
  g_assert_cmpuint(hedged->span.start, ==, bench_find(&bench, "may").start);
  g_assert_nonnull(find_reason(explanation, AVER_REASON_RULE, "type quantity"));
  bench_clear(&bench);
}

static void test_explained_by_rule(void)
{
  Bench bench;
  g_autoptr(AverExplanation) explanation = aver_explanation_new();
  bench_init(&bench, NULL);
  bench_text(&bench, "Click here to subscribe.");
  AverLayer *claims = bench_run(&bench);
  bench_explain(&bench, 0, explanation);
  g_assert_true(isnan(aver_layer_get_f32(claims, 0, AVER_CLAIM_PROBABILITY)));
  g_assert_nonnull(find_reason(explanation, AVER_REASON_RULE, "page furniture"));
  g_assert_null(find_reason(explanation, AVER_REASON_FEATURE, ""));
  bench_clear(&bench);
}

static void test_quote_explained(void)
{
  Bench bench;
  g_autoptr(AverExplanation) explanation = aver_explanation_new();
  bench_init(&bench, NULL);
  bench_text(&bench, "Tilda Rusk denied that the port had lost 400 jobs.");
  bench_quote(&bench, "the port had lost 400 jobs", "denied", "Tilda Rusk");
  AverLayer *claims = bench_run(&bench);
  g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 2);
  bench_explain(&bench, 1, explanation);
  g_assert_nonnull(find_reason(explanation, AVER_REASON_RULE, "act denial"));
  bench_clear(&bench);
}

void add_type_tests(void)
{
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *name = g_strdup_printf("/claim-classifier/types/%u", i);
    g_test_add_data_func(name, &cases[i], test_types);
  }
  g_test_add_func("/claim-classifier/explain/by-words-cues-and-probability",
                  test_explained_by_words);
  g_test_add_func("/claim-classifier/explain/by-the-rule-that-decided", test_explained_by_rule);
  g_test_add_func("/claim-classifier/explain/a-quote", test_quote_explained);
}
