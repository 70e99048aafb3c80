/* SPDX-License-Identifier: Apache-2.0 */
/* One stage, one worker, one document: the common part of the tests. */
#include "bench.h"

#include <string.h>

extern const AverPlugin claim_classifier_LTX_aver_plugin;
static const AverPlugin *const plugin = &claim_classifier_LTX_aver_plugin;

void bench_init(Bench *bench, const char *option)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_test_build_filename(G_TEST_DIST, "..", "claims.model", NULL);
  g_autofree char *model = g_strconcat("model=", path, NULL);
  const char *set[] = {model, option, NULL};
  bench->stage = aver_testing_stage_new(plugin, set, NULL, NULL, &error);
  g_assert_no_error(error);
  bench->self = plugin->open(bench->stage, &error);
  g_assert_no_error(error);
  bench->worker = plugin->start(bench->self, &error);
  g_assert_no_error(error);
  bench->document = aver_document_new();
}

void bench_clear(Bench *bench)
{
  aver_document_unref(bench->document);
  plugin->stop(bench->self, bench->worker);
  plugin->close(bench->self);
  aver_testing_stage_free(bench->stage);
}

void bench_text(Bench *bench, const char *text)
{
  g_autoptr(GError) error = NULL;
  aver_document_reset(bench->document);
  bench->text = text;
  g_assert_true(aver_document_set_text(bench->document, text, strlen(text), &error));
  AverLayer *sentences = aver_document_add_layer(bench->document, &aver_sentence_layer);
  for (guint32 start = 0; text[start] != '\0';) {
    guint32 end = start + (guint32) strcspn(text + start, "\n");
    if (end > start)
      aver_layer_add(sentences, start, end);
    start = end + (text[end] == '\n');
  }
}

AverSpan bench_find(const Bench *bench, const char *words)
{
  const char *at = strstr(bench->text, words);
  g_assert_nonnull(at);
  guint32 start = (guint32) (at - bench->text);
  return (AverSpan){start, start + (guint32) strlen(words)};
}

guint32 bench_quote(Bench *bench, const char *content, const char *cue, const char *speaker)
{
  AverLayer *quotes = aver_document_get_layer(bench->document, "quote");
  if (quotes == NULL)
    quotes = aver_document_add_layer(bench->document, &aver_quote_layer);
  AverSpan span = bench_find(bench, content), cue_span = bench_find(bench, cue);
  guint32 row = (guint32) aver_layer_add(quotes, span.start, span.end);
  aver_layer_set_spans(quotes, row, AVER_QUOTE_CONTENT, &span, 1);
  aver_layer_set_spans(quotes, row, AVER_QUOTE_CUE, &cue_span, 1);
  aver_layer_set_string(quotes, row, AVER_QUOTE_SPEAKER, speaker, -1);
  aver_layer_set_i32(quotes, row, AVER_QUOTE_POLARITY, AVER_QUOTE_AFFIRMED);
  return row;
}

void bench_explain(Bench *bench, guint32 row, AverExplanation *explanation)
{
  g_autoptr(GError) error = NULL;
  const AverLayer *claims = aver_document_get_layer(bench->document, "claim");
  g_assert_true(plugin->explain(bench->self, bench->worker, bench->document, claims, row,
                                explanation, &error));
  g_assert_no_error(error);
}

AverLayer *bench_run(Bench *bench)
{
  g_autoptr(GError) error = NULL;
  g_assert_cmpint(plugin->process(bench->self, bench->worker, bench->document, &error), ==,
                  AVER_KEEP);
  g_assert_no_error(error);
  AverLayer *claims = aver_document_get_layer(bench->document, "claim");
  g_assert_nonnull(claims);
  return claims;
}

char *bench_cues(const Bench *bench, const AverLayer *claims, guint32 row)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(claims, row, AVER_CLAIM_CUE, &n);
  GString *text = g_string_new(NULL);
  for (guint32 i = 0; i < n; i++)
    g_string_append_printf(text, i == 0 ? "%.*s" : "|%.*s", (int) (spans[i].end - spans[i].start),
                           bench->text + spans[i].start);
  return g_string_free(text, FALSE);
}

void check_label(const Bench *bench, const AverLayer *claims, guint32 row, const char *label)
{
  const AverSpan *spans = aver_layer_get_spans(claims);
  g_test_message("%.*s", (int) (spans[row].end - spans[row].start), bench->text + spans[row].start);
  g_assert_cmpstr(aver_layer_get_string(claims, row, AVER_CLAIM_LABEL), ==, label);
}
