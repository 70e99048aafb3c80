/* SPDX-License-Identifier: Apache-2.0 */
/* Input: files one after another, read in large pieces and cut into records. */
#include "input-private.h"

#include <string.h>

/* Bytes asked for at a time, and kept when a longer record has gone. */
#define CHUNK ((gsize) 256 * 1024)

AverInput *aver_input_new(const char *const *paths, const char *pattern)
{
  AverInput *input = g_new0(AverInput, 1);
  input->n_references = 1;
  input->walk = aver_walk_new(paths, pattern);
  input->limits = (AverUnpackLimits){AVER_UNPACK_BYTES, AVER_UNPACK_RATIO};
  input->fd = -1;
  input->hash = AVER_INPUT_HASH;
  input->cut = (AverInputPosition){.line = 1, .hash = AVER_INPUT_HASH};
  return input;
}

AverInput *aver_input_new_for_bytes(const char *name, GBytes *bytes)
{
  AverInput *input = aver_input_new(NULL, NULL);
  input->bytes = g_bytes_ref(bytes);
  input->bytes_name = g_strdup(name);
  return input;
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
  aver_input_close_archive(input);
  aver_walk_free(input->walk);
  g_clear_pointer(&input->bytes, g_bytes_unref);
  g_free(input->bytes_name);
  g_free(input->name);
  g_free(input->origin);
  g_free(input->data);
  g_free(input);
}

void aver_input_set_limits(AverInput *input, const AverUnpackLimits *limits)
{
  input->limits = *limits;
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

static AverCut long_line(AverInput *input, gsize maximum, AverRecord *record, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
              "the line is longer than %" G_GSIZE_FORMAT " bytes, the longest record allowed",
              maximum);
  aver_input_fill_record(input, 0, record);
  record->offset = input->skip_offset;
  record->line = input->skip_line;
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
                         .line = input->skip_line,
                         .member = input->member};
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
    cut = aver_input_after_fill(input, got, record, error);
    if (cut != AVER_CUT_RECORD)
      return cut;
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
  if (aver_input_is_plain(input)) {
    if (input->size > input->offset && input->size - input->offset > maximum)
      return long_file(input, maximum, record, error);
    wanted = (gsize) (input->size - MIN(input->offset, input->size)) + 1;
  }
  for (;;) {
    aver_input_make_room(input, wanted, maximum + 1);
    if (input->end - input->begin > maximum)
      return long_file(input, maximum, record, error);
    AverFill got = aver_input_fill(input, may_block, error);
    cut = aver_input_after_fill(input, got, record, error);
    if (cut != AVER_CUT_RECORD)
      return cut;
    if (got == FILL_END)
      break;
  }
  aver_input_fill_record(input, input->end - input->begin, record);
  record->line = 0;
  aver_input_mark_cut(input, TRUE);
  input->done = TRUE;
  return AVER_CUT_RECORD;
}
