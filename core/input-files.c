/* SPDX-License-Identifier: Apache-2.0 */
/* Input: the files of a walk, opened, read and closed. */
#include "display.h"
#include "input-private.h"
#include "patience.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void aver_input_close_file(AverInput *input)
{
  g_clear_pointer(&input->source, aver_source_free);
  if (input->fd >= 0 && input->archive == NULL) {
    if (!input->lent)
      close(input->fd);
    input->fd = -1;
  }
  input->begin = input->end = input->scanned = 0;
  input->open = input->skipping = input->done = FALSE;
}

void aver_input_close_archive(AverInput *input)
{
  g_clear_pointer(&input->source, aver_source_free);
  g_clear_pointer(&input->archive, aver_archive_free);
  aver_input_close_file(input);
}

static guint64 hash_name(guint64 hash, const char *name)
{
  do
    hash = (hash ^ (guchar) *name) * G_GUINT64_CONSTANT(0x100000001b3); /* FNV-1a */
  while (*name++ != '\0');
  return hash;
}

void aver_input_mark_cut(AverInput *input, gboolean file_done)
{
  gboolean within = input->archive != NULL;
  input->cut = (AverInputPosition){.files = input->n_files, .line = 1, .hash = input->hash};
  if (within || !file_done)
    input->cut.files--;
  if (within)
    input->cut.members = input->n_members - (file_done ? 0 : 1);
  if (!file_done) {
    input->cut.offset = input->offset;
    input->cut.line = input->line;
  }
}

AverCut aver_input_bad_file(AverInput *input, AverRecord *record)
{
  aver_input_fill_record(input, 0, record);
  record->line = input->offset > 0 ? input->line : 0;
  /* What comes behind would be found by a job that goes on there, which does not read up to it. */
  if (input->archive != NULL && aver_archive_is_over(input->archive))
    aver_input_close_archive(input);
  aver_input_close_file(input);
  aver_input_mark_cut(input, TRUE);
  return AVER_CUT_BAD;
}

static AverFill read_on(AverInput *input, gboolean may_block, GError **error)
{
  gsize length = 0;
  char *to = input->data + input->end;
  gsize room = input->capacity - input->end;
  AverFill got;
  /* An archive is asked for its bytes only once it need not wait for some, as it cannot stop doing
   * so. */
  if (input->archive != NULL && !input->regular && !may_block && !aver_wait_readable(input->fd, 0))
    return FILL_WAIT;
  if (input->source != NULL)
    got = input->source->read(input->source, to, room, &length, may_block, error);
  else
    got = aver_read_file(input->fd, input->regular, input->offset + (input->end - input->begin), to,
                         room, &length, may_block, error);
  input->ended = got == FILL_END;
  input->end += got == FILL_DATA ? length : 0;
  return got;
}

AverFill aver_input_fill(AverInput *input, gboolean may_block, GError **error)
{
  if (input->ended)
    return FILL_END;
  for (;;) {
    AverFill got = read_on(input, may_block, error);
    if (input->sniffed || (got != FILL_DATA && got != FILL_END))
      return got;
    got = aver_input_settle(input, got, error);
    if (got != FILL_WAIT)
      return got;
  }
}

static gboolean open_path(AverInput *input, const char *path, GError **error)
{
  struct stat info;
  /* Not blocking: a FIFO would wait for its writer here; aver_input_fill() waits instead. */
  input->lent = strcmp(path, "-") == 0;
  input->fd = input->lent ? STDIN_FILENO
                          : aver_open_patiently(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (input->fd < 0 || fstat(input->fd, &info) != 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "cannot open the file: %s", g_strerror(errno));
    return FALSE;
  }
  input->regular = S_ISREG(info.st_mode);
  input->size = (guint64) MAX(info.st_size, 0);
  input->start = input->lent && input->regular ? MAX(lseek(input->fd, 0, SEEK_CUR), 0) : 0;
  input->size -= MIN((guint64) input->start, input->size);
  return TRUE;
}

static AverWalkStep find_file(AverInput *input, const char **path, GError **error)
{
  if (input->bytes == NULL)
    return aver_walk_next(input->walk, path, error);
  *path = input->bytes_name;
  return input->n_files == 0 ? AVER_WALK_FILE : AVER_WALK_END;
}

/* Takes the next file, be it readable or not. */
static AverWalkStep take_file(AverInput *input, const char **path, GError **error)
{
  AverWalkStep step = find_file(input, path, error);
  if (step == AVER_WALK_END)
    return step;
  g_free(input->name);
  g_free(input->origin);
  input->name = aver_display_name(*path);
  input->origin = g_strdup(input->name);
  input->n_files++;
  input->n_members = 0;
  input->hash = hash_name(input->hash, *path);
  aver_input_begin(input, 0);
  return step;
}

void aver_input_begin(AverInput *input, guint32 member)
{
  input->member = member;
  input->offset = 0;
  input->line = 1;
  input->ended = input->sniffed = input->unpacked = FALSE;
}

gboolean aver_input_pass_file(AverInput *input)
{
  const char *path;
  return take_file(input, &path, NULL) != AVER_WALK_END;
}

AverCut aver_input_open_file(AverInput *input, AverRecord *record, GError **error)
{
  const char *path = NULL;
  AverWalkStep step = take_file(input, &path, error);
  if (step == AVER_WALK_END)
    return AVER_CUT_END;
  if (input->bytes != NULL) {
    input->source = aver_source_new_for_bytes(input->bytes);
    input->regular = FALSE;
    input->open = TRUE;
    return AVER_CUT_RECORD;
  }
  if (step == AVER_WALK_BAD || !open_path(input, path, error))
    return aver_input_bad_file(input, record);
  input->open = TRUE;
  if (!input->regular)
    return AVER_CUT_RECORD;
  /* The first read is made here, so that an archive's members are what there is to be cut. */
  aver_input_make_room(input, 0, 0);
  AverFill got = aver_input_fill(input, TRUE, error);
  return got == FILL_ERROR ? aver_input_bad_file(input, record) : AVER_CUT_RECORD;
}

AverCut aver_input_next_file(AverInput *input, AverRecord *record, GError **error)
{
  for (;;) {
    AverCut cut = AVER_CUT_END;
    if (input->archive != NULL)
      cut = aver_input_next_member(input, record, error);
    if (cut != AVER_CUT_END)
      return cut;
    cut = aver_input_open_file(input, record, error);
    if (cut != AVER_CUT_RECORD || input->archive == NULL)
      return cut;
  }
}
