/* SPDX-License-Identifier: Apache-2.0 */
/* JSON on the hot path: strings and numbers written out. */
#include <aver/json.h>

#include "json-plain.h"

#include <math.h>

/* For each byte: 0 when it stands as it is, the letter of its short escape, or 'u'. */
static const char escapes[256] = {
    ['"'] = '"',  ['\\'] = '\\', [0] = 'u',  [1] = 'u',    [2] = 'u',    [3] = 'u',    [4] = 'u',
    [5] = 'u',    [6] = 'u',     [7] = 'u',  ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', [11] = 'u',
    ['\f'] = 'f', ['\r'] = 'r',  [14] = 'u', [15] = 'u',   [16] = 'u',   [17] = 'u',   [18] = 'u',
    [19] = 'u',   [20] = 'u',    [21] = 'u', [22] = 'u',   [23] = 'u',   [24] = 'u',   [25] = 'u',
    [26] = 'u',   [27] = 'u',    [28] = 'u', [29] = 'u',   [30] = 'u',   [31] = 'u',
};

/* Room for one escape and the quotation marks. */
#define SLACK 8

static char *put_escape(char *to, guchar byte)
{
  static const char hex[] = "0123456789abcdef";
  *to++ = '\\';
  *to++ = escapes[byte];
  if (escapes[byte] == 'u') {
    *to++ = '0';
    *to++ = '0';
    *to++ = hex[byte >> 4];
    *to++ = hex[byte & 15];
  }
  return to;
}

/* Copies plain bytes block by block; the last block may write rubbish behind them. */
static gsize copy_plain(char *to, const char *text, gsize length)
{
  gsize i = 0;
  while (i + AVER_JSON_BLOCK <= length) {
    guint plain = aver_json_plain_block(text + i);
    memcpy(to + i, text + i, AVER_JSON_BLOCK);
    i += plain;
    if (plain < AVER_JSON_BLOCK)
      return i;
  }
  for (; i < length && aver_json_plain(text[i]); i++)
    to[i] = text[i];
  return i;
}

void aver_json_append_string(AverBuffer *buffer, const char *text, gsize length)
{
  char *to = aver_buffer_reserve(buffer, length + SLACK);
  *to++ = '"';
  for (;;) {
    gsize plain = copy_plain(to, text, length);
    to += plain;
    text += plain;
    length -= plain;
    if (length == 0)
      break;
    to = put_escape(to, (guchar) *text++);
    length--;
    buffer->length = (gsize) (to - buffer->data);
    to = aver_buffer_reserve(buffer, length + SLACK);
  }
  *to++ = '"';
  buffer->length = (gsize) (to - buffer->data);
}

void aver_json_append_integer(AverBuffer *buffer, gint64 value)
{
  char digits[20];
  guint n = 0;
  guint64 rest = value < 0 ? 0 - (guint64) value : (guint64) value;
  char *to = aver_buffer_reserve(buffer, sizeof digits + 1);
  char *start = to;
  do {
    digits[n++] = (char) ('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  if (value < 0)
    *to++ = '-';
  while (n > 0)
    *to++ = digits[--n];
  buffer->length += (gsize) (to - start);
}

static void append_float_slowly(AverBuffer *buffer, float value)
{
  static const char *const formats[] = {"%.6g", "%.7g", "%.8g", "%.9g"};
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
    g_ascii_formatd(digits, sizeof digits, formats[i], (double) value);
    if ((float) g_ascii_strtod(digits, NULL) == value)
      break;
  }
  aver_buffer_append_string(buffer, digits);
}

static void append_decimal(AverBuffer *buffer, gint64 digits, guint decimals)
{
  static const gint64 powers[] = {1,       10,       100,       1000,       10000,      100000,
                                  1000000, 10000000, 100000000, 1000000000, 10000000000};
  aver_json_append_integer(buffer, digits / powers[decimals]);
  if (decimals == 0)
    return;
  char *to = aver_buffer_reserve(buffer, decimals + 1);
  gint64 fraction = digits % powers[decimals];
  to[0] = '.';
  for (guint i = decimals; i > 0; i--) {
    to[i] = (char) ('0' + fraction % 10);
    fraction /= 10;
  }
  buffer->length += decimals + 1;
}

/* From 0.001 to a million the fewest decimals that read back the same are found by multiplying:
 * 24 bits times a power of five up to 5^10 is exact in a double. */
void aver_json_append_float(AverBuffer *buffer, float value)
{
  double magnitude = fabs((double) value), power = 1;
  if (!isfinite(value)) {
    aver_buffer_append(buffer, "null", 4);
    return;
  }
  for (guint decimals = 0; decimals <= 10; decimals++, power *= 10) {
    double digits = rint(magnitude * power);
    if ((magnitude != 0 && magnitude < 0.001) || magnitude >= 1e6)
      break;
    if ((float) (digits / power) != (float) magnitude)
      continue;
    if (signbit(value))
      aver_buffer_append_char(buffer, '-');
    append_decimal(buffer, (gint64) digits, decimals);
    return;
  }
  append_float_slowly(buffer, value);
}
