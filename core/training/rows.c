/* SPDX-License-Identifier: Apache-2.0 */
/* Examples from the rows of a document that Aver wrote and somebody corrected. */
#include "jsonl.h"

#include <aver/text.h>
#include <string.h>

/* Rows that lie on one another more often than this are no annotation: it bounds what they copy. */
#define MOST_COVERS 16

typedef struct {
  const AverDataFile *file;
  guint64 line;
  AverJsonRecord *record;
  const AverFieldValue *values; /* of the document */
  const char *layer;
  const char *label; /* the member of a row that is its label */
  guint64 copied;
  AverJsonScanner rows;
} Reading;

typedef struct {
  gint64 start;
  gint64 end;
  gboolean has_start;
  gboolean has_end;
  AverJsonValue label;
} Row;

static gboolean parse_offset(const AverJsonValue *value, gint64 *offset)
{
  char copy[24];
  if (value->kind != AVER_JSON_NUMBER || value->length >= sizeof copy)
    return FALSE;
  memcpy(copy, value->text, value->length);
  copy[value->length] = '\0';
  return g_ascii_string_to_signed(copy, 10, G_MININT64, G_MAXINT64, offset, NULL);
}

static gboolean is_key(const AverFieldValue *key, const char *name)
{
  return key->length == strlen(name) && memcmp(key->text, name, key->length) == 0;
}

static gboolean read_members(Reading *reading, const AverJsonValue *object, Row *row,
                             GError **error)
{
  AverJsonScanner *scanner = &reading->record->scanner;
  AverJsonValue key, value;
  GError *failure = NULL;
  if (!aver_json_scanner_begin(scanner, AVER_JSON_OBJECT, object->text, object->length, error))
    return FALSE;
  while (aver_json_scanner_next(scanner, &key, &value, &failure)) {
    AverFieldValue name = aver_json_record_string(reading->record, &key);
    if (is_key(&name, "start"))
      row->has_start = parse_offset(&value, &row->start);
    else if (is_key(&name, "end"))
      row->has_end = parse_offset(&value, &row->end);
    else if (is_key(&name, reading->label))
      row->label = value;
  }
  if (failure != NULL)
    g_propagate_error(error, failure);
  return failure == NULL;
}

static gboolean check_span(const Reading *reading, const Row *row, GError **error)
{
  const AverFieldValue *text = &reading->values[AVER_FIELD_TEXT];
  if (row->has_start && row->has_end)
    return aver_text_check_span(text->text, text->length, row->start, row->end, error);
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
              "no whole numbers for its start and end; expected byte offsets into the text");
  return FALSE;
}

static gboolean check_label(const Reading *reading, const Row *row, GError **error)
{
  AverJsonKind kind = row->label.kind;
  if (row->label.text != NULL && (kind == AVER_JSON_STRING || kind == AVER_JSON_NUMBER))
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "no '%s'; expected a string or a number",
              reading->label);
  return FALSE;
}

static gboolean read_row(Reading *reading, const AverJsonValue *object, GError **error)
{
  Row row = {0};
  if (!read_members(reading, object, &row, error) || !check_span(reading, &row, error) ||
      !check_label(reading, &row, error))
    return FALSE;
  AverFieldValue values[AVER_N_FIELDS];
  memcpy(values, reading->values, sizeof values);
  values[AVER_FIELD_TEXT].text += row.start;
  values[AVER_FIELD_TEXT].length = (gsize) (row.end - row.start);
  values[AVER_FIELD_LABEL] = aver_json_record_string(reading->record, &row.label);
  reading->copied += values[AVER_FIELD_TEXT].length;
  if (reading->copied > MOST_COVERS * reading->values[AVER_FIELD_TEXT].length) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                "the rows cover their text more than %d times; expected fewer", MOST_COVERS);
    return FALSE;
  }
  aver_data_add(reading->file, reading->line, values);
  return TRUE;
}

static void read_layer(Reading *reading, const AverJsonValue *layer)
{
  g_autoptr(GError) error = NULL;
  AverJsonValue row;
  guint64 n = 0;
  gboolean good =
      aver_json_scanner_begin(&reading->rows, AVER_JSON_ARRAY, layer->text, layer->length, &error);
  while (good && aver_json_scanner_next(&reading->rows, NULL, &row, &error)) {
    g_autoptr(GError) wrong = NULL;
    if (!read_row(reading, &row, &wrong))
      aver_data_problem(reading->file, reading->line, "layers.%s[%" G_GUINT64_FORMAT "]: %s",
                        reading->layer, n, wrong->message);
    good = wrong == NULL || wrong->code != AVER_ERROR_LIMIT;
    n++;
  }
  if (error != NULL)
    aver_data_problem(reading->file, reading->line, "layers.%s: %s", reading->layer,
                      error->message);
}

/* The member of @layers of that name; FALSE when there is none. */
static gboolean find_layer(Reading *reading, const AverJsonValue *layers, AverJsonValue *layer)
{
  AverJsonScanner *scanner = &reading->rows;
  AverJsonValue key, value;
  gboolean found = FALSE;
  if (!aver_json_scanner_begin(scanner, AVER_JSON_OBJECT, layers->text, layers->length, NULL))
    return FALSE;
  while (aver_json_scanner_next(scanner, &key, &value, NULL)) {
    AverFieldValue name = aver_json_record_string(reading->record, &key);
    if (!is_key(&name, reading->layer))
      continue;
    *layer = value;
    found = TRUE;
  }
  return found;
}

void aver_data_read_rows(const AverDataFile *file, guint64 line, AverJsonRecord *record,
                         const AverFieldValue *values, const AverJsonValue *layers)
{
  const AverTrainingSettings *settings = file->settings;
  Reading reading = {.file = file, .line = line, .record = record, .values = values};
  AverJsonValue layer;
  reading.layer = settings->layer != NULL ? settings->layer : "claim";
  reading.label = settings->label_field != NULL ? settings->label_field : "label";
  if (values[AVER_FIELD_TEXT].text == NULL)
    aver_data_problem(file, line,
                      "no text; expected the document's text, which Aver writes with "
                      "the jsonl-writer's option 'text'");
  else if (!find_layer(&reading, layers, &layer))
    aver_data_problem(file, line, "neither a label nor layers.%s; expected one of them",
                      reading.layer);
  else
    read_layer(&reading, &layer);
  aver_json_scanner_clear(&reading.rows);
}
