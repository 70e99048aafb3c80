/* SPDX-License-Identifier: Apache-2.0 */
/* Reading gold and predictions: JSON Lines, in the scorers' short form or as Aver writes it. */
#include "read.h"

#include "readrows.h"

#include <string.h>

/* A line longer than this is no document. */
#define LONGEST_LINE ((gsize) AVER_DOCUMENT_MAX_BYTES)

gboolean reading_wrong(const Reading *reading, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error(reading->error, AVER_ERROR, AVER_ERROR_SYNTAX, "%s:%" G_GUINT64_FORMAT ": %s",
              reading->path, reading->line, message);
  return FALSE;
}

static gboolean read_id(const Reading *reading, json_t *json, const char **id)
{
  json_t *value = json_object_get(json, "id");
  if (!json_is_string(value))
    return reading_wrong(reading, value == NULL ? "no \"id\"; expected a string"
                                                : "\"id\" is no string; expected a string");
  if (strlen(json_string_value(value)) != json_string_length(value))
    return reading_wrong(reading, "\"id\" holds a NUL character; expected none");
  *id = json_string_value(value);
  return TRUE;
}

static gboolean read_text(const Reading *reading, Record *record, json_t *json)
{
  json_t *value = json_object_get(json, "text");
  if (value == NULL)
    return reading_wrong(reading, "no \"text\"; expected the document's text, which Aver writes "
                                  "with the jsonl-writer's option 'text'");
  if (!json_is_string(value))
    return reading_wrong(reading, "\"text\" is no string; expected the document's text");
  record->text = json_string_value(value);
  record->length = (guint32) json_string_length(value);
  return TRUE;
}

/* The text of a prediction is gold's; one that it brings itself has to be the same. */
static gboolean borrow_text(const Reading *reading, Record *record, const Record *gold,
                            json_t *json)
{
  json_t *value = json_object_get(json, "text");
  record->text = gold->text;
  record->length = gold->length;
  if (value == NULL || (json_is_string(value) && json_string_length(value) == gold->length &&
                        memcmp(json_string_value(value), gold->text, gold->length) == 0))
    return TRUE;
  return reading_wrong(reading,
                       "the text of '%s' is not that of the gold document; expected the "
                       "same text, or none",
                       record->id);
}

/* Takes one line; @json is the caller's. */
static gboolean read_record(const Reading *reading, Records *records, json_t *json)
{
  const char *id = NULL;
  if (!read_id(reading, json, &id))
    return FALSE;
  Record *gold = reading->gold == NULL ? NULL : records_get(reading->gold, id);
  if (reading->gold != NULL && gold == NULL)
    return reading->has_others ||
           reading_wrong(reading,
                         "document '%s' is not in the gold file; expected predictions "
                         "for gold documents only",
                         id);
  Record *record = record_new(id);
  record->line = reading->line;
  if (!records_add(records, record)) {
    guint64 line = records_get(records, id)->line;
    reading_wrong(reading,
                  "document '%s' is there already, on line %" G_GUINT64_FORMAT
                  "; expected each id once",
                  id, line);
    record_free(record);
    return FALSE;
  }
  if (gold == NULL)
    record->json = json_incref(json);
  return (gold == NULL ? read_text(reading, record, json)
                       : borrow_text(reading, record, gold, json)) &&
         read_rows(reading, record, json);
}

static gboolean read_line(const Reading *reading, Records *records, const AverRecord *line)
{
  json_error_t why;
  json_t *json =
      json_loadb(line->data, line->length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
  gboolean good = FALSE;
  if (json == NULL)
    reading_wrong(reading, "not JSON, in column %d: %s; expected one object a line", why.column,
                  why.text);
  else if (!json_is_object(json))
    reading_wrong(reading, "no JSON object; expected one object a line");
  else
    good = read_record(reading, records, json);
  json_decref(json);
  return good;
}

Records *records_read(const char *path, const char *layer, const Records *gold, gboolean has_others,
                      GError **error)
{
  const char *const paths[] = {path, NULL};
  g_autoptr(AverInput) input = aver_input_new(paths, NULL);
  g_autoptr(Records) records = records_new();
  Reading reading = {.kind = score_kind(layer),
                     .layer = layer,
                     .gold = gold,
                     .has_others = has_others,
                     .error = error};
  AverRecord line;
  for (;;) {
    switch (aver_input_cut_line(input, LONGEST_LINE, TRUE, &line, error)) {
    case AVER_CUT_RECORD:
      reading.path = line.origin;
      reading.line = line.line;
      if (!read_line(&reading, records, &line))
        return NULL;
      break;
    case AVER_CUT_WAIT:
      break;
    case AVER_CUT_END:
      return g_steal_pointer(&records);
    default:
      g_prefix_error(error, "%s: ", path);
      return NULL;
    }
  }
}
