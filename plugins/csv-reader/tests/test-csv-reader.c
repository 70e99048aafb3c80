/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of csv-reader: fields, columns, options, cursors. */
#include "tables.h"

#include "folder.h"
#include "reader.h"

#include <aver/testing.h>
#include <string.h>

extern const AverPlugin csv_reader_LTX_aver_plugin;
static const AverPlugin *const plugin = &csv_reader_LTX_aver_plugin;

static void say(GString *out, const AverRecord *record, const AverDocument *document,
                const GError *error)
{
  static const char *const place[] = {"source", "line", "offset", "member", NULL};
  guint32 length, n;
  g_string_append_printf(out, "%" G_GUINT64_FORMAT, record->line);
  if (error != NULL) {
    g_string_append_printf(out, "! %s\n", error->message);
    return;
  }
  const char *text = aver_document_get_text(document, &length);
  const char *id = aver_document_get_id(document);
  const AverMetadata *entries = aver_document_list_metadata(document, &n);
  g_string_append_printf(out, " %s|", strrchr(id, '/') == NULL ? id : strrchr(id, '/') + 1);
  for (guint32 i = 0; i < n; i++)
    if (!g_strv_contains(place, entries[i].key))
      g_string_append_printf(out, "%s=%s|", entries[i].key, entries[i].value);
  g_string_append_len(out, text, length);
  g_string_append_c(out, '\n');
}

/* Reads from @cursor on; cursors behind each record go into @cursors, lengths of @out before. */
static void read_from(const char *path, const char *const *set, const char *cursor, GString *out,
                      GPtrArray *cursors, GArray *lengths)
{
  const char *const inputs[] = {path, NULL};
  AverStage *stage = aver_testing_stage_new(plugin, set, inputs, NULL, NULL);
  g_assert_nonnull(stage);
  gpointer self = plugin->open(stage, NULL);
  gpointer worker = plugin->start(self, NULL);
  g_autoptr(AverDocument) document = aver_document_new();
  ((CsvReader *) self)->max_record = 65536;
  g_assert_true(cursor == NULL || plugin->seek(self, cursor, NULL));
  for (;;) {
    AverRecord record = {0};
    g_autoptr(GError) error = NULL;
    AverCut cut = plugin->cut(self, TRUE, &record, &error);
    if (cut == AVER_CUT_END)
      break;
    g_assert_true((cut == AVER_CUT_BAD) == (error != NULL));
    aver_document_reset(document);
    if (cut == AVER_CUT_RECORD)
      plugin->decode(self, worker, &record, document, &error);
    say(out, &record, document, error);
    if (cursors == NULL)
      continue;
    GString *position = g_string_new(NULL);
    plugin->cursor(self, position);
    g_ptr_array_add(cursors, g_string_free(position, FALSE));
    g_array_append_val(lengths, out->len);
  }
  plugin->stop(self, worker);
  plugin->close(self);
  aver_testing_stage_free(stage);
}

char *read_table(const char *bytes, gssize length, const char *const *set)
{
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "in.csv", NULL);
  g_autoptr(GPtrArray) cursors = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GArray) lengths = g_array_new(FALSE, FALSE, sizeof(gsize));
  GString *all = g_string_new(NULL);
  g_assert_true(g_file_set_contents(path, bytes, length, NULL));
  read_from(path, set, NULL, all, cursors, lengths);
  for (guint i = 0; i < cursors->len && i < 12; i++) {
    g_autoptr(GString) rest = g_string_new(NULL);
    read_from(path, set, g_ptr_array_index(cursors, i), rest, NULL, NULL);
    g_assert_cmpstr(rest->str, ==, all->str + g_array_index(lengths, gsize, i));
  }
  remove_all(folder);
  return g_string_free(all, FALSE);
}

void check_table(const char *bytes, const char *const *set, const char *expected)
{
  g_autofree char *got = read_table(bytes, -1, set);
  g_assert_cmpstr(got, ==, expected);
}

static void test_quoting(void)
{
  check_table(
      "text\nplain\n\"quoted\"\n\"with, comma\"\n\"a \"\"mark\"\"\"\n\"\"\n\"two\nlines\"\r\nend",
      NULL,
      "2 in.csv:2|plain\n3 in.csv:3|quoted\n4 in.csv:4|with, comma\n5 in.csv:5|a \"mark\"\n"
      "6 in.csv:6|\n7 in.csv:7|two\nlines\n9 in.csv:9|end\n");
  check_table("text,b\n5\" pipe,a\"b\"\n \"x\",\"\"\"\"\n\"\"\"a\"\"\",\"\n\"", NULL,
              "2 in.csv:2|b=a\"b\"|5\" pipe\n3 in.csv:3|b=\"| \"x\"\n4 in.csv:4|b=\n|\"a\"\n");
}

static void test_lines(void)
{
  check_table("\xef\xbb\xbf\r\n\ntext\r\n\r\n\nOne\r\n\n\rTwo\n", NULL,
              "6 in.csv:6|One\n8 in.csv:8|\rTwo\n");
  check_table("", NULL, "");
  check_table("text\n", NULL, "");
  check_table("text", NULL, "");
}

static void test_columns(void)
{
  static const char table[] = "date,text,id,,note,note,title\n2024,One.,7,a,b,c,T\n,Two.,,,,,\n";
  const char *const published[] = {"published=date", NULL};
  const char *const listed[] = {"metadata=note, 1", "text=title", "title=text", NULL};
  const char *const none[] = {"metadata=", "id=6", NULL};
  check_table(table, NULL,
              "2 7|column_4=a|date=2024|note=b|note_6=c|title=T|One.\n3 in.csv:3|Two.\n");
  check_table(table, published,
              "2 7|column_4=a|note=b|note_6=c|published=2024|title=T|One.\n3 in.csv:3|Two.\n");
  check_table(table, listed, "2 7|date=2024|note=b|title=One.|T\n3 in.csv:3|title=Two.|\n");
  const char *const missing[] = {"metadata=note,nothere", NULL};
  check_table(table, missing,
              "1! option metadata asks for column 'nothere'; the header has 'date', 'text', 'id', "
              "'', 'note', 'note', 'title'\n");
  check_table(table, none, "2 c|title=T|One.\n3 in.csv:3|Two.\n");
}

static void test_no_header(void)
{
  const char *const set[] = {"header=false", "text=2", "id=1", "delimiter=tab", NULL};
  const char *const listed[] = {"header=false", "text=2", "metadata=3,4", NULL};
  check_table("a\tOne.\tx\nb\tTwo.\nc\n", set,
              "1 a|column_3=x|One.\n2 b|Two.\n3! the record has 1 fields; expected at least 2\n");
  check_table("a;One.;x\nb;Two, or so.\n", listed,
              "1 in.csv:1|column_3=x|One.\n2 in.csv:2|Two, or so.\n");
}

static void test_delimiters(void)
{
  check_table("text;a,b;c\nOne.;2;3\n", NULL, "2 in.csv:2|a,b=2|c=3|One.\n");
  check_table("text\ta\nOne, two.\t2\n", NULL, "2 in.csv:2|a=2|One, two.\n");
  check_table("text|\"a;b;c\"\nOne.|2\n", NULL, "2 in.csv:2|a;b;c=2|One.\n");
  check_table("\"te\nxt\";text\nOne.;2\n", NULL, "3 in.csv:3|te\nxt=One.|2\n");
  const char *const set[] = {"delimiter=:", NULL};
  check_table("text:a,b,c\nOne.:2\n", set, "2 in.csv:2|a,b,c=2|One.\n");
}

static void refuse_options(const char *one, const char *two, const char *message)
{
  g_autoptr(GError) error = NULL;
  const char *const set[] = {one, two, NULL};
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, NULL, NULL);
  g_assert_null(plugin->open(stage, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_assert_nonnull(strstr(error->message, message));
  aver_testing_stage_free(stage);
}

static void test_wrong_options(void)
{
  refuse_options("delimiter=", NULL, "delimiter is ''; expected 'auto', 'tab'");
  refuse_options("delimiter=\"", NULL, "delimiter is '\"'");
  refuse_options("delimiter=ab", NULL, "delimiter is 'ab'");
  refuse_options("header=false", NULL, "text is 'text'; expected the number of a column");
  refuse_options("header=false", "text=0", "text is '0'");
  refuse_options("text=x", "title=x", "options 'text' and 'title' are both 'x'");
}

/* A record stands by itself, with its header: any instance decodes it. */
static void test_self_contained(void)
{
  static const char bytes[] = ";text;title\nOne.;A \"title\"";
  AverStage *stage = aver_testing_stage_new(plugin, NULL, NULL, NULL, NULL);
  gpointer self = plugin->open(stage, NULL);
  gpointer worker = plugin->start(self, NULL);
  g_autoptr(AverDocument) document = aver_document_new();
  AverRecord record = {.data = bytes, .length = sizeof bytes - 1, .origin = "x", .line = 7};
  g_assert_true(plugin->decode(self, worker, &record, document, NULL));
  g_assert_cmpstr(aver_document_get_metadata(document, "title"), ==, "A \"title\"");
  g_assert_cmpstr(aver_document_get_id(document), ==, "x:7");
  g_autoptr(GError) error = NULL;
  record.length = 4;
  g_assert_false(plugin->decode(self, worker, &record, document, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
  plugin->stop(self, worker);
  plugin->close(self);
  aver_testing_stage_free(stage);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/csv-reader/quoting", test_quoting);
  g_test_add_func("/csv-reader/lines", test_lines);
  g_test_add_func("/csv-reader/columns", test_columns);
  g_test_add_func("/csv-reader/no-header", test_no_header);
  g_test_add_func("/csv-reader/delimiters", test_delimiters);
  g_test_add_func("/csv-reader/wrong-options", test_wrong_options);
  g_test_add_func("/csv-reader/self-contained", test_self_contained);
  add_damage_tests();
  return g_test_run();
}
