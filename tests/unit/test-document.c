/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of documents and layers. */
#include <aver/aver.h>
#include <math.h>

static AverDocument *document_of(const char *text)
{
  AverDocument *document = aver_document_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(aver_document_set_text(document, text, strlen(text), &error));
  return document;
}

static void test_text_encoding(void)
{
  static const struct {
    const char *bytes;
    gsize length, bad;
  } cases[] = {
      {"ok \xff", 4, 3},
      {"\xc0\xaf", 2, 0},
      {"\xed\xa0\x80", 3, 0},
      {"\xf4\x90\x80\x80", 4, 0},
      {"caf\xc3", 4, 3},
      {"\xe2\x80", 2, 0},
      {"0123456789012345678901234567890123456789\x80", 41, 40},
  };
  g_autoptr(AverDocument) document = aver_document_new();
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    gsize bad = 0;
    g_assert_false(aver_utf8_validate(cases[i].bytes, cases[i].length, &bad));
    g_assert_cmpuint(bad, ==, cases[i].bad);
    g_assert_false(aver_document_set_text(document, cases[i].bytes, cases[i].length, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_ENCODING);
  }
  g_assert_true(aver_utf8_validate("\0\xf0\x9f\x98\x80\xef\xbf\xbf", 8, NULL));
}

static void test_metadata_sorted(void)
{
  g_autoptr(AverDocument) document = aver_document_new();
  aver_document_set_metadata(document, "title", "one", FALSE);
  aver_document_set_metadata(document, "author", "A", FALSE);
  aver_document_set_metadata(document, "title", "2", TRUE);
  guint32 n;
  const AverMetadata *entries = aver_document_list_metadata(document, &n);
  g_assert_cmpuint(n, ==, 2);
  g_assert_cmpstr(entries[0].key, ==, "author");
  g_assert_cmpstr(entries[1].value, ==, "2");
  g_assert_true(entries[1].json);
  g_assert_null(aver_document_get_metadata(document, "date"));
}

static void test_absent_cells(void)
{
  g_autoptr(AverDocument) document = document_of("He said so.");
  AverLayer *layer = aver_document_add_layer(document, &aver_quote_layer);
  g_assert_cmpint(aver_layer_add(layer, 0, 7), ==, 0);
  guint32 n = 9;
  aver_layer_get_spans_cell(layer, 0, AVER_QUOTE_CONTENT, &n);
  g_assert_cmpuint(n, ==, 0);
  g_assert_null(aver_layer_get_string(layer, 0, AVER_QUOTE_SPEAKER));
  g_assert_cmpint(aver_layer_get_i32(layer, 0, AVER_QUOTE_KIND), ==, AVER_NONE);
  g_assert_true(isnan(aver_layer_get_f32(layer, 0, AVER_QUOTE_CONFIDENCE)));
}

static void test_cells_survive_growth(void)
{
  g_autoptr(AverDocument) document = document_of("He said so.");
  AverLayer *layer = aver_document_add_layer(document, &aver_quote_layer);
  for (guint32 i = 0; i < 1000; i++) {
    guint32 row = (guint32) aver_layer_add(layer, i % 5, 7);
    AverSpan spans[] = {{0, 2}, {3, 3 + i % 5}};
    g_autofree char *name = g_strdup_printf("speaker %u", i);
    aver_layer_set_spans(layer, row, AVER_QUOTE_CONTENT, spans, 2);
    aver_layer_set_string(layer, row, AVER_QUOTE_SPEAKER, name, -1);
    aver_layer_set_i32(layer, row, AVER_QUOTE_KIND, (gint32) (i % 3));
  }
  g_assert_cmpuint(aver_layer_get_n_rows(layer), ==, 1000);
  for (guint32 i = 0; i < 1000; i++) {
    guint32 n;
    const AverSpan *spans = aver_layer_get_spans_cell(layer, i, AVER_QUOTE_CONTENT, &n);
    g_autofree char *name = g_strdup_printf("speaker %u", i);
    g_assert_cmpuint(n, ==, 2);
    g_assert_cmpuint(spans[1].end, ==, 3 + i % 5);
    g_assert_cmpstr(aver_layer_get_string(layer, i, AVER_QUOTE_SPEAKER), ==, name);
    g_assert_cmpint(aver_layer_get_i32(layer, i, AVER_QUOTE_KIND), ==, (gint32) (i % 3));
  }
}

static void test_reset_reuses(void)
{
  g_autoptr(AverDocument) document = document_of("One. Two.");
  AverLayer *layer = aver_document_add_layer(document, &aver_sentence_layer);
  aver_layer_add(layer, 0, 4);
  const AverSpan *spans = aver_layer_get_spans(layer);
  aver_document_reset(document);
  g_assert_null(aver_document_get_layer(document, "sentence"));
  g_assert_true(aver_document_add_layer(document, &aver_sentence_layer) == layer);
  g_assert_cmpuint(aver_layer_get_n_rows(layer), ==, 0);
  g_assert_cmpint(aver_layer_add(layer, 0, 0), ==, 0);
  g_assert_true(aver_layer_get_spans(layer) == spans);
}

static void test_bad_span(void)
{
  g_autoptr(AverDocument) document = document_of("caf\xc3\xa9.");
  AverLayer *layer = aver_document_add_layer(document, &aver_sentence_layer);
  static const AverSpan bad[] = {{4, 6}, {0, 4}, {0, 7}, {3, 2}};
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_test_expect_message("aver", G_LOG_LEVEL_CRITICAL, "*aver_document_has_span*");
    g_assert_cmpint(aver_layer_add(layer, bad[i].start, bad[i].end), ==, AVER_NONE);
    g_test_assert_expected_messages();
  }
  g_assert_cmpint(aver_layer_add(layer, 3, 5), ==, 0);
}

/* Tokens begin with a span; the rows are the same as if added one by one. */
static void test_rows_at_once(void)
{
  g_autoptr(AverDocument) document = document_of("One two three");
  guint32 n;
  const AverToken *tokens = aver_document_get_tokens(document, &n);
  AverLayer *layer = aver_document_add_layer(document, &aver_token_layer);
  g_assert_cmpint(aver_layer_add_rows(layer, tokens, sizeof *tokens, n), ==, 0);
  g_assert_cmpint(aver_layer_add_rows(layer, tokens + 1, sizeof *tokens, 1), ==, 3);
  g_assert_cmpuint(aver_layer_get_n_rows(layer), ==, 4);
  g_assert_cmpuint(aver_layer_get_spans(layer)[1].start, ==, 4);
  g_assert_cmpuint(aver_layer_get_spans(layer)[3].end, ==, 7);
  g_assert_cmpint(aver_layer_get_i32(layer, 3, AVER_TOKEN_TAG), ==, AVER_NONE);
  aver_layer_edit_i32_cells(layer, AVER_TOKEN_TAG)[2] = AVER_TAG_CD;
  g_assert_cmpint(aver_layer_get_i32(layer, 2, AVER_TOKEN_TAG), ==, AVER_TAG_CD);
  g_assert_cmpint(aver_layer_get_i32_cells(layer, AVER_TOKEN_TAG)[2], ==, AVER_TAG_CD);
}

/* One bad span of many, and nothing is added. */
static void test_bad_rows(void)
{
  g_autoptr(AverDocument) document = document_of("One two three");
  AverLayer *layer = aver_document_add_layer(document, &aver_sentence_layer);
  static const AverSpan spans[] = {{0, 3}, {4, 99}};
  g_test_expect_message("aver", G_LOG_LEVEL_CRITICAL, "*aver_document_has_span*");
  g_assert_cmpint(aver_layer_add_rows(layer, spans, sizeof *spans, 2), ==, AVER_NONE);
  g_test_assert_expected_messages();
  g_assert_cmpuint(aver_layer_get_n_rows(layer), ==, 0);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/document/text-encoding", test_text_encoding);
  g_test_add_func("/document/metadata-sorted", test_metadata_sorted);
  g_test_add_func("/layer/absent-cells", test_absent_cells);
  g_test_add_func("/layer/cells-survive-growth", test_cells_survive_growth);
  g_test_add_func("/layer/reset-reuses", test_reset_reuses);
  g_test_add_func("/layer/bad-span", test_bad_span);
  g_test_add_func("/layer/rows-at-once", test_rows_at_once);
  g_test_add_func("/layer/bad-rows", test_bad_rows);
  return g_test_run();
}
