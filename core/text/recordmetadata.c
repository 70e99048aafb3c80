/* SPDX-License-Identifier: Apache-2.0 */
/* Documents as JSON: metadata read. */
#include <aver/record.h>
#include <aver/text.h>
#include <string.h>

static gboolean refuse(const AverBuffer *key, GError **error)
{
  g_autofree char *shown = aver_text_make_printable(key->data, (gssize) strnlen(key->data, 100));
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
              "metadata.%s has a NUL character; expected none", shown);
  return FALSE;
}

/* A string's characters with a NUL behind them; FALSE when there is one among them. */
static gboolean unescape(AverBuffer *buffer, const AverJsonValue *string)
{
  buffer->length = 0;
  char *to = aver_buffer_reserve(buffer, string->length + 1);
  gsize length = aver_json_unescape(string, to);
  to[length] = '\0';
  return strlen(to) == length;
}

static gboolean set_entry(AverDocument *document, const AverBuffer *key, AverBuffer *buffer,
                          const AverJsonValue *value, GError **error)
{
  gboolean string = value->kind == AVER_JSON_STRING;
  if (value->kind == AVER_JSON_NULL)
    return TRUE;
  if (string) {
    if (!unescape(buffer, value))
      return refuse(key, error);
  } else {
    buffer->length = 0;
    aver_json_append_compact(buffer, value);
    aver_buffer_append_char(buffer, '\0');
  }
  aver_document_set_metadata(document, key->data, buffer->data, !string);
  return TRUE;
}

gboolean aver_document_read_metadata(AverDocument *document, const AverJsonValue *object,
                                     GError **error)
{
  g_auto(AverJsonScanner) scanner = {0};
  g_auto(AverBuffer) key = {0};
  g_auto(AverBuffer) buffer = {0};
  AverJsonValue name, value;
  GError *failure = NULL;
  g_return_val_if_fail(document != NULL && object != NULL, FALSE);
  if (object->kind != AVER_JSON_OBJECT) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "metadata is no object; expected one");
    return FALSE;
  }
  if (!aver_json_scanner_begin(&scanner, AVER_JSON_OBJECT, object->text, object->length, error))
    return FALSE;
  while (aver_json_scanner_next(&scanner, &name, &value, &failure)) {
    if (!unescape(&key, &name))
      return refuse(&key, error);
    if (!set_entry(document, &key, &buffer, &value, error))
      return FALSE;
  }
  if (failure != NULL)
    g_propagate_prefixed_error(error, failure, "metadata: ");
  return failure == NULL;
}
