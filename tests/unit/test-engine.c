/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the engine, with stages made for the purpose. */
#include "crew.h"
#include "deadletter.h"
#include "numbers.h"

#include <aver/aver.h>
#include <glib/gstdio.h>

/* What the stages of a test do, and what its writer got. */
typedef struct {
  guint n_records;
  guint bad_record;   /* this one cannot be cut; 0: none */
  guint fatal_record; /* cutting ends with an error here; 0: none */
  int stop;
  guint stop_at; /* the reader asks for a stop here; 0: never */
  guint cut;
  char text[64];
  GString *written;
  GString *messages;
  guint emits;
  gboolean finished;
  gboolean emit_fails;
  guint serial_seen;
  gint opened;
} Scene;

static gpointer open_scene(AverStage *stage, GError **error)
{
  (void) error;
  Scene *scene = scene_of(stage);
  scene->opened++;
  return scene;
}

static void close_scene(gpointer self)
{
  ((Scene *) self)->opened--;
}

static AverCut cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  Scene *scene = self;
  if (scene->cut >= scene->n_records)
    return AVER_CUT_END;
  if (!may_block && scene->cut % 7 == 6)
    return AVER_CUT_WAIT;
  scene->cut++;
  if (scene->cut == scene->stop_at)
    g_atomic_int_set(&scene->stop, 1);
  make_record(record, scene->cut, scene->text, sizeof scene->text);
  if (scene->cut == scene->fatal_record) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "the disk is gone");
    return AVER_CUT_FATAL;
  }
  if (scene->cut == scene->bad_record) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT, "too long");
    return AVER_CUT_BAD;
  }
  return AVER_CUT_RECORD;
}

/* Drops what ends in 5, fails what ends in 9, is slow at what ends in 0. */
static AverVerdict process(gpointer self, gpointer worker, AverDocument *document, GError **error)
{
  (void) self;
  (void) worker;
  const char *id = aver_document_get_id(document);
  char last = id[strlen(id) - 1];
  if (last == '0')
    g_usleep(50);
  if (last == '5')
    return AVER_DROP;
  if (last != '9')
    return AVER_KEEP;
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "ends in 9");
  return AVER_FAIL;
}

/* Serial: numbers what it sees, which must be in order. */
static AverVerdict number(gpointer self, gpointer worker, AverDocument *document, GError **error)
{
  (void) worker;
  (void) error;
  Scene *scene = self;
  guint id = (guint) g_ascii_strtoull(aver_document_get_id(document), NULL, 10);
  g_assert_cmpuint(id, >, scene->serial_seen);
  scene->serial_seen = id;
  return AVER_KEEP;
}

static gboolean emit(gpointer self, const char *data, gsize length, GError **error)
{
  Scene *scene = self;
  scene->emits++;
  if (scene->emit_fails) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "out: no space left");
    return FALSE;
  }
  g_string_append_len(scene->written, data, (gssize) length);
  return TRUE;
}

static gboolean finish(gpointer self, GError **error)
{
  (void) error;
  ((Scene *) self)->finished = TRUE;
  return TRUE;
}

static const AverPlugin reader = {COMMON("reader"),     .open = open_scene,
                                  .close = close_scene, .kind = AVER_PLUGIN_READER,
                                  .cut = cut,           .decode = decode};
static const AverPlugin sieve = {COMMON("sieve"), .open = open_scene, .close = close_scene,
                                 .kind = AVER_PLUGIN_ANNOTATOR, .process = process};
static const AverPlugin counter = {COMMON("counter"),           .open = open_scene,
                                   .close = close_scene,        .kind = AVER_PLUGIN_ANNOTATOR,
                                   .flags = AVER_PLUGIN_SERIAL, .process = number};
static const AverPlugin writer = {
    COMMON("writer"),        .open = open_scene, .close = close_scene, .kind = AVER_PLUGIN_WRITER,
    .encode = encode_number, .emit = emit,       .finish = finish};

static AverPipeline *pipeline_of(Scene *scene, AverPolicy policy, const char *dead_letter)
{
  static const AverPlugin *const plugins[] = {&reader, &sieve, &counter, &writer};
  AverPipeline *pipeline = g_new0(AverPipeline, 1);
  pipeline->references = 1;
  pipeline->stages = g_ptr_array_new_with_free_func((GDestroyNotify) aver_stage_free);
  for (guint i = 0; i < G_N_ELEMENTS(plugins); i++) {
    AverStage *stage = scene_stage_new(plugins[i], scene);
    stage->policy = policy;
    stage->dead_letter = g_strdup(dead_letter);
    g_ptr_array_add(pipeline->stages, stage);
  }
  return pipeline;
}

static void note(const char *message, gpointer user_data)
{
  Scene *scene = user_data;
  g_string_append_printf(scene->messages, "%s\n", message);
}

/* Runs the scene; the caller frees its strings. */
static gboolean play(Scene *scene, guint n_workers, AverPolicy policy, const char *dead_letter,
                     AverSummary *summary, GError **error)
{
  scene->written = g_string_new(NULL);
  scene->messages = g_string_new(NULL);
  AverRunOptions run = {
      .n_workers = n_workers, .message = note, .stop = &scene->stop, .user_data = scene};
  g_autoptr(AverPipeline) pipeline = pipeline_of(scene, policy, dead_letter);
  gboolean good = aver_pipeline_run(pipeline, &run, summary, error);
  g_assert_cmpint(scene->opened, ==, 0);
  return good;
}

static void scene_clear(Scene *scene)
{
  g_string_free(scene->written, TRUE);
  g_string_free(scene->messages, TRUE);
}

static void test_order(void)
{
  g_autofree char *first_output = NULL;
  g_autofree char *first_messages = NULL;
  static const guint workers[] = {1, 2, 8, 3};
  for (guint i = 0; i < G_N_ELEMENTS(workers); i++) {
    Scene scene = {.n_records = 5000, .bad_record = 4321};
    g_autoptr(GError) error = NULL;
    AverSummary summary;
    g_assert_true(play(&scene, workers[i], AVER_POLICY_SKIP, NULL, &summary, &error));
    g_assert_no_error(error);
    g_assert_true(scene.finished);
    g_assert_cmpuint(summary.documents_in, ==, 5000);
    g_assert_cmpuint(summary.documents_dropped, ==, 500);
    g_assert_cmpuint(summary.documents_failed, ==, 501);
    g_assert_cmpuint(summary.documents_out, ==, 3999);
    if (first_output == NULL) {
      first_output = g_strdup(scene.written->str);
      first_messages = g_strdup(scene.messages->str);
      g_assert_nonnull(strstr(first_messages, "in:19: stage 'sieve': ends in 9\n"));
      g_assert_nonnull(strstr(first_messages, "in:4321: stage 'reader': too long\n"));
    }
    g_assert_cmpstr(scene.written->str, ==, first_output);
    g_assert_cmpstr(scene.messages->str, ==, first_messages);
    scene_clear(&scene);
  }
}

static void test_policy_stop(void)
{
  for (guint workers = 1; workers <= 4; workers++) {
    Scene scene = {.n_records = 5000};
    g_autoptr(GError) error = NULL;
    AverSummary summary;
    g_assert_false(play(&scene, workers, AVER_POLICY_STOP, NULL, &summary, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_FAILED);
    g_assert_cmpstr(error->message, ==, "in:9: stage 'sieve': ends in 9");
    g_assert_cmpstr(scene.written->str, ==, "1\n2\n3\n4\n6\n7\n8\n");
    g_assert_false(scene.finished);
    scene_clear(&scene);
  }
}

static void test_fatal_input(void)
{
  for (guint workers = 1; workers <= 4; workers++) {
    Scene scene = {.n_records = 5000, .fatal_record = 3001};
    g_autoptr(GError) error = NULL;
    AverSummary summary;
    g_assert_false(play(&scene, workers, AVER_POLICY_SKIP, NULL, &summary, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_INPUT);
    g_assert_cmpstr(error->message, ==, "stage 'reader': the disk is gone");
    g_assert_cmpuint(summary.documents_in, ==, 3000);
    g_assert_true(g_str_has_suffix(scene.written->str, "\n2998\n3000\n"));
    scene_clear(&scene);
  }
}

static void test_emit_fails(void)
{
  Scene scene = {.n_records = 5000, .emit_fails = TRUE};
  g_autoptr(GError) error = NULL;
  g_assert_false(play(&scene, 4, AVER_POLICY_SKIP, NULL, NULL, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_OUTPUT);
  g_assert_cmpstr(error->message, ==, "stage 'writer': out: no space left");
  g_assert_cmpuint(scene.emits, ==, 1);
  scene_clear(&scene);
}

static void test_stop_flag(void)
{
  Scene scene = {.n_records = 1000000, .stop_at = 2000};
  g_autoptr(GError) error = NULL;
  AverSummary summary;
  g_assert_false(play(&scene, 2, AVER_POLICY_SKIP, NULL, &summary, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_STOPPED);
  g_assert_cmpuint(summary.documents_in, ==, 2000);
  g_assert_false(scene.finished);
  scene_clear(&scene);
}

static void test_dead_letters(void)
{
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "dead.jsonl", NULL);
  Scene scene = {.n_records = 20, .bad_record = 3};
  g_autoptr(GError) error = NULL;
  g_assert_true(play(&scene, 2, AVER_POLICY_DEAD_LETTER, path, NULL, &error));
  g_assert_no_error(error);
  g_autofree char *letters = NULL;
  g_assert_true(g_file_get_contents(path, &letters, NULL, NULL));
  g_assert_cmpstr(letters, ==,
                  "{\"error\":\"too long\",\"line\":3,\"offset\":30,\"origin\":\"in\","
                  "\"record\":null,\"stage\":\"reader\"}\n"
                  "{\"error\":\"ends in 9\",\"line\":9,\"offset\":90,\"origin\":\"in\","
                  "\"record\":\"9\",\"stage\":\"sieve\"}\n"
                  "{\"error\":\"ends in 9\",\"line\":19,\"offset\":190,\"origin\":\"in\","
                  "\"record\":\"19\",\"stage\":\"sieve\"}\n");
  scene_clear(&scene);
  g_remove(path);
  g_rmdir(folder);
}

static void test_process(void)
{
  Scene scene = {0};
  g_autoptr(AverPipeline) pipeline = pipeline_of(&scene, AVER_POLICY_SKIP, NULL);
  g_autoptr(AverDocument) document = aver_document_new();
  g_autoptr(GError) error = NULL;
  aver_document_set_id(document, "1", -1);
  g_assert_cmpint(aver_pipeline_process(pipeline, document, &error), ==, AVER_KEEP);
  g_assert_no_error(error);
  aver_document_set_id(document, "5", -1);
  g_assert_cmpint(aver_pipeline_process(pipeline, document, &error), ==, AVER_DROP);
  aver_document_set_id(document, "9", -1);
  g_assert_cmpint(aver_pipeline_process(pipeline, document, &error), ==, AVER_FAIL);
  g_assert_error(error, AVER_ERROR, AVER_ERROR_FAILED);
  g_assert_cmpstr(error->message, ==, "stage 'sieve': ends in 9");
}

/* Documents read one by one; the sieve explains nothing. */
static void test_read(void)
{
  Scene scene = {.n_records = 4, .bad_record = 2};
  g_autoptr(AverPipeline) pipeline = pipeline_of(&scene, AVER_POLICY_SKIP, NULL);
  g_autoptr(AverDocument) document = aver_document_new();
  g_autoptr(GError) error = NULL;
  g_assert_cmpint(aver_pipeline_read(pipeline, document, &error), ==, AVER_CUT_RECORD);
  g_assert_no_error(error);
  g_assert_cmpstr(aver_document_get_id(document), ==, "1");
  g_assert_cmpint(aver_pipeline_read(pipeline, document, &error), ==, AVER_CUT_BAD);
  g_assert_error(error, AVER_ERROR, AVER_ERROR_LIMIT);
  g_assert_cmpstr(error->message, ==, "in:2: stage 'reader': too long");
  g_clear_error(&error);
  g_assert_cmpint(aver_pipeline_read(pipeline, document, &error), ==, AVER_CUT_RECORD);
  g_assert_cmpstr(aver_document_get_id(document), ==, "3");
  g_assert_cmpint(aver_pipeline_read(pipeline, document, &error), ==, AVER_CUT_RECORD);
  g_assert_cmpint(aver_pipeline_read(pipeline, document, &error), ==, AVER_CUT_END);
  g_assert_no_error(error);
  g_auto(GStrv) explained = aver_pipeline_list_explained(pipeline);
  g_assert_cmpuint(g_strv_length(explained), ==, 0);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/engine/order", test_order);
  g_test_add_func("/engine/policy-stop", test_policy_stop);
  g_test_add_func("/engine/fatal-input", test_fatal_input);
  g_test_add_func("/engine/emit-fails", test_emit_fails);
  g_test_add_func("/engine/stop-flag", test_stop_flag);
  g_test_add_func("/engine/dead-letters", test_dead_letters);
  g_test_add_func("/engine/process", test_process);
  g_test_add_func("/engine/read", test_read);
  return g_test_run();
}
