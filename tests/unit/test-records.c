/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of which records a run takes: samples of the input, and dead letters. */
#include "flow-scene.h"
#include "replay.h"
#include "sampling.h"

static void test_sampling(void)
{
  static const struct {
    AverSample sample;
    guint64 n_in;
    guint64 n_not_taken;
    const char *first;
  } cases[] = {
      {{.limit = 3}, 3, 0, "1\n2\n3\n"},
      {{.limit = 64}, 64, 0, "1\n2\n3\n"},
      {{.skip = 100, .limit = 2}, 2, 100, "101\n102\n"},
      {{.n_shards = 4, .shard = 1}, 250, 750, "2\n6\n10\n"},
      {{.n_shards = 4, .shard = 0, .limit = 2}, 2, 3, "1\n"},
      {{.n_shards = 4, .shard = 3, .skip = 992}, 2, 998, "996\n1000\n"},
      {{.n_shards = 5000, .shard = 4000}, 0, 1000, ""},
      {{.sampled = TRUE, .share = 0}, 0, 1000, ""},
      {{.sampled = TRUE, .share = 1}, 1000, 0, "1\n2\n3\n"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    for (guint workers = 1; workers <= 3; workers++) {
      Scene scene = {.n_records = 1000};
      const Setting setting = {0};
      AverRunOptions run = {.n_workers = workers, .sample = cases[i].sample};
      AverSummary summary;
      g_autoptr(GError) error = NULL;
      g_assert_true(play(&scene, &setting, &run, &summary, &error));
      g_assert_cmpuint(summary.documents_in, ==, cases[i].n_in);
      g_assert_cmpuint(summary.documents_not_taken, ==, cases[i].n_not_taken);
      g_assert_true(g_str_has_prefix(scene.written[0]->str, cases[i].first));
      scene_clear(&scene);
    }
  }
}

static void test_sample_share(void)
{
  AverSampling tenth = {.wanted = {.sampled = TRUE, .share = 0.1}};
  AverSampling third = {.wanted = {.sampled = TRUE, .share = 0.3}};
  for (guint i = 0; i < 100000; i++) {
    gboolean small = aver_sampling_takes(&tenth), large = aver_sampling_takes(&third);
    g_assert_true(!small || large);
  }
  g_assert_cmpuint(tenth.taken, >, 9700);
  g_assert_cmpuint(tenth.taken, <, 10300);
  g_assert_cmpuint(third.taken, >, 29500);
  g_assert_cmpuint(third.taken, <, 30500);
}

static void test_shards_share_the_input(void)
{
  guint taken[1000] = {0};
  for (guint shard = 0; shard < 7; shard++) {
    AverSampling sampling = {.wanted = {.n_shards = 7, .shard = shard}};
    for (guint i = 0; i < 1000; i++)
      taken[i] += aver_sampling_takes(&sampling) ? 1 : 0;
  }
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint(taken[i], ==, 1);
}

/* What failed, run again once it works, makes the output whole. */
static void test_replay(void)
{
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *dead = g_build_filename(folder, "dead.jsonl", NULL);
  g_autofree char *still = g_build_filename(folder, "still.jsonl", NULL);
  Scene first = {.n_records = 200}, second = {.heals = 1};
  const Setting failing = {.policy = AVER_POLICY_DEAD_LETTER, .dead_letter = dead};
  const Setting replaying = {
      .policy = AVER_POLICY_DEAD_LETTER, .dead_letter = still, .replay = dead};
  AverRunOptions run = {.n_workers = 2};
  AverSummary summary;
  g_autoptr(GError) error = NULL;
  g_assert_true(play(&first, &failing, &run, &summary, &error));
  g_assert_true(play(&second, &replaying, &run, &summary, &error));
  g_assert_no_error(error);
  g_assert_cmpuint(summary.documents_in, ==, 40);
  g_assert_cmpuint(summary.documents_out, ==, 20);
  g_assert_cmpuint(summary.documents_dead_lettered, ==, 20);
  g_assert_true(g_str_has_prefix(second.written[0]->str, "9\n19\n29\n"));
  g_assert_true(g_str_has_prefix(second.messages->str, "in:7: stage 'writer': ends in 7\n"));
  g_autofree char *letters = NULL;
  g_assert_true(g_file_get_contents(still, &letters, NULL, NULL));
  g_assert_true(g_str_has_prefix(
      letters, "{\"error\":\"ends in 7\",\"line\":7,\"offset\":70,\"origin\":\"in\","
               "\"record\":\"7\",\"stage\":\"writer\"}\n"));
  scene_clear(&first);
  scene_clear(&second);
  g_remove(dead);
  g_remove(still);
  g_rmdir(folder);
}

static void test_replay_letters(void)
{
  static const char letters[] =
      "{\"record\":\"a\\u0000b\\n\",\"origin\":\"x\",\"line\":3,\"offset\":40,\"stage\":\"s\"}\n"
      "{\"record_base64\":\"/wD+\",\"origin\":\"y\",\"line\":0,\"offset\":0}\n"
      "{\"record\":null,\"origin\":\"z\",\"line\":9,\"offset\":5,\"error\":\"too long\"}\n"
      "nothing\n"
      "{\"record\":\"a\"}\n"
      "{\"record\":7,\"origin\":\"x\"}\n"
      "{\"record\":\"\",\"origin\":\"x\",\"line\":-1}\n"
      "{\"record\":\"\",\"origin\":\"x\"}\n";
  static const struct {
    AverCut cut;
    const char *data;
    gsize length;
    const char *origin;
    guint64 line;
    const char *message;
  } expected[] = {
      {AVER_CUT_RECORD, "a\0b\n", 4, "x", 3, NULL},
      {AVER_CUT_RECORD, "\xff\0\xfe", 3, "y", 0, NULL},
      {AVER_CUT_BAD, "", 0, "z", 9, "too long"},
      {AVER_CUT_BAD, NULL, 0, NULL, 4, "no dead letter: "},
      {AVER_CUT_BAD, NULL, 0, NULL, 5, "no dead letter; expected 'origin', and 'record'"},
      {AVER_CUT_BAD, NULL, 0, NULL, 6, "no dead letter: a wrong 'record'"},
      {AVER_CUT_BAD, NULL, 0, NULL, 7, "no dead letter: a wrong 'line'"},
      {AVER_CUT_RECORD, "", 0, "x", 0, NULL},
  };
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *dead = g_build_filename(folder, "dead.jsonl", NULL);
  g_assert_true(g_file_set_contents(dead, letters, -1, NULL));
  Scene scene = {0};
  const Setting setting = {.replay = dead};
  g_autoptr(AverPipeline) pipeline = pipeline_of(&scene, &setting);
  g_autoptr(AverReplay) replay = aver_replay_new(pipeline);
  AverRecord record;
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(aver_replay_cut(replay, TRUE, &record, &error), ==, expected[i].cut);
    g_assert_cmpuint(record.line, ==, expected[i].line);
    if (expected[i].message != NULL)
      g_assert_true(g_str_has_prefix(error->message, expected[i].message));
    if (expected[i].origin != NULL)
      g_assert_cmpstr(record.origin, ==, expected[i].origin);
    if (expected[i].cut == AVER_CUT_RECORD)
      g_assert_cmpmem(record.data, record.length, expected[i].data, expected[i].length);
  }
  g_assert_cmpint(aver_replay_cut(replay, TRUE, &record, NULL), ==, AVER_CUT_END);
  g_remove(dead);
  g_rmdir(folder);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/records/sampling", test_sampling);
  g_test_add_func("/records/sample-share", test_sample_share);
  g_test_add_func("/records/shards-share-the-input", test_shards_share_the_input);
  g_test_add_func("/records/replay", test_replay);
  g_test_add_func("/records/replay-letters", test_replay_letters);
  return g_test_run();
}
