/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of filter. */
#include <aver/aver.h>
#include <aver/testing.h>

extern const AverPlugin filter_LTX_aver_plugin;

static AverVerdict filter(const char *keep, const char *language)
{
  const AverPlugin *plugin = &filter_LTX_aver_plugin;
  g_autofree char *option = g_strconcat("keep=", keep, NULL);
  const char *const set[] = {option, NULL};
  g_autoptr(GError) error = NULL;
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, NULL, &error);
  g_assert_no_error(error);
  gpointer self = plugin->open(stage, &error);
  g_assert_no_error(error);
  g_autoptr(AverDocument) document = aver_document_new();
  aver_document_set_metadata(document, "language", language, FALSE);
  AverVerdict verdict = plugin->process(self, NULL, document, &error);
  g_assert_no_error(error);
  plugin->close(self);
  aver_testing_stage_free(stage);
  return verdict;
}

static void test_keep(void)
{
  g_assert_cmpint(filter("metadata.language == 'en'", "en"), ==, AVER_KEEP);
  g_assert_cmpint(filter("true", "en"), ==, AVER_KEEP);
}

static void test_drop(void)
{
  g_assert_cmpint(filter("metadata.language == 'en'", "de"), ==, AVER_DROP);
}

static void test_mistake(void)
{
  const char *const set[] = {"keep=metadata.language = 'en'", NULL};
  g_autoptr(GError) error = NULL;
  g_assert_null(aver_testing_stage_new(&filter_LTX_aver_plugin, set, NULL, NULL, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/filter/keep", test_keep);
  g_test_add_func("/filter/drop", test_drop);
  g_test_add_func("/filter/mistake", test_mistake);
  return g_test_run();
}
