/* SPDX-License-Identifier: Apache-2.0 */
/* JSON on the hot path: strings and numbers written out. */
#include <aver/json.h>

#include <math.h>

/* For each byte: 0 when it stands as it is, the letter of its short escape, or 'u'. */
static const char escapes[256] = {
    ['"'] = '"',  ['\\'] = '\\', [0] = 'u',  [1] = 'u',    [2] = 'u',    [3] = 'u',    [4] = 'u',
    [5] = 'u',    [6] = 'u',     [7] = 'u',  ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', [11] = 'u',
    ['\f'] = 'f', ['\r'] = 'r',  [14] = 'u', [15] = 'u',   [16] = 'u',   [17] = 'u',   [18] = 'u',
    [19] = 'u',   [20] = 'u',    [21] = 'u', [22] = 'u',   [23] = 'u',   [24] = 'u',   [25] = 'u',
    [26] = 'u',   [27] = 'u',    [28] = 'u', [29] = 'u',   [30] = 'u',   [31] = 'u',
};

static void append_escape(AverBuffer *buffer, guchar byte)
{
  static const char hex[] = "0123456789abcdef";
  aver_buffer_append_char(buffer, '\\');
  aver_buffer_append_char(buffer, escapes[byte]);
  if (escapes[byte] == 'u') {
    aver_buffer_append(buffer, "00", 2);
    aver_buffer_append_char(buffer, hex[byte >> 4]);
    aver_buffer_append_char(buffer, hex[byte & 15]);
  }
}

void aver_json_append_string(AverBuffer *buffer, const char *text, gsize length)
{
  gsize plain = 0;
  aver_buffer_reserve(buffer, length + 2);
  aver_buffer_append_char(buffer, '"');
  for (gsize i = 0; i < length; i++) {
    if (G_LIKELY(escapes[(guchar) text[i]] == 0))
      continue;
    aver_buffer_append(buffer, text + plain, i - plain);
    append_escape(buffer, (guchar) text[i]);
    plain = i + 1;
  }
  aver_buffer_append(buffer, text + plain, length - plain);
  aver_buffer_append_char(buffer, '"');
}

void aver_json_append_integer(AverBuffer *buffer, gint64 value)
{
  char digits[24];
  guint n = sizeof digits;
  guint64 rest = value < 0 ? 0 - (guint64) value : (guint64) value;
  do {
    digits[--n] = (char) ('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  if (value < 0)
    digits[--n] = '-';
  aver_buffer_append(buffer, digits + n, sizeof digits - n);
}

void aver_json_append_float(AverBuffer *buffer, float value)
{
  static const char *const formats[] = {"%.6g", "%.7g", "%.8g", "%.9g"};
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  if (!isfinite(value)) {
    aver_buffer_append(buffer, "null", 4);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
    g_ascii_formatd(digits, sizeof digits, formats[i], (double) value);
    if ((float) g_ascii_strtod(digits, NULL) == value)
      break;
  }
  aver_buffer_append_string(buffer, digits);
}
