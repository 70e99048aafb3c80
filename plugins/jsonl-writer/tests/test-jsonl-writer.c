/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of jsonl-writer. */
#include "writer-samples.h"

#include <aver/testing.h>
#include <glib/gstdio.h>
#include <unistd.h>

extern const AverPlugin jsonl_writer_LTX_aver_plugin;
static const AverPlugin *const plugin = &jsonl_writer_LTX_aver_plugin;

static const AverColumnType sample_columns[] = {
    SAMPLE_COLUMNS,
};

static const AverLayerType sample_layer = {"sample", "", sample_columns,
                                           G_N_ELEMENTS(sample_columns)};

/* What the writer makes of a document. */
static char *encode(AverDocument *document, const char *const *set)
{
  g_autoptr(GError) error = NULL;
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, "/dev/null", &error);
  g_assert_no_error(error);
  gpointer self = plugin->open(stage, &error);
  g_assert_no_error(error);
  g_auto(AverBuffer) buffer = {0};
  g_assert_true(plugin->encode(self, NULL, document, &buffer, &error));
  g_assert_no_error(error);
  plugin->close(self);
  aver_testing_stage_free(stage);
  return g_strndup(buffer.data, buffer.length);
}

static void test_bare_document(void)
{
  g_autoptr(AverDocument) document = document_of("one", "", 0);
  g_autofree char *line = encode(document, NULL);
  g_assert_cmpstr(line, ==, "{\"id\":\"one\",\"metadata\":{},\"layers\":{}}\n");
}

static void test_metadata_and_text(void)
{
  static const char *const set[] = {"text=true", NULL};
  g_autoptr(AverDocument) document = document_of("one", "a\0\"b\"\n\xc3\xa9", 8);
  aver_document_set_metadata(document, "title", "On \"rain\"", FALSE);
  aver_document_set_metadata(document, "list", "[1,{\"a\":null}]", TRUE);
  g_autofree char *line = encode(document, set);
  g_assert_cmpstr(line, ==,
                  "{\"id\":\"one\",\"metadata\":{\"list\":[1,{\"a\":null}],"
                  "\"title\":\"On \\\"rain\\\"\"},"
                  "\"text\":\"a\\u0000\\\"b\\\"\\n\xc3\xa9\",\"layers\":{}}\n");
}

static AverDocument *sample_document(void)
{
  AverDocument *document = document_of("one", "Rain fell. It fell.", 19);
  AverLayer *sample = aver_document_add_layer(document, &sample_layer);
  AverLayer *sentences = aver_document_add_layer(document, &aver_sentence_layer);
  aver_layer_add(sample, 0, 4);
  aver_layer_add(sample, 5, 10);
  aver_layer_add(sentences, 0, 10);
  aver_layer_add(sentences, 11, 19);
  static const AverSpan spans[] = {{0, 2}, {3, 4}};
  aver_layer_set_i32(sample, 1, 0, -7);
  aver_layer_set_f32(sample, 1, 1, 0.25f);
  aver_layer_set_spans(sample, 1, 2, spans, 1);
  aver_layer_set_spans(sample, 1, 3, spans, 2);
  aver_layer_set_string(sample, 1, 4, "R\tn", -1);
  aver_layer_set_i32(sample, 1, 5, 1);
  aver_layer_set_flags(sample, 1, 6, 1 << 0 | 1 << 2 | 1u << 31);
  aver_layer_set_i32(sample, 1, 7, 0);
  return document;
}

#define SAMPLE                                                                                     \
  "\"sample\":["                                                                                   \
  "{\"start\":0,\"end\":4,\"count\":null,\"weight\":null,\"head\":null,\"parts\":[],"              \
  "\"name\":null,\"colour\":null,\"mix\":[],\"of\":null},"                                         \
  "{\"start\":5,\"end\":10,\"count\":-7,\"weight\":0.25,\"head\":[0,2],\"parts\":[[0,2],[3,4]],"   \
  "\"name\":\"R\\tn\",\"colour\":\"green\",\"mix\":[\"red\",\"blue\"],\"of\":0}]"
#define SENTENCES "\"sentence\":[{\"start\":0,\"end\":10},{\"start\":11,\"end\":19}]"

static void test_every_kind_of_column(void)
{
  g_autoptr(AverDocument) document = sample_document();
  g_autofree char *line = encode(document, NULL);
  g_assert_cmpstr(line, ==,
                  "{\"id\":\"one\",\"metadata\":{},\"layers\":{" SAMPLE "," SENTENCES "}}\n");
}

static void test_chosen_layers(void)
{
  static const char *const set[] = {"layers= sentence , none", NULL};
  g_autoptr(AverDocument) document = sample_document();
  g_autofree char *line = encode(document, set);
  g_assert_cmpstr(line, ==, "{\"id\":\"one\",\"metadata\":{},\"layers\":{" SENTENCES "}}\n");
}

static void test_enum_out_of_range(void)
{
  g_autoptr(AverDocument) document = document_of("one", "x", 1);
  AverLayer *sample = aver_document_add_layer(document, &sample_layer);
  aver_layer_add(sample, 0, 1);
  aver_layer_set_i32(sample, 0, 5, 3);
  g_autofree char *line = encode(document, NULL);
  g_assert_nonnull(strstr(line, "\"colour\":null"));
}

static void test_layers_option_refused(void)
{
  static const char *const set[] = {"layers=quote,,claim", NULL};
  g_autoptr(GError) error = NULL;
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, "/dev/null", &error);
  g_assert_null(plugin->open(stage, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  aver_testing_stage_free(stage);
}

static void test_file(void)
{
  g_autofree char *folder = g_dir_make_tmp("aver-jsonl-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "out.jsonl", NULL);
  g_autoptr(GError) error = NULL;
  AverStage *stage = aver_testing_stage_new(plugin, NULL, NULL, path, &error);
  for (guint round = 0; round < 2; round++) {
    gpointer self = plugin->open(stage, &error);
    g_assert_true(plugin->emit(self, "{}\n", 3, &error));
    g_autoptr(GString) position = g_string_new(NULL);
    g_assert_true(plugin->commit(self, position, &error));
    g_assert_cmpstr(position->str, ==, "3");
    if (round == 1)
      g_assert_true(plugin->finish(self, &error));
    plugin->close(self);
    g_assert_no_error(error);
    g_assert_cmpint(g_file_test(path, G_FILE_TEST_EXISTS), ==, round == 1);
  }
  aver_testing_stage_free(stage);
  g_assert_cmpint(g_remove(path), ==, 0);
  g_assert_cmpint(g_rmdir(folder), ==, 0);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/jsonl-writer/bare-document", test_bare_document);
  g_test_add_func("/jsonl-writer/metadata-and-text", test_metadata_and_text);
  g_test_add_func("/jsonl-writer/every-kind-of-column", test_every_kind_of_column);
  g_test_add_func("/jsonl-writer/chosen-layers", test_chosen_layers);
  g_test_add_func("/jsonl-writer/enum-out-of-range", test_enum_out_of_range);
  g_test_add_func("/jsonl-writer/layers-option-refused", test_layers_option_refused);
  g_test_add_func("/jsonl-writer/file", test_file);
  return g_test_run();
}
