/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of input: files and folders cut into lines and files, limits, waiting. */
#include "input-fixture.h"
#include "walk.h"

#include <aver/aver.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

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
      {" *.jsonl , *.nd  ", "a.jsonl", TRUE},
      {" *.jsonl , *.nd  ", "a.nd", TRUE},
      {" *.jsonl , *.nd  ", "a.nd  ", FALSE},
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

static void test_named_device(Fixture *fixture, gconstpointer data)
{
  (void) data;
  static const char *const names[] = {"/dev/null", "/dev/zero", NULL};
  g_autoptr(AverInput) input = aver_input_new(names, NULL);
  g_autofree char *all = cut_all(fixture, input, TRUE, 1000);
  g_assert_cmpstr(all, ==, "/dev/null:0:0=|/dev/zero:0:0!|");
}

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
  ADD("waiting", test_waiting);
  ADD("named-device", test_named_device);
  return g_test_run();
}
