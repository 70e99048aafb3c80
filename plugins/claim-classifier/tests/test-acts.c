/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of acts and certainty, with and without a quote around them. */
#include "bench.h"

#include <string.h>

typedef struct {
  const char *text;
  AverAct act;
  AverCertainty certainty;
  const char *cues;
} Case;

static void check_cases(const Case *cases, gsize n_cases)
{
  Bench bench;
  bench_init(&bench, NULL);
  for (gsize i = 0; i < n_cases; i++) {
    bench_text(&bench, cases[i].text);
    AverLayer *claims = bench_run(&bench);
    g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 1);
    g_autofree char *found = bench_cues(&bench, claims, 0);
    g_test_message("%s", cases[i].text);
    g_assert_cmpint(aver_layer_get_i32(claims, 0, AVER_CLAIM_ACT), ==, (gint) cases[i].act);
    g_assert_cmpint(aver_layer_get_i32(claims, 0, AVER_CLAIM_CERTAINTY), ==,
                    (gint) cases[i].certainty);
    g_assert_cmpstr(found, ==, cases[i].cues);
  }
  bench_clear(&bench);
}

#define CHECK(...)                                                                                 \
  do {                                                                                             \
    static const Case cases[] = {__VA_ARGS__};                                                     \
    check_cases(cases, G_N_ELEMENTS(cases));                                                       \
  } while (0)
#define ACT(act, text, cues)                                                                       \
  {                                                                                                \
    text, AVER_ACT_##act, AVER_CERTAINTY_ASSERTED, cues                                            \
  }

static void test_assertion(void)
{
  CHECK(ACT(ASSERTION, "The ferry company moved its offices to Dunmore in 2011.", ""),
        ACT(ASSERTION, "The council was denied access to the quarry.", ""),
        ACT(ASSERTION, "Demand for copper pipes rose by a third.", ""),
        ACT(ASSERTION, "The will was read to the family on Friday.", ""),
        ACT(ASSERTION, "Profits were higher than expected.", ""));
}

static void test_denial(void)
{
  CHECK(ACT(DENIAL, "Orlen Marsh has repeatedly denied the claims.", "denied"),
        ACT(DENIAL, "The mayor rejected the allegations.", "rejected"),
        ACT(DENIAL, "The allegations were denied by the bank.", "denied"),
        ACT(DENIAL, "The US denied the charge.", "denied"),
        ACT(DENIAL, "Accused of theft, the clerk denied the charge.", "denied"),
        {"Those stories are not true.", AVER_ACT_DENIAL, AVER_CERTAINTY_NEGATED, "not"});
}

static void test_no_denial(void)
{
  CHECK(ACT(ASSERTION, "The judge denied bail to the two brothers.", ""),
        ACT(ASSERTION, "Voters rejected the plan for a second tunnel.", ""));
}

static void test_allegation(void)
{
  CHECK(ACT(ALLEGATION, "The union accused the port of hiding the accounts.", "accused"),
        ACT(ALLEGATION, "Tenants blame the quarry for the cracks.", "blame"),
        ACT(ALLEGATION, "The clerk was charged with arson.", "charged"),
        {"The guard allegedly sold the keys to a dealer.", AVER_ACT_ALLEGATION,
         AVER_CERTAINTY_HEDGED, "allegedly"});
}

static void test_prediction(void)
{
  CHECK(ACT(PREDICTION, "The bank expects prices to rise.", "expects"),
        ACT(PREDICTION, "The tunnel will open in 2031.", "will"),
        ACT(PREDICTION, "The town is set to double in size.", "set"),
        ACT(PREDICTION, "Engineers warned that the wall would fall.", "warned"));
}

static void test_promise(void)
{
  CHECK(ACT(PROMISE, "The brewer vowed to refund every customer.", "vowed"),
        ACT(PROMISE, "We will rebuild the library.", "will"),
        ACT(PROMISE, "The brewer said it would pay the fine.", "would"),
        ACT(PROMISE, "Both towns agreed to reopen the crossing.", "agreed"));
}

static void test_demand(void)
{
  CHECK(ACT(DEMAND, "Nurses urged the clinic to hire more staff.", "urged"),
        ACT(DEMAND, "Campaigners called for a ban on night flights.", "called"),
        ACT(DEMAND, "The council must publish the figures.", "must"),
        ACT(DEMAND, "The judge ordered the firm to pay the bill.", "ordered"));
}

static void test_evaluation(void)
{
  CHECK(ACT(EVALUATION, "The plan is a disaster.", "disaster"),
        ACT(EVALUATION, "The bishop condemned the attack.", "condemned"),
        ACT(EVALUATION, "She described the law as cruel.", "described"));
}

static void test_question(void)
{
  CHECK(ACT(QUESTION, "Who paid for the trip?", "?"),
        ACT(QUESTION, "The clerk asked whether the boat had sunk.", "asked"));
}

static void test_subordinate(void)
{
  CHECK(ACT(ASSERTION, "The dust that we will see comes from the quarry.", ""),
        ACT(ASSERTION, "Guests left because the wait was too bad.", ""));
}

static void test_hedged(void)
{
  CHECK({"The painting may be a copy.", AVER_ACT_ASSERTION, AVER_CERTAINTY_HEDGED, "may"},
        {"The thieves reportedly used a stolen van.", AVER_ACT_ASSERTION, AVER_CERTAINTY_HEDGED,
         "reportedly"},
        {"Torvale and Vard signed the treaty in May 1998.", AVER_ACT_ASSERTION,
         AVER_CERTAINTY_ASSERTED, ""});
}

static void test_conditional(void)
{
  CHECK({"If the dam breaks, three villages will flood.", AVER_ACT_PREDICTION,
         AVER_CERTAINTY_CONDITIONAL, "If|will"},
        {"A fine is due unless the form arrives.", AVER_ACT_ASSERTION, AVER_CERTAINTY_CONDITIONAL,
         "unless"},
        {"The clerk asked if the boat had sunk.", AVER_ACT_QUESTION, AVER_CERTAINTY_ASSERTED,
         "asked"});
}

static void test_negated(void)
{
  CHECK({"No trains ran on Monday.", AVER_ACT_ASSERTION, AVER_CERTAINTY_NEGATED, "No"},
        {"The pilot didn\xe2\x80\x99t answer.", AVER_ACT_ASSERTION, AVER_CERTAINTY_NEGATED,
         "n\xe2\x80\x99t"},
        {"The pump is not working.", AVER_ACT_ASSERTION, AVER_CERTAINTY_NEGATED, "not"},
        {"Not only the roof but the walls fell.", AVER_ACT_ASSERTION, AVER_CERTAINTY_ASSERTED, ""},
        {"Sailors who did not swim drowned.", AVER_ACT_ASSERTION, AVER_CERTAINTY_ASSERTED, ""});
}

static void check_cue(const char *text, const char *content, const char *cue, AverAct act)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, text);
  bench_quote(&bench, content, cue, "Orlen Marsh");
  AverLayer *claims = bench_run(&bench);
  g_test_message("%s", text);
  g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 2);
  for (guint32 i = 0; i < 2; i++) {
    g_autofree char *found = bench_cues(&bench, claims, i);
    g_assert_cmpint(aver_layer_get_i32(claims, i, AVER_CLAIM_ACT), ==, (gint) act);
    g_assert_true(g_str_has_prefix(found, cue));
    g_assert_cmpstr(aver_layer_get_string(claims, i, AVER_CLAIM_LABEL), !=,
                    act == AVER_ACT_DENIAL || act == AVER_ACT_ALLEGATION ? "NFS" : "");
  }
  bench_clear(&bench);
}

static void test_cue_first(void)
{
  check_cue("Orlen Marsh denied that he had sold the port.", "he had sold the port", "denied",
            AVER_ACT_DENIAL);
  check_cue("Orlen Marsh accused the mayor of having sold the port.",
            "the mayor of having sold the port", "accused", AVER_ACT_ALLEGATION);
  check_cue("The port had been sold, Orlen Marsh alleged on Monday.", "The port had been sold",
            "alleged", AVER_ACT_ALLEGATION);
  check_cue("Orlen Marsh urged the mayor to sell the port.", "the mayor to sell the port", "urged",
            AVER_ACT_DEMAND);
  check_cue("Orlen Marsh vowed that the port had no future.", "the port had no future", "vowed",
            AVER_ACT_PROMISE);
  check_cue("Orlen Marsh warned that the port would close.", "the port would close", "warned",
            AVER_ACT_PREDICTION);
  check_cue("Orlen Marsh asked whether the port was sold.", "whether the port was sold", "asked",
            AVER_ACT_QUESTION);
}

static void test_polarity(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "Orlen Marsh shrugged off the story that he had sold the port.");
  guint32 row = bench_quote(&bench, "he had sold the port", "shrugged off", "Orlen Marsh");
  aver_layer_set_i32(aver_document_get_layer(bench.document, "quote"), row, AVER_QUOTE_POLARITY,
                     AVER_QUOTE_DENIED);
  AverLayer *claims = bench_run(&bench);
  g_autofree char *found = bench_cues(&bench, claims, 1);
  g_assert_cmpint(aver_layer_get_i32(claims, 1, AVER_CLAIM_ACT), ==, AVER_ACT_DENIAL);
  g_assert_cmpstr(found, ==, "shrugged off");
  bench_clear(&bench);
}

void add_act_tests(void)
{
  g_test_add_func("/claim-classifier/act/assertion", test_assertion);
  g_test_add_func("/claim-classifier/act/denial", test_denial);
  g_test_add_func("/claim-classifier/act/refusal-is-no-denial", test_no_denial);
  g_test_add_func("/claim-classifier/act/allegation", test_allegation);
  g_test_add_func("/claim-classifier/act/prediction", test_prediction);
  g_test_add_func("/claim-classifier/act/promise", test_promise);
  g_test_add_func("/claim-classifier/act/demand", test_demand);
  g_test_add_func("/claim-classifier/act/evaluation", test_evaluation);
  g_test_add_func("/claim-classifier/act/question", test_question);
  g_test_add_func("/claim-classifier/act/not-from-subordinate-clauses", test_subordinate);
  g_test_add_func("/claim-classifier/act/cue-of-the-quote-first", test_cue_first);
  g_test_add_func("/claim-classifier/act/polarity-of-the-quote", test_polarity);
  g_test_add_func("/claim-classifier/certainty/hedged", test_hedged);
  g_test_add_func("/claim-classifier/certainty/conditional", test_conditional);
  g_test_add_func("/claim-classifier/certainty/negated", test_negated);
}
