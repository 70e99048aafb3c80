/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting: records end at line ends outside quotation marks. What decoding a record takes, the
 * delimiter and the header, stands before it, so that a record can be decoded anywhere. */
#include "reader.h"

#include <string.h>

/* Bytes a header may have before records are asked whether they can have as many fields: it is
 * copied before each. */
#define SMALL_HEADER ((gsize) 4096)

gboolean csv_set_header(CsvReader *reader, char delimiter, const char *header, gsize length,
                        GError **error)
{
  Columns columns;
  gboolean good = columns_read(&columns, &reader->wanted, header, length, delimiter, error);
  reader->n_columns = columns.n;
  columns_clear(&columns);
  reader->record.length = 0;
  aver_buffer_append_char(&reader->record, delimiter);
  aver_buffer_append(&reader->record, header, length);
  aver_buffer_append_char(&reader->record, '\n');
  reader->head = reader->record.length;
  reader->headed = good;
  return good;
}

static gsize without_line_end(const char *data, gsize length)
{
  if (length > 0 && data[length - 1] == '\n')
    length--;
  if (length > 0 && data[length - 1] == '\r')
    length--;
  return length;
}

/* A file that cannot be read further is closed by then. */
static AverCut peek(CsvReader *reader, gsize wanted, gboolean may_block, AverRecord *record,
                    GError **error)
{
  AverCut cut = aver_input_peek(reader->input, wanted, may_block, record, error);
  if (cut != AVER_CUT_RECORD && cut != AVER_CUT_WAIT) {
    reader->headed = FALSE;
    reader->scan = (RecordScan){0};
  }
  return cut;
}

/* Has done with the open file: the next one has a header of its own. */
static void leave(CsvReader *reader)
{
  aver_input_leave(reader->input);
  reader->headed = FALSE;
  reader->scan = (RecordScan){0};
}

static AverCut refuse_file(CsvReader *reader, AverRecord *record, GError *failure, GError **error)
{
  g_propagate_error(error, failure);
  *record = (AverRecord){.data = "", .origin = record->origin, .line = 1};
  leave(reader);
  return AVER_CUT_BAD;
}

static gsize count_leading(const AverRecord *record)
{
  const char *data = record->data;
  if (record->length >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0)
    return 3;
  gsize n = 0;
  while (n < record->length && (data[n] == '\r' || data[n] == '\n'))
    n++;
  return n;
}

/* Looks at a file's first record: the bytes it takes, and what separates its fields. 0 of them when
 * it does not end. */
static AverCut look_at_first(CsvReader *reader, gboolean may_block, AverRecord *record,
                             char *delimiter, gsize *end, GError **error)
{
  for (gsize wanted = 4096;; wanted = MAX(wanted, record->length) * 2) {
    AverCut cut = peek(reader, wanted, may_block, record, error);
    if (cut != AVER_CUT_RECORD)
      return cut;
    RecordScan scan = {0};
    gboolean ended = record->length < wanted;
    gsize length = MIN(record->length, HEADER_MAX);
    gboolean last = ended || length == HEADER_MAX;
    *delimiter =
        reader->delimiter != 0 ? reader->delimiter : delimiter_guess(record->data, length, last);
    if (*delimiter != 0 && record_scan(&scan, record->data, length, *delimiter, end))
      return cut;
    *end = ended && record->length <= HEADER_MAX ? record->length : 0;
    if (last)
      return cut;
  }
}

/* A file's first record: what separates its fields, and the header if there is one. */
static AverCut take_header(CsvReader *reader, gboolean may_block, AverRecord *record,
                           GError **error)
{
  gsize end = 0;
  char delimiter = reader->delimiter;
  GError *failure = NULL;
  gsize leading = count_leading(record);
  if (leading > 0) {
    aver_input_take(reader->input, leading, record);
    return AVER_CUT_RECORD;
  }
  if (reader->wanted.header || delimiter == 0) {
    AverCut cut = look_at_first(reader, may_block, record, &delimiter, &end, error);
    if (cut != AVER_CUT_RECORD)
      return cut;
  }
  if (!reader->wanted.header)
    end = 0;
  else if (end == 0)
    failure = g_error_new(AVER_ERROR, AVER_ERROR_LIMIT,
                          "the header does not end within %" G_GSIZE_FORMAT " bytes", HEADER_MAX);
  if (failure != NULL || !csv_set_header(reader, delimiter, record->data,
                                         without_line_end(record->data, end), &failure))
    return refuse_file(reader, record, failure, error);
  if (end > 0)
    aver_input_take(reader->input, end, record);
  return AVER_CUT_RECORD;
}

static void take(CsvReader *reader, gsize length, AverRecord *record)
{
  aver_input_take(reader->input, length, record);
  reader->scan = (RecordScan){0};
}

/* A quoted field that does not end: reading goes on in the line behind the one it begins in. That
 * is not quadratic: behind an open mark there are but doubled ones, which open nothing that they do
 * not close. */
static AverCut refuse_unclosed(CsvReader *reader, AverRecord *record, GError **error)
{
  gsize length = MIN(record->length, reader->max_record), opened = reader->scan.opened;
  const char *newline = memchr(record->data + opened, '\n', length - opened);
  const char *p = record->data, *mark = p + opened;
  guint64 line = record->line;
  while ((p = memchr(p, '\n', (gsize) (mark - p))) != NULL) {
    line++;
    p++;
  }
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
              "the quotation mark at byte %" G_GUINT64_FORMAT " (line %" G_GUINT64_FORMAT
              ") is not closed within %" G_GSIZE_FORMAT " bytes; reading goes on in the next line",
              record->offset + opened, line, length - opened);
  take(reader, newline == NULL ? length : (gsize) (newline - record->data) + 1, record);
  record->length = 0;
  record->data = "";
  return AVER_CUT_BAD;
}

/* A line that is too long goes by; a cursor asked for meanwhile stands before it. */
static void begin_passing(CsvReader *reader, const AverRecord *record)
{
  aver_input_get_cursor(reader->input, reader->held);
  reader->passing = TRUE;
  reader->passing_offset = record->offset;
  reader->passing_line = record->line;
}

static AverCut pass_line(CsvReader *reader, gboolean may_block, AverRecord *record, GError **error)
{
  gboolean ended = FALSE;
  while (!ended) {
    AverCut cut = peek(reader, 1, may_block, record, error);
    if (cut == AVER_CUT_WAIT)
      return cut;
    if (cut != AVER_CUT_RECORD) {
      reader->passing = FALSE;
      g_string_truncate(reader->held, 0);
      return cut;
    }
    const char *newline = record->length > 0 ? memchr(record->data, '\n', record->length) : NULL;
    ended = newline != NULL || record->length == 0;
    take(reader, newline != NULL ? (gsize) (newline - record->data) + 1 : record->length, record);
  }
  reader->passing = FALSE;
  g_string_truncate(reader->held, 0);
  g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
              "the record is longer than %" G_GSIZE_FORMAT " bytes, the longest allowed",
              reader->max_record);
  *record = (AverRecord){.data = "",
                         .origin = record->origin,
                         .offset = reader->passing_offset,
                         .line = reader->passing_line};
  return AVER_CUT_BAD;
}

/* Puts the record behind the header; FALSE when it is empty. */
static gboolean hand_out(CsvReader *reader, gsize end, AverRecord *record, AverCut *cut,
                         GError **error)
{
  take(reader, end, record);
  gsize length = without_line_end(record->data, record->length);
  if (length == 0)
    return FALSE;
  *cut = AVER_CUT_RECORD;
  if (reader->head > SMALL_HEADER && length + 1 < reader->n_columns) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the record is too short to have %u fields, as the header has", reader->n_columns);
    *record = (AverRecord){
        .data = "", .origin = record->origin, .offset = record->offset, .line = record->line};
    *cut = AVER_CUT_BAD;
    return TRUE;
  }
  reader->record.length = reader->head;
  aver_buffer_append(&reader->record, record->data, length);
  record->data = reader->record.data;
  record->length = reader->record.length;
  return TRUE;
}

/* FALSE when there is something else to look at. */
static gboolean cut_record(CsvReader *reader, gboolean may_block, AverRecord *record, AverCut *cut,
                           GError **error)
{
  gsize end, wanted = 1, most = reader->max_record;
  for (;;) {
    *cut = peek(reader, wanted, may_block, record, error);
    if (*cut != AVER_CUT_RECORD)
      return TRUE;
    if (record_scan(&reader->scan, record->data, MIN(record->length, most), reader->record.data[0],
                    &end))
      return hand_out(reader, end, record, cut, error);
    gboolean ended = record->length < wanted;
    if (!ended && record->length < most) {
      wanted = record->length + 1;
      continue;
    }
    if (reader->scan.quoted) {
      *cut = refuse_unclosed(reader, record, error);
      return TRUE;
    }
    if (ended && record->length <= most)
      return hand_out(reader, record->length, record, cut, error);
    begin_passing(reader, record);
    return FALSE;
  }
}

static gboolean step(CsvReader *reader, gboolean may_block, AverRecord *record, AverCut *cut,
                     GError **error)
{
  if (reader->passing) {
    *cut = pass_line(reader, may_block, record, error);
    return TRUE;
  }
  *cut = peek(reader, reader->headed ? 1 : 3, may_block, record, error);
  if (*cut != AVER_CUT_RECORD)
    return TRUE;
  if (record->length == 0) {
    leave(reader);
    return FALSE;
  }
  if (reader->headed)
    return cut_record(reader, may_block, record, cut, error);
  *cut = take_header(reader, may_block, record, error);
  return *cut != AVER_CUT_RECORD;
}

AverCut csv_cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  AverCut cut;
  while (!step(self, may_block, record, &cut, error))
    ;
  return cut;
}
