/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of sentence-splitter. */
#include <aver/aver.h>
#include <aver/testing.h>

extern const AverPlugin sentence_splitter_LTX_aver_plugin;

static const AverPlugin *const plugin = &sentence_splitter_LTX_aver_plugin;

/* The sentences of a text, with "|" between them. */
static char *split(const char *text, const char *const *set)
{
  g_autoptr(GError) error = NULL;
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, NULL, &error);
  g_assert_no_error(error);
  gpointer self = plugin->open(stage, &error);
  g_assert_no_error(error);
  g_autoptr(AverDocument) document = aver_document_new();
  g_assert_true(aver_document_set_text(document, text, strlen(text), &error));
  g_assert_cmpint(plugin->process(self, NULL, document, &error), ==, AVER_KEEP);
  const AverLayer *layer = aver_document_get_layer(document, "sentence");
  const AverSpan *spans = aver_layer_get_spans(layer);
  GString *out = g_string_new(NULL);
  for (guint32 i = 0; i < aver_layer_get_n_rows(layer); i++) {
    if (i > 0)
      g_string_append_c(out, '|');
    g_string_append_len(out, text + spans[i].start, spans[i].end - spans[i].start);
  }
  plugin->close(self);
  aver_testing_stage_free(stage);
  return g_string_free(out, FALSE);
}

static void test_simple(void)
{
  g_autofree char *found = split("The ferry sank. Nobody drowned! Who knew?", NULL);
  g_assert_cmpstr(found, ==, "The ferry sank.|Nobody drowned!|Who knew?");
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sentence-splitter/simple", test_simple);
  return g_test_run();
}
