/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of brat-writer: every kind of column, spans that cannot stay whole, names. */
#include "writer-samples.h"

extern const AverPlugin brat_writer_LTX_aver_plugin;
static const AverPlugin *const plugin = &brat_writer_LTX_aver_plugin;

static const AverColumnType sample_columns[] = {SAMPLE_COLUMNS};
static const AverLayerType sample_layer = {"sample", "", sample_columns,
                                           G_N_ELEMENTS(sample_columns)};
static const char *const odd_names[] = {"PRP$", ",", "a b", "", NULL};
static const AverColumnType odd_columns[] = {{"kind", AVER_COLUMN_ENUM, odd_names, NULL, ""}};
static const AverLayerType odd_layer = {"../odd", "", odd_columns, 1};

static void test_every_kind_of_column(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(AverDocument) document = document_with_every_kind(&sample_layer);
  g_autofree char *annotations = write_and_read(plugin, NULL, fixture, document, "one.ann");
  g_assert_cmpstr(annotations, ==,
                  "T1\tsentence 0 9\tR\xc3\xa4n fell.\n"
                  "T2\tsample 0 3\tR\xc3\xa4n\n"
                  "T3\tsample 4 8\tfell\n"
                  "T4\tsample-head 0 2\tR\xc3\xa4\n"
                  "R1\tsample-has-head Arg1:T3 Arg2:T4\n"
                  "T5\tsample-parts 0 2\tR\xc3\xa4\n"
                  "R2\tsample-has-parts Arg1:T3 Arg2:T5\n"
                  "A1\tsample-colour T3 blue\n"
                  "A2\tsample-mix-red T3\n"
                  "A3\tsample-mix-green T3\n"
                  "#1\tAnnotatorNotes T3\tcount: -7; weight: 0.25; name: a b  =1\n"
                  "R3\tsample-has-of Arg1:T3 Arg2:T1\n");
  g_autofree char *configuration =
      write_and_read(plugin, NULL, fixture, document, "annotation.conf");
  g_assert_cmpstr(configuration, ==,
                  "[entities]\nsample\nsample-head\nsample-parts\nsentence\n\n"
                  "[relations]\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n"
                  "sample-has-head\tArg1:sample, Arg2:sample-head\n"
                  "sample-has-parts\tArg1:sample, Arg2:sample-parts\n"
                  "sample-has-of\tArg1:sample, Arg2:sentence\n\n"
                  "[events]\n\n[attributes]\n"
                  "sample-colour\tArg:sample, Value:red|green|blue\n"
                  "sample-mix-red\tArg:sample\nsample-mix-green\tArg:sample\n"
                  "sample-mix-blue\tArg:sample\n");
}

static void test_layers_that_are_asked_for(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"layers=sample", NULL};
  (void) data;
  g_autoptr(AverDocument) document = document_with_every_kind(&sample_layer);
  g_autofree char *annotations = write_and_read(plugin, set, fixture, document, "one.ann");
  g_assert_null(strstr(annotations, "sentence"));
  g_assert_null(strstr(annotations, "has-of")); /* leads nowhere */
  g_autofree char *configuration =
      write_and_read(plugin, set, fixture, document, "annotation.conf");
  g_assert_null(strstr(configuration, "sentence"));
}

static void test_spans_end_at_line_ends(Fixture *fixture, gconstpointer data)
{
  static const char text[] = "a b\r\n c\td \xe2\x80\xa8\xc2\x85\n";
  (void) data;
  g_autoptr(AverDocument) document = document_of("one", text, strlen(text));
  AverLayer *layer = aver_document_add_layer(document, &aver_sentence_layer);
  aver_layer_add(layer, 0, strlen(text));
  aver_layer_add(layer, 3, 6); /* nothing but white space */
  aver_layer_add(layer, 10, 10);
  g_autofree char *annotations = write_and_read(plugin, NULL, fixture, document, "one.ann");
  g_assert_cmpstr(annotations, ==, "T1\tsentence 0 3;6 7;8 9\ta b c d\n");
  g_autofree char *written = write_and_read(plugin, NULL, fixture, document, "one.txt");
  g_assert_cmpstr(written, ==, "a b \n c\td \xe2\x80\xa8\xc2\x85\n");
}

static void test_names_that_brat_does_not_take(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(AverDocument) document = document_of("one", "x", 1);
  AverLayer *layer = aver_document_add_layer(document, &odd_layer);
  for (guint32 i = 0; i < 4; i++) {
    aver_layer_add(layer, 0, 1);
    aver_layer_set_i32(layer, i, 0, (gint32) i);
  }
  g_autofree char *annotations = write_and_read(plugin, NULL, fixture, document, "one.ann");
  g_assert_nonnull(strstr(annotations, "A1\t_2E_2E_2Fodd-kind T1 PRP_24\n"));
  g_assert_nonnull(strstr(annotations, "A4\t_2E_2E_2Fodd-kind T4 _\n"));
  g_autofree char *configuration =
      write_and_read(plugin, NULL, fixture, document, "annotation.conf");
  g_assert_nonnull(strstr(configuration, "Value:PRP_24|_2C|a_20b|_\n"));
}

static void test_labels_of_claims(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(AverDocument) document = document_of("one", "x", 1);
  AverLayer *claims = aver_document_add_layer(document, &aver_claim_layer);
  aver_layer_add(claims, 0, 1);
  aver_layer_set_string(claims, 0, AVER_CLAIM_LABEL, "CFS", -1);
  aver_layer_add(claims, 0, 1);
  aver_layer_set_string(claims, 1, AVER_CLAIM_LABEL, "mine", -1);
  g_autofree char *annotations = write_and_read(plugin, NULL, fixture, document, "one.ann");
  g_assert_cmpstr(annotations, ==,
                  "T1\tclaim 0 1\tx\nA1\tclaim-label T1 CFS\n"
                  "T2\tclaim 0 1\tx\n#1\tAnnotatorNotes T2\tlabel: mine\n");
}

static void test_standard_output_is_no_folder(Fixture *fixture, gconstpointer data)
{
  static AverDocument *const none[] = {NULL};
  (void) fixture;
  (void) data;
  g_autoptr(GError) error = NULL;
  g_assert_false(run_writer(plugin, NULL, NULL, none, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
}

#define ADD(name, function)                                                                        \
  g_test_add("/brat-writer/" name, Fixture, "out", set_up, function, remove_fixture)

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("every-kind-of-column", test_every_kind_of_column);
  ADD("layers-that-are-asked-for", test_layers_that_are_asked_for);
  ADD("spans-end-at-line-ends", test_spans_end_at_line_ends);
  ADD("names-that-brat-does-not-take", test_names_that_brat_does_not_take);
  ADD("labels-of-claims", test_labels_of_claims);
  ADD("standard-output-is-no-folder", test_standard_output_is_no_folder);
  return g_test_run();
}
