/* SPDX-License-Identifier: Apache-2.0 */
/* From the members of a JSON object to a document's id, text and metadata. */
#include "fields.h"

#define MARK        "\xef\xbb\xbf"
#define MARK_LENGTH 3

/* What one record is read with. */
typedef struct {
  const FieldNames *names;
  FieldScratch *scratch;
  AverDocument *document;
  guint n_fields;
  gboolean has_id;
  gboolean has_text;
} Reading;

static gboolean refuse(GError **error, const char *field, const char *found, const char *expected)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "field '%.100s' is %s; expected %s", field,
              found, expected);
  return FALSE;
}

static const char *kind_name(AverJsonKind kind)
{
  static const char *const names[] = {"an object", "an array", "a string", "a number",
                                      "true",      "false",    "null"};
  return names[kind];
}

/* A string's characters, with a NUL behind them; FALSE when there is one among them, which takes
 * an escape. */
static gboolean take_string(AverBuffer *buffer, const AverJsonValue *string, const char *what,
                            GError **error)
{
  buffer->length = 0;
  char *to = aver_buffer_reserve(buffer, string->length + 1);
  buffer->length = aver_json_unescape(string, to);
  to[buffer->length] = '\0';
  if (string->escaped != AVER_JSON_ESCAPED_OTHERWISE || strlen(to) == buffer->length)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "%s has a NUL character; expected none", what);
  return FALSE;
}

static gboolean set_metadata(Reading *reading, const char *key, const AverJsonValue *value,
                             GError **error)
{
  AverBuffer *buffer = &reading->scratch->value;
  gboolean string = value->kind == AVER_JSON_STRING;
  if (value->kind == AVER_JSON_NULL)
    return TRUE;
  if (aver_document_get_metadata(reading->document, key) != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "metadata '%.100s' stands twice", key);
    return FALSE;
  }
  if (string) {
    if (!take_string(buffer, value, "a metadata string", error))
      return FALSE;
  } else {
    buffer->length = 0;
    aver_json_append_compact(buffer, value);
    aver_buffer_append_char(buffer, '\0');
  }
  aver_document_set_metadata(reading->document, key, buffer->data, !string);
  return TRUE;
}

/* Keys are found in key; it is used again at the next call. */
static gboolean count_key(Reading *reading, const AverJsonValue *key, GError **error)
{
  if (++reading->n_fields <= MAX_FIELDS)
    return take_string(&reading->scratch->key, key, "a key", error);
  g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT, "the record has more than %d fields",
              MAX_FIELDS);
  return FALSE;
}

static gboolean merge_metadata(Reading *reading, const AverJsonValue *object, GError **error)
{
  AverJsonScanner *scanner = &reading->scratch->nested;
  AverJsonValue key, value;
  GError *failure = NULL;
  if (!aver_json_scanner_begin(scanner, AVER_JSON_OBJECT, object->text, object->length, error))
    return FALSE;
  while (aver_json_scanner_next(scanner, &key, &value, &failure)) {
    if (!count_key(reading, &key, error) ||
        !set_metadata(reading, reading->scratch->key.data, &value, error))
      return FALSE;
  }
  if (failure != NULL)
    g_propagate_error(error, failure);
  return failure == NULL;
}

static gboolean is_integer(const AverJsonValue *value)
{
  return value->kind == AVER_JSON_NUMBER && memchr(value->text, '.', value->length) == NULL &&
         memchr(value->text, 'e', value->length) == NULL &&
         memchr(value->text, 'E', value->length) == NULL;
}

static gboolean set_id(Reading *reading, const AverJsonValue *value, GError **error)
{
  AverBuffer *buffer = &reading->scratch->value;
  if (value->kind == AVER_JSON_NULL)
    return TRUE;
  reading->has_id = TRUE;
  if (is_integer(value)) {
    aver_document_set_id(reading->document, value->text, (gssize) value->length);
    return TRUE;
  }
  if (value->kind != AVER_JSON_STRING)
    return refuse(error, reading->names->id, kind_name(value->kind), "a string or a whole number");
  if (!take_string(buffer, value, "the id", error))
    return FALSE;
  aver_document_set_id(reading->document, buffer->data, (gssize) buffer->length);
  return TRUE;
}

static gboolean set_text(Reading *reading, const AverJsonValue *value, GError **error)
{
  if (value->kind != AVER_JSON_STRING)
    return refuse(error, reading->names->text, kind_name(value->kind), "a string");
  reading->has_text = TRUE;
  return aver_json_set_text(value, reading->document, error);
}

static gboolean take_field(Reading *reading, const AverJsonValue *value, GError **error)
{
  const char *key = reading->scratch->key.data;
  const FieldNames *names = reading->names;
  if (strcmp(key, names->id) == 0)
    return set_id(reading, value, error);
  if (strcmp(key, names->text) == 0)
    return set_text(reading, value, error);
  if (strcmp(key, names->title) == 0)
    return set_metadata(reading, "title", value, error);
  if (strcmp(key, names->published) == 0)
    return set_metadata(reading, "published", value, error);
  if (strcmp(key, "metadata") == 0 && value->kind == AVER_JSON_OBJECT)
    return merge_metadata(reading, value, error);
  if (strcmp(key, "layers") == 0)
    return TRUE;
  return set_metadata(reading, key, value, error);
}

static gboolean finish(Reading *reading, const AverRecord *record, GError **error)
{
  if (!reading->has_text)
    return refuse(error, reading->names->text, "missing", "a string");
  if (!reading->has_id) {
    AverBuffer *buffer = &reading->scratch->value;
    buffer->length = 0;
    aver_buffer_append_string(buffer, record->origin);
    aver_buffer_append_char(buffer, ':');
    aver_json_append_integer(buffer, (gint64) record->line);
    aver_document_set_id(reading->document, buffer->data, (gssize) buffer->length);
  }
  return TRUE;
}

gboolean fields_read(const FieldNames *names, FieldScratch *scratch, const AverRecord *record,
                     AverDocument *document, GError **error)
{
  Reading reading = {.names = names, .scratch = scratch, .document = document};
  AverJsonScanner *scanner = &scratch->scanner;
  AverJsonValue key, value;
  GError *failure = NULL;
  gboolean marked = record->offset == 0 && record->length >= MARK_LENGTH &&
                    memcmp(record->data, MARK, MARK_LENGTH) == 0;
  gsize skipped = marked ? MARK_LENGTH : 0;
  if (!aver_json_scanner_begin(scanner, AVER_JSON_OBJECT, record->data + skipped,
                               record->length - skipped, error))
    return FALSE;
  while (aver_json_scanner_next(scanner, &key, &value, &failure))
    if (!count_key(&reading, &key, error) || !take_field(&reading, &value, error))
      return FALSE;
  if (failure != NULL) {
    g_propagate_error(error, failure);
    return FALSE;
  }
  return finish(&reading, record, error);
}
