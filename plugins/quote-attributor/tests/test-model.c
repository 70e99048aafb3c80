/* SPDX-License-Identifier: Apache-2.0 */
/* The trained mode: what it finds beyond the rules, and what it refuses. */
#include "quote-cases.h"

#include <glib/gstdio.h>
#include <string.h>

extern const AverPlugin quote_attributor_LTX_aver_plugin;

static char *model_path(void)
{
  return g_test_build_filename(G_TEST_DIST, "..", "balanced.model", NULL);
}

static void open_balanced(QuoteFixture *fixture)
{
  g_autofree char *path = model_path();
  g_autofree char *option = g_strconcat("model=", path, NULL);
  const char *const set[] = {"mode=balanced", option, NULL};
  quote_fixture_open(fixture, set);
}

/* Whether some row has this source, and content that starts and ends like this. */
static gboolean has_row(AverLayer *layer, const char *text, const char *source, const char *start,
                        const char *end)
{
  for (guint32 i = 0; i < aver_layer_get_n_rows(layer); i++) {
    guint32 n_content, n_source;
    const AverSpan *content = aver_layer_get_spans_cell(layer, i, AVER_QUOTE_CONTENT, &n_content);
    const AverSpan *who = aver_layer_get_spans_cell(layer, i, AVER_QUOTE_SOURCE, &n_source);
    if (n_content == 0 || n_source == 0)
      continue;
    g_autofree char *words =
        g_strndup(text + content[0].start, content[n_content - 1].end - content[0].start);
    g_autofree char *name = g_strndup(text + who->start, who->end - who->start);
    if (strcmp(name, source) == 0 && g_str_has_prefix(words, start) && g_str_has_suffix(words, end))
      return TRUE;
  }
  return FALSE;
}

static void test_indirect(void)
{
  static const struct {
    const char *text, *source, *start, *end;
  } cases[] = {
      {"The harbour board has repeatedly insisted that the new pier is safe for ferries.",
       "The harbour board", "the new pier", "for ferries"},
      {"Ada Quill raised concerns that the library would close before winter.", "Ada Quill",
       "the library", "before winter"},
      {"Tam Orr, who runs the mill, told reporters the river had risen two metres overnight.",
       "Tam Orr, who runs the mill,", "the river", "overnight"},
      {"Critics of the plan worry that small shops will be driven out of Port Sorrow.",
       "Critics of the plan", "small shops", "Port Sorrow"},
      {"The Tolvane Institute is predicting that grain prices will double by spring.",
       "The Tolvane Institute", "grain prices", "by spring"},
      {"The tunnel, Mayor Gomez argued, would cost less than the bridge.", "Mayor Gomez",
       "The tunnel", "than the bridge"},
  };
  QuoteFixture fixture;
  open_balanced(&fixture);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    AverLayer *layer = quote_fixture_run(&fixture, cases[i].text, strlen(cases[i].text));
    guint32 length;
    const char *text = aver_document_get_text(fixture.document, &length);
    if (!has_row(layer, text, cases[i].source, cases[i].start, cases[i].end))
      g_error("not found: %s", cases[i].text);
  }
  quote_fixture_close(&fixture);
}

/* What the rules are sure of stays as it is. */
static void test_direct(void)
{
  static const QuoteCase quote_case = {
      "“The pier is shut,” said Ada Quill.~“It leaks,” she added, “and nobody mends it.”",
      {"“The pier is shut,”|said|Ada Quill|Ada Quill",
       "“It leaks,” + “and nobody mends it.”|added|she|Ada Quill"}};
  QuoteFixture fixture;
  open_balanced(&fixture);
  quote_fixture_check(&fixture, &quote_case);
  quote_fixture_close(&fixture);
}

/* A turn of a transcript is one row, whatever is reported in it. */
static void test_turns(void)
{
  static const QuoteCase quote_case = {"ORR: Those letters are public.~Have you read them?\n"
                                       "QUILL: I have read the 12 you released.\n"
                                       "ORR: There are no others.~You said it was a lie.\n",
                                       {"Those letters are public. Have you read them?||ORR|ORR",
                                        "I have read the 12 you released.||QUILL|QUILL",
                                        "There are no others. You said it was a lie.||ORR|ORR"}};
  QuoteFixture fixture;
  open_balanced(&fixture);
  quote_fixture_check(&fixture, &quote_case);
  quote_fixture_close(&fixture);
}

/* An apposition inside what is reported belongs to it. */
static void test_apposition(void)
{
  QuoteFixture fixture;
  open_balanced(&fixture);
  const char *text =
      "The ministry accused Tolvane Freight, a hauler of grain and coal based in Port "
      "Sorrow, of misleading the regulator.";
  AverLayer *layer = quote_fixture_run(&fixture, text, strlen(text));
  g_assert_cmpuint(aver_layer_get_n_rows(layer), ==, 1);
  guint32 n;
  const AverSpan *content = aver_layer_get_spans_cell(layer, 0, AVER_QUOTE_CONTENT, &n);
  g_assert_cmpuint(n, ==, 1);
  g_assert_true(g_str_has_prefix(text + content->start, "Tolvane Freight, a hauler"));
  quote_fixture_close(&fixture);
}

static void test_confidence(void)
{
  static const char text[] = "“The pier is shut,” said Ada Quill.";
  QuoteFixture fixture;
  open_balanced(&fixture);
  AverLayer *layer = quote_fixture_run(&fixture, text, strlen(text));
  g_assert_cmpuint(aver_layer_get_n_rows(layer), ==, 1);
  float confidence = aver_layer_get_f32(layer, 0, AVER_QUOTE_CONFIDENCE);
  g_assert_cmpfloat(confidence, >, 0.8f);
  g_assert_cmpfloat(confidence, <=, 1);
  quote_fixture_close(&fixture);
}

static void refuse(const char *path, const char *mode, AverError code)
{
  const AverPlugin *plugin = &quote_attributor_LTX_aver_plugin;
  g_autofree char *model = g_strconcat("model=", path, NULL);
  g_autofree char *option = g_strconcat("mode=", mode, NULL);
  const char *const set[] = {option, model, NULL};
  g_autoptr(GError) error = NULL;
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_null(plugin->open(stage, &error));
  g_assert_error(error, AVER_ERROR, (gint) code);
  g_assert_nonnull(strstr(error->message, path));
  aver_testing_stage_free(stage);
}

static void test_damaged(void)
{
  g_autofree char *path = model_path(), *bytes = NULL;
  gsize length;
  g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *copy = g_build_filename(folder, "a.model", NULL);
  bytes[length / 2] ^= 1;
  g_assert_true(g_file_set_contents(copy, bytes, (gssize) length, NULL));
  refuse(copy, "balanced", AVER_ERROR_SYNTAX);
  bytes[length / 2] ^= 1;
  g_assert_true(g_file_set_contents(copy, bytes, (gssize) length / 2, NULL));
  refuse(copy, "balanced", AVER_ERROR_SYNTAX);
  g_unlink(copy);
  refuse(copy, "balanced", AVER_ERROR_INPUT);
  g_rmdir(folder);
}

static void test_wrong_kind(void)
{
  g_autofree char *path = model_path();
  refuse(path, "accurate", AVER_ERROR_CONFIG);
}

/* Whole files of the right kind whose sections are not what they should be. */
static void test_wrong_sections(void)
{
  static const char zeros[4096] = {0};
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "a.model", NULL);
  static const char *const names[] = {"classes", "gate",  "cues",   "spans",
                                      "choices", "steps", "numbers"};
  for (guint wrong = 0; wrong <= G_N_ELEMENTS(names); wrong++) {
    g_autoptr(AverModelWriter) writer = aver_model_writer_new("quote-attributor/words", "{}");
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
      gsize size = strcmp(names[i], "numbers") == 0 ? 7 * sizeof(float) : 4096;
      if (i < wrong)
        aver_model_writer_add(writer, names[i], zeros, i + 1 == wrong ? size - 24 : size);
    }
    g_assert_true(aver_model_writer_write(writer, path, NULL));
    refuse(path, "balanced", AVER_ERROR_SYNTAX);
  }
  g_unlink(path);
  g_rmdir(folder);
}

static guint hash_rows(AverLayer *layer)
{
  guint hash = aver_layer_get_n_rows(layer);
  const AverSpan *spans = aver_layer_get_spans(layer);
  for (guint32 i = 0; i < aver_layer_get_n_rows(layer); i++) {
    float confidence = aver_layer_get_f32(layer, i, AVER_QUOTE_CONFIDENCE);
    guint32 bits;
    memcpy(&bits, &confidence, sizeof bits);
    hash = (hash * 31 + spans[i].start) * 31 + spans[i].end + bits;
  }
  return hash;
}

static GString *hostile(const char *piece, gsize length)
{
  GString *text = g_string_sized_new(length + 100);
  while (text->len < length)
    g_string_append(text, piece);
  return text;
}

/* Memory that other documents have used leaves no trace. */
static void test_deterministic(void)
{
  static const char text[] = "The mill owner feared that the dam would break.~“It leaks,” he said.~"
                             "Ada Quill urged the council to mend it, calling it a danger.";
  QuoteFixture fixture;
  open_balanced(&fixture);
  guint first = hash_rows(quote_fixture_run(&fixture, text, strlen(text)));
  g_autoptr(GString) other = hostile("She said “no and claimed that they warned him. ", 20000);
  quote_fixture_run(&fixture, other->str, other->len);
  g_assert_cmpuint(hash_rows(quote_fixture_run(&fixture, text, strlen(text))), ==, first);
  quote_fixture_close(&fixture);
}

static gint64 time_of(QuoteFixture *fixture, const char *piece, gsize length)
{
  g_autoptr(GString) text = hostile(piece, length);
  gint64 start = g_get_monotonic_time();
  AverLayer *layer = quote_fixture_run(fixture, text->str, text->len);
  gint64 end = g_get_monotonic_time();
  quote_fixture_check_spans(layer, text->str, text->len);
  return end - start;
}

/* A text without the end of a sentence (a megabyte, when there is time), and cues by the thousand:
 * eight times the text may not take eight times eight the time. */
static void test_hostile(void)
{
  static const char *const pieces[] = {"said ",      "he said that she warned he said ", "“said” ",
                                       "a b c d, ",  "according to according ",          "“",
                                       "said: said "};
  QuoteFixture fixture;
  open_balanced(&fixture);
  fixture.whole = TRUE;
  gsize length = g_test_slow() ? 1 << 20 : 1 << 18;
  for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
    gint64 some = time_of(&fixture, pieces[i], length / 8),
           more = time_of(&fixture, pieces[i], length);
    g_assert_cmpint(more, <, 40 * some + 200000);
  }
  quote_fixture_close(&fixture);
}

/* Mode accurate says which layer is missing, and what provides it. */
static void test_layers_missing(void)
{
  g_autofree char *path = g_test_build_filename(G_TEST_DIST, "..", "accurate.model", NULL);
  g_autofree char *option = g_strconcat("model=", path, NULL);
  const char *const set[] = {"mode=accurate", option, NULL};
  g_autoptr(GError) error = NULL;
  QuoteFixture fixture;
  quote_fixture_open(&fixture, set);
  g_assert_true(aver_document_set_text(fixture.document, "He left.", 8, NULL));
  g_assert_cmpint(quote_attributor_LTX_aver_plugin.process(fixture.self, fixture.worker,
                                                           fixture.document, &error),
                  ==, AVER_FAIL);
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_assert_nonnull(strstr(error->message, "'token'"));
  g_assert_nonnull(strstr(error->message, "syntax-parser"));
  quote_fixture_close(&fixture);
}

void add_model_tests(void)
{
  g_test_add_func("/quote-attributor/model/indirect", test_indirect);
  g_test_add_func("/quote-attributor/model/direct", test_direct);
  g_test_add_func("/quote-attributor/model/turns", test_turns);
  g_test_add_func("/quote-attributor/model/apposition", test_apposition);
  g_test_add_func("/quote-attributor/model/confidence", test_confidence);
  g_test_add_func("/quote-attributor/model/damaged", test_damaged);
  g_test_add_func("/quote-attributor/model/wrong-kind", test_wrong_kind);
  g_test_add_func("/quote-attributor/model/wrong-sections", test_wrong_sections);
  g_test_add_func("/quote-attributor/model/deterministic", test_deterministic);
  g_test_add_func("/quote-attributor/model/layers-missing", test_layers_missing);
  g_test_add_func("/quote-attributor/model/hostile", test_hostile);
}
