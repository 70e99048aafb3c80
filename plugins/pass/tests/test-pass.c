/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of pass. */
#include <aver/aver.h>
#include <aver/testing.h>

extern const AverPlugin pass_LTX_aver_plugin;

static void test_unchanged(void)
{
  g_autoptr(AverDocument) document = aver_document_new();
  g_autoptr(GError) error = NULL;
  static const char text[] = "Nothing happens.";
  g_assert_true(aver_document_set_text(document, text, strlen(text), &error));
  g_assert_cmpint(pass_LTX_aver_plugin.process(NULL, NULL, document, &error), ==, AVER_KEEP);
  g_assert_no_error(error);
  guint32 length, n_layers;
  g_assert_true(aver_document_get_text(document, &length) == text);
  aver_document_list_layers(document, &n_layers);
  g_assert_cmpuint(n_layers, ==, 0);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/pass/unchanged", test_unchanged);
  return g_test_run();
}
