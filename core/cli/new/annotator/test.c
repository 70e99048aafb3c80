/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of my-stage. */
#include <aver/aver.h>
#include <aver/testing.h>
#include <string.h>

extern const AverPlugin my_stage_LTX_aver_plugin;

static void test_words(void)
{
  static const char text[] = "The lighthouse-keeper saw it.";
  const AverPlugin *plugin = &my_stage_LTX_aver_plugin;
  const char *const set[] = {"least=10", NULL};
  g_autoptr(GError) error = NULL;
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, NULL, &error);
  g_assert_no_error(error);
  gpointer self = plugin->open(stage, &error);
  g_assert_no_error(error);
  g_autoptr(AverDocument) document = aver_document_new();
  g_assert_true(aver_document_set_text(document, text, strlen(text), &error));
  g_assert_cmpint(plugin->process(self, NULL, document, &error), ==, AVER_KEEP);
  const AverLayer *layer = aver_document_get_layer(document, "long_word");
  g_assert_cmpuint(aver_layer_get_n_rows(layer), ==, 1);
  g_assert_cmpuint(aver_layer_get_spans(layer)[0].start, ==, 4);
  g_assert_cmpint(aver_layer_get_i32(layer, 0, 0), ==, 17);
  plugin->close(self);
  aver_testing_stage_free(stage);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_autofree char *readme = g_test_build_filename(G_TEST_DIST, "README.md", NULL);
  aver_testing_add_contract(&my_stage_LTX_aver_plugin, &(AverTestingContract){.readme = readme});
  g_test_add_func("/my-stage/words", test_words);
  return g_test_run();
}
