/* SPDX-License-Identifier: Apache-2.0 */
/* A pipeline in the service of several threads: what is read of texts in memory, and what fails. */
#include "folder.h"

#include <aver/aver.h>
#include <string.h>

#define WORKERS 3

typedef struct {
  char *folder;
  AverService *service;
} Fixture;

/* @data: (nullable): the stages behind the reader */
static void set_up(Fixture *f, gconstpointer data)
{
  GError *error = NULL;
  const char *const folders[] = {g_getenv("AVER_FIXTURES"), NULL};
  static const char sentences[] = "\"sentence-splitter\", {\"plugin\": \"filter\", \"options\": "
                                  "{\"keep\": \"count(sentence) > 0\"}}, {\"plugin\": "
                                  "\"jsonl-writer\", \"options\": {\"layers\": \"sentence\"}}";
  f->folder = g_dir_make_tmp("aver-service-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(f->folder, "pipeline.json", NULL);
  g_autofree char *pipeline_text =
      g_strdup_printf("{\"version\": 1, \"stages\": [{\"plugin\": \"jsonl-reader\", \"options\": "
                      "{\"text\": \"body\"}}, %s]}",
                      data == NULL ? sentences : (const char *) data);
  g_assert_true(g_file_set_contents(path, pipeline_text, -1, NULL));
  g_autoptr(AverRegistry) registry = aver_registry_new_standard(folders, &error);
  g_assert_no_error(error);
  g_autoptr(AverPipeline) pipeline = aver_pipeline_new_from_file(registry, path, NULL, &error);
  g_assert_no_error(error);
  f->service = aver_service_new(pipeline, WORKERS, &error);
  g_assert_no_error(error);
}

static void tear_down(Fixture *f, gconstpointer data)
{
  (void) data;
  aver_service_free(f->service);
  remove_all(f->folder);
  g_free(f->folder);
}

static AverReading *read_text(const Fixture *f, const char *reader, const char *charset,
                              const char *text, GError **error)
{
  g_autoptr(GBytes) data = g_bytes_new(text, strlen(text));
  const AverSubmission submission = {reader, charset, "a.txt", data};
  return aver_service_read(f->service, &submission, error);
}

/* All that comes of a text, a line a document. */
static char *read_all(const Fixture *f, const char *reader, const char *charset, const char *text,
                      guint worker)
{
  GError *error = NULL;
  g_autoptr(AverDocument) document = aver_document_new();
  AverFailure failure;
  AverBuffer out = {0};
  AverServed served;
  g_autoptr(AverReading) reading = read_text(f, reader, charset, text, &error);
  g_assert_no_error(error);
  while ((served = aver_reading_next(reading, worker, document, &failure, &error)) !=
         AVER_SERVED_END) {
    if (served == AVER_SERVED_KEPT)
      aver_service_append_record(f->service, &out, document, FALSE);
    else if (served == AVER_SERVED_DROPPED)
      aver_buffer_append_string(&out, "dropped");
    else
      aver_buffer_printf(&out, "%s:%d %s %d", failure.file, (int) failure.line, failure.stage,
                         error->code);
    aver_buffer_append_char(&out, '\n');
    g_clear_error(&error);
  }
  aver_buffer_append_char(&out, '\0');
  return out.data;
}

static void test_reads_by_every_reader(Fixture *f, gconstpointer data)
{
  (void) data;
  g_autofree char *text = read_all(f, "text-reader", NULL, "It rains. It pours.", 0);
  g_autofree char *same = read_all(f, "auto-reader", NULL, "It rains. It pours.", 1);
  g_assert_cmpstr(text, ==,
                  "{\"id\":\"a.txt\",\"metadata\":{\"source\":\"a.txt\"},\"layers\":{\"sentence\":"
                  "[{\"start\":0,\"end\":9},{\"start\":10,\"end\":19}]}}\n");
  g_assert_cmpstr(same, ==, text);
  g_autofree char *told = read_all(f, "text-reader", "windows-1252", "\xc9t\xe9. \x93Oui.\x94", 2);
  g_assert_nonnull(strstr(told, "{\"start\":0,\"end\":6}"));
}

static void test_goes_on_behind_what_fails(Fixture *f, gconstpointer data)
{
  (void) data;
  g_autofree char *all =
      read_all(f, "jsonl-reader", NULL,
               "{\"id\":\"a\",\"body\":\"Rain.\"}\n{\n\n{\"id\":\"b\",\"body\":\"\"}\n", 0);
  g_autofree char *expected = g_strdup_printf(
      "{\"id\":\"a\",\"metadata\":{},\"layers\":{\"sentence\":[{\"start\":0,\"end\":5}]}}\n"
      "a.txt:2 jsonl-reader %d\ndropped\n",
      AVER_ERROR_SYNTAX);
  g_assert_cmpstr(all, ==, expected);
  g_auto(AverBuffer) figures = {0};
  aver_service_append_metrics(f->service, &figures);
  aver_buffer_append_char(&figures, '\0');
  g_assert_nonnull(strstr(figures.data, "aver_documents_total{result=\"failed\"} 1\n"));
  g_assert_nonnull(strstr(figures.data, "aver_documents_total{result=\"dropped\"} 1\n"));
  g_assert_nonnull(
      strstr(figures.data, "aver_stage_failed_documents_total{stage=\"jsonl-reader\"} 1\n"));
}

static void test_refuses_what_it_does_not_know(Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  (void) data;
  g_assert_null(read_text(f, "jsonl-writer", NULL, "", &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_PLUGIN);
  g_clear_error(&error);
  g_assert_null(read_text(f, "jsonl-reader", "utf-16", "", &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_clear_error(&error);
  g_assert_null(read_text(f, "text-reader", "klingon", "", &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
}

static void test_stops_when_told(Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AverDocument) document = aver_document_new();
  AverFailure failure;
  (void) data;
  g_autoptr(AverReading) reading = read_text(f, "text-reader", NULL, "Rain.", &error);
  aver_reading_stop(reading);
  g_assert_cmpint(aver_reading_next(reading, 0, document, &failure, &error), ==,
                  AVER_SERVED_FAILED);
  g_assert_error(error, AVER_ERROR, AVER_ERROR_STOPPED);
}

typedef struct {
  const Fixture *fixture;
  guint worker;
} Place;

static gpointer read_often(gpointer data)
{
  const Place *place = data;
  for (guint i = 0; i < 50; i++) {
    const char *reader = i % 2 == 0 ? "auto-reader" : "jsonl-reader";
    g_autofree char *all =
        read_all(place->fixture, reader, NULL,
                 "{\"id\":\"a\",\"body\":\"Rain.\"}\n{\"id\":\"b\"}\n", place->worker);
    g_assert_true(g_str_has_prefix(all, "{\"id\":\"a\""));
    g_assert_nonnull(strstr(all, "a.txt:2 jsonl-reader"));
  }
  return NULL;
}

static void test_serves_several_threads(Fixture *f, gconstpointer data)
{
  GThread *threads[WORKERS];
  Place places[WORKERS];
  (void) data;
  for (guint i = 0; i < WORKERS; i++) {
    places[i] = (Place){f, i};
    threads[i] = g_thread_new("reader", read_often, &places[i]);
  }
  for (guint i = 0; i < WORKERS; i++)
    g_thread_join(threads[i]);
}

static void test_describes_itself(Fixture *f, gconstpointer data)
{
  (void) data;
  g_autofree char *text = aver_service_describe(f->service);
  g_assert_nonnull(strstr(text, "\"plugin\":\"sentence-splitter\""));
  g_assert_nonnull(strstr(text, "\"text\":\"body\""));
  g_assert_nonnull(strstr(text, "\"workers\":3"));
  g_assert_null(strstr(text, "\"output\""));
}

/* An annotator is tried as often as its stage says, and only at what concerns it. */
static void test_tries_again(Fixture *f, gconstpointer data)
{
  (void) data;
  for (guint i = 0; i < 2; i++) {
    g_autofree char *all = read_all(f, "jsonl-reader", NULL,
                                    "{\"id\":\"a\",\"body\":\"\"}\n{\"id\":\"b\",\"body\":\"\"}\n"
                                    "{\"id\":\"c\",\"body\":\"\"}\n",
                                    i);
    g_autofree char *expected =
        g_strdup_printf("{\"id\":\"a\",\"metadata\":{\"count\":%u},\"layers\":{}}\n"
                        "a.txt:2 insistent %d\n"
                        "{\"id\":\"c\",\"metadata\":{\"count\":%u},\"layers\":{}}\n",
                        i * 2 + 1, AVER_ERROR_FAILED, i * 2 + 2);
    g_assert_cmpstr(all, ==, expected);
  }
}

static gpointer stop_soon(gpointer reading)
{
  g_usleep(30000);
  aver_reading_stop(reading);
  return NULL;
}

/* Who has gone away is not waited for. */
static void test_stops_trying_when_told(Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AverDocument) document = aver_document_new();
  AverFailure failure;
  (void) data;
  g_autoptr(AverReading) reading = read_text(f, "text-reader", NULL, "Rain.", &error);
  GThread *thread = g_thread_new("stop", stop_soon, reading);
  g_assert_cmpint(aver_reading_next(reading, 0, document, &failure, &error), ==,
                  AVER_SERVED_FAILED);
  g_assert_nonnull(error);
  g_thread_join(thread);
}

#define RETRIES(failures, retries, backoff, when)                                                  \
  "{\"plugin\": \"insistent\", \"options\": {\"failures\": " failures "}, \"when\": \"" when       \
  "\", \"on_error\": {\"retry\": " retries ", \"backoff\": " backoff "}}"

#define ADD(path, function) g_test_add(path, Fixture, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("/service/reads_by_every_reader", test_reads_by_every_reader);
  ADD("/service/goes_on_behind_what_fails", test_goes_on_behind_what_fails);
  ADD("/service/refuses_what_it_does_not_know", test_refuses_what_it_does_not_know);
  ADD("/service/stops_when_told", test_stops_when_told);
  ADD("/service/serves_several_threads", test_serves_several_threads);
  ADD("/service/describes_itself", test_describes_itself);
  g_test_add("/service/tries_again", Fixture,
             RETRIES("5", "1", "0.001", "id in ('b')") ", \"counts\", \"jsonl-writer\"", set_up,
             test_tries_again, tear_down);
  g_test_add("/service/stops_trying_when_told", Fixture,
             RETRIES("100", "9", "1000", "text.length > 0") ", \"jsonl-writer\"", set_up,
             test_stops_trying_when_told, tear_down);
  return g_test_run();
}
