/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of input that is an archive: its members are files, those that can be read. */
#include "input-fixture.h"
#include "input-private.h"
#include "packed.h"

#include <aver/aver.h>

static GString *make_tar(void)
{
  GString *tar = g_string_new(NULL);
  tar_add(tar, "./", '5', "", 0);
  tar_add(tar, "./a.txt", '0', "one\ntwo\n", 8);
  tar_add(tar, "sub/b.html", '0', "no\n", 3);
  tar_add(tar, "sub/.hidden.txt", '0', "no\n", 3);
  tar_add(tar, "sub/c\xff.txt", '0', "three", 5);
  tar_add(tar, "empty.txt", '0', "", 0);
  tar_add(tar, "a.txt", '0', "four\n", 5);
  tar_end(tar);
  return tar;
}

#define MEMBERS "a.txt:0:1=one|t!/a.txt:4:2=two|t!/sub/c\\xff.txt:0:1=three|t!/a.txt:0:1=four|"
#define FILES                                                                                      \
  "t!/a.txt:0:0=one\ntwo\n|t!/sub/c\\xff.txt:0:0=three|t!/empty.txt:0:0=|t!/a.txt:0:0=four\n|"

static char *cut_archive(const Fixture *fixture, const GString *bytes, gboolean files)
{
  put(fixture, "t", bytes->str, (gssize) bytes->len);
  g_autoptr(AverInput) input = open_names(fixture, "*.txt", "t", NULL);
  return cut_all(fixture, input, files, ROOMY);
}

static void test_tar(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GString) tar = make_tar();
  g_autofree char *files = cut_archive(fixture, tar, TRUE);
  g_assert_cmpstr(files, ==, FILES);
  g_autofree char *lines = cut_archive(fixture, tar, FALSE);
  g_assert_cmpstr(lines, ==, "t!/" MEMBERS);
  for (guint i = 0; packs[i].pack != NULL; i++) {
    g_autoptr(GString) packed = packs[i].pack(tar->str, tar->len);
    g_autofree char *again = cut_archive(fixture, packed, TRUE);
    g_assert_cmpstr(again, ==, FILES);
  }
}

/* One archive behind another is read; one without an end mark is cut off. */
static void test_tar_ends(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GString) tar = make_tar();
  g_autoptr(GString) twice = g_string_new_len(tar->str, (gssize) tar->len);
  g_string_append_len(twice, tar->str, (gssize) tar->len);
  g_autofree char *all = cut_archive(fixture, twice, TRUE);
  g_assert_cmpstr(all, ==, FILES FILES);
  for (gsize length = 512; length < tar->len - 1024; length += 256) {
    g_autoptr(GString) cut = g_string_new_len(tar->str, (gssize) length);
    g_autofree char *some = cut_archive(fixture, cut, TRUE);
    g_test_message("%" G_GSIZE_FORMAT ": %s", length, some);
    g_assert_true(g_str_has_suffix(some, "!|"));
  }
}

static void test_members_not_read(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GString) tar = g_string_new(NULL);
  tar_add(tar, "/abs.txt", '0', "x", 1);
  tar_add(tar, "a/../../up.txt", '0', "x", 1);
  tar_add(tar, "soft.txt", '2', "", 0);
  tar_add(tar, "hard.txt", '1', "", 0);
  tar_add(tar, "device", '3', "", 0);
  tar_add(tar, "in.zip", '0', "x", 1);
  tar_add(tar, "a..b.txt", '0', "yes", 3);
  tar_end(tar);
  g_autofree char *all = cut_archive(fixture, tar, TRUE);
  g_assert_cmpstr(all, ==,
                  "t!//abs.txt:0:0!|t!/a/../../up.txt:0:0!|t!/soft.txt:0:0!|t!/hard.txt:0:0!|"
                  "t!/device:0:0!|t!/in.zip:0:0!|t!/a..b.txt:0:0=yes|");
}

static void test_zip(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GString) bytes = g_string_new(NULL);
  g_autoptr(GString) index = g_string_new(NULL);
  Zip zip = {bytes, index, 0};
  zip_add(&zip, "a.txt", 0, "one\n", 4, 0);
  zip_add(&zip, "a.txt", 0, "two\n", 4, 0);
  zip_add(&zip, "bad.txt", 0, "three\n", 6, 1);
  zip_add(&zip, "locked.txt", 1, "0123456789abcdef", 16, 0);
  zip_add(&zip, "b.txt", 0, "four\n", 5, 0);
  zip_end(&zip);
  g_autofree char *all = cut_archive(fixture, bytes, TRUE);
  g_assert_cmpstr(all, ==,
                  "t!/a.txt:0:0=one\n|t!/a.txt:0:0=two\n|t!/bad.txt:0:0!|t!/locked.txt:0:0!|"
                  "t!/b.txt:0:0=four\n|");
  g_string_truncate(bytes, 60);
  g_autofree char *cut = cut_archive(fixture, bytes, TRUE);
  g_assert_cmpstr(cut, ==, "t!/a.txt:0:0=one\n|t:0:0!|");
}

/* Compressed members, and archives found in folders. */
static void test_folder(Fixture *fixture, gconstpointer data)
{
  (void) data;
  if (packs[0].pack == NULL)
    return;
  g_autoptr(GString) packed = packs[0].pack("one\n", 4);
  g_autoptr(GString) tar = g_string_new(NULL);
  tar_add(tar, "m.txt.gz", '0', packed->str, packed->len);
  tar_add(tar, "m.html.gz", '0', packed->str, packed->len);
  tar_end(tar);
  put(fixture, "in/a.TXT.gz", packed->str, (gssize) packed->len);
  put(fixture, "in/b.txt.gz", packed->str, (gssize) packed->len);
  put(fixture, "in/c.tar", tar->str, (gssize) tar->len);
  put(fixture, "in/d.zip", "no archive", -1);
  put(fixture, "in/e.html.gz", packed->str, (gssize) packed->len);
  g_autoptr(AverInput) input = open_names(fixture, "*.txt", "in", NULL);
  g_autofree char *all = cut_all(fixture, input, TRUE, ROOMY);
  g_assert_cmpstr(all, ==, "in/b.txt.gz:0:0=one\n|in/c.tar!/m.txt.gz:0:0=one\n|in/d.zip:0:0!|");
}

static void test_provenance(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GString) tar = make_tar();
  put(fixture, "t", tar->str, (gssize) tar->len);
  g_autoptr(AverInput) input = open_names(fixture, "*.txt", "t", NULL);
  g_autoptr(AverDocument) document = aver_document_new();
  AverRecord record;
  g_assert_cmpint(aver_input_cut_line(input, ROOMY, TRUE, &record, NULL), ==, AVER_CUT_RECORD);
  g_assert_cmpstr(record.origin + record.member, ==, "a.txt");
  aver_record_set_provenance(&record, document);
  g_assert_cmpstr(aver_document_get_metadata(document, "member"), ==, "a.txt");
  g_assert_true(g_str_has_suffix(aver_document_get_metadata(document, "source"), "/t"));
}

/* From behind each record, all that comes after it is there, and nothing twice. */
static void check_cursors(const Fixture *fixture, gboolean files)
{
  g_autoptr(AverInput) first = open_names(fixture, "*.txt", "p", "t", "t", NULL);
  for (;;) {
    AverRecord record;
    AverInputPosition position = first->cut;
    g_autoptr(GError) ignored = NULL, error = NULL;
    g_autoptr(GString) cursor = g_string_new(NULL);
    aver_input_get_cursor(first, cursor);
    g_autoptr(AverInput) second = open_names(fixture, "*.txt", "p", "t", "t", NULL);
    aver_input_seek(second, cursor->str, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(second->cut.members, ==, position.members);
    g_autofree char *rest = cut_all(fixture, second, files, ROOMY);
    g_autoptr(AverInput) whole = open_names(fixture, "*.txt", "p", "t", "t", NULL);
    g_autofree char *all = cut_all(fixture, whole, files, ROOMY);
    g_assert_true(g_str_has_suffix(all, rest));
    AverCut cut = files ? aver_input_cut_file(first, ROOMY, TRUE, &record, &ignored)
                        : aver_input_cut_line(first, ROOMY, TRUE, &record, &ignored);
    if (cut == AVER_CUT_END) {
      g_assert_cmpstr(rest, ==, "");
      return;
    }
    g_assert_cmpstr(rest, !=, "");
  }
}

static void test_cursors(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GString) tar = make_tar();
  tar_add(tar, "behind", '3', "", 0);
  for (guint i = 0; packs[i].pack != NULL; i++) {
    g_autoptr(GString) lines = packs[i].pack("1\n2\n3\n", 6);
    g_autoptr(GString) packed = packs[i].pack(tar->str, tar->len);
    put(fixture, "p", lines->str, (gssize) lines->len);
    put(fixture, "t", i == 0 ? tar->str : packed->str, (gssize) (i == 0 ? tar->len : packed->len));
    check_cursors(fixture, FALSE);
    check_cursors(fixture, TRUE);
  }
}

/* An archive that is not what it was is not gone on with. */
static void test_cursors_refused(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GString) tar = g_string_new(NULL);
  tar_add(tar, "a.txt", '0', "one\n", 4);
  tar_add(tar, "b.txt", '0', "two\nthree\nfour\n", 15);
  tar_end(tar);
  put(fixture, "t", tar->str, (gssize) tar->len);
  g_autoptr(AverInput) first = open_names(fixture, "*.txt", "t", NULL);
  g_autoptr(GString) cursor = g_string_new(NULL);
  AverRecord record;
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint(aver_input_cut_line(first, ROOMY, TRUE, &record, NULL), ==, AVER_CUT_RECORD);
  aver_input_get_cursor(first, cursor);
  const struct {
    const char *names[3], *text, *expected;
  } cases[] = {
      {{NULL},
       "one\ntwo\nthree\nfour\nfive\n",
       "'FOLDER/t' is not what it was: an archive of more"},
      {{NULL}, "", "'FOLDER/t' is not what it was: an archive of more than 1 members"},
      {{"c.html", NULL}, "two\n", "is shorter than it was: it ends before byte 10"},
      {{"a.txt", "b.txt", NULL},
       "two\n",
       "'FOLDER/t!/b.txt' is shorter than it was: it ends before byte 10"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GString) other = g_string_new(NULL);
    for (guint k = 0; cases[i].names[k] != NULL; k++)
      tar_add(other, cases[i].names[k], '0', cases[i].text, strlen(cases[i].text));
    if (cases[i].names[0] != NULL)
      tar_end(other);
    else
      g_string_assign(other, cases[i].text);
    put(fixture, "t", other->str, (gssize) other->len);
    g_autoptr(AverInput) second = open_names(fixture, "*.txt", "t", NULL);
    g_autoptr(GError) error = NULL;
    g_assert_false(aver_input_seek(second, cursor->str, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_INPUT);
    g_autoptr(GString) expected = g_string_new(cases[i].expected);
    g_string_replace(expected, "FOLDER", fixture->folder, 0);
    if (strstr(error->message, expected->str) == NULL)
      g_test_fail_printf("'%s' is not in: %s", expected->str, error->message);
  }
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
#ifdef AVER_LIBARCHIVE
  ADD("archive/tar", test_tar);
  ADD("archive/tar-ends", test_tar_ends);
  ADD("archive/members-not-read", test_members_not_read);
  ADD("archive/zip", test_zip);
  ADD("archive/folder", test_folder);
  ADD("archive/provenance", test_provenance);
  ADD("archive/cursors", test_cursors);
  ADD("archive/cursors-refused", test_cursors_refused);
#else
  (void) make_tar;
#endif
  return g_test_run();
}
