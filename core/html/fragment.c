/* SPDX-License-Identifier: Apache-2.0 */
/* Fragments: texts that come in other formats and may be HTML, or not. */
#include <aver/html.h>
#include <string.h>

/* "&amp;", "&#8217;", "&eacute;". */
static gboolean is_reference(const char *p, const char *end)
{
  const char *begin = p + 1;
  for (p = begin; p < end && p - begin < 12; p++)
    if (!g_ascii_isalnum(*p) && !(p == begin && *p == '#'))
      return *p == ';' && p - begin > 1;
  return FALSE;
}

gboolean aver_html_is_markup(const char *text, gsize length)
{
  const char *end = text + length;
  for (const char *p = text; p + 2 < end; p++) {
    if (*p == '<' && (g_ascii_isalpha(p[1]) || p[1] == '/' || p[1] == '!'))
      return memchr(p, '>', (gsize) (end - p)) != NULL;
    if (*p == '&' && is_reference(p, end))
      return TRUE;
  }
  return FALSE;
}

static void trim(const char **text, gsize *length)
{
  while (*length > 0 && g_ascii_isspace(**text)) {
    (*text)++;
    (*length)--;
  }
  while (*length > 0 && g_ascii_isspace((*text)[*length - 1]))
    (*length)--;
}

gboolean aver_html_append_guess(AverHtml *html, const char *data, gsize length, AverBuffer *text,
                                GError **error)
{
  static const char pre[] = "<pre>";
  g_return_val_if_fail(html != NULL && (data != NULL || length == 0) && text != NULL, FALSE);
  trim(&data, &length);
  if (!aver_html_is_markup(data, length)) {
    aver_buffer_append(text, data, length);
    return TRUE;
  }
  if (memchr(data, '<', length) != NULL)
    return aver_html_append_text(html, data, length, text, error);
  g_auto(AverBuffer) lines = {0};
  aver_buffer_append_string(&lines, pre);
  aver_buffer_append(&lines, data, length);
  return aver_html_append_text(html, lines.data, lines.length, text, error);
}
