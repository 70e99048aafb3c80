/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of input: files and folders cut into lines and files, cursors, limits, waiting. */
#include "walk.h"

#include <aver/aver.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROOMY ((gsize) 1 << 20)

typedef struct {
  char *folder;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->folder = g_dir_make_tmp("aver-input-XXXXXX", NULL);
  g_assert_nonnull(fixture->folder);
}

static void remove_all(const char *path)
{
  g_autoptr(GDir) directory =
      g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
  const char *name;
  while (directory != NULL && (name = g_dir_read_name(directory)) != NULL) {
    g_autofree char *child = g_build_filename(path, name, NULL);
    remove_all(child);
  }
  g_remove(path);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
  (void) data;
  remove_all(fixture->folder);
  g_free(fixture->folder);
}

static void put(const Fixture *fixture, const char *name, const char *bytes, gssize length)
{
  g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname(path);
  g_assert_cmpint(g_mkdir_with_parents(parent, 0700), ==, 0);
  g_assert_true(g_file_set_contents(path, bytes, length, NULL));
}

static AverInput *open_names(const Fixture *fixture, const char *pattern, const char *first, ...)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
  va_list names;
  va_start(names, first);
  for (const char *name = first; name != NULL; name = va_arg(names, const char *))
    g_ptr_array_add(paths, g_build_filename(fixture->folder, name, NULL));
  va_end(names);
  g_ptr_array_add(paths, NULL);
  return aver_input_new((const char *const *) paths->pdata, pattern);
}

/* Cuts all there is; each record as "origin:offset:line=bytes", origins without the folder. */
static char *cut_all(const Fixture *fixture, AverInput *input, gboolean files, gsize maximum)
{
  GString *all = g_string_new(NULL);
  AverRecord record;
  for (;;) {
    g_autoptr(GError) error = NULL;
    AverCut cut = files ? aver_input_cut_file(input, maximum, TRUE, &record, &error)
                        : aver_input_cut_line(input, maximum, TRUE, &record, &error);
    if (cut == AVER_CUT_WAIT)
      continue;
    g_assert_true((cut == AVER_CUT_BAD || cut == AVER_CUT_FATAL) == (error != NULL));
    if (cut == AVER_CUT_END)
      return g_string_free(all, FALSE);
    const char *origin = record.origin;
    if (g_str_has_prefix(origin, fixture->folder))
      origin += strlen(fixture->folder) + 1;
    g_string_append_printf(all, "%s:%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT "%s", origin,
                           record.offset, record.line, cut == AVER_CUT_BAD ? "!" : "=");
    g_string_append_len(all, record.data, (gssize) record.length);
    g_string_append_c(all, '|');
  }
}

static void test_lines(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put(fixture, "a", "one\r\n\n\r\ntwo\nthr\ree", -1);
  put(fixture, "empty", "", 0);
  put(fixture, "b", "four\n\n", -1);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "a", "empty", "b", NULL);
  g_autofree char *all = cut_all(fixture, input, FALSE, ROOMY);
  g_assert_cmpstr(all, ==, "a:0:1=one|a:8:4=two|a:12:5=thr\ree|b:0:1=four|");
}

static void test_files(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put(fixture, "a", "one\ntwo\n", -1);
  put(fixture, "empty", "", 0);
  put(fixture, "b", "four", -1);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "a", "empty", "b", NULL);
  g_autofree char *all = cut_all(fixture, input, TRUE, ROOMY);
  g_assert_cmpstr(all, ==, "a:0:0=one\ntwo\n|empty:0:0=|b:0:0=four|");
}

static void test_nul_bytes(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put(fixture, "a", "x\0y\n\0\n", 6);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "a", NULL);
  AverRecord record;
  g_assert_cmpint(aver_input_cut_line(input, ROOMY, FALSE, &record, NULL), ==, AVER_CUT_RECORD);
  g_assert_cmpmem(record.data, record.length, "x\0y", 3);
  g_assert_cmpint(aver_input_cut_line(input, ROOMY, FALSE, &record, NULL), ==, AVER_CUT_RECORD);
  g_assert_cmpmem(record.data, record.length, "", 1);
}

static void test_folder_order(Fixture *fixture, gconstpointer data)
{
  (void) data;
  static const char *const names[] = {"in/b.txt",      "in/a/z.txt", "in/a/deep/er/x.txt",
                                      "in/a.txt",      "in/Z.txt",   "in/.hidden.txt",
                                      "in/.dir/a.txt", "in/c.html"};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    put(fixture, names[i], "-", 1);
  g_autoptr(AverInput) input = open_names(fixture, "*.txt", "in", "in/c.html", NULL);
  g_autofree char *all = cut_all(fixture, input, TRUE, ROOMY);
  g_assert_cmpstr(all, ==,
                  "in/Z.txt:0:0=-|in/a/deep/er/x.txt:0:0=-|in/a/z.txt:0:0=-|in/a.txt:0:0=-|"
                  "in/b.txt:0:0=-|in/c.html:0:0=-|");
}

static void test_pattern(void)
{
  static const struct {
    const char *patterns, *name;
    gboolean matches;
  } cases[] = {
      {"*.txt", "a.txt", TRUE},
      {"*.txt", "a.txt.gz", FALSE},
      {"*.txt", ".txt", TRUE},
      {"*.jsonl, *.nd", "a.nd", TRUE},
      {"*", "", TRUE},
      {"", "", TRUE},
      {"a?c",
       "a\xc3\xa9"
       "c",
       TRUE},
      {"a?c", "ac", FALSE},
      {"[a-c]1", "b1", TRUE},
      {"[!a-c]1", "b1", FALSE},
      {"[!a-c]1", "d1", TRUE},
      {"[]x]", "]", TRUE},
      {"[ab", "[ab", TRUE},
      {"a*b*c", "a-b-b-c", TRUE},
      {"a*b*c", "a-b-b-d", FALSE},
      {"*\xff*", "bad\xffname", TRUE},
      {"[a-]", "-", TRUE},
      {"x,*.y", "x", TRUE},
      {"*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", FALSE},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_assert_cmpint(aver_walk_match(cases[i].patterns, cases[i].name), ==, cases[i].matches);
  }
}

static void test_special_entries(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put(fixture, "in/ok.txt", "-", 1);
  put(fixture, "other/far.txt", "-", 1);
  g_autofree char *fifo = g_build_filename(fixture->folder, "in", "fifo.txt", NULL);
  g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
  g_autofree char *in = g_build_filename(fixture->folder, "in", NULL);
  g_autofree char *dangling = g_build_filename(in, "dangling.txt", NULL);
  g_autofree char *unmatched = g_build_filename(in, "dangling.html", NULL);
  g_autofree char *folder = g_build_filename(in, "folder.txt", NULL);
  g_autofree char *file = g_build_filename(in, "link.txt", NULL);
  g_autofree char *loop = g_build_filename(in, "loop", NULL);
  g_assert_cmpint(symlink("nowhere", dangling), ==, 0);
  g_assert_cmpint(symlink("nowhere", unmatched), ==, 0);
  g_assert_cmpint(symlink("../other", folder), ==, 0);
  g_assert_cmpint(symlink("../other/far.txt", file), ==, 0);
  g_assert_cmpint(symlink(".", loop), ==, 0);
  g_autoptr(AverInput) input = open_names(fixture, "*.txt", "in", NULL);
  g_autofree char *all = cut_all(fixture, input, TRUE, ROOMY);
  g_assert_cmpstr(all, ==, "in/dangling.txt:0:0!|in/link.txt:0:0=-|in/ok.txt:0:0=-|");
}

static void test_missing_goes_on(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put(fixture, "a", "one\n", -1);
  put(fixture, "b", "two\n", -1);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "a", "none", "b", NULL);
  AverRecord record;
  g_autoptr(GError) error = NULL;
  g_assert_cmpint(aver_input_cut_line(input, ROOMY, TRUE, &record, NULL), ==, AVER_CUT_RECORD);
  g_assert_cmpint(aver_input_cut_line(input, ROOMY, TRUE, &record, &error), ==, AVER_CUT_BAD);
  g_assert_error(error, AVER_ERROR, AVER_ERROR_INPUT);
  g_assert_true(g_str_has_suffix(record.origin, "/none"));
  g_assert_cmpint(aver_input_cut_line(input, ROOMY, TRUE, &record, NULL), ==, AVER_CUT_RECORD);
  g_assert_cmpmem(record.data, record.length, "two", 3);
}

static void test_unreadable(Fixture *fixture, gconstpointer data)
{
  (void) data;
  if (geteuid() == 0) {
    g_test_skip("the superuser may read everything");
    return;
  }
  put(fixture, "in/a.txt", "-", 1);
  put(fixture, "in/sub/b.txt", "-", 1);
  g_autofree char *file = g_build_filename(fixture->folder, "in/a.txt", NULL);
  g_autofree char *sub = g_build_filename(fixture->folder, "in/sub", NULL);
  g_assert_cmpint(chmod(file, 0), ==, 0);
  g_assert_cmpint(chmod(sub, 0), ==, 0);
  g_autoptr(AverInput) input = open_names(fixture, "*.txt", "in", NULL);
  g_autofree char *all = cut_all(fixture, input, TRUE, ROOMY);
  g_assert_cmpint(chmod(sub, 0700), ==, 0);
  g_assert_cmpstr(all, ==, "in/a.txt:0:0!|in/sub:0:0!|");
}

static void test_name_not_utf8(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put(fixture, "in/bad\xff\xc3.txt", "-", 1);
  put(fixture, "in/caf\xc3\xa9.txt", "-", 1);
  g_autoptr(AverInput) input = open_names(fixture, "*.txt", "in", NULL);
  g_autofree char *all = cut_all(fixture, input, TRUE, ROOMY);
  g_assert_cmpstr(all, ==, "in/bad\\xff\\xc3.txt:0:0=-|in/caf\xc3\xa9.txt:0:0=-|");
}

static void test_long_line(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *fill = g_strnfill(700000, 'x');
  g_autofree char *text = g_strconcat("ok\n12345678\r\n123456789\n", fill, "\nend\n", fill, NULL);
  put(fixture, "a", text, -1);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "a", NULL);
  g_autofree char *all = cut_all(fixture, input, FALSE, 8);
  g_assert_cmpstr(all, ==, "a:0:1=ok|a:3:2=12345678|a:13:3!|a:23:4!|a:700024:5=end|a:700028:6!|");
  g_autoptr(AverInput) again = open_names(fixture, NULL, "a", NULL);
  AverRecord record;
  g_autoptr(GError) error = NULL;
  while (aver_input_cut_line(again, 8, TRUE, &record, &error) == AVER_CUT_RECORD)
    ;
  g_assert_error(error, AVER_ERROR, AVER_ERROR_LIMIT);
}

static void test_long_file(Fixture *fixture, gconstpointer data)
{
  (void) data;
  put(fixture, "a", "123456789", -1);
  put(fixture, "b", "12345678", -1);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "a", "b", NULL);
  g_autofree char *all = cut_all(fixture, input, TRUE, 8);
  g_assert_cmpstr(all, ==, "a:0:0!|b:0:0=12345678|");
}

/* A folder whose path is too long to be opened, for want of one that the superuser may not read. */
static void test_folder_cannot_be_listed(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *name = g_strnfill(250, 'd');
  g_autofree char *from = g_get_current_dir();
  g_assert_cmpint(chdir(fixture->folder), ==, 0);
  for (guint i = 0; i < 17; i++) {
    g_assert_cmpint(mkdir(name, 0700), ==, 0);
    g_assert_cmpint(chdir(name), ==, 0);
  }
  g_assert_true(g_file_set_contents("a.txt", "-", 1, NULL));
  g_autoptr(AverInput) input =
      aver_input_new((const char *const[]){fixture->folder, NULL}, "*.txt");
  AverRecord record;
  g_autoptr(GError) error = NULL;
  g_assert_cmpint(aver_input_cut_file(input, ROOMY, TRUE, &record, &error), ==, AVER_CUT_BAD);
  g_assert_error(error, AVER_ERROR, AVER_ERROR_INPUT);
  g_assert_cmpint(aver_input_cut_file(input, ROOMY, TRUE, &record, NULL), ==, AVER_CUT_END);
  g_assert_cmpint(g_remove("a.txt"), ==, 0);
  for (guint i = 0; i < 17; i++) {
    g_assert_cmpint(chdir(".."), ==, 0);
    g_assert_cmpint(rmdir(name), ==, 0);
  }
  g_assert_cmpint(chdir(from), ==, 0);
}

/* Lines of all lengths around the sizes of reads, cut whole. */
static void test_buffer_edges(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GString) text = g_string_new(NULL);
  g_autoptr(GRand) random = g_rand_new_with_seed(7);
  g_autoptr(GArray) lengths = g_array_new(FALSE, FALSE, sizeof(gsize));
  for (guint i = 0; i < 400; i++) {
    gsize length = (gsize) g_rand_int_range(random, 1, i % 20 == 0 ? 600000 : 20000);
    g_array_append_val(lengths, length);
    for (gsize j = 0; j < length; j++)
      g_string_append_c(text, (char) ('a' + (i + j) % 26));
    g_string_append(text, i % 3 == 0 ? "\r\n" : "\n");
  }
  put(fixture, "a", text->str, (gssize) text->len);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "a", NULL);
  for (guint i = 0; i < lengths->len; i++) {
    AverRecord record;
    g_assert_cmpint(aver_input_cut_line(input, ROOMY, FALSE, &record, NULL), ==, AVER_CUT_RECORD);
    g_assert_cmpuint(record.length, ==, g_array_index(lengths, gsize, i));
    g_assert_cmpuint(record.line, ==, i + 1);
    g_assert_cmpmem(record.data, record.length, text->str + record.offset, record.length);
  }
}

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

/* A FIFO that has no writer yet, then one that writes in pieces. */
static void test_waiting(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *path = g_build_filename(fixture->folder, "fifo", NULL);
  g_assert_cmpint(mkfifo(path, 0600), ==, 0);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "fifo", NULL);
  AverRecord record;
  g_assert_cmpint(aver_input_cut_line(input, ROOMY, FALSE, &record, NULL), ==, AVER_CUT_WAIT);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint(fd, >=, 0);
  g_assert_cmpint(aver_input_cut_line(input, ROOMY, FALSE, &record, NULL), ==, AVER_CUT_WAIT);
  g_assert_cmpint(write(fd, "one\ntw", 6), ==, 6);
  g_assert_cmpint(aver_input_cut_line(input, ROOMY, FALSE, &record, NULL), ==, AVER_CUT_RECORD);
  g_assert_cmpmem(record.data, record.length, "one", 3);
  g_assert_cmpint(aver_input_cut_line(input, ROOMY, FALSE, &record, NULL), ==, AVER_CUT_WAIT);
  g_assert_cmpint(aver_input_cut_line(input, ROOMY, TRUE, &record, NULL), ==, AVER_CUT_WAIT);
  g_assert_cmpint(write(fd, "o\n", 2), ==, 2);
  close(fd);
  g_assert_cmpint(aver_input_cut_line(input, ROOMY, FALSE, &record, NULL), ==, AVER_CUT_RECORD);
  g_assert_cmpmem(record.data, record.length, "two", 3);
  g_assert_cmpuint(record.offset, ==, 4);
  g_assert_cmpint(aver_input_cut_line(input, ROOMY, FALSE, &record, NULL), ==, AVER_CUT_END);
}

/* Replaces standard input by what a callback opens. */
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

static void test_named_device(Fixture *fixture, gconstpointer data)
{
  (void) data;
  static const char *const names[] = {"/dev/null", "/dev/zero", NULL};
  g_autoptr(AverInput) input = aver_input_new(names, NULL);
  g_autofree char *all = cut_all(fixture, input, TRUE, 1000);
  g_assert_cmpstr(all, ==, "/dev/null:0:0=|/dev/zero:0:0!|");
}

#define ADD(name, function) g_test_add("/input/" name, Fixture, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("lines", test_lines);
  ADD("files", test_files);
  ADD("nul-bytes", test_nul_bytes);
  ADD("folder-order", test_folder_order);
  g_test_add_func("/input/pattern", test_pattern);
  ADD("special-entries", test_special_entries);
  ADD("missing-goes-on", test_missing_goes_on);
  ADD("unreadable", test_unreadable);
  ADD("folder-cannot-be-listed", test_folder_cannot_be_listed);
  ADD("name-not-utf8", test_name_not_utf8);
  ADD("long-line", test_long_line);
  ADD("long-file", test_long_file);
  ADD("buffer-edges", test_buffer_edges);
  ADD("cursor", test_cursor);
  ADD("cursor-refused", test_cursor_refused);
  ADD("waiting", test_waiting);
  ADD("standard-input", test_standard_input);
  ADD("named-device", test_named_device);
  return g_test_run();
}
