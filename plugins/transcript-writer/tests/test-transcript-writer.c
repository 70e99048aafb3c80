/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of transcript-writer. */
#include <aver/aver.h>
#include <aver/testing.h>
#include <stdlib.h>

extern const AverPlugin transcript_writer_LTX_aver_plugin;
static const AverPlugin *const plugin = &transcript_writer_LTX_aver_plugin;

static AverDocument *document_of(const char *text)
{
  AverDocument *document = aver_document_new();
  g_autoptr(GError) error = NULL;
  aver_document_set_id(document, "one", -1);
  g_assert_true(aver_document_set_text(document, text, strlen(text), &error));
  return document;
}

/* Where some words stand in the text. */
static AverSpan span_of(const AverDocument *document, const char *words)
{
  guint32 length;
  const char *text = aver_document_get_text(document, &length);
  const char *found = strstr(text, words);
  g_assert_nonnull(found);
  guint32 start = (guint32) (found - text);
  return (AverSpan){start, start + (guint32) strlen(words)};
}

static guint32 add_quote(AverDocument *document, const char *content, const char *source,
                         const char *cue, const char *speaker, AverQuoteKind kind)
{
  AverLayer *layer = aver_document_get_layer(document, "quote");
  if (layer == NULL)
    layer = aver_document_add_layer(document, &aver_quote_layer);
  AverSpan span = span_of(document, content);
  guint32 row = (guint32) aver_layer_add(layer, span.start, span.end);
  aver_layer_set_spans(layer, row, AVER_QUOTE_CONTENT, &span, 1);
  if (source != NULL) {
    span = span_of(document, source);
    aver_layer_set_spans(layer, row, AVER_QUOTE_SOURCE, &span, 1);
  }
  if (cue != NULL) {
    span = span_of(document, cue);
    aver_layer_set_spans(layer, row, AVER_QUOTE_CUE, &span, 1);
  }
  aver_layer_set_string(layer, row, AVER_QUOTE_SPEAKER, speaker, -1);
  aver_layer_set_i32(layer, row, AVER_QUOTE_KIND, (gint32) kind);
  return row;
}

static guint32 add_claim(AverDocument *document, const char *words, const char *label, float score,
                         AverAct act, gint32 quote)
{
  AverLayer *layer = aver_document_get_layer(document, "claim");
  if (layer == NULL)
    layer = aver_document_add_layer(document, &aver_claim_layer);
  AverSpan span = span_of(document, words);
  guint32 row = (guint32) aver_layer_add(layer, span.start, span.end);
  aver_layer_set_string(layer, row, AVER_CLAIM_LABEL, label, -1);
  aver_layer_set_f32(layer, row, AVER_CLAIM_CHECKWORTHY, score);
  aver_layer_set_i32(layer, row, AVER_CLAIM_ACT, (gint32) act);
  aver_layer_set_i32(layer, row, AVER_CLAIM_CERTAINTY, AVER_CERTAINTY_ASSERTED);
  aver_layer_set_i32(layer, row, AVER_CLAIM_QUOTE, quote);
  return row;
}

static char *show(AverDocument *document, const char *width, const char *color)
{
  g_autofree char *columns = g_strconcat("width=", width, NULL);
  g_autofree char *colour = g_strconcat("color=", color, NULL);
  const char *const set[] = {columns, colour, NULL};
  g_autoptr(GError) error = NULL;
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, "/dev/null", &error);
  g_assert_no_error(error);
  gpointer self = plugin->open(stage, &error);
  g_assert_no_error(error);
  gpointer worker = plugin->start(self, &error);
  g_auto(AverBuffer) buffer = {0};
  g_assert_true(plugin->encode(self, worker, document, &buffer, &error));
  g_assert_no_error(error);
  plugin->stop(self, worker);
  plugin->close(self);
  aver_testing_stage_free(stage);
  g_assert_true(g_utf8_validate(buffer.data, (gssize) buffer.length, NULL));
  return g_strndup(buffer.data, buffer.length);
}

/* What follows the header. */
static const char *body(const char *shown)
{
  const char *found = strstr(shown, "\n\n");
  g_assert_nonnull(found);
  return found + 2;
}

static void test_plain(void)
{
  g_autoptr(AverDocument) document =
      document_of("Ada Brook, the mayor, said the bridge \"will not open\".\n\n"
                  "\"Money,\" she denied, \"is there.\" The bridge is old.");
  guint32 first = add_quote(document, "the bridge \"will not open\"", "Ada Brook, the mayor,",
                            "said", "Ada Brook", AVER_QUOTE_MIXED);
  guint32 second =
      add_quote(document, "\"Money,\"", "she", "denied", "Ada Brook", AVER_QUOTE_DIRECT);
  AverLayer *quotes = aver_document_get_layer(document, "quote");
  const AverSpan pieces[] = {span_of(document, "\"Money,\""), span_of(document, "\"is there.\"")};
  aver_layer_set_spans(quotes, second, AVER_QUOTE_CONTENT, pieces, 2);
  aver_layer_set_i32(quotes, second, AVER_QUOTE_POLARITY, AVER_QUOTE_DENIED);
  add_claim(document, "the bridge", "CFS", 0.825f, AVER_ACT_PREDICTION, (gint32) first);
  add_claim(document, "The bridge is old.", "UFS", 0.3f, AVER_ACT_ASSERTION, AVER_NONE);
  add_claim(document, "The bridge is old.", "NFS", 0.1f, AVER_ACT_ASSERTION, AVER_NONE);
  g_autofree char *shown = show(document, "72", "never");
  g_assert_cmpstr(body(shown), ==,
                  "Ada Brook, the mayor, said ⟦the bridge \"will not open\"⟧[1].\n"
                  "    │ [1] Ada Brook (“Ada Brook, the mayor,”) · mixed · “said”\n"
                  "    │     CFS 0.83 · prediction · asserted · “the bridge”\n"
                  "\n"
                  "⟦\"Money,\"⟧[2] she denied, ⟦\"is there.\"⟧[2] The bridge is old.\n"
                  "    │ [2] Ada Brook (“she”) · direct · “denied” · denied\n"
                  "    │ UFS 0.30 · assertion · asserted · “The bridge is old.”\n"
                  "\n"
                  "Speakers              quotes  direct   mixed  indirect  claims  denials\n"
                  "Ada Brook                  2       1       1         –       1        1\n"
                  "(the article itself)       –       –       –         –       1        –\n"
                  "\n");
}

static void test_header(void)
{
  g_autoptr(AverDocument) document = document_of("Text.");
  aver_document_set_metadata(document, "title", "On\nrain", FALSE);
  aver_document_set_metadata(document, "published", "2020-01-02", FALSE);
  aver_document_add_layer(document, &aver_quote_layer);
  g_autofree char *shown = show(document, "40", "never");
  g_assert_nonnull(strstr(shown, "━\nOn rain\none · 2020-01-02 · 0 quotes\n━"));
  g_assert_cmpstr(body(shown), ==, "Text.\n\n");
}

static void test_no_layers(void)
{
  g_autoptr(AverDocument) document = document_of("");
  g_autofree char *shown = show(document, "40", "always");
  g_assert_cmpstr(body(shown), ==, "");
  g_autoptr(AverDocument) blank = document_of(" \n\t\n ");
  g_autofree char *nothing = show(blank, "40", "never");
  g_assert_cmpstr(body(nothing), ==, "");
}

/* Marks of nested quotes close from the inside out, and name what they close. */
static void test_nested(void)
{
  g_autoptr(AverDocument) document = document_of("He said she said it rained.");
  add_quote(document, "she said it rained", NULL, NULL, "Bo", AVER_QUOTE_INDIRECT);
  add_quote(document, "it rained", NULL, NULL, NULL, AVER_QUOTE_INDIRECT);
  g_autofree char *shown = show(document, "80", "never");
  g_assert_true(g_str_has_prefix(body(shown), "He said ⟦she said ⟦it rained⟧[2]⟧[1].\n"
                                              "    │ [1] Bo · indirect\n"
                                              "    │ [2] nobody is named · indirect\n"));
  g_assert_nonnull(strstr(shown, "(nobody is named)"));
}

static void test_colour(void)
{
  g_autoptr(AverDocument) document = document_of("It rained, Bo said.");
  add_quote(document, "It rained", "Bo", "said", "Bo", AVER_QUOTE_INDIRECT);
  g_autofree char *shown = show(document, "80", "always");
  g_assert_true(g_str_has_prefix(body(shown), "\033[0;36mIt rained\033[0;2;36m[1]\033[0m, "
                                              "\033[0;1mBo\033[0m \033[0;4msaid\033[0m.\n"));
  g_assert_null(strstr(shown, "⟦"));
  g_autofree char *automatic = show(document, "80", "auto");
  g_assert_null(strchr(automatic, '\033'));
}

static void test_untrusted(void)
{
  g_autoptr(AverDocument) document = document_of("a\x1b[2Jb\x07\x7f \xc2\x9b"
                                                 "31m \xe2\x80\xae"
                                                 "c\xe2\x81\xa6 d\r\n");
  aver_document_set_metadata(document, "title", "x\x1b]0;y\x07", FALSE);
  aver_document_set_id(document, "i\x1b[0m", -1);
  add_quote(document, "d", NULL, NULL, "e\x1b\xc2\x85", AVER_QUOTE_DIRECT);
  g_autofree char *shown = show(document, "80", "never");
  for (const char *p = shown; *p != '\0'; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    g_assert_true(c == '\n' || !g_unichar_iscntrl(c));
    g_assert_false((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069));
  }
  g_assert_true(g_str_has_prefix(body(shown), "a␛[2Jb␇␡ <U+009B>31m <U+202E>c<U+2066> ⟦d⟧[1]\n"));
  g_assert_nonnull(strstr(shown, "x␛]0;y␇\ni␛[0m"));
  g_assert_nonnull(strstr(shown, "e␛<U+0085>"));
}

/* Wide characters take two columns, a line may end between them but not before a full stop;
 * combining marks take none. */
static void test_wide_characters(void)
{
  static const char marked[] = "e\xcc\x81"
                               "e\xcc\x81"
                               "e\xcc\x81"
                               "e\xcc\x81"
                               "e\xcc\x81 ";
  g_autofree char *text = g_strconcat("雨が降る雨が降る雨が降る雨が降。雨\n\n", marked, marked,
                                      "abcdefghijklmnopqr s", NULL);
  g_autofree char *expected = g_strconcat("雨が降る雨が降る雨が降る雨が\n降。雨\n\n", marked,
                                          marked, "abcdefghijklmnopqr\ns\n\n", NULL);
  g_autoptr(AverDocument) document = document_of(text);
  g_autofree char *shown = show(document, "30", "never");
  g_assert_cmpstr(body(shown), ==, expected);
}

/* No line is longer than the width, words longer than a line are broken. */
static void test_width(void)
{
  static const char *const widths[] = {"30", "33", "47", "80", "120", NULL};
  g_autofree char *word = g_strnfill(500, 'w');
  g_autofree char *text =
      g_strconcat("Short words and then ", word, " and more of them, said the very long name of ",
                  "somebody who has many names and titles. Rain fell on the town.\n", NULL);
  for (guint i = 0; widths[i] != NULL; i++) {
    g_autoptr(AverDocument) document = document_of(text);
    add_quote(document, "Short words and then", "the very long name of", "said the very",
              "Somebody With A Name Of Many Parts", AVER_QUOTE_INDIRECT);
    add_claim(document, "Rain fell on the town.", "CFS", 0.5f, AVER_ACT_ASSERTION, AVER_NONE);
    g_autofree char *shown = show(document, widths[i], "never");
    *strstr(shown, "Speakers ") = '\0';
    g_auto(GStrv) lines = g_strsplit(shown, "\n", -1);
    for (guint j = 0; lines[j] != NULL; j++)
      g_assert_cmpuint((guint) g_utf8_strlen(lines[j], -1), <=, (guint) atoi(widths[i]));
  }
}

static char *paragraphs(const char *text, const char *const *sentences)
{
  g_autoptr(AverDocument) document = document_of(text);
  for (guint i = 0; sentences != NULL && sentences[i] != NULL; i++) {
    AverLayer *layer = i > 0 ? aver_document_get_layer(document, "sentence")
                             : aver_document_add_layer(document, &aver_sentence_layer);
    AverSpan span = span_of(document, sentences[i]);
    aver_layer_add(layer, span.start, span.end);
  }
  g_autofree char *shown = show(document, "40", "never");
  return g_strdup(body(shown));
}

static void test_paragraphs(void)
{
  static const char *const sentences[] = {"One\nline.", "Two.", "Three.", NULL};
  g_autofree char *plain = paragraphs("One\nline.\r\n \r\nTwo.\nThree.", NULL);
  g_assert_cmpstr(plain, ==, "One\n\nline.\n\nTwo.\n\nThree.\n\n");
  g_autofree char *joined = paragraphs("One\nline.\r\n \r\nTwo.\nThree.", sentences);
  g_assert_cmpstr(joined, ==, "One line.\n\nTwo.\n\nThree.\n\n");
}

static void test_speakers_sorted(void)
{
  g_autoptr(AverDocument) document = document_of("a b c d e f");
  add_quote(document, "a", NULL, NULL, "Cy", AVER_QUOTE_DIRECT);
  add_quote(document, "b", NULL, NULL, "Bo", AVER_QUOTE_DIRECT);
  add_quote(document, "c", "d", NULL, NULL, AVER_QUOTE_DIRECT);
  add_quote(document, "e", NULL, NULL, "Cy", AVER_QUOTE_INDIRECT);
  add_quote(document, "f", NULL, NULL, "Al", AVER_QUOTE_MIXED);
  g_autofree char *shown = show(document, "80", "never");
  const char *table = strstr(shown, "Speakers ");
  static const char *const order[] = {"\nCy ", "\nAl ", "\nBo ", "\nd "};
  for (guint i = 0; i < G_N_ELEMENTS(order); i++) {
    table = strstr(table, order[i]);
    g_assert_nonnull(table);
  }
}

/* Random rows over random text: nothing breaks, no time is lost. */
static void test_random(void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(4);
  for (guint round = 0; round < 200; round++) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < 300; i++) {
      static const gunichar some[] = {' ', '\n', 'a', '"', 0x1b, 0x301, 0x96e8, 0x202e, 0x1f600, 0};
      g_string_append_unichar(text, some[g_rand_int_range(random, 0, G_N_ELEMENTS(some) - 1)]);
    }
    g_autoptr(AverDocument) document = document_of(text->str);
    AverLayer *quotes = aver_document_add_layer(document, &aver_quote_layer);
    AverLayer *claims = aver_document_add_layer(document, &aver_claim_layer);
    for (guint i = 0; i < 30; i++) {
      gint32 length = (gint32) g_utf8_strlen(text->str, -1);
      gint32 from = g_rand_int_range(random, 0, length);
      gint32 to = g_rand_int_range(random, from, MIN(from + 40, length));
      AverSpan span = {(guint32) (g_utf8_offset_to_pointer(text->str, from) - text->str),
                       (guint32) (g_utf8_offset_to_pointer(text->str, to) - text->str)};
      guint32 row = (guint32) aver_layer_add(quotes, span.start, span.end);
      aver_layer_set_spans(quotes, row, i % 3, &span, 1);
      aver_layer_set_i32(quotes, row, AVER_QUOTE_KIND, g_rand_int_range(random, -1, 4));
      row = (guint32) aver_layer_add(claims, span.start, span.end);
      aver_layer_set_string(claims, row, AVER_CLAIM_LABEL, "CFS", -1);
      aver_layer_set_i32(claims, row, AVER_CLAIM_QUOTE, g_rand_int_range(random, -3, 60));
    }
    g_autofree char *shown = show(document, "30", round % 2 == 0 ? "never" : "always");
    g_assert_nonnull(shown);
  }
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/transcript-writer/plain", test_plain);
  g_test_add_func("/transcript-writer/header", test_header);
  g_test_add_func("/transcript-writer/no-layers", test_no_layers);
  g_test_add_func("/transcript-writer/nested", test_nested);
  g_test_add_func("/transcript-writer/colour", test_colour);
  g_test_add_func("/transcript-writer/untrusted", test_untrusted);
  g_test_add_func("/transcript-writer/wide-characters", test_wide_characters);
  g_test_add_func("/transcript-writer/width", test_width);
  g_test_add_func("/transcript-writer/paragraphs", test_paragraphs);
  g_test_add_func("/transcript-writer/speakers-sorted", test_speakers_sorted);
  g_test_add_func("/transcript-writer/random", test_random);
  return g_test_run();
}
