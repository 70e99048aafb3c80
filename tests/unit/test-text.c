/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the text service: tokens, hashes and lexicons. */
#include <aver/aver.h>

/* The tokens of @text, separated by "|". */
static char *tokens_of(const char *text)
{
  g_autoptr(AverDocument) document = aver_document_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(aver_document_set_text(document, text, strlen(text), &error));
  guint32 n;
  const AverToken *tokens = aver_document_get_tokens(document, &n);
  GString *out = g_string_new(NULL);
  for (guint32 i = 0; i < n; i++) {
    if (i > 0)
      g_string_append_c(out, '|');
    g_string_append_len(out, text + tokens[i].start, tokens[i].end - tokens[i].start);
  }
  g_assert_cmpuint(tokens[n].start, ==, strlen(text));
  return g_string_free(out, FALSE);
}

static void test_tokens(void)
{
  static const char *const cases[][2] = {
      {"", ""},
      {"  \n", ""},
      {"He didn't go.", "He|did|n't|go|."},
      {"can’t Zora’s we've 'tis", "ca|n’t|Zora|’s|we|'ve|'|tis"},
      {"U.S. and J. Bell met at 5 p.m. today.", "U.S.|and|J.|Bell|met|at|5|p.m.|today|."},
      {"Dr. Vane, Inc. said: end.Next", "Dr.|Vane|,|Inc.|said|:|end|.|Next"},
      {"“5G,” 1,200.5 -3 2019-03-30 3.", "“|5G|,|”|1,200.5|-3|2019-03-30|3|."},
      {"well-known -- yes—no… wait... ok", "well-known|--|yes|—|no|…|wait|...|ok"},
      {"see https://a.example/b?c=d. me@b.example, @handle", "see|https://a.example/b?c=d|.|"
                                                             "me@b.example|,|@handle"},
      {"``It is,'' O'Dell said", "``|It|is|,|''|O'Dell|said"},
      {"$5 R&D 50%", "$|5|R&D|50|%"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *got = tokens_of(cases[i][0]);
    g_assert_cmpstr(got, ==, cases[i][1]);
  }
}

/* Found by fuzzing: a digit of several bytes at the end of the text was read past. */
static void test_digit_at_the_end(void)
{
  const char digit[] = "\xdb\xb4";
  g_autofree char *text = g_memdup2(digit, 2);
  g_autoptr(AverDocument) document = aver_document_new();
  guint32 n;
  g_assert_true(aver_document_set_text(document, text, 2, NULL));
  const AverToken *tokens = aver_document_get_tokens(document, &n);
  g_assert_cmpuint(n, ==, 1);
  g_assert_cmpuint(tokens[0].end, ==, 2);
}

static void test_most_tokens(void)
{
  g_autoptr(AverDocument) document = aver_document_new();
  g_autoptr(GError) error = NULL;
  g_autofree char *text = g_malloc(AVER_MOST_TOKENS + 1);
  memset(text, '"', AVER_MOST_TOKENS + 1);
  guint32 n;
  g_assert_true(aver_document_set_text(document, text, AVER_MOST_TOKENS, NULL));
  g_assert_true(aver_document_check_tokens(document, NULL));
  aver_document_get_tokens(document, &n);
  g_assert_cmpuint(n, ==, AVER_MOST_TOKENS);
  aver_document_reset(document);
  g_assert_true(aver_document_set_text(document, text, AVER_MOST_TOKENS + 1, NULL));
  g_assert_false(aver_document_check_tokens(document, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_LIMIT);
  aver_document_get_tokens(document, &n);
  g_assert_cmpuint(n, ==, AVER_MOST_TOKENS + 1);
  g_assert_false(aver_document_check_tokens(document, NULL));
}

static void test_most_passages(void)
{
  g_autoptr(AverDocument) document = aver_document_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(aver_document_set_text(document, "It is.", 6, NULL));
  AverLayer *sentences = aver_document_add_layer(document, &aver_sentence_layer);
  while (aver_layer_get_n_rows(sentences) < AVER_MOST_PASSAGES)
    aver_layer_add(sentences, 0, 6);
  g_assert_true(aver_document_check_tokens(document, NULL));
  aver_layer_add(sentences, 0, 6);
  g_assert_false(aver_document_check_tokens(document, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_LIMIT);
}

static void test_token_flags(void)
{
  g_autoptr(AverDocument) document = aver_document_new();
  static const char text[] = "HELLO there,\nÉmile.\r\n\r\n“Yes";
  g_assert_true(aver_document_set_text(document, text, strlen(text), NULL));
  guint32 n;
  const AverToken *t = aver_document_get_tokens(document, &n);
  guint16 space = AVER_TOKEN_SPACE_BEFORE, line = space | AVER_TOKEN_LINE_START,
          paragraph = line | AVER_TOKEN_PARAGRAPH_START;
  g_assert_cmpuint(n, ==, 7);
  g_assert_cmpuint(t[0].flags, ==, paragraph | AVER_TOKEN_CAPITALISED | AVER_TOKEN_ALL_CAPS);
  g_assert_cmpuint(t[1].flags, ==, space);
  g_assert_cmpuint(t[2].flags, ==, 0);
  g_assert_cmpuint(t[3].flags, ==, line | AVER_TOKEN_CAPITALISED | AVER_TOKEN_NON_ASCII);
  g_assert_cmpuint(t[5].flags, ==, paragraph);
  g_assert_cmpuint(t[5].detail, ==, AVER_MARK_DOUBLE_OPEN);
}

/* Marks of other scripts count as those that they stand for. */
static void test_marks(void)
{
  static const struct {
    const char *text;
    guint8 detail;
  } cases[] = {{"！", '!'}, {"？", '?'}, {"：", ':'}, {"，", ','},
               {"。", '.'}, {"।", '.'},  {"•", '*'},  {"…", '~'}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(AverDocument) document = aver_document_new();
    g_assert_true(aver_document_set_text(document, cases[i].text, strlen(cases[i].text), NULL));
    guint32 n;
    const AverToken *token = aver_document_get_tokens(document, &n);
    g_assert_cmpuint(n, ==, 1);
    g_assert_cmpuint(token->detail, ==, cases[i].detail);
  }
}

static void test_long_print(void)
{
  g_auto(AverBuffer) buffer = {0};
  for (gint length = 120; length < 300; length++) {
    buffer.length = 0;
    aver_buffer_append_string(&buffer, "a");
    aver_buffer_printf(&buffer, "%*d|%s", length, 7, "end");
    aver_buffer_append_char(&buffer, '\0');
    g_assert_cmpuint(strlen(buffer.data), ==, (gsize) length + 5);
    g_assert_true(g_str_has_suffix(buffer.data, " 7|end"));
  }
}

static void test_lexicon(void)
{
  static const AverLexiconEntry entries[] = {{"said didn't élan", 1}, {"said told", 4}};
  g_autoptr(AverLexicon) lexicon = aver_lexicon_new(entries, G_N_ELEMENTS(entries));
  static const struct {
    const char *word;
    guint32 value;
  } cases[] = {{"said", 5}, {"SAID", 5}, {"told", 4}, {"Didn’t", 1}, {"ÉLAN", 1}, {"sai", 0}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    gsize n = strlen(cases[i].word);
    guint32 hash = aver_word_hash(cases[i].word, n);
    g_assert_cmpuint(aver_lexicon_get(lexicon, hash), ==, cases[i].value);
  }
  g_assert_cmpuint(aver_word_hash("said", 4), ==, 0xbc03351cu);
}

/* Every offset, against a count of one character after the other. */
static void test_characters(void)
{
  g_autoptr(GString) text = g_string_new(NULL);
  g_autoptr(AverDocument) document = aver_document_new();
  g_auto(AverCharacters) characters = {0};
  for (guint i = 0; i < 300; i++)
    g_string_append(text, i % 3 == 0 ? "a" : i % 3 == 1 ? "\xc3\xa4" : "\xf0\x9f\x98\x80");
  for (gsize length = 0; length <= text->len; length += text->len) {
    g_assert_true(aver_document_set_text(document, text->str, length, NULL));
    aver_characters_set_document(&characters, document);
    guint32 n = 0;
    for (const char *p = text->str; p < text->str + length; p = g_utf8_next_char(p), n++) {
      guint32 at = (guint32) (p - text->str);
      guint32 next = (guint32) (g_utf8_next_char(p) - text->str);
      g_assert_cmpuint(aver_characters_count(&characters, at), ==, n);
      g_assert_cmpuint(aver_characters_step_on(&characters, at, 1), ==, next);
      g_assert_cmpuint(aver_characters_step_back(&characters, next, 1), ==, at);
    }
    g_assert_cmpuint(aver_characters_count(&characters, (guint32) length), ==, n);
    g_assert_cmpuint(aver_characters_step_on(&characters, 0, G_MAXUINT32), ==, length);
    g_assert_cmpuint(aver_characters_step_back(&characters, (guint32) length, 1000), ==, 0);
  }
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/text/tokens", test_tokens);
  g_test_add_func("/text/digit-at-the-end", test_digit_at_the_end);
  g_test_add_func("/text/most-tokens", test_most_tokens);
  g_test_add_func("/text/most-passages", test_most_passages);
  g_test_add_func("/text/token-flags", test_token_flags);
  g_test_add_func("/text/marks", test_marks);
  g_test_add_func("/text/long-print", test_long_print);
  g_test_add_func("/text/lexicon", test_lexicon);
  g_test_add_func("/text/characters", test_characters);
  return g_test_run();
}
