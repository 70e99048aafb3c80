/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of model files: what is refused, and that any labels will do. */
#include "bench.h"

#include "../cues.h"
#include "../weights.h"

#include <glib/gstdio.h>
#include <math.h>

/* A model small enough to be made here, with one section in the place of its own. */
typedef struct {
  WeightsInfo info;
  const char *labels;
  gsize labels_size;
  const char *spoilt; /* the name of a section to write @bytes into */
  const void *bytes;
  gsize size;
} Small;

static const Small sound = {
    .info = {WEIGHTS_FEATURES_VERSION, 2, 1, 4, 0, 0, 0, 1, AVER_NONE},
    .labels = "grave\0light",
    .labels_size = 12,
};

static void add(AverModelWriter *writer, const Small *small, const char *name, const void *data,
                gsize size)
{
  gboolean spoilt = g_strcmp0(small->spoilt, name) == 0;
  aver_model_writer_add(writer, name, spoilt ? small->bytes : data, spoilt ? small->size : size);
}

/* Returns: (transfer full): the path of the file. */
static char *write_small(const Small *small)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp("aver-claims-XXXXXX", &error);
  char *path = g_build_filename(folder, "small.model", NULL);
  WeightsInfo info = small->info;
  info.n_dense = small->info.n_dense == 0 ? features_count() : small->info.n_dense;
  g_autofree float *zeros = g_new0(float, 3 * (features_count() + 1));
  guint8 table[2 * 16 + 8];
  const float ones[2] = {1, 1};
  memset(table, 128, sizeof table);
  g_autoptr(AverModelWriter) writer = aver_model_writer_new(WEIGHTS_KIND, "{}");
  add(writer, small, "info", &info, sizeof info);
  add(writer, small, "labels", small->labels, small->labels_size);
  add(writer, small, "table", table, 16 + 8);
  add(writer, small, "scale", ones, sizeof(float));
  add(writer, small, "dense", zeros, (features_count() + 1) * sizeof(float));
  add(writer, small, "slope", ones, 2 * sizeof(float));
  add(writer, small, "shift", zeros, 2 * sizeof(float));
  add(writer, small, "offset", zeros, 2 * sizeof(float));
  add(writer, small, "class-hash", NULL, 0);
  add(writer, small, "class-id", NULL, 0);
  g_assert_true(aver_model_writer_write(writer, path, &error));
  g_assert_no_error(error);
  return path;
}

static void remove_small(const char *path)
{
  g_autofree char *folder = g_path_get_dirname(path);
  g_remove(path);
  g_rmdir(folder);
}

static void check_refused(const Small *small)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = write_small(small);
  g_assert_null(weights_open(path, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
  g_assert_nonnull(strstr(error->message, path));
  remove_small(path);
}

static void test_any_labels(void)
{
  Bench bench;
  g_autofree char *path = write_small(&sound);
  g_autofree char *option = g_strconcat("model=", path, NULL);
  bench_init(&bench, option);
  bench_text(&bench, "Exports fell by 12 percent in 2014.");
  AverLayer *claims = bench_run(&bench);
  check_label(&bench, claims, 0, "grave");
  g_assert_cmpfloat(aver_layer_get_f32(claims, 0, AVER_CLAIM_CHECKWORTHY), ==, 0.5);
  g_assert_cmpfloat(aver_layer_get_f32(claims, 0, AVER_CLAIM_PROBABILITY), ==, 0.5);
  bench_clear(&bench);
  remove_small(path);
}

static void test_other_version(void)
{
  Small small = sound;
  small.info.version = WEIGHTS_FEATURES_VERSION + 1;
  check_refused(&small);
}

static void test_missing_label(void)
{
  Small small = sound;
  small.info.positive = 2;
  check_refused(&small);
  small.info.positive = -7;
  check_refused(&small);
  small = sound;
  small.labels_size = 6;
  check_refused(&small);
}

static void test_wrong_counts(void)
{
  Small small = sound;
  small.info.n_rows = 2;
  check_refused(&small);
  small = sound;
  small.info.n_labels = MOST_LABELS + 1;
  check_refused(&small);
  small = sound;
  small.info.bits = 31;
  check_refused(&small);
  small = sound;
  small.info.n_dense = 3;
  check_refused(&small);
}

static void test_wrong_sizes(void)
{
  static const char *const names[] = {"info",  "labels", "table",      "scale",   "dense",
                                      "slope", "shift",  "class-hash", "class-id"};
  guint8 bytes[12] = {0};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    Small small = sound;
    small.spoilt = names[i];
    small.bytes = bytes;
    small.size = sizeof bytes;
    check_refused(&small);
  }
}

static void test_not_a_number(void)
{
  const float bad[2] = {NAN, 1}, endless[2] = {1, INFINITY};
  Small small = sound;
  small.spoilt = "slope";
  small.bytes = bad;
  small.size = sizeof bad;
  check_refused(&small);
  small.bytes = endless;
  check_refused(&small);
}

void add_weight_tests(void)
{
  g_test_add_func("/claim-classifier/model/any-labels", test_any_labels);
  g_test_add_func("/claim-classifier/model/of-another-version-is-refused", test_other_version);
  g_test_add_func("/claim-classifier/model/without-its-labels-is-refused", test_missing_label);
  g_test_add_func("/claim-classifier/model/with-wrong-counts-is-refused", test_wrong_counts);
  g_test_add_func("/claim-classifier/model/with-wrong-sizes-is-refused", test_wrong_sizes);
  g_test_add_func("/claim-classifier/model/with-no-numbers-is-refused", test_not_a_number);
}
