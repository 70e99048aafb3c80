/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of auto-reader: what is taken for what. */
#include "../kinds.h"

typedef struct {
  const char *name, *bytes, *expected; /* the reader, or a part of the error */
  gsize length;                        /* 0: up to NUL */
} Example;

static const char *what_is(const char *name, const char *bytes, gsize length, gboolean ended,
                           char **message)
{
  Beginning beginning;
  gboolean more;
  g_autoptr(GError) error = NULL;
  beginning_init(&beginning, bytes, MIN(length, LOOKED_AT), ended && length < LOOKED_AT);
  const Kind *kind = kind_find(&beginning, name, &more, &error);
  g_assert_true((kind != NULL) + more + (error != NULL) == 1);
  *message = error == NULL ? NULL : g_strdup(error->message);
  return kind != NULL ? kind->reader : more ? "more" : "error";
}

/* What is found does not change when the bytes come one by one. */
static void expect(const Example *example)
{
  gsize length = example->length > 0 ? example->length : strlen(example->bytes);
  const char *found = "more";
  g_autofree char *message = NULL;
  for (gsize n = 0; n <= length && strcmp(found, "more") == 0;) {
    g_free(message);
    found = what_is(example->name, example->bytes, n, n == length, &message);
    n += n < 128 || n == length ? 1 : MIN(97, length - n);
  }
  g_autofree char *at_once = NULL;
  g_assert_cmpstr(what_is(example->name, example->bytes, length, TRUE, &at_once), ==, found);
  g_assert_cmpstr(at_once, ==, message);
  if (message == NULL)
    g_assert_cmpstr(found, ==, example->expected);
  else if (strstr(message, example->expected) == NULL)
    g_error("%s: %s; expected %s", example->name, message, example->expected);
}

static void expect_all(const Example *examples, gsize n)
{
  for (gsize i = 0; i < n; i++)
    expect(&examples[i]);
}

static void test_markup(void)
{
  static const Example examples[] = {
      {"a", "<!doctype html>\n<p>x", "html-reader", 0},
      {"a.txt", "\xef\xbb\xbf  <!-- saved --> <HTML lang=en>", "html-reader", 0},
      {"a", "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C\" \"x\"><html>", "html-reader",
       0},
      {"a", "<div>Rain.</div>", "html-reader", 0},
      {"a.html", "Rain, she said.", "html-reader", 0},
      {"a", "<\0h\0t\0m\0l\0>\0", "html-reader", 12},
      {"a", "\xff\xfe<\0p\0>\0", "html-reader", 8},
      {"a.xml", "<?xml version='1.0'?>\n<!-- x -->\n<rss version='2.0'>", "feed-reader", 0},
      {"a", "<feed xmlns='http://www.w3.org/2005/Atom'>", "feed-reader", 0},
      {"a.html", "<?xml version='1.0'?><rdf:RDF xmlns:rdf='x'>", "feed-reader", 0},
      {"a", "<!DOCTYPE nitf SYSTEM 'x' [<!ENTITY a '>'>]><nitf>", "newsml-reader", 0},
      {"a", "<n:newsItem>", "newsml-reader", 0},
      {"a", "<newsMessage/>", "newsml-reader", 0},
      {"a.xml", "<?xml version='1.0'?><recipe>", "XML with the root element 'recipe'", 0},
      {"a.xml", "<?xml version='1.0'?><title>", "XML with the root element 'title'", 0},
      {"a", "<Rain>, she said, is near.", "text-reader", 0},
      {"a", "<3 she wrote", "text-reader", 0},
      {"a", "< ", "text-reader", 0},
  };
  expect_all(examples, G_N_ELEMENTS(examples));
}

static void test_json(void)
{
  static const Example examples[] = {
      {"a", "{\"text\":\"Rain.\"}\n{\"text\":\"Sun.\"}\n", "jsonl-reader", 0},
      {"a", "{\"text\":\"Rain.\"}", "jsonl-reader", 0},
      {"a", "{\"text\": broken}\n{\"text\":\"Sun.\"}\n", "jsonl-reader", 0},
      {"a.jsonl", "Rain.\n{\"text\":\"Sun.\"}\n", "jsonl-reader", 0},
      {"a.json", "{\"uri\":\"x\",\"body_text\":\"Rain.\"}\n", "newsml-reader", 0},
      {"a", "{\n \"uri\": \"x\",\n \"versioncreated\": \"2026\"\n}\n", "newsml-reader", 0},
      {"a", "{\"uri\":\"x\",\"body_text\":\"a\"}\n{\"uri\":\"y\",\"body_text\":\"b\"}\n",
       "jsonl-reader", 0},
      {"a", "{\"uri\":\"x\",\"body_text\":\"a\",\"text\":\"b\"}\n", "jsonl-reader", 0},
      {"a.json", "{\n \"text\": \"Rain.\"\n}\n", "JSON that is neither", 0},
      {"a.json", "[{\"text\": \"Rain.\"}]\n", "JSON that is neither", 0},
      {"a", "{Editor's note: rain.} She said.", "text-reader", 0},
      {"a", "{\"Rain,\" she said.}", "text-reader", 0},
      {"a", "[\"Rain,\" she said.]", "text-reader", 0},
      {"a", "[Picture: rain]", "text-reader", 0},
  };
  expect_all(examples, G_N_ELEMENTS(examples));
}

static void test_others(void)
{
  static const Example examples[] = {
      {"a", "%PDF-1.7\n\x80\x81", "pdf-reader", 0},
      {"a.pdf", "\x80\x81 no", "pdf-reader", 0},
      {"a.gz", "WARC/1.0\r\n", "warc-reader", 0},
      {"a.txt", "filedesc://x", "warc-reader", 0},
      {"dir.html/a.CSV", "name,text\nx,y\n", "csv-reader", 0},
      {"a.tsv.gz", "name\ttext\n", "csv-reader", 0},
      {"a.csv", "name,\0\xff\2", "binary data", 8},
      {"a", "Rain, she said.", "text-reader", 0},
      {"a.doc", "Rain, she said.", "text-reader", 0},
      {"a", "caf\xe9", "text-reader", 0},
      {"a", "\xff\xfeR\0a\0i\0n\0", "text-reader", 10},
      {"a", "", "text-reader", 0},
      {"a.htm", "", "html-reader", 0},
      {"a.txt", "Rain\0.", "text-reader", 6},
      {"a", "Rain\0.", "binary data", 6},
      {"a.txt", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image", 16},
      {"a", "PK\3\4\x14\0\6\0", "a ZIP archive", 8},
      {"a", "{\\rtf1 Rain.}", "an RTF document", 0},
  };
  expect_all(examples, G_N_ELEMENTS(examples));
}

/* A line longer than what is looked at is told by how it begins. */
static void test_long_line(void)
{
  g_autofree char *filling = g_strnfill(2 * LOOKED_AT, 'x');
  g_autofree char *line = g_strconcat("{\"id\":1,\"text\":\"", filling, "\"}\n", NULL);
  g_autofree char *item = g_strconcat(
      "{\"uri\":\"u\",\"type\":\"text\",\"versioncreated\":\"v\",\"a\":\"", filling, "\"}", NULL);
  const Example examples[] = {{"a", line, "jsonl-reader", 0}, {"a", item, "newsml-reader", 0}};
  expect_all(examples, 2);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/auto-reader/markup", test_markup);
  g_test_add_func("/auto-reader/json", test_json);
  g_test_add_func("/auto-reader/others", test_others);
  g_test_add_func("/auto-reader/long-line", test_long_line);
  return g_test_run();
}
