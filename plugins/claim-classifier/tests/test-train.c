/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of training: any labels, the same bytes, mistakes named. */
#include "bench.h"

#include "../train/train.h"

#include <glib/gstdio.h>

#define EXAMPLES 60

extern const AverPlugin claim_classifier_LTX_aver_plugin;

static const char *const kinds[] = {"harbour", "mill"};

typedef struct {
  AverTestingExample examples[EXAMPLES];
  char *path;
  char *folder;
} Data;

/* Two kinds of sentences that anyone can tell apart, in ten groups. */
static void data_init(Data *data)
{
  static const char *const groups[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
  static const char *const texts[] = {"The boat left the harbour with crate %u.",
                                      "Flour of the old mill filled sack %u."};
  g_autoptr(GError) error = NULL;
  for (guint i = 0; i < EXAMPLES; i++)
    data->examples[i] = (AverTestingExample){.text = g_strdup_printf(texts[i % 2], i),
                                             .label = kinds[i % 2],
                                             .group = groups[(i / 2) % 10],
                                             .fold = AVER_NONE};
  data->folder = g_dir_make_tmp("aver-claims-XXXXXX", &error);
  g_assert_no_error(error);
  data->path = g_build_filename(data->folder, "kinds.model", NULL);
}

static void data_clear(Data *data)
{
  for (guint i = 0; i < EXAMPLES; i++)
    g_free((gpointer) data->examples[i].text);
  g_remove(data->path);
  g_rmdir(data->folder);
  g_free(data->path);
  g_free(data->folder);
}

static gboolean train_on(const Data *data, gsize n, const char *option, GError **error)
{
  const char *set[] = {"cost=3", "classes=", option, NULL};
  const AverPlugin *plugin = &claim_classifier_LTX_aver_plugin;
  g_autoptr(AverTraining) training = aver_testing_training_new(data->examples, n, data->path);
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, NULL, error);
  g_assert_no_error(*error);
  gboolean good = plugin->train(stage, training, error);
  aver_testing_stage_free(stage);
  return good;
}

static void test_own_labels(void)
{
  Data data;
  Bench bench;
  g_autoptr(GError) error = NULL;
  data_init(&data);
  g_assert_true(train_on(&data, EXAMPLES, "positive=mill", &error));
  g_autofree char *option = g_strconcat("model=", data.path, NULL);
  bench_init(&bench, option);
  bench_text(&bench, "Flour of the old mill filled it.\nThe boat is in the harbour.");
  AverLayer *claims = bench_run(&bench);
  check_label(&bench, claims, 0, "mill");
  check_label(&bench, claims, 1, "harbour");
  g_assert_cmpfloat(aver_layer_get_f32(claims, 0, AVER_CLAIM_CHECKWORTHY), >, 0.5);
  g_assert_cmpfloat(aver_layer_get_f32(claims, 1, AVER_CLAIM_CHECKWORTHY), <, 0.5);
  bench_clear(&bench);
  data_clear(&data);
}

/* Runs of characters are known in words that were never seen; long words are cut. */
static void test_characters(void)
{
  Data data;
  Bench bench;
  guint32 n;
  g_autoptr(GError) error = NULL;
  g_autoptr(AverExplanation) explanation = aver_explanation_new();
  gboolean letters = FALSE;
  data_init(&data);
  g_assert_true(train_on(&data, EXAMPLES, "characters=true", &error));
  g_autofree char *option = g_strconcat("model=", data.path, NULL);
  g_autofree char *harbours = g_strnfill(3000, 'a');
  for (guint i = 0; i < 3000; i++)
    harbours[i] = "harbour"[i % 7];
  g_autofree char *text = g_strconcat("Millers' FLOURS 12 windmills.\n", harbours, ".\n", NULL);
  bench_init(&bench, option);
  bench_text(&bench, text);
  AverLayer *claims = bench_run(&bench);
  check_label(&bench, claims, 0, "mill");
  check_label(&bench, claims, 1, "harbour");
  bench_explain(&bench, 0, explanation);
  const AverReason *reasons = aver_explanation_get_reasons(explanation, &n);
  for (guint32 i = 0; i < n; i++)
    letters = letters || g_str_has_prefix(reasons[i].name, "letters of ") ||
              strstr(reasons[i].name, "'letters of ") != NULL;
  g_assert_true(letters);
  bench_clear(&bench);
  data_clear(&data);
}

static void test_same_bytes(void)
{
  Data data;
  g_autoptr(GError) error = NULL;
  g_autofree char *first = NULL, *second = NULL;
  gsize n_first, n_second;
  data_init(&data);
  g_assert_true(train_on(&data, EXAMPLES, NULL, &error));
  g_assert_true(g_file_get_contents(data.path, &first, &n_first, NULL));
  g_assert_true(train_on(&data, EXAMPLES, NULL, &error));
  g_assert_true(g_file_get_contents(data.path, &second, &n_second, NULL));
  g_assert_cmpmem(first, n_first, second, n_second);
  data_clear(&data);
}

static void test_renamed(void)
{
  Data data;
  Bench bench;
  g_autoptr(GError) error = NULL;
  data_init(&data);
  g_assert_true(train_on(&data, EXAMPLES, "rename=mill=CFS", &error));
  g_autofree char *option = g_strconcat("model=", data.path, NULL);
  bench_init(&bench, option);
  bench_text(&bench, "Flour of the old mill filled it.");
  check_label(&bench, bench_run(&bench), 0, "CFS");
  bench_clear(&bench);
  data_clear(&data);
}

static void test_unknown_label(void)
{
  Data data;
  g_autoptr(GError) error = NULL;
  data_init(&data);
  g_assert_false(train_on(&data, EXAMPLES, "negative=lake", &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_assert_nonnull(strstr(error->message, "lake"));
  data_clear(&data);
}

static void test_bad_rename(void)
{
  Data data;
  g_autoptr(GError) error = NULL;
  data_init(&data);
  g_assert_false(train_on(&data, EXAMPLES, "rename=mill", &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  data_clear(&data);
}

static void test_too_few_groups(void)
{
  Data data;
  g_autoptr(GError) error = NULL;
  data_init(&data);
  g_assert_false(train_on(&data, 2, NULL, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_INPUT);
  data_clear(&data);
}

void add_train_tests(void)
{
  g_test_add_func("/claim-classifier/train/labels-of-ones-own", test_own_labels);
  g_test_add_func("/claim-classifier/train/runs-of-characters", test_characters);
  g_test_add_func("/claim-classifier/train/same-data-same-bytes", test_same_bytes);
  g_test_add_func("/claim-classifier/train/labels-are-renamed", test_renamed);
  g_test_add_func("/claim-classifier/train/unknown-label-is-refused", test_unknown_label);
  g_test_add_func("/claim-classifier/train/bad-rename-is-refused", test_bad_rename);
  g_test_add_func("/claim-classifier/train/too-few-groups-are-refused", test_too_few_groups);
}
