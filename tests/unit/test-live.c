/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of live input: what is acknowledged, and when, with stages made for the purpose. */
#include "live.h"
#include "numbers.h"
#include "pipeline.h"

/* What the stages of a test do, and what came of it. */
typedef struct {
  guint n_records;
  gint endless; /* waits when all is cut, until everything is acknowledged; then the run is stopped
                 */
  int stop;
  gint cut, emitted, committed, acknowledged; /* the last number; atomic */
  guint n_commits;
  gboolean commit_fails;
  gboolean early; /* acknowledged before it was committed */
  gboolean finished;
  char text[64];
  GString *failed;
} Scene;

static gpointer open_scene(AverStage *stage, GError **error)
{
  (void) error;
  return scene_of(stage);
}

static AverCut cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  Scene *scene = self;
  (void) error;
  if ((guint) scene->cut < scene->n_records) {
    make_record(record, (guint) ++scene->cut, scene->text, sizeof scene->text);
    return AVER_CUT_RECORD;
  }
  if (!scene->endless)
    return AVER_CUT_END;
  if (g_atomic_int_get(&scene->acknowledged) == scene->cut)
    g_atomic_int_set(&scene->stop, 1);
  else if (may_block)
    g_usleep(1000);
  return AVER_CUT_WAIT;
}

static void cursor(gpointer self, GString *text)
{
  g_string_append_printf(text, "%d", ((Scene *) self)->cut);
}

static gboolean seek(gpointer self, const char *text, GError **error)
{
  (void) self;
  (void) text;
  (void) error;
  return TRUE;
}

static gboolean acknowledge(gpointer self, const char *text, GError **error)
{
  Scene *scene = self;
  gint number = (gint) g_ascii_strtoll(text, NULL, 10);
  (void) error;
  scene->early = scene->early || number > scene->committed;
  g_assert_cmpint(number, >, scene->acknowledged);
  g_atomic_int_set(&scene->acknowledged, number);
  return TRUE;
}

static gboolean failed(gpointer self, const AverRecord *record, const char *stage,
                       const char *message, GError **error)
{
  (void) error;
  g_string_append_printf(((Scene *) self)->failed, "%.*s %s: %s\n", (int) record->length,
                         record->data, stage, message);
  return TRUE;
}

/* Fails what ends in 9. */
static gboolean encode(gpointer self, gpointer worker, AverDocument *document, AverBuffer *out,
                       GError **error)
{
  if (!g_str_has_suffix(aver_document_get_id(document), "9"))
    return encode_number(self, worker, document, out, error);
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "ends in 9");
  return FALSE;
}

static gboolean emit(gpointer self, const char *data, gsize length, GError **error)
{
  Scene *scene = self;
  (void) error;
  for (const char *end = data + length; data < end; data = strchr(data, '\n') + 1)
    scene->emitted = (gint) g_ascii_strtoll(data, NULL, 10);
  return TRUE;
}

static gboolean commit(gpointer self, GString *position, GError **error)
{
  Scene *scene = self;
  g_string_append(position, "1");
  scene->n_commits++;
  if (scene->commit_fails) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "the disk is full");
    return FALSE;
  }
  scene->committed = scene->emitted;
  return TRUE;
}

static gboolean finish(gpointer self, GError **error)
{
  (void) error;
  ((Scene *) self)->finished = TRUE;
  return TRUE;
}

static const AverPlugin reader = {
    COMMON("reader"), .open = open_scene,         .kind = AVER_PLUGIN_READER,
    .cut = cut,       .decode = decode,           .cursor = cursor,
    .seek = seek,     .acknowledge = acknowledge, .failed = failed};
static const AverPlugin writer = {
    COMMON("writer"), .open = open_scene, .kind = AVER_PLUGIN_WRITER, .flags = AVER_PLUGIN_LIVE,
    .encode = encode, .emit = emit,       .commit = commit,           .finish = finish};
static const AverPlugin slow_writer = {
    COMMON("slow-writer"), .open = open_scene, .kind = AVER_PLUGIN_WRITER,
    .encode = encode,      .emit = emit,       .commit = commit};

static gboolean run(Scene *scene, const AverPlugin *to, guint n_workers, AverSummary *summary,
                    GError **error)
{
  const AverPlugin *const plugins[] = {&reader, to};
  const AverRunOptions how = {.n_workers = n_workers, .stop = &scene->stop};
  g_autoptr(AverPipeline) pipeline = g_new0(AverPipeline, 1);
  pipeline->references = 1;
  pipeline->stages = g_ptr_array_new_with_free_func((GDestroyNotify) aver_stage_free);
  scene->failed = g_string_new(NULL);
  for (guint i = 0; i < G_N_ELEMENTS(plugins); i++) {
    AverStage *stage = scene_stage_new(plugins[i], scene);
    stage->live = TRUE;
    g_ptr_array_add(pipeline->stages, stage);
  }
  return aver_pipeline_run(pipeline, &how, summary, error);
}

static void test_acknowledged(void)
{
  for (guint workers = 1; workers <= 3; workers += 2) {
    Scene scene = {.n_records = 9998};
    AverSummary summary;
    g_autoptr(GError) error = NULL;
    g_assert_true(run(&scene, &writer, workers, &summary, &error));
    g_assert_no_error(error);
    g_assert_false(scene.early);
    g_assert_cmpint(scene.acknowledged, ==, 9998);
    g_assert_cmpuint(scene.n_commits, >=, 3); /* every 4096 documents, and at the end */
    g_assert_true(scene.finished);
    g_string_free(scene.failed, TRUE);
  }
}

/* Nothing more comes: what there was is committed, and a stop is no failure. */
static void test_idle(void)
{
  for (guint workers = 1; workers <= 3; workers += 2) {
    Scene scene = {.n_records = 8, .endless = TRUE};
    AverSummary summary;
    g_autoptr(GError) error = NULL;
    g_assert_true(run(&scene, &writer, workers, &summary, &error));
    g_assert_no_error(error);
    g_assert_cmpint(scene.acknowledged, ==, 8);
    g_assert_cmpuint(summary.documents_out, ==, 8);
    g_assert_true(scene.finished);
    g_string_free(scene.failed, TRUE);
  }
}

static void test_failed(void)
{
  Scene scene = {.n_records = 20};
  AverSummary summary;
  g_autoptr(GError) error = NULL;
  g_assert_true(run(&scene, &writer, 1, &summary, &error));
  g_assert_cmpuint(summary.documents_failed, ==, 2);
  g_assert_cmpstr(scene.failed->str, ==, "9 writer: ends in 9\n19 writer: ends in 9\n");
  g_assert_cmpint(scene.acknowledged, ==, 20);
  g_string_free(scene.failed, TRUE);
}

static void test_commit_fails(void)
{
  Scene scene = {.n_records = 20, .endless = TRUE, .commit_fails = TRUE};
  AverSummary summary;
  g_autoptr(GError) error = NULL;
  g_assert_false(run(&scene, &writer, 2, &summary, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_OUTPUT);
  g_assert_cmpint(scene.acknowledged, ==, 0);
  g_string_free(scene.failed, TRUE);
}

static void test_not_durable(void)
{
  Scene scene = {.n_records = 20};
  AverSummary summary;
  g_autoptr(GError) error = NULL;
  g_assert_false(run(&scene, &slow_writer, 1, &summary, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_assert_true(g_str_has_prefix(error->message, "stage 'slow-writer': only complete when"));
  g_assert_cmpint(scene.cut, ==, 0);
  g_string_free(scene.failed, TRUE);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/live/all-is-acknowledged-behind-its-commit", test_acknowledged);
  g_test_add_func("/live/what-is-idle-is-committed-and-a-stop-is-the-end", test_idle);
  g_test_add_func("/live/the-reader-is-told-what-failed", test_failed);
  g_test_add_func("/live/nothing-is-acknowledged-when-a-commit-fails", test_commit_fails);
  g_test_add_func("/live/a-writer-that-is-not-durable-is-refused", test_not_durable);
  return g_test_run();
}
