/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of sqlite-writer. */
#include "sqlite-writer.h"
#include "writer-samples.h"

#include <aver/testing.h>
#include <glib/gstdio.h>

extern const AverPlugin sqlite_writer_LTX_aver_plugin;
static const AverPlugin *const plugin = &sqlite_writer_LTX_aver_plugin;

static const AverColumnType sample_columns[] = {
    SAMPLE_COLUMNS,
    {"text", AVER_COLUMN_STRING, NULL, NULL, ""},
    {"select", AVER_COLUMN_I32, NULL, NULL, ""},
};
static const AverLayerType sample_layer = {"order", "", sample_columns,
                                           G_N_ELEMENTS(sample_columns)};
static const AverLayerType short_layer = {"order", "", sample_columns, 1};

/* Nothing but the output may be left. */
static void tear_down(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_remove(fixture->output);
  g_assert_cmpint(g_rmdir(fixture->folder), ==, 0);
  g_free(fixture->folder);
  g_free(fixture->output);
}

/* Writes documents, up to a NULL; FALSE with the first error. */
static gboolean write_all(const Fixture *fixture, const char *const *set,
                          AverDocument *const *documents, GError **error)
{
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, fixture->output, error);
  g_assert_nonnull(stage);
  gpointer self = plugin->open(stage, error);
  gboolean good = self != NULL;
  if (good) {
    gpointer worker = plugin->start(self, error);
    for (; good && *documents != NULL; documents++) {
      g_auto(AverBuffer) buffer = {0};
      good = plugin->encode(self, worker, *documents, &buffer, error) &&
             plugin->emit(self, buffer.data, buffer.length, error);
    }
    good = good && plugin->finish(self, error);
    plugin->stop(self, worker);
    plugin->close(self);
  }
  aver_testing_stage_free(stage);
  return good;
}

static void write_one(const Fixture *fixture, const char *const *set, AverDocument *document)
{
  AverDocument *const documents[] = {document, NULL};
  g_autoptr(GError) error = NULL;
  write_all(fixture, set, documents, &error);
  g_assert_no_error(error);
}

static int append_row(gpointer data, int n, char **values, char **names)
{
  GString *text = data;
  (void) names;
  for (int i = 0; i < n; i++)
    g_string_append_printf(text, "%s%s", i > 0 ? "|" : "", values[i] == NULL ? "-" : values[i]);
  g_string_append_c(text, '\n');
  return 0;
}

static void assert_answer(const Fixture *fixture, const char *sql, const char *expected)
{
  sqlite3 *database;
  g_autoptr(GString) text = g_string_new(NULL);
  char *message = NULL;
  g_assert_cmpint(sqlite3_open_v2(fixture->output, &database, SQLITE_OPEN_READWRITE, NULL), ==,
                  SQLITE_OK);
  sqlite3_exec(database, sql, append_row, text, &message);
  g_assert_cmpstr(message, ==, NULL);
  g_assert_cmpstr(text->str, ==, expected);
  sqlite3_close(database);
}

static void test_documents(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"text=true", NULL};
  (void) data;
  g_autoptr(AverDocument) document = document_of("one", "It rained.", 10);
  aver_document_set_metadata(document, "published", "2024-02-01", FALSE);
  aver_document_set_metadata(document, "title", "Rain", FALSE);
  aver_document_set_metadata(document, "n", "[1]", TRUE);
  write_one(fixture, set, document);
  assert_answer(fixture, "SELECT * FROM document", "1|one|2024-02-01|Rain|-|-|-|10|It rained.\n");
  assert_answer(fixture, "SELECT * FROM metadata",
                "1|n|[1]|1\n1|published|2024-02-01|0\n1|title|Rain|0\n");
}

static AverDocument *sample_document(void)
{
  static const AverSpan spans[] = {{0, 2}, {3, 4}};
  AverDocument *document = document_of("one", "Rain fell. It fell.", 19);
  AverLayer *sample = aver_document_add_layer(document, &sample_layer);
  AverLayer *sentences = aver_document_add_layer(document, &aver_sentence_layer);
  aver_layer_add(sentences, 0, 10);
  aver_layer_add(sentences, 11, 19);
  aver_layer_add(sample, 0, 4);
  aver_layer_add(sample, 5, 9);
  aver_layer_set_i32(sample, 1, 0, -7);
  aver_layer_set_f32(sample, 1, 1, 0.9f);
  aver_layer_set_spans(sample, 1, 2, spans, 1);
  aver_layer_set_spans(sample, 1, 3, spans, 2);
  aver_layer_set_string(sample, 1, 4, "", -1);
  aver_layer_set_i32(sample, 1, 5, 2);
  aver_layer_set_flags(sample, 1, 6, 3);
  aver_layer_set_i32(sample, 1, 7, 1);
  aver_layer_set_string(sample, 1, 8, "own", -1);
  aver_layer_set_i32(sample, 1, 9, G_MAXINT32);
  return document;
}

/* Names may be keywords of SQL, or those that every table has. */
static void test_every_kind_of_column(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(AverDocument) document = sample_document();
  write_one(fixture, NULL, document);
  assert_answer(fixture, "SELECT * FROM \"order\"",
                "4294967296|1|0|0|4|Rain|-|-|-|-|-|-|-|-||-|-|-\n"
                "4294967297|1|1|5|9|fell|-7|0.9|Ra|[0,2]|Ra n|[[0,2],[3,4]]||blue|red|green|"
                "4294967297|own|2147483647\n");
  assert_answer(fixture,
                "SELECT o.text, o.text_, s.text FROM \"order\" o JOIN sentence s ON s.id = o.of",
                "fell|own|It fell.\n");
  assert_answer(fixture, "PRAGMA foreign_key_check", "");
}

static void test_references_that_lead_nowhere(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"layers=order", NULL};
  (void) data;
  g_autoptr(AverDocument) document = sample_document();
  aver_layer_set_i32(aver_document_get_layer(document, "order"), 0, 7, 99);
  write_one(fixture, NULL, document);
  assert_answer(fixture, "SELECT of FROM \"order\"", "-\n4294967297\n");
  g_remove(fixture->output);
  write_one(fixture, set, document);
  assert_answer(fixture, "SELECT of FROM \"order\"", "-\n-\n");
  assert_answer(fixture, "SELECT count(*) FROM sentence", "0\n");
}

static AverDocument *quote_of(const char *id, const char *text, const char *speaker)
{
  AverDocument *document = document_of(id, text, strlen(text));
  AverLayer *quotes = aver_document_add_layer(document, &aver_quote_layer);
  AverSpan span = {0, (guint32) strlen(text)};
  aver_layer_add(quotes, span.start, span.end);
  aver_layer_set_spans(quotes, 0, AVER_QUOTE_CONTENT, &span, 1);
  aver_layer_set_string(quotes, 0, AVER_QUOTE_SPEAKER, speaker, -1);
  return document;
}

static void test_hostile_text_is_data(Fixture *fixture, gconstpointer data)
{
  static const char id[] = "\"; DROP TABLE quote;--\n'../x";
  static const char speaker[] = "Robert'); DELETE FROM document;--";
  static const char text[] = "=1+1 \"x\" 'y' \\ \xef\xbf\xbe\xe2\x80\xae\r\n\x01 \xf0\x9f\x98\x80";
  (void) data;
  g_autoptr(AverDocument) document = quote_of(id, text, speaker);
  aver_document_set_metadata(document, "a', 'b'); --", "\x01</script>,\"'", FALSE);
  write_one(fixture, NULL, document);
  assert_answer(fixture, "SELECT id FROM document", "\"; DROP TABLE quote;--\n'../x\n");
  g_autofree char *expected = g_strdup_printf("%s|%s|%s\n", text, speaker, text);
  assert_answer(fixture, "SELECT text, speaker, content FROM quote", expected);
  assert_answer(fixture, "SELECT key, value FROM metadata", "a', 'b'); --|\x01</script>,\"'\n");
  assert_answer(fixture, "PRAGMA integrity_check", "ok\n");
}

static void test_nul_is_kept(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"text=true", NULL};
  (void) data;
  g_autoptr(AverDocument) document = document_of("one", "a\0b c", 5);
  AverLayer *layer = aver_document_add_layer(document, &aver_sentence_layer);
  aver_layer_add(layer, 0, 5);
  aver_layer_add(layer, 4, 5);
  write_one(fixture, set, document);
  assert_answer(fixture, "SELECT typeof(text), quote(text) FROM document", "blob|X'6100622063'\n");
  assert_answer(fixture, "SELECT typeof(text), hex(text) FROM sentence",
                "blob|6100622063\ntext|63\n");
}

static void test_full_text_index(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"search=false", "existing=replace", NULL};
  (void) data;
  g_autoptr(AverDocument) document = quote_of("one", "Th\xc3\xa9 trams will run", "Ada Brook");
  write_one(fixture, NULL, document);
  assert_answer(fixture,
                "SELECT rowid, highlight(quote_search, 0, '[', ']') FROM quote_search "
                "WHERE quote_search MATCH 'the tram* AND speaker:brook' ORDER BY rank",
                "4294967296|[Th\xc3\xa9] [trams] will run\n");
  write_one(fixture, set, document);
  assert_answer(fixture, "SELECT count(*) FROM sqlite_schema WHERE name LIKE '%search%'", "0\n");
}

static void test_a_document_again_replaces_its_rows(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(AverDocument) first = quote_of("one", "It will rain", "Ada");
  g_autoptr(AverDocument) other = quote_of("two", "It will snow", "Ben");
  g_autoptr(AverDocument) again = quote_of("one", "It rained", "Ada");
  aver_document_set_metadata(first, "title", "Rain", FALSE);
  AverDocument *const documents[] = {first, other, again, NULL};
  g_assert_true(write_all(fixture, NULL, documents, NULL));
  assert_answer(fixture, "SELECT document, content FROM quote", "1|It rained\n2|It will snow\n");
  assert_answer(fixture, "SELECT key, id, title FROM document", "1|one|-\n2|two|-\n");
  assert_answer(fixture, "SELECT count(*) FROM metadata", "0\n");
}

static void test_adds_to_what_is_there(Fixture *fixture, gconstpointer data)
{
  static const char *const replace[] = {"existing=replace", NULL};
  (void) data;
  g_autoptr(AverDocument) first = quote_of("one", "It will rain", "Ada");
  g_autoptr(AverDocument) other = quote_of("two", "It will snow", "Ben");
  g_autoptr(AverDocument) again = quote_of("one", "It rained", "Ada");
  AverDocument *const more[] = {other, again, NULL};
  write_one(fixture, NULL, first);
  g_assert_true(write_all(fixture, NULL, more, NULL));
  assert_answer(fixture, "SELECT document, content FROM quote", "1|It rained\n2|It will snow\n");
  assert_answer(fixture, "SELECT rowid FROM quote_search WHERE quote_search MATCH 'rained OR snow'",
                "4294967296\n8589934592\n");
  assert_answer(fixture, "SELECT rowid FROM quote_search WHERE quote_search MATCH 'rain'", "");
  write_one(fixture, replace, other);
  assert_answer(fixture, "SELECT id FROM document", "two\n");
}

/* What is there stays as it is. */
static void assert_refused(const Fixture *fixture, const char *const *set, AverDocument *document,
                           const char *why)
{
  AverDocument *const documents[] = {document, NULL};
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n_before, n_after;
  g_assert_true(g_file_get_contents(fixture->output, &before, &n_before, NULL));
  g_assert_false(write_all(fixture, set, documents, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_OUTPUT);
  g_assert_nonnull(strstr(error->message, why));
  g_assert_nonnull(strstr(error->message, "out.db"));
  g_assert_true(g_file_get_contents(fixture->output, &after, &n_after, NULL));
  g_assert_cmpmem(before, n_before, after, n_after);
}

static void test_other_files_are_refused(Fixture *fixture, gconstpointer data)
{
  static const char *const replace[] = {"existing=replace", NULL};
  sqlite3 *database;
  (void) data;
  g_autoptr(AverDocument) document = quote_of("one", "It will rain", "Ada");
  g_assert_true(g_file_set_contents(fixture->output, "my diary", -1, NULL));
  assert_refused(fixture, NULL, document, "not a database");
  assert_refused(fixture, replace, document, "not a database");
  g_remove(fixture->output);
  g_assert_cmpint(sqlite3_open(fixture->output, &database), ==, SQLITE_OK);
  sqlite3_exec(database, "CREATE TABLE diary(text)", NULL, NULL, NULL);
  sqlite3_close(database);
  assert_refused(fixture, NULL, document, "a database of something else");
  g_remove(fixture->output);
  write_one(fixture, NULL, document);
  assert_answer(fixture, "PRAGMA user_version = 2", "");
  assert_refused(fixture, NULL, document, "has version 2 of the schema; expected 1");
}

static void test_layers_that_changed_are_refused(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(AverDocument) document = sample_document();
  g_autoptr(AverDocument) other = document_of("two", "x", 1);
  aver_document_add_layer(other, &short_layer);
  write_one(fixture, NULL, document);
  assert_refused(fixture, NULL, other, "has a layer 'order' with other columns");
}

static void test_descriptions_that_are_none(Fixture *fixture, gconstpointer data)
{
  static const char *const updates[] = {
      "UPDATE aver_layer SET columns = 'quote speaker:x'",
      "UPDATE aver_layer SET columns = 'document'",
      "UPDATE aver_layer SET columns = ''",
      "UPDATE aver_layer SET columns = 'a b:i c'",
  };
  (void) data;
  g_autoptr(AverDocument) document = quote_of("one", "It will rain", "Ada");
  for (guint i = 0; i < G_N_ELEMENTS(updates); i++) {
    write_one(fixture, NULL, document);
    assert_answer(fixture, updates[i], "");
    assert_refused(fixture, NULL, document, "which is none");
    g_remove(fixture->output);
  }
}

/* What another program has not put into its database would be lost. */
static void test_journals_of_others(Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = {"out.db-journal", "out.db-wal"};
  (void) data;
  g_autoptr(AverDocument) document = quote_of("one", "It will rain", "Ada");
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *journal = g_build_filename(fixture->folder, names[i], NULL);
    AverDocument *const documents[] = {document, NULL};
    g_autoptr(GError) error = NULL;
    g_assert_true(g_file_set_contents(journal, "changes", -1, NULL));
    g_assert_false(write_all(fixture, NULL, documents, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_OUTPUT);
    g_assert_nonnull(strstr(error->message, "another program is using it"));
    g_assert_false(g_file_test(fixture->output, G_FILE_TEST_EXISTS));
    g_assert_cmpint(g_remove(journal), ==, 0);
  }
}

/* Rows that end too early anywhere are an error, and none of it stays. */
static void test_rows_that_are_cut_off(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(AverDocument) document = sample_document();
  g_autoptr(GError) error = NULL;
  g_auto(AverBuffer) buffer = {0};
  AverStage *stage = aver_testing_stage_new(plugin, NULL, NULL, fixture->output, &error);
  gpointer self = plugin->open(stage, &error), worker = plugin->start(self, &error);
  g_assert_true(plugin->encode(self, worker, document, &buffer, &error));
  for (gsize length = 1; length < buffer.length; length++) {
    g_assert_false(plugin->emit(self, buffer.data, length, &error));
    g_assert_nonnull(strstr(error->message, "rows that are cut off"));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_OUTPUT);
    g_clear_error(&error);
  }
  plugin->stop(self, worker);
  plugin->close(self);
  aver_testing_stage_free(stage);
  g_assert_false(g_file_test(fixture->output, G_FILE_TEST_EXISTS));
}

static void test_wrong_options(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"layers=quote,,claim", NULL};
  g_autoptr(GError) error = NULL;
  (void) data;
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, fixture->output, &error);
  g_assert_null(plugin->open(stage, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  aver_testing_stage_free(stage);
}

static void test_names_that_are_taken(Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = {
      "document",      "metadata",     "sqlite_x",          "aver_job", "a\"b",
      "who_said_what", "quote_search", "quote_search_data", ""};
  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    const AverLayerType type = {names[i], "", NULL, 0};
    g_autoptr(AverDocument) document = document_of("one", "x", 1);
    AverDocument *const documents[] = {document, NULL};
    g_autoptr(GError) error = NULL;
    aver_document_add_layer(document, &type);
    g_assert_false(write_all(fixture, NULL, documents, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_FAILED);
  }
}

static void test_needs_a_file(Fixture *fixture, gconstpointer data)
{
  static const char *const outputs[] = {NULL, "-", "/dev/null"};
  (void) data;
  (void) fixture;
  for (guint i = 0; i < G_N_ELEMENTS(outputs); i++) {
    g_autoptr(GError) error = NULL;
    AverStage *stage = aver_testing_stage_new(plugin, NULL, NULL, outputs[i], &error);
    g_assert_null(plugin->open(stage, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
    aver_testing_stage_free(stage);
  }
}

/* Numbers of any size, and what is cut off anywhere, or is no packed document at all. */
static void test_packing(Fixture *fixture, gconstpointer data)
{
  static const guint64 numbers[] = {0, 1, 63, 64, 4095, 4096, G_MAXUINT32, G_MAXUINT64};
  (void) data;
  (void) fixture;
  g_auto(AverBuffer) buffer = {0};
  for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
    pack_number(&buffer, numbers[i]);
  pack_text(&buffer, "a\0b", 3);
  pack_text(&buffer, NULL, 0);
  g_assert_true(aver_utf8_validate(buffer.data, buffer.length, NULL));
  Unpacker from = {buffer.data, buffer.data + buffer.length, FALSE};
  for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
    g_assert_cmpuint(unpack_number(&from), ==, numbers[i]);
  Unpacked text = unpack_text(&from);
  g_assert_cmpmem(text.text, text.length, "a\0b", 3);
  g_assert_true(text.nul);
  g_assert_null(unpack_text(&from).text);
  g_assert_false(from.bad);
  Unpacker cut = {buffer.data, buffer.data + buffer.length - 2, FALSE};
  for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
    unpack_number(&cut);
  g_assert_null(unpack_text(&cut).text);
  g_assert_true(cut.bad);
}

#define ADD(name, function)                                                                        \
  g_test_add("/sqlite-writer/" name, Fixture, "out.db", set_up, function, tear_down)

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("documents", test_documents);
  ADD("every-kind-of-column", test_every_kind_of_column);
  ADD("references-that-lead-nowhere", test_references_that_lead_nowhere);
  ADD("hostile-text-is-data", test_hostile_text_is_data);
  ADD("nul-is-kept", test_nul_is_kept);
  ADD("full-text-index", test_full_text_index);
  ADD("a-document-again-replaces-its-rows", test_a_document_again_replaces_its_rows);
  ADD("adds-to-what-is-there", test_adds_to_what_is_there);
  ADD("other-files-are-refused", test_other_files_are_refused);
  ADD("layers-that-changed-are-refused", test_layers_that_changed_are_refused);
  ADD("descriptions-that-are-none", test_descriptions_that_are_none);
  ADD("journals-of-others", test_journals_of_others);
  ADD("rows-that-are-cut-off", test_rows_that_are_cut_off);
  ADD("wrong-options", test_wrong_options);
  ADD("names-that-are-taken", test_names_that_are_taken);
  ADD("needs-a-file", test_needs_a_file);
  ADD("packing", test_packing);
  return g_test_run();
}
