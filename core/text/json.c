/* SPDX-License-Identifier: Apache-2.0 */
/* JSON on the hot path: strings and numbers written out. */
#include <aver/json.h>

#include "kernels.h"

#include <math.h>
#include <string.h>

/* Bytes escaped at a time: room is made for the worst. */
#define MOST_AT_ONCE 4096

void aver_json_append_string(AverBuffer *buffer, const char *text, gsize length)
{
  const AverKernels *kernels = aver_kernels();
  aver_buffer_append_char(buffer, '"');
  do {
    gsize n = MIN(length, MOST_AT_ONCE);
    char *to = aver_buffer_reserve(buffer, AVER_KERNEL_ESCAPE * n + AVER_KERNEL_SLACK);
    buffer->length += kernels->escape(text, n, to);
    text += n;
    length -= n;
  } while (length > 0);
  buffer->data[buffer->length++] = '"';
}

/* The digits of @value end at @end; returns where they start. */
static char *put_digits(char *end, guint64 value)
{
  static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                              "25262728293031323334353637383940414243444546474849"
                              "50515253545556575859606162636465666768697071727374"
                              "75767778798081828384858687888990919293949596979899";
  while (value >= 100) {
    end -= 2;
    memcpy(end, pairs + value % 100 * 2, 2);
    value /= 100;
  }
  if (value < 10) {
    *--end = (char) ('0' + value);
    return end;
  }
  end -= 2;
  memcpy(end, pairs + value * 2, 2);
  return end;
}

void aver_json_append_integer(AverBuffer *buffer, gint64 value)
{
  char digits[24];
  char *end = digits + sizeof digits;
  char *start = put_digits(end, value < 0 ? 0 - (guint64) value : (guint64) value);
  if (value < 0)
    *--start = '-';
  aver_buffer_append(buffer, start, (gsize) (end - start));
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

/* What to begin with: most floats take more decimals than this. */
#define FEW_DECIMALS 5

/* Fewer decimals than do not read back the same do not either, unless floats lie closer on one side
 * of this one than on the other: at powers of two. */
static gboolean takes_more(float magnitude)
{
  guint32 bits;
  memcpy(&bits, &magnitude, sizeof bits);
  double digits = rint((double) magnitude * 1e5);
  return (bits & 0x7fffff) != 0 && (float) (digits / 1e5) != magnitude;
}

/* From 0.001 to a million the fewest decimals that read back the same are found by multiplying:
 * 24 bits times a power of five up to 5^10 is exact in a double. */
void aver_json_append_float(AverBuffer *buffer, float value)
{
  double magnitude = fabs((double) value);
  if (!isfinite(value)) {
    aver_buffer_append(buffer, "null", 4);
    return;
  }
  gboolean more = takes_more((float) magnitude);
  double power = more ? 1e6 : 1;
  for (guint decimals = more ? FEW_DECIMALS + 1 : 0; decimals <= 10; decimals++, power *= 10) {
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
