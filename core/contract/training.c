/* SPDX-License-Identifier: Apache-2.0 */
/* The contract of train(): what is learnt depends on the examples alone. */
#include "contract.h"

#include <glib/gstdio.h>

#define N_EXAMPLES 240

/* Sentences of two labels that differ in their words, twelve a group, and a few odd ones. */
static AverTestingExample *make_examples(GStringChunk *strings)
{
  static const char *const towns[] = {"Harwick", "Ostrava Bay", "Lindholm", "Pell"};
  static const char *const odd[] = {".", "\xf0\x9f\x98\x80", "\xe2\x80\x9c", "\t x"};
  AverTestingExample *examples = g_new0(AverTestingExample, N_EXAMPLES);
  for (guint i = 0; i < N_EXAMPLES; i++) {
    const char *town = towns[i / 2 % 4];
    g_autofree char *text = i % 40 == 39 ? g_strdup(odd[i / 40 % 4])
                            : i % 2 == 0
                                ? g_strdup_printf("Rents in %s rose %u percent last year.", town, i)
                                : g_strdup_printf("Thank you, %s, good evening %u.", town, i);
    g_autofree char *group = g_strdup_printf("group %u", i / 12);
    examples[i].text = g_string_chunk_insert(strings, text);
    examples[i].group = g_string_chunk_insert(strings, group);
    examples[i].label = i % 2 == 0 ? "figures" : "greeting";
    examples[i].weight = 1 + i % 3;
    examples[i].fold = AVER_NONE;
  }
  return examples;
}

static gboolean train(const AverPlugin *plugin, const AverTestingExample *examples, gsize n,
                      const char *output, char **report, GError **error)
{
  AverStage *stage = aver_testing_stage_new(plugin, NULL, NULL, output, NULL);
  g_autoptr(AverTraining) training = aver_testing_training_new(examples, n, output);
  gboolean good = plugin->train(stage, training, error);
  if (report != NULL)
    *report = g_strdup(aver_testing_training_get_report(training));
  aver_testing_stage_free(stage);
  return good;
}

/* Same examples, same bytes, whatever the model is called and whatever was there. */
static void test_same_bytes(const AverPlugin *plugin, const AverTestingExample *examples,
                            const char *folder)
{
  g_autoptr(GError) error = NULL;
  char *models[2], *reports[2];
  gsize sizes[2];
  for (guint i = 0; i < 2; i++) {
    g_autofree char *name = g_strdup_printf("%u.model", i);
    g_autofree char *output = g_build_filename(folder, name, NULL);
    if (i == 1)
      g_assert_true(g_file_set_contents(output, "old", -1, NULL));
    g_assert_true(train(plugin, examples, N_EXAMPLES, output, &reports[i], &error));
    g_assert_no_error(error);
    g_assert_true(g_file_get_contents(output, &models[i], &sizes[i], NULL));
    g_remove(output);
  }
  g_assert_cmpmem(models[0], sizes[0], models[1], sizes[1]);
  g_assert_cmpstr(reports[0], ==, reports[1]);
  g_assert_cmpstr(reports[0], !=, "");
  for (guint i = 0; i < 2; i++) {
    g_free(models[i]);
    g_free(reports[i]);
  }
}

/* Nothing to learn from may be refused, with a reason and no file. */
static void test_too_little(const AverPlugin *plugin, const AverTestingExample *examples,
                            const char *folder)
{
  g_autofree char *output = g_build_filename(folder, "small.model", NULL);
  for (gsize n = 0; n <= 3; n++) {
    g_autoptr(GError) error = NULL;
    gboolean good = train(plugin, examples, n, output, NULL, &error);
    g_assert_cmpint(good, ==, error == NULL);
    g_assert_cmpint(g_file_test(output, G_FILE_TEST_EXISTS), ==, good);
    g_assert_false(n == 0 && good);
    g_remove(output);
  }
}

void aver_contract_test_training(gconstpointer data)
{
  const AverPlugin *plugin = ((const AverContract *) data)->plugin;
  g_autoptr(GStringChunk) strings = g_string_chunk_new(4096);
  g_autofree AverTestingExample *examples = make_examples(strings);
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  test_same_bytes(plugin, examples, folder);
  test_too_little(plugin, examples, folder);
  g_assert_cmpint(g_rmdir(folder), ==, 0);
}
