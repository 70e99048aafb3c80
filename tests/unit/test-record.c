/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of documents as JSON, and of layers described by text. */
#include <aver/aver.h>
#include <string.h>

static const char description[] = "mark(parts: spans, place:span, word:string, kind:enum=one|two,"
                                  " bits:flags=a|b|c, size:i32, weight:f32, before:ref=mark);"
                                  " sentence, plain";

static const AverLayerType *const *parse(const char *text)
{
  g_autoptr(GError) error = NULL;
  const AverLayerType *const *types = aver_layer_types_parse(text, &error);
  g_assert_no_error(error);
  g_assert_nonnull(types);
  return types;
}

static void test_types(void)
{
  const AverLayerType *const *types = parse(description);
  g_assert_cmpstr(types[0]->name, ==, "mark");
  g_assert_cmpuint(types[0]->n_columns, ==, 8);
  g_assert_cmpint(types[0]->columns[3].kind, ==, AVER_COLUMN_ENUM);
  g_assert_cmpstr(types[0]->columns[3].names[1], ==, "two");
  g_assert_cmpstr(types[0]->columns[7].target, ==, "mark");
  g_assert_true(types[1] == &aver_sentence_layer);
  g_assert_cmpuint(types[2]->n_columns, ==, 0);
  g_assert_null(types[3]);
  g_assert_true(parse(description) == types);
  g_assert_null(parse(NULL)[0]);
  g_assert_null(parse(" ")[0]);
}

static void test_types_refused(void)
{
  static const char *const wrong[] = {"Mark",
                                      "a b",
                                      "a(",
                                      "a()",
                                      "a(b)",
                                      "a(b:)",
                                      "a(b:int)",
                                      "a(b:i32",
                                      "a(b:i32,b:f32)",
                                      "a(start:i32)",
                                      "a(b:enum)",
                                      "a(b:enum=)",
                                      "a(b:enum=x|x)",
                                      "a(b:ref=)",
                                      "a,a",
                                      "sentence(b:i32)",
                                      ",a",
                                      "a(b:i32) c",
                                      "\xff"};
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(aver_layer_types_parse(wrong[i], &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  }
}

static AverDocument *document_new(void)
{
  AverDocument *document = aver_document_new();
  aver_document_set_id(document, "d\"1", -1);
  g_assert_true(aver_document_set_text(document, "Gr\xc3\xbc\xc3\x9f Gott, all of you.", 22, NULL));
  return document;
}

static gboolean read_layers(AverDocument *document, const char *json, const char *types,
                            GError **error)
{
  AverJsonValue value;
  g_assert_true(aver_json_scan(json, strlen(json), &value, NULL));
  return aver_document_read_layers(document, &value, parse(types), error);
}

static void test_round_trip(void)
{
  static const char json[] =
      "{\"mark\":[{\"start\":0,\"end\":6,\"parts\":[[0,2],[4,6]],\"place\":[0,6],\"word\":"
      "\"a\\nb\","
      "\"kind\":\"two\",\"bits\":[\"a\",\"c\"],\"size\":-7,\"weight\":0.25,\"before\":null},"
      "{\"start\":0,\"end\":22,\"parts\":[],\"place\":null,\"word\":null,\"kind\":null,\"bits\":[],"
      "\"size\":null,\"weight\":null,\"before\":0}],\"sentence\":[{\"start\":0,\"end\":22}],"
      "\"plain\":[]}";
  g_autoptr(GError) error = NULL;
  g_autoptr(AverDocument) document = document_new();
  g_auto(AverBuffer) out = {0};
  g_assert_true(read_layers(document, json, description, &error));
  g_assert_no_error(error);
  aver_document_append_record(&out, document, &(AverRecordFormat){.text = FALSE});
  aver_buffer_append_char(&out, '\0');
  g_autofree char *expected =
      g_strdup_printf("{\"id\":\"d\\\"1\",\"metadata\":{},\"layers\":%s}", json);
  g_assert_cmpstr(out.data, ==, expected);
}

static void test_layers_there_are(void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AverDocument) document = document_new();
  g_assert_true(read_layers(document, "{}", "sentence", &error));
  g_assert_true(read_layers(document, "{\"sentence\":[{\"bad\":1}]}", "plain", &error));
  g_assert_false(read_layers(document, "{\"quote\":[]}", "plain", &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
  g_assert_cmpstr(error->message, ==, "layers has 'quote'; expected only plain");
}

static void test_metadata(void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AverDocument) document = document_new();
  AverJsonValue value;
  static const char good[] = "{\"a\":\"x\\ty\",\"b\":[1, 2],\"c\":null,\"d\":true}";
  static const char bad[] = "{\"a\":\"x\\u0000y\"}";
  g_assert_true(aver_json_scan(good, sizeof good - 1, &value, NULL));
  g_assert_true(aver_document_read_metadata(document, &value, &error));
  g_assert_cmpstr(aver_document_get_metadata(document, "a"), ==, "x\ty");
  g_assert_cmpstr(aver_document_get_metadata(document, "b"), ==, "[1,2]");
  g_assert_null(aver_document_get_metadata(document, "c"));
  g_assert_true(aver_json_scan(bad, sizeof bad - 1, &value, NULL));
  g_assert_false(aver_document_read_metadata(document, &value, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/record/types", test_types);
  g_test_add_func("/record/types/refused", test_types_refused);
  g_test_add_func("/record/round-trip", test_round_trip);
  g_test_add_func("/record/layers-there-are", test_layers_there_are);
  g_test_add_func("/record/metadata", test_metadata);
  return g_test_run();
}
