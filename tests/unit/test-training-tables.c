/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of training data in tables: CSV, TSV, and those that are published. */
#include "training-fixture.h"

#define CLAIMBUSTER                                                                                \
  "Sentence_id,Text,Speaker,Speaker_title,Speaker_party,File_id,Length,Line_id,Sentiment,"         \
  "Verdict\n"

static void csv_is_that_of_rfc_4180(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_examples(fixture,
                  "id,\"Text\",label,doc,weight\r\n"
                  "1,\"He said \"\"no\"\",\r\nthen left.\",\"a,b\",d1,2\r\n"
                  "\r\n"
                  "2,5'10\" tall,c,,\r\n"
                  "3,\"\"\"\"\"\",c,d2,",
                  "He said \"no\",\r\nthen left.|a,b|d1|2|-1\n"
                  "5'10\" tall|c||1|-1\n\"\"|c|d2|1|-1\n");
  assert_examples(fixture, "text;label\na, b;1\n\"c;\";2\n", "a, b|1||1|-1\nc;|2||1|-1\n");
}

static void csv_tells_all_mistakes(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_wrong(fixture, "text,label\na\nb,1,2\n\"c\"d,x\n\"e\n\",\ng,\"1\nh,2\n",
               ":2: the row has 1 cell; expected 2, as the first\n"
               ":3: the row has 3 cells; expected 2, as the first\n"
               ":4: text behind a closing quotation mark; expected the end of the cell\n"
               ":5: the label is empty; expected some\n"
               ":7: a quotation mark opens that nothing closes; expected another");
}

static void csv_needs_a_header(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_wrong(fixture, "words,class\na,b\n",
               ":1: the header has no column of the text; expected one of text, tweet_text, "
               "sentence, tweet, or another that --text-field names; the header is 'words,class'\n"
               ":1: the header has no column of the label; expected one of label, class_label, "
               "check_worthiness, verdict, or another that --label-field names; the header is "
               "'words,class'");
  assert_wrong(fixture, "text,label,Label\na,b,c\n",
               ":1: the header has the column of the label 2 times; expected it once");
  fixture->settings.label_field = "class";
  fixture->settings.text_field = "words";
  assert_examples(fixture, "words,class,label\na,b,x\nc,d,x\n", "a|b||1|-1\nc|d||1|-1\n");
}

static void claimbuster_has_names_for_its_numbers(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_examples(fixture,
                  CLAIMBUSTER "1,\"Well, hello.\",A B,T,P,1999-01-01.txt,2,3,0.5,-1\n"
                              "2,It rained.,A B,T,P,1999-01-01.txt,2,4,0.5,0\n"
                              "3,Rents rose 4 %.,A B,T,P,2003-01-01.txt,4,1,-0.5,1\n",
                  "Well, hello.|NFS|1999-01-01.txt|1|-1\nIt rained.|UFS|1999-01-01.txt|1|-1\n"
                  "Rents rose 4 %.|CFS|2003-01-01.txt|1|-1\n");
  assert_wrong(fixture, CLAIMBUSTER "1,Hello.,A,T,P,f,2,3,0.5,2\n",
               ":2: the verdict is '2'; expected -1, 0 or 1, as ClaimBuster has it");
}

static void checkthat_has_tables_with_tabs(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_examples(fixture, "1\tHOST\t\"Good evening.\t0\r\n2\tGUEST\tRents rose.\t1\r\n",
                  "\"Good evening.|0|data|1|-1\nRents rose.|1|data|1|-1\n");
  assert_examples(fixture, "Sentence_id\tText\tclass_label\n1\tA\tNo\n2\tB, \"c\"\tYes\n",
                  "A|No||1|-1\nB, \"c\"|Yes||1|-1\n");
  assert_examples(fixture,
                  "topic\ttweet_id\ttweet_url\ttweet_text\tclass_label\nt\t1\tu\tA\t0\n"
                  "t\t2\tu\tB\t1\n",
                  "A|0||1|-1\nB|1||1|-1\n");
  assert_examples(fixture,
                  "topic_id\ttweet_id\ttweet_url\ttweet_text\tclaim\tcheck_worthiness\n"
                  "t\t1\tu\tA\t1\t0\nt\t2\tu\tB\t1\t1\n",
                  "A|0||1|-1\nB|1||1|-1\n");
  assert_wrong(fixture, "1\tHOST\tA\t0\n2\tHOST\tB\n",
               ":2: the row has 3 cells; expected 4, as the first");
}

static void a_format_can_be_forced(Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->settings.format = "csv";
  assert_examples(fixture, "text\tlabel\n\"a\tb\"\t1\nc\t2\n", "a\tb|1||1|-1\nc|2||1|-1\n");
  fixture->settings.format = "fasttxt";
  assert_wrong_bytes(fixture, "", 0, AVER_ERROR_CONFIG,
                     "no format 'fasttxt'; did you mean 'fasttext'?");
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("csv/rfc-4180", csv_is_that_of_rfc_4180);
  ADD("csv/all-mistakes", csv_tells_all_mistakes);
  ADD("csv/needs-a-header", csv_needs_a_header);
  ADD("csv/claimbuster", claimbuster_has_names_for_its_numbers);
  ADD("tsv/checkthat", checkthat_has_tables_with_tabs);
  ADD("a-format-can-be-forced", a_format_can_be_forced);
  return g_test_run();
}
