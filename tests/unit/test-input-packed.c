/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of input that is compressed: read as what it unpacks to, or an error. */
#include "input-fixture.h"
#include "input-private.h"
#include "packed.h"

#include <aver/aver.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINES "one\n\ntwo\nthree\n"
#define CUT   "a:0:1=one|a:5:3=two|a:9:4=three|"

static char *cut_packed(const Fixture *fixture, const GString *packed, gboolean files)
{
  put(fixture, "a", packed->str, (gssize) packed->len);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "a", NULL);
  return cut_all(fixture, input, files, ROOMY);
}

static void test_lines(Fixture *fixture, gconstpointer data)
{
  (void) data;
  for (guint i = 0; packs[i].pack != NULL; i++) {
    g_test_message("%s", packs[i].name);
    g_autoptr(GString) packed = packs[i].pack(LINES, strlen(LINES));
    g_autofree char *lines = cut_packed(fixture, packed, FALSE);
    g_assert_cmpstr(lines, ==, CUT);
    g_autofree char *files = cut_packed(fixture, packed, TRUE);
    g_assert_cmpstr(files, ==, "a:0:0=" LINES "|");
  }
}

/* One stream after another, with padding between; also when the first is empty. */
static void test_several_streams(Fixture *fixture, gconstpointer data)
{
  (void) data;
  for (guint i = 0; packs[i].pack != NULL; i++) {
    g_test_message("%s", packs[i].name);
    g_autoptr(GString) packed = packs[i].pack("", 0);
    g_autoptr(GString) first = packs[i].pack("one\n\nt", 6);
    g_autoptr(GString) second = packs[i].pack("wo\nthree\n", 9);
    g_string_append_len(packed, first->str, (gssize) first->len);
    g_string_append_len(packed, "\0\0\0\0", 4);
    g_string_append_len(packed, second->str, (gssize) second->len);
    g_string_append_len(packed, "\0\0\0\0", 4);
    g_autofree char *lines = cut_packed(fixture, packed, FALSE);
    g_assert_cmpstr(lines, ==, CUT);
  }
}

/* The lines before the damage are there, and what follows is one failure. */
static void check_bad(const Fixture *fixture, const GString *packed, gboolean whole)
{
  g_autofree char *all = cut_packed(fixture, packed, FALSE);
  if (whole)
    g_assert_cmpstr(all, ==, CUT "a:15:5!|");
  g_assert_true(g_str_has_suffix(all, "!|"));
  g_assert_true(strchr(all, '!') == strrchr(all, '!'));
  g_autofree char *file = cut_packed(fixture, packed, TRUE);
  g_assert_cmpstr(file, ==, "a:0:0!|");
}

static void test_cut_off(Fixture *fixture, gconstpointer data)
{
  (void) data;
  for (guint i = 0; packs[i].pack != NULL; i++) {
    g_autoptr(GString) packed = packs[i].pack(LINES, strlen(LINES));
    for (gsize length = packed->len - 1; length >= 12; length--) {
      g_test_message("%s, %" G_GSIZE_FORMAT " bytes of %" G_GSIZE_FORMAT, packs[i].name, length,
                     packed->len);
      g_string_truncate(packed, length);
      check_bad(fixture, packed, FALSE);
    }
  }
}

/* The last bytes are the checksum of what is unpacked, or of the index. */
static void test_bad_checks(Fixture *fixture, gconstpointer data)
{
  (void) data;
  static const gsize from_end[] = {1, 5, 0};
  for (guint i = 0; packs[i].pack != NULL; i++) {
    for (guint k = 0; from_end[k] > 0; k++) {
      g_test_message("%s, byte -%" G_GSIZE_FORMAT, packs[i].name, from_end[k]);
      g_autoptr(GString) packed = packs[i].pack(LINES, strlen(LINES));
      packed->str[packed->len - from_end[k]] ^= 0x55;
      check_bad(fixture, packed, FALSE);
    }
  }
}

#ifdef AVER_XZ
/* A small file may ask for a dictionary of gigabytes. */
static void test_xz_limits(Fixture *fixture, gconstpointer data)
{
  (void) data;
  static const struct {
    char dictionary;
    const char *expected;
  } cases[] = {{40, "its dictionary takes more than 128 MiB, the most allowed"},
               {63, "liblzma does not know this kind"}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GString) packed = pack_xz(LINES, strlen(LINES));
    char *block = packed->str + 12;
    gsize size = ((gsize) (guchar) block[0] + 1) * 4;
    g_assert_cmpint(block[4], ==, 0x21); /* LZMA2, whose one property is the size */
    block[6] = cases[i].dictionary;
    guint32 sum = GUINT32_TO_LE(lzma_crc32((const uint8_t *) block, size - 4, 0));
    memcpy(block + size - 4, &sum, sizeof sum);
    put(fixture, "a", packed->str, (gssize) packed->len);
    g_autoptr(AverInput) input = open_names(fixture, NULL, "a", NULL);
    g_autoptr(GError) error = NULL;
    AverRecord record;
    g_assert_cmpint(aver_input_cut_line(input, ROOMY, TRUE, &record, &error), ==, AVER_CUT_BAD);
    if (strstr(error->message, cases[i].expected) == NULL)
      g_test_fail_printf("'%s' is not in: %s", cases[i].expected, error->message);
  }
}
#endif

static void test_garbage_behind(Fixture *fixture, gconstpointer data)
{
  (void) data;
  for (guint i = 0; packs[i].pack != NULL; i++) {
    g_test_message("%s", packs[i].name);
    g_autoptr(GString) packed = packs[i].pack(LINES, strlen(LINES));
    g_string_append(packed, "garbage");
    check_bad(fixture, packed, TRUE);
  }
}

static void test_twice(Fixture *fixture, gconstpointer data)
{
  (void) data;
  for (guint i = 0; packs[i].pack != NULL; i++) {
    g_autoptr(GString) once = packs[i].pack(LINES, strlen(LINES));
    g_autoptr(GString) twice = packs[i].pack(once->str, once->len);
    g_autofree char *all = cut_packed(fixture, twice, FALSE);
    g_assert_cmpstr(all, ==, "a:0:0!|");
  }
}

/* What starts as packed data do, and is none: text, and next to nothing. */
static void test_no_packed_data(Fixture *fixture, gconstpointer data)
{
  (void) data;
  static const char *const texts[] = {"BZh9 is no bzip2", "PK",  "P",       "(",
                                      "\x1f\x8b",         "BZh", "\xfd\x37"};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GString) text = g_string_new(texts[i]);
    g_autofree char *all = cut_packed(fixture, text, FALSE);
    g_autofree char *expected = g_strdup_printf("a:0:1=%s|", texts[i]);
    g_assert_cmpstr(all, ==, expected);
  }
}

static void test_limits(Fixture *fixture, gconstpointer data)
{
  (void) data;
  static const AverUnpackLimits limits[] = {{100000, 0}, {0, 20}, {0, 0}};
  g_autofree char *zeros = g_malloc0(AVER_UNPACK_FREE + 4096);
  for (guint i = 0; packs[i].pack != NULL && i < 1; i++) {
    g_autoptr(GString) packed = packs[i].pack(zeros, AVER_UNPACK_FREE + 4096);
    put(fixture, "a", packed->str, (gssize) packed->len);
    for (guint k = 0; k < G_N_ELEMENTS(limits); k++) {
      AverRecord record;
      AverCut cut;
      g_autoptr(GError) error = NULL;
      g_autoptr(AverInput) input = open_names(fixture, NULL, "a", NULL);
      aver_input_set_limits(input, &limits[k]);
      guint64 left = G_MAXUINT64;
      cut = aver_input_enter(input, &record, &error);
      if (cut == AVER_CUT_RECORD)
        cut = aver_input_skip(input, &left, TRUE, &record, &error);
      g_assert_cmpint(cut, ==, k == 2 ? AVER_CUT_END : AVER_CUT_BAD);
      if (k < 2)
        g_assert_error(error, AVER_ERROR, AVER_ERROR_LIMIT);
      if (k == 2)
        g_assert_cmpuint(G_MAXUINT64 - left, ==, AVER_UNPACK_FREE + 4096);
    }
  }
}

/* Bytes that come one by one: nothing is cut before all of it is clear, and then all at once. */
static void test_waiting(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *path = g_build_filename(fixture->folder, "fifo", NULL);
  g_assert_cmpint(mkfifo(path, 0600), ==, 0);
  for (guint i = 0; packs[i].pack != NULL; i++) {
    g_autoptr(AverInput) input = open_names(fixture, NULL, "fifo", NULL);
    g_autoptr(GString) packed = packs[i].pack("one\n", 4);
    AverRecord record;
    g_assert_cmpint(aver_input_cut_line(input, ROOMY, FALSE, &record, NULL), ==, AVER_CUT_WAIT);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    gboolean had = FALSE;
    for (gsize k = 0; k < packed->len; k++) {
      g_assert_cmpint(write(fd, packed->str + k, 1), ==, 1);
      AverCut cut = aver_input_cut_line(input, ROOMY, FALSE, &record, NULL);
      g_assert_cmpint(cut, ==, cut == AVER_CUT_RECORD && !had ? AVER_CUT_RECORD : AVER_CUT_WAIT);
      had = had || cut == AVER_CUT_RECORD;
    }
    g_assert_true(had);
    close(fd);
    g_assert_cmpint(aver_input_cut_line(input, ROOMY, FALSE, &record, NULL), ==, AVER_CUT_END);
  }
}

/* Whole lines do not wait for more bytes, whatever they begin with. */
static void test_lines_do_not_wait(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *path = g_build_filename(fixture->folder, "fifo", NULL);
  g_assert_cmpint(mkfifo(path, 0600), ==, 0);
  static const char *const lines[] = {"P\n", "{}\n", "BZh9\n", "(\n", "\n{}\n"};
  for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
    g_autoptr(AverInput) input = open_names(fixture, NULL, "fifo", NULL);
    AverRecord record;
    g_assert_cmpint(aver_input_cut_line(input, ROOMY, FALSE, &record, NULL), ==, AVER_CUT_WAIT);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    g_assert_cmpint(write(fd, lines[i], strlen(lines[i])), ==, (gssize) strlen(lines[i]));
    g_assert_cmpint(aver_input_cut_line(input, ROOMY, FALSE, &record, NULL), ==, AVER_CUT_RECORD);
    close(fd);
  }
}

/* Peeking at bytes of which one does not tell yet. */
static void test_peek(Fixture *fixture, gconstpointer data)
{
  (void) data;
  if (packs[0].pack == NULL)
    return;
  g_autofree char *path = g_build_filename(fixture->folder, "fifo", NULL);
  g_assert_cmpint(mkfifo(path, 0600), ==, 0);
  g_autoptr(AverInput) input = open_names(fixture, NULL, "fifo", NULL);
  g_autoptr(GString) packed = packs[0].pack("one\n", 4);
  AverRecord record;
  g_assert_cmpint(aver_input_peek(input, 1, FALSE, &record, NULL), ==, AVER_CUT_WAIT);
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint(write(fd, packed->str, 1), ==, 1);
  g_assert_cmpint(aver_input_peek(input, 1, FALSE, &record, NULL), ==, AVER_CUT_WAIT);
  g_assert_cmpint(aver_input_peek(input, 1, FALSE, &record, NULL), ==, AVER_CUT_WAIT);
  g_assert_cmpint(write(fd, packed->str + 1, packed->len - 1), ==, (gssize) packed->len - 1);
  g_assert_cmpint(aver_input_peek(input, 4, FALSE, &record, NULL), ==, AVER_CUT_RECORD);
  g_assert_cmpmem(record.data, record.length, "one\n", 4);
  aver_input_leave(input);
  close(fd);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("packed/lines", test_lines);
  ADD("packed/several-streams", test_several_streams);
  ADD("packed/cut-off", test_cut_off);
  ADD("packed/bad-checks", test_bad_checks);
  ADD("packed/garbage-behind", test_garbage_behind);
  ADD("packed/twice", test_twice);
  ADD("packed/no-packed-data", test_no_packed_data);
  ADD("packed/limits", test_limits);
  ADD("packed/waiting", test_waiting);
  ADD("packed/lines-do-not-wait", test_lines_do_not_wait);
  ADD("packed/peek", test_peek);
#ifdef AVER_XZ
  ADD("packed/xz-limits", test_xz_limits);
#endif
  return g_test_run();
}
