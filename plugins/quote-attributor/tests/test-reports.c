/* SPDX-License-Identifier: Apache-2.0 */
/* Reports without quotation marks, or with a few quoted words. */
#include "quote-cases.h"

/* Behaviour 6: asides between source and cue. */
static void test_asides(void)
{
  static const QuoteCase cases[] = {
      {"Ada Quill, who replaced Tam Orr, said the pier was safe.",
       {"the pier was safe|said|Ada Quill, who replaced Tam Orr,|Ada Quill"}},
      {"Ada Quill, the mayor of Port Sorrow, said the pier was safe.",
       {"the pier was safe|said|Ada Quill, the mayor of Port Sorrow,|Ada Quill"}},
      {"Ada Quill, 52, said the pier was safe.",
       {"the pier was safe|said|Ada Quill, 52,|Ada Quill"}},
      {"Tam Orr, who sailed in from the islet, Low Sallen, late on Monday, said the pier was safe.",
       {"the pier was safe|said|Tam Orr, who sailed in from the islet, Low Sallen, late on "
        "Monday,|Tam Orr"}},
      {"Ada Quill, who replaced Tam Orr, said Pier No. 2 at Low Sallen would close.",
       {"Pier No. 2 at Low Sallen would close|said|Ada Quill, who replaced Tam Orr,|Ada Quill"}},
      {"Tarn Group, the maker of nets, on Monday said the pier was safe.",
       {"the pier was safe|said|Tarn Group, the maker of nets,|Tarn Group"}},
      {"The survey — written by divers, who spent a week below — warned that the pier was rotten.",
       {"the pier was rotten|warned|The survey|survey"}},
      {"A survey published in May by the Harbour Institute said the pier was rotten.",
       {"the pier was rotten|said|A survey published in May by the Harbour Institute|Harbour "
        "Institute"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 7: parentheticals and relative pronouns. */
static void test_parentheticals(void)
{
  static const QuoteCase cases[] = {
      {"The pier, Ada Quill said, is rotten.", {"The pier + is rotten|said|Ada Quill|Ada Quill"}},
      {"The pier is rotten, Ada Quill said.", {"The pier is rotten|said|Ada Quill|Ada Quill"}},
      {"The cheers were for Tam Orr, who said the pier would stay.",
       {"the pier would stay|said|who|Tam Orr"}},
      {"But, Ada Quill added, the pier would stay.",
       {"the pier would stay|added|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 8: according to, and as. */
static void test_according(void)
{
  static const QuoteCase cases[] = {
      {"The pier is rotten, according to Ada Quill.",
       {"The pier is rotten|according to|Ada Quill|Ada Quill"}},
      {"According to Ada Quill, the pier is rotten.",
       {"the pier is rotten|According to|Ada Quill|Ada Quill"}},
      {"According to Ada Quill, a retired diver, the pier is rotten.",
       {"the pier is rotten|According to|Ada Quill, a retired diver|Ada Quill"}},
      {"As Ada Quill noted, the pier is rotten.", {"the pier is rotten|noted|Ada Quill|Ada Quill"}},
      {"Ada Quill said in a statement on Monday that the pier was rotten.",
       {"the pier was rotten|said|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 9: clauses with and without "that", ended before the next report. */
static void test_clauses(void)
{
  static const QuoteCase cases[] = {
      {"Divers say the beams could break.", {"the beams could break|say|Divers|Divers"}},
      {"Ada Quill told reporters that the pier was rotten.",
       {"the pier was rotten|told|Ada Quill|Ada Quill"}},
      {"Ada Quill said the pier was rotten, and Tam Orr said it was sound.",
       {"the pier was rotten|said|Ada Quill|Ada Quill", "it was sound|said|Tam Orr|Tam Orr"}},
      {"Ada Quill said the pier was rotten and warned that it would fall.",
       {"the pier was rotten|said|Ada Quill|Ada Quill",
        "it would fall|warned|Ada Quill|Ada Quill"}},
      {"Ada Quill closed the pier, saying it was rotten.",
       {"it was rotten|saying|Ada Quill|Ada Quill"}},
      {"Ada Quill said that would be a mistake.",
       {"that would be a mistake|said|Ada Quill|Ada Quill"}},
      {"Ada Quill added that type of beam was weak.",
       {"that type of beam was weak|added|Ada Quill|Ada Quill"}},
      {"When Ada Quill said the pier was rotten, the crowd left.",
       {"the pier was rotten|said|Ada Quill|Ada Quill"}},
      {"Ada Quill advised closing the pier.", {"closing the pier|advised|Ada Quill|Ada Quill"}},
      {"Ada Quill vowed to close the pier.", {"to close the pier|vowed|Ada Quill|Ada Quill"}},
      {"Ada Quill asked whether the pier was safe.",
       {"whether the pier was safe|asked|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

/* A report inside a report. */
static void test_nested_reports(void)
{
  static const QuoteCase cases[] = {
      {"The Sorrow Herald reported that the Harbour Institute had concluded the pier was rotten.",
       {"the Harbour Institute had concluded the pier was rotten|reported|The Sorrow Herald|Sorrow "
        "Herald",
        "the pier was rotten|concluded|the Harbour Institute|Harbour Institute"}},
      {"Ada Quill cited divers’ notes that concluded the pier was rotten.",
       {"divers’ notes that concluded the pier was rotten|cited|Ada Quill|Ada Quill",
        "the pier was rotten|concluded|divers’ notes|divers’ notes"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 10: quoted words in a clause. */
static void test_mixed(void)
{
  static const QuoteCase cases[] = {
      {"Ada Quill said it was “rotten to the core” and that “no money is left.”",
       {"it was “rotten to the core” and that “no money is left.”|said|Ada Quill|Ada Quill"}},
      {"Ada Quill said that “the beams are rotten.”",
       {"“the beams are rotten.”|said|Ada Quill|Ada Quill"}},
      {"Ada Quill described the pier as a “ruin.”",
       {"the pier as a “ruin.”|described|Ada Quill|Ada Quill"}},
      {"The survey identified “serious flaws” in the beams.",
       {"“serious flaws” in the beams|identified|The survey|survey"}},
      {"The pier is a “ruin,” Ada Quill said.", {"The pier is a “ruin,”|said|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

/* Nouns and adjectives that report. */
static void test_other_cues(void)
{
  static const QuoteCase cases[] = {
      {"Norland has issued warnings to Sudria that the pier could fall.",
       {"the pier could fall|issued warnings|Norland|Norland"}},
      {"A court on Monday rejected claims that the pier was unsafe.",
       {"claims that the pier was unsafe|rejected|A court|court"}},
      {"Ada Quill has made it clear that the pier will close.",
       {"the pier will close|made it clear|Ada Quill|Ada Quill"}},
      {"Harbour officials are reportedly confident they can save the pier.",
       {"they can save the pier|are reportedly confident|Harbour officials|Harbour officials"}},
      {"Norland accused Sudria of hiding the cracks.",
       {"Sudria of hiding the cracks|accused|Norland|Norland"}},
      {"He was asked by a reporter whether the pier was safe.",
       {"whether the pier was safe|asked|a reporter|reporter"}},
      {"Ada Quill was told that the pier was rotten.", {"the pier was rotten|told||"}},
  };
  CHECK_CASES(cases);
}

typedef struct {
  const char *text;
  AverQuoteKind kind;
  AverQuotePolarity polarity;
} Label;

static void test_labels(void)
{
  static const Label labels[] = {
      {"Ada Quill said the pier was safe.", AVER_QUOTE_INDIRECT, AVER_QUOTE_AFFIRMED},
      {"Ada Quill denied that the pier was safe.", AVER_QUOTE_INDIRECT, AVER_QUOTE_DENIED},
      {"Ada Quill has repeatedly denied the claims.", AVER_QUOTE_INDIRECT, AVER_QUOTE_DENIED},
      {"Ada Quill did not say the pier was safe.", AVER_QUOTE_INDIRECT, AVER_QUOTE_NOT_SAID},
      {"Divers do not believe the pier is safe.", AVER_QUOTE_INDIRECT, AVER_QUOTE_NOT_SAID},
      {"Ada Quill said the pier was “safe enough.”", AVER_QUOTE_MIXED, AVER_QUOTE_AFFIRMED},
      {"“It is safe,” Ada Quill said.", AVER_QUOTE_DIRECT, AVER_QUOTE_AFFIRMED},
  };
  QuoteFixture fixture;
  quote_fixture_open(&fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(labels); i++) {
    AverLayer *layer = quote_fixture_run(&fixture, labels[i].text, strlen(labels[i].text));
    g_test_message("in: %s", labels[i].text);
    g_assert_cmpuint(aver_layer_get_n_rows(layer), ==, 1);
    g_assert_cmpint(aver_layer_get_i32(layer, 0, AVER_QUOTE_KIND), ==, labels[i].kind);
    g_assert_cmpint(aver_layer_get_i32(layer, 0, AVER_QUOTE_POLARITY), ==, labels[i].polarity);
  }
  quote_fixture_close(&fixture);
}

static void test_negated_cues(void)
{
  static const QuoteCase cases[] = {
      {"The survey did not find that the pier was rotten.",
       {"the pier was rotten|did not find|The survey|survey"}},
      {"Divers said that they do not believe the pier is “safe.”",
       {"they do not believe the pier is “safe.”|said|Divers|Divers",
        "the pier is “safe.”|do not believe|Divers|Divers"}},
  };
  CHECK_CASES(cases);
}

/* What looks like a report and is none. */
static void test_no_reports(void)
{
  static const QuoteCase cases[] = {
      {"The claims office closed.", {NULL}}, {"The pier fell on Monday.", {NULL}},
      {"Three states voted.", {NULL}},       {"The report is long.", {NULL}},
      {"We hope the pier stays.", {NULL}},
  };
  CHECK_CASES(cases);
}

static void test_demonstratives(void)
{
  static const QuoteCase cases[] = {
      {"Ada Quill called that allegation “a joke”.",
       {"that allegation “a joke”|called|Ada Quill|Ada Quill"}},
      {"Ada Quill disputes that account.", {"that account|disputes|Ada Quill|Ada Quill"}},
      {"Ada Quill denied that divers had left.", {"divers had left|denied|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

static void test_releases(void)
{
  static const QuoteCase cases[] = {
      {"The pier leaks, according to figures released by the Harbour Board on Friday.",
       {"The pier leaks|according to|figures released by the Harbour Board on Friday|Harbour "
        "Board"}},
      {"The pier leaks, Ada Quill said, though she admitted it was sound in May.",
       {"The pier leaks|said|Ada Quill|Ada Quill", "it was sound in May|admitted|she|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

static void test_datelines(void)
{
  static const QuoteCase cases[] = {
      {"LOW SALLEN, Norland (Tidewire) — The pier reopened on Monday, harbour officials said.",
       {"The pier reopened on Monday|said|harbour officials|harbour officials"}},
      {"LOW SALLEN, May 3 - Tarn Group said the pier was safe.",
       {"the pier was safe|said|Tarn Group|Tarn Group"}},
  };
  CHECK_CASES(cases);
}

/* The second verb of a subject ends what the first one reports. */
static void test_second_verbs(void)
{
  static const QuoteCase cases[] = {
      {"Ada Quill accused the board of “hiding the plans” and left the room.",
       {"the board of “hiding the plans”|accused|Ada Quill|Ada Quill"}},
      {"Ada Quill accused the board of “hiding the plans” and the bills.",
       {"the board of “hiding the plans” and the bills|accused|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

void add_report_tests(void)
{
  g_test_add_func("/quote-attributor/demonstratives", test_demonstratives);
  g_test_add_func("/quote-attributor/releases", test_releases);
  g_test_add_func("/quote-attributor/datelines", test_datelines);
  g_test_add_func("/quote-attributor/second-verbs", test_second_verbs);
  g_test_add_func("/quote-attributor/asides", test_asides);
  g_test_add_func("/quote-attributor/parentheticals", test_parentheticals);
  g_test_add_func("/quote-attributor/according-to", test_according);
  g_test_add_func("/quote-attributor/clauses", test_clauses);
  g_test_add_func("/quote-attributor/nested-reports", test_nested_reports);
  g_test_add_func("/quote-attributor/mixed", test_mixed);
  g_test_add_func("/quote-attributor/other-cues", test_other_cues);
  g_test_add_func("/quote-attributor/labels", test_labels);
  g_test_add_func("/quote-attributor/negated-cues", test_negated_cues);
  g_test_add_func("/quote-attributor/no-reports", test_no_reports);
}
