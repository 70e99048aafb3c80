/* SPDX-License-Identifier: Apache-2.0 */
/* JSON on the hot path: what becomes of the values that were scanned. */
#include <aver/json.h>

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
