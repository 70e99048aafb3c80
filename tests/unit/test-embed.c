/* SPDX-License-Identifier: Apache-2.0 */
/* Aver inside a program: pipelines, documents and rows in one call each, and what keeps what. */
#include "folder.h"

#include <aver/aver.h>
#include <string.h>

typedef struct {
  char *folder;
  char *pipeline;
  char *input;
} Fixture;

static void set_up(Fixture *f, gconstpointer data)
{
  (void) data;
  f->folder = g_dir_make_tmp("aver-embed-XXXXXX", NULL);
  f->pipeline = g_build_filename(f->folder, "pipeline.json", NULL);
  f->input = g_build_filename(f->folder, "input.jsonl", NULL);
  g_assert_true(g_file_set_contents(f->pipeline,
                                    "{\"version\": 1, \"stages\": [\"jsonl-reader\", "
                                    "\"sentence-splitter\", {\"plugin\": \"filter\", \"options\": "
                                    "{\"keep\": \"count(sentence) > 0\"}}, \"jsonl-writer\"]}",
                                    -1, NULL));
}

static void tear_down(Fixture *f, gconstpointer data)
{
  (void) data;
  remove_all(f->folder);
  g_free(f->folder);
  g_free(f->pipeline);
  g_free(f->input);
}

static AverPipeline *open_pipeline(const Fixture *f)
{
  const char *inputs[] = {f->input, NULL};
  GError *error = NULL;
  AverPipeline *pipeline = aver_pipeline_new(NULL, f->pipeline, inputs, NULL, &error);
  g_assert_no_error(error);
  return pipeline;
}

static void test_document_outlives_pipeline(Fixture *f, gconstpointer data)
{
  (void) data;
  g_autofree char *text = g_strdup("It rains. It pours.");
  GError *error = NULL;
  AverPipeline *pipeline = open_pipeline(f);
  AverDocument *document = aver_pipeline_process_text(pipeline, "a", text, -1, &error);
  g_assert_no_error(error);
  aver_pipeline_unref(pipeline);
  memset(text, 'x', strlen(text));
  AverLayer *layer = g_boxed_copy(AVER_TYPE_LAYER, aver_document_get_layer(document, "sentence"));
  aver_document_unref(document);
  g_autofree char *second = aver_layer_dup_text(layer, 1);
  g_assert_cmpstr(second, ==, "It pours.");
  AverSpan span;
  aver_layer_get_span(layer, 1, &span);
  g_assert_cmpuint(span.start, ==, 10);
  g_boxed_free(AVER_TYPE_LAYER, layer);
}

static void test_dropped_is_no_error(Fixture *f, gconstpointer data)
{
  (void) data;
  GError *error = NULL;
  g_autoptr(AverPipeline) pipeline = open_pipeline(f);
  g_assert_null(aver_pipeline_process_text(pipeline, NULL, "", 0, &error));
  g_assert_no_error(error);
}

static void test_bad_text(Fixture *f, gconstpointer data)
{
  (void) data;
  GError *error = NULL;
  g_autoptr(AverPipeline) pipeline = open_pipeline(f);
  g_assert_null(aver_pipeline_process_text(pipeline, NULL, "a\xc3", 2, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_ENCODING);
  g_clear_error(&error);
  g_autoptr(AverDocument) document = aver_pipeline_process_text(pipeline, NULL, "a", 1, &error);
  g_assert_no_error(error);
  g_assert_nonnull(document);
}

static void test_next(Fixture *f, gconstpointer data)
{
  (void) data;
  GError *error = NULL;
  g_assert_true(g_file_set_contents(f->input,
                                    "{\"id\": \"a\", \"text\": \"It ra\\u0069ns.\"}\n{\"id\": \n"
                                    "{\"id\": \"b\", \"text\": \"\"}\n"
                                    "{\"id\": \"c\", \"text\": \"It p\\u0000urs.\"}\n",
                                    -1, NULL));
  g_autoptr(AverPipeline) pipeline = open_pipeline(f);
  g_autoptr(AverDocument) first = aver_pipeline_next(pipeline, &error);
  g_assert_no_error(error);
  g_assert_null(aver_pipeline_next(pipeline, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
  g_assert_nonnull(strstr(error->message, "input.jsonl:2: stage 'jsonl-reader': "));
  g_clear_error(&error);
  g_autoptr(AverDocument) third = aver_pipeline_next(pipeline, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(aver_document_get_id(third), ==, "c");
  g_autofree char *text = aver_layer_dup_text(aver_document_get_layer(third, "sentence"), 0);
  g_assert_cmpstr(text, ==, "It p\357\277\275urs.");
  for (guint i = 0; i < 2; i++)
    g_assert_null(aver_pipeline_next(pipeline, &error));
  g_assert_no_error(error);
  g_autofree char *json = aver_document_to_json(first, TRUE);
  g_assert_cmpstr(json, ==,
                  "{\"id\":\"a\",\"metadata\":{},\"text\":\"It rains.\",\"layers\":{\"sentence\":["
                  "{\"start\":0,\"end\":9}]}}");
}

static void test_nothing_to_read(Fixture *f, gconstpointer data)
{
  (void) data;
  GError *error = NULL;
  g_autoptr(AverPipeline) pipeline = open_pipeline(f);
  g_assert_null(aver_pipeline_next(pipeline, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_INPUT);
  g_clear_error(&error);
  g_assert_null(aver_pipeline_next(pipeline, &error));
  g_assert_no_error(error);
}

static void test_layers_by_name(void)
{
  g_autoptr(AverDocument) document = aver_document_new_from_text("a", "\"No\"", -1, NULL);
  AverLayer *layer = aver_document_add_layer(document, &aver_quote_layer);
  aver_layer_add(layer, 0, 4);
  const AverSpan content = {1, 3};
  aver_layer_set_spans(layer, 0, AVER_QUOTE_CONTENT, &content, 1);
  g_auto(GStrv) layers = aver_document_list_layer_names(document);
  g_auto(GStrv) columns = aver_layer_list_columns(layer);
  g_assert_cmpuint(g_strv_length(layers), ==, 1);
  g_assert_cmpstr(layers[0], ==, "quote");
  g_assert_cmpstr(columns[AVER_QUOTE_SPEAKER], ==, "speaker");
  g_autofree char *spans = aver_layer_dup_cell(layer, 0, AVER_QUOTE_CONTENT);
  g_autofree char *absent = aver_layer_dup_cell(layer, 0, AVER_QUOTE_SPEAKER);
  g_assert_cmpstr(spans, ==, "[[1,3]]");
  g_assert_cmpstr(absent, ==, "null");
}

static void test_registry_is_kept(Fixture *f, gconstpointer data)
{
  (void) data;
  GError *error = NULL;
  const char *folders[] = {f->folder, NULL};
  AverRegistry *registry = aver_registry_new_standard(folders, &error);
  g_assert_no_error(error);
  AverRegistry *boxed = g_boxed_copy(AVER_TYPE_REGISTRY, registry);
  aver_registry_unref(registry);
  g_autoptr(AverPipeline) pipeline = aver_pipeline_new(boxed, f->pipeline, NULL, NULL, &error);
  g_assert_no_error(error);
  g_boxed_free(AVER_TYPE_REGISTRY, boxed);
  AverPipeline *same = g_boxed_copy(AVER_TYPE_PIPELINE, pipeline);
  g_assert_true(same == pipeline);
  g_boxed_free(AVER_TYPE_PIPELINE, same);
  g_autoptr(AverDocument) document = aver_pipeline_process_text(pipeline, "a", "Rain.", 5, &error);
  g_assert_no_error(error);
  g_assert_nonnull(document);
  const char *wrong[] = {f->pipeline, NULL};
  g_assert_null(aver_registry_new_standard(wrong, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_PLUGIN);
  g_clear_error(&error);
}

#define ADD(name, function) g_test_add("/embed/" name, Fixture, NULL, set_up, function, tear_down)

/* What a stage's file says of retries holds without a run, and its last error is the caller's. */
static void test_retries(Fixture *f, gconstpointer data)
{
  (void) data;
  const char *const folders[] = {g_getenv("AVER_FIXTURES"), NULL};
  g_autoptr(GError) error = NULL;
  g_autoptr(AverRegistry) registry = aver_registry_new_standard(folders, &error);
  g_assert_no_error(error);
  g_assert_true(g_file_set_contents(
      f->pipeline,
      "{\"version\": 1, \"stages\": [\"text-reader\", {\"plugin\": \"insistent\", \"options\": "
      "{\"failures\": 5}, \"on_error\": {\"retry\": 2, \"backoff\": 0}}, \"jsonl-writer\"]}",
      -1, NULL));
  g_autoptr(AverPipeline) pipeline = aver_pipeline_new(registry, f->pipeline, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_null(aver_pipeline_process_text(pipeline, "a", "Rain.", -1, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_FAILED);
  g_assert_cmpstr(error->message, ==, "stage 'insistent': attempt 3 failed");
  g_clear_error(&error);
  g_autoptr(AverDocument) document = aver_pipeline_process_text(pipeline, "a", "Rain.", -1, &error);
  g_assert_no_error(error);
  g_assert_nonnull(document);
}

/* A document that fails is named, and the next one comes all the same. */
static void test_failed(Fixture *f, gconstpointer data)
{
  (void) data;
  const char *const folders[] = {g_getenv("AVER_FIXTURES"), NULL};
  const char *const inputs[] = {f->input, NULL};
  g_autoptr(GError) error = NULL;
  g_autoptr(AverRegistry) registry = aver_registry_new_standard(folders, &error);
  g_assert_no_error(error);
  g_assert_true(g_file_set_contents(f->input,
                                    "{\"id\": \"a\", \"text\": \"A failure.\"}\n"
                                    "{\"id\": \"b\", \"text\": \"\"}\n"
                                    "{\"id\": \"c\", \"text\": \"No failure.\"}\n"
                                    "{\"id\": \"d\", \"text\": \"Rain.\"}\n",
                                    -1, NULL));
  g_assert_true(g_file_set_contents(f->pipeline,
                                    "{\"version\": 1, \"stages\": [\"jsonl-reader\", {\"plugin\": "
                                    "\"fails-document\", \"when\": \"id != 'c'\"}, "
                                    "\"sentence-splitter\", \"jsonl-writer\"]}",
                                    -1, NULL));
  g_autoptr(AverPipeline) pipeline = aver_pipeline_new(registry, f->pipeline, inputs, NULL, &error);
  g_assert_no_error(error);
  g_assert_null(aver_pipeline_next(pipeline, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_FAILED);
  g_assert_cmpstr(error->message, ==,
                  "document 'a': stage 'fails-document': the text mentions failure");
  g_clear_error(&error);
  g_autoptr(AverDocument) third = aver_pipeline_next(pipeline, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(aver_document_get_id(third), ==, "c");
  g_autoptr(AverDocument) last = aver_pipeline_next(pipeline, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(aver_document_get_id(last), ==, "d");
  g_autoptr(AverExplanation) explanation = aver_explanation_new();
  g_assert_false(aver_pipeline_explain(pipeline, last, "sentence", 0, explanation, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_clear_error(&error);
  g_assert_true(g_file_set_contents(
      f->pipeline,
      "{\"version\": 1, \"stages\": [\"jsonl-reader\", \"fails-open\", \"jsonl-writer\"]}", -1,
      NULL));
  g_assert_null(aver_pipeline_new(registry, f->pipeline, inputs, NULL, &error));
  g_assert_nonnull(error);
}

/* Models stay loaded from run to run of a pipeline that is kept open, for as many workers. */
static void test_kept_open(Fixture *f, gconstpointer data)
{
  (void) data;
  const char *const folders[] = {g_getenv("AVER_FIXTURES"), NULL};
  const char *const inputs[] = {f->input, NULL};
  g_autofree char *log = g_build_filename(f->folder, "log", NULL);
  g_autofree char *output = g_build_filename(f->folder, "output.jsonl", NULL);
  g_autofree char *text = NULL;
  g_autofree char *set = g_strconcat("insistent.log=", log, NULL);
  const char *const sets[] = {set, NULL};
  g_autoptr(GError) error = NULL;
  g_autoptr(AverRegistry) registry = aver_registry_new_standard(folders, &error);
  AverSettings settings = {.inputs = inputs, .output = output, .set = sets};
  const guint workers[] = {1, 1, 1, 2};
  g_assert_true(g_file_set_contents(f->input, "{\"id\": \"a\", \"text\": \"Rain.\"}\n", -1, NULL));
  g_assert_true(g_file_set_contents(
      f->pipeline,
      "{\"version\": 1, \"stages\": [\"jsonl-reader\", \"insistent\", \"jsonl-writer\"]}", -1,
      NULL));
  g_autoptr(AverPipeline) pipeline =
      aver_pipeline_new_from_file(registry, f->pipeline, &settings, &error);
  g_assert_no_error(error);
  aver_pipeline_keep_open(pipeline);
  for (guint i = 0; i < G_N_ELEMENTS(workers); i++) {
    g_autofree char *other = g_strdup_printf("%s/output-%u.jsonl", f->folder, i);
    AverRunOptions options = {.n_workers = workers[i]};
    AverSummary summary;
    aver_pipeline_set_files(pipeline, NULL, other);
    g_assert_true(aver_pipeline_run(pipeline, &options, &summary, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(summary.documents_out, ==, 1);
    g_assert_true(g_file_test(other, G_FILE_TEST_EXISTS));
  }
  g_assert_true(g_file_get_contents(log, &text, NULL, NULL));
  g_assert_cmpstr(text, ==, "opened\nopened\n");
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("document-outlives-pipeline", test_document_outlives_pipeline);
  ADD("dropped", test_dropped_is_no_error);
  ADD("bad-text", test_bad_text);
  ADD("next", test_next);
  ADD("nothing-to-read", test_nothing_to_read);
  ADD("retries", test_retries);
  ADD("failed", test_failed);
  ADD("kept-open", test_kept_open);
  ADD("registry-is-kept", test_registry_is_kept);
  g_test_add_func("/embed/layers-by-name", test_layers_by_name);
  return g_test_run();
}
