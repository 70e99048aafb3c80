/* SPDX-License-Identifier: Apache-2.0 */
/* JSON's grammar, walked over without a tree (RFC 8259). */
#include "json-scan.h"

#include "kernels.h"

#include <string.h>

gboolean aver_json_expect(AverJsonScan *scan, const char *p, const char *expected)
{
  scan->p = p;
  scan->expected = expected;
  return FALSE;
}

void aver_json_scan_error(const AverJsonScan *scan, const char *start, GError **error)
{
  gsize place = (gsize) (scan->p - start);
  if (scan->expected == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                "JSON nested deeper than %d levels at byte %" G_GSIZE_FORMAT, AVER_JSON_MAX_DEPTH,
                place);
    return;
  }
  char found[] = "the byte 0x00";
  if (scan->p == scan->end)
    strcpy(found, "the end");
  else if (g_ascii_isgraph(*scan->p))
    g_snprintf(found, sizeof found, "'%c'", *scan->p);
  else
    g_snprintf(found, sizeof found, "the byte 0x%02x", (guint) (guchar) *scan->p);
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
              "malformed JSON at byte %" G_GSIZE_FORMAT ": expected %s, found %s", place,
              scan->expected, found);
}

/* The four digits of a \u escape at p; -1 when they are not. */
static gint32 hex_digits(const char *p, const char *end)
{
  gint32 value = 0;
  if (end - p < 4)
    return -1;
  for (guint i = 0; i < 4; i++) {
    int digit = g_ascii_xdigit_value(p[i]);
    if (digit < 0)
      return -1;
    value = value * 16 + digit;
  }
  return value;
}

/* Moves behind the escape at p. */
static gboolean scan_escape(AverJsonScan *scan, const char *p)
{
  if (scan->end - p < 2)
    return aver_json_expect(scan, scan->end, "the rest of an escape");
  if (p[1] != 'u') {
    scan->p = p + 2;
    return p[1] != '\0' && strchr("\"\\/bfnrt", p[1]) != NULL
               ? TRUE
               : aver_json_expect(scan, p + 1, "one of \"\\/bfnrtu behind '\\'");
  }
  gint32 unit = hex_digits(p + 2, scan->end);
  if (unit < 0)
    return aver_json_expect(scan, p + 2, "four hexadecimal digits");
  scan->p = p + 6;
  if (unit < 0xd800 || unit > 0xdfff)
    return TRUE;
  gboolean pair = unit < 0xdc00 && scan->end - p >= 12 && p[6] == '\\' && p[7] == 'u';
  gint32 low = pair ? hex_digits(p + 8, scan->end) : -1;
  if (low < 0xdc00 || low > 0xdfff)
    return aver_json_expect(scan, p, "a pair of surrogates");
  scan->p = p + 12;
  return TRUE;
}

static gboolean scan_string(AverJsonScan *scan, AverJsonValue *value)
{
  const AverKernels *kernels = aver_kernels();
  const char *start = scan->p + 1;
  guint escaped = AVER_JSON_UNESCAPED;
  if (!aver_json_at(scan, '"'))
    return aver_json_expect(scan, scan->p, "a string");
  for (scan->p = start;; escaped |= AVER_JSON_ESCAPED_OTHERWISE) {
    const char *p = kernels->scan_string(scan->p, scan->end, &escaped);
    if (p == scan->end)
      return aver_json_expect(scan, p, "the end of a string");
    if (*p == '"') {
      *value =
          (AverJsonValue){AVER_JSON_STRING, (AverJsonEscapes) escaped, start, (gsize) (p - start)};
      scan->p = p + 1;
      return TRUE;
    }
    if (*p != '\\')
      return aver_json_expect(scan, p, "no control character in a string");
    if (!scan_escape(scan, p))
      return FALSE;
  }
}

static gboolean scan_digits(AverJsonScan *scan)
{
  const char *start = scan->p;
  while (scan->p < scan->end && g_ascii_isdigit(*scan->p))
    scan->p++;
  return scan->p > start || aver_json_expect(scan, start, "a digit");
}

static gboolean scan_number(AverJsonScan *scan)
{
  if (aver_json_at(scan, '-'))
    scan->p++;
  if (aver_json_at(scan, '0'))
    scan->p++;
  else if (!scan_digits(scan))
    return FALSE;
  if (aver_json_at(scan, '.')) {
    scan->p++;
    if (!scan_digits(scan))
      return FALSE;
  }
  if (aver_json_at(scan, 'e') || aver_json_at(scan, 'E')) {
    scan->p++;
    if (aver_json_at(scan, '+') || aver_json_at(scan, '-'))
      scan->p++;
    return scan_digits(scan);
  }
  return TRUE;
}

static gboolean scan_word(AverJsonScan *scan, const char *word)
{
  gsize length = strlen(word);
  if ((gsize) (scan->end - scan->p) < length || memcmp(scan->p, word, length) != 0)
    return aver_json_expect(scan, scan->p, "a value");
  scan->p += length;
  return TRUE;
}

/* Anything but an object or array. */
static gboolean scan_scalar(AverJsonScan *scan, AverJsonValue *value)
{
  gboolean good;
  value->text = scan->p;
  value->escaped = AVER_JSON_UNESCAPED;
  switch (scan->p < scan->end ? *scan->p : '\0') {
  case '"':
    return scan_string(scan, value);
  case 't':
    value->kind = AVER_JSON_TRUE;
    good = scan_word(scan, "true");
    break;
  case 'f':
    value->kind = AVER_JSON_FALSE;
    good = scan_word(scan, "false");
    break;
  case 'n':
    value->kind = AVER_JSON_NULL;
    good = scan_word(scan, "null");
    break;
  default:
    value->kind = AVER_JSON_NUMBER;
    good = aver_json_at(scan, '-') || (scan->p < scan->end && g_ascii_isdigit(*scan->p))
               ? scan_number(scan)
               : aver_json_expect(scan, scan->p, "a value");
  }
  value->length = (gsize) (scan->p - value->text);
  return good;
}

gboolean aver_json_scan_key(AverJsonScan *scan, AverJsonValue *key)
{
  if (!scan_string(scan, key))
    return FALSE;
  aver_json_skip_space(scan);
  if (!aver_json_at(scan, ':'))
    return aver_json_expect(scan, scan->p, "':'");
  scan->p++;
  aver_json_skip_space(scan);
  return TRUE;
}

/* The open objects and arrays, one bit each: whether it is an object. */
typedef struct {
  guint64 objects[AVER_JSON_MAX_DEPTH / 64];
  guint depth;
} Nest;

static gboolean in_object(const Nest *nest)
{
  guint top = nest->depth - 1;
  return (nest->objects[top / 64] >> top % 64 & 1) != 0;
}

/* Enters the container at hand; leaves it when it is empty. */
static gboolean open_container(AverJsonScan *scan, Nest *nest, gboolean object)
{
  AverJsonValue key;
  guint64 bit = G_GUINT64_CONSTANT(1) << nest->depth % 64;
  guint64 *word = &nest->objects[nest->depth / 64];
  *word = object ? *word | bit : *word & ~bit;
  nest->depth++;
  scan->p++;
  aver_json_skip_space(scan);
  if (aver_json_at(scan, object ? '}' : ']')) {
    scan->p++;
    nest->depth--;
    return TRUE;
  }
  return !object || aver_json_scan_key(scan, &key);
}

/* Behind a value: leaves the containers that end there, up to the next value. */
static gboolean close_containers(AverJsonScan *scan, Nest *nest)
{
  AverJsonValue key;
  while (nest->depth > 0) {
    gboolean object = in_object(nest);
    aver_json_skip_space(scan);
    if (aver_json_at(scan, ',')) {
      scan->p++;
      aver_json_skip_space(scan);
      return !object || aver_json_scan_key(scan, &key);
    }
    if (!aver_json_at(scan, object ? '}' : ']'))
      return aver_json_expect(scan, scan->p, object ? "',' or '}'" : "',' or ']'");
    scan->p++;
    nest->depth--;
  }
  return TRUE;
}

gboolean aver_json_scan_value(AverJsonScan *scan, guint depth, AverJsonValue *value)
{
  Nest nest;
  AverJsonValue scalar;
  if (!aver_json_at(scan, '{') && !aver_json_at(scan, '['))
    return scan_scalar(scan, value);
  nest.depth = 0;
  *value = (AverJsonValue){.kind = *scan->p == '{' ? AVER_JSON_OBJECT : AVER_JSON_ARRAY,
                           .text = scan->p};
  do {
    if (aver_json_at(scan, '{') || aver_json_at(scan, '[')) {
      guint before = nest.depth;
      if (depth + nest.depth >= AVER_JSON_MAX_DEPTH)
        return aver_json_expect(scan, scan->p, NULL);
      if (!open_container(scan, &nest, *scan->p == '{'))
        return FALSE;
      if (nest.depth > before)
        continue;
    } else if (!scan_scalar(scan, &scalar)) {
      return FALSE;
    }
    if (!close_containers(scan, &nest))
      return FALSE;
  } while (nest.depth > 0);
  value->length = (gsize) (scan->p - value->text);
  return TRUE;
}
