/* SPDX-License-Identifier: Apache-2.0 */
/* Quotations: marks, pieces, continuation, sources on either side. */
#include "quote-cases.h"

/* Behaviour 1: the shapes of marks; apostrophes; odd counts. */
static void test_marks(void)
{
  static const QuoteCase cases[] = {
      {"“We will mend the bridge,” Ada Quill said.",
       {"“We will mend the bridge,”|said|Ada Quill|Ada Quill"}},
      {"\"We will mend the bridge,\" Ada Quill said.",
       {"\"We will mend the bridge,\"|said|Ada Quill|Ada Quill"}},
      {"``We will mend the bridge,'' Ada Quill said.",
       {"``We will mend the bridge,''|said|Ada Quill|Ada Quill"}},
      {"''We will mend the bridge,'' Ada Quill said.",
       {"''We will mend the bridge,''|said|Ada Quill|Ada Quill"}},
      {"«We will mend the bridge,» Ada Quill said.",
       {"«We will mend the bridge,»|said|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

static void test_apostrophes(void)
{
  static const QuoteCase cases[] = {
      {"‘We won’t mend the sailors’ bridge,’ Ada Quill said.",
       {"‘We won’t mend the sailors’ bridge,’|said|Ada Quill|Ada Quill"}},
      {"'We won't mend it,' Ada Quill said.", {"'We won't mend it,'|said|Ada Quill|Ada Quill"}},
      {"The sailors' bridge and the '90s ferry went, Ada Quill said.",
       {"The sailors' bridge and the '90s ferry went|said|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

static void test_odd_marks(void)
{
  static const QuoteCase cases[] = {
      {"“We will mend the bridge, Ada Quill wrote.\n\nThe ferry runs.\n\n“It is late,” Tam Orr "
       "said.",
       {"“We will mend the bridge, Ada Quill wrote.|||", "“It is late,”|said|Tam Orr|Tam Orr"}},
      {"The beam is 12\" wide.~“It is late,” Tam Orr said.",
       {"“It is late,”|said|Tam Orr|Tam Orr"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 2: a paragraph that opens without closing the one before. */
static void test_paragraphs(void)
{
  static const QuoteCase cases[] = {
      {"Ada Quill said: “We begin in May.\n\n“We end in June.”",
       {"“We begin in May. + “We end in June.”|said|Ada Quill|Ada Quill"}},
      {"“We begin in May,” Ada Quill said.~“The stone is cut.\n\n“The ferry stays until then.”",
       {"“We begin in May,” + “The stone is cut. + “The ferry stays until then.”|said|Ada "
        "Quill|Ada "
        "Quill"}},
  };
  CHECK_CASES(cases);
}

/* Lines broken to fit a width end no paragraph. */
static void test_wrapped(void)
{
  static const QuoteCase cases[] = {
      {"“The harbour stays open for as long\nas it pays for its keep and for the ferry\nthat sails "
       "from it,” Ada Quill said in the\nhall of the guild.",
       {"“The harbour stays open for as long\nas it pays for its keep and for the ferry\nthat "
        "sails "
        "from it,”|said|Ada Quill|Ada Quill"}},
  };
  QuoteFixture fixture;
  quote_fixture_open(&fixture, NULL);
  quote_fixture_check_whole(&fixture, cases);
  quote_fixture_close(&fixture);
}

/* Behaviour 4: two pieces around the cue. */
static void test_pieces(void)
{
  static const QuoteCase cases[] = {
      {"“The harbour stays open,” Ada Quill said.~“The ferry sails daily.”",
       {"“The harbour stays open,” + “The ferry sails daily.”|said|Ada Quill|Ada Quill"}},
      {"“The harbour,” Ada Quill said, “stays open.”",
       {"“The harbour,” + “stays open.”|said|Ada Quill|Ada Quill"}},
      {"“The harbour,” said Ada Quill, who runs it, “stays open.”",
       {"“The harbour,” + “stays open.”|said|Ada Quill, who runs it|Ada Quill"}},
      {"“The harbour,” said Ada Quill, “stays open.”",
       {"“The harbour,” + “stays open.”|said|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

static void test_sides(void)
{
  static const QuoteCase cases[] = {
      {"Ada Quill said: “The harbour stays open.”",
       {"“The harbour stays open.”|said|Ada Quill|Ada Quill"}},
      {"Ada Quill told the council, “The harbour stays open.”",
       {"“The harbour stays open.”|told|Ada Quill|Ada Quill"}},
      {"As Ada Quill put it, “The harbour stays open.”",
       {"“The harbour stays open.”|put it|Ada Quill|Ada Quill"}},
      {"Ada Quill went on to say: “The harbour stays open.”",
       {"“The harbour stays open.”|say|Ada Quill|Ada Quill"}},
      {"Tam Orr was asked, “Is it open?”", {"“Is it open?”|asked||"}},
      {"“Is it open?” Ada Quill asked.", {"“Is it open?”|asked|Ada Quill|Ada Quill"}},
      {"“The harbour stays open,” Ada Quill fumed.",
       {"“The harbour stays open,”|fumed|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 5: inverted order with titles and appositions. */
static void test_inverted(void)
{
  static const QuoteCase cases[] = {
      {"“The harbour stays open,” said Ada Quill, the mayor of Port Sorrow.",
       {"“The harbour stays open,”|said|Ada Quill, the mayor of Port Sorrow|Ada Quill"}},
      {"“The harbour stays open,” said Deputy Mayor Ada Quill.",
       {"“The harbour stays open,”|said|Deputy Mayor Ada Quill|Ada Quill"}},
      {"“It leaks,” said retired engineer Tam Orr, who built it.",
       {"“It leaks,”|said|retired engineer Tam Orr, who built it|Tam Orr"}},
      {"Said Ada Quill: “The harbour stays open.”",
       {"“The harbour stays open.”|Said|Ada Quill|Ada Quill"}},
      {"The harbour will stay open, said Ada Quill.",
       {"The harbour will stay open|said|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 8: colons, dashes, transcripts. */
static void test_introduced(void)
{
  static const QuoteCase cases[] = {
      {"Ada Quill, mayor: “The harbour stays open.”",
       {"“The harbour stays open.”||Ada Quill, mayor|Ada Quill"}},
      {"“The harbour stays open whatever happens.” — Ada Quill",
       {"“The harbour stays open whatever happens.”||Ada Quill|Ada Quill"}},
      {"“It is far too dear.” ― Karl Brun\n“It is too long.” ― Eva Lind",
       {"“It is far too dear.”||Karl Brun|Karl Brun", "“It is too long.”||Eva Lind|Eva Lind"}},
      {"Q: Is it open?\n\nA: It is.", {"It is.||A|"}},
      {"By Tam Orr\n\nOrsel Vint has dived in Low Sallen for years.\n\nQ: Is it open?\n\nA: It is.",
       {"It is.||A|Orsel Vint"}},
      {"Ada Quill met Peter Orr.\n\nQ: Is it open?\n\nA: It is.", {"It is.||A|"}},
      {"QUILL: It is open.\n\nORR: Since when?",
       {"It is open.||QUILL|QUILL", "Since when?||ORR|ORR"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 11: marks that do not mark speech. */
static void test_scare_quotes(void)
{
  static const QuoteCase cases[] = {
      {"Robert “Bobby” Orr opened the “old” pier.", {NULL}},
      {"The film “A Long Pier” won a prize.", {NULL}},
      {"She sang “The Pier Song” twice.", {NULL}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 12: quotations without a source of their own. */
static void test_carried(void)
{
  static const QuoteCase cases[] = {
      {"“Where is the money?” asked Tam Orr.\n\n“In the bank,” Ada Quill said.\n\n“Whose "
       "bank?”\n\n“Ours.”",
       {"“Where is the money?”|asked|Tam Orr|Tam Orr", "“In the bank,”|said|Ada Quill|Ada Quill",
        "“Whose bank?”|||Tam Orr", "“Ours.”|||Ada Quill"}},
      {"“The pier is shut,” Ada Quill said.\n\n“It will not open again this year.”",
       {"“The pier is shut,” + “It will not open again this year.”|said|Ada Quill|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

/* Behaviour 14: nobody is named. */
static void test_floating(void)
{
  static const QuoteCase cases[] = {
      {"“The pier will not open again.”\n\nThat was the sign.",
       {"“The pier will not open again.”|||"}},
  };
  CHECK_CASES(cases);
}

/* Without cues the turns of a dialogue alternate; a voice nobody names stays without one. */
static void test_dialogue(void)
{
  static const QuoteCase cases[] = {
      {"“What is wrong with it?” Ada Quill said.\n\n“It leaks all day long.”\n\n“Then we must mend "
       "it.”\n\n“Not before the spring.”",
       {"“What is wrong with it?”|said|Ada Quill|Ada Quill", "“It leaks all day long.”|||",
        "“Then we must mend it.”|||Ada Quill", "“Not before the spring.”|||"}},
      {"Tam Orr, the first man to sail the bay, saw it differently: “It leaks. Next question.”",
       {"“It leaks. Next question.”||Tam Orr, the first man to sail the bay,|Tam Orr"}},
  };
  CHECK_CASES(cases);
}

/* A statement of more paragraphs than a row has room for goes on in a second row. */
static void test_long_statement(void)
{
  QuoteFixture fixture;
  quote_fixture_open(&fixture, NULL);
  g_autoptr(GString) text = g_string_new("Ada Quill said:");
  for (guint i = 0; i < 20; i++)
    g_string_append(text, "\n\n“The harbour stays open.");
  AverLayer *layer = quote_fixture_run(&fixture, text->str, text->len);
  guint32 rows = aver_layer_get_n_rows(layer), pieces = 0;
  g_assert_cmpuint(rows, ==, 2);
  for (guint32 i = 0; i < rows; i++) {
    guint32 n;
    aver_layer_get_spans_cell(layer, i, AVER_QUOTE_CONTENT, &n);
    pieces += n;
    g_assert_cmpstr(aver_layer_get_string(layer, i, AVER_QUOTE_SPEAKER), ==, "Ada Quill");
  }
  g_assert_cmpuint(pieces, ==, 20);
  quote_fixture_close(&fixture);
}

void add_quotation_tests(void)
{
  g_test_add_func("/quote-attributor/dialogue-without-cues", test_dialogue);
  g_test_add_func("/quote-attributor/long-statement", test_long_statement);
  g_test_add_func("/quote-attributor/marks", test_marks);
  g_test_add_func("/quote-attributor/apostrophes", test_apostrophes);
  g_test_add_func("/quote-attributor/odd-marks", test_odd_marks);
  g_test_add_func("/quote-attributor/paragraphs", test_paragraphs);
  g_test_add_func("/quote-attributor/wrapped", test_wrapped);
  g_test_add_func("/quote-attributor/pieces", test_pieces);
  g_test_add_func("/quote-attributor/sides", test_sides);
  g_test_add_func("/quote-attributor/inverted", test_inverted);
  g_test_add_func("/quote-attributor/introduced", test_introduced);
  g_test_add_func("/quote-attributor/scare-quotes", test_scare_quotes);
  g_test_add_func("/quote-attributor/carried", test_carried);
  g_test_add_func("/quote-attributor/floating", test_floating);
}
