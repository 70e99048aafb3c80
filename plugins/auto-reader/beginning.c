/* SPDX-License-Identifier: Apache-2.0 */
/* The beginning of a file, made ready for looking at. */
#include "beginning.h"

/* Without the NULs that ASCII has in UTF-16 and UTF-32; other characters may come out as any. */
static void narrow(Beginning *beginning, const AverCharset *charset)
{
  gboolean wide = charset->mark > 0 && strcmp(charset->name, "utf-8") != 0;
  const char *p = beginning->bytes;
  gsize n = beginning->n_bytes;
  if (n >= 4 && ((p[0] == '<' && p[1] == '\0') || (p[0] == '\0' && p[1] == '<')))
    wide = TRUE; /* markup without a mark */
  beginning->utf8 = !wide;
  for (gsize i = charset->mark; i < n; i++)
    if (!wide || p[i] != '\0')
      beginning->text[beginning->length++] = p[i];
}

static void trim(Beginning *beginning)
{
  gsize n = 0;
  while (n < beginning->length && g_ascii_isspace(beginning->text[n]))
    n++;
  beginning->length -= n;
  memmove(beginning->text, beginning->text + n, beginning->length);
}

/* Whether it is UTF-8, but for a character that is cut off at the end, and has no controls. */
static void judge(Beginning *beginning)
{
  gsize bad = 0, n = beginning->length;
  if (!aver_utf8_validate(beginning->text, n, &bad)) {
    gboolean cut_off = !beginning->ended && n - bad < 4;
    beginning->utf8 = beginning->utf8 && cut_off;
    beginning->length = cut_off ? bad : n;
  }
  for (gsize i = 0; i < beginning->length; i++) {
    guchar c = (guchar) beginning->text[i];
    if (c < 0x20 && (c == '\0' || strchr("\a\b\t\n\v\f\r\x1a\x1b", c) == NULL))
      beginning->controls = TRUE;
  }
}

gboolean beginning_is(const Beginning *beginning, const char *word)
{
  gsize n = strlen(word);
  return beginning->length >= n && g_ascii_strncasecmp(beginning->text, word, n) == 0;
}

/* Behind the next @end, or NULL. */
static const char *behind(const char *p, const char *limit, const char *end)
{
  const char *found = g_strstr_len(p, limit - p, end);
  return found == NULL ? NULL : found + strlen(end);
}

/* Behind a document type declaration, whose subset in brackets may have declarations. */
static const char *behind_doctype(const char *p, const char *limit)
{
  for (guint depth = 0; p < limit; p++) {
    if (*p == '[')
      depth++;
    else if (*p == ']' && depth > 0)
      depth--;
    else if (*p == '>' && depth == 0)
      return p + 1;
  }
  return NULL;
}

/* Behind what comes before the first element: one declaration, comment or instruction. */
static const char *behind_prolog(Beginning *beginning, const char *p, const char *limit)
{
  if (g_str_has_prefix(p, "<!--"))
    return behind(p, limit, "-->");
  if (p[1] == '!')
    return behind_doctype(p, limit);
  beginning->declared |= g_str_has_prefix(p, "<?xml");
  return behind(p, limit, "?>");
}

static void take_name(Beginning *beginning, const char *p, const char *limit)
{
  gsize n = 0;
  for (p++; p < limit && n < sizeof beginning->root - 1; p++) {
    if (*p == ':')
      n = 0;
    else if (g_ascii_isalnum(*p) || *p == '_' || *p == '-' || *p == '.')
      beginning->root[n++] = *p;
    else
      break;
  }
  beginning->root[n] = '\0';
  beginning->root_state = n == 0                          ? ROOT_NONE
                          : p == limit && !beginning->all ? ROOT_MORE
                                                          : ROOT_FOUND;
}

/* The name of the first element of XML or HTML. */
static void find_root(Beginning *beginning)
{
  const char *p = beginning->text, *limit = p + beginning->length;
  while (p != NULL && p < limit && *p == '<') {
    if (limit - p >= 2 && p[1] != '!' && p[1] != '?') {
      take_name(beginning, p, limit);
      return;
    }
    p = limit - p < 2 ? NULL : behind_prolog(beginning, p, limit);
    while (p != NULL && p < limit && g_ascii_isspace(*p))
      p++;
  }
  gboolean inside = beginning->length > 0 && beginning->text[0] == '<' && (p == NULL || p == limit);
  beginning->root_state = inside && !beginning->all ? ROOT_MORE : ROOT_NONE;
}

void beginning_init(Beginning *beginning, const char *bytes, gsize n_bytes, gboolean ended)
{
  AverCharset charset;
  *beginning = (Beginning){
      .bytes = bytes, .n_bytes = n_bytes, .ended = ended, .all = ended || n_bytes >= LOOKED_AT};
  aver_charset_find_mark(&charset, bytes, n_bytes);
  narrow(beginning, &charset);
  trim(beginning);
  judge(beginning);
  find_root(beginning);
}
