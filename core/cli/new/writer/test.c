/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of my-stage. */
#include <aver/aver.h>
#include <aver/testing.h>
#include <glib/gstdio.h>
#include <string.h>

extern const AverPlugin my_stage_LTX_aver_plugin;

static void test_count(void)
{
  static const char text[] = "It leaks, she said.";
  const AverPlugin *plugin = &my_stage_LTX_aver_plugin;
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp("test-XXXXXX", &error);
  g_autofree char *path = g_build_filename(folder, "out", NULL);
  AverStage *stage = aver_testing_stage_new(plugin, NULL, NULL, path, &error);
  g_assert_no_error(error);
  gpointer self = plugin->open(stage, &error);
  g_assert_no_error(error);
  g_autoptr(AverDocument) document = aver_document_new();
  aver_document_set_id(document, "pier", -1);
  g_assert_true(aver_document_set_text(document, text, strlen(text), &error));
  g_auto(AverBuffer) buffer = {0};
  g_assert_true(plugin->encode(self, NULL, document, &buffer, &error));
  g_assert_true(plugin->emit(self, buffer.data, buffer.length, &error));
  g_assert_true(plugin->finish(self, &error));
  plugin->close(self);
  aver_testing_stage_free(stage);
  g_autofree char *written = NULL;
  g_assert_true(g_file_get_contents(path, &written, NULL, &error));
  g_assert_cmpstr(written, ==, "pier\t4\n");
  g_remove(path);
  g_rmdir(folder);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_autofree char *readme = g_test_build_filename(G_TEST_DIST, "README.md", NULL);
  aver_testing_add_contract(&my_stage_LTX_aver_plugin, &(AverTestingContract){.readme = readme});
  g_test_add_func("/my-stage/count", test_count);
  return g_test_run();
}
