/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of csv-writer. */
#include "writer-samples.h"

#include <unistd.h>

extern const AverPlugin csv_writer_LTX_aver_plugin;
static const AverPlugin *const plugin = &csv_writer_LTX_aver_plugin;

static const AverColumnType sample_columns[] = {
    SAMPLE_COLUMNS,
};
static const AverLayerType sample_layer = {"sample", "", sample_columns,
                                           G_N_ELEMENTS(sample_columns)};
static const AverColumnType note_columns[] = {{"note", AVER_COLUMN_STRING, NULL, NULL, ""}};
static const AverLayerType note_layer = {"note", "", note_columns, 1};
static const AverLayerType document_layer = {"document", "", NULL, 0};
static const AverLayerType path_layer = {"../note", "", NULL, 0};

static gpointer open_writer(AverStage **stage, const char *const *set, const char *output,
                            GError **error)
{
  *stage = aver_testing_stage_new(plugin, set, NULL, output, error);
  g_assert_nonnull(*stage);
  return plugin->open(*stage, error);
}

static char *write_document(const Fixture *fixture, AverDocument *document, const char *const *set,
                            const char *name)
{
  return write_and_read(plugin, set, fixture, document, name);
}

static void test_one_file_a_layer(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(AverDocument) document = document_of("one", "It rained.", 10);
  aver_document_set_metadata(document, "title", "On \"rain\"", FALSE);
  aver_document_set_metadata(document, "n", "[1,2]", TRUE);
  aver_layer_add(aver_document_add_layer(document, &aver_sentence_layer), 0, 10);
  aver_document_add_layer(document, &note_layer);
  g_autofree char *documents = write_document(fixture, document, NULL, "document.csv");
  g_assert_cmpstr(documents, ==,
                  "id,bytes,title,author,published,language,source,metadata\r\n"
                  "one,10,\"On \"\"rain\"\"\",,,,,\"{\"\"n\"\":[1,2]}\"\r\n");
  g_autofree char *sentences = write_document(fixture, document, NULL, "sentence.csv");
  g_assert_cmpstr(sentences, ==, "document,row,start,end,text\r\none,0,0,10,It rained.\r\n");
  g_autofree char *notes = write_document(fixture, document, NULL, "note.csv");
  g_assert_cmpstr(notes, ==, "document,row,start,end,text,note\r\n");
}

static void test_every_kind_of_column(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"layer=sample", NULL};
  static const AverSpan spans[] = {{0, 2}, {3, 4}};
  (void) data;
  g_autoptr(AverDocument) document = document_of("one", "Rain fell.", 10);
  AverLayer *sample = aver_document_add_layer(document, &sample_layer);
  aver_layer_add(sample, 0, 4);
  aver_layer_add(sample, 5, 9);
  fill_sample_row(sample, 1, spans);
  g_autofree char *csv = write_document(fixture, document, set, NULL);
  g_assert_cmpstr(csv, ==,
                  "document,row,start,end,text,count,weight,head,head_text,parts,parts_text,name,"
                  "colour,mix,of\r\n"
                  "one,0,0,4,Rain,,,,,,,,,,\r\n"
                  "one,1,5,9,fell,-7,0.25,0-2,Ra,0-2 3-4,Ra n,\"\",blue,red|green,0\r\n");
}

/* What a string comes out as, in a line of its own. */
static void assert_cell(const Fixture *fixture, const char *value, const char *expected)
{
  static const char *const set[] = {"layer=note", "text=false", "line_end=lf", NULL};
  g_autoptr(AverDocument) document = document_of("one", "x", 1);
  AverLayer *notes = aver_document_add_layer(document, &note_layer);
  aver_layer_add(notes, 0, 1);
  aver_layer_set_string(notes, 0, 0, value, -1);
  g_autofree char *csv = write_document(fixture, document, set, NULL);
  g_autofree char *line = g_strdup_printf("document,row,start,end,note\none,0,0,1,%s\n", expected);
  g_assert_cmpstr(csv, ==, line);
}

static void test_hostile_text_is_quoted(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_cell(fixture, "a,b", "\"a,b\"");
  assert_cell(fixture, "a\nb\r\nc", "\"a\nb\r\nc\"");
  assert_cell(fixture, "\"", "\"\"\"\"");
  assert_cell(fixture, "a;b 'c'", "a;b 'c'");
  assert_cell(fixture, "'; DROP TABLE quote;--", "'; DROP TABLE quote;--");
  assert_cell(fixture, "\xef\xbf\xbe\xe2\x80\xae", "\xef\xbf\xbe\xe2\x80\xae");
}

static void test_formulas_are_none(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_cell(fixture, "=1+1", "'=1+1");
  assert_cell(fixture, "+1+1", "'+1+1");
  assert_cell(fixture, "-2+3", "'-2+3");
  assert_cell(fixture, "@SUM(A1)", "'@SUM(A1)");
  assert_cell(fixture, "=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\"");
  assert_cell(fixture, "\t=1", "'\t=1");
  assert_cell(fixture, "\r=1", "\"'\r=1\"");
  assert_cell(fixture, "\n=1", "\"'\n=1\"");
  assert_cell(fixture,
              "\xef\xbc\x9d"
              "1",
              "'\xef\xbc\x9d"
              "1");
  assert_cell(fixture, "a=1", "a=1");
  assert_cell(fixture, "-", "'-");
}

static void test_numbers_are_left_alone(Fixture *fixture, gconstpointer data)
{
  static const char *const numbers[] = {"-1", "+12", "-0.5", "-.5", "-1e-9", "-1E+9", "-7."};
  static const char *const others[] = {"-1-1", "-1e", "-e5", "-.", "+", "-1 ", "--1", "-0x1"};
  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
    assert_cell(fixture, numbers[i], numbers[i]);
  for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
    g_autofree char *expected = g_strconcat("'", others[i], NULL);
    assert_cell(fixture, others[i], expected);
  }
}

static void test_safe_can_be_switched_off(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"layer=document", "safe=false", "metadata=title", NULL};
  (void) data;
  g_autoptr(AverDocument) document = document_of("one", "x", 1);
  aver_document_set_id(document, "=1+1", -1);
  g_autofree char *csv = write_document(fixture, document, set, NULL);
  g_assert_cmpstr(csv, ==, "id,bytes,title,metadata\r\n=1+1,1,,\r\n");
}

static void test_nul_is_replaced(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"layer=sentence", "line_end=lf", NULL};
  (void) data;
  g_autoptr(AverDocument) document = document_of("one", "a\0b", 3);
  aver_layer_add(aver_document_add_layer(document, &aver_sentence_layer), 0, 3);
  g_autofree char *csv = write_document(fixture, document, set, NULL);
  g_assert_cmpstr(csv, ==,
                  "document,row,start,end,text\none,0,0,3,\"a\xef\xbf\xbd"
                  "b\"\n");
}

static void test_other_delimiters(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"layer=sentence", "line_end=lf", "delimiter=tab",
                                    "byte_mark=true", NULL};
  (void) data;
  g_autoptr(AverDocument) document = document_of("one", "a,b\tc", 5);
  AverLayer *layer = aver_document_add_layer(document, &aver_sentence_layer);
  aver_layer_add(layer, 0, 3);
  aver_layer_add(layer, 2, 5);
  g_autofree char *csv = write_document(fixture, document, set, NULL);
  g_assert_cmpstr(csv, ==,
                  "\xef\xbb\xbf"
                  "document\trow\tstart\tend\ttext\n"
                  "one\t0\t0\t3\ta,b\none\t1\t2\t5\t\"b\tc\"\n");
}

static void test_wrong_options(Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = {"delimiter=",  "delimiter=\"", "delimiter=ab",
                                      "delimiter=a", "delimiter=-",  "delimiter=.",
                                      NULL};
  (void) data;
  assert_wrong_options(plugin, fixture, wrong);
}

static void test_several_files_need_a_folder(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GError) error = NULL;
  AverStage *stage;
  g_assert_null(open_writer(&stage, NULL, NULL, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  aver_testing_stage_free(stage);
  g_clear_error(&error);
  g_assert_true(g_file_set_contents(fixture->output, "", 0, NULL));
  g_assert_null(open_writer(&stage, NULL, fixture->output, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_OUTPUT);
  aver_testing_stage_free(stage);
}

/* A layer's name becomes that of a file. */
static void test_names_that_are_none(Fixture *fixture, gconstpointer data)
{
  static const AverLayerType *const wrong[] = {&document_layer, &path_layer};
  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(AverDocument) document = document_of("one", "x", 1);
    aver_document_add_layer(document, wrong[i]);
    g_autoptr(GError) error = NULL;
    AverStage *stage;
    gpointer self = open_writer(&stage, NULL, fixture->output, &error);
    gpointer worker = plugin->start(self, &error);
    g_auto(AverBuffer) buffer = {0};
    g_assert_false(plugin->encode(self, worker, document, &buffer, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_FAILED);
    plugin->stop(self, worker);
    plugin->close(self);
    aver_testing_stage_free(stage);
  }
  g_assert_false(g_file_test(fixture->output, G_FILE_TEST_EXISTS));
}

#define ADD(name, function)                                                                        \
  g_test_add("/csv-writer/" name, Fixture, "out", set_up, function, remove_fixture)

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("one-file-a-layer", test_one_file_a_layer);
  ADD("every-kind-of-column", test_every_kind_of_column);
  ADD("hostile-text-is-quoted", test_hostile_text_is_quoted);
  ADD("formulas-are-none", test_formulas_are_none);
  ADD("numbers-are-left-alone", test_numbers_are_left_alone);
  ADD("safe-can-be-switched-off", test_safe_can_be_switched_off);
  ADD("nul-is-replaced", test_nul_is_replaced);
  ADD("other-delimiters", test_other_delimiters);
  ADD("wrong-options", test_wrong_options);
  ADD("several-files-need-a-folder", test_several_files_need_a_folder);
  ADD("names-that-are-none", test_names_that_are_none);
  return g_test_run();
}
