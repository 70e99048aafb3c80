/* SPDX-License-Identifier: Apache-2.0 */
/* Nested quotations, polarity and modality, and the reasons that explain gives. */
#include "quote-cases.h"

extern const AverPlugin quote_attributor_LTX_aver_plugin;

/* Behaviour 3: a quotation inside a quotation, with a cue of its own. */
static void test_nested(void)
{
  static const QuoteCase cases[] = {
      {"“He told me, ‘Go home,’ and I went,” Ada Quill said.",
       {"“He told me, ‘Go home,’ and I went,”|said|Ada Quill|Ada Quill", "‘Go home,’|told|He|"}},
      {"'He told me, \"Go home,\" and I went,' Ada Quill said.",
       {"'He told me, \"Go home,\" and I went,'|said|Ada Quill|Ada Quill",
        "\"Go home,\"|told|He|"}},
      {"\"He told me 'go home' and left,\" Ada Quill said.",
       {"\"He told me 'go home' and left,\"|said|Ada Quill|Ada Quill", "'go home'|told|He|"}},
      {"“‘It leaks,’ he said, and left,” Ada Quill said.",
       {"“‘It leaks,’ he said, and left,”|said|Ada Quill|Ada Quill", "‘It leaks,’|said|he|"}},
      {"Peter Orr met Ada Quill.~“He told me, ‘Go home,’” she said.",
       {"“He told me, ‘Go home,’”|said|she|Ada Quill", "‘Go home,’|told|He|Peter Orr"}},
      {"“I said, ‘Mend it,’ and they did,” Ada Quill said.",
       {"“I said, ‘Mend it,’ and they did,”|said|Ada Quill|Ada Quill",
        "‘Mend it,’|said|I|Ada Quill"}},
      {"“I was told, ‘Go home,’” Ada Quill said.",
       {"“I was told, ‘Go home,’”|said|Ada Quill|Ada Quill", "‘Go home,’|told||"}},
  };
  CHECK_CASES(cases);
}

/* Titles and scare quotes inside a quotation have no cue. */
static void test_nested_words(void)
{
  static const QuoteCase cases[] = {
      {"“He calls it ‘hell’ to live here,” Ada Quill said.",
       {"“He calls it ‘hell’ to live here,”|said|Ada Quill|Ada Quill"}},
      {"“She sang ‘The Long Pier’ to us,” Ada Quill said.",
       {"“She sang ‘The Long Pier’ to us,”|said|Ada Quill|Ada Quill"}},
      {"“He calls it “hell” to live here,” Ada Quill said.",
       {"“He calls it “hell” to live here,”|said|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

typedef struct {
  const char *text;
  AverQuotePolarity polarity;
  AverQuoteModality modality;
} Framing;

static void check_framings(const Framing *framings, gsize n)
{
  QuoteFixture fixture;
  quote_fixture_open(&fixture, NULL);
  for (gsize i = 0; i < n; i++) {
    AverLayer *layer = quote_fixture_run(&fixture, framings[i].text, strlen(framings[i].text));
    g_test_message("in: %s", framings[i].text);
    g_assert_cmpuint(aver_layer_get_n_rows(layer), ==, 1);
    g_assert_cmpint(aver_layer_get_i32(layer, 0, AVER_QUOTE_POLARITY), ==, framings[i].polarity);
    g_assert_cmpint(aver_layer_get_i32(layer, 0, AVER_QUOTE_MODALITY), ==, framings[i].modality);
  }
  quote_fixture_close(&fixture);
}
#define CHECK_FRAMINGS(framings) check_framings(framings, G_N_ELEMENTS(framings))

static void test_polarity(void)
{
  static const Framing framings[] = {
      {"Ada Quill denied that it leaked.", AVER_QUOTE_DENIED, AVER_QUOTE_FACTUAL},
      {"Ada Quill refused to resign.", AVER_QUOTE_DENIED, AVER_QUOTE_FACTUAL},
      {"Ada Quill never said that it leaked.", AVER_QUOTE_NOT_SAID, AVER_QUOTE_FACTUAL},
      {"Ada Quill would not say whether it leaked.", AVER_QUOTE_NOT_SAID, AVER_QUOTE_FACTUAL},
      {"Ada Quill declined to say whether it leaked.", AVER_QUOTE_NOT_SAID, AVER_QUOTE_FACTUAL},
      {"Ada Quill refused to comment.", AVER_QUOTE_NOT_SAID, AVER_QUOTE_FACTUAL},
      {"Ada Quill neither confirmed nor denied that it leaked.", AVER_QUOTE_NOT_SAID,
       AVER_QUOTE_FACTUAL},
      {"Nobody said that it leaked.", AVER_QUOTE_NOT_SAID, AVER_QUOTE_FACTUAL},
  };
  CHECK_FRAMINGS(framings);
}

static void test_modality(void)
{
  static const Framing framings[] = {
      {"Ada Quill said that it leaked.", AVER_QUOTE_AFFIRMED, AVER_QUOTE_FACTUAL},
      {"Ada Quill has argued that it leaked.", AVER_QUOTE_AFFIRMED, AVER_QUOTE_FACTUAL},
      {"Ada Quill reportedly said that it leaked.", AVER_QUOTE_AFFIRMED, AVER_QUOTE_HEDGED},
      {"Ada Quill is believed to have said that it leaked.", AVER_QUOTE_AFFIRMED,
       AVER_QUOTE_HEDGED},
      {"Ada Quill seems to think that it leaks.", AVER_QUOTE_AFFIRMED, AVER_QUOTE_HEDGED},
      {"Ada Quill may have said that it leaked.", AVER_QUOTE_AFFIRMED, AVER_QUOTE_HEDGED},
      {"Ada Quill will say that it leaks.", AVER_QUOTE_AFFIRMED, AVER_QUOTE_FUTURE},
      {"Ada Quill is expected to say that it leaks.", AVER_QUOTE_AFFIRMED, AVER_QUOTE_FUTURE},
      {"Ada Quill would say that it leaks.", AVER_QUOTE_AFFIRMED, AVER_QUOTE_CONDITIONAL},
      {"Ada Quill could argue that it leaks.", AVER_QUOTE_AFFIRMED, AVER_QUOTE_CONDITIONAL},
      {"If Ada Quill says that it leaks, the crowd will leave.", AVER_QUOTE_AFFIRMED,
       AVER_QUOTE_CONDITIONAL},
      {"Did Ada Quill say that it leaks?", AVER_QUOTE_AFFIRMED, AVER_QUOTE_INTERROGATIVE},
      {"Ada Quill asked whether it leaked.", AVER_QUOTE_AFFIRMED, AVER_QUOTE_INTERROGATIVE},
      {"“Does it leak?” Ada Quill asked.", AVER_QUOTE_AFFIRMED, AVER_QUOTE_INTERROGATIVE},
      {"Ada Quill asked Tam Orr to leave.", AVER_QUOTE_AFFIRMED, AVER_QUOTE_FACTUAL},
  };
  CHECK_FRAMINGS(framings);
}

/* The reasons of one row, a line each: "kind name|words|weight". */
static char *explain(QuoteFixture *f, const char *text, guint32 row)
{
  static const char *const kinds[] = {"rule", "feature", "alternative", "score"};
  AverLayer *layer = quote_fixture_run(f, text, strlen(text));
  g_autoptr(AverExplanation) explanation = aver_explanation_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(quote_attributor_LTX_aver_plugin.explain(f->self, f->worker, f->document, layer,
                                                         row, explanation, &error));
  g_assert_no_error(error);
  guint32 n;
  const AverReason *reasons = aver_explanation_get_reasons(explanation, &n);
  GString *out = g_string_new(NULL);
  for (guint32 i = 0; i < n; i++) {
    AverSpan span = reasons[i].span;
    g_string_append_printf(out, "%s %s|", kinds[reasons[i].kind], reasons[i].name);
    if (span.start < span.end)
      g_string_append_len(out, text + span.start, span.end - span.start);
    g_string_append(out, "\n");
  }
  return g_string_free(out, FALSE);
}

static void check_reason(const char *reasons, const char *part)
{
  if (strstr(reasons, part) == NULL)
    g_test_message("in: %s", reasons);
  g_assert_nonnull(strstr(reasons, part));
}

static void test_explain(void)
{
  QuoteFixture f;
  quote_fixture_open(&f, NULL);
  g_autofree char *name =
      explain(&f, "Ada Quill came.\n“It leaks,” Quill said.\nShe added that it would fall.", 0);
  check_reason(name, "rule a quotation with a reporting verb and its source beside it|said\n");
  check_reason(name, "score confidence");
  check_reason(name, "rule source: the subject of the cue|Quill\n");
  check_reason(name, "part of the name, from the full name|Ada Quill\n");
  g_autofree char *pronoun = explain(&f, "Maria Quill met Nora Orr.\n“It leaks,” she said.", 0);
  check_reason(pronoun, "rule speaker: the best of those that the pronoun can stand for|Maria");
  check_reason(pronoun, "alternative considered for the pronoun, by kind, gender, distance and "
                        "place|Nora Orr\n");
  g_autofree char *hedged = explain(&f, "Ada Quill reportedly said that it leaked.", 0);
  check_reason(hedged, "rule modality: by hearsay or appearance|reportedly\n");
  check_reason(hedged, "alternative not taken: a quotation right before or behind the verb");
  g_autofree char *nobody = explain(&f, "“The pier will not open again.”\n\nThat was all.", 0);
  check_reason(nobody, "rule speaker: left out rather than guessed|\n");
  quote_fixture_close(&f);
}

/* Asking changes nothing: every row can be asked about, in any order. */
static void test_explain_all(void)
{
  static const char text[] = "Ada Quill: “It leaks.\n\n“It leaks all day.”\nShe said it fell.\n"
                             "“He told me, ‘No,’” she said.\n“Why not?” asked Tam Orr.";
  QuoteFixture f;
  quote_fixture_open(&f, NULL);
  AverLayer *layer = quote_fixture_run(&f, text, strlen(text));
  guint32 rows = aver_layer_get_n_rows(layer);
  g_assert_cmpuint(rows, >=, 4);
  for (guint32 i = rows; i-- > 0;) {
    g_autoptr(AverExplanation) explanation = aver_explanation_new();
    g_assert_true(quote_attributor_LTX_aver_plugin.explain(f.self, f.worker, f.document, layer, i,
                                                           explanation, NULL));
    g_assert_cmpuint(aver_layer_get_n_rows(layer), ==, rows);
  }
  g_autoptr(AverExplanation) none = aver_explanation_new();
  g_autoptr(GError) error = NULL;
  g_assert_false(quote_attributor_LTX_aver_plugin.explain(f.self, f.worker, f.document, layer, rows,
                                                          none, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_FAILED);
  quote_fixture_close(&f);
}

void add_framing_tests(void)
{
  g_test_add_func("/quote-attributor/nested", test_nested);
  g_test_add_func("/quote-attributor/nested-words", test_nested_words);
  g_test_add_func("/quote-attributor/polarity", test_polarity);
  g_test_add_func("/quote-attributor/modality", test_modality);
  g_test_add_func("/quote-attributor/explain", test_explain);
  g_test_add_func("/quote-attributor/explain-every-row", test_explain_all);
}
