/* SPDX-License-Identifier: Apache-2.0 */
/* All HTML goes through here: what is not the page's own is escaped. */
#include "page-private.h"

#include <stdarg.h>

/* What a character stands as: nothing that ends an element, an attribute's value or a comment, and
 * nothing that is not seen. */
static void append_special(AverBuffer *out, gunichar c)
{
  if (c == '&')
    aver_buffer_append_string(out, "&amp;");
  else if (c == '<')
    aver_buffer_append_string(out, "&lt;");
  else if (c == '>')
    aver_buffer_append_string(out, "&gt;");
  else if (c == '"')
    aver_buffer_append_string(out, "&quot;");
  else if (c == '\'')
    aver_buffer_append_string(out, "&#39;");
  else
    aver_buffer_printf(out, "\\u%04x", c);
}

static gboolean is_special(gunichar c)
{
  return c == '&' || c == '<' || c == '>' || c == '"' || c == '\'' ||
         (c != '\n' && c != '\t' && aver_character_is_unsafe(c));
}

void aver_page_print_text(AverBuffer *out, const char *text, gsize length)
{
  const char *end = text + length, *plain = text;
  for (const char *p = text; p < end;) {
    gunichar c = (guchar) *p < 0x80 ? (guchar) *p : g_utf8_get_char(p);
    const char *next = (guchar) *p < 0x80 ? p + 1 : g_utf8_next_char(p);
    if (is_special(c)) {
      aver_buffer_append(out, plain, (gsize) (p - plain));
      plain = next;
      if (c == '\r' && (next == end || *next != '\n'))
        aver_buffer_append_char(out, '\n');
      else if (c != '\r')
        append_special(out, c);
    }
    p = next;
  }
  aver_buffer_append(out, plain, (gsize) (end - plain));
}

void aver_page_print(AverBuffer *out, const char *format, ...)
{
  va_list values;
  va_start(values, format);
  for (const char *percent; (percent = strchr(format, '%')) != NULL; format = percent + 2) {
    aver_buffer_append(out, format, (gsize) (percent - format));
    if (percent[1] == 's') {
      const char *text = va_arg(values, const char *);
      aver_page_print_text(out, text, strlen(text));
    } else {
      aver_json_append_integer(out, va_arg(values, guint));
    }
  }
  aver_buffer_append_string(out, format);
  va_end(values);
}

void aver_page_print_cut(AverBuffer *out, const char *text, gsize length, gsize most)
{
  gsize kept = MIN(length, most);
  while (kept < length && kept > 0 && ((guchar) text[kept] & 0xc0) == 0x80)
    kept--;
  aver_page_print_text(out, text, kept);
  if (kept < length)
    aver_buffer_append_string(out, "…");
}

void aver_page_print_score(AverBuffer *out, float score)
{
  if (score - score != 0) { /* infinite or NaN */
    aver_buffer_append_string(out, "–");
    return;
  }
  aver_buffer_printf(out, "%.2f", (double) CLAMP(score, -1e6f, 1e6f));
}

void aver_page_print_anchored(AverBuffer *out, const char *page, gsize length, const char *prefix)
{
  for (const char *end = page + length, *at; page < end; page = at + 1) {
    at = memchr(page, *AT, (gsize) (end - page));
    at = at == NULL ? end : at;
    aver_buffer_append(out, page, (gsize) (at - page));
    if (at < end)
      aver_buffer_append_string(out, prefix);
  }
}
