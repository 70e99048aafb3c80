/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of claim-classifier: labels, acts, certainties, furniture, and rows with and without
 * quotes. */
#include <aver/aver.h>
#include <aver/testing.h>

#include <string.h>

extern const AverPlugin claim_classifier_LTX_aver_plugin;
static const AverPlugin *const plugin = &claim_classifier_LTX_aver_plugin;

/* One stage, one worker, one document. */
typedef struct {
  AverStage *stage;
  gpointer self;
  gpointer worker;
  AverDocument *document;
  const char *text;
} Bench;

static void bench_init(Bench *bench, const char *option)
{
  g_autoptr(GError) error = NULL;
  const char *set[] = {option, NULL};
  bench->stage = aver_testing_stage_new(plugin, set, NULL, NULL, &error);
  g_assert_no_error(error);
  bench->self = plugin->open(bench->stage, &error);
  g_assert_no_error(error);
  bench->worker = plugin->start(bench->self, &error);
  g_assert_no_error(error);
  bench->document = aver_document_new();
}

static void bench_clear(Bench *bench)
{
  aver_document_unref(bench->document);
  plugin->stop(bench->self, bench->worker);
  plugin->close(bench->self);
  aver_testing_stage_free(bench->stage);
}

/* A document whose sentences are the lines of @text. */
static void bench_text(Bench *bench, const char *text)
{
  g_autoptr(GError) error = NULL;
  aver_document_reset(bench->document);
  bench->text = text;
  g_assert_true(aver_document_set_text(bench->document, text, strlen(text), &error));
  AverLayer *sentences = aver_document_add_layer(bench->document, &aver_sentence_layer);
  for (guint32 start = 0; text[start] != '\0';) {
    guint32 end = start + (guint32) strcspn(text + start, "\n");
    if (end > start)
      aver_layer_add(sentences, start, end);
    start = end + (text[end] == '\n');
  }
}

static AverSpan bench_find(const Bench *bench, const char *words)
{
  const char *at = strstr(bench->text, words);
  g_assert_nonnull(at);
  guint32 start = (guint32) (at - bench->text);
  return (AverSpan){start, start + (guint32) strlen(words)};
}

static guint32 bench_quote(Bench *bench, const char *content, const char *cue, const char *speaker)
{
  AverLayer *quotes = aver_document_add_layer(bench->document, &aver_quote_layer);
  AverSpan span = bench_find(bench, content), cue_span = bench_find(bench, cue);
  guint32 row = (guint32) aver_layer_add(quotes, span.start, span.end);
  aver_layer_set_spans(quotes, row, AVER_QUOTE_CONTENT, &span, 1);
  aver_layer_set_spans(quotes, row, AVER_QUOTE_CUE, &cue_span, 1);
  aver_layer_set_string(quotes, row, AVER_QUOTE_SPEAKER, speaker, -1);
  aver_layer_set_i32(quotes, row, AVER_QUOTE_POLARITY, AVER_QUOTE_AFFIRMED);
  return row;
}

static AverLayer *bench_run(Bench *bench)
{
  g_autoptr(GError) error = NULL;
  g_assert_cmpint(plugin->process(bench->self, bench->worker, bench->document, &error), ==,
                  AVER_KEEP);
  g_assert_no_error(error);
  AverLayer *claims = aver_document_get_layer(bench->document, "claim");
  g_assert_nonnull(claims);
  return claims;
}

static char *cues(const Bench *bench, const AverLayer *claims, guint32 row)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(claims, row, AVER_CLAIM_CUE, &n);
  GString *text = g_string_new(NULL);
  for (guint32 i = 0; i < n; i++)
    g_string_append_printf(text, i == 0 ? "%.*s" : "|%.*s", (int) (spans[i].end - spans[i].start),
                           bench->text + spans[i].start);
  return g_string_free(text, FALSE);
}

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
    g_autofree char *found = cues(&bench, claims, 0);
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
        ACT(ASSERTION, "The council was denied access to the quarry.", ""));
}

static void test_denial(void)
{
  CHECK(ACT(DENIAL, "Orlen Marsh has repeatedly denied the claims.", "denied"),
        ACT(DENIAL, "The mayor rejected the allegations.", "rejected"),
        ACT(DENIAL, "Accused of theft, the clerk denied the charge.", "denied"));
}

static void test_allegation(void)
{
  CHECK(ACT(ALLEGATION, "The union accused the port of hiding the accounts.", "accused"),
        {"The guard allegedly sold the keys to a dealer.", AVER_ACT_ALLEGATION,
         AVER_CERTAINTY_HEDGED, "allegedly"});
}

static void test_no_quotes(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "Exports fell by 12 percent in 2014.\nWhat do you think?\n");
  AverLayer *claims = bench_run(&bench);
  g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 2);
  g_assert_cmpstr(aver_layer_get_string(claims, 0, AVER_CLAIM_LABEL), ==, "CFS");
  g_assert_cmpstr(aver_layer_get_string(claims, 1, AVER_CLAIM_LABEL), ==, "NFS");
  g_assert_cmpint(aver_layer_get_i32(claims, 0, AVER_CLAIM_QUOTE), ==, AVER_NONE);
  g_assert_null(aver_layer_get_string(claims, 0, AVER_CLAIM_CLAIMANT));
  bench_clear(&bench);
}

static void test_quote_row(void)
{
  Bench bench;
  bench_init(&bench, NULL);
  bench_text(&bench, "\"The harbour lost 400 jobs last year,\" Tilda Rusk said on Monday.");
  guint32 quote =
      bench_quote(&bench, "\"The harbour lost 400 jobs last year,\"", "said", "Tilda Rusk");
  AverLayer *claims = bench_run(&bench);
  g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 2);
  g_assert_cmpint(aver_layer_get_i32(claims, 0, AVER_CLAIM_QUOTE), ==, (gint) quote);
  g_assert_cmpstr(aver_layer_get_string(claims, 0, AVER_CLAIM_CLAIMANT), ==, "Tilda Rusk");
  g_assert_cmpstr(aver_layer_get_string(claims, 0, AVER_CLAIM_LABEL), ==, "CFS");
  g_assert_cmpint(aver_layer_get_i32(claims, 0, AVER_CLAIM_SENTENCE), ==, 0);
  g_assert_cmpint(aver_layer_get_i32(claims, 1, AVER_CLAIM_QUOTE), ==, AVER_NONE);
  g_assert_cmpstr(aver_layer_get_string(claims, 1, AVER_CLAIM_LABEL), ==, "NFS");
  bench_clear(&bench);
}

static void test_keep_claims(void)
{
  Bench bench;
  bench_init(&bench, "keep=claims");
  bench_text(&bench, "Exports fell by 12 percent in 2014.\nWhat do you think?\n");
  AverLayer *claims = bench_run(&bench);
  g_assert_cmpuint(aver_layer_get_n_rows(claims), ==, 1);
  g_assert_cmpint(aver_layer_get_i32(claims, 0, AVER_CLAIM_SENTENCE), ==, 0);
  bench_clear(&bench);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/claim-classifier/act/assertion", test_assertion);
  g_test_add_func("/claim-classifier/act/denial", test_denial);
  g_test_add_func("/claim-classifier/act/allegation", test_allegation);
  g_test_add_func("/claim-classifier/rows/without-quotes", test_no_quotes);
  g_test_add_func("/claim-classifier/rows/with-a-quote", test_quote_row);
  g_test_add_func("/claim-classifier/rows/keep-claims", test_keep_claims);
  return g_test_run();
}
