/* SPDX-License-Identifier: Apache-2.0 */
/* Reports that are easily missed: each case says what in the language tells. */
#include "quote-cases.h"

/* Behaviour 4: the second piece behind a coordinator or a long rest of the sentence. */
static void test_second_pieces(void)
{
  static const QuoteCase cases[] = {
      {"“I love the pier,” she said, but “it leaks all day long.”",
       {"“I love the pier,” + but “it leaks all day long.”|said|she|"}},
      {"“I love the pier,” Ada Quill said.~But “it leaks all day long.”",
       {"“I love the pier,”|said|Ada Quill|Ada Quill",
        "“it leaks all day long.”||Ada Quill|Ada Quill"}},
      {"“It is lost,” Ada Quill said of the pier, of which she was sure.~“In my head, anyway.”",
       {"“It is lost,” + “In my head, anyway.”|said|Ada Quill|Ada Quill"}},
      {"“It leaks.” Orr said.", {"“It leaks.”|said|Orr|Orr"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 4 and 7: any verb with its particle reports beside a quotation. */
static void test_manner(void)
{
  static const QuoteCase cases[] = {
      {"“It leaks,” Ada Quill shot back.", {"“It leaks,”|shot back|Ada Quill|Ada Quill"}},
      {"Ada Quill shot back, “It leaks.”", {"“It leaks.”|shot back|Ada Quill|Ada Quill"}},
      {"“It leaks,” Ada Quill blurted out.", {"“It leaks,”|blurted out|Ada Quill|Ada Quill"}},
      {"“It leaks,” Ada Quill fumed.", {"“It leaks,”|fumed|Ada Quill|Ada Quill"}},
      {"“It leaks,” Ada Quill said before she left the hall.",
       {"“It leaks,”|said|Ada Quill|Ada Quill"}},
      {"Ada Quill joked, using a wide grin, “It leaks.”",
       {"“It leaks.”|joked|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 8: names behind or before a quotation. */
static void test_signed(void)
{
  static const QuoteCase cases[] = {
      {"“The pier will not open again this year.”\nAda Quill, harbour master\n\nIt rained.",
       {"“The pier will not open again this year.”||Ada Quill, harbour master|Ada Quill"}},
      {"Tam Orr spoke of Ada Quill: “She mends what is broken.”",
       {"“She mends what is broken.”||Tam Orr|Tam Orr"}},
      {"As the pier fell, Tam Orr gave a warning: “It leaks and it will fall.”",
       {"“It leaks and it will fall.”||Tam Orr|Tam Orr"}},
      {"In the words of Ada Quill, “it leaks.”",
       {"“it leaks.”|In the words of|Ada Quill|Ada Quill"}},
      {"The pier is, in Quill’s words, “a ruin.”", {"“a ruin.”|words|Quill|Quill"}},
      {"A banner read “Save the pier” on Monday.", {"“Save the pier”|read|A banner|banner"}},
      {"Ada Quill: The pier is lost\n\nAda Quill spoke.",
       {"The pier is lost||Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 8: a phrase before "according to" is part of the statement. */
static void test_according(void)
{
  static const QuoteCase cases[] = {
      {"Longer term, according to Ada Quill, the goal is a new pier.",
       {"Longer term + the goal is a new pier|according to|Ada Quill|Ada Quill"}},
      {"The pier leaks, according to campaign manager Jeff Orr.",
       {"The pier leaks|according to|campaign manager Jeff Orr|Jeff Orr"}},
      {"The pier was shut, according to polling by the Harbour Board.",
       {"The pier was shut|according to|polling by the Harbour Board|polling"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 9: who is told to do something, and what somebody is asked. */
static void test_requests(void)
{
  static const QuoteCase cases[] = {
      {"Ada Quill told the crew to leave the pier.",
       {"to leave the pier|told|Ada Quill|Ada Quill"}},
      {"Ada Quill asked the crew to leave the pier.",
       {"to leave the pier|asked|Ada Quill|Ada Quill"}},
      {"Ada Quill urged the crew to leave the pier.",
       {"the crew to leave the pier|urged|Ada Quill|Ada Quill"}},
      {"Asked whether it leaks, Tam Orr left.", {"whether it leaks|Asked||"}},
      {"Tam Orr was asked about the pier.", {"about the pier|asked||"}},
      {"Ada Quill asked Tam Orr about the leak.", {"about the leak|asked|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 9: dates, numbers and lists between source, cue and content. */
static void test_between(void)
{
  static const QuoteCase cases[] = {
      {"Ada Quill said last week that it leaked.", {"it leaked|said|Ada Quill|Ada Quill"}},
      {"Ada Quill once said that it leaked.", {"it leaked|said|Ada Quill|Ada Quill"}},
      {"Ada Quill wrote in the early morning hours that it leaked.",
       {"it leaked|wrote|Ada Quill|Ada Quill"}},
      {"Section 4 says that it leaks.", {"it leaks|says|Section 4|Section 4"}},
      {"Ada Quill has a letter from divers on Friday that says it leaked.",
       {"it leaked|says|a letter from divers|letter from divers"}},
      {"Tam Orr, a maker of nets, said the pier and the quay had fallen.",
       {"the pier and the quay had fallen|said|Tam Orr, a maker of nets,|Tam Orr"}},
      {"Tam Orr laughed and said that it leaked.", {"it leaked|said|Tam Orr|Tam Orr"}},
      {"Ada Quill said selling the pier was a mistake.",
       {"selling the pier was a mistake|said|Ada Quill|Ada Quill"}},
      {"Ada Quill told “Morning in Norland” on Friday that it leaked.",
       {"it leaked|told|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 11: a nickname is part of the name. */
static void test_nicknames(void)
{
  static const QuoteCase cases[] = {
      {"“It leaks,” Robert “Bobby” Orr said.",
       {"“It leaks,”|said|Robert “Bobby” Orr|Robert “Bobby” Orr"}},
      {"Robert “Bobby” Orr came.~“It leaks,” Orr said.",
       {"“It leaks,”|said|Orr|Robert “Bobby” Orr"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 13: a description keeps what tells who it is. */
static void test_descriptions(void)
{
  static const QuoteCase cases[] = {
      {"Economists at the Tolvane School said that it leaked.",
       {"it leaked|said|Economists at the Tolvane School|Economists at the Tolvane School"}},
      {"A spokesman for the harbour said that it leaked.",
       {"it leaked|said|A spokesman for the harbour|spokesman for the harbour"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 1: the mark of a plural possessor closes nothing. */
static void test_possessives(void)
{
  static const QuoteCase cases[] = {
      {"'It is the players' fault,' Ada Quill said.",
       {"'It is the players' fault,'|said|Ada Quill|Ada Quill"}},
      {"The players' union told Orr 'it leaks,' he said.",
       {"'it leaks,'|told|The players' union|players' union"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 10: a quoted clause behind "that" is a clause of the reporter's sentence. */
static void test_kinds(void)
{
  static const struct {
    const char *text;
    AverQuoteKind kind;
  } cases[] = {
      {"Ada Quill said that “the beams are rotten.”", AVER_QUOTE_MIXED},
      {"Ada Quill said “the beams are rotten.”", AVER_QUOTE_DIRECT},
      {"Ada Quill said: “That is so.”", AVER_QUOTE_DIRECT},
  };
  QuoteFixture fixture;
  quote_fixture_open(&fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    AverLayer *layer = quote_fixture_run(&fixture, cases[i].text, strlen(cases[i].text));
    g_assert_cmpuint(aver_layer_get_n_rows(layer), ==, 1);
    g_assert_cmpint(aver_layer_get_i32(layer, 0, AVER_QUOTE_KIND), ==, cases[i].kind);
  }
  quote_fixture_close(&fixture);
}

void add_behaviour_tests(void)
{
  g_test_add_func("/quote-attributor/second-pieces", test_second_pieces);
  g_test_add_func("/quote-attributor/manner", test_manner);
  g_test_add_func("/quote-attributor/signed", test_signed);
  g_test_add_func("/quote-attributor/according-to-phrases", test_according);
  g_test_add_func("/quote-attributor/requests", test_requests);
  g_test_add_func("/quote-attributor/between", test_between);
  g_test_add_func("/quote-attributor/nicknames", test_nicknames);
  g_test_add_func("/quote-attributor/descriptions", test_descriptions);
  g_test_add_func("/quote-attributor/possessives", test_possessives);
  g_test_add_func("/quote-attributor/kinds", test_kinds);
}
