/* SPDX-License-Identifier: Apache-2.0 */
/* Behaviour 13: from pronouns, surnames, roles and documents to a name. */
#include "quote-cases.h"

static void test_surnames(void)
{
  static const QuoteCase cases[] = {
      {"Ada Quill runs the harbour.~“It leaks,” Quill said.", {"“It leaks,”|said|Quill|Ada Quill"}},
      {"Quill: pier is shut\n\nThe mayor, Ada Quill, closed it.\n\n“It leaks,” Quill said.",
       {"pier is shut||Quill|Ada Quill", "“It leaks,”|said|Quill|Ada Quill"}},
      {"“It leaks,” Mr. Orr said.~Tam Orr built it.", {"“It leaks,”|said|Mr. Orr|Tam Orr"}},
      {"“It leaks,” said Vice President Tam Orr.",
       {"“It leaks,”|said|Vice President Tam Orr|Tam Orr"}},
  };
  CHECK_CASES(cases);
}

static void test_pronouns(void)
{
  static const QuoteCase cases[] = {
      {"Maria Quill met Peter Orr.~“It leaks,” he said.~“It does,” she said.",
       {"“It leaks,”|said|he|Peter Orr", "“It does,”|said|she|Maria Quill"}},
      {"Xan Bree, a spokeswoman for the harbour, met Peter Orr.~“It leaks,” she said.",
       {"“It leaks,”|said|she|Xan Bree"}},
      {"The Harbour Institute wrote to the mayor.~It warned that the pier was rotten.",
       {"the pier was rotten|warned|It|Harbour Institute"}},
      {"Divers said the pier was rotten.~They added that it would fall.",
       {"the pier was rotten|said|Divers|Divers", "it would fall|added|They|Divers"}},
      {"“It leaks,” he said.", {"“It leaks,”|said|he|"}},
  };
  CHECK_CASES(cases);
}

/* Persons have names of two words, titles, ages and roles; places and companies do not speak as
 * "she". */
static void test_pronouns_and_names(void)
{
  static const QuoteCase cases[] = {
      {"A harbour worker said it leaked.~Orsel Vint, 64, has fished off the pier for years.~“It "
       "leaks,” she said.",
       {"it leaked|said|A harbour worker|harbour worker", "“It leaks,”|said|she|Orsel Vint"}},
      {"Pier Minister Orsel Vint flew in from the capital, Norvik.~“It leaks,” he said.",
       {"“It leaks,”|said|he|Orsel Vint"}},
      {"The regulator said the pier leaked.~In Low Sallen, patience is thin.~“It leaks,” she said.",
       {"the pier leaked|said|The regulator|regulator", "“It leaks,”|said|she|"}},
      {"Orsel Vint, who sells nets, met men from Tarn Group near Low Sallen.~“It leaks,” he said.",
       {"“It leaks,”|said|he|Orsel Vint"}},
      {"Tam Bree said it leaked.~He asked for planks.\n\nDivers were angry.~Orsel Vint, whose boat "
       "sank, lives in Low Sallen.~“We trusted them,” he said.",
       {"it leaked|said|Tam Bree|Tam Bree", "“We trusted them,”|said|he|Orsel Vint"}},
      {"By Orsel Vint\n\nTam Bree met divers.~Nets were torn.~“It leaks,” he said.",
       {"“It leaks,”|said|he|Tam Bree"}},
      {"Ada Quill said the pier leaked.~Nets float about.~“It leaks,” she said.",
       {"the pier leaked|said|Ada Quill|Ada Quill", "“It leaks,”|said|she|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

static void test_roles(void)
{
  static const QuoteCase cases[] = {
      {"Ada Quill, the mayor of Port Sorrow, met Peter Orr.~The mayor said the pier was rotten.",
       {"the pier was rotten|said|The mayor|Ada Quill"}},
      {"A harbour official said the pier was rotten.~The official added that it would fall.",
       {"the pier was rotten|said|A harbour official|harbour official",
        "it would fall|added|The official|harbour official"}},
      {"Seldon Corp. built the pier.~The company said it was sound.",
       {"it was sound|said|The company|Seldon"}},
      {"The Harbour Authority shut the pier.~The authority said it was rotten.",
       {"it was rotten|said|The authority|Harbour Authority"}},
      {"Its chief executive, Ada Quill, said the pier was rotten.",
       {"the pier was rotten|said|Its chief executive, Ada Quill,|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

static void test_appositions(void)
{
  static const QuoteCase cases[] = {
      {"The watchdog, the Office for Piers and Quays (OPQ), warned that it leaked.~The watchdog "
       "said "
       "it would fall.",
       {"it leaked|warned|The watchdog, the Office for Piers and Quays (OPQ),|Office for Piers and "
        "Quays",
        "it would fall|said|The watchdog|Office for Piers and Quays"}},
      {"Her cousin, the retired diver Orsel Vint, said it leaked.",
       {"it leaked|said|Her cousin, the retired diver Orsel Vint,|Orsel Vint"}},
      {"Dr. Quill's barrister, Orsel Vint, said it leaked.",
       {"it leaked|said|Dr. Quill's barrister, Orsel Vint,|Orsel Vint"}},
      {"The harbour's head of works, Orsel Vint, said it leaked.",
       {"it leaked|said|The harbour's head of works, Orsel Vint,|Orsel Vint"}},
      {"The survey's author, Judge Orsel Vint, said it leaked.",
       {"it leaked|said|The survey's author, Judge Orsel Vint,|Orsel Vint"}},
      {"A diver's mate, 40, said it leaked.", {"it leaked|said|A diver's mate, 40,|diver's mate"}},
  };
  CHECK_CASES(cases);
}

/* What somebody owns and what somebody wrote speaks for them. */
static void test_owners(void)
{
  static const QuoteCase cases[] = {
      {"Orsel Vint has dived here since 1990.~His own measurements suggest that it leaks.",
       {"it leaks|suggest|His own measurements|Orsel Vint"}},
      {"The Harbour Board met.~Its statement said it leaked.",
       {"it leaked|said|Its statement|Harbour Board"}},
      {"Orsel Vint's letter said it leaked.", {"it leaked|said|Orsel Vint's letter|Orsel Vint"}},
      {"It leaks, according to an early estimate by Tarn & Wick.",
       {"It leaks|according to|an early estimate by Tarn & Wick|Tarn & Wick"}},
      {"A survey of the Tarn Board said it leaked.~The board met in Low Sallen.~It said talks had "
       "failed.",
       {"it leaked|said|A survey of the Tarn Board|survey of the Tarn Board",
        "talks had failed|said|It|Tarn Board"}},
      {"The survey of the pier took years.~All its planks are rotten, it says.",
       {"All its planks are rotten|says|it|survey"}},
  };
  CHECK_CASES(cases);
}

static void test_documents(void)
{
  static const QuoteCase cases[] = {
      {"A report by the Royal Harbour Institute (RHI) said the pier was rotten.~The report said it "
       "would fall.~RHI said nothing would help.",
       {"the pier was rotten|said|A report by the Royal Harbour Institute (RHI)|Royal Harbour "
        "Institute",
        "it would fall|said|The report|Royal Harbour Institute",
        "nothing would help|said|RHI|Royal Harbour Institute"}},
  };
  CHECK_CASES(cases);
}

static void test_several(void)
{
  static const QuoteCase cases[] = {
      {"Norland and the Sudrian government have denied the claims.",
       {"the claims|denied|Norland and the Sudrian government|Norland and the Sudrian government"}},
  };
  CHECK_CASES(cases);
}

void add_speaker_tests(void)
{
  g_test_add_func("/quote-attributor/surnames", test_surnames);
  g_test_add_func("/quote-attributor/pronouns", test_pronouns);
  g_test_add_func("/quote-attributor/pronouns-and-names", test_pronouns_and_names);
  g_test_add_func("/quote-attributor/roles", test_roles);
  g_test_add_func("/quote-attributor/appositions", test_appositions);
  g_test_add_func("/quote-attributor/owners", test_owners);
  g_test_add_func("/quote-attributor/documents", test_documents);
  g_test_add_func("/quote-attributor/several", test_several);
}
