/* SPDX-License-Identifier: Apache-2.0 */
/* JSON on the hot path: pulling the members of one object, or the items of one array. */
#include "json-scan.h"

#include <aver/text.h>

static gboolean check_utf8(const char *text, gsize length, GError **error)
{
  gsize bad = 0;
  if (aver_utf8_validate(text, length, &bad))
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING,
              "not valid UTF-8 at byte %" G_GSIZE_FORMAT " (0x%02x)", bad,
              (guint) (guchar) text[bad]);
  return FALSE;
}

gboolean aver_json_scan(const char *text, gsize length, AverJsonValue *value, GError **error)
{
  g_return_val_if_fail(text != NULL || length == 0, FALSE);
  AverJsonValue unwanted;
  AverJsonScan scan = {.p = text, .end = text + length};
  if (!check_utf8(text, length, error))
    return FALSE;
  aver_json_skip_space(&scan);
  gboolean good = aver_json_scan_value(&scan, 0, value != NULL ? value : &unwanted);
  if (good) {
    aver_json_skip_space(&scan);
    good = scan.p == scan.end || aver_json_expect(&scan, scan.p, "the end");
  }
  if (!good)
    aver_json_scan_error(&scan, text, error);
  return good;
}

void aver_json_scanner_clear(AverJsonScanner *scanner)
{
  if (scanner == NULL)
    return;
  g_free(scanner->keys);
  aver_buffer_clear(&scanner->decoded);
  *scanner = (AverJsonScanner){0};
}

gboolean aver_json_scanner_begin(AverJsonScanner *scanner, AverJsonKind kind, const char *text,
                                 gsize length, GError **error)
{
  g_return_val_if_fail(scanner != NULL && (text != NULL || length == 0), FALSE);
  g_return_val_if_fail(kind == AVER_JSON_OBJECT || kind == AVER_JSON_ARRAY, FALSE);
  gboolean object = kind == AVER_JSON_OBJECT;
  AverJsonScan scan = {.p = text, .end = text + length};
  if (!check_utf8(text, length, error))
    return FALSE;
  aver_json_skip_space(&scan);
  if (!aver_json_at(&scan, object ? '{' : '[')) {
    aver_json_expect(&scan, scan.p, object ? "an object" : "an array");
    aver_json_scan_error(&scan, text, error);
    return FALSE;
  }
  scanner->start = text;
  scanner->position = scan.p + 1;
  scanner->end = scan.end;
  scanner->kind = kind;
  scanner->first = TRUE;
  scanner->n_keys = 0;
  return TRUE;
}

static void keep_key(AverJsonScanner *scanner, const AverJsonValue *key)
{
  if (scanner->n_keys == scanner->keys_capacity) {
    scanner->keys_capacity = MAX(scanner->keys_capacity * 2, 16);
    scanner->keys = g_renew(AverJsonValue, scanner->keys, scanner->keys_capacity);
  }
  scanner->keys[scanner->n_keys++] = *key;
}

/* Shorter keys first: those of one length are few. */
static int compare_keys(gconstpointer a, gconstpointer b, gpointer user_data)
{
  const AverJsonValue *one = a, *other = b;
  (void) user_data;
  if (one->length != other->length)
    return one->length < other->length ? -1 : 1;
  return memcmp(one->text, other->text, one->length);
}

static const AverJsonValue *find_twin(AverJsonValue *keys, gsize n)
{
  if (n > 16)
    g_qsort_with_data(keys, (gint) MIN(n, G_MAXINT), sizeof *keys, compare_keys, NULL);
  for (gsize i = 1; i < n; i++)
    for (gsize j = n > 16 ? i - 1 : 0; j < i; j++)
      if (keys[i].length == keys[j].length &&
          memcmp(keys[i].text, keys[j].text, keys[i].length) == 0)
        return &keys[i];
  return NULL;
}

static void decode_keys(AverJsonScanner *scanner)
{
  gsize total = 0;
  for (gsize i = 0; i < scanner->n_keys; i++)
    total += scanner->keys[i].escaped ? scanner->keys[i].length : 0;
  if (total == 0)
    return;
  scanner->decoded.length = 0;
  char *to = aver_buffer_reserve(&scanner->decoded, total);
  for (gsize i = 0; i < scanner->n_keys; i++) {
    AverJsonValue *key = &scanner->keys[i];
    if (!key->escaped)
      continue;
    gsize length = aver_json_unescape(key, to);
    *key = (AverJsonValue){AVER_JSON_STRING, AVER_JSON_UNESCAPED, to, length};
    to += length;
  }
}

/* The object or array is behind us. */
static gboolean check_end(AverJsonScanner *scanner, AverJsonScan *scan, GError **error)
{
  aver_json_skip_space(scan);
  if (scan->p != scan->end) {
    aver_json_expect(scan, scan->p, "the end");
    aver_json_scan_error(scan, scanner->start, error);
    return FALSE;
  }
  decode_keys(scanner);
  const AverJsonValue *twin = find_twin(scanner->keys, scanner->n_keys);
  if (twin == NULL)
    return TRUE;
  gsize shown = MIN(twin->length, 100);
  while (shown < twin->length && ((guchar) twin->text[shown] & 0xc0) == 0x80)
    shown--;
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "the key '%.*s' stands twice", (int) shown,
              twin->text);
  return FALSE;
}

/* To the next member or item; FALSE at the end or with what was expected set. */
static gboolean advance(AverJsonScanner *scanner, AverJsonScan *scan)
{
  gboolean object = scanner->kind == AVER_JSON_OBJECT;
  aver_json_skip_space(scan);
  if (aver_json_at(scan, object ? '}' : ']')) {
    scan->p++;
    return FALSE;
  }
  if (!scanner->first) {
    if (!aver_json_at(scan, ','))
      return aver_json_expect(scan, scan->p, object ? "',' or '}'" : "',' or ']'");
    scan->p++;
    aver_json_skip_space(scan);
  }
  scanner->first = FALSE;
  return TRUE;
}

gboolean aver_json_scanner_next(AverJsonScanner *scanner, AverJsonValue *key, AverJsonValue *value,
                                GError **error)
{
  g_return_val_if_fail(scanner != NULL && scanner->start != NULL && value != NULL, FALSE);
  AverJsonValue unwanted;
  AverJsonScan scan = {.p = scanner->position, .end = scanner->end};
  if (!advance(scanner, &scan)) {
    if (scan.expected != NULL)
      aver_json_scan_error(&scan, scanner->start, error);
    else
      check_end(scanner, &scan, error);
    scanner->start = NULL;
    return FALSE;
  }
  key = key != NULL ? key : &unwanted;
  gboolean object = scanner->kind == AVER_JSON_OBJECT;
  if ((object && !aver_json_scan_key(&scan, key)) || !aver_json_scan_value(&scan, 1, value)) {
    aver_json_scan_error(&scan, scanner->start, error);
    scanner->start = NULL;
    return FALSE;
  }
  if (object)
    keep_key(scanner, key);
  scanner->position = scan.p;
  return TRUE;
}
