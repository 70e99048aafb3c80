/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of webanno-writer. */
#include "writer-samples.h"

extern const AverPlugin webanno_writer_LTX_aver_plugin;
static const AverPlugin *const plugin = &webanno_writer_LTX_aver_plugin;

static const AverColumnType sample_columns[] = {SAMPLE_COLUMNS};
static const AverLayerType sample_layer = {"sample", "", sample_columns,
                                           G_N_ELEMENTS(sample_columns)};

#define SELECT(start, end, exact, prefix, suffix)                                                  \
  "{\"type\":\"SpecificResource\",\"source\":\"urn:aver:one\",\"selector\":["                      \
  "{\"type\":\"TextPositionSelector\",\"start\":" start ",\"end\":" end "},"                       \
  "{\"type\":\"TextQuoteSelector\",\"exact\":\"" exact "\",\"prefix\":\"" prefix                   \
  "\",\"suffix\":\"" suffix "\"}]}"
#define LINK(start, end, exact, prefix, suffix)                                                    \
  "{\"type\":\"SpecificResource\",\"purpose\":\"linking\",\"source\":\"urn:aver:one\","            \
  "\"selector\":[{\"type\":\"TextPositionSelector\",\"start\":" start ",\"end\":" end "},"         \
  "{\"type\":\"TextQuoteSelector\",\"exact\":\"" exact "\",\"prefix\":\"" prefix                   \
  "\",\"suffix\":\"" suffix "\"}]}"
#define TAG(value) "{\"type\":\"TextualBody\",\"purpose\":\"tagging\",\"value\":\"" value "\"}"

static void test_every_kind_of_column(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"layers=sample", "context=2", NULL};
  (void) data;
  g_autoptr(AverDocument) document = document_with_every_kind(&sample_layer);
  g_autofree char *written = write_and_read(plugin, set, fixture, document, NULL);
  g_auto(GStrv) lines = g_strsplit(written, "\n", -1);
  g_assert_cmpuint(g_strv_length(lines), ==, 3);
  g_assert_cmpstr(
      lines[1], ==,
      "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:aver:one#sample-1\","
      "\"type\":\"Annotation\",\"motivation\":\"tagging\",\"body\":[" TAG("sample") "," LINK(
          "0", "2", "R\xc3\xa4", "",
          "n ") "," LINK("0", "2", "R\xc3\xa4", "",
                         "n ") "," LINK("3", "4", " ",
                                        "\xc3"
                                        "\xa4n",
                                        "fe") "," TAG("blue") "," TAG("red") "," TAG("green") ","
                                                                                              "{\"t"
                                                                                              "ype"
                                                                                              "\":"
                                                                                              "\"Te"
                                                                                              "xtua"
                                                                                              "lBod"
                                                                                              "y\","
                                                                                              "\"pu"
                                                                                              "rpos"
                                                                                              "e\":"
                                                                                              "\"de"
                                                                                              "scri"
                                                                                              "bing"
                                                                                              "\","
                                                                                              "\"fo"
                                                                                              "rmat"
                                                                                              "\":"
                                                                                              "\"ap"
                                                                                              "plic"
                                                                                              "atio"
                                                                                              "n/"
                                                                                              "json"
                                                                                              "\","
                                                                                              "\"va"
                                                                                              "lue"
                                                                                              "\":"
                                                                                              "\"{"
                                                                                              "\\\""
                                                                                              "coun"
                                                                                              "t\\"
                                                                                              "\":-"
                                                                                              "7,"
                                                                                              "\\\""
                                                                                              "weig"
                                                                                              "ht\\"
                                                                                              "\":"
                                                                                              "0."
                                                                                              "25,"
                                                                                              "\\\""
                                                                                              "head"
                                                                                              "\\\""
                                                                                              ":[["
                                                                                              "0,2]"
                                                                                              "],"
                                                                                              "\\\""
                                                                                              "part"
                                                                                              "s\\"
                                                                                              "\":["
                                                                                              "[0,"
                                                                                              "2],["
                                                                                              "3,4]"
                                                                                              "],"
                                                                                              "\\\""
                                                                                              "name"
                                                                                              "\\\""
                                                                                              ":\\"
                                                                                              "\"a"
                                                                                              "\\\\"
                                                                                              "tb\\"
                                                                                              "\\n"
                                                                                              "\xe2"
                                                                                              "\x80"
                                                                                              "\xa8"
                                                                                              "=1\\"
                                                                                              "\","
                                                                                              "\\\""
                                                                                              "colo"
                                                                                              "ur\\"
                                                                                              "\":"
                                                                                              "\\\""
                                                                                              "blue"
                                                                                              "\\\""
                                                                                              ",\\"
                                                                                              "\"mi"
                                                                                              "x\\"
                                                                                              "\":["
                                                                                              "\\\""
                                                                                              "red"
                                                                                              "\\\""
                                                                                              ",\\"
                                                                                              "\"gr"
                                                                                              "een"
                                                                                              "\\\""
                                                                                              "],"
                                                                                              "\\\""
                                                                                              "of\\"
                                                                                              "\":"
                                                                                              "0}"
                                                                                              "\"}]"
                                                                                              ","
                                                                                              "\"ta"
                                                                                              "rget"
                                                                                              "\""
                                                                                              ":" SELECT(
                                                                                                  "4",
                                                                                                  "8",
                                                                                                  "fell",
                                                                                                  "n ",
                                                                                                  ".") "}");
}

static void assert_source(const Fixture *fixture, const char *base, const char *id,
                          const char *expected)
{
  g_autofree char *option = g_strconcat("base=", base, NULL);
  const char *const set[] = {option, "layers=none", "line=document", NULL};
  g_autoptr(AverDocument) document = document_of(id, "x", 1);
  g_autofree char *line = write_and_read(plugin, set, fixture, document, NULL);
  g_autofree char *start =
      g_strdup_printf("{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":"
                      "\"%s#annotations\",\"type\":\"AnnotationCollection\",",
                      expected);
  g_assert_true(g_str_has_prefix(line, start));
  g_assert_true(g_str_has_suffix(line, ",\"total\":0}\n"));
}

static void test_sources(Fixture *fixture, gconstpointer data)
{
  (void) data;
  assert_source(fixture, "urn:aver:", "a b/\xc3\xa4#\"%", "urn:aver:a%20b/%C3%A4%23%22%25");
  assert_source(fixture, "https://x.example/?d=", "a&b", "https://x.example/?d=a%26b");
  assert_source(fixture, "", "http://x.example/a?b=%20c#d", "http://x.example/a?b=%20c%23d");
  assert_source(fixture, "", "a b", "urn:aver:a%20b");
}

static void test_wrong_bases(Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = {"base=a",    "base=http://x/#", "base=:a",
                                      "base=a: b", "base=a:\"",       NULL};
  (void) data;
  assert_wrong_options(plugin, fixture, wrong);
}

#define ADD(name, function)                                                                        \
  g_test_add("/webanno-writer/" name, Fixture, "out", set_up, function, remove_fixture)

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("every-kind-of-column", test_every_kind_of_column);
  ADD("sources", test_sources);
  ADD("wrong-bases", test_wrong_bases);
  return g_test_run();
}
