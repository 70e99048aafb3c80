/* SPDX-License-Identifier: Apache-2.0 */
/* Quotations: marks, pieces, continuation, sources on either side. */
#include "quote-cases.h"

static void test_marks(void)
{
  static const QuoteCase cases[] = {
      {"“We will mend the bridge,” Ada Quill said.",
       {"“We will mend the bridge,”|said|Ada Quill|Ada Quill"}},
      {"\"We will mend the bridge,\" Ada Quill said.",
       {"\"We will mend the bridge,\"|said|Ada Quill|Ada Quill"}},
      {"``We will mend the bridge,'' Ada Quill said.",
       {"``We will mend the bridge,''|said|Ada Quill|Ada Quill"}},
      {"«We will mend the bridge,» Ada Quill said.",
       {"«We will mend the bridge,»|said|Ada Quill|Ada Quill"}},
      {"‘We won’t mend the bridge,’ Ada Quill said.",
       {"‘We won’t mend the bridge,’|said|Ada Quill|Ada Quill"}},
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
      {"“The harbour,” Ada Quill said, “stays open.”",
       {"“The harbour,” + “stays open.”|said|Ada Quill|Ada Quill"}},
      {"“The harbour stays open,” said Ada Quill, the mayor of Port Sorrow.",
       {"“The harbour stays open,”|said|Ada Quill, the mayor of Port Sorrow|Ada Quill"}},
  };
  CHECK_CASES(cases);
}

void add_quotation_tests(void)
{
  g_test_add_func("/quote-attributor/marks", test_marks);
  g_test_add_func("/quote-attributor/sides", test_sides);
}
