/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of jsonl-reader. */
#include <aver/aver.h>
#include <aver/testing.h>
#include <glib/gstdio.h>

extern const AverPlugin jsonl_reader_LTX_aver_plugin;
static const AverPlugin *const plugin = &jsonl_reader_LTX_aver_plugin;

typedef struct {
  AverStage *stage;
  gpointer self;
  gpointer worker;
  AverDocument *document;
} Reader;

static void reader_open(Reader *reader, const char *const *set, const char *const *inputs)
{
  g_autoptr(GError) error = NULL;
  reader->stage = aver_testing_stage_new(plugin, set, inputs, NULL, &error);
  g_assert_no_error(error);
  reader->self = plugin->open(reader->stage, &error);
  g_assert_no_error(error);
  reader->worker = plugin->start(reader->self, &error);
  reader->document = aver_document_new();
}

static void reader_close(Reader *reader)
{
  plugin->stop(reader->self, reader->worker);
  plugin->close(reader->self);
  aver_testing_stage_free(reader->stage);
  aver_document_unref(reader->document);
}

static gboolean decode(Reader *reader, const char *line, gsize length, GError **error)
{
  AverRecord record = {.data = line, .length = length, .origin = "in.jsonl", .line = 7};
  aver_document_reset(reader->document);
  return plugin->decode(reader->self, reader->worker, &record, reader->document, error);
}

static void decode_good(Reader *reader, const char *line)
{
  g_autoptr(GError) error = NULL;
  decode(reader, line, strlen(line), &error);
  g_assert_no_error(error);
}

static void assert_text(const Reader *reader, const char *expected, gsize length)
{
  guint32 n;
  const char *text = aver_document_get_text(reader->document, &n);
  g_assert_cmpmem(text, n, expected, length);
}

/* All metadata as "key=value;", JSON values as "key:value;". */
static void assert_metadata(const Reader *reader, const char *expected)
{
  guint32 n;
  const AverMetadata *entries = aver_document_list_metadata(reader->document, &n);
  g_autoptr(GString) all = g_string_new(NULL);
  for (guint32 i = 0; i < n; i++)
    g_string_append_printf(all, "%s%c%s;", entries[i].key, entries[i].json ? ':' : '=',
                           entries[i].value);
  g_assert_cmpstr(all->str, ==, expected);
}

static void test_fields(void)
{
  Reader reader;
  reader_open(&reader, NULL, NULL);
  decode_good(&reader, "{\"id\":\"a1\",\"text\":\"It rained.\",\"title\":\"Rain\",\"n\": 1.50,"
                       "\"tags\":[ 1, \"a b\" , null ],\"none\":null,\"flag\":true}");
  g_assert_cmpstr(aver_document_get_id(reader.document), ==, "a1");
  assert_text(&reader, "It rained.", 10);
  assert_metadata(&reader, "flag:true;n:1.50;tags:[1,\"a b\",null];title=Rain;");
  reader_close(&reader);
}

static void test_escapes(void)
{
  Reader reader;
  reader_open(&reader, NULL, NULL);
  decode_good(&reader, "{\"\\u0069d\":\"a\\/1\",\"text\":\"a\\u0000\\n\\ud83d\\ude00\\\"\\u00e9\","
                       "\"k\\t\":\"v\\\\\"}");
  g_assert_cmpstr(aver_document_get_id(reader.document), ==, "a/1");
  assert_text(&reader, "a\0\n\xf0\x9f\x98\x80\"\xc3\xa9", 10);
  assert_metadata(&reader, "k\t=v\\;");
  reader_close(&reader);
}

static void test_ids(void)
{
  static const struct {
    const char *line, *id;
  } cases[] = {
      {"{\"id\":42,\"text\":\"\"}", "42"},
      {"{\"id\":99999999999999999999,\"text\":\"\"}", "99999999999999999999"},
      {"{\"id\":-1,\"text\":\"\"}", "-1"},
      {"{\"id\":\"\",\"text\":\"\"}", ""},
      {"{\"text\":\"\"}", "in.jsonl:7"},
      {"{\"id\":null,\"text\":\"\"}", "in.jsonl:7"},
  };
  Reader reader;
  reader_open(&reader, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    decode_good(&reader, cases[i].line);
    g_assert_cmpstr(aver_document_get_id(reader.document), ==, cases[i].id);
  }
  reader_close(&reader);
}

static void test_own_output(void)
{
  Reader reader;
  reader_open(&reader, NULL, NULL);
  decode_good(&reader, "{\"id\":\"a\",\"metadata\":{\"n\":[1, 2],\"source\":\"x.txt\",\"z\":null},"
                       "\"text\":\"Rain.\",\"layers\":{\"sentence\":[{\"start\":0,\"end\":5}]}}");
  assert_metadata(&reader, "n:[1,2];source=x.txt;");
  decode_good(&reader, "{\"metadata\":\"plain\",\"text\":\"Rain.\"}");
  assert_metadata(&reader, "metadata=plain;");
  reader_close(&reader);
}

static void test_names_of_fields(void)
{
  static const char *const set[] = {"id=url", "text=body", "title=head", "published=date", NULL};
  Reader reader;
  reader_open(&reader, set, NULL);
  decode_good(&reader, "{\"url\":\"u\",\"body\":\"b\",\"head\":\"h\",\"date\":\"d\",\"id\":\"i\","
                       "\"text\":\"t\"}");
  g_assert_cmpstr(aver_document_get_id(reader.document), ==, "u");
  assert_text(&reader, "b", 1);
  assert_metadata(&reader, "id=i;published=d;text=t;title=h;");
  reader_close(&reader);
}

static void test_same_names_refused(void)
{
  static const char *const set[] = {"id=text", NULL};
  g_autoptr(GError) error = NULL;
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, NULL, &error);
  g_assert_null(plugin->open(stage, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  aver_testing_stage_free(stage);
}

static void test_bad_records(void)
{
  static const struct {
    const char *line, *hint;
    gint code;
  } cases[] = {
      {"{\"id\":1}", "'text' is missing", AVER_ERROR_SYNTAX},
      {"{\"text\":1}", "'text' is a number; expected a string", AVER_ERROR_SYNTAX},
      {"{\"text\":null}", "'text' is null", AVER_ERROR_SYNTAX},
      {"{\"text\":\"\",\"id\":1.5}", "'id' is a number", AVER_ERROR_SYNTAX},
      {"{\"text\":\"\",\"id\":[]}", "'id' is an array", AVER_ERROR_SYNTAX},
      {"{\"text\":\"\",\"id\":\"a\\u0000b\"}", "the id has a NUL", AVER_ERROR_SYNTAX},
      {"{\"text\":\"\",\"a\":\"\\u0000b\"}", "metadata string has a NUL", AVER_ERROR_SYNTAX},
      {"{\"text\":\"\",\"a\\u0000\":1}", "key has a NUL", AVER_ERROR_SYNTAX},
      {"{\"text\":\"\",\"a\":1,\"a\":2}", "'a' stands twice", AVER_ERROR_SYNTAX},
      {"{\"text\":\"\",\"id\":\"1\",\"\\u0069d\":\"2\"}", "'id' stands twice", AVER_ERROR_SYNTAX},
      {"{\"text\":\"\",\"a\":1,\"metadata\":{\"a\":1}}", "'a' stands twice", AVER_ERROR_SYNTAX},
      {"{\"text\":\"cu", "at byte 11: expected the end of a string", AVER_ERROR_SYNTAX},
      {"{\"text\":\"\"} x", "at byte 12: expected the end, found 'x'", AVER_ERROR_SYNTAX},
      {"[]", "at byte 0: expected an object", AVER_ERROR_SYNTAX},
      {"{\"text\":\"\xff\"}", "at byte 9 (0xff)", AVER_ERROR_ENCODING},
  };
  Reader reader;
  reader_open(&reader, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(decode(&reader, cases[i].line, strlen(cases[i].line), &error));
    g_assert_error(error, AVER_ERROR, cases[i].code);
    if (strstr(error->message, cases[i].hint) == NULL)
      g_test_fail_printf("'%s' lacks '%s'", error->message, cases[i].hint);
  }
  reader_close(&reader);
}

static void test_too_many_fields(void)
{
  g_autoptr(GString) line = g_string_new("{\"text\":\"\"");
  for (guint i = 0; i < 4096; i++)
    g_string_append_printf(line, ",\"k%u\":%u", i, i);
  g_string_append_c(line, '}');
  Reader reader;
  reader_open(&reader, NULL, NULL);
  g_autoptr(GError) error = NULL;
  g_assert_false(decode(&reader, line->str, line->len, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_LIMIT);
  reader_close(&reader);
}

static void test_file(void)
{
  static const char text[] = "\xef\xbb\xbf{\"text\":\"one\"}\r\n\n{\"text\":\"two\"}";
  g_autofree char *folder = g_dir_make_tmp("aver-jsonl-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "in.ndjson", NULL);
  g_assert_true(g_file_set_contents(path, text, -1, NULL));
  const char *const inputs[] = {folder, NULL};
  g_autoptr(GString) cursor = g_string_new(NULL);
  for (guint round = 0; round < 2; round++) {
    Reader reader;
    AverRecord record;
    reader_open(&reader, NULL, inputs);
    if (round == 1)
      g_assert_true(plugin->seek(reader.self, cursor->str, NULL));
    for (guint i = round; i < 2; i++) {
      g_autoptr(GError) error = NULL;
      g_assert_cmpint(plugin->cut(reader.self, FALSE, &record, &error), ==, AVER_CUT_RECORD);
      aver_document_reset(reader.document);
      plugin->decode(reader.self, reader.worker, &record, reader.document, &error);
      g_assert_no_error(error);
      assert_text(&reader, i == 0 ? "one" : "two", 3);
      g_assert_true(g_str_has_suffix(aver_document_get_id(reader.document),
                                     i == 0 ? "/in.ndjson:1" : "/in.ndjson:3"));
      if (i == 0)
        plugin->cursor(reader.self, cursor);
    }
    g_assert_cmpint(plugin->cut(reader.self, FALSE, &record, NULL), ==, AVER_CUT_END);
    reader_close(&reader);
  }
  g_assert_cmpint(g_remove(path), ==, 0);
  g_assert_cmpint(g_rmdir(folder), ==, 0);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/jsonl-reader/fields", test_fields);
  g_test_add_func("/jsonl-reader/escapes", test_escapes);
  g_test_add_func("/jsonl-reader/ids", test_ids);
  g_test_add_func("/jsonl-reader/own-output", test_own_output);
  g_test_add_func("/jsonl-reader/names-of-fields", test_names_of_fields);
  g_test_add_func("/jsonl-reader/same-names-refused", test_same_names_refused);
  g_test_add_func("/jsonl-reader/bad-records", test_bad_records);
  g_test_add_func("/jsonl-reader/too-many-fields", test_too_many_fields);
  g_test_add_func("/jsonl-reader/file", test_file);
  return g_test_run();
}
