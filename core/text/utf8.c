/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8: validation and white space. */
#include <aver/text.h>

#include "kernels.h"

/* The length of the character at p, of which n bytes are at hand; 0 when it is malformed. Follows
 * table 3-7 of the Unicode Standard: the second byte's range depends on the first. */
static guint character_length(const guchar *p, gsize n)
{
  guchar low = 0x80, high = 0xbf;
  guint length;
  if (p[0] >= 0xc2 && p[0] <= 0xdf) {
    length = 2;
  } else if (p[0] >= 0xe0 && p[0] <= 0xef) {
    length = 3;
    low = p[0] == 0xe0 ? 0xa0 : 0x80;
    high = p[0] == 0xed ? 0x9f : 0xbf;
  } else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
    length = 4;
    low = p[0] == 0xf0 ? 0x90 : 0x80;
    high = p[0] == 0xf4 ? 0x8f : 0xbf;
  } else {
    return 0;
  }
  if (n < length || p[1] < low || p[1] > high)
    return 0;
  for (guint i = 2; i < length; i++)
    if ((p[i] & 0xc0) != 0x80)
      return 0;
  return length;
}

gboolean aver_utf8_validate(const char *data, gsize length, gsize *bad_offset)
{
  const AverKernels *kernels = aver_kernels();
  for (gsize i = kernels->skip_ascii(data, length); i < length;) {
    guint n = character_length((const guchar *) data + i, length - i);
    if (n == 0) {
      if (bad_offset != NULL)
        *bad_offset = i;
      return FALSE;
    }
    i += n;
    if (i < length && (guchar) data[i] < 0x80)
      i += kernels->skip_ascii(data + i, length - i);
  }
  return TRUE;
}

guint aver_text_space(const char *text, gsize length, gsize position)
{
  const guchar *p = (const guchar *) text + position;
  gsize n = length - position;
  if (p[0] < 0x80)
    return p[0] == ' ' || (p[0] >= 0x09 && p[0] <= 0x0d) || (p[0] >= 0x1c && p[0] <= 0x1f);
  if (p[0] == 0xc2)
    return n >= 2 && (p[1] == 0x85 || p[1] == 0xa0) ? 2 : 0;
  if (n < 3)
    return 0;
  gboolean space = FALSE;
  if (p[0] == 0xe2 && p[1] == 0x80)
    space = p[2] <= 0x8a || p[2] == 0xa8 || p[2] == 0xa9 || p[2] == 0xaf;
  else if (p[0] == 0xe2 && p[1] == 0x81)
    space = p[2] == 0x9f;
  else if (p[0] == 0xe1)
    space = p[1] == 0x9a && p[2] == 0x80;
  else if (p[0] == 0xe3)
    space = p[1] == 0x80 && p[2] == 0x80;
  else if (p[0] == 0xef)
    space = p[1] == 0xbb && p[2] == 0xbf;
  return space ? 3 : 0;
}

AverSpan aver_text_trim(const char *text, AverSpan span)
{
  while (span.start < span.end) {
    guint n = aver_text_space(text, span.end, span.start);
    if (n == 0)
      break;
    span.start += n;
  }
  while (span.end > span.start) {
    guint32 last = span.end - 1;
    while (last > span.start && ((guchar) text[last] & 0xc0) == 0x80)
      last--;
    if (aver_text_space(text, span.end, last) == 0)
      break;
    span.end = last;
  }
  return span;
}

static gboolean is_boundary(const char *text, gsize length, gint64 offset)
{
  return (gsize) offset == length || ((guchar) text[offset] & 0xc0) != 0x80;
}

gboolean aver_text_check_span(const char *text, gsize length, gint64 start, gint64 end,
                              GError **error)
{
  g_return_val_if_fail(text != NULL, FALSE);
  const char *wrong = NULL;
  if (start < 0 || start > (gint64) length || end > (gint64) length) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "[%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT "], lies outside the text; expected "
                "offsets from 0 to %" G_GSIZE_FORMAT,
                start, end, length);
    return FALSE;
  }
  if (end < start)
    wrong = "ends before it starts; expected [start, end)";
  else if (!is_boundary(text, length, start) || !is_boundary(text, length, end))
    wrong = "cuts a character; expected UTF-8 byte offsets on character boundaries";
  if (wrong != NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "[%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT "], %s", start, end, wrong);
  return wrong == NULL;
}
