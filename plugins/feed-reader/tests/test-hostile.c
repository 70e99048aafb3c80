/* SPDX-License-Identifier: Apache-2.0 */
/* Feeds that are broken, too large, or meant to do harm. */
#include "feeds.h"
#include "folder.h"

#include <aver/xml.h>
#include <unistd.h>

static void expect_part(const char *feed, gssize length, const char *part)
{
  g_autofree char *got = read_feed(feed, length, NULL);
  if (strstr(got, part) == NULL)
    g_test_fail_printf("'%s' is not in: %s", part, got);
}

static void test_broken_item(void)
{
  static const char feed[] =
      RSS(ITEM("a", "") "\n" ITEM("b", "<description><b>x</description>") ITEM("c", ""));
  gsize at = (gsize) (strstr(feed, "</description>") - feed) + strlen("</description>");
  g_autofree char *expected = g_strdup_printf(
      "a|||\n! line 2, byte %zu: opening and ending tag mismatch: b line 2 and description\nc|||\n",
      at);
  expect_feed(feed, NULL, expected);
  expect_part(RSS(ITEM("a", "&unknown;") ITEM("b", "")), -1, "entity 'unknown' not defined\nb|||");
  expect_part(RSS(ITEM("a", "\x01") ITEM("b", "")), -1, "invalid Char value 1");
  expect_part("<rss><channel><title>x &bad; y</title>" ITEM("a", "") "</channel></rss>", -1,
              "! in what is around the items: entity 'bad' not defined\na|||");
}

static void test_broken_file(void)
{
  expect_part(RSS_BEGIN ITEM("a", "") "<item>", -1, "a|||\n! the file ends inside this item");
  expect_part(RSS_BEGIN ITEM("a", ""), -1, "a|||\n! the file ends before the end tag of 'channel'");
  expect_part("<rss><channel></rss>", -1, "! the end tag 'rss' stands where 'channel' is open");
  expect_part("<html><item/></html>", -1, "! the outermost element is 'html'; expected a feed");
  expect_part("<rss/><rss/>", -1, "! 'rss' is a second outermost element");
  expect_part("<rss a=1><item/></rss>", -1, "! in what is around the items: ");
  expect_part("{}", -1, "! the file is no XML");
  expect_part("", 0, "! the file is no XML");
  expect_part("<!-- nothing -->", -1, "! the file has no element");
  expect_part("</rss>", -1, "! the end tag 'rss' stands where nothing is open");
}

/* A document type is never looked into. */
static void test_entities(void)
{
  g_autofree char *folder = g_dir_make_tmp("aver-feed-XXXXXX", NULL);
  g_autofree char *secret = g_build_filename(folder, "secret", NULL);
  g_assert_true(g_file_set_contents(secret, "forbidden", -1, NULL));
  g_autofree char *feed = g_strdup_printf(
      "<!DOCTYPE rss SYSTEM \"file://%s\" [<!ENTITY a \"]>\"><!ENTITY f SYSTEM \"file://%s\">"
      "<!ENTITY %% p SYSTEM \"file://%s\"> %%p; <!-- ' -->]>" RSS_BEGIN
      "<item><guid>a</guid><title>&f;</title></item><item><guid>b</guid><title x=\"&a;\"/></item>"
      "<item><guid>c</guid></item>" RSS_END,
      secret, secret, secret);
  g_autofree char *got = read_feed(feed, -1, NULL);
  g_assert_null(strstr(got, "forbidden"));
  g_assert_nonnull(strstr(got, "entity 'f' not defined"));
  g_assert_nonnull(strstr(got, "entity 'a' not defined"));
  g_assert_nonnull(strstr(got, "c|||"));
  remove_all(folder);
}

static void test_charsets(void)
{
  expect_part("<?xml version='1.0' encoding='iso-8859-1'?><rss><item><guid>caf\xe9</guid></item>"
              "</rss>",
              -1, "café|||");
  expect_part("<rss><item><guid>caf\xe9</guid></item><item><guid>b</guid></item></rss>", -1,
              "! byte 20 is no UTF-8\nb|||");
  expect_part("<?xml version='1.0' encoding='shift_jis'?><rss><item><guid>\x83\x5c</guid></item>"
              "<item><guid>\x83\x20</guid></item></rss>",
              -1, "ソ|||\n! byte 87 is no shift_jis");
  expect_part("<?xml version='1.0' encoding='klingon'?><rss/>", -1,
              "its characters are 'klingon', which cannot");
  expect_part("<?xml version='1.0' encoding='is\xff-1'?><rss/>", -1, "cannot be read here");
  expect_part("<?xml version='1.0' encoding='utf-7'?><rss/>", -1, "cannot be read here");
  expect_part("<?xml version='1.0' encoding='wchar_t'?><rss/>", -1, "cannot be read here");
  expect_part("\xff\xfe<\0r\0s\0s\0>\0<\0i\0t\0e\0m\0/\0>\0<\0/\0r\0s\0s\0>\0", 36, "/input:1|||");
  expect_part("\xff\xfe<\0r\0s\0s\0>\0\x00\xd8<\0", 16, "is no utf-16le");
  expect_part("\xef\xbb\xbf \n" RSS(ITEM("a", "")), -1, "a|||");
}

static GString *repeat(const char *text, guint n)
{
  GString *all = g_string_new(NULL);
  for (guint i = 0; i < n; i++)
    g_string_append(all, text);
  return all;
}

static void test_deep(void)
{
  g_autoptr(GString) inner = repeat("<d>", 20000);
  g_autofree char *feed =
      g_strconcat(RSS_BEGIN "<item>", inner->str, "</item>" ITEM("b", "") RSS_END, NULL);
  expect_part(feed, -1, "excessive depth in document");
  expect_part(feed, -1, "b|||");
  g_autofree char *outer = g_strconcat("<rss>", inner->str, NULL);
  expect_part(outer, -1, "! more than 32 elements are inside one another around the items");
}

static void test_many(void)
{
  g_autoptr(GString) attributes = g_string_new(NULL);
  g_autoptr(GString) namespaces = g_string_new(NULL);
  for (guint i = 0; i < 300; i++) {
    g_string_append_printf(attributes, " a%u=''", i);
    g_string_append_printf(namespaces, "<x xmlns:n%u='u'/>", i);
  }
  g_autofree char *feed = g_strconcat(RSS_BEGIN "<item><x", attributes->str, "/></item><item>",
                                      namespaces->str, "</item>" ITEM("c", "") RSS_END, NULL);
  g_autofree char *got = read_feed(feed, -1, NULL);
  g_assert_nonnull(strstr(got, "more than 250 attributes in one element"));
  g_assert_nonnull(strstr(got, "more than 250 declarations of namespaces"));
  g_assert_nonnull(strstr(got, "c|||"));
  g_autoptr(GString) elements = repeat("<x/>", 200000);
  g_autofree char *long_feed =
      g_strconcat(RSS_BEGIN "<item>", elements->str, "</item>" ITEM("d", "") RSS_END, NULL);
  expect_part(long_feed, -1, "! the item has more than 200000 elements and texts\nd|||");
}

/* What a cutter gives for one file, a letter a cut, in pieces as small as they come. */
static char *cut_all(const char *text, gsize maximum, const char *cursor, GPtrArray *cursors)
{
  const char *const roots[] = {"r", NULL}, *const items[] = {"i", NULL};
  const char *const context[] = {"c", NULL};
  const AverXmlFormat format = {
      .roots = roots, .items = items, .context = context, .expected = "r"};
  g_autofree char *folder = g_dir_make_tmp("aver-feed-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "feed.xml", NULL);
  g_assert_true(g_file_set_contents(path, text, -1, NULL));
  g_assert_cmpint(chdir(folder), ==, 0);
  const char *const inputs[] = {"feed.xml", "feed.xml", NULL};
  g_autoptr(AverInput) input = aver_input_new(inputs, NULL);
  g_autoptr(AverXmlCutter) cutter = aver_xml_cutter_new(input, &format, maximum);
  GString *all = g_string_new(NULL);
  if (cursor != NULL)
    g_assert_true(aver_xml_cutter_seek(cutter, cursor, NULL));
  for (;;) {
    g_autoptr(GError) error = NULL;
    AverRecord record;
    AverCut cut = aver_xml_cutter_cut(cutter, TRUE, &record, &error);
    if (cut == AVER_CUT_END)
      break;
    g_string_append_printf(all, "%" G_GUINT64_FORMAT "%s ", record.offset,
                           cut == AVER_CUT_RECORD ? "" : "!");
    GString *position = g_string_new(NULL);
    aver_xml_cutter_get_cursor(cutter, position);
    char *line = g_string_free(position, FALSE);
    if (cursors != NULL)
      g_ptr_array_add(cursors, line);
    else
      g_free(line);
  }
  g_assert_cmpint(chdir("/"), ==, 0);
  remove_all(folder);
  return g_string_free(all, FALSE);
}

static void test_long_item(void)
{
  g_autofree char *got =
      cut_all("<r><i>0123456789012345678901234567890</i><i/><i>012345678901234567890</i><i/></r>",
              24, NULL, NULL);
  g_assert_cmpstr(got, ==, "3! 41 45! 73 3! 41 45! 73 ");
}

/* Longer than what is read at once, so that the end is not there when it has to be decided. */
static void test_very_long(void)
{
  static const struct {
    const char *before, *piece, *behind, *expected;
  } files[] = {
      {"<r><i>", "0123456789", "</i><i/></r>", "3! 300010 "},
      {"<r><i><!--", "0123456789", "--></i><i/></r>", "3! 300017 "},
      {"<r><c>", "0123456789", "</c><i/></r>", "300010 "},
      {"<r><i/><x y='", "0123456789", "'/><i/></r>", "3 7! "},
      {"<r><i/><!--", "0123456789", "--><i/></r>", "3 300014 "},
      {"<r><i>", "<b c='0123456789'/>", "</i><i/></r>", "3! 570010 "},
      {"<r><i><b c='", "0123456789", "'/></i><i/></r>", "3! 6! "},
  };
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autoptr(GString) text = repeat(files[i].piece, 30000);
    g_string_prepend(text, files[i].before);
    g_string_append(text, files[i].behind);
    g_autofree char *got = cut_all(text->str, 1000, NULL, NULL);
    g_autofree char *expected = g_strconcat(files[i].expected, files[i].expected, NULL);
    g_assert_cmpstr(got, ==, expected);
  }
}

/* A file that has fewer items than it had is not gone on with, nor is the next one in its place. */
static void test_shorter_file(void)
{
  const AverXmlFormat formats[] = {{.roots = (const char *const[]){"r", NULL},
                                    .items = (const char *const[]){"i", NULL},
                                    .context = (const char *const[]){NULL},
                                    .expected = "r"},
                                   {.roots = (const char *const[]){"r", NULL},
                                    .items = (const char *const[]){"i", NULL},
                                    .context = (const char *const[]){NULL},
                                    .expected = "r",
                                    .mixed = TRUE}};
  static const char *const second[] = {NULL, "<r><i/><i/><i/><i/></r>", "<r/>", "<x/>"};
  g_autofree char *folder = g_dir_make_tmp("aver-feed-XXXXXX", NULL);
  g_assert_cmpint(chdir(folder), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS(formats) * G_N_ELEMENTS(second); i++) {
    const AverXmlFormat *format = &formats[i / G_N_ELEMENTS(second)];
    const char *other = second[i % G_N_ELEMENTS(second)];
    const char *const inputs[] = {"a.xml", other == NULL ? NULL : "b.xml", NULL};
    g_autoptr(GString) cursor = g_string_new(NULL);
    g_assert_true(g_file_set_contents("a.xml", "<r><i/><i/><i/></r>", -1, NULL));
    g_assert_true(g_file_set_contents("b.xml", other == NULL ? "" : other, -1, NULL));
    for (guint pass = 0; pass < 2; pass++) {
      g_autoptr(AverInput) input = aver_input_new(inputs, NULL);
      g_autoptr(AverXmlCutter) cutter = aver_xml_cutter_new(input, format, 1000);
      g_autoptr(GError) error = NULL;
      AverRecord record;
      if (pass == 1) {
        g_assert_true(g_file_set_contents("a.xml", "<r><i/></r>", -1, NULL));
        g_assert_false(aver_xml_cutter_seek(cutter, cursor->str, &error));
        g_assert_error(error, AVER_ERROR, AVER_ERROR_INPUT);
        g_assert_nonnull(strstr(error->message, "it has fewer than 2 items"));
        break;
      }
      for (guint k = 0; k < 2; k++)
        g_assert_cmpint(aver_xml_cutter_cut(cutter, TRUE, &record, NULL), ==, AVER_CUT_RECORD);
      aver_xml_cutter_get_cursor(cutter, cursor);
    }
  }
  g_assert_cmpint(chdir("/"), ==, 0);
  remove_all(folder);
}

static void test_record(void)
{
  static const char *const wrong[] = {
      "", "<r/>", "<?xml version=\"1.0\" encoding=\"utf-8\"?><r/>",
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><?aver 9 0 1?>",
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><?aver 0 x 1?><r/>"};
  g_autoptr(AverXml) xml = aver_xml_new();
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    const AverRecord record = {.data = wrong[i], .length = strlen(wrong[i])};
    g_assert_false(aver_xml_read(xml, &record, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
    g_assert_nonnull(strstr(error->message, "not one that was cut from XML"));
  }
  static const char good[] =
      "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><?aver 3 1 7?><r><i>caf\xe9</i></r>";
  const AverRecord record = {.data = good, .length = sizeof good - 1};
  g_assert_true(aver_xml_read(xml, &record, NULL));
  g_assert_cmpuint(aver_xml_get_item(xml), ==, 1);
  g_assert_cmpuint(aver_xml_get_number(xml), ==, 7);
  g_assert_cmpstr(aver_xml_get_charset(xml), ==, "iso-8859-1");
  g_autoptr(GError) error = NULL;
  g_assert_false(aver_xml_read_text(xml, "", 0, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
}

static void test_cursors(void)
{
  static const char text[] = "<r><c>a</c><i/><i><i>x</i></i><c>&b;</c><!-- <i> --><i>1</i></r>";
  g_autoptr(GPtrArray) cursors = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *all = cut_all(text, 1000, NULL, cursors);
  g_assert_cmpstr(all, ==, "11 15 30! 52 11 15 30! 52 ");
  const char *rest = all;
  for (guint i = 0; i < cursors->len; i++) {
    rest = strchr(rest, ' ') + 1;
    g_autofree char *again = cut_all(text, 1000, g_ptr_array_index(cursors, i), NULL);
    g_assert_cmpstr(again, ==, rest);
  }
}

void add_hostile_tests(void)
{
  g_test_add_func("/feed-reader/hostile/broken-item", test_broken_item);
  g_test_add_func("/feed-reader/hostile/broken-file", test_broken_file);
  g_test_add_func("/feed-reader/hostile/entities", test_entities);
  g_test_add_func("/feed-reader/hostile/charsets", test_charsets);
  g_test_add_func("/feed-reader/hostile/deep", test_deep);
  g_test_add_func("/feed-reader/hostile/many", test_many);
  g_test_add_func("/feed-reader/hostile/long-item", test_long_item);
  g_test_add_func("/feed-reader/hostile/very-long", test_very_long);
  g_test_add_func("/feed-reader/hostile/shorter-file", test_shorter_file);
  g_test_add_func("/feed-reader/hostile/record", test_record);
  g_test_add_func("/feed-reader/hostile/cursors", test_cursors);
}
