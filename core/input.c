/* SPDX-License-Identifier: Apache-2.0 */
/* Input: files one after another, read in large pieces and cut into records. */
#include "display.h"
#include "input-private.h"
#include "patience.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes asked for at a time, and kept when a longer record has gone. */
#define CHUNK ((gsize) 256 * 1024)

/* Milliseconds to wait for input before the host is asked whether to go on. */
#define PATIENCE 250

AverInput *aver_input_new(const char *const *paths, const char *pattern)
{
  AverInput *input = g_new0(AverInput, 1);
  input->n_references = 1;
  input->walk = aver_walk_new(paths, pattern);
  input->fd = -1;
  input->hash = AVER_INPUT_HASH;
  input->cut = (AverInputPosition){.line = 1, .hash = AVER_INPUT_HASH};
  return input;
}

void aver_input_close_file(AverInput *input)
{
  if (input->fd >= 0 && !input->lent)
    close(input->fd);
  input->fd = -1;
  input->begin = input->end = input->scanned = 0;
  input->skipping = input->done = FALSE;
}

AverInput *aver_input_ref(AverInput *input)
{
  g_return_val_if_fail(input != NULL, NULL);
  input->n_references++;
  return input;
}

void aver_input_free(AverInput *input)
{
  if (input == NULL || --input->n_references > 0)
    return;
  aver_input_close_file(input);
  aver_walk_free(input->walk);
  g_free(input->origin);
  g_free(input->data);
  g_free(input);
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
  input->cut = (AverInputPosition){.files = input->n_files, .line = 1, .hash = input->hash};
  if (!file_done) {
    input->cut.files--;
    input->cut.offset = input->offset;
    input->cut.line = input->line;
  }
}

AverCut aver_input_bad_file(AverInput *input, AverRecord *record)
{
  *record = (AverRecord){.data = "",
                         .origin = input->origin,
                         .offset = input->offset,
                         .line = input->offset > 0 ? input->line : 0};
  aver_input_close_file(input);
  aver_input_mark_cut(input, TRUE);
  return AVER_CUT_BAD;
}

static gboolean open_file(AverInput *input, const char *path, GError **error)
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
  off_t start = input->lent && input->regular ? lseek(input->fd, 0, SEEK_CUR) : 0;
  input->size -= MIN((guint64) MAX(start, 0), input->size);
  return TRUE;
}

AverCut aver_input_next_file(AverInput *input, AverRecord *record, GError **error)
{
  const char *path = NULL;
  AverWalkStep step = aver_walk_next(input->walk, &path, error);
  if (step == AVER_WALK_END)
    return AVER_CUT_END;
  g_free(input->origin);
  input->origin = aver_display_name(path);
  input->n_files++;
  input->hash = hash_name(input->hash, path);
  input->offset = 0;
  input->line = 1;
  input->ended = FALSE;
  if (step == AVER_WALK_BAD || !open_file(input, path, error))
    return aver_input_bad_file(input, record);
  return AVER_CUT_RECORD;
}

gboolean aver_input_make_room(AverInput *input, gsize wanted, gsize limit)
{
  gsize live = input->end - input->begin;
  gsize bound = MAX(CHUNK, limit);
  if (input->begin > 0 && live > 0)
    memmove(input->data, input->data + input->begin, live);
  input->scanned -= MIN(input->begin, input->scanned);
  input->begin = 0;
  input->end = live;
  if (live >= bound)
    return FALSE;
  gsize capacity = input->capacity;
  if (capacity < CHUNK || (live < CHUNK / 2 && wanted <= CHUNK))
    capacity = CHUNK;
  if (wanted <= live && capacity - live < CHUNK / 4)
    capacity *= 2;
  capacity = MIN(MAX(capacity, wanted), bound);
  if (capacity != input->capacity)
    input->data = g_realloc(input->data, capacity);
  input->capacity = capacity;
  return TRUE;
}

static gboolean wait_readable(AverInput *input, int milliseconds)
{
  struct pollfd wanted = {.fd = input->fd, .events = POLLIN};
  return poll(&wanted, 1, milliseconds) > 0;
}

AverFill aver_input_fill(AverInput *input, gboolean may_block, GError **error)
{
  ssize_t n;
  guint tries = 0;
  if (input->ended)
    return FILL_END;
  do {
    if (!input->regular && !wait_readable(input, may_block ? PATIENCE : 0))
      return FILL_WAIT;
    n = read(input->fd, input->data + input->end, input->capacity - input->end);
  } while (n < 0 && (errno == EINTR || aver_may_pass(errno, &tries)));
  if (n < 0 && errno == EAGAIN)
    return FILL_WAIT;
  if (n < 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                "cannot read the file behind byte %" G_GUINT64_FORMAT ": %s",
                input->offset + (input->end - input->begin), g_strerror(errno));
    return FILL_ERROR;
  }
  input->ended = n == 0;
  input->end += (gsize) n;
  return n == 0 ? FILL_END : FILL_DATA;
}

static AverCut long_line(AverInput *input, gsize maximum, AverRecord *record, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
              "the line is longer than %" G_GSIZE_FORMAT " bytes, the longest record allowed",
              maximum);
  *record = (AverRecord){
      .data = "", .origin = input->origin, .offset = input->skip_offset, .line = input->skip_line};
  input->skipping = FALSE;
  aver_input_mark_cut(input, FALSE);
  return AVER_CUT_BAD;
}

/* Takes the line of @length bytes, of which the last @n_end may be its end. AVER_CUT_WAIT stands
 * for an empty one. */
static AverCut take_line(AverInput *input, gsize length, gboolean ended, gsize maximum,
                         AverRecord *record, GError **error)
{
  const char *data = input->data + input->begin;
  gsize content = length - (ended ? 1 : 0);
  if (content > 0 && data[content - 1] == '\r')
    content--;
  if (!input->skipping) {
    input->skip_offset = input->offset;
    input->skip_line = input->line;
  }
  input->begin += length;
  input->scanned = input->begin;
  input->offset += length;
  input->line += ended ? 1 : 0;
  if (input->skipping || content > maximum)
    return long_line(input, maximum, record, error);
  if (content == 0)
    return AVER_CUT_WAIT;
  *record = (AverRecord){.data = data,
                         .length = content,
                         .origin = input->origin,
                         .offset = input->skip_offset,
                         .line = input->skip_line};
  aver_input_mark_cut(input, FALSE);
  return AVER_CUT_RECORD;
}

/* No line ends in the bytes at hand: keeps them if they may be part of a record, and reads on. */
static AverFill read_on(AverInput *input, gsize maximum, gboolean may_block, GError **error)
{
  if (input->skipping) {
    input->offset += input->end - input->begin;
    input->begin = input->end;
  }
  input->scanned = input->end;
  if (!aver_input_make_room(input, 0, MIN(maximum, G_MAXSIZE / 4) + 2)) {
    input->skipping = TRUE;
    input->skip_offset = input->offset;
    input->skip_line = input->line;
    return read_on(input, maximum, may_block, error);
  }
  return aver_input_fill(input, may_block, error);
}

AverCut aver_input_cut_line(AverInput *input, gsize maximum, gboolean may_block, AverRecord *record,
                            GError **error)
{
  g_return_val_if_fail(input != NULL && record != NULL, AVER_CUT_FATAL);
  for (;;) {
    AverCut cut = aver_input_go_on(input, record, error);
    if (cut != AVER_CUT_RECORD)
      return cut;
    gsize unscanned = input->end - input->scanned;
    const char *end = unscanned > 0 ? memchr(input->data + input->scanned, '\n', unscanned) : NULL;
    if (end != NULL) {
      gsize length = (gsize) (end - input->data) + 1 - input->begin;
      cut = take_line(input, length, TRUE, maximum, record, error);
      if (cut != AVER_CUT_WAIT)
        return cut;
      continue;
    }
    AverFill got = read_on(input, maximum, may_block, error);
    if (got == FILL_WAIT)
      return AVER_CUT_WAIT;
    if (got == FILL_ERROR)
      return aver_input_bad_file(input, record);
    if (got == FILL_END) {
      gboolean rest = input->end > input->begin || input->skipping;
      cut = rest ? take_line(input, input->end - input->begin, FALSE, maximum, record, error)
                 : AVER_CUT_WAIT;
      if (cut != AVER_CUT_WAIT)
        return cut;
      aver_input_close_file(input);
    }
  }
}

static AverCut long_file(AverInput *input, gsize maximum, AverRecord *record, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
              "the file is longer than %" G_GSIZE_FORMAT " bytes, the longest record allowed",
              maximum);
  return aver_input_bad_file(input, record);
}

AverCut aver_input_cut_file(AverInput *input, gsize maximum, gboolean may_block, AverRecord *record,
                            GError **error)
{
  g_return_val_if_fail(input != NULL && record != NULL, AVER_CUT_FATAL);
  maximum = MIN(maximum, G_MAXSIZE / 4);
  AverCut cut = aver_input_go_on(input, record, error);
  if (cut != AVER_CUT_RECORD)
    return cut;
  gsize wanted = 0;
  if (input->regular) {
    if (input->size > input->offset && input->size - input->offset > maximum)
      return long_file(input, maximum, record, error);
    wanted = (gsize) (input->size - MIN(input->offset, input->size)) + 1;
  }
  for (;;) {
    aver_input_make_room(input, wanted, maximum + 1);
    if (input->end - input->begin > maximum)
      return long_file(input, maximum, record, error);
    AverFill got = aver_input_fill(input, may_block, error);
    if (got == FILL_WAIT)
      return AVER_CUT_WAIT;
    if (got == FILL_ERROR)
      return aver_input_bad_file(input, record);
    if (got == FILL_END)
      break;
  }
  aver_input_fill_record(input, input->end - input->begin, record);
  record->line = 0;
  aver_input_mark_cut(input, TRUE);
  input->done = TRUE;
  return AVER_CUT_RECORD;
}
