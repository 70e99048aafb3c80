/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of my-stage. */
#include <aver/aver.h>
#include <aver/testing.h>

extern const AverPlugin my_stage_LTX_aver_plugin;

/* The sample has two documents and a line that is none. */
static void test_lines(void)
{
  const AverPlugin *plugin = &my_stage_LTX_aver_plugin;
  g_autoptr(GError) error = NULL;
  g_autofree char *sample = g_test_build_filename(G_TEST_DIST, "sample.tsv", NULL);
  const char *const inputs[] = {sample, NULL};
  AverStage *stage = aver_testing_stage_new(plugin, NULL, inputs, NULL, &error);
  g_assert_no_error(error);
  gpointer self = plugin->open(stage, &error);
  g_assert_no_error(error);
  guint good = 0, bad = 0;
  AverRecord record;
  while (plugin->cut(self, TRUE, &record, &error) == AVER_CUT_RECORD) {
    g_autoptr(AverDocument) document = aver_document_new();
    if (plugin->decode(self, NULL, &record, document, &error)) {
      g_assert_true(g_str_has_prefix(aver_document_get_id(document), "tide-"));
      good++;
    } else {
      g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
      g_clear_error(&error);
      bad++;
    }
  }
  g_assert_no_error(error);
  g_assert_cmpuint(good, ==, 2);
  g_assert_cmpuint(bad, ==, 1);
  plugin->close(self);
  aver_testing_stage_free(stage);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_autofree char *readme = g_test_build_filename(G_TEST_DIST, "README.md", NULL);
  g_autofree char *sample = g_test_build_filename(G_TEST_DIST, "sample.tsv", NULL);
  aver_testing_add_contract(&my_stage_LTX_aver_plugin,
                            &(AverTestingContract){.readme = readme, .sample = sample});
  g_test_add_func("/my-stage/lines", test_lines);
  return g_test_run();
}
