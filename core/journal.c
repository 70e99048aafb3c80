/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A job's journal: records of one line each, appended and flushed, each sealed by a checksum.
 *
 * A line is 16 hexadecimal digits, a space and a JSON object. The digits are the start of the
 * SHA-256 of those of the line before and of the object: a line out of place is as wrong as one
 * that was altered.
 */
#include "journal.h"

#include "checkpoint.h"
#include "output-private.h"
#include "patience.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define SEAL 16

/* What the first line is sealed with; the number is the format's. */
#define START "aver-journal 1"

/* Limits that no journal of ours meets. */
#define MOST_BYTES   (64 << 20)
#define LONGEST_LINE ((gsize) 16 << 20)

/* A journal longer than this holds little but history. */
#define LONG_JOURNAL ((gsize) 1 << 20)

struct AverJournal {
  char *folder;
  int fd;
  gsize length;
  char seal[SEAL + 1];
  AverJournalState state;
};

void aver_journal_state_clear(AverJournalState *state)
{
  g_clear_pointer(&state->job, json_decref);
  g_clear_pointer(&state->files, json_decref);
  g_clear_pointer(&state->checkpoint, json_decref);
  g_clear_pointer(&state->failure, json_decref);
}

static void make_seal(char seal[SEAL + 1], const char *before, const char *text, gsize length)
{
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  g_checksum_update(sum, (const guchar *) before, (gssize) strlen(before));
  g_checksum_update(sum, (const guchar *) text, (gssize) length);
  g_strlcpy(seal, g_checksum_get_string(sum), SEAL + 1);
}

static json_t **place_of(AverJournalState *state, const json_t *record)
{
  const char *type = json_string_value(json_object_get(record, "type"));
  if (g_strcmp0(type, "job") == 0)
    return &state->job;
  if (g_strcmp0(type, "files") == 0)
    return &state->files;
  if (g_strcmp0(type, "checkpoint") == 0)
    return &state->checkpoint;
  if (g_strcmp0(type, "failure") == 0)
    return &state->failure;
  return NULL;
}

/* Takes a line without its end; FALSE when it is not what was written. */
static gboolean take_line(AverJournalState *state, char seal[SEAL + 1], const char *line,
                          gsize length)
{
  char expected[SEAL + 1];
  if (length < SEAL + 2 || length > LONGEST_LINE || line[SEAL] != ' ')
    return FALSE;
  make_seal(expected, seal, line + SEAL + 1, length - SEAL - 1);
  if (memcmp(expected, line, SEAL) != 0)
    return FALSE;
  json_t *record = json_loadb(line + SEAL + 1, length - SEAL - 1, JSON_REJECT_DUPLICATES, NULL);
  json_t **place = place_of(state, record);
  if (place == NULL || (place == &state->job) != (state->job == NULL) ||
      !aver_checkpoint_check(record)) {
    json_decref(record);
    return FALSE;
  }
  json_decref(*place);
  *place = record;
  memcpy(seal, expected, sizeof expected);
  return TRUE;
}

static gboolean refuse(GError **error, const char *why, guint line)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "its journal %s in line %u", why, line);
  return FALSE;
}

gboolean aver_journal_parse(const char *data, gsize length, AverJournalState *state, GError **error)
{
  char seal[MAX(SEAL + 1, sizeof START)] = START;
  guint n = 0;
  for (gsize at = 0; at < length;) {
    const char *end = memchr(data + at, '\n', length - at);
    gsize line = end == NULL ? length - at : (gsize) (end - data) - at;
    gboolean last = end == NULL || (gsize) (end - data) + 1 == length;
    n++;
    if (end == NULL || !take_line(state, seal, data + at, line)) {
      if (n == 1)
        return refuse(error, "is damaged or not one of a job:", n);
      return last || refuse(error, "is damaged", n);
    }
    at += line + 1;
  }
  return n > 0 || refuse(error, "is empty; expected a job", 1);
}

static gboolean refuse_file(GError **error, const char *why)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "its journal cannot be read: %s", why);
  return FALSE;
}

gboolean aver_journal_load(const char *folder, AverJournalState *state, GError **error)
{
  g_autofree char *path = g_build_filename(folder, AVER_JOURNAL_NAME, NULL);
  struct stat info;
  int fd = aver_open_patiently(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (fd < 0)
    return errno == ENOENT || refuse_file(error, g_strerror(errno));
  gboolean good = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= MOST_BYTES;
  g_autoptr(GError) cause = NULL;
  g_autoptr(GMappedFile) file = good ? g_mapped_file_new_from_fd(fd, FALSE, &cause) : NULL;
  close(fd);
  if (!good)
    return refuse_file(error, "it is no file, or longer than any that was written");
  if (file == NULL)
    return refuse_file(error, cause->message);
  return aver_journal_parse(g_mapped_file_get_contents(file), g_mapped_file_get_length(file), state,
                            error);
}

static gboolean fail(const AverJournal *journal, const char *what, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot %s the journal in '%s': %s", what,
              journal->folder, g_strerror(errno));
  return FALSE;
}

static gboolean write_record(AverJournal *journal, const json_t *record, GError **error)
{
  g_autofree char *text =
      aver_checkpoint_check(record) ? json_dumps(record, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
  if (text == NULL) { /* a record that lacks something is one for which there was no memory */
    errno = ENOMEM;
    return fail(journal, "write", error);
  }
  char seal[SEAL + 1];
  make_seal(seal, journal->length == 0 ? START : journal->seal, text, strlen(text));
  g_autofree char *line = g_strdup_printf("%s %s\n", seal, text);
  gsize length = strlen(line);
  for (gsize done = 0; done < length;) {
    ssize_t n = write(journal->fd, line + done, length - done);
    if (n < 0 && errno != EINTR)
      return fail(journal, "write", error);
    done += n < 0 ? 0 : (gsize) n;
  }
  journal->length += length;
  memcpy(journal->seal, seal, sizeof seal);
  return TRUE;
}

static gboolean flush(const AverJournal *journal, GError **error)
{
  int result;
  do
    result = fsync(journal->fd);
  while (result != 0 && errno == EINTR);
  return result == 0 || fail(journal, "flush", error);
}

static gboolean write_all(AverJournal *journal, GError **error)
{
  const json_t *const records[] = {journal->state.job, journal->state.files,
                                   journal->state.checkpoint, journal->state.failure};
  for (guint i = 0; i < G_N_ELEMENTS(records); i++)
    if (records[i] != NULL && !write_record(journal, records[i], error))
      return FALSE;
  return flush(journal, error);
}

/* Under another name until it is whole. */
static gboolean write_anew(AverJournal *journal, GError **error)
{
  g_autofree char *path = g_build_filename(journal->folder, AVER_JOURNAL_NAME, NULL);
  g_autofree char *other = g_build_filename(journal->folder, "journal-new.log", NULL);
  if (journal->fd >= 0)
    close(journal->fd);
  journal->length = 0;
  journal->fd = open(other, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (journal->fd < 0)
    return fail(journal, "write", error);
  if (!write_all(journal, error))
    return FALSE;
  return (rename(other, path) == 0 || fail(journal, "write", error)) &&
         aver_output_sync_folder(path, error);
}

AverJournal *aver_journal_new(const char *folder, const AverJournalState *state, GError **error)
{
  g_autoptr(AverJournal) journal = g_new0(AverJournal, 1);
  journal->folder = g_strdup(folder);
  journal->fd = -1;
  journal->state = (AverJournalState){json_incref(state->job), json_incref(state->files),
                                      json_incref(state->checkpoint), json_incref(state->failure)};
  return write_anew(journal, error) ? g_steal_pointer(&journal) : NULL;
}

void aver_journal_free(AverJournal *journal)
{
  if (journal == NULL)
    return;
  if (journal->fd >= 0)
    close(journal->fd);
  aver_journal_state_clear(&journal->state);
  g_free(journal->folder);
  g_free(journal);
}

gboolean aver_journal_append(AverJournal *journal, json_t *record, GError **error)
{
  json_t **place = place_of(&journal->state, record);
  g_return_val_if_fail(place != NULL && place != &journal->state.job, FALSE);
  json_decref(*place);
  *place = record;
  if (journal->fd < 0) {
    errno = EIO;
    return fail(journal, "go on with", error);
  }
  gboolean good = journal->length > LONG_JOURNAL
                      ? write_anew(journal, error)
                      : write_record(journal, record, error) && flush(journal, error);
  if (!good && journal->fd >= 0) {
    close(journal->fd);
    journal->fd = -1;
  }
  return good;
}
