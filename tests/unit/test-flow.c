/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of what the engine does under each policy: everything adds up, whatever the workers. */
#include "flow-scene.h"
#include "metrics.h"

static guint lines_of(const GString *text)
{
  guint n = 0;
  for (const char *at = text->str; (at = strchr(at, '\n')) != NULL; at++)
    n++;
  return n;
}

/* Everything the writers got and the messages, to compare. */
static char *result_of(const Scene *scene)
{
  return g_strconcat(scene->written[0]->str, "--\n", scene->written[1]->str, "--\n",
                     scene->messages->str, NULL);
}

static void test_policies(void)
{
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *dead = g_build_filename(folder, "dead.jsonl", NULL);
  const Setting settings[] = {
      {.policy = AVER_POLICY_SKIP},
      {.policy = AVER_POLICY_DEAD_LETTER, .dead_letter = dead},
      {.policy = AVER_POLICY_SKIP, .retries = 2},
      {.policy = AVER_POLICY_DEAD_LETTER, .dead_letter = dead, .retries = 1, .serial = TRUE},
      {.policy = AVER_POLICY_SKIP, .serial = TRUE}};
  for (guint i = 0; i < G_N_ELEMENTS(settings); i++) {
    g_autofree char *expected = NULL;
    for (guint workers = 1; workers <= 3; workers++) {
      Scene scene = {.n_records = 1000};
      AverRunOptions run = {.n_workers = workers};
      AverSummary summary;
      g_autoptr(GError) error = NULL;
      g_assert_true(play(&scene, &settings[i], &run, &summary, &error));
      g_assert_no_error(error);
      g_assert_cmpuint(summary.documents_in, ==, 1000);
      g_assert_cmpuint(summary.documents_out, ==, 700);
      g_assert_cmpuint(summary.documents_dropped, ==, 100);
      g_assert_cmpuint(summary.documents_failed, ==, 200);
      g_assert_cmpuint(summary.documents_dead_lettered, ==,
                       settings[i].dead_letter == NULL ? 0 : 200);
      g_assert_cmpint(scene.attempts, ==, 100 * (1 + (int) settings[i].retries));
      g_assert_cmpuint(lines_of(scene.written[0]), ==, 700);
      g_assert_cmpuint(lines_of(scene.written[1]), ==, 800); /* those dropped behind it as well */
      g_autofree char *result = result_of(&scene);
      if (expected == NULL)
        expected = g_steal_pointer(&result);
      else
        g_assert_cmpstr(result, ==, expected);
      scene_clear(&scene);
    }
  }
  g_remove(dead);
  g_rmdir(folder);
}

static void test_stop(void)
{
  for (guint workers = 1; workers <= 3; workers++) {
    Scene scene = {.n_records = 1000};
    const Setting setting = {.policy = AVER_POLICY_STOP, .retries = 3};
    AverRunOptions run = {.n_workers = workers};
    AverSummary summary;
    g_autoptr(GError) error = NULL;
    g_assert_false(play(&scene, &setting, &run, &summary, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_FAILED);
    g_assert_cmpstr(error->message, ==, "in:7: stage 'writer': ends in 7");
    g_assert_cmpstr(scene.written[0]->str, ==, "1\n2\n3\n4\n6\n");
    g_assert_cmpstr(scene.written[1]->str, ==, "side 1\nside 2\nside 3\nside 4\nside 5\nside 6\n");
    g_assert_cmpuint(summary.documents_in, ==, 7);
    scene_clear(&scene);
  }
}

/* What cannot be cut stops a run as what cannot be decoded does. */
static void test_stop_at_bad_record(void)
{
  for (guint workers = 1; workers <= 3; workers++) {
    Scene scene = {.n_records = 1000, .bad = 4};
    const Setting setting = {.policy = AVER_POLICY_STOP};
    AverRunOptions run = {.n_workers = workers};
    AverSummary summary;
    g_autoptr(GError) error = NULL;
    g_assert_false(play(&scene, &setting, &run, &summary, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
    g_assert_cmpstr(error->message, ==, "in:4: stage 'reader': is no record");
    g_assert_cmpstr(scene.written[0]->str, ==, "1\n2\n3\n");
    g_assert_cmpuint(summary.documents_in, ==, 4);
    scene_clear(&scene);
  }
}

/* Plugins that do not keep to what they were told still have their documents counted. */
static void test_bad_manners(void)
{
  for (guint i = 0; i < 2; i++) {
    Scene scene = {.n_records = 20, .silent = i == 0, .claims = i == 1};
    const Setting setting = {.policy = AVER_POLICY_SKIP, .retries = 1};
    AverRunOptions run = {.n_workers = 1};
    AverSummary summary;
    g_autoptr(GError) error = NULL;
    g_assert_true(play(&scene, &setting, &run, &summary, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(summary.documents_failed, ==, 4);
    g_assert_cmpint(scene.attempts, ==, 4);
    g_assert_nonnull(strstr(scene.messages->str, i == 0 ? "'sieve': failed without saying why\n"
                                                        : "'sieve': ends in 9\n"));
    scene_clear(&scene);
  }
  Scene scene = {.n_records = 20, .fatal = 4};
  const Setting setting = {0};
  AverRunOptions run = {.n_workers = 1};
  AverSummary summary;
  g_autoptr(GError) error = NULL;
  g_assert_false(play(&scene, &setting, &run, &summary, &error));
  g_assert_cmpstr(error->message, ==, "stage 'reader': failed without saying why");
  g_assert_cmpstr(scene.written[0]->str, ==, "1\n2\n3\n");
  scene_clear(&scene);
}

static void test_retry_heals(void)
{
  for (guint workers = 1; workers <= 2; workers++) {
    for (guint serial = 0; serial <= 1; serial++) {
      Scene scene = {.n_records = 500, .heals = 3};
      const Setting setting = {.retries = 2, .serial = serial == 1};
      AverRunOptions run = {.n_workers = workers};
      AverSummary summary;
      g_autoptr(GError) error = NULL;
      g_assert_true(play(&scene, &setting, &run, &summary, &error));
      g_assert_cmpuint(summary.documents_failed, ==, 50); /* the writer's */
      g_assert_cmpint(scene.attempts, ==, 150);
      g_assert_nonnull(strstr(scene.written[0]->str, "\n8\n9\n10\n"));
      scene_clear(&scene);
    }
  }
}

static void test_pause(void)
{
  Scene scene = {0};
  const Setting setting = {0};
  g_autoptr(AverPipeline) pipeline = pipeline_of(&scene, &setting);
  g_autoptr(AverCrew) crew = aver_crew_new(pipeline, 0, pipeline->stages->len, 1, NULL);
  gint64 start = g_get_monotonic_time();
  g_assert_true(aver_post_pause(&crew->posts[2], 0.03, NULL));
  g_assert_cmpint(g_get_monotonic_time() - start, >=, 30000);
  g_assert_false(aver_post_pause(&crew->posts[2], 3000, &(gint){1}));
  aver_halt_fail(crew->halt);
  g_assert_false(aver_post_pause(&crew->posts[2], 3000, NULL));
}

/* A run that is to stop does not sit out its pauses, and what it gave up has not failed. */
static void test_retry_stops(void)
{
  for (guint serial = 0; serial <= 1; serial++) {
    for (guint workers = 1; workers <= 2; workers++) {
      Scene scene = {.n_records = 1000, .stops = TRUE};
      const Setting setting = {.retries = 5, .backoff = 1000, .serial = serial == 1};
      AverRunOptions run = {.n_workers = workers};
      AverSummary summary;
      g_autoptr(GError) error = NULL;
      g_assert_false(play(&scene, &setting, &run, &summary, &error));
      g_assert_cmpstr(error->message, ==, "stopped before the end of the input");
      g_assert_cmpuint(summary.documents_failed, ==, 0);
      g_assert_cmpstr(scene.messages->str, ==, "");
      scene_clear(&scene);
    }
  }
}

static void test_when(void)
{
  for (guint workers = 1; workers <= 2; workers++) {
    Scene scene = {.n_records = 20};
    const Setting setting = {.side_when = "id in ('3', '4', '5')",
                             .writer_when = "id != '4' and "
                                            "id != '6'"};
    AverRunOptions run = {.n_workers = workers};
    AverSummary summary;
    g_autoptr(GError) error = NULL;
    g_assert_true(play(&scene, &setting, &run, &summary, &error));
    g_assert_cmpstr(scene.written[1]->str, ==, "side 3\nside 4\nside 5\n");
    g_assert_true(g_str_has_prefix(scene.written[0]->str, "1\n2\n3\n8\n10\n"));
    /* 5 and 15 the sieve's, 6 nobody's. */
    g_assert_cmpuint(summary.documents_dropped, ==, 3);
    g_assert_cmpuint(summary.documents_out, ==, 13);
    scene_clear(&scene);
  }
}

static void test_max_errors(void)
{
  static const struct {
    AverMaxErrors allowed;
    guint64 n_in;
    const char *message; /* NULL: the run goes on to its end */
  } cases[] = {
      {{TRUE, FALSE, 0, 0}, 7, "1 of 7 documents failed; at most 0 were allowed"},
      {{TRUE, FALSE, 20, 0}, 107, "21 of 107 documents failed; at most 20 were allowed"},
      {{TRUE, FALSE, 200, 0}, 1000, NULL},
      {{TRUE, TRUE, 0, 0.1}, 100, "20 of 100 documents failed; at most 10 % were allowed"},
      {{TRUE, TRUE, 0, 0.2}, 109, "22 of 109 documents failed; at most 20 % were allowed"},
      {{TRUE, TRUE, 0, 0.201}, 109, "22 of 109 documents failed; at most 20.1 % were allowed"},
      {{TRUE, TRUE, 0, 0.205}, 1000, NULL},
      {{TRUE, TRUE, 0, 0.3}, 1000, NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    for (guint workers = 1; workers <= 3; workers++) {
      Scene scene = {.n_records = 1000};
      const Setting setting = {0};
      AverRunOptions run = {.n_workers = workers, .max_errors = cases[i].allowed};
      AverSummary summary;
      g_autoptr(GError) error = NULL;
      g_assert_true(play(&scene, &setting, &run, &summary, &error) == (cases[i].message == NULL));
      g_assert_cmpuint(summary.documents_in, ==, cases[i].n_in);
      g_assert_cmpstr(error == NULL ? NULL : error->message, ==, cases[i].message);
      g_assert_cmpuint(lines_of(scene.written[0]), ==, summary.documents_out);
      g_assert_cmpuint(lines_of(scene.messages), ==, summary.documents_failed);
      scene_clear(&scene);
    }
  }
}

/* A share is judged at the end of a short input too. */
static void test_max_errors_at_the_end(void)
{
  Scene scene = {.n_records = 10};
  const Setting setting = {0};
  AverRunOptions run = {.n_workers = 2, .max_errors = {TRUE, TRUE, 0, 0.1}};
  AverSummary summary;
  g_autoptr(GError) error = NULL;
  g_assert_false(play(&scene, &setting, &run, &summary, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_LIMIT);
  g_assert_cmpstr(error->message, ==, "2 of 10 documents failed; at most 10 % were allowed");
  scene_clear(&scene);
}

static void test_metrics_escape(void)
{
  Scene scene = {0};
  const Setting setting = {0};
  g_autoptr(AverPipeline) pipeline = pipeline_of(&scene, &setting);
  AverStage *stage = g_ptr_array_index(pipeline->stages, 0);
  g_free(stage->name);
  stage->name = g_strdup("a\"b\\c\nd");
  g_autoptr(AverCrew) crew = aver_crew_new(pipeline, 0, pipeline->stages->len, 1, NULL);
  AverMoment moment = {0};
  aver_tally_init(&moment.tally, crew->n_posts);
  g_auto(AverBuffer) text = {0};
  aver_metrics_format(crew, &moment, 1.5, TRUE, &text);
  aver_buffer_append_char(&text, '\0');
  g_assert_nonnull(
      strstr(text.data, "\naver_stage_failed_documents_total{stage=\"a\\\"b\\\\c\\nd\"} 0\n"));
  g_assert_true(g_str_has_suffix(text.data, "\naver_run_seconds 1.500\n# EOF\n"));
  aver_tally_clear(&moment.tally);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/flow/policies", test_policies);
  g_test_add_func("/flow/stop", test_stop);
  g_test_add_func("/flow/stop-at-bad-record", test_stop_at_bad_record);
  g_test_add_func("/flow/bad-manners", test_bad_manners);
  g_test_add_func("/flow/retry-heals", test_retry_heals);
  g_test_add_func("/flow/pause", test_pause);
  g_test_add_func("/flow/retry-stops", test_retry_stops);
  g_test_add_func("/flow/when", test_when);
  g_test_add_func("/flow/max-errors", test_max_errors);
  g_test_add_func("/flow/max-errors-at-the-end", test_max_errors_at_the_end);
  g_test_add_func("/flow/metrics-escape", test_metrics_escape);
  return g_test_run();
}
