/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of input: going on at a cursor, in files and on standard input. */
#include "input-fixture.h"

#include <fcntl.h>
#include <unistd.h>

static char *cursor_of(const AverInput *input)
{
  GString *cursor = g_string_new(NULL);
  aver_input_get_cursor(input, cursor);
  g_assert_null(strchr(cursor->str, '\n'));
  return g_string_free(cursor, FALSE);
}

static void check_resume(const Fixture *fixture, gboolean files, gsize maximum)
{
  g_autoptr(AverInput) whole = open_names(fixture, NULL, "in", "none", "last", NULL);
  g_autofree char *all = cut_all(fixture, whole, files, maximum);
  for (guint k = 0;; k++) {
    g_autoptr(AverInput) first = open_names(fixture, NULL, "in", "none", "last", NULL);
    const char *rest = all;
    AverCut cut = AVER_CUT_RECORD;
    for (guint i = 0; i < k && cut != AVER_CUT_END; i++) {
      AverRecord record;
      g_autoptr(GError) ignored = NULL;
      cut = files ? aver_input_cut_file(first, maximum, TRUE, &record, &ignored)
                  : aver_input_cut_line(first, maximum, TRUE, &record, &ignored);
      rest = cut == AVER_CUT_END ? rest : strchr(rest, '|') + 1;
    }
    g_autofree char *cursor = cursor_of(first);
    g_autoptr(AverInput) second = open_names(fixture, NULL, "in", "none", "last", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_true(aver_input_seek(second, cursor, &error));
    g_assert_no_error(error);
    g_autofree char *unmoved = cursor_of(second);
    g_assert_cmpstr(unmoved, ==, cursor);
    g_autofree char *got = cut_all(fixture, second, files, maximum);
    g_assert_cmpstr(got, ==, rest);
    if (cut == AVER_CUT_END) {
      g_assert_cmpuint(k, >, 8);
      break;
    }
  }
}

static void test_cursor(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put(fixture, "in/a", "one\n\ntwo\r\n\nthis one is far too long\nthree", -1);
  put(fixture, "in/b", "", 0);
  put(fixture, "in/c/d", "\n\nfour\nfive\n\n", -1);
  put(fixture, "in/e", "another long one at the end", -1);
  put(fixture, "in/f", "short", -1);
  put(fixture, "in/g", "short", -1);
  put(fixture, "last", "six\nseven\n", -1);
  check_resume(fixture, FALSE, 10);
  check_resume(fixture, TRUE, 20);
}

static void check_refused(const Fixture *fixture, const char *cursor, const char *hint)
{
  g_autoptr(AverInput) input = open_names(fixture, NULL, "in", NULL);
  g_autoptr(GError) error = NULL;
  g_assert_false(aver_input_seek(input, cursor, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_INPUT);
  g_assert_nonnull(strstr(error->message, hint));
}

static void test_cursor_refused(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put(fixture, "in/a", "one\n", -1);
  put(fixture, "in/b", "two\nthree\nfour\n", -1);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "in", NULL);
  AverRecord record;
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint(aver_input_cut_line(input, ROOMY, TRUE, &record, NULL), ==, AVER_CUT_RECORD);
  g_autofree char *cursor = cursor_of(input);
  check_refused(fixture, "", "no position");
  check_refused(fixture, "2 0 0 1 0", "no position");
  check_refused(fixture, "1 0 -1 1 0", "no position");
  put(fixture, "in/b", "two\n", -1);
  check_refused(fixture, cursor, "shorter");
  put(fixture, "in/aa", "new\n", -1);
  check_refused(fixture, cursor, "no longer what it was");
  g_autofree char *first = g_build_filename(fixture->folder, "in/aa", NULL);
  g_autofree char *second = g_build_filename(fixture->folder, "in/b", NULL);
  g_assert_cmpint(g_remove(first), ==, 0);
  g_assert_cmpint(g_remove(second), ==, 0);
  check_refused(fixture, cursor, "no longer what it was");
}

/* A file that was begun and is not there any more, or cannot be read. */
static void test_cursor_of_lost_file(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put(fixture, "last", "six\nseven\n", -1);
  g_autoptr(AverInput) first = open_names(fixture, NULL, "last", NULL);
  AverRecord record;
  g_assert_cmpint(aver_input_cut_line(first, ROOMY, TRUE, &record, NULL), ==, AVER_CUT_RECORD);
  g_autofree char *cursor = cursor_of(first);
  g_autofree char *path = g_build_filename(fixture->folder, "last", NULL);
  g_autofree char *expected = g_strdup_printf("'%s': cannot open the file: No such file", path);
  g_assert_cmpint(g_remove(path), ==, 0);
  g_autoptr(AverInput) second = open_names(fixture, NULL, "last", NULL);
  g_autoptr(GError) error = NULL;
  g_assert_false(aver_input_seek(second, cursor, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_INPUT);
  if (!g_str_has_prefix(error->message, expected))
    g_test_fail_printf("%s", error->message);
}

/* A name is one line of what identifies an input, whatever it is made of. */
static void test_identity(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put(fixture, "in/a\nb\x01\xff", "one\n", -1);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "in", NULL);
  g_autoptr(GString) text = g_string_new(NULL);
  aver_input_identify(input, text);
  g_assert_nonnull(strstr(text->str, "in/a\\x0ab\\x01\\xff"));
  g_assert_true(strchr(text->str, '\n') == text->str + text->len - 1);
}

/* All that is cut from standard input when it is @fd, from a cursor on. */
static char *with_standard_input(const Fixture *fixture, int fd, const char *cursor)
{
  int kept = dup(STDIN_FILENO);
  g_assert_cmpint(dup2(fd, STDIN_FILENO), >=, 0);
  close(fd);
  g_autoptr(AverInput) input = aver_input_new(NULL, "*.none");
  g_autoptr(GError) error = NULL;
  if (cursor != NULL)
    g_assert_true(aver_input_seek(input, cursor, &error));
  char *all = cut_all(fixture, input, FALSE, ROOMY);
  if (kept >= 0)
    dup2(kept, STDIN_FILENO);
  close(kept);
  return all;
}

static int pipe_of(const char *text)
{
  int ends[2];
  g_assert_cmpint(pipe(ends), ==, 0);
  g_assert_cmpint(write(ends[1], text, strlen(text)), ==, (gssize) strlen(text));
  close(ends[1]);
  return ends[0];
}

static void test_standard_input(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *piped = with_standard_input(fixture, pipe_of("one\ntwo\nthree\n"), NULL);
  g_assert_cmpstr(piped, ==, "-:0:1=one|-:4:2=two|-:8:3=three|");

  static const char *const names[] = {"-", NULL};
  int kept = dup(STDIN_FILENO);
  int fd = pipe_of("one\ntwo\nthree\n");
  dup2(fd, STDIN_FILENO);
  close(fd);
  g_autoptr(AverInput) input = aver_input_new(names, NULL);
  AverRecord record;
  g_assert_cmpint(aver_input_cut_line(input, ROOMY, TRUE, &record, NULL), ==, AVER_CUT_RECORD);
  g_autofree char *cursor = cursor_of(input);
  dup2(kept, STDIN_FILENO);
  close(kept);

  g_autofree char *rest = with_standard_input(fixture, pipe_of("one\ntwo\nthree\n"), cursor);
  g_assert_cmpstr(rest, ==, "-:4:2=two|-:8:3=three|");
  put(fixture, "in", "before|one\ntwo\nthree\n", -1);
  g_autofree char *path = g_build_filename(fixture->folder, "in", NULL);
  fd = open(path, O_RDONLY | O_CLOEXEC);
  g_assert_cmpint(lseek(fd, 7, SEEK_SET), ==, 7);
  g_autofree char *file = with_standard_input(fixture, fd, cursor);
  g_assert_cmpstr(file, ==, "-:4:2=two|-:8:3=three|");
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("cursor", test_cursor);
  ADD("cursor-refused", test_cursor_refused);
  ADD("cursor-of-lost-file", test_cursor_of_lost_file);
  ADD("identity", test_identity);
  ADD("standard-input", test_standard_input);
  return g_test_run();
}
