/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of html-reader. */
#include "pages.h"

#include <aver/testing.h>

extern const AverPlugin html_reader_LTX_aver_plugin;
static const AverPlugin *const plugin = &html_reader_LTX_aver_plugin;

const char *read_page(Reading *reading, const char *page, gssize length)
{
  g_autoptr(GError) error = NULL;
  reading->html = aver_html_new();
  reading->document = aver_document_new();
  aver_html_read(reading->html, page, length < 0 ? strlen(page) : (gsize) length, NULL,
                 reading->document, &error);
  g_assert_no_error(error);
  guint32 n;
  const char *text = aver_document_get_text(reading->document, &n);
  char *copy = aver_document_alloc(reading->document, n + 1);
  memcpy(copy, text, n);
  copy[n] = '\0';
  return copy;
}

const char *metadata_of(const Reading *reading, const char *key)
{
  return aver_document_get_metadata(reading->document, key);
}

void reading_clear(Reading *reading)
{
  aver_document_unref(reading->document);
  aver_html_free(reading->html);
}

static gpointer open_with(const char *setting, AverStage **stage, GError **error)
{
  const char *const set[] = {setting, NULL};
  *stage = aver_testing_stage_new(plugin, setting == NULL ? NULL : set, NULL, NULL, NULL);
  g_assert_nonnull(*stage);
  return plugin->open(*stage, error);
}

static void test_record(void)
{
  static const char page[] = "<title>No ferry</title><p>" FIRST "<p>caf\xe9";
  AverStage *stage;
  gpointer self = open_with("charset=iso-8859-1", &stage, NULL);
  gpointer worker = plugin->start(self, NULL);
  g_autoptr(AverDocument) document = aver_document_new();
  AverRecord record = {.data = page, .length = sizeof page - 1, .origin = "pages/day one.html"};
  g_assert_true(plugin->decode(self, worker, &record, document, NULL));
  g_assert_cmpstr(aver_document_get_id(document), ==, "pages/day one.html");
  g_assert_cmpstr(aver_document_get_metadata(document, "source"), ==, "pages/day one.html");
  g_assert_cmpstr(aver_document_get_metadata(document, "title"), ==, "No ferry");
  g_assert_cmpstr(aver_document_get_metadata(document, "charset_from"), ==, "protocol");
  plugin->stop(self, worker);
  plugin->close(self);
  aver_testing_stage_free(stage);
}

static void test_unknown_charset(void)
{
  g_autoptr(GError) error = NULL;
  AverStage *stage;
  g_assert_null(open_with("charset=klingon", &stage, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_assert_nonnull(strstr(error->message, "charset is 'klingon'"));
  aver_testing_stage_free(stage);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/html-reader/record", test_record);
  g_test_add_func("/html-reader/unknown-charset", test_unknown_charset);
  add_article_tests();
  add_charset_tests();
  add_hostile_tests();
  add_metadata_tests();
  return g_test_run();
}
