/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the plugin over a text, and compares its rows with what a case expects. */
#include "quote-cases.h"

extern const AverPlugin quote_attributor_LTX_aver_plugin;

void quote_fixture_open(QuoteFixture *f, const char *const *set)
{
  const AverPlugin *plugin = &quote_attributor_LTX_aver_plugin;
  static const char *const rules[] = {"mode=fast", NULL};
  g_autoptr(GError) error = NULL;
  f->stage = aver_testing_stage_new(plugin, set != NULL ? set : rules, NULL, NULL, &error);
  g_assert_no_error(error);
  f->self = plugin->open(f->stage, &error);
  g_assert_no_error(error);
  f->worker = plugin->start(f->self, &error);
  g_assert_no_error(error);
  f->document = aver_document_new();
  f->whole = FALSE;
}

void quote_fixture_close(QuoteFixture *f)
{
  const AverPlugin *plugin = &quote_attributor_LTX_aver_plugin;
  plugin->stop(f->self, f->worker);
  plugin->close(f->self);
  aver_testing_stage_free(f->stage);
  aver_document_unref(f->document);
}

static void add_sentences(AverDocument *document, const char *text, const char *marked,
                          gsize length)
{
  AverLayer *layer = aver_document_add_layer(document, &aver_sentence_layer);
  gsize start = 0;
  for (gsize i = 0; i <= length; i++) {
    if (i < length && marked[i] != '\n' && marked[i] != '~')
      continue;
    AverSpan span = aver_text_trim(text, (AverSpan){(guint32) start, (guint32) i});
    if (span.end > span.start)
      aver_layer_add(layer, span.start, span.end);
    start = i + 1;
  }
}

AverLayer *quote_fixture_run(QuoteFixture *f, const char *marked, gsize length)
{
  g_autoptr(GError) error = NULL;
  aver_document_reset(f->document);
  char *text = aver_document_alloc(f->document, length + 1);
  for (gsize i = 0; i < length; i++)
    text[i] = marked[i] == '~' ? ' ' : marked[i];
  g_assert_true(aver_document_set_text(f->document, text, length, &error));
  g_assert_no_error(error);
  if (f->whole)
    aver_layer_add(aver_document_add_layer(f->document, &aver_sentence_layer), 0, (guint32) length);
  else
    add_sentences(f->document, text, marked, length);
  AverVerdict verdict =
      quote_attributor_LTX_aver_plugin.process(f->self, f->worker, f->document, &error);
  g_assert_no_error(error);
  g_assert_cmpint(verdict, ==, AVER_KEEP);
  return aver_document_get_layer(f->document, aver_quote_layer.name);
}

static void append_spans(GString *out, AverLayer *layer, guint32 row, guint32 column,
                         const char *text)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(layer, row, column, &n);
  for (guint32 i = 0; i < n; i++) {
    if (i > 0)
      g_string_append(out, " + ");
    g_string_append_len(out, text + spans[i].start, spans[i].end - spans[i].start);
  }
  g_string_append_c(out, '|');
}

static char *row_string(AverLayer *layer, guint32 row, const char *text)
{
  GString *out = g_string_new(NULL);
  append_spans(out, layer, row, AVER_QUOTE_CONTENT, text);
  append_spans(out, layer, row, AVER_QUOTE_CUE, text);
  append_spans(out, layer, row, AVER_QUOTE_SOURCE, text);
  const char *speaker = aver_layer_get_string(layer, row, AVER_QUOTE_SPEAKER);
  g_string_append(out, speaker != NULL ? speaker : "");
  return g_string_free(out, FALSE);
}

void quote_fixture_check(QuoteFixture *f, const QuoteCase *c)
{
  AverLayer *layer = quote_fixture_run(f, c->text, strlen(c->text));
  guint32 length, n = aver_layer_get_n_rows(layer);
  const char *text = aver_document_get_text(f->document, &length);
  quote_fixture_check_spans(layer, text, length);
  guint32 expected = 0;
  while (expected < G_N_ELEMENTS(c->rows) && c->rows[expected] != NULL)
    expected++;
  for (guint32 i = 0; i < MAX(n, expected); i++) {
    g_autofree char *row = i < n ? row_string(layer, i, text) : NULL;
    const char *wanted = i < expected ? c->rows[i] : NULL;
    if (g_strcmp0(row, wanted) != 0)
      g_test_message("in: %s", c->text);
    g_assert_cmpstr(row, ==, wanted);
  }
}

void quote_fixture_check_whole(QuoteFixture *f, const QuoteCase *c)
{
  f->whole = TRUE;
  quote_fixture_check(f, c);
  f->whole = FALSE;
}

void quote_cases_check(const QuoteCase *cases, gsize n_cases)
{
  QuoteFixture fixture;
  quote_fixture_open(&fixture, NULL);
  for (gsize i = 0; i < n_cases; i++)
    quote_fixture_check(&fixture, &cases[i]);
  quote_fixture_close(&fixture);
}

static void check_span(AverSpan span, const char *text, gsize length)
{
  g_assert_cmpuint(span.start, <=, span.end);
  g_assert_cmpuint(span.end, <=, length);
  g_assert_true(span.start == length || ((guchar) text[span.start] & 0xc0) != 0x80);
  g_assert_true(span.end == length || ((guchar) text[span.end] & 0xc0) != 0x80);
}

void quote_fixture_check_spans(AverLayer *layer, const char *text, gsize length)
{
  static const guint32 columns[] = {AVER_QUOTE_CONTENT, AVER_QUOTE_CUE, AVER_QUOTE_SOURCE};
  guint32 before = 0;
  for (guint32 row = 0; row < aver_layer_get_n_rows(layer); row++) {
    AverSpan whole = aver_layer_get_spans(layer)[row];
    check_span(whole, text, length);
    g_assert_cmpuint(whole.start, >=, before);
    before = whole.start;
    for (guint c = 0; c < G_N_ELEMENTS(columns); c++) {
      guint32 n;
      const AverSpan *spans = aver_layer_get_spans_cell(layer, row, columns[c], &n);
      for (guint32 i = 0; i < n; i++) {
        check_span(spans[i], text, length);
        g_assert_cmpuint(spans[i].start, <, spans[i].end);
        g_assert_cmpuint(spans[i].start, >=, whole.start);
        g_assert_cmpuint(spans[i].end, <=, whole.end);
      }
      if (columns[c] == AVER_QUOTE_CONTENT)
        g_assert_cmpuint(n, >, 0);
    }
    float confidence = aver_layer_get_f32(layer, row, AVER_QUOTE_CONFIDENCE);
    g_assert_cmpfloat(confidence, >=, 0);
    g_assert_cmpfloat(confidence, <=, 1);
  }
}
