/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the journal: what is read back, and what is refused. */
#include "journal.h"

#include "checkpoint.h"

#include <aver/aver.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
  char *folder;
  char *path;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->folder = g_dir_make_tmp("aver-journal-XXXXXX", NULL);
  fixture->path = g_build_filename(fixture->folder, AVER_JOURNAL_NAME, NULL);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_remove(fixture->path);
  g_assert_cmpint(g_rmdir(fixture->folder), ==, 0); /* and nothing else is left */
  g_free(fixture->folder);
  g_free(fixture->path);
}

static json_t *job_record(void)
{
  return json_pack("{s:s, s:s, s:s, s:s, s:[{s:s, s:s, s:s}]}", "type", "job", "id",
                   "0123456789abcdef", "command", "aver run", "folder", "/", "entries", "kind",
                   "text", "name", "the output", "value", "x");
}

static json_t *checkpoint_record(guint64 n)
{
  g_autoptr(GHashTable) positions = g_hash_table_new(g_str_hash, g_str_equal);
  g_hash_table_insert(positions, (gpointer) "stage w", (gpointer) "77");
  AverSummary summary = {.documents_in = n, .documents_out = n - 1, .documents_failed = 1};
  g_autofree char *cursor = g_strdup_printf("at %" G_GUINT64_FORMAT, n);
  return aver_checkpoint_new(AVER_JOB_RUNNING, cursor, positions, &summary, 1.5);
}

static AverJournal *start(const Fixture *fixture)
{
  g_auto(AverJournalState) state = {.job = job_record()};
  g_autoptr(GError) error = NULL;
  AverJournal *journal = aver_journal_new(fixture->folder, &state, &error);
  g_assert_no_error(error);
  return journal;
}

static void append(AverJournal *journal, json_t *record)
{
  g_autoptr(GError) error = NULL;
  g_assert_true(aver_journal_append(journal, record, &error));
  g_assert_no_error(error);
}

static void load(const Fixture *fixture, AverJournalState *state)
{
  g_autoptr(GError) error = NULL;
  g_assert_true(aver_journal_load(fixture->folder, state, &error));
  g_assert_no_error(error);
}

static void test_none(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_auto(AverJournalState) state = {0};
  load(fixture, &state);
  g_assert_null(state.job);
}

static void test_last_record_holds(Fixture *fixture, gconstpointer data)
{
  (void) data;
  AverJournal *journal = start(fixture);
  append(journal, json_pack("{s:s, s:[]}", "type", "files", "entries"));
  append(journal, checkpoint_record(64));
  append(journal, checkpoint_record(128));
  aver_journal_free(journal);
  g_auto(AverJournalState) state = {0};
  AverSummary summary = {0};
  load(fixture, &state);
  g_assert_nonnull(state.job);
  g_assert_nonnull(state.files);
  g_assert_null(state.failure);
  aver_checkpoint_get_summary(state.checkpoint, &summary);
  g_assert_cmpuint(summary.documents_in, ==, 128);
  g_assert_cmpuint(summary.documents_out, ==, 127);
  g_assert_cmpuint(summary.documents_failed, ==, 1);
  g_assert_cmpstr(aver_checkpoint_get_cursor(state.checkpoint), ==, "at 128");
  g_assert_cmpstr(aver_checkpoint_get_position(state.checkpoint, "stage w"), ==, "77");
  g_assert_null(aver_checkpoint_get_position(state.checkpoint, "stage v"));
  g_assert_cmpint(aver_checkpoint_get_state(state.checkpoint), ==, AVER_JOB_RUNNING);
}

static char *read_back(const Fixture *fixture, gsize *length)
{
  char *bytes = NULL;
  g_assert_true(g_file_get_contents(fixture->path, &bytes, length, NULL));
  return bytes;
}

static void make_three(const Fixture *fixture)
{
  AverJournal *journal = start(fixture);
  append(journal, checkpoint_record(64));
  append(journal, checkpoint_record(128));
  aver_journal_free(journal);
}

/* Wherever the file is cut off, the last whole checkpoint holds. */
static void test_cut_off_anywhere(Fixture *fixture, gconstpointer data)
{
  (void) data;
  gsize length;
  make_three(fixture);
  g_autofree char *bytes = read_back(fixture, &length);
  gsize first = (gsize) (strchr(bytes, '\n') - bytes) + 1;
  gsize second = (gsize) (strchr(bytes + first, '\n') - bytes) + 1;
  for (gsize n = 0; n <= length; n++) {
    g_auto(AverJournalState) state = {0};
    g_autoptr(GError) error = NULL;
    gboolean good = aver_journal_parse(bytes, n, &state, &error);
    g_assert_cmpint(good, ==, n >= first);
    if (!good) {
      g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
      continue;
    }
    AverSummary summary = {0};
    aver_checkpoint_get_summary(state.checkpoint, &summary);
    g_assert_cmpuint(summary.documents_in, ==, n < second ? 0 : n < length ? 64 : 128);
  }
}

/* Any byte altered: refused, or, in the last record, passed over; never believed. */
static void test_altered_anywhere(Fixture *fixture, gconstpointer data)
{
  (void) data;
  gsize length;
  make_three(fixture);
  g_autofree char *bytes = read_back(fixture, &length);
  gsize last = (gsize) (g_strrstr_len(bytes, (gssize) length - 1, "\n") - bytes) + 1;
  for (gsize i = 0; i < length; i++) {
    g_auto(AverJournalState) state = {0};
    g_autoptr(GError) error = NULL;
    bytes[i] ^= 4;
    gboolean good = aver_journal_parse(bytes, length, &state, &error);
    bytes[i] ^= 4;
    g_assert_cmpint(good, ==, i >= last - 1); /* without its end a line is one with the last */
    if (good) {
      g_assert_cmpstr(aver_checkpoint_get_cursor(state.checkpoint), ==, i < last ? NULL : "at 64");
    } else {
      g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
      g_assert_nonnull(strstr(error->message, "damaged"));
    }
  }
}

static void test_foreign(void)
{
  static const char *const foreign[] = {"", "\n", "{}\n", "hello\nworld\n",
                                        "0123456789abcdef {}\n"};
  for (guint i = 0; i < G_N_ELEMENTS(foreign); i++) {
    g_auto(AverJournalState) state = {0};
    g_autoptr(GError) error = NULL;
    g_assert_false(aver_journal_parse(foreign[i], strlen(foreign[i]), &state, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
  }
}

static void test_records_are_checked(void)
{
  static const char *const bad[] = {
      "null",
      "{}",
      "{\"type\":\"job\"}",
      "{\"type\":\"job\",\"id\":\"../../../../etc/"
      "x\",\"command\":\"\",\"folder\":\"/\",\"entries\":[]}",
      "{\"type\":\"job\",\"id\":\"0123456789abcdef\",\"command\":\"\",\"folder\":\"/"
      "\",\"entries\":["
      "1]}",
      "{\"type\":\"job\",\"id\":\"0123456789abcdef\",\"command\":\"\",\"folder\":\"a/b\","
      "\"entries\":[]}",
      "{\"type\":\"checkpoint\",\"cursor\":\"\",\"positions\":{\"a\":1},\"seconds\":1,\"state\":"
      "\"running\",\"time\":\"\"}",
      "{\"type\":\"checkpoint\",\"cursor\":\"\",\"positions\":{},\"seconds\":1,\"state\":\"lost\","
      "\"time\":\"\"}",
      "{\"type\":\"checkpoint\",\"cursor\":\"\",\"positions\":{},\"seconds\":1,\"state\":\"ended\","
      "\"time\":\"\",\"documents_in\":-1}",
      "{\"type\":\"failure\",\"message\":null,\"time\":\"\"}",
      "{\"type\":\"checkpoint\",\"cursor\":\"\",\"positions\":{},\"seconds\":1,\"state\":\"ended\","
      "\"time\":\"\",\"stages\":{}}",
      "{\"type\":\"checkpoint\",\"cursor\":\"\",\"positions\":{},\"seconds\":1,\"state\":\"ended\","
      "\"time\":\"\",\"stages\":[1]}",
      "{\"type\":\"checkpoint\",\"cursor\":\"\",\"positions\":{},\"seconds\":1,\"state\":\"ended\","
      "\"time\":\"\",\"sampling\":7}",
  };
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
    json_t *record = json_loads(bad[i], JSON_DECODE_ANY, NULL);
    g_assert_nonnull(record);
    g_assert_false(aver_checkpoint_check(record));
    json_decref(record);
  }
  json_t *good = job_record();
  g_assert_true(aver_checkpoint_check(good));
  json_decref(good);
}

/* History is dropped now and then, and what counts is kept. */
static void test_stays_short(Fixture *fixture, gconstpointer data)
{
  (void) data;
  AverJournal *journal = start(fixture);
  g_autofree char *long_message = g_strnfill(300000, 'm');
  for (guint i = 1; i <= 20; i++) {
    append(journal,
           json_pack("{s:s, s:s, s:s}", "type", "failure", "message", long_message, "time", ""));
    append(journal, checkpoint_record(i));
  }
  aver_journal_free(journal);
  struct stat info;
  g_assert_cmpint(stat(fixture->path, &info), ==, 0);
  g_assert_cmpint(info.st_size, <, 2 << 20);
  g_auto(AverJournalState) state = {0};
  load(fixture, &state);
  g_assert_cmpstr(aver_checkpoint_get_cursor(state.checkpoint), ==, "at 20");
  g_assert_nonnull(state.job);
}

#define ADD(name, function) g_test_add("/journal/" name, Fixture, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("none", test_none);
  ADD("last-record-holds", test_last_record_holds);
  ADD("cut-off-anywhere", test_cut_off_anywhere);
  ADD("altered-anywhere", test_altered_anywhere);
  g_test_add_func("/journal/foreign", test_foreign);
  g_test_add_func("/journal/records-are-checked", test_records_are_checked);
  ADD("stays-short", test_stays_short);
  return g_test_run();
}
