/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of what shards are made of: shares of an input, and spools. */
#include "input-fixture.h"
#include "input-private.h"
#include "spool.h"

#include <string.h>

#define MOST_SHARDS 20

static const char lines[] = "one\n\ntwo\r\n\n\na line that is longer than most shares of it are\n"
                            "three\nfour\n\nfive\nsix\nno line end";

static void put_files(const Fixture *fixture)
{
  put(fixture, "a.txt", lines, -1);
  put(fixture, "b/1.txt", "first\nsecond\n", -1);
  put(fixture, "b/2.txt", "", 0);
  put(fixture, "b/3.txt", "\n\n\n", -1);
  put(fixture, "c.txt", "only", -1);
}

static AverInput *open_share(const Fixture *fixture, guint shard, guint n_shards,
                             AverShareCutting cutting)
{
  AverInput *input = open_names(fixture, NULL, "a.txt", "b", "missing", "c.txt", NULL);
  if (n_shards > 0)
    aver_input_set_share(input, shard, n_shards, cutting);
  return input;
}

static void check_all(const Fixture *fixture, AverShareCutting cutting, gboolean files,
                      gsize maximum)
{
  g_autoptr(AverInput) whole = open_share(fixture, 0, 0, cutting);
  g_autofree char *expected = cut_all(fixture, whole, files, maximum);
  for (guint n = 1; n <= MOST_SHARDS; n++) {
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
      g_autoptr(AverInput) input = open_share(fixture, i, n, cutting);
      g_autofree char *part = cut_all(fixture, input, files, maximum);
      g_string_append(all, part);
    }
    g_assert_cmpstr(all->str, ==, expected);
  }
}

static void test_lines(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put_files(fixture);
  check_all(fixture, AVER_SHARE_LINES, FALSE, ROOMY);
  check_all(fixture, AVER_SHARE_LINES, FALSE, 10); /* one is too long */
}

static void test_whole_files(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put_files(fixture);
  check_all(fixture, AVER_SHARE_WHOLE, FALSE, ROOMY);
  check_all(fixture, AVER_SHARE_WHOLE, TRUE, ROOMY);
}

/* Longer than what is read at a time, so that lines are counted across pieces. */
static void test_long_file(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; text->len < (3 << 18); i++)
    g_string_append_printf(text, "%u %.*s\n", i, (int) (i * 7919 % 300), text->str);
  put(fixture, "a.txt", text->str, (gssize) text->len);
  g_autoptr(AverInput) whole = open_names(fixture, NULL, "a.txt", NULL);
  g_autofree char *expected = cut_all(fixture, whole, FALSE, ROOMY);
  g_autoptr(GString) all = g_string_new(NULL);
  for (guint i = 0; i < 9; i++) {
    g_autoptr(AverInput) input = open_names(fixture, NULL, "a.txt", NULL);
    aver_input_set_share(input, i, 9, AVER_SHARE_LINES);
    g_autofree char *part = cut_all(fixture, input, FALSE, ROOMY);
    g_assert_cmpuint(strlen(part), >, strlen(expected) / 12);
    g_string_append(all, part);
  }
  g_assert_true(strcmp(all->str, expected) == 0);
}

/* A share that is cut short goes on, from behind any of its records. */
static void test_cursors(Fixture *fixture, gconstpointer data)
{
  (void) data;
  guint n = 0;
  put_files(fixture);
  for (guint i = 0; i < 5; i++) {
    g_autoptr(AverInput) first = open_share(fixture, i, 5, AVER_SHARE_LINES);
    g_autoptr(AverInput) whole = open_share(fixture, i, 5, AVER_SHARE_LINES);
    g_autofree char *expected = cut_all(fixture, whole, FALSE, ROOMY);
    AverRecord record;
    while (aver_input_cut_line(first, ROOMY, TRUE, &record, NULL) != AVER_CUT_END) {
      g_autoptr(GString) cursor = g_string_new(NULL);
      g_autoptr(AverInput) rest = open_share(fixture, i, 5, AVER_SHARE_LINES);
      aver_input_get_cursor(first, cursor);
      g_assert_true(aver_input_seek(rest, cursor->str, NULL));
      g_autofree char *part = cut_all(fixture, rest, FALSE, ROOMY);
      g_assert_true(g_str_has_suffix(expected, part));
      n++;
    }
  }
  g_assert_cmpuint(n, >, 8);
}

static gboolean append(gpointer all, const char *bytes, gsize length, GError **error)
{
  (void) error;
  g_string_append_len(all, bytes, (gssize) length);
  g_string_append_c(all, '|');
  return TRUE;
}

static char *make_spool(const Fixture *fixture)
{
  char *path = g_build_filename(fixture->folder, "spool", NULL);
  AverSpool *spool = aver_spool_new(aver_output_new(path, NULL));
  g_autoptr(GString) position = g_string_new(NULL);
  g_assert_true(aver_spool_emit(spool, "one", 3, NULL));
  g_assert_true(aver_spool_emit(spool, "two\0two", 7, NULL));
  g_assert_true(aver_spool_commit(spool, position, NULL));
  g_assert_cmpstr(position->str, ==, "42");
  g_assert_true(aver_spool_finish(spool, NULL));
  aver_spool_free(spool);
  return path;
}

static void test_spool(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *path = make_spool(fixture);
  g_autoptr(GString) all = g_string_new(NULL);
  g_assert_true(aver_spool_read(path, append, all, NULL));
  g_assert_cmpmem(all->str, all->len, "one|two\0two|", 12);
}

static void check_damaged(const char *path, const char *bytes, gsize length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) all = g_string_new(NULL);
  g_assert_true(g_file_set_contents(path, bytes, (gssize) length, NULL));
  g_assert_false(aver_spool_read(path, append, all, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_INPUT);
  g_assert_nonnull(strstr(error->message, "is damaged at byte "));
}

/* Whatever byte is another, wherever it ends. */
static void test_damaged_spool(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *path = make_spool(fixture), *bytes = NULL;
  gsize length;
  g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
  for (gsize i = 0; i < length; i++) {
    check_damaged(path, bytes, i);
    bytes[i] ^= 0x40;
    check_damaged(path, bytes, length);
    bytes[i] ^= 0x40;
  }
  check_damaged(path, bytes, length + 1); /* the byte behind is GLib's NUL */
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add("/share/lines", Fixture, NULL, set_up, test_lines, tear_down);
  g_test_add("/share/whole-files", Fixture, NULL, set_up, test_whole_files, tear_down);
  g_test_add("/share/long-file", Fixture, NULL, set_up, test_long_file, tear_down);
  g_test_add("/share/cursors", Fixture, NULL, set_up, test_cursors, tear_down);
  g_test_add("/spool/what-was-emitted", Fixture, NULL, set_up, test_spool, tear_down);
  g_test_add("/spool/damaged", Fixture, NULL, set_up, test_damaged_spool, tear_down);
  return g_test_run();
}
