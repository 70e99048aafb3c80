/* SPDX-License-Identifier: Apache-2.0 */
/* The reader's cursor, written and read. */
#include "cursor.h"

#define MOST_IN_A_SPAN ((guint64) 1 << 24)

void cursor_add(GArray *spans, guint64 stream, guint64 consumer)
{
  CursorSpan *last = spans->len == 0 ? NULL : &g_array_index(spans, CursorSpan, spans->len - 1);
  if (last != NULL && last->n < MOST_IN_A_SPAN && stream == last->stream + last->n &&
      consumer == last->consumer + last->n) {
    last->n++;
    return;
  }
  const CursorSpan span = {stream, consumer, 1};
  g_array_append_val(spans, span);
}

void cursor_write(GString *text, guint64 number, const GArray *spans)
{
  g_string_append_printf(text, "%" G_GUINT64_FORMAT, number);
  for (guint i = 0; i < spans->len; i++) {
    const CursorSpan *span = &g_array_index(spans, CursorSpan, i);
    g_string_append_printf(text, "%c%" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT,
                           i == 0 ? ' ' : ',', span->stream, span->consumer, span->n);
  }
}

static gboolean take_number(const char **text, guint64 *number)
{
  guint64 n = 0;
  const char *from = *text;
  for (; g_ascii_isdigit(**text); (*text)++) {
    guint64 digit = (guint64) (**text - '0');
    if (n > (G_MAXUINT64 - digit) / 10)
      return FALSE;
    n = n * 10 + digit;
  }
  *number = n;
  return *text > from;
}

static gboolean take_char(const char **text, char wanted)
{
  gboolean there = **text == wanted;
  *text += there;
  return there;
}

gboolean cursor_parse(const char *text, guint64 *number, GArray *spans)
{
  g_array_set_size(spans, 0);
  if (!take_number(&text, number))
    return FALSE;
  for (char before = ' '; *text != '\0'; before = ',') {
    CursorSpan span;
    if (!take_char(&text, before) || !take_number(&text, &span.stream) || !take_char(&text, '.') ||
        !take_number(&text, &span.consumer) || !take_char(&text, '.') ||
        !take_number(&text, &span.n) || span.n == 0 || span.n > MOST_IN_A_SPAN ||
        span.stream > G_MAXUINT64 - span.n || span.consumer > G_MAXUINT64 - span.n)
      return FALSE;
    g_array_append_val(spans, span);
  }
  return TRUE;
}
