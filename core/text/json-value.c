/* SPDX-License-Identifier: Apache-2.0 */
/* JSON on the hot path: what becomes of the values that were scanned. */
#include <aver/json.h>

#include "json-plain.h"

/* The \u escape at p, whose digits were checked. */
static gunichar escaped_unit(const char *p)
{
  gunichar value = 0;
  for (guint i = 2; i < 6; i++)
    value = value << 4 | (gunichar) g_ascii_xdigit_value(p[i]);
  return value;
}

/* Decodes the escape at *p and moves behind it. */
static gsize unescape_one(const char **p, char *to)
{
  static const char plain[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  if ((*p)[1] != 'u') {
    *to = meant[strchr(plain, (*p)[1]) - plain];
    *p += 2;
    return 1;
  }
  gunichar c = escaped_unit(*p);
  *p += 6;
  if (c >= 0xd800 && c <= 0xdbff) {
    c = 0x10000 + ((c - 0xd800) << 10) + (escaped_unit(*p) - 0xdc00);
    *p += 6;
  }
  return (gsize) g_unichar_to_utf8(c, to);
}

gsize aver_json_unescape(const AverJsonValue *string, char *to)
{
  g_return_val_if_fail(string != NULL && string->kind == AVER_JSON_STRING, 0);
  const char *p = string->text, *end = p + string->length;
  char *start = to;
  if (!string->escaped) {
    if (string->length > 0)
      memcpy(to, p, string->length);
    return string->length;
  }
  while (p < end) {
    gsize plain = aver_json_plain_length(p, (gsize) (end - p));
    memcpy(to, p, plain);
    to += plain;
    p += plain;
    if (p < end)
      to += unescape_one(&p, to);
  }
  return (gsize) (to - start);
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
