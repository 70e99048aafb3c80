/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of output: complete files or none, modes, streams, errors. */
#include <aver/aver.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  char *folder;
  char *target;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->folder = g_dir_make_tmp("aver-output-XXXXXX", NULL);
  g_assert_nonnull(fixture->folder);
  fixture->target = g_build_filename(fixture->folder, "out.jsonl", NULL);
}

static int compare(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* The names in the folder, sorted. */
static char *names_in(const char *folder)
{
  g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  const char *name;
  while ((name = g_dir_read_name(directory)) != NULL)
    g_ptr_array_add(names, g_strdup(name));
  g_ptr_array_sort(names, compare);
  g_ptr_array_add(names, NULL);
  return g_strjoinv(" ", (char **) names->pdata);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *names = names_in(fixture->folder);
  g_auto(GStrv) parts = g_strsplit(names, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *path = g_build_filename(fixture->folder, parts[i], NULL);
    g_remove(path);
  }
  g_rmdir(fixture->folder);
  g_free(fixture->folder);
  g_free(fixture->target);
}

static AverOutput *open_good(const char *path)
{
  g_autoptr(GError) error = NULL;
  AverOutput *output = aver_output_new(path, &error);
  g_assert_no_error(error);
  g_assert_nonnull(output);
  return output;
}

static void write_good(AverOutput *output, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_assert_true(aver_output_write(output, text, strlen(text), &error));
  g_assert_no_error(error);
}

static void close_good(AverOutput *output)
{
  g_autoptr(GError) error = NULL;
  g_assert_true(aver_output_close(output, &error));
  g_assert_no_error(error);
}

static void assert_contents(const char *path, const char *expected)
{
  g_autofree char *got = NULL;
  g_assert_true(g_file_get_contents(path, &got, NULL, NULL));
  g_assert_cmpstr(got, ==, expected);
}

static guint mode_of(const char *path)
{
  struct stat info;
  g_assert_cmpint(stat(path, &info), ==, 0);
  return info.st_mode & 07777;
}

static void test_appears_when_complete(Fixture *fixture, gconstpointer data)
{
  (void) data;
  mode_t mask = umask(027);
  g_autoptr(AverOutput) output = open_good(fixture->target);
  umask(mask);
  write_good(output, "one\n");
  write_good(output, "two\n");
  g_assert_cmpuint(aver_output_get_position(output), ==, 8);
  g_assert_true(aver_output_sync(output, NULL));
  g_assert_false(aver_output_is_terminal(output));
  g_assert_false(g_file_test(fixture->target, G_FILE_TEST_EXISTS));
  close_good(output);
  assert_contents(fixture->target, "one\ntwo\n");
  g_assert_cmpuint(mode_of(fixture->target), ==, 0640);
  g_autofree char *names = names_in(fixture->folder);
  g_assert_cmpstr(names, ==, "out.jsonl");
}

static void test_unfinished_leaves_nothing(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_assert_true(g_file_set_contents(fixture->target, "old", -1, NULL));
  AverOutput *output = open_good(fixture->target);
  write_good(output, "new");
  aver_output_free(output);
  assert_contents(fixture->target, "old");
  g_autofree char *names = names_in(fixture->folder);
  g_assert_cmpstr(names, ==, "out.jsonl");
}

static void test_keeps_mode(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_assert_true(g_file_set_contents(fixture->target, "old", -1, NULL));
  g_assert_cmpint(chmod(fixture->target, 0666), ==, 0);
  g_autoptr(AverOutput) output = open_good(fixture->target);
  write_good(output, "new");
  close_good(output);
  assert_contents(fixture->target, "new");
  g_assert_cmpuint(mode_of(fixture->target), ==, 0666);
}

static void test_through_link(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *link = g_build_filename(fixture->folder, "link", NULL);
  g_assert_true(g_file_set_contents(fixture->target, "old", -1, NULL));
  g_assert_cmpint(symlink("out.jsonl", link), ==, 0);
  g_autoptr(AverOutput) output = open_good(link);
  write_good(output, "new");
  close_good(output);
  g_assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
  assert_contents(fixture->target, "new");
}

static void test_long_name(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *name = g_strnfill(255, 'n');
  g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
  g_autoptr(AverOutput) output = open_good(path);
  write_good(output, "x");
  close_good(output);
  assert_contents(path, "x");
}

static void test_fifo_is_streamed(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_assert_cmpint(mkfifo(fixture->target, 0600), ==, 0);
  int fd = open(fixture->target, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  g_autoptr(AverOutput) output = open_good(fixture->target);
  write_good(output, "now\n");
  char bytes[8];
  g_assert_cmpint(read(fd, bytes, sizeof bytes), ==, 4);
  close_good(output);
  close(fd);
  g_autofree char *names = names_in(fixture->folder);
  g_assert_cmpstr(names, ==, "out.jsonl");
}

static gpointer drain(gpointer data)
{
  char bytes[4096];
  gsize total = 0;
  gssize n;
  g_usleep(20000);
  while ((n = read(GPOINTER_TO_INT(data), bytes, sizeof bytes)) > 0)
    total += (gsize) n;
  return GSIZE_TO_POINTER(total);
}

/* Standard output that takes little at a time and says EAGAIN in between. */
static void test_short_writes(void)
{
  int ends[2];
  g_assert_cmpint(pipe2(ends, O_CLOEXEC), ==, 0);
  int kept = dup(STDOUT_FILENO);
  g_assert_cmpint(fcntl(ends[1], F_SETFL, O_NONBLOCK), ==, 0);
  g_assert_cmpint(dup2(ends[1], STDOUT_FILENO), >=, 0);
  close(ends[1]);
  g_autoptr(AverOutput) output = aver_output_new("-", NULL);
  GThread *reader = g_thread_new("drain", drain, GINT_TO_POINTER(ends[0]));
  g_autofree char *bytes = g_strnfill(1 << 20, 'x');
  gboolean good = aver_output_write(output, bytes, 1 << 20, NULL);
  guint64 position = aver_output_get_position(output);
  gboolean closed = aver_output_close(output, NULL);
  dup2(kept, STDOUT_FILENO);
  close(kept);
  g_assert_cmpuint(GPOINTER_TO_SIZE(g_thread_join(reader)), ==, 1 << 20);
  close(ends[0]);
  g_assert_true(good && closed);
  g_assert_cmpuint(position, ==, 1 << 20);
}

static void test_device_full(void)
{
  if (!g_file_test("/dev/full", G_FILE_TEST_EXISTS)) {
    g_test_skip("there is no /dev/full");
    return;
  }
  g_autoptr(AverOutput) output = open_good("/dev/full");
  g_autoptr(GError) error = NULL;
  g_assert_false(aver_output_write(output, "x", 1, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_OUTPUT);
  g_assert_nonnull(strstr(error->message, "/dev/full"));
}

static void assert_refused(const char *path, const char *hint)
{
  g_autoptr(GError) error = NULL;
  g_assert_null(aver_output_new(path, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_OUTPUT);
  g_assert_nonnull(strstr(error->message, path));
  g_assert_nonnull(strstr(error->message, hint));
}

static void test_refused(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *missing = g_build_filename(fixture->folder, "none", "out", NULL);
  g_autofree char *link = g_build_filename(fixture->folder, "link", NULL);
  assert_refused(missing, "No such file");
  assert_refused(fixture->folder, "Is a directory");
  g_assert_cmpint(symlink("nowhere", link), ==, 0);
  assert_refused(link, "No such file");
  if (geteuid() != 0) {
    g_assert_true(g_file_set_contents(fixture->target, "old", -1, NULL));
    g_assert_cmpint(chmod(fixture->target, 0444), ==, 0);
    assert_refused(fixture->target, "Permission denied");
    g_assert_cmpint(chmod(fixture->target, 0644), ==, 0);
    g_assert_cmpint(chmod(fixture->folder, 0500), ==, 0);
    assert_refused(fixture->target, "Permission denied");
    g_assert_cmpint(chmod(fixture->folder, 0700), ==, 0);
  }
}

/* A file that grows long ends where it was written to, and keeps no room behind that. */
static void test_long_file(Fixture *fixture, gconstpointer data)
{
  (void) data;
  const gsize piece = 4 << 20, n = 9;
  struct stat info;
  g_autofree char *bytes = g_strnfill(piece, 'x');
  g_autoptr(AverOutput) output = aver_output_new(fixture->target, NULL);
  for (gsize i = 0; i < n; i++)
    g_assert_true(aver_output_write(output, bytes, piece, NULL));
  g_assert_true(aver_output_write(output, "end\n", 4, NULL));
  g_assert_true(aver_output_close(output, NULL));
  g_assert_cmpint(stat(fixture->target, &info), ==, 0);
  g_assert_cmpuint((gsize) info.st_size, ==, n * piece + 4);
  g_assert_cmpuint((gsize) info.st_blocks * 512, <, n * piece + (1 << 20));
  int fd = open(fixture->target, O_RDONLY | O_CLOEXEC);
  char end[5];
  g_assert_cmpint(pread(fd, end, sizeof end, (off_t) (n * piece) - 1), ==, sizeof end);
  close(fd);
  g_assert_cmpmem(end, sizeof end, "xend\n", 5);
}

#define ADD(name, function) g_test_add("/output/" name, Fixture, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("appears-when-complete", test_appears_when_complete);
  ADD("unfinished-leaves-nothing", test_unfinished_leaves_nothing);
  ADD("keeps-mode", test_keeps_mode);
  ADD("through-link", test_through_link);
  ADD("long-name", test_long_name);
  ADD("fifo-is-streamed", test_fifo_is_streamed);
  g_test_add_func("/output/short-writes", test_short_writes);
  g_test_add_func("/output/device-full", test_device_full);
  ADD("refused", test_refused);
  ADD("long-file", test_long_file);
  return g_test_run();
}
