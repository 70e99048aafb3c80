/* SPDX-License-Identifier: Apache-2.0 */
/* Examples from JSON: objects with a text and its label, or documents of Aver's, one a line or in a
 * list. */
#include "jsonl.h"

#include <string.h>

void aver_json_record_clear(AverJsonRecord *record)
{
  aver_json_scanner_clear(&record->scanner);
  aver_buffer_clear(&record->strings);
}

/* More often than this no byte of a record is taken: once a field, as a name, and as the id. */
#define MOST_TAKEN (AVER_N_FIELDS + 2)

/* Starts a record of @length bytes. */
static void start_record(AverJsonRecord *record, gsize length)
{
  AverBuffer strings = record->strings;
  AverJsonScanner scanner = record->scanner;
  *record = (AverJsonRecord){.strings = strings, .scanner = scanner};
  record->strings.length = 0;
  aver_buffer_reserve(&record->strings, length * MOST_TAKEN);
  for (guint i = 0; i < AVER_N_FIELDS; i++)
    record->fit[i] = G_MAXINT;
}

AverFieldValue aver_json_record_string(AverJsonRecord *record, const AverJsonValue *value)
{
  if (value->kind != AVER_JSON_STRING || !value->escaped)
    return (AverFieldValue){value->text, value->length};
  char *to = aver_buffer_reserve(&record->strings, value->length);
  gsize length = aver_json_unescape(value, to);
  record->strings.length += length;
  return (AverFieldValue){to, length};
}

static gboolean is_key(const AverFieldValue *key, const char *name)
{
  return key->length == strlen(name) && memcmp(key->text, name, key->length) == 0;
}

static void take_member(const AverDataFile *file, AverJsonRecord *record, const AverFieldValue *key,
                        const AverJsonValue *value)
{
  for (guint i = 0; i < AVER_N_FIELDS; i++) {
    gint fit = aver_data_fit(file->settings, (AverField) i, key->text, key->length, FALSE);
    if (fit == AVER_NONE || fit >= record->fit[i] || value->kind == AVER_JSON_NULL)
      continue;
    record->fit[i] = fit;
    record->fields[i] = *value;
  }
  if (is_key(key, "id"))
    record->id = *value;
  else if (is_key(key, "layers"))
    record->layers = *value;
  else if (is_key(key, "metadata"))
    record->metadata = *value;
}

/* All members of an object; FALSE with @error when it is none. */
static gboolean take_members(const AverDataFile *file, AverJsonRecord *record, const char *text,
                             gsize length, GError **error)
{
  AverJsonValue key, value;
  GError *failure = NULL;
  if (!aver_json_scanner_begin(&record->scanner, AVER_JSON_OBJECT, text, length, error))
    return FALSE;
  while (aver_json_scanner_next(&record->scanner, &key, &value, &failure)) {
    AverFieldValue name = aver_json_record_string(record, &key);
    take_member(file, record, &name, &value);
  }
  if (failure != NULL)
    g_propagate_error(error, failure);
  return failure == NULL;
}

static gboolean take_field(const AverDataFile *file, guint64 line, AverJsonRecord *record,
                           AverField field, AverFieldValue *to)
{
  static const char *const expected[AVER_N_FIELDS] = {
      "a string", "a string or a number", "a string or a number", "a number", "a whole number"};
  const AverJsonValue *value = &record->fields[field];
  if (record->fit[field] == G_MAXINT)
    return TRUE;
  gboolean number = value->kind == AVER_JSON_NUMBER && field != AVER_FIELD_TEXT;
  if (value->kind != AVER_JSON_STRING && !number) {
    g_autofree char *name = aver_data_show(value->text, value->length);
    aver_data_problem(file, line, "the %s is %s; expected %s", aver_field_words[field], name,
                      expected[field]);
    return FALSE;
  }
  *to = aver_json_record_string(record, value);
  return TRUE;
}

/* A document of Aver's: its id is the group, and its metadata may say the rest. */
static gboolean take_document(const AverDataFile *file, guint64 line, AverJsonRecord *record,
                              AverFieldValue *values)
{
  g_autoptr(GError) error = NULL;
  AverJsonValue text = record->fields[AVER_FIELD_TEXT];
  gint fit = record->fit[AVER_FIELD_TEXT];
  if (record->metadata.kind == AVER_JSON_OBJECT && record->metadata.text != NULL &&
      !take_members(file, record, record->metadata.text, record->metadata.length, &error)) {
    aver_data_problem(file, line, "metadata: %s", error->message);
    return FALSE;
  }
  record->fields[AVER_FIELD_TEXT] = text;
  record->fit[AVER_FIELD_TEXT] = fit;
  record->fit[AVER_FIELD_LABEL] = G_MAXINT; /* it is the rows that have labels */
  for (guint i = 0; i < AVER_N_FIELDS; i++)
    if (!take_field(file, line, record, (AverField) i, &values[i]))
      return FALSE;
  if (aver_data_field_name(file->settings, AVER_FIELD_GROUP) == NULL &&
      record->id.kind == AVER_JSON_STRING && record->id.length > 0)
    values[AVER_FIELD_GROUP] = aver_json_record_string(record, &record->id);
  return TRUE;
}

static void read_record(const AverDataFile *file, guint64 line, AverJsonRecord *record,
                        const AverFieldValue *text)
{
  g_autoptr(GError) error = NULL;
  AverFieldValue values[AVER_N_FIELDS] = {0};
  start_record(record, text->length);
  if (!take_members(file, record, text->text, text->length, &error)) {
    aver_data_problem(file, line, "%s; expected one JSON object a line", error->message);
    return;
  }
  if (record->fit[AVER_FIELD_LABEL] == G_MAXINT && record->layers.text != NULL) {
    AverJsonValue layers = record->layers;
    if (take_document(file, line, record, values))
      aver_data_read_rows(file, line, record, values, &layers);
    return;
  }
  for (guint i = 0; i < AVER_N_FIELDS; i++)
    if (!take_field(file, line, record, (AverField) i, &values[i]))
      return;
  aver_data_add(file, line, values);
}

static void read_lines(const AverDataFile *file, AverJsonRecord *record)
{
  gsize position = 0;
  guint64 line = 0;
  AverFieldValue text;
  while (aver_data_next_line(file, &position, &line, &text))
    read_record(file, line, record, &text);
}

/* A list of all the objects, whose lines are counted up to where each begins. */
static void read_list(const AverDataFile *file, AverJsonRecord *record)
{
  g_auto(AverJsonScanner) scanner = {0};
  g_autoptr(GError) error = NULL;
  AverJsonValue item;
  guint64 line = 1;
  const char *counted = file->data;
  gboolean good =
      aver_json_scanner_begin(&scanner, AVER_JSON_ARRAY, file->data, file->length, &error);
  while (good && aver_json_scanner_next(&scanner, NULL, &item, &error)) {
    for (; counted < item.text; counted++)
      line += *counted == '\n';
    AverFieldValue text = {item.text, item.length};
    if (item.kind == AVER_JSON_OBJECT)
      read_record(file, line, record, &text);
    else
      aver_data_problem(file, line, "an item of the list is no object; expected objects");
  }
  if (error != NULL)
    aver_data_problem(file, line, "%s; expected a list of JSON objects", error->message);
}

void aver_data_read_json(const AverDataFile *file)
{
  g_auto(AverJsonRecord) record = {0};
  gsize start = 0;
  while (start < file->length && g_ascii_isspace(file->data[start]))
    start++;
  if (start < file->length && file->data[start] == '[')
    read_list(file, &record);
  else
    read_lines(file, &record);
}
