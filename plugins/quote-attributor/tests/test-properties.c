/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever the text, every span is valid; options do what they say. */
#include "quote-cases.h"

static const char *const pieces[] = {
    "“",         "”",         "\"",        "'",       "‘",      "’",   "``",     "''",
    "«",         "»",         " ",         " ",       " ",      " ",   "\n",     "\n\n",
    "~",         ". ",        ", ",        ": ",      "; ",     " — ", "(",      ")",
    "?",         "!",         "…",         "said",    "says",   "he",  "she",    "Ada",
    "Quill",     "the",       "company",   "that",    "and",    "who", "denied", "accused",
    "of",        "to",        "asked",     "whether", "Mr.",    "Orr", "it",     "told",
    "reporters", "on",        "Monday",    "is",      "not",    "did", "issued", "warnings",
    "clear",     "made",      "according", "to",      "saying", "as",  "RHI",    "Ltd",
    "'s",        "n't",       "é",         "日本",    "🙂",   "Q:",  "A:",     "by",
    "called",    "described",
};

static void test_random(void)
{
  QuoteFixture fixture;
  quote_fixture_open(&fixture, NULL);
  for (guint round = 0; round < 400; round++) {
    g_autoptr(GString) text = g_string_new(NULL);
    guint n = (guint) g_test_rand_int_range(0, 200);
    for (guint i = 0; i < n; i++) {
      g_string_append(text, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
      if (g_test_rand_bit())
        g_string_append_c(text, ' ');
    }
    AverLayer *layer = quote_fixture_run(&fixture, text->str, text->len);
    guint32 length;
    const char *copy = aver_document_get_text(fixture.document, &length);
    quote_fixture_check_spans(layer, copy, length);
  }
  quote_fixture_close(&fixture);
}

static void check_repeated(QuoteFixture *fixture, const char *unit, gsize times)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (gsize i = 0; i < times; i++)
    g_string_append(text, unit);
  AverLayer *layer = quote_fixture_run(fixture, text->str, text->len);
  guint32 length;
  const char *copy = aver_document_get_text(fixture->document, &length);
  quote_fixture_check_spans(layer, copy, length);
}

/* Each of these takes hours when a look-around has no bound. */
static void test_hostile(void)
{
  static const char *const units[] = {
      "\"",
      "“",
      "”",
      "'",
      " 'a",
      " “a",
      "said he said ",
      "he said, ",
      "Orr, a, a, a, said ",
      "Ada said it and ",
      "people who met who said ",
      "said that ",
      "the man - said ",
      "(",
      ",",
      "“It is so,” she said. ",
      "“It is so.\n\n",
      "AB: it is\n\n",
      "according to Orr ",
      "Ada Quill of the ",
      "He said, “a b c”, ",
  };
  QuoteFixture fixture;
  quote_fixture_open(&fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(units); i++)
    check_repeated(&fixture, units[i], g_test_slow() ? 60000 : 20000);
  quote_fixture_close(&fixture);
}

static void test_empty(void)
{
  QuoteFixture fixture;
  quote_fixture_open(&fixture, NULL);
  static const char nul[] = "“A\0B,” Orr said.";
  g_assert_cmpuint(aver_layer_get_n_rows(quote_fixture_run(&fixture, "", 0)), ==, 0);
  g_assert_cmpuint(aver_layer_get_n_rows(quote_fixture_run(&fixture, " \n", 2)), ==, 0);
  g_assert_cmpuint(aver_layer_get_n_rows(quote_fixture_run(&fixture, nul, sizeof nul - 1)), ==, 1);
  quote_fixture_close(&fixture);
}

/* A sentence layer that covers only part of the text, or none of it. */
static void test_no_sentences(void)
{
  QuoteFixture fixture;
  quote_fixture_open(&fixture, NULL);
  static const char text[] = "“It is open,” Orr said.";
  g_autoptr(GError) error = NULL;
  aver_document_reset(fixture.document);
  g_assert_true(aver_document_set_text(fixture.document, text, strlen(text), &error));
  extern const AverPlugin quote_attributor_LTX_aver_plugin;
  AverVerdict verdict = quote_attributor_LTX_aver_plugin.process(fixture.self, fixture.worker,
                                                                 fixture.document, &error);
  g_assert_cmpint(verdict, ==, AVER_KEEP);
  AverLayer *layer = aver_document_get_layer(fixture.document, aver_quote_layer.name);
  g_assert_cmpuint(aver_layer_get_n_rows(layer), ==, 1);
  quote_fixture_close(&fixture);
}

static void test_indirect_off(void)
{
  static const char *const set[] = {"mode=fast", "indirect=false", NULL};
  static const QuoteCase quote_case = {
      "Ada Quill said the pier was shut.~“It leaks,” she said.~She said it “leaks badly” now.",
      {"“It leaks,”|said|she|Ada Quill", "it “leaks badly” now|said|She|Ada Quill"}};
  QuoteFixture fixture;
  quote_fixture_open(&fixture, set);
  quote_fixture_check(&fixture, &quote_case);
  quote_fixture_close(&fixture);
}

void add_property_tests(void)
{
  g_test_add_func("/quote-attributor/random-text", test_random);
  g_test_add_func("/quote-attributor/hostile-text", test_hostile);
  g_test_add_func("/quote-attributor/empty-text", test_empty);
  g_test_add_func("/quote-attributor/no-sentences", test_no_sentences);
  g_test_add_func("/quote-attributor/indirect-off", test_indirect_off);
}
