/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of input for records that are neither lines nor files: looking, taking, passing over. */
#include "input-fixture.h"
#include "input-private.h"

#include <string.h>

static AverRecord peek(AverInput *input, gsize wanted, AverCut expected)
{
  AverRecord record = {0};
  AverCut cut;
  do
    cut = aver_input_peek(input, wanted, TRUE, &record, NULL);
  while (cut == AVER_CUT_WAIT);
  g_assert_cmpint(cut, ==, expected);
  return record;
}

/* Records that end with a full stop, and what is left at the end of a file. */
static char *cut_sentences(const Fixture *fixture, AverInput *input, guint most)
{
  GString *all = g_string_new(NULL);
  for (guint n = 0; n < most; n++) {
    gsize wanted = 1, before = G_MAXSIZE;
    const char *end = NULL;
    AverRecord record;
    do {
      AverCut cut;
      while ((cut = aver_input_peek(input, wanted, TRUE, &record, NULL)) == AVER_CUT_WAIT)
        ;
      if (cut == AVER_CUT_END)
        return g_string_free(all, FALSE);
      g_assert_cmpint(cut, ==, AVER_CUT_RECORD);
      end = record.length > 0 ? memchr(record.data, '.', record.length) : NULL;
      if (end == NULL && record.length == before)
        break;
      before = record.length;
      wanted = record.length + 1;
    } while (end == NULL);
    if (record.length == 0) {
      aver_input_leave(input);
      continue;
    }
    aver_input_take(input, end == NULL ? record.length : (gsize) (end - record.data) + 1, &record);
    g_string_append_printf(all, "%s:%u:%u=%.*s|", record.origin + strlen(fixture->folder) + 1,
                           (guint) record.offset, (guint) record.line, (int) record.length,
                           record.data);
  }
  return g_string_free(all, FALSE);
}

static void put_sentences(const Fixture *fixture)
{
  put(fixture, "in/a", "One.\nTwo\nlines. And a rest\n", -1);
  put(fixture, "in/b", "", 0);
  put(fixture, "in/c", "Three.", -1);
}

static void test_take(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put_sentences(fixture);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "in", NULL);
  g_autofree char *all = cut_sentences(fixture, input, G_MAXUINT);
  g_assert_cmpstr(all, ==,
                  "in/a:0:1=One.|in/a:4:1=\nTwo\nlines.|in/a:15:3= And a rest\n|in/c:0:1=Three.|");
}

static void test_cursor(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put_sentences(fixture);
  g_autoptr(AverInput) once = open_names(fixture, NULL, "in", NULL);
  g_autofree char *all = cut_sentences(fixture, once, G_MAXUINT);
  for (guint k = 0; k < 8; k++) {
    g_autoptr(AverInput) whole = open_names(fixture, NULL, "in", NULL);
    g_autofree char *before = cut_sentences(fixture, whole, k);
    g_autoptr(GString) cursor = g_string_new(NULL);
    aver_input_get_cursor(whole, cursor);
    g_autofree char *rest = cut_sentences(fixture, whole, G_MAXUINT);
    g_autofree char *both = g_strconcat(before, rest, NULL);
    g_assert_cmpstr(both, ==, all);
    g_autoptr(AverInput) again = open_names(fixture, NULL, "in", NULL);
    g_assert_true(aver_input_seek(again, cursor->str, NULL));
    g_autofree char *got = cut_sentences(fixture, again, G_MAXUINT);
    g_assert_cmpstr(got, ==, rest);
  }
}

/* Looking at a megabyte in steps, then passing over three. */
static void test_large(Fixture *fixture, gconstpointer data)
{
  (void) data;
  const gsize n = (gsize) 5 << 20;
  g_autofree char *bytes = g_malloc(n);
  for (gsize i = 0; i < n; i++)
    bytes[i] = (char) ('a' + i % 23);
  put(fixture, "a", bytes, (gssize) n);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "a", NULL);
  AverRecord record;
  for (gsize wanted = 1; wanted <= (gsize) 1 << 20; wanted *= 2) {
    record = peek(input, wanted, AVER_CUT_RECORD);
    g_assert_cmpuint(record.length, >=, wanted);
    g_assert_cmpint(memcmp(record.data, bytes, record.length), ==, 0);
  }
  aver_input_take(input, 1000, &record);
  g_assert_cmpmem(record.data, record.length, bytes, 1000);
  guint64 left = (guint64) 3 << 20;
  g_assert_cmpint(aver_input_skip(input, &left, TRUE, &record, NULL), ==, AVER_CUT_RECORD);
  record = peek(input, 10, AVER_CUT_RECORD);
  g_assert_cmpuint(record.offset, ==, 1000 + (3 << 20));
  g_assert_cmpint(memcmp(record.data, bytes + record.offset, 10), ==, 0);
  left = (guint64) 9 << 20;
  g_assert_cmpint(aver_input_skip(input, &left, TRUE, &record, NULL), ==, AVER_CUT_END);
  g_assert_cmpuint(left, ==, ((guint64) 9 << 20) - (n - 1000 - (3 << 20)));
  record = peek(input, 1, AVER_CUT_RECORD);
  g_assert_cmpuint(record.length, ==, 0);
  aver_input_leave(input);
  peek(input, 1, AVER_CUT_END);
}

/* To a delegate the input ends with the file; lines, files and bytes can follow each other. */
static void test_confined(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put(fixture, "a", "one\ntwo\n", -1);
  put(fixture, "b", "three", -1);
  put(fixture, "c", "four", -1);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "a", "b", "c", NULL);
  g_autoptr(AverInput) lent = aver_input_ref(input);
  AverRecord record;
  input->confined = TRUE;
  peek(lent, 1, AVER_CUT_END);
  g_assert_cmpint(aver_input_enter(input, &record, NULL), ==, AVER_CUT_RECORD);
  g_assert_true(g_str_has_suffix(record.origin, "/a"));
  peek(input, 100, AVER_CUT_RECORD);
  g_autofree char *lines = cut_all(fixture, lent, FALSE, ROOMY);
  g_assert_cmpstr(lines, ==, "a:0:1=one|a:4:2=two|");
  g_assert_cmpint(aver_input_enter(input, &record, NULL), ==, AVER_CUT_RECORD);
  peek(input, 100, AVER_CUT_RECORD);
  g_autofree char *file = cut_all(fixture, lent, TRUE, ROOMY);
  g_assert_cmpstr(file, ==, "b:0:0=three|");
  g_assert_cmpint(aver_input_enter(input, &record, NULL), ==, AVER_CUT_RECORD);
  g_assert_cmpint(aver_input_enter(input, &record, NULL), ==, AVER_CUT_RECORD);
  record = peek(lent, 1, AVER_CUT_RECORD);
  g_assert_cmpmem(record.data, record.length, "four", 4);
  aver_input_leave(lent);
  peek(lent, 1, AVER_CUT_END);
  g_assert_cmpint(aver_input_enter(input, &record, NULL), ==, AVER_CUT_END);
}

static void test_provenance(void)
{
  static const struct {
    const char *origin, *source, *member;
    guint32 at;
  } cases[] = {
      {"news/a.txt", "news/a.txt", NULL, 0},
      {"news.zip!/b/c.txt", "news.zip", "b/c.txt", 10},
      {"x", "x", NULL, 1},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(AverDocument) document = aver_document_new();
    AverRecord record = {.origin = cases[i].origin, .member = cases[i].at};
    aver_record_set_provenance(&record, document);
    g_assert_cmpstr(aver_document_get_id(document), ==, cases[i].origin);
    g_assert_cmpstr(aver_document_get_metadata(document, "source"), ==, cases[i].source);
    g_assert_cmpstr(aver_document_get_metadata(document, "member"), ==, cases[i].member);
  }
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("take", test_take);
  ADD("take-cursor", test_cursor);
  ADD("take-large", test_large);
  ADD("confined", test_confined);
  g_test_add_func("/input/provenance", test_provenance);
  return g_test_run();
}
