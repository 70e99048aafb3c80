/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of jobs, with stages made for the purpose: a reader that counts, a writer that is a
 * database. */
#include "crew.h"
#include "job.h"
#include "numbers.h"

#include <aver/aver.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define N_RECORDS 2000

/* What lasts from run to run, and what happens in one. */
typedef struct {
  GString *rows;     /* of the database, committed */
  guint64 committed; /* bytes of what was emitted that are in it, in the same transaction */
  GString *open;     /* the transaction */
  guint64 position;  /* bytes of what was emitted to this run and those before */
  guint commits;
  guint fail_commit; /* this one fails, after the database has it; 0: none */
  guint cut;
  guint cut_first; /* the first record of this run */
  guint stop_at;   /* 0: never */
  guint identity;  /* of the input */
  int stop;
  const char *file; /* (nullable) that the results depend on */
  gboolean finished;
  char text[32];
} Scene;

static gpointer open_scene(AverStage *stage, GError **error)
{
  (void) error;
  Scene *scene = scene_of(stage);
  if (scene->file != NULL && stage->plugin->kind == AVER_PLUGIN_ANNOTATOR)
    aver_stage_add_file(stage, scene->file);
  return scene;
}

static AverCut cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  Scene *scene = self;
  (void) may_block;
  (void) error;
  if (scene->cut >= N_RECORDS)
    return AVER_CUT_END;
  scene->cut++;
  if (scene->cut_first == 0)
    scene->cut_first = scene->cut;
  if (scene->cut == scene->stop_at)
    g_atomic_int_set(&scene->stop, 1);
  make_record(record, scene->cut, scene->text, sizeof scene->text);
  return AVER_CUT_RECORD;
}

static void cursor(gpointer self, GString *text)
{
  g_string_append_printf(text, "%u", ((Scene *) self)->cut);
}

static gboolean seek(gpointer self, const char *text, GError **error)
{
  (void) error;
  ((Scene *) self)->cut = (guint) g_ascii_strtoull(text, NULL, 10);
  return TRUE;
}

static void identify(gpointer self, GString *text)
{
  g_string_append_printf(text, "number %u\tin\n", ((Scene *) self)->identity);
}

static AverVerdict process(gpointer self, gpointer worker, AverDocument *document, GError **error)
{
  const char *id = aver_document_get_id(document);
  (void) self;
  (void) worker;
  if (g_str_has_suffix(id, "5"))
    return AVER_DROP;
  if (!g_str_has_suffix(id, "99"))
    return AVER_KEEP;
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "ends in 99");
  return AVER_FAIL;
}

/* Passes over what its own transactions have already. */
static gboolean emit(gpointer self, const char *data, gsize length, GError **error)
{
  Scene *scene = self;
  (void) error;
  guint64 had = scene->committed > scene->position ? scene->committed - scene->position : 0;
  gsize known = (gsize) MIN(had, length);
  g_string_append_len(scene->open, data + known, (gssize) (length - known));
  scene->position += length;
  return TRUE;
}

static gboolean commit(gpointer self, GString *position, GError **error)
{
  Scene *scene = self;
  g_string_append(scene->rows, scene->open->str);
  g_string_truncate(scene->open, 0);
  scene->committed = MAX(scene->committed, scene->position);
  if (++scene->commits == scene->fail_commit) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "the connection is gone");
    return FALSE;
  }
  g_string_append_printf(position, "%" G_GUINT64_FORMAT, scene->position);
  return TRUE;
}

static gpointer open_database(AverStage *stage, GError **error)
{
  Scene *scene = open_scene(stage, error);
  const char *position = aver_stage_get_resume_position(stage);
  scene->position = position == NULL ? 0 : g_ascii_strtoull(position, NULL, 10);
  g_assert_cmpuint(strlen(aver_stage_get_job(stage)), ==, 16);
  return scene;
}

static gboolean finish(gpointer self, GError **error)
{
  (void) error;
  ((Scene *) self)->finished = TRUE;
  return TRUE;
}

static const AverPlugin reader = {COMMON("counter"), .kind = AVER_PLUGIN_READER, .open = open_scene,
                                  .cut = cut,        .decode = decode,           .cursor = cursor,
                                  .seek = seek,      .identify = identify};
static const AverPlugin sieve = {COMMON("sieve"), .kind = AVER_PLUGIN_ANNOTATOR, .open = open_scene,
                                 .process = process};
static const AverPlugin serial = {COMMON("serial"), .kind = AVER_PLUGIN_ANNOTATOR,
                                  .flags = AVER_PLUGIN_SERIAL, .open = open_scene,
                                  .process = process};
static const AverPlugin database = {COMMON("database"),
                                    .kind = AVER_PLUGIN_WRITER,
                                    .flags = AVER_PLUGIN_RESUMES,
                                    .open = open_database,
                                    .encode = encode_number,
                                    .emit = emit,
                                    .commit = commit,
                                    .finish = finish};
static const AverPlugin stream = {COMMON("stream"), .kind = AVER_PLUGIN_WRITER, .open = open_scene,
                                  .encode = encode_number, .emit = emit};

typedef struct {
  char *folder;
  Scene scene;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->folder = g_dir_make_tmp("aver-job-XXXXXX", NULL);
  fixture->scene = (Scene){.rows = g_string_new(NULL), .open = g_string_new(NULL)};
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = {"journal.log", "lock"};
  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *path = g_build_filename(fixture->folder, names[i], NULL);
    g_remove(path);
  }
  g_assert_cmpint(g_rmdir(fixture->folder), ==, 0);
  g_free(fixture->folder);
  g_string_free(fixture->scene.rows, TRUE);
  g_string_free(fixture->scene.open, TRUE);
}

static void add_stage(const Fixture *fixture, AverPipeline *pipeline, const AverPlugin *plugin)
{
  g_ptr_array_add(pipeline->stages, scene_stage_new(plugin, &fixture->scene));
}

static AverPipeline *make_pipeline(const Fixture *fixture, const AverPlugin *middle,
                                   const AverPlugin *writer)
{
  AverPipeline *pipeline = g_new0(AverPipeline, 1);
  pipeline->references = 1;
  pipeline->stages = g_ptr_array_new_with_free_func((GDestroyNotify) aver_stage_free);
  add_stage(fixture, pipeline, &reader);
  add_stage(fixture, pipeline, middle);
  add_stage(fixture, pipeline, writer);
  return pipeline;
}

static gboolean run(Fixture *fixture, guint n_workers, AverSummary *summary, GError **error)
{
  Scene *scene = &fixture->scene;
  scene->cut = scene->cut_first = 0;
  scene->stop = 0;
  g_string_truncate(scene->open, 0);
  AverRunOptions how = {.n_workers = n_workers,
                        .stop = &scene->stop,
                        .job = fixture->folder,
                        .checkpoint_documents = 64};
  g_autoptr(AverPipeline) pipeline = make_pipeline(fixture, &sieve, &database);
  return aver_pipeline_run(pipeline, &how, summary, error);
}

static char *expected_rows(void)
{
  GString *rows = g_string_new(NULL);
  for (guint i = 1; i <= N_RECORDS; i++)
    if (i % 10 != 5 && i % 100 != 99)
      g_string_append_printf(rows, "%u\n", i);
  return g_string_free(rows, FALSE);
}

static void assert_complete(const Fixture *fixture, const AverSummary *summary)
{
  g_autofree char *rows = expected_rows();
  g_assert_cmpstr(fixture->scene.rows->str, ==, rows);
  g_assert_true(fixture->scene.finished);
  g_assert_cmpuint(summary->documents_in, ==, N_RECORDS);
  g_assert_cmpuint(summary->documents_failed, ==, 20);
  g_assert_cmpuint(summary->documents_dropped, ==, 200);
  g_assert_cmpuint(summary->documents_out, ==, 1780);
}

static void test_runs_through(Fixture *fixture, gconstpointer data)
{
  (void) data;
  AverSummary summary;
  g_autoptr(GError) error = NULL;
  g_assert_true(run(fixture, 2, &summary, &error));
  g_assert_no_error(error);
  assert_complete(fixture, &summary);
}

static void test_goes_on_after_stops(Fixture *fixture, gconstpointer data)
{
  (void) data;
  AverSummary summary;
  guint last = 0;
  for (guint stop_at = 300; stop_at < N_RECORDS; stop_at += 300) {
    g_autoptr(GError) error = NULL;
    fixture->scene.stop_at = stop_at;
    g_assert_false(run(fixture, 1 + stop_at % 2, &summary, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_STOPPED);
    g_assert_cmpuint(fixture->scene.cut_first, ==, last + 1);
    g_assert_cmpuint(summary.documents_in, ==, stop_at);
    last = stop_at;
  }
  g_autoptr(GError) error = NULL;
  fixture->scene.stop_at = 0;
  g_assert_true(run(fixture, 2, &summary, &error));
  g_assert_no_error(error);
  assert_complete(fixture, &summary);
}

/* The database has a transaction that the journal has not heard of. */
static void test_writer_is_ahead(Fixture *fixture, gconstpointer data)
{
  (void) data;
  AverSummary summary;
  for (guint n = 1; n < 40; n += 7) {
    g_autoptr(GError) error = NULL;
    fixture->scene.commits = 0;
    fixture->scene.fail_commit = n;
    if (run(fixture, 2, &summary, &error))
      break;
    g_assert_error(error, AVER_ERROR, AVER_ERROR_OUTPUT);
    g_assert_cmpuint(fixture->scene.committed, ==, fixture->scene.rows->len);
  }
  g_autoptr(GError) error = NULL;
  fixture->scene.fail_commit = 0;
  g_assert_true(run(fixture, 1, &summary, &error));
  g_assert_no_error(error);
  assert_complete(fixture, &summary);
}

static void test_finished_does_nothing(Fixture *fixture, gconstpointer data)
{
  (void) data;
  AverSummary summary;
  g_assert_true(run(fixture, 2, &summary, NULL));
  g_assert_false(summary.was_finished);
  fixture->scene.finished = FALSE;
  g_assert_true(run(fixture, 2, &summary, NULL));
  g_assert_true(summary.was_finished);
  g_assert_cmpuint(summary.documents_in, ==, N_RECORDS);
  g_assert_false(fixture->scene.finished);
  g_assert_cmpuint(fixture->scene.cut, ==, 0);
}

static void test_changed_input_is_refused(Fixture *fixture, gconstpointer data)
{
  (void) data;
  AverSummary summary;
  fixture->scene.stop_at = 700;
  g_assert_false(run(fixture, 2, &summary, NULL));
  fixture->scene.identity = 1;
  g_autoptr(GError) error = NULL;
  g_assert_false(run(fixture, 2, &summary, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_assert_nonnull(strstr(error->message, "input 'in' was number 0, is number 1"));
  g_assert_cmpuint(fixture->scene.cut, ==, 0);
}

static void test_changed_file_is_refused(Fixture *fixture, gconstpointer data)
{
  (void) data;
  AverSummary summary;
  g_autofree char *path = g_build_filename(fixture->folder, "words", NULL);
  g_assert_true(g_file_set_contents(path, "one two", -1, NULL));
  fixture->scene.file = path;
  fixture->scene.stop_at = 700;
  g_assert_false(run(fixture, 2, &summary, NULL));
  g_assert_true(g_file_set_contents(path, "one too", -1, NULL));
  g_autoptr(GError) error = NULL;
  g_assert_false(run(fixture, 2, &summary, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_autofree char *hint = g_strdup_printf("the file '%s' changed", path);
  g_assert_nonnull(strstr(error->message, hint));
  g_autofree char *status = aver_job_describe(fixture->folder, NULL);
  g_assert_nonnull(strstr(status, hint));
  g_assert_true(g_file_set_contents(path, "one two", -1, NULL));
  fixture->scene.stop_at = 0;
  g_assert_true(run(fixture, 2, &summary, NULL));
  assert_complete(fixture, &summary);
  g_remove(path);
}

static void test_one_process_at_a_time(Fixture *fixture, gconstpointer data)
{
  (void) data;
  AverRunOptions how = {.job = fixture->folder};
  g_autoptr(GError) error = NULL;
  g_autoptr(AverPipeline) first = make_pipeline(fixture, &sieve, &database);
  g_autoptr(AverPipeline) second = make_pipeline(fixture, &sieve, &database);
  g_autoptr(AverJob) job = aver_job_new(first, &how, &error);
  g_assert_no_error(error);
  g_assert_nonnull(job);
  g_assert_null(aver_job_new(second, &how, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_assert_nonnull(strstr(error->message, "another process"));
  g_autofree char *text = aver_job_describe(fixture->folder, NULL);
  g_assert_nonnull(strstr(text, "\"state\": \"running\""));
}

static void assert_unfit(const Fixture *fixture, const AverPlugin *middle, const AverPlugin *writer,
                         const char *hint)
{
  AverRunOptions how = {.job = fixture->folder};
  g_autoptr(AverPipeline) pipeline = make_pipeline(fixture, middle, writer);
  g_autoptr(GError) error = NULL;
  g_assert_false(aver_pipeline_run(pipeline, &how, NULL, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_assert_nonnull(strstr(error->message, hint));
}

static void test_unfit_stages_are_refused(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_unfit(fixture, &serial, &database, "stage 'serial': cannot be part of a job");
  assert_unfit(fixture, &sieve, &stream, "stage 'stream': cannot be part of a job");
}

static void test_status(Fixture *fixture, gconstpointer data)
{
  (void) data;
  AverSummary summary;
  g_autoptr(GError) error = NULL;
  g_assert_null(aver_job_describe(fixture->folder, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  fixture->scene.stop_at = 700;
  g_assert_false(run(fixture, 2, &summary, NULL));
  g_autofree char *text = aver_job_describe(fixture->folder, NULL);
  json_t *job = json_loads(text, 0, NULL);
  g_assert_cmpstr(json_string_value(json_object_get(job, "state")), ==, "stopped");
  g_assert_cmpint(json_integer_value(json_object_get(job, "documents_in")), ==, 700);
  g_assert_cmpstr(json_string_value(json_object_get(job, "error")), ==,
                  "stopped before the end of the input");
  json_decref(job);
}

#define ADD(name, function) g_test_add("/job/" name, Fixture, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("runs-through", test_runs_through);
  ADD("goes-on-after-stops", test_goes_on_after_stops);
  ADD("writer-is-ahead", test_writer_is_ahead);
  ADD("finished-does-nothing", test_finished_does_nothing);
  ADD("changed-input-is-refused", test_changed_input_is_refused);
  ADD("changed-file-is-refused", test_changed_file_is_refused);
  ADD("one-process-at-a-time", test_one_process_at_a_time);
  ADD("unfit-stages-are-refused", test_unfit_stages_are_refused);
  ADD("status", test_status);
  return g_test_run();
}
