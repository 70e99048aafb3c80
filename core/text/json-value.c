/* SPDX-License-Identifier: Apache-2.0 */
/* JSON on the hot path: what becomes of the values that were scanned. */
#include "../document-private.h"
#include "kernels.h"

#include <string.h>

gsize aver_json_unescape(const AverJsonValue *string, char *to)
{
  g_return_val_if_fail(string != NULL && string->kind == AVER_JSON_STRING, 0);
  if (string->escaped)
    return aver_kernels()->unescape(string->text, string->length, to);
  if (string->length > 0)
    memcpy(to, string->text, string->length);
  return string->length;
}

const char *aver_json_get_string(const AverJsonValue *string, AverDocument *document, gsize *length)
{
  g_return_val_if_fail(string != NULL && string->kind == AVER_JSON_STRING, NULL);
  g_return_val_if_fail(document != NULL && length != NULL, NULL);
  *length = string->length;
  if (!string->escaped)
    return string->text;
  char *text = aver_document_alloc(document, string->length);
  *length = aver_json_unescape(string, text);
  return text;
}

/* Taking escapes out shortens a string: one within the limit needs no more to be known of it. */
gboolean aver_json_set_text(const AverJsonValue *string, AverDocument *document, GError **error)
{
  g_return_val_if_fail(string != NULL && string->kind == AVER_JSON_STRING, FALSE);
  g_return_val_if_fail(document != NULL, FALSE);
  gboolean kept =
      string->escaped != AVER_JSON_ESCAPED_OTHERWISE && string->length <= AVER_DOCUMENT_MAX_BYTES;
  gsize length = string->length;
  const char *text = kept ? string->text : aver_json_get_string(string, document, &length);
  if (!aver_document_set_valid_text(document, text, length, error))
    return FALSE;
  if (kept)
    document->string = *string;
  if (kept && string->escaped != AVER_JSON_UNESCAPED)
    document->text = NULL;
  return TRUE;
}

void aver_document_unescape(AverDocument *document)
{
  gsize length;
  document->text = aver_json_get_string(&document->string, document, &length);
  document->length = (guint32) length;
}

void aver_json_append_text(AverBuffer *buffer, const AverDocument *document)
{
  g_return_if_fail(document != NULL);
  const AverJsonValue *string = &document->string;
  if (string->kind != AVER_JSON_STRING) {
    aver_json_append_string(buffer, document->text, document->length);
    return;
  }
  char *to = aver_buffer_reserve(buffer, string->length + 2);
  to[0] = '"';
  memcpy(to + 1, string->text, string->length);
  to[string->length + 1] = '"';
  buffer->length += string->length + 2;
}

void aver_json_append_compact(AverBuffer *buffer, const AverJsonValue *value)
{
  g_return_if_fail(value != NULL);
  gboolean string = value->kind == AVER_JSON_STRING, inside = FALSE;
  char *to = aver_buffer_reserve(buffer, value->length + 2);
  char *start = to;
  if (string)
    *to++ = '"';
  for (gsize i = 0; i < value->length; i++) {
    char c = value->text[i];
    if (!string && !inside && (c == ' ' || c == '\t' || c == '\n' || c == '\r'))
      continue;
    *to++ = c;
    if (c == '"')
      inside = !inside;
    else if (c == '\\' && i + 1 < value->length)
      *to++ = value->text[++i];
  }
  if (string)
    *to++ = '"';
  buffer->length += (gsize) (to - start);
}
