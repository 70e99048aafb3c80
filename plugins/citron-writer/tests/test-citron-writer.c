/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of citron-writer. */
#include "writer-samples.h"

extern const AverPlugin citron_writer_LTX_aver_plugin;
static const AverPlugin *const plugin = &citron_writer_LTX_aver_plugin;

static void test_quotes(Fixture *fixture, gconstpointer data)
{
  static const AverSpan content[] = {{0, 2}, {12, 13}}, cue = {3, 7}, source = {8, 11},
                        none = {7, 7};
  (void) data;
  g_autoptr(AverDocument) document = document_of("one", "\xc3\xa4 said Ada b", 13);
  AverLayer *quotes = aver_document_add_layer(document, &aver_quote_layer);
  for (guint32 row = 0; row < 2; row++) {
    aver_layer_add(quotes, 0, 13);
    aver_layer_set_spans(quotes, row, AVER_QUOTE_CONTENT, content, 2);
    aver_layer_set_spans(quotes, row, AVER_QUOTE_CUE, row == 0 ? &cue : &none, 1);
  }
  aver_layer_set_spans(quotes, 0, AVER_QUOTE_SOURCE, &source, 1);
  aver_layer_set_string(quotes, 0, AVER_QUOTE_SPEAKER, "Ada \"A\" Quill", -1);
  aver_layer_set_i32(quotes, 0, AVER_QUOTE_KIND, AVER_QUOTE_DIRECT);
  aver_layer_set_f32(quotes, 0, AVER_QUOTE_CONFIDENCE, 0.5f);
  g_autofree char *json = write_and_read(plugin, NULL, fixture, document, "one.json");
  g_assert_cmpstr(
      json, ==,
      "{\"id\":\"one\",\"metadata\":{},\"text\":\"\xc3\xa4 said Ada b\",\"quotes\":["
      "{\"id\":\"0\",\"cue\":{\"start\":2,\"end\":6,\"text\":\"said\"},"
      "\"sources\":[{\"start\":7,\"end\":10,\"text\":\"Ada\"}],"
      "\"contents\":[{\"start\":0,\"end\":1,\"text\":\"\xc3\xa4\"},{\"start\":11,\"end\":12,"
      "\"text\":\"b\"}],\"confidence\":0.5,\"speaker\":\"Ada \\\"A\\\" "
      "Quill\",\"kind\":\"direct\"}],"
      "\"quotes_without_cue\":[{\"id\":\"1\",\"sources\":[],\"contents\":[{\"start\":0,\"end\":1,"
      "\"text\":\"\xc3\xa4\"},{\"start\":11,\"end\":12,\"text\":\"b\"}]}]}\n");
}

static void test_no_quotes(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(AverDocument) document = document_of("a/b", "", 0);
  g_autofree char *json = write_and_read(plugin, NULL, fixture, document, "a_b.json");
  g_assert_cmpstr(json, ==,
                  "{\"id\":\"a/b\",\"metadata\":{},\"text\":\"\",\"quotes\":[],"
                  "\"quotes_without_cue\":[]}\n");
}

#define ADD(name, function)                                                                        \
  g_test_add("/citron-writer/" name, Fixture, "out", set_up, function, remove_fixture)

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("quotes", test_quotes);
  ADD("no-quotes", test_no_quotes);
  return g_test_run();
}
