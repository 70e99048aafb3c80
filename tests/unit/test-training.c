/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of training data: what each format says, and what none may. */
#include "training-fixture.h"

#include <aver/testing.h>
#include <unistd.h>

static void jsonl_has_texts_and_labels(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_examples(fixture,
                  "{\"text\":\"One.\",\"label\":\"yes\",\"doc\":\"d1\",\"weight\":0.5}\n"
                  "\n"
                  "{\"id\":7,\"label\":-1,\"text\":\"T\\u00e9o \\\"x\\\"\",\"doc\":12,\"fold\":3}",
                  "One.|yes|d1|0.5|-1\nT\303\251o \"x\"|-1|12|1|-1\n");
}

static void jsonl_fields_can_be_named(Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->settings.text_field = "body";
  fixture->settings.label_field = "topic";
  fixture->settings.group_field = "topic";
  fixture->settings.weight_field = "w";
  fixture->settings.fold_field = "f\"d";
  assert_examples(fixture,
                  "{\"text\":\"no\",\"body\":\"A\\n\",\"topic\":\"\\u0061\",\"w\":2,\"f\\\"d\":0}\n"
                  "{\"label\":1,\"body\":\"B\",\"topic\":\"b\",\"w\":\"3\",\"f\\u0022d\":\"4\"}\n",
                  "A\n|a|a|2|0\nB|b|b|3|4\n");
}

static void jsonl_tells_all_mistakes(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_wrong(
      fixture,
      "{\"text\":\"x\"}\n"
      "{\"label\":\"x\"}\n"
      "{\"text\":\"x\",\"label\":null}\n"
      "{\"text\":\" \\n\",\"label\":1}\n"
      "{\"text\":3,\"label\":1}\n"
      "{\"text\":\"x\",\"label\":[1]}\n"
      "{\"text\":\"x\",\"label\":\"\"}\n"
      "{\"text\":\"x\",\"label\":\"a\\u0000b\"}\n"
      "{\"text\":\"x\",\"label\":1,\"weight\":0}\n"
      "{\"text\":\"x\",\"label\":1,\"weight\":\"inf\"}\n"
      "{\"text\":\"x\",\"label\":1,\"label\":2}\n"
      "{\"text\":\"x\",\n"
      "\"text\"\n",
      ":1: no label; expected one of label, class_label, check_worthiness, verdict\n"
      ":2: no text; expected one of text, tweet_text, sentence, tweet\n"
      ":3: no label; expected one of label, class_label, check_worthiness, verdict\n"
      ":4: the text is empty; expected some\n"
      ":5: the text is '3'; expected a string\n"
      ":6: the label is '[1]'; expected a string or a number\n"
      ":7: the label is empty; expected some\n"
      ":8: the label has a NUL character; expected none\n"
      ":9: the weight is '0'; expected a number above 0\n"
      ":10: the weight is 'inf'; expected a number above 0\n"
      ":11: the key 'label' stands twice; expected one JSON object a line\n"
      ":12: malformed JSON at byte 12: expected a string, found the end; expected one JSON object "
      "a "
      "line\n"
      ":13: malformed JSON at byte 0: expected an object, found '\"'; expected one JSON object a "
      "line");
}

static void a_list_of_objects_is_read(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_examples(fixture,
                  "\n[\n {\"sentence_id\": 3, \"label\": 1,\n  \"text\": \"A\"},\n"
                  " {\"label\": 0, \"text\": \"B\"}]\n",
                  "A|1||1|-1\nB|0||1|-1\n");
  assert_wrong(fixture, "[{\"label\":1,\n\"text\":\"A\"},\n7,{\"text\":\"B\"}\n,]",
               ":3: an item of the list is no object; expected objects\n"
               ":3: no label; expected one of label, class_label, check_worthiness, verdict\n"
               ":3: malformed JSON at byte 42: expected a value, found ']'; expected a list of "
               "JSON objects");
}

static void named_fields_have_to_be_there(Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->settings.fold_field = "fold";
  assert_wrong(fixture,
               "{\"text\":\"a\",\"label\":1,\"fold\":-1}\n{\"text\":\"b\",\"label\":2}\n"
               "{\"text\":\"a\",\"label\":1,\"fold\":1.5}\n",
               ":1: the fold is '-1'; expected a whole number from 0\n"
               ":2: no fold; expected a field fold\n"
               ":3: the fold is '1.5'; expected a whole number from 0");
}

static void twenty_mistakes_are_told(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GString) lines = g_string_new(NULL);
  for (guint i = 0; i < 1000; i++)
    g_string_append(lines, "{\"text\":\"x\"}\n");
  g_autoptr(GError) error = NULL;
  g_assert_null(read_bytes(fixture, lines->str, lines->len, &error));
  g_auto(GStrv) told = g_strsplit(error->message, "\n", -1);
  g_assert_cmpuint(g_strv_length(told), ==, 21);
  g_assert_cmpstr(told[20], ==, "1000 mistakes in all, of which these are the first 20");
}

static void bytes_that_are_no_text_are_mistakes(Fixture *fixture, gconstpointer data)
{
  (void) data;
  static const char bad[] = "{\"text\":\"\377\",\"label\":1}\n{\"text\":\"a\0b\",\"label\":1}\n";
  assert_wrong_bytes(
      fixture, bad, sizeof bad - 1, AVER_ERROR_SYNTAX,
      ":1: not valid UTF-8 at byte 9 (0xff); expected one JSON object a line\n"
      ":2: malformed JSON at byte 10: expected no control character in a string, found "
      "the byte 0x00; expected one JSON object a line");
  static const char table[] = "text,label\n\377,1\na\0b,1\n\"\n\375\",2\n";
  assert_wrong_bytes(fixture, table, sizeof table - 1, AVER_ERROR_SYNTAX,
                     ":2: byte 0 of the record is no UTF-8; expected text in UTF-8\n"
                     ":3: the record has a NUL character; expected text in UTF-8\n"
                     ":4: byte 2 of the record is no UTF-8; expected text in UTF-8");
  static const char lines[] = "__label__a \xc0\xaf\n__label__b \0\n";
  assert_wrong_bytes(fixture, lines, sizeof lines - 1, AVER_ERROR_SYNTAX,
                     ":1: byte 11 of the record is no UTF-8; expected text in UTF-8\n"
                     ":2: the record has a NUL character; expected text in UTF-8");
}

static void a_byte_order_mark_is_passed_over(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_examples(fixture,
                  "\xef\xbb\xbf{\"text\":\"a\",\"label\":1}\r\n{\"text\":\"b\",\"label\":2}\r\n",
                  "a|1||1|-1\nb|2||1|-1\n");
  assert_examples(fixture, "\xef\xbb\xbftext,label\r\na,1\r\nb,2", "a|1||1|-1\nb|2||1|-1\n");
  assert_examples(fixture, "\xef\xbb\xbf__label__1 a\r\n__label__2\tb\r\n",
                  "a|1||1|-1\nb|2||1|-1\n");
}

static void fasttext_has_one_label_a_line(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_examples(fixture, "__label__a one , two\n  __label__b\tthree",
                  "one , two|a||1|-1\n"
                  "three|b||1|-1\n");
  assert_wrong(fixture, "__label__a x\nwords\n__label__a __label__b x\n__label__ x\n__label__a\n",
               ":2: no label; expected __label__LABEL and the text\n"
               ":3: more than one label; expected one\n"
               ":4: the label is empty; expected some\n"
               ":5: the text is empty; expected some");
}

static void rows_of_corrected_output_are_examples(Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->settings.fold_field = "fold";
  assert_examples(fixture,
                  "{\"id\":\"a.txt\",\"metadata\":{\"fold\":2,\"label\":\"no\"},"
                  "\"text\":\"\\u00c9t\\u00e9. B c.\",\"layers\":{\"sentence\":[],\"claim\":["
                  "{\"start\":0,\"end\":6,\"label\":\"NFS\",\"act\":\"promise\"},"
                  "{\"label\":\"CFS\",\"end\":11,\"start\":7,\"act\":\"denial\"}]}}\n",
                  "\303\211t\303\251.|NFS|a.txt|1|2\nB c.|CFS|a.txt|1|2\n");
  fixture->settings.fold_field = NULL;
  fixture->settings.label_field = "act";
  assert_examples(fixture,
                  "{\"id\":\"a\",\"text\":\"A b\",\"layers\":{\"claim\":["
                  "{\"start\":0,\"end\":1,\"label\":\"NFS\",\"act\":\"promise\"},"
                  "{\"start\":2,\"end\":3,\"label\":\"NFS\",\"act\":\"denial\"}]}}\n",
                  "A|promise|a|1|-1\nb|denial|a|1|-1\n");
}

static void rows_tell_all_mistakes(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_wrong(fixture,
               "{\"id\":\"a\",\"layers\":{\"claim\":[]}}\n"
               "{\"id\":\"a\",\"text\":\"x\",\"layers\":{\"quote\":[]}}\n"
               "{\"id\":\"a\",\"text\":\"x\",\"layers\":{\"claim\":{}}}\n"
               "{\"id\":\"a\",\"text\":\"\\u00e9 b\",\"layers\":{\"claim\":["
               "{\"start\":0,\"end\":5,\"label\":\"x\"},{\"start\":1,\"end\":4,\"label\":\"x\"},"
               "{\"start\":3,\"end\":2,\"label\":\"x\"},{\"start\":0.0,\"end\":2,\"label\":\"x\"},"
               "{\"start\":0,\"end\":2,\"label\":null},{\"start\":2,\"end\":3,\"label\":\"x\"},7]"
               "}}\n",
               ":1: no text; expected the document's text, which Aver writes with the "
               "jsonl-writer's option 'text'\n"
               ":2: neither a label nor layers.claim; expected one of them\n"
               ":3: layers.claim: malformed JSON at byte 0: expected an array, found '{'\n"
               ":4: layers.claim[0]: [0, 5], lies outside the text; expected offsets from 0 to 4\n"
               ":4: layers.claim[1]: [1, 4], cuts a character; expected UTF-8 byte offsets on "
               "character boundaries\n"
               ":4: layers.claim[2]: [3, 2], ends before it starts; expected [start, end)\n"
               ":4: layers.claim[3]: no whole numbers for its start and end; expected byte offsets "
               "into the text\n"
               ":4: layers.claim[4]: no 'label'; expected a string or a number\n"
               ":4: the text is empty; expected some\n"
               ":4: layers.claim[6]: malformed JSON at byte 0: expected an object, found '7'");
  assert_wrong(
      fixture,
      "{\"id\":\"a\",\"text\":\"x\",\"metadata\":{\"a\":1,\"a\":2},\"layers\":{\"claim\":[]}}\n"
      "{\"id\":\"a\",\"text\":\"x\",\"layers\":{\"claim\":["
      "{\"start\":0,\"end\":1,\"label\":\"x\",\"label\":\"y\"}]}}\n",
      ":1: metadata: the key 'a' stands twice\n"
      ":2: layers.claim[0]: the key 'label' stands twice");
}

/* Each row copies its text: a million rows over a megabyte would be a terabyte. */
static void rows_do_not_pile_up(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GString) line = g_string_new("{\"id\":\"a\",\"text\":\"xxxx\",\"layers\":{\"claim\":[");
  for (guint i = 0; i < 100; i++)
    g_string_append_printf(line, "%s{\"start\":0,\"end\":4,\"label\":\"x\"}", i > 0 ? "," : "");
  g_string_append(line, "]}}\n");
  assert_wrong(fixture, line->str,
               ":1: layers.claim[16]: the rows cover their text more than 16 times; expected "
               "fewer");
}

static void nothing_to_learn_is_an_error(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_wrong(fixture, "", ": no examples; expected at least one");
  assert_wrong(fixture, "\n \r\n\t\n", ": no examples; expected at least one");
  assert_wrong(fixture, "text,label\n", ": no examples; expected at least one");
  assert_wrong(fixture, "one\ntwo\n",
               ":1: no format that is known by its first line; expected JSON Lines, a table with a "
               "header (CSV, TSV) or fastText's labels");
  assert_wrong_bytes(fixture, "__label__a x\n__label__a y\n", 26, AVER_ERROR_INPUT,
                     "all examples (2) have the label 'a'; expected two labels or more");
}

static void a_long_line_is_read(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GString) lines = g_string_new("__label__b y\n__label__a ");
  gsize head = lines->len, size = 16 << 20;
  g_string_set_size(lines, head + size);
  memset(lines->str + head, 'x', size);
  g_autoptr(GError) error = NULL;
  g_autoptr(AverTraining) training = read_bytes(fixture, lines->str, lines->len, &error);
  g_assert_no_error(error);
  gsize n;
  guint32 length;
  const AverExample *examples = aver_training_get_examples(training, &n);
  g_assert_cmpuint(n, ==, 2);
  aver_document_get_text(examples[1].document, &length);
  g_assert_cmpuint(length, ==, size);
  memset(lines->str, ',', lines->len);
  memcpy(lines->str, "text,label\n", 11);
  assert_wrong_bytes(fixture, lines->str, lines->len, AVER_ERROR_SYNTAX,
                     ":2: more than 4096 cells; expected fewer");
}

static void a_long_label_is_no_label(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *label = g_strnfill(256, 'x');
  g_autofree char *lines = g_strdup_printf("__label__a x\n__label__%s y\n", label);
  assert_wrong(fixture, lines, ":2: the label has 256 bytes; expected at most 255");
}

static void the_card_tells_the_data(Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->settings.command = "aver train x data";
  g_autoptr(GError) error = NULL;
  g_autoptr(AverTraining) training =
      read_bytes(fixture, "__label__a x\n__label__b y\n", 26, &error);
  g_assert_no_error(error);
  g_autofree char *sum =
      g_compute_checksum_for_string(G_CHECKSUM_SHA256, "__label__a x\n__label__b y\n", -1);
  g_autofree char *expected =
      g_strdup_printf("{\"command\":\"aver train x data\",\"data\":[{\"examples\":2,\"name\":"
                      "\"data\",\"sha256\":\"%s\",\"size\":26}]}",
                      sum);
  g_assert_cmpstr(aver_training_get_provenance(training), ==, expected);
  g_assert_cmpstr(aver_training_get_output(training), ==, fixture->model);
}

static void assert_no_output(Fixture *fixture, const char *output, const char *expected)
{
  g_autoptr(GError) error = NULL;
  fixture->settings.output = output;
  g_assert_null(read_bytes(fixture, "__label__a x\n__label__b y\n", 26, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_OUTPUT);
  g_assert_nonnull(strstr(error->message, expected));
}

static void the_output_is_checked_first(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *inside = g_build_filename(fixture->folder, "none", "m", NULL);
  assert_no_output(fixture, "/dev/null", "'/dev/null': it is no regular file; expected a file's");
  assert_no_output(fixture, fixture->folder, "it is no regular file; expected a file's name");
  assert_no_output(fixture, inside, "No such file or directory");
  g_autofree char *link = g_build_filename(fixture->folder, "link", NULL);
  g_assert_cmpint(symlink("none", link), ==, 0);
  assert_no_output(fixture, link, "link': No such file or directory");
  g_assert_cmpint(g_unlink(link), ==, 0);
  g_assert_cmpint(symlink("link", link), ==, 0);
  assert_no_output(fixture, link, "link': Too many levels of symbolic links");
  g_assert_cmpint(g_unlink(link), ==, 0);
}

static void a_test_has_examples_of_its_own(void)
{
  const AverTestingExample examples[] = {{"One.", "a", "g", 2, AVER_NONE},
                                         {"Two.", NULL, NULL, 0, 3}};
  g_autoptr(AverTraining) training = aver_testing_training_new(examples, 2, "x.model");
  gsize n;
  const AverExample *got = aver_training_get_examples(training, &n);
  g_assert_cmpuint(n, ==, 2);
  g_assert_cmpstr(got[0].group, ==, "g");
  g_assert_cmpfloat(got[0].weight, ==, 2);
  g_assert_cmpint(got[0].fold, ==, AVER_NONE);
  g_assert_null(got[1].label);
  g_assert_cmpfloat(got[1].weight, ==, 1);
  aver_training_report(training, "F1 %.2f", 0.5);
  aver_training_progress(training, "folding", 1, 2);
  g_assert_cmpstr(aver_testing_training_get_report(training), ==, "F1 0.50\n");
  g_assert_cmpstr(aver_training_get_provenance(training), ==, "{}");
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("jsonl/texts-and-labels", jsonl_has_texts_and_labels);
  ADD("jsonl/fields-can-be-named", jsonl_fields_can_be_named);
  ADD("jsonl/all-mistakes", jsonl_tells_all_mistakes);
  ADD("json/list-of-objects", a_list_of_objects_is_read);
  ADD("named-fields-have-to-be-there", named_fields_have_to_be_there);
  ADD("twenty-mistakes-are-told", twenty_mistakes_are_told);
  ADD("bytes-that-are-no-text", bytes_that_are_no_text_are_mistakes);
  ADD("byte-order-mark", a_byte_order_mark_is_passed_over);
  ADD("fasttext", fasttext_has_one_label_a_line);
  ADD("rows/are-examples", rows_of_corrected_output_are_examples);
  ADD("rows/all-mistakes", rows_tell_all_mistakes);
  ADD("rows/do-not-pile-up", rows_do_not_pile_up);
  ADD("nothing-to-learn", nothing_to_learn_is_an_error);
  ADD("long-line", a_long_line_is_read);
  ADD("long-label", a_long_label_is_no_label);
  ADD("card", the_card_tells_the_data);
  ADD("output-is-checked-first", the_output_is_checked_first);
  g_test_add_func("/training/in-a-test", a_test_has_examples_of_its_own);
  return g_test_run();
}
