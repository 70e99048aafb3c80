/* SPDX-License-Identifier: Apache-2.0 */
/* Input for readers whose records are neither lines nor files: bytes to look at, and to take. */
#include "input-private.h"

#include <aver/document.h>
#include <string.h>

/* Bytes that there is room for behind those wanted, at least. */
#define AHEAD ((gsize) 64 * 1024)

static void close_done(AverInput *input)
{
  if (input->open && input->done)
    aver_input_close_file(input);
}

void aver_input_fill_record(const AverInput *input, gsize length, AverRecord *record)
{
  *record = (AverRecord){.data = length > 0 ? input->data + input->begin : "",
                         .length = length,
                         .origin = input->origin,
                         .offset = input->offset,
                         .line = input->line,
                         .member = input->member};
}

AverCut aver_input_go_on(AverInput *input, AverRecord *record, GError **error)
{
  for (;;) {
    AverCut cut = AVER_CUT_RECORD;
    close_done(input);
    if (!input->open)
      cut = input->confined ? AVER_CUT_END : aver_input_next_file(input, record, error);
    if (cut != AVER_CUT_RECORD)
      return cut;
    cut = aver_input_share_begin(input, error);
    if (cut != AVER_CUT_END)
      return cut;
  }
}

AverCut aver_input_enter(AverInput *input, AverRecord *record, GError **error)
{
  g_return_val_if_fail(input != NULL && record != NULL, AVER_CUT_FATAL);
  close_done(input);
  AverCut cut = input->open ? AVER_CUT_RECORD : aver_input_next_file(input, record, error);
  if (cut == AVER_CUT_RECORD)
    aver_input_fill_record(input, 0, record);
  return cut;
}

/* Room for what is wanted, and half as much again: who looks at ever more is not to read it byte by
 * byte. */
static void make_room(AverInput *input, gsize wanted)
{
  gsize room = wanted + MAX((input->end - input->begin) / 2, AHEAD);
  aver_input_make_room(input, room, room);
}

AverCut aver_input_peek(AverInput *input, gsize wanted, gboolean may_block, AverRecord *record,
                        GError **error)
{
  g_return_val_if_fail(input != NULL && record != NULL, AVER_CUT_FATAL);
  AverCut cut = aver_input_go_on(input, record, error);
  if (cut != AVER_CUT_RECORD)
    return cut;
  while ((input->end - input->begin < wanted || !input->sniffed) && !input->ended) {
    if (input->end == input->capacity || input->capacity - input->begin < wanted)
      make_room(input, wanted);
    AverFill got = aver_input_fill(input, may_block, error);
    cut = aver_input_after_fill(input, got, record, error);
    if (cut != AVER_CUT_RECORD)
      return cut;
  }
  gsize length = input->end - input->begin;
  aver_input_fill_record(input, length, record);
  return AVER_CUT_RECORD;
}

guint64 aver_input_count_lines(const char *data, gsize length)
{
  guint64 n = 0;
  const char *end = data + length;
  while ((data = memchr(data, '\n', (gsize) (end - data))) != NULL) {
    data++;
    n++;
  }
  return n;
}

/* Bytes at hand go by. */
static void pass(AverInput *input, gsize length)
{
  input->begin += length;
  input->scanned = input->begin;
  input->offset += length;
  aver_input_mark_cut(input, FALSE);
}

void aver_input_take(AverInput *input, gsize length, AverRecord *record)
{
  g_return_if_fail(input != NULL && record != NULL && input->open);
  g_return_if_fail(length <= input->end - input->begin);
  aver_input_fill_record(input, length, record);
  input->line += aver_input_count_lines(record->data, length);
  pass(input, length);
}

AverCut aver_input_skip(AverInput *input, guint64 *left, gboolean may_block, AverRecord *record,
                        GError **error)
{
  g_return_val_if_fail(input != NULL && left != NULL && input->open, AVER_CUT_FATAL);
  while (*left > 0) {
    AverCut cut = aver_input_peek(input, 1, may_block, record, error);
    if (cut != AVER_CUT_RECORD)
      return cut;
    if (record->length == 0)
      return AVER_CUT_END;
    gsize length = (gsize) MIN((guint64) record->length, *left);
    pass(input, length);
    *left -= length;
  }
  return AVER_CUT_RECORD;
}

void aver_input_leave(AverInput *input)
{
  g_return_if_fail(input != NULL && input->open);
  aver_input_close_file(input);
  aver_input_mark_cut(input, TRUE);
}

void aver_record_set_provenance(const AverRecord *record, AverDocument *document)
{
  g_return_if_fail(record != NULL && document != NULL);
  const gsize n = strlen(AVER_INPUT_MEMBER);
  aver_document_set_id(document, record->origin, -1);
  if (record->member <= n) {
    aver_document_set_metadata(document, "source", record->origin, FALSE);
    return;
  }
  char *file = aver_document_alloc(document, record->member);
  memcpy(file, record->origin, record->member - n);
  file[record->member - n] = '\0';
  aver_document_set_metadata(document, "source", file, FALSE);
  aver_document_set_metadata(document, "member", record->origin + record->member, FALSE);
}
