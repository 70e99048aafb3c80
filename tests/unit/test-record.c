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
  static const char *const wrong[] = {
      "Mark",
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
      ("a(b:flags=a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q|r|s|t|u|v|w|x|y|z|"
       "a1|a2|a3|a4|a5|a6|a7)"),
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

#define CELL(column, value) "{\"mark\":[{\"start\":0,\"end\":22,\"" column "\":" value "}]}"

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

static void expect_metadata_refused(const char *json, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AverDocument) document = document_new();
  AverJsonValue value;
  g_assert_true(aver_json_scan(json, strlen(json), &value, NULL));
  g_assert_false(aver_document_read_metadata(document, &value, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
  g_assert_nonnull(strstr(error->message, expected));
  g_assert_true(g_utf8_validate(error->message, -1, NULL));
  for (const char *p = error->message; *p != '\0'; p++)
    g_assert_false(g_ascii_iscntrl(*p));
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

/* What is wrong is told with the layer, the row and the column. */
static void test_layers_refused(void)
{
  static const struct {
    const char *json, *expected;
  } cases[] = {
      {"[]", "layers is no object; expected one"},
      {"{\"mark\":{}}", "layers.mark is no list; expected one of rows"},
      {"{\"mark\":[7]}", "layers.mark[0] is 7; expected an object with start and end"},
      {"{\"mark\":[\"R\"]}", "layers.mark[0] is \"R\"; expected an object with start and end"},
      {"{\"mark\":[], \"mark\":[]}", "layers: the key 'mark' stands twice"},
      {"{\"mark\":[], \"m\\u0061rk\":[]}", "layers: the key 'mark' stands twice"},
      {"{\"mark\\u0000\":[]}", "layers has a name with a NUL character; expected none"},
      {"{\"mark\":[{\"start\":0,\"end\":1,\"end\":1}]}",
       "layers.mark[0] is malformed: the key 'end' stands twice"},
      {"{\"mark\":[{\"start\":0,\"end\\u0000\":1}]}", "has a NUL character; expected none"},
      {"{\"mark\":[{\"end\":1}]}", "layers.mark[0].start is missing; expected an offset in bytes"},
      {"{\"mark\":[{\"start\":\"0\",\"end\":1}]}",
       "layers.mark[0].start is \"0\"; expected a number"},
      {"{\"mark\":[{\"start\":3,\"end\":6}]}",
       "layers.mark[0].start is 3, which is inside a character"},
      {"{\"mark\":[{\"start\":2,\"end\":1}]}", "layers.mark[0] ends at 1, before its start at 2"},
      {"{\"mark\":[{\"start\":2,\"end\":4},{\"start\":1,\"end\":4}]}",
       "layers.mark[1] starts at 1, before the row above it"},
      {CELL("parts", "{}"), "layers.mark[0].parts is {}; expected [[start, end], ...]"},
      {CELL("parts", "[7]"), "layers.mark[0].parts is 7; expected [start, end]"},
      {CELL("parts", "[[7]]"), "layers.mark[0].parts is [7]; expected [start, end]"},
      {CELL("parts", "[[1,2,4]]"), "layers.mark[0].parts is [1,2,4]; expected [start, end]"},
      {CELL("parts", "[[]]"), "layers.mark[0].parts is []; expected [start, end]"},
      {CELL("parts", "[[4,6],[0,2]]"), "layers.mark[0].parts has [0, 2] out of order"},
      {CELL("parts", "[[0,6],[4,6]]"), "layers.mark[0].parts has [4, 6] out of order"},
      {CELL("parts", "[[6,4]]"), "layers.mark[0].parts ends at 4, before its start at 6"},
      {CELL("place", "true"), "layers.mark[0].place is true; expected [start, end]"},
      {CELL("place", "[0,23]"),
       "layers.mark[0].place is 23; expected a number of bytes, at most 22"},
      {CELL("place", "[0,1e1]"), "layers.mark[0].place is 1e1; expected a number of bytes"},
      {CELL("word", "[]"), "layers.mark[0].word is []; expected a string"},
      {CELL("word", "\"a\\u0000\""), "layers.mark[0].word has a NUL character; expected none"},
      {CELL("kind", "2"), "layers.mark[0].kind is 2; expected one of one, two"},
      {CELL("kind", "\"three\""), "layers.mark[0].kind is \"three\"; expected one of one, two"},
      {CELL("bits", "\"a\""), "layers.mark[0].bits is \"a\"; expected a list of names"},
      {CELL("bits", "[\"d\"]"), "layers.mark[0].bits is \"d\"; expected one of a, b, c"},
      {CELL("size", "2147483648"),
       "layers.mark[0].size is 2147483648; expected a whole number of 32"},
      {CELL("size", "-2147483648"), "expected a whole number of 32"},
      {CELL("size", "1.5"), "layers.mark[0].size is 1.5; expected a whole number of 32 bits"},
      {CELL("weight", "\"1\""), "layers.mark[0].weight is \"1\"; expected a number"},
      {CELL("weight", "1e39"),
       "layers.mark[0].weight is 1e39; expected a number that fits 32 bits"},
      {CELL("before", "-1"), "layers.mark[0].before is -1; expected the number of a row"},
      {CELL("before", "1"),
       "layers.mark[0].before is 1; expected a row of the layer 'mark', which has 1"},
      {CELL("other", "1"), "layers.mark[0] has a column 'other'; expected only start, end, parts"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(AverDocument) document = document_new();
    g_assert_false(read_layers(document, cases[i].json, description, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
    if (strstr(error->message, cases[i].expected) == NULL)
      g_test_fail_printf("'%s' is not in: %s", cases[i].expected, error->message);
  }
}

/* Names are cut short where a character ends, and can be printed. */
static void test_long_names(void)
{
  static const char *const forms[] = {"{\"%s\":[]}", "{\"mark\":[{\"%s\":1}]}"};
  g_autoptr(GString) name = g_string_new("x");
  for (guint i = 0; i < 100; i++)
    g_string_append(name, "\xc3\xa9");
  for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(AverDocument) document = document_new();
    g_autofree char *json = g_strdup_printf(forms[i], name->str);
    g_assert_false(read_layers(document, json, description, &error));
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
  }
  g_autofree char *key = g_strdup_printf("{\"%s\\u0000\":1}", name->str);
  expect_metadata_refused(key, "has a NUL character; expected none");
}

static void test_metadata(void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AverDocument) document = document_new();
  AverJsonValue value;
  static const char good[] = "{\"a\":\"x\\ty\",\"b\":[1, 2],\"c\":null,\"d\":true}";
  g_assert_true(aver_json_scan(good, sizeof good - 1, &value, NULL));
  g_assert_true(aver_document_read_metadata(document, &value, &error));
  g_assert_cmpstr(aver_document_get_metadata(document, "a"), ==, "x\ty");
  g_assert_cmpstr(aver_document_get_metadata(document, "b"), ==, "[1,2]");
  g_assert_null(aver_document_get_metadata(document, "c"));
  expect_metadata_refused("[]", "metadata is no object; expected one");
  expect_metadata_refused("{\"a\":\"x\\u0000y\"}", "metadata.a has a NUL character");
  expect_metadata_refused("{\"a\\u0000\":1}", "metadata.a has a NUL character");
  expect_metadata_refused("{\"a\\u001b\\u0000\":1}", "has a NUL character");
  expect_metadata_refused("{\"a\":1,\"a\":2}", "metadata: the key 'a' stands twice");
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/record/types", test_types);
  g_test_add_func("/record/types/refused", test_types_refused);
  g_test_add_func("/record/round-trip", test_round_trip);
  g_test_add_func("/record/layers-there-are", test_layers_there_are);
  g_test_add_func("/record/layers-refused", test_layers_refused);
  g_test_add_func("/record/long-names", test_long_names);
  g_test_add_func("/record/metadata", test_metadata);
  return g_test_run();
}
