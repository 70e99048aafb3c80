/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of syntax-parser. */
#include "syntax-tests.h"

#include <aver/aver.h>
#include <aver/testing.h>
#include <glib/gstdio.h>
#include <string.h>

extern const AverPlugin syntax_parser_LTX_aver_plugin;

#define PLUGIN (&syntax_parser_LTX_aver_plugin)

typedef struct {
  AverStage *stage;
  gpointer self;
  gpointer worker;
  AverDocument *document;
  char *text;
} Fixture;

static void fixture_open(Fixture *f, const char *option)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_test_build_filename(G_TEST_DIST, "..", "syntax-parser.model", NULL);
  g_autofree char *model = g_strconcat("model=", path, NULL);
  const char *const set[] = {model, option, NULL};
  f->stage = aver_testing_stage_new(PLUGIN, set, NULL, NULL, &error);
  g_assert_no_error(error);
  f->self = PLUGIN->open(f->stage, &error);
  g_assert_no_error(error);
  f->worker = PLUGIN->start(f->self, &error);
  f->document = aver_document_new();
  f->text = NULL;
}

static void fixture_close(Fixture *f)
{
  PLUGIN->stop(f->self, f->worker);
  PLUGIN->close(f->self);
  aver_testing_stage_free(f->stage);
  aver_document_unref(f->document);
  g_free(f->text);
}

/* Annotates a text, each line of which is a sentence. */
static void annotate(Fixture *f, const char *text)
{
  g_autoptr(GError) error = NULL;
  aver_document_reset(f->document);
  g_free(f->text);
  f->text = g_strdup(text);
  gsize length = strlen(text);
  g_assert_true(aver_document_set_text(f->document, f->text, length, &error));
  AverLayer *sentences = aver_document_add_layer(f->document, &aver_sentence_layer);
  for (guint32 start = 0; start < length;) {
    gsize line = strcspn(f->text + start, "\n");
    if (line > 0)
      aver_layer_add(sentences, start, start + (guint32) line);
    start += (guint32) line + 1;
  }
  g_assert_cmpint(PLUGIN->process(f->self, f->worker, f->document, &error), ==, AVER_KEEP);
  g_assert_no_error(error);
}

static const AverLayer *layer(const Fixture *f, const char *name)
{
  return aver_document_get_layer(f->document, name);
}

static char *read_tags(const Fixture *f)
{
  const AverLayer *tokens = layer(f, "token");
  GString *tags = g_string_new(NULL);
  for (guint32 i = 0; i < aver_layer_get_n_rows(tokens); i++)
    g_string_append_printf(
        tags, "%s%s", i > 0 ? " " : "",
        aver_token_layer.columns[0].names[aver_layer_get_i32(tokens, i, AVER_TOKEN_TAG)]);
  return g_string_free(tags, FALSE);
}

/* "head:relation" for each token, the first token being 1, and the root's head 0. */
static char *read_tree(const Fixture *f)
{
  const AverLayer *rows = layer(f, "dependency");
  GString *tree = g_string_new(NULL);
  for (guint32 i = 0; i < aver_layer_get_n_rows(rows); i++) {
    gint32 relation = aver_layer_get_i32(rows, i, AVER_DEPENDENCY_RELATION);
    g_string_append_printf(tree, "%s%d:%s", i > 0 ? " " : "",
                           aver_layer_get_i32(rows, i, AVER_DEPENDENCY_HEAD) + 1,
                           aver_dependency_layer.columns[1].names[relation]);
  }
  return g_string_free(tree, FALSE);
}

static void test_tags(void)
{
  static const struct {
    const char *text, *tags;
  } cases[] = {
      {"The minister said the bridge would open in May.", "DT NN VBD DT NN MD VB IN NNP ."},
      {"\"We don't know,\" Ms. Orrin told reporters.", "`` PRP VBP RB VB , '' NNP NNP VBD NNS ."},
      {"Her brothers have been asked to leave.", "PRP$ NNS VBP VBN VBN TO VB ."},
      {"They walked 30 miles (or more).", "PRP VBD CD NNS -LRB- CC JJR -RRB- ."},
  };
  Fixture f;
  fixture_open(&f, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    annotate(&f, cases[i].text);
    g_autofree char *tags = read_tags(&f);
    g_assert_cmpstr(tags, ==, cases[i].tags);
  }
  fixture_close(&f);
}

static void test_trees(void)
{
  static const struct {
    const char *text, *tree;
  } cases[] = {
      {"The minister said the bridge would open.",
       "2:det 3:nsubj 0:root 5:det 7:nsubj 7:aux 3:ccomp 3:punct"},
      {"The report was written by two engineers.",
       "2:det 4:nsubj:pass 4:aux:pass 0:root 7:case 7:nummod 4:obl:agent 4:punct"},
      {"Ilse Varga sold her old car.", "3:nsubj 1:flat 0:root 6:nmod:poss 6:amod 3:obj 3:punct"},
      {"She said that it was late.", "2:nsubj 0:root 6:mark 6:nsubj 6:cop 2:ccomp 2:punct"},
  };
  Fixture f;
  fixture_open(&f, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    annotate(&f, cases[i].text);
    g_autofree char *tree = read_tree(&f);
    g_assert_cmpstr(tree, ==, cases[i].tree);
  }
  fixture_close(&f);
}

/* Rows are the tokens, one for one. */
static void test_rows_are_tokens(void)
{
  Fixture f;
  fixture_open(&f, NULL);
  annotate(&f, "A state-of-the-art mill isn't cheap.\nIt costs $3m.");
  guint32 n;
  const AverToken *tokens = aver_document_get_tokens(f.document, &n);
  const AverLayer *layers[] = {layer(&f, "token"), layer(&f, "dependency")};
  for (guint k = 0; k < 2; k++) {
    g_assert_cmpuint(aver_layer_get_n_rows(layers[k]), ==, n);
    for (guint32 i = 0; i < n; i++) {
      g_assert_cmpuint(aver_layer_get_spans(layers[k])[i].start, ==, tokens[i].start);
      g_assert_cmpuint(aver_layer_get_spans(layers[k])[i].end, ==, tokens[i].end);
    }
  }
  fixture_close(&f);
}

/* Follows the heads: every token of a unit comes to its one root. Returns: how many roots. */
static guint count_roots(const Fixture *f)
{
  const AverLayer *rows = layer(f, "dependency");
  guint32 n = aver_layer_get_n_rows(rows);
  const gint32 *heads = aver_layer_get_i32_cells(rows, AVER_DEPENDENCY_HEAD);
  guint roots = 0;
  for (guint32 i = 0; i < n; i++) {
    guint steps = 0;
    gboolean root = aver_layer_get_i32(rows, i, AVER_DEPENDENCY_RELATION) == AVER_RELATION_ROOT;
    g_assert_cmpint(heads[i] == AVER_NONE, ==, root);
    roots += root;
    for (gint32 k = (gint32) i; k != AVER_NONE; k = heads[k])
      g_assert_cmpuint(steps++, <, 1000);
  }
  return roots;
}

static void test_one_root_a_sentence(void)
{
  Fixture f;
  fixture_open(&f, NULL);
  annotate(&f,
           "Hm.\nThe ferry, which had left at nine, sank; nobody was hurt, police say.\n?!\nYes");
  g_assert_cmpuint(count_roots(&f), ==, 4);
  fixture_close(&f);
}

static void test_empty(void)
{
  Fixture f;
  fixture_open(&f, NULL);
  annotate(&f, "");
  g_assert_cmpuint(aver_layer_get_n_rows(layer(&f, "token")), ==, 0);
  g_assert_cmpuint(aver_layer_get_n_rows(layer(&f, "dependency")), ==, 0);
  fixture_close(&f);
}

static void test_tags_only(void)
{
  Fixture f;
  fixture_open(&f, "parse=false");
  annotate(&f, "Nothing happens.");
  g_autofree char *tags = read_tags(&f);
  g_assert_cmpstr(tags, ==, "NN VBZ .");
  g_assert_cmpuint(aver_layer_get_n_rows(layer(&f, "dependency")), ==, 0);
  fixture_close(&f);
}

/* Microseconds that it takes to annotate @piece, @times over in one line. */
static gint64 time_line(Fixture *f, const char *piece, guint times)
{
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < times; i++)
    g_string_append(text, piece);
  gint64 least = G_MAXINT64;
  for (guint i = 0; i < 3; i++) {
    gint64 start = g_get_monotonic_time();
    annotate(f, text->str);
    least = MIN(least, g_get_monotonic_time() - start);
  }
  count_roots(f);
  g_string_free(text, TRUE);
  return least;
}

/* A long text without a full stop is cut into units: ten times the text, about ten times the time.
 */
static void test_long_line(void)
{
  static const char *const pieces[] = {"and the mill ", "(\" ", "x", ", which said that ", "( [ "};
  Fixture f;
  fixture_open(&f, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
    guint times = (guint) ((g_test_slow() ? 50000 : 10000) / strlen(pieces[i]));
    gint64 once = time_line(&f, pieces[i], times);
    gint64 tenfold = time_line(&f, pieces[i], times * 10);
    g_assert_cmpint(tenfold, <, once * 40 + 20000);
  }
  fixture_close(&f);
}

/* Opens with a model of these bytes. Returns: the error. */
static GError *open_with(const char *data, gsize length)
{
  GError *error = NULL;
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "some.model", NULL);
  g_autofree char *option = g_strconcat("model=", path, NULL);
  const char *const set[] = {option, NULL};
  g_assert_true(g_file_set_contents(path, data, (gssize) length, NULL));
  AverStage *stage = aver_testing_stage_new(PLUGIN, set, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_null(PLUGIN->open(stage, &error));
  g_assert_nonnull(error);
  g_assert_nonnull(strstr(error->message, path));
  aver_testing_stage_free(stage);
  g_remove(path);
  g_rmdir(folder);
  return error;
}

static void test_damaged_model(void)
{
  g_autofree char *path = g_test_build_filename(G_TEST_DIST, "..", "syntax-parser.model", NULL);
  g_autofree char *data = NULL;
  gsize length;
  g_assert_true(g_file_get_contents(path, &data, &length, NULL));
  g_autoptr(GError) cut = open_with(data, length / 2);
  g_assert_error(cut, AVER_ERROR, AVER_ERROR_SYNTAX);
  data[length / 2] ^= 0x10;
  g_autoptr(GError) altered = open_with(data, length);
  g_assert_error(altered, AVER_ERROR, AVER_ERROR_SYNTAX);
}

/* A model file that is whole, and whose sections are not what they should be. */
static void test_wrong_sections(void)
{
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "wrong.model", NULL);
  g_autoptr(AverModelWriter) writer = aver_model_writer_new("syntax-parser", "{}");
  static const char zeros[24] = {0};
  g_autofree char *data = NULL;
  gsize length;
  aver_model_writer_add(writer, "words", zeros, sizeof zeros);
  g_assert_true(aver_model_writer_write(writer, path, NULL));
  g_assert_true(g_file_get_contents(path, &data, &length, NULL));
  g_autoptr(GError) error = open_with(data, length);
  g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
  g_assert_nonnull(strstr(error->message, "'words'"));
  g_remove(path);
  g_rmdir(folder);
}

static void test_missing_model(void)
{
  g_autoptr(GError) error = NULL;
  const char *const set[] = {"model=/nonexistent/x.model", NULL};
  AverStage *stage = aver_testing_stage_new(PLUGIN, set, NULL, NULL, &error);
  g_assert_null(PLUGIN->open(stage, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_INPUT);
  aver_testing_stage_free(stage);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/syntax-parser/tags", test_tags);
  g_test_add_func("/syntax-parser/trees", test_trees);
  g_test_add_func("/syntax-parser/rows-are-tokens", test_rows_are_tokens);
  g_test_add_func("/syntax-parser/one-root-a-sentence", test_one_root_a_sentence);
  g_test_add_func("/syntax-parser/empty", test_empty);
  g_test_add_func("/syntax-parser/tags-only", test_tags_only);
  g_test_add_func("/syntax-parser/long-line", test_long_line);
  g_test_add_func("/syntax-parser/damaged-model", test_damaged_model);
  g_test_add_func("/syntax-parser/wrong-sections", test_wrong_sections);
  g_test_add_func("/syntax-parser/missing-model", test_missing_model);
  add_model_tests();
  return g_test_run();
}
