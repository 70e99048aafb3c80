/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of syntax-parser's models: what is no model, and that sums are those of any processor. */
#include "model.h"
#include "syntax-tests.h"

#include <aver/aver.h>
#include <glib/gstdio.h>
#include <string.h>

/* All that a model has, as small as can be. */
typedef struct {
  DictionaryEntry words[1];
  TableEntry index[2];
  gint8 rows[2 * N_CHILDREN * ROW_SIZE];
  gint16 hidden_bias[HIDDEN];
  gint32 output_bias[N_OUTPUTS];
  gint16 weights[N_OUTPUTS * HIDDEN];
} SmallModel;

/* Writes it without the last @less bytes of @shorter. Returns: the error of opening it. */
static GError *open_small(const SmallModel *m, const char *shorter, gsize less)
{
  const struct {
    const char *name;
    gconstpointer data;
    gsize size;
  } sections[] = {
      {"words", m->words, sizeof m->words},
      {"tag-index", m->index, sizeof m->index},
      {"tag-rows", m->rows, 2 * ROW_SIZE},
      {"hidden-bias", m->hidden_bias, sizeof m->hidden_bias},
      {"output-bias", m->output_bias, sizeof m->output_bias},
      {"output-weights", m->weights, sizeof m->weights},
      {"context-index", m->index, sizeof m->index},
      {"context-rows", m->rows, 2 * N_PLACES * ROW_SIZE},
      {"child-index", m->index, sizeof m->index},
      {"child-rows", m->rows, 2 * N_CHILDREN * ROW_SIZE},
      {"state-index", m->index, sizeof m->index},
      {"state-rows", m->rows, 2 * ROW_SIZE},
  };
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "small.model", NULL);
  g_autoptr(AverModelWriter) writer = aver_model_writer_new("syntax-parser", "{}");
  GError *error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS(sections); i++)
    aver_model_writer_add(writer, sections[i].name, sections[i].data,
                          sections[i].size - (strcmp(sections[i].name, shorter) == 0 ? less : 0));
  g_assert_true(aver_model_writer_write(writer, path, NULL));
  g_autoptr(SyntaxModel) model = syntax_model_new_from_file(path, &error);
  g_assert_true((model == NULL) == (error != NULL));
  g_remove(path);
  g_rmdir(folder);
  return error;
}

static void assert_section(GError *error, const char *section)
{
  g_autofree char *part = g_strdup_printf("its section '%s' does not fit", section);
  g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
  if (strstr(error->message, part) == NULL)
    g_test_fail_printf("'%s', expected '%s'", error->message, part);
  g_error_free(error);
}

static void test_numbers_out_of_bounds(void)
{
  const SmallModel good = {.words = {{.best = 1}}, .index = {{1, 1}, {2, 0}}};
  SmallModel bad = good;
  g_assert_no_error(open_small(&good, "", 0));
  assert_section(open_small(&good, "tag-rows", 1), "tag-rows");
  assert_section(open_small(&good, "tag-rows", ROW_SIZE), "tag-index");
  assert_section(open_small(&good, "child-rows", ROW_SIZE), "child-rows");
  assert_section(open_small(&good, "hidden-bias", sizeof(gint16)), "hidden-bias");
  bad.words[0].best = AVER_N_TAGS + 1;
  assert_section(open_small(&bad, "", 0), "words");
  bad = good;
  bad.index[1] = (TableEntry){1, 1}; /* both entries of a bucket for the same feature */
  assert_section(open_small(&bad, "", 0), "tag-index");
  bad = good;
  bad.hidden_bias[HIDDEN - 1] = G_MININT16;
  assert_section(open_small(&bad, "", 0), "hidden-bias");
  bad = good;
  bad.output_bias[N_OUTPUTS - 1] = G_MININT32;
  assert_section(open_small(&bad, "", 0), "output-bias");
  bad = good;
  bad.weights[N_OUTPUTS * HIDDEN - 1] = OUTPUT_WEIGHT_MAX + 1;
  assert_section(open_small(&bad, "", 0), "output-weights");
}

/* Wide vectors give the numbers that any processor gives. */
static void test_sums_of_rows(void)
{
  gint8 rows[FEATURES_MAX][N_CHILDREN * ROW_SIZE];
  const gint8 *blocks[FEATURES_MAX];
  gint16 found[N_CHILDREN * ROW_SIZE], expected[N_CHILDREN * ROW_SIZE];
  for (guint i = 0; i < FEATURES_MAX; i++) {
    blocks[i] = rows[i];
    for (guint k = 0; k < N_CHILDREN * ROW_SIZE; k++)
      rows[i][k] = (gint8) (k == 0 ? -128 : k == 1 ? 127 : g_test_rand_int_range(-128, 128));
  }
  for (guint width = 1; width <= N_CHILDREN; width++)
    for (guint n = 0; n <= FEATURES_MAX; n += 1 + n / 3) {
      table_add(blocks, n, width, found);
      table_add_plain(blocks, n, width, expected);
      g_assert_cmpmem(found, width * ROW_SIZE * 2, expected, width * ROW_SIZE * 2);
    }
}

static void test_scores(void)
{
  g_autofree gint16 *weights = g_new(gint16, N_OUTPUTS * HIDDEN);
  gint16 hidden[HIDDEN];
  gint32 bias[N_OUTPUTS], found[N_OUTPUTS], expected[N_OUTPUTS];
  Network network = {.weights = weights, .output_bias = bias};
  for (guint round = 0; round < 20; round++) {
    for (guint i = 0; i < N_OUTPUTS * HIDDEN; i++)
      weights[i] =
          (gint16) (round == 0 ? OUTPUT_WEIGHT_MAX
                               : g_test_rand_int_range(-OUTPUT_WEIGHT_MAX, OUTPUT_WEIGHT_MAX + 1));
    for (guint i = 0; i < HIDDEN; i++)
      hidden[i] = (gint16) (round == 0 ? 24000 : g_test_rand_int_range(0, 24000));
    for (guint i = 0; i < N_OUTPUTS; i++)
      bias[i] = round == 0 ? OUTPUT_BIAS_MAX
                           : g_test_rand_int_range(-OUTPUT_BIAS_MAX, OUTPUT_BIAS_MAX + 1);
    memcpy(expected, bias, sizeof bias);
    network_score(&network, hidden, 0, N_OUTPUTS / GROUP, found);
    network_multiply_plain(weights, hidden, N_OUTPUTS / GROUP, expected);
    g_assert_cmpmem(found, sizeof found, expected, sizeof expected);
    network_score(&network, hidden, GROUP, 1, found);
    g_assert_cmpmem(found, GROUP * 4, expected + GROUP, GROUP * 4);
  }
}

void add_model_tests(void)
{
  g_test_add_func("/syntax-parser/model/numbers-out-of-bounds", test_numbers_out_of_bounds);
  g_test_add_func("/syntax-parser/model/sums-of-rows", test_sums_of_rows);
  g_test_add_func("/syntax-parser/model/scores", test_scores);
}
