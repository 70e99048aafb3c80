/* SPDX-License-Identifier: Apache-2.0 */
/* From a record, with its header before it, to a document. */
#include "reader.h"

#include <string.h>

/* What a worker's memory may keep from one record to the next. */
#define KEPT ((gsize) 1 << 20)

/* The header in front of a record, which is mostly that of the record before. */
static gboolean read_head(const CsvReader *reader, CsvWorker *worker, const AverRecord *record,
                          GError **error)
{
  gsize length = worker->head.length, end;
  if (length > 0 && record->length >= length &&
      memcmp(record->data, worker->head.data, length) == 0)
    return TRUE;
  worker->head.length = 0;
  columns_clear(&worker->columns);
  RecordScan scan = {0};
  if (record->length < 2 ||
      !record_scan(&scan, record->data + 1, record->length - 1, record->data[0], &end)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the record has no header before it; expected one as csv-reader puts there");
    return FALSE;
  }
  if (!columns_read(&worker->columns, &reader->wanted, record->data + 1, end - 1, record->data[0],
                    error)) {
    columns_clear(&worker->columns);
    return FALSE;
  }
  aver_buffer_append(&worker->head, record->data, end + 1);
  return TRUE;
}

/* A field's value with a NUL behind it; NULL when there is one inside. */
static const char *take_value(CsvWorker *worker, guint place, gsize *length, GError **error)
{
  const Field *field = &worker->fields[place];
  worker->value.length = 0;
  char *to = aver_buffer_reserve(&worker->value, field->length + 1);
  *length = field_copy(field, to);
  to[*length] = '\0';
  if (strlen(to) == *length)
    return to;
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "field %u has a NUL character; expected none",
              place + 1);
  return NULL;
}

static gboolean set_metadata(CsvWorker *worker, guint place, const char *key,
                             AverDocument *document, GError **error)
{
  gsize length;
  if (worker->fields[place].length == 0)
    return TRUE;
  const char *value = take_value(worker, place, &length, error);
  if (value != NULL)
    aver_document_set_metadata(document, key, value, FALSE);
  return value != NULL;
}

static gboolean set_text(CsvWorker *worker, AverDocument *document, GError **error)
{
  const Field *field = &worker->fields[worker->columns.place[ROLE_TEXT]];
  const char *text = field->data;
  gsize length = field->length;
  if (field->doubled) {
    char *copy = aver_document_alloc(document, length + 1);
    length = field_copy(field, copy);
    text = copy;
  }
  return aver_document_set_valid_text(document, text, length, error);
}

static void set_place(const AverRecord *record, AverDocument *document)
{
  char number[24];
  aver_record_set_provenance(record, document);
  g_autofree char *id = g_strdup_printf("%s:%" G_GUINT64_FORMAT, record->origin, record->line);
  aver_document_set_id(document, id, -1);
  g_snprintf(number, sizeof number, "%" G_GUINT64_FORMAT, record->line);
  aver_document_set_metadata(document, "line", number, TRUE);
  g_snprintf(number, sizeof number, "%" G_GUINT64_FORMAT, record->offset);
  aver_document_set_metadata(document, "offset", number, TRUE);
}

static gboolean set_roles(CsvWorker *worker, AverDocument *document, GError **error)
{
  for (guint r = ROLE_TITLE; r < N_ROLES; r++)
    if (worker->columns.place[r] >= 0 &&
        !set_metadata(worker, (guint) worker->columns.place[r], role_names[r], document, error))
      return FALSE;
  gint32 place = worker->columns.place[ROLE_ID];
  if (place < 0 || worker->fields[place].length == 0)
    return TRUE;
  gsize length;
  const char *id = take_value(worker, (guint) place, &length, error);
  if (id != NULL)
    aver_document_set_id(document, id, (gssize) length);
  return id != NULL;
}

static gboolean has_role(const Columns *columns, guint place)
{
  for (guint r = 0; r < N_ROLES; r++)
    if (columns->place[r] == (gint32) place)
      return TRUE;
  return FALSE;
}

static gboolean set_others(CsvWorker *worker, guint n, AverDocument *document, GError **error)
{
  const Columns *columns = &worker->columns;
  char number[24];
  for (guint i = 0; i < n; i++) {
    const char *key = number;
    if (columns->n > 0)
      key = columns->keys[i];
    else if (has_role(columns, i) || (columns->listed != NULL && !columns->listed[i]))
      key = NULL;
    else
      g_snprintf(number, sizeof number, "column_%u", i + 1);
    if (key != NULL && !set_metadata(worker, i, key, document, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean check_count(const Columns *columns, guint n, GError **error)
{
  if (columns->n > 0 && n != columns->n)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the record has %u fields; expected %u, as the header has", n, columns->n);
  else if (n <= (guint) columns->last)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the record has %u fields; expected at least %u", n, (guint) columns->last + 1);
  else if (n > COLUMNS_MAX)
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT, "the record has %u fields; at most %u can be",
                n, COLUMNS_MAX);
  else
    return TRUE;
  return FALSE;
}

gboolean csv_decode(gpointer self, gpointer worker, const AverRecord *record,
                    AverDocument *document, GError **error)
{
  CsvWorker *scratch = worker;
  gsize bad;
  if (!read_head(self, scratch, record, error))
    return FALSE;
  const char *data = record->data + scratch->head.length;
  gsize length = record->length - scratch->head.length;
  /* The one place that knows of character sets. */
  if (!aver_utf8_validate(data, length, &bad)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING,
                "byte %" G_GUINT64_FORMAT " of the file (0x%02x) is no UTF-8", record->offset + bad,
                (guchar) data[bad]);
    return FALSE;
  }
  guint n = record_split(data, length, record->data[0], scratch->fields, COLUMNS_MAX, error);
  if (n == 0 || !check_count(&scratch->columns, n, error))
    return FALSE;
  set_place(record, document);
  gboolean good = set_text(scratch, document, error) && set_others(scratch, n, document, error) &&
                  set_roles(scratch, document, error);
  if (scratch->value.capacity > KEPT)
    aver_buffer_clear(&scratch->value);
  return good;
}
