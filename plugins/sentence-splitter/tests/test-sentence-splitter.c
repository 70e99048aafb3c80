/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of sentence-splitter: where sentences end, and the options. */
#include "splitting.h"

#include <glib/gstdio.h>
#include <string.h>

extern const AverPlugin sentence_splitter_LTX_aver_plugin;

static const AverPlugin *const plugin = &sentence_splitter_LTX_aver_plugin;

AverDocument *split_document(const char *text, gsize length, const char *const *set)
{
  g_autoptr(GError) error = NULL;
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, NULL, &error);
  g_assert_no_error(error);
  gpointer self = plugin->open(stage, &error);
  g_assert_no_error(error);
  AverDocument *document = aver_document_new();
  g_assert_true(aver_document_set_text(document, text, length, &error));
  g_assert_cmpint(plugin->process(self, NULL, document, &error), ==, AVER_KEEP);
  plugin->close(self);
  aver_testing_stage_free(stage);
  return document;
}

void check(const char *marked, const char *const *set)
{
  g_autoptr(GString) text = g_string_new(NULL);
  g_autoptr(GString) expected = g_string_new(NULL);
  g_autoptr(GString) found = g_string_new(NULL);
  g_auto(GStrv) pieces = g_strsplit(marked, "|", -1);
  for (guint i = 0; pieces[i] != NULL; i++) {
    gboolean joined = text->len == 0 || text->str[text->len - 1] == '\n' || *pieces[i] == '\0' ||
                      *pieces[i - 1] == '\0';
    g_string_append(text, joined ? "" : " ");
    g_string_append(text, pieces[i]);
    g_autofree char *trimmed = g_strstrip(g_strdup(pieces[i]));
    if (*trimmed != '\0')
      g_string_append_printf(expected, "%s<%s>", i == 0 ? "" : " ", trimmed);
  }
  g_autoptr(AverDocument) document = split_document(text->str, text->len, set);
  const AverLayer *layer = aver_document_get_layer(document, "sentence");
  const AverSpan *spans = aver_layer_get_spans(layer);
  for (guint32 i = 0; i < aver_layer_get_n_rows(layer); i++)
    g_string_append_printf(found, "%s<%.*s>", i == 0 ? "" : " ",
                           (int) (spans[i].end - spans[i].start), text->str + spans[i].start);
  g_assert_cmpstr(found->str, ==, expected->str);
}

/* Texts of one behaviour; the test's data is a NULL-terminated list of them. */
static void test_texts(gconstpointer data)
{
  for (const char *const *text = data; *text != NULL; text++)
    check(*text, NULL);
}

static const char *const marks[] = {
    "The ferry sank.|Nobody drowned!|Who knew?",
    "Stop!!|Are you mad?!|Of course not.",
    "She waited...|Then she left.",
    "He never meant it….|The door closed.",
    NULL,
};
static const char *const abbreviations[] = {
    "Mr. Tolland met Dr. Vesey near Mt. Arden.|Both were late.",
    "Prof. Anna K. Marsh lives on Quay St. near the mill.",
    "He moved to the U.S. in 2004.|It rained.",
    "They left the U.S.|She stayed.",
    "The U.S. Navy denied it.|The U.N. did not.",
    "She joined Pell Inc. and left Orr Co.|They closed.",
    "Ines Roe, Ph.D. of Larkhill, spoke.|She has a Ph.D.|He has none.",
    "See Fig. 4 and p. 12 of No. 7.|No.|That is wrong.",
    "Bring fruit, e.g. apples, i.e. fresh ones, etc.|We wait.",
    "The raid began on Jan. 4 in Pelham, Conn. and ended in May.",
    NULL,
};
static const char *const clock_times[] = {
    "At 5 a.m. Mr. Orr woke.|He was asleep again by 6 a.m.|Mr. Orr is lazy.",
    "The shop opens at 9 a.m. on Sundays.",
    "The vote is at 9 p.m. Eastern.|The count is at 3 a.m. Friday.",
    NULL,
};
static const char *const initials[] = {
    "J. R. Pike and Mary B. Stone met.|We knew them, you and I.|Did you?",
    "Was it Albert I. Stone?",
    NULL,
};
static const char *const quotes[] = {
    "“It failed.”|She turned away.",         "\"What?\" Pike said.|Nobody spoke.",
    "“Who did it?” asked the man.|Silence.", "“Never!” he said.|The crowd left.",
    "“Who knows?”|He answered, “I do.”",     "“Leave it!” Mayor Ada Pike told them.|They did.",
    "“I know.|We all know.”|He sat down.",   NULL,
};
static const char *const unbalanced[] = {
    "“The line is cut.|Nobody answers.|We wait.",
    "The line is cut.”|Nobody answers.",
    "(It was late.|They left.",
    NULL,
};
static const char *const brackets[] = {
    "The mayor (she had won twice.) stood up.",
    "The (Larkhill, N.J.) Herald closed.",
    "He left.|(Nobody saw him go.)|The car was gone.",
    "The words \"to act [...] at once\" (Pike 55).|It passed.",
    NULL,
};
static const char *const references[] = {
    "The bridge fell. [12]|Nobody crossed it.",
    "The bridge fell.[1][2]|Nobody crossed it.",
    "It was rebuilt in a year.14|The river rose again.",
    NULL,
};
static const char *const lists[] = {
    "1. Buy flour|2. Buy milk|3. Bake",
    "1) Buy flour|2) Buy milk",
    "1.) Buy flour.|2.) Buy milk.",
    "a. the mill|b. the dam",
    "It lists these: 1. flour|2. milk|3. salt",
    "• 9. Buy flour|• 10. Buy milk",
    "(i) It rained.\n|(ii) It snowed.\n|(iii) It thawed.",
    "3.1. Methods of the survey",
    NULL,
};
static const char *const glued[] = {
    "The mill closed.||It was old.||Mr. Orr wept.",
    "They paid 1,000.||That is a lot.",
    "Ask Ann.Pike@mill.example or see www.mill.Example.org/a.Html today.",
    "It costs 3.50 or 1.026.553 in v2.Beta form.",
    NULL,
};
static const char *const addresses[] = {
    "The page is https://mill.example.org/new_site.html.|Please read it.",
    "Mail ann@mill.example.|She replies.",
    NULL,
};
static const char *const blank_lines[] = {
    "A long day at the mill\n\n|Nobody came",
    "the first part\r\n\r\n|the second part",
    "the first part\n \t\n|and the second",
    "the first part\f|and the second",
    NULL,
};
static const char *const headings[] = {
    "Mill fire kills two\n|By Ada Pike\n|LARKHILL, March 3\n|Two people died on Monday.",
    "apples\n|pears\n|plums, figs\n",
    "Fruit:\n|- apples\n|- pears",
    "Figure 2.1|The mill before the fire.",
    NULL,
};
static const char *const wraps[] = {
    "The council of Larkhill said on Monday that the old mill beside the\n"
    "river Arden would be rebuilt within two years, and that nobody who\n"
    "lived there would have to leave.|The mayor, who has opposed the plan\n"
    "since last spring, did not attend.|She\nhas said she will go to court.",
    "We had one dry \nsummer at the mill.",
    "The page was\ncopied from a narrow column.",
    NULL,
};
static const char *const ellipses[] = {
    "I was not ... well, you know . . . quite there.",
    "The words were lost . . . .|Nobody found them.",
    "It was late.|. . . The habit remained.",
    NULL,
};
static const char *const dashes[] = {
    "LARKHILL, Calif. — The mayor resigned.",
    "LARKHILL (AP) — The mayor resigned.",
    "They had two sons — Ben and Tom.",
    NULL,
};
static const char *const exclaimed[] = {
    "She works at Yahoo! in accounts.",
    "Mix it and -- behold! -- you have bread.",
    NULL,
};
static const char *const scripts[] = {
    "今日は晴れ。||明日は雨？||はい。",
    "他说：「走吧。」||她笑了。",
    "राम घर गया।|सीता आई।",
    "هل هذا صحيح؟|نعم",
    NULL,
};
static const char *const smileys[] = {"It works. :)|Next we sleep.", NULL};

static const struct {
  const char *name;
  const char *const *texts;
} behaviours[] = {
    {"marks", marks},
    {"abbreviations", abbreviations},
    {"clock-times", clock_times},
    {"initials", initials},
    {"quotes", quotes},
    {"unbalanced", unbalanced},
    {"brackets", brackets},
    {"references", references},
    {"lists", lists},
    {"glued", glued},
    {"addresses", addresses},
    {"blank-lines", blank_lines},
    {"headings", headings},
    {"wraps", wraps},
    {"ellipses", ellipses},
    {"dashes", dashes},
    {"exclaimed", exclaimed},
    {"scripts", scripts},
    {"smileys", smileys},
};

static void test_empty(void)
{
  check("", NULL);
  check(" \n\t \n", NULL);
}

static void test_whole_quotations(void)
{
  static const char *const set[] = {"split_quotes=false", NULL};
  check("“I know. We all know.”|He sat down.", set);
  check("She said: \"It is late. We must go. Now.\"|He agreed.", set);
  check("“I know.|We all know.|He sat down.", set);
  check("“I know.\n\n|We all know.”|He sat down.", set);
}

static void test_web(void)
{
  static const char *const set[] = {"style=web", NULL};
  check("Hi Ann,\n\n|The mill is shut.|Talk soon", set);
  check("great food and great staff!!|i will come back", set);
  check("From: Ann Pike 01/02/2001 04:10 PM|Please see the file.", set);
}

static char *write_abbreviations(const char *content)
{
  g_autoptr(GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp("abbreviations-XXXXXX", &path, &error);
  g_assert_no_error(error);
  g_close(fd, NULL);
  g_assert_true(g_file_set_contents(path, content, -1, &error));
  return path;
}

static void test_abbreviations_file(void)
{
  g_autofree char *path =
      write_abbreviations("# ours\nBürg. title\nZent\tinner # both\n\nMr none\n");
  g_autofree char *option = g_strconcat("abbreviations=", path, NULL);
  const char *const set[] = {option, NULL};
  check("They met Bürg. Anna Rau.|It rained.", set);
  check("They met zent. The rest left.", set);
  check("They met Bürg.|Anna Rau left.", NULL);
  g_unlink(path);
}

/* Words of up to eight bytes and longer ones are looked up in two ways. */
static void test_abbreviations_of_any_length(void)
{
  static const char *const words[] = {"qy",       "qyz",       "Qyzo",       "qyzor",
                                      "Qyzorval", "qyzorvalt", "qyzorvalté", "qyé"};
  g_autoptr(GString) content = g_string_new(NULL);
  for (guint i = 0; i < G_N_ELEMENTS(words); i++)
    g_string_append_printf(content, "%s inner\n", words[i]);
  g_autofree char *path = write_abbreviations(content->str);
  g_autofree char *option = g_strconcat("abbreviations=", path, NULL);
  const char *const set[] = {option, NULL};
  for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
    g_autofree char *upper = g_ascii_strup(words[i], -1);
    g_autofree char *known = g_strdup_printf("They met %s. The rest left.", words[i]);
    g_autofree char *shouted = g_strdup_printf("They met %s. The rest left.", upper);
    g_autofree char *unknown = g_strdup_printf("They met z%s.|The rest left.", words[i]);
    check(known, set);
    check(shouted, set);
    check(unknown, set);
  }
  g_unlink(path);
}

static void check_open_fails(const char *option, AverError code, const char *message)
{
  g_autoptr(GError) error = NULL;
  const char *const set[] = {option, NULL};
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_null(plugin->open(stage, &error));
  g_assert_error(error, AVER_ERROR, (gint) code);
  g_assert_nonnull(strstr(error->message, message));
  aver_testing_stage_free(stage);
}

static void test_abbreviations_errors(void)
{
  g_autofree char *path = write_abbreviations("Bürg. title\n\nZent. titel\n");
  g_autofree char *option = g_strconcat("abbreviations=", path, NULL);
  g_autofree char *place = g_strconcat(path, ":3: unknown class 'titel'", NULL);
  check_open_fails(option, AVER_ERROR_CONFIG, place);
  g_assert_true(g_file_set_contents(path, "Zent.\n", -1, NULL));
  check_open_fails(option, AVER_ERROR_CONFIG, ":1: no class");
  g_assert_true(g_file_set_contents(path, "Zent\xff title\n", -1, NULL));
  check_open_fails(option, AVER_ERROR_ENCODING, "UTF-8");
  g_unlink(path);
  check_open_fails(option, AVER_ERROR_INPUT, path);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(behaviours); i++) {
    g_autofree char *name = g_strconcat("/sentence-splitter/", behaviours[i].name, NULL);
    g_test_add_data_func(name, behaviours[i].texts, test_texts);
  }
  g_test_add_func("/sentence-splitter/empty", test_empty);
  g_test_add_func("/sentence-splitter/whole-quotations", test_whole_quotations);
  g_test_add_func("/sentence-splitter/web", test_web);
  g_test_add_func("/sentence-splitter/abbreviations-file", test_abbreviations_file);
  g_test_add_func("/sentence-splitter/abbreviations-of-any-length",
                  test_abbreviations_of_any_length);
  g_test_add_func("/sentence-splitter/abbreviations-errors", test_abbreviations_errors);
  add_robustness_tests();
  return g_test_run();
}
