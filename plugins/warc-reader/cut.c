/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting: heads are read, blocks are taken whole, and where the framing is damaged the next record
 * is looked for. */
#include "reader.h"

#include <string.h>

/* Bytes looked at at a time while records are passed over; more than two lines of ARC. */
#define WINDOW ((gsize) 256 * 1024)

/* Bytes behind a block that tell whether its length was right. */
#define BEHIND ((gsize) 32)

/* How many line ends may stand between two records. */
#define MAX_GAP ((gsize) 8)

typedef enum {
  LINE_INSIDE,   /* of one */
  LINE_START,    /* of one */
  LINE_NEW_PART, /* of one behind an empty one */
} LineState;

static gsize count_line_ends(const char *data, gsize length)
{
  gsize n = 0;
  while (n < length && (data[n] == '\r' || data[n] == '\n'))
    n++;
  return n;
}

/* Passes over what comes, up to @left bytes or where a record begins. Nothing is told of it before
 * that is done: a cursor asked for meanwhile stands before it. */
static void begin_passing(WarcReader *reader, guint64 left, GError *failure, guint64 at)
{
  aver_input_get_cursor(reader->input, reader->held);
  reader->passing = TRUE;
  reader->searching = failure != NULL && left == G_MAXUINT64;
  reader->left = left;
  reader->line = LINE_INSIDE;
  reader->pending = failure;
  reader->pending_at = at;
}

/* Says what was wrong, now that cutting can go on. */
static AverCut end_passing(WarcReader *reader, AverRecord *record, GError **error)
{
  reader->passing = FALSE;
  g_string_truncate(reader->held, 0);
  if (reader->pending == NULL)
    return AVER_CUT_RECORD;
  *record =
      (AverRecord){.data = "", .origin = record->origin, .offset = reader->pending_at, .line = 0};
  g_propagate_error(error, g_steal_pointer(&reader->pending));
  return AVER_CUT_BAD;
}

/* Whether a record begins at the start of these bytes; @enough when they tell. */
static gboolean begins_record(const char *data, gsize length, LineState state, gboolean *enough)
{
  *enough = TRUE;
  if (!g_ascii_isalpha(data[0]))
    return FALSE;
  if (data[0] == 'W' && length < 8) {
    *enough = FALSE;
    return FALSE;
  }
  if (state == LINE_NEW_PART && head_is_version(data, length))
    return TRUE;
  gsize scheme = 0, most = MIN(length, 16);
  while (scheme < most && g_ascii_isalnum(data[scheme]))
    scheme++;
  if (scheme == 16 || (scheme < most && data[scheme] != ':'))
    return FALSE;
  const char *end = memchr(data, '\n', MIN(length, HEAD_LINE_MAX));
  *enough = end != NULL || length >= HEAD_LINE_MAX;
  gsize line = end == NULL ? 0 : (gsize) (end - data);
  if (line > 0 && data[line - 1] == '\r')
    line--;
  return head_is_arc_line(data, line);
}

/* How many bytes there are before a record, or before what cannot be told yet; *@found says which.
 */
static gsize find_record(WarcReader *reader, const char *data, gsize length, gboolean last,
                         gboolean *found)
{
  gsize at = 0;
  while (at < length) {
    gboolean enough = TRUE;
    if (reader->line != LINE_INSIDE) {
      *found = begins_record(data + at, length - at, reader->line, &enough);
      if (*found || (!enough && !last))
        return at;
    }
    const char *end = memchr(data + at, '\n', length - at);
    if (end == NULL) {
      reader->line = LINE_INSIDE;
      return length;
    }
    gsize line = (gsize) (end - data) - at;
    gboolean empty = line == 0 || (line == 1 && data[at] == '\r');
    reader->line = empty && reader->line != LINE_INSIDE ? LINE_NEW_PART : LINE_START;
    at += line + 1;
  }
  return length;
}

static void complain(WarcReader *reader, const AverRecord *record, const char *what)
{
  if (reader->pending != NULL)
    return;
  reader->pending_at = record->offset;
  reader->pending = g_error_new(AVER_ERROR, AVER_ERROR_SYNTAX, "%s", what);
}

static AverCut pass_over(WarcReader *reader, gboolean may_block, AverRecord *record, GError **error)
{
  while (reader->left > 0) {
    AverCut cut = aver_input_peek(reader->input, WINDOW, may_block, record, error);
    if (cut == AVER_CUT_BAD && reader->pending != NULL)
      g_prefix_error(error, "%s; and behind it: ", reader->pending->message);
    if (cut != AVER_CUT_RECORD) {
      if (cut != AVER_CUT_WAIT) {
        g_clear_error(&reader->pending);
        end_passing(reader, record, NULL);
      }
      return cut;
    }
    if (record->length == 0) {
      if (!reader->searching)
        complain(reader, record, "the file ends inside a record");
      break;
    }
    gboolean found = FALSE;
    gsize length = (gsize) MIN((guint64) record->length, reader->left);
    gboolean last = record->length < WINDOW || length < record->length;
    guint64 n = find_record(reader, record->data, length, last, &found);
    if (found && !reader->searching)
      complain(reader, record, "another record begins before this one ends");
    reader->left = found ? 0 : reader->left == G_MAXUINT64 ? G_MAXUINT64 : reader->left - n;
    aver_input_skip(reader->input, &n, may_block, record, NULL);
  }
  return end_passing(reader, record, error);
}

/* Whether a record, or nothing, follows a block; @data is what does, @last when it is all. */
static gboolean is_followed(const char *data, gsize length, gboolean last)
{
  gsize gap = count_line_ends(data, length);
  if (gap >= 4 && memcmp(data, "\r\n\r\n", 4) == 0)
    return TRUE; /* whatever comes behind */
  data += gap;
  length -= gap;
  if (length == 0)
    return last || gap >= MAX_GAP;
  if (head_is_version(data, length))
    return TRUE;
  for (gsize i = 0; i < MIN(length, 16); i++)
    if (!g_ascii_isalnum(data[i]))
      return i > 0 && data[i] == ':';
  return FALSE;
}

static GError *new_damage(const Head *head, gsize had, gboolean ended)
{
  if (ended)
    return g_error_new(AVER_ERROR, AVER_ERROR_SYNTAX,
                       "the block is to have %" G_GUINT64_FORMAT
                       " bytes; the file ends behind %" G_GSIZE_FORMAT " of them",
                       head->length, had);
  return g_error_new(AVER_ERROR, AVER_ERROR_SYNTAX,
                     "the block is to have %" G_GUINT64_FORMAT
                     " bytes; no record begins behind them",
                     head->length);
}

/* A record longer than what is kept in memory: its block is seen as it goes by. */
static void pass_long(WarcReader *reader, const Head *head, const AverRecord *record)
{
  GError *failure = NULL;
  if (choice_takes(&reader->choice, head, record->data + head->size, record->length - head->size))
    failure = g_error_new(AVER_ERROR, AVER_ERROR_LIMIT,
                          "the record has %" G_GUINT64_FORMAT
                          " bytes; the longest record allowed has %" G_GSIZE_FORMAT,
                          head->size + head->length, reader->max_record);
  begin_passing(reader, head->size + head->length, failure, record->offset);
}

/* The record whose head is read; FALSE when it is passed over. */
static gboolean take_record(WarcReader *reader, Head *head, gboolean may_block, AverRecord *record,
                            AverCut *cut, GError **error)
{
  if (head->length > reader->max_record || head->size + head->length > reader->max_record) {
    pass_long(reader, head, record);
    return FALSE;
  }
  gsize size = head->size + (gsize) head->length;
  *cut = aver_input_peek(reader->input, size + BEHIND, may_block, record, error);
  if (*cut != AVER_CUT_RECORD)
    return TRUE;
  gboolean last = record->length < size + BEHIND;
  gboolean whole = record->length >= size;
  if (!whole || !is_followed(record->data + size, record->length - size, last)) {
    gsize had = MIN(record->length, size) - head->size;
    begin_passing(reader, G_MAXUINT64, new_damage(head, had, !whole), record->offset);
    return FALSE;
  }
  head_read(record->data, head->size, head, NULL); /* the bytes may have moved */
  gboolean wanted =
      choice_takes(&reader->choice, head, record->data + head->size, (gsize) head->length);
  aver_input_take(reader->input, size, record);
  record->line = 0;
  return wanted;
}

/* Reads the head of what comes next, looking at more of it as need be. */
static AverCut look_at_head(WarcReader *reader, gboolean may_block, AverRecord *record, Head *head,
                            HeadResult *result, GError **damage, GError **error)
{
  gsize wanted = 1024, limit = MAX(HEAD_MAX, HEAD_LINE_MAX);
  for (;;) {
    AverCut cut = aver_input_peek(reader->input, wanted, may_block, record, error);
    if (cut != AVER_CUT_RECORD || record->length == 0)
      return cut;
    *result = head_read(record->data, record->length, head, damage);
    if (*result != HEAD_SHORT)
      return cut;
    if (record->length < wanted || record->length >= limit) {
      g_set_error(damage, AVER_ERROR, AVER_ERROR_SYNTAX,
                  record->length < wanted
                      ? "the file ends inside the head of a record"
                      : "the head of the record does not end within %" G_GSIZE_FORMAT " bytes",
                  limit);
      *result = HEAD_BAD;
      return cut;
    }
    wanted = MAX(wanted, record->length) * 4;
  }
}

/* At the place where a record begins: FALSE when nothing came of it. */
static gboolean cut_record(WarcReader *reader, gboolean may_block, AverRecord *record, AverCut *cut,
                           GError **error)
{
  Head head;
  HeadResult result = HEAD_BAD;
  GError *damage = NULL;
  *cut = look_at_head(reader, may_block, record, &head, &result, &damage, error);
  if (*cut != AVER_CUT_RECORD)
    return TRUE;
  if (result == HEAD_GOOD)
    return take_record(reader, &head, may_block, record, cut, error);
  begin_passing(reader, G_MAXUINT64, damage, record->offset);
  return FALSE;
}

/* FALSE when there is something else to look at. */
static gboolean step(WarcReader *reader, gboolean may_block, AverRecord *record, AverCut *cut,
                     GError **error)
{
  if (reader->passing) {
    *cut = pass_over(reader, may_block, record, error);
    return *cut != AVER_CUT_RECORD;
  }
  *cut = aver_input_peek(reader->input, 1, may_block, record, error);
  if (*cut != AVER_CUT_RECORD)
    return TRUE;
  if (record->length == 0) {
    aver_input_leave(reader->input);
    return FALSE;
  }
  gsize gap = count_line_ends(record->data, record->length);
  if (gap > 0)
    aver_input_take(reader->input, gap, record);
  return gap == 0 && cut_record(reader, may_block, record, cut, error);
}

AverCut warc_cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  AverCut cut;
  while (!step(self, may_block, record, &cut, error))
    ;
  return cut;
}
