/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of gazetteer: lists, cases, aliases, the longest name, what is wrong with a list. */
#include <aver/aver.h>
#include <aver/testing.h>
#include <glib/gstdio.h>

extern const AverPlugin gazetteer_LTX_aver_plugin;

static const char people[] = "# label, name, id, aliases\n"
                             "person\tAda Quill\tq1\tA. Quill\tQuill\n"
                             "\r\n"
                             "organisation\tOffice for Dams and Weirs\t\tODW\r\n"
                             "organisation\tOffice for Dams\n"
                             "place\tPell\tp7\n"
                             "drink\tport";

static AverStage *make_stage(const char *list, const char *rule, char **path)
{
  const AverPlugin *plugin = &gazetteer_LTX_aver_plugin;
  g_autoptr(GError) error = NULL;
  int file = g_file_open_tmp("aver-XXXXXX", path, &error);
  g_assert_no_error(error);
  g_close(file, NULL);
  g_assert_true(g_file_set_contents(*path, list, -1, NULL));
  g_autofree char *list_option = g_strconcat("list=", *path, NULL);
  g_autofree char *rule_option = g_strconcat("case=", rule, NULL);
  const char *const set[] = {list_option, rule_option, NULL};
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, NULL, &error);
  g_assert_no_error(error);
  return stage;
}

/* What is found, as "label name [what the text has]" with semicolons. */
static char *find(const char *list, const char *rule, const char *text)
{
  const AverPlugin *plugin = &gazetteer_LTX_aver_plugin;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  AverStage *stage = make_stage(list, rule, &path);
  gpointer self = plugin->open(stage, &error);
  g_assert_no_error(error);
  g_autoptr(AverDocument) document = aver_document_new();
  g_assert_true(aver_document_set_text(document, text, strlen(text), &error));
  g_assert_cmpint(plugin->process(self, NULL, document, &error), ==, AVER_KEEP);
  const AverLayer *layer = aver_document_get_layer(document, "entity");
  GString *found = g_string_new(NULL);
  for (guint32 i = 0; i < aver_layer_get_n_rows(layer); i++) {
    AverSpan span = aver_layer_get_spans(layer)[i];
    g_string_append_printf(found, "%s%s %s [%.*s]", i > 0 ? "; " : "",
                           aver_layer_get_string(layer, i, 0), aver_layer_get_string(layer, i, 1),
                           (int) (span.end - span.start), text + span.start);
  }
  plugin->close(self);
  aver_testing_stage_free(stage);
  g_remove(path);
  return g_string_free(found, FALSE);
}

static void check(const char *rule, const char *text, const char *expected)
{
  g_autofree char *found = find(people, rule, text);
  g_assert_cmpstr(found, ==, expected);
}

static void test_aliases(void)
{
  check("smart", "Quill’s report, said A. Quill.",
        "person Ada Quill [Quill]; person Ada Quill [A. Quill]");
  check("smart", "The ODW spoke.", "organisation Office for Dams and Weirs [ODW]");
  check("smart", "Nobody is named here.", "");
}

static void test_longest(void)
{
  check("smart", "The Office for Dams and\nWeirs",
        "organisation Office for Dams and Weirs "
        "[Office for Dams and\nWeirs]");
  check("smart", "The Office for Dams and Pell",
        "organisation Office for Dams [Office for Dams]; place Pell [Pell]");
  check("smart", "Office for Dams and\n\nWeirs", "organisation Office for Dams [Office for Dams]");
}

static void test_case(void)
{
  check("smart", "ADA QUILL, quill, odw, Odw, Port, port",
        "person Ada Quill [ADA QUILL]; drink port [Port]; drink port [port]");
  check("exact", "ADA QUILL, quill, Quill, Port, port",
        "person Ada Quill [Quill]; drink port [port]");
  check("ignore", "ada quill, odw",
        "person Ada Quill [ada quill]; organisation Office for Dams and Weirs [odw]");
}

/* Spellings that differ in case alone are names of their own; the first of two is kept. */
static void test_spellings(void)
{
  g_autofree char *found =
      find("a\tWHO\nb\twho\nc\tWHO\nd\t\xc3\x89ire\n", "smart", "WHO who \xc3\x89IRE \xc3\xa9ire");
  g_assert_cmpstr(found, ==, "a WHO [WHO]; b who [who]; d \xc3\x89ire [\xc3\x89IRE]");
}

static void test_mistakes(void)
{
  g_autoptr(GString) spelt = g_string_new(NULL);
  for (guint i = 0; i < 32; i++) {
    char name[] = "ABCDE";
    for (guint k = 0; k < 5; k++)
      name[k] = (char) (name[k] + (i < 16 && (i + 1) >> k & 1 ? 32 : 0));
    g_string_append_printf(spelt, "p\t%s\n", name);
  }
  g_autofree char *line = g_strnfill(65537, 'a');
  line[1] = '\t';
  const struct {
    const char *list, *message;
  } cases[] = {
      {"person\tA\nperson\n", ":2: no name;"},
      {"\n\n\tA\n", ":3: no label;"},
      {"person\t \n", ":1: an empty name;"},
      {"person\tA\tid\t\tB", ":1: an empty alias;"},
      {"person\tA\nperson\t\xff\n", ":2: byte 8 of the line is no UTF-8"},
      {"p\ta b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g\n",
       ":1: a name of 33 words;"},
      {"\xef\xbb\xbf"
       "person\tA\nperson\n",
       ":2: no name;"},
      {spelt->str, ":17: 'ABCDE' has more than 16 spellings; expected one, and option 'case'"},
      {line, ":1: a line of 65537 bytes; expected at most 65536"},
  };
  const AverPlugin *plugin = &gazetteer_LTX_aver_plugin;
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    AverStage *stage = make_stage(cases[i].list, "smart", &path);
    g_assert_null(plugin->open(stage, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
    g_autofree char *expected = g_strconcat(path, cases[i].message, NULL);
    if (!g_str_has_prefix(error->message, expected))
      g_test_fail_printf("'%s', expected '%s'", error->message, expected);
    aver_testing_stage_free(stage);
    g_remove(path);
  }
}

static void test_no_list(void)
{
  const AverPlugin *plugin = &gazetteer_LTX_aver_plugin;
  for (guint i = 0; i < 2; i++) {
    g_autoptr(GError) error = NULL;
    const char *const set[] = {"list=/nonexistent/list", NULL};
    AverStage *stage = aver_testing_stage_new(plugin, i == 0 ? NULL : set, NULL, NULL, NULL);
    g_assert_null(plugin->open(stage, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
    aver_testing_stage_free(stage);
  }
}

/* Names that share all but their last word, in a text that starts all of them all the time. */
static void test_hostile(void)
{
  GString *list = g_string_new(NULL);
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf(list, "x\ta a a a a a a a a a a a a a a a a a a a a a b%u\n", i);
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < 20000; i++)
    g_string_append(text, "a ");
  g_autofree char *found = find(list->str, "smart", text->str);
  g_assert_cmpstr(found, ==, "");
  g_string_free(list, TRUE);
  g_string_free(text, TRUE);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/gazetteer/aliases", test_aliases);
  g_test_add_func("/gazetteer/longest", test_longest);
  g_test_add_func("/gazetteer/case", test_case);
  g_test_add_func("/gazetteer/spellings", test_spellings);
  g_test_add_func("/gazetteer/mistakes", test_mistakes);
  g_test_add_func("/gazetteer/no-list", test_no_list);
  g_test_add_func("/gazetteer/hostile", test_hostile);
  return g_test_run();
}
