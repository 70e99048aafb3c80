/* SPDX-License-Identifier: Apache-2.0 */
/* Character sets of web pages, as browsers see them (the WHATWG's Encoding Standard). */
#include "charset.h"

#include <aver/text.h>
#include <string.h>

/* Where declarations are looked for: browsers look at 1,024 bytes, some sites come later. */
#define DECLARED_WITHIN 4096
#define REPLACEMENT     "\xef\xbf\xbd"

guint charset_windows(guint byte, char *to)
{
  static const guint16 characters[32] = {
      0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
      0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
      0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};
  return (guint) g_unichar_to_utf8(characters[byte & 31], to);
}

static const char *find(const char *text, gsize length, const char *word)
{
  gsize n = strlen(word);
  for (gsize i = 0; i + n <= length; i++)
    if (g_ascii_strncasecmp(text + i, word, n) == 0)
      return text + i;
  return NULL;
}

/* The first meta element that names a character set. */
static gboolean declared(AverCharset *charset, const char *data, gsize length)
{
  const char *end = data + MIN(length, DECLARED_WITHIN), *p = data;
  while ((p = find(p, (gsize) (end - p), "<meta")) != NULL) {
    const char *close = memchr(p, '>', (gsize) (end - p));
    close = close == NULL ? end : close;
    const char *name = find(p, (gsize) (close - p), "charset");
    p = close;
    if (name == NULL)
      continue;
    name += strlen("charset");
    while (name < close && g_ascii_isspace(*name))
      name++;
    if (name == close || *name != '=')
      continue;
    name++;
    while (name < close && (g_ascii_isspace(*name) || *name == '"' || *name == '\''))
      name++;
    if (aver_charset_set_name(charset, name, (gsize) (close - name), AVER_CHARSET_DECLARED))
      return TRUE;
  }
  return FALSE;
}

/* Finds out; returns the length of the byte order mark. */
static gsize find_out(AverCharset *charset, const char *data, gsize length, const char *protocol)
{
  if (aver_charset_find_mark(charset, data, length))
    return charset->mark;
  if (protocol != NULL &&
      aver_charset_set_name(charset, protocol, strlen(protocol), AVER_CHARSET_PROTOCOL))
    return 0;
  if (!declared(charset, data, length))
    aver_charset_set_name(charset, "", 0, AVER_CHARSET_ASSUMED);
  else if (g_str_has_prefix(charset->name, "utf-16"))
    /* The declaration was read as ASCII: it cannot be true. */
    aver_charset_set_name(charset, "utf-8", 5, AVER_CHARSET_DECLARED);
  /* No mark, no word, but every other byte is NUL, as markup in UTF-16 has it. */
  if (length >= 4 && data[0] == '<' && data[1] == '\0')
    aver_charset_set_name(charset, "utf-16le", 8, AVER_CHARSET_ASSUMED);
  else if (length >= 4 && data[0] == '\0' && data[1] == '<')
    aver_charset_set_name(charset, "utf-16be", 8, AVER_CHARSET_ASSUMED);
  return 0;
}

static void note_bad(AverCharset *charset, gsize at, gsize n)
{
  if (charset->n_bad == 0)
    charset->first_bad = at;
  charset->n_bad += n;
}

static void replace(AverCharset *charset, gsize at, AverBuffer *buffer)
{
  aver_buffer_append_string(buffer, REPLACEMENT);
  note_bad(charset, at, 1);
}

/* Copies UTF-8; NUL and what is malformed become U+FFFD. */
static void copy_utf8(AverCharset *charset, const char *data, gsize length, gsize before,
                      AverBuffer *buffer)
{
  for (gsize i = 0; i < length; i++) {
    gsize n = length - i;
    if (!aver_utf8_validate(data + i, length - i, &n) && n == 0) {
      replace(charset, before + i, buffer);
      continue;
    }
    const char *nul;
    for (gsize end = i + n; (nul = memchr(data + i, '\0', end - i)) != NULL; i++) {
      aver_buffer_append(buffer, data + i, (gsize) (nul - data) - i);
      i = (gsize) (nul - data);
      replace(charset, before + i, buffer);
      n = end - i - 1;
    }
    aver_buffer_append(buffer, data + i, n);
    i += n - 1;
  }
}

static void copy_windows(const char *data, gsize length, AverBuffer *buffer)
{
  for (gsize i = 0; i < length; i++) {
    guint byte = (guchar) data[i];
    char *room = aver_buffer_reserve(buffer, 6);
    if (byte > 0 && byte < 0x80)
      *room = (char) byte;
    buffer->length += byte == 0     ? 0
                      : byte < 0x80 ? 1
                      : byte < 0xa0 ? charset_windows(byte, room)
                                    : (guint) g_unichar_to_utf8(byte, room);
  }
}

/* Any other set; FALSE when there is no such set. */
static gboolean convert(AverCharset *charset, const char *data, gsize length, AverBuffer *buffer)
{
  if (!aver_charset_convert(charset, data, length, TRUE, buffer, NULL))
    return FALSE;
  for (char *p = buffer->data;
       (p = memchr(p, '\0', buffer->length - (gsize) (p - buffer->data))) != NULL;)
    *p = ' ';
  return TRUE;
}

void charset_decode(AverCharset *charset, const char *data, gsize length, const char *protocol,
                    AverBuffer *buffer, const char **utf8, gsize *utf8_length)
{
  buffer->length = 0;
  aver_buffer_reserve(buffer, 64);
  data = length == 0 ? "" : data;
  gsize mark = find_out(charset, data, length, protocol);
  gboolean unicode = strcmp(charset->name, "utf-8") == 0;
  gboolean windows = strcmp(charset->name, "windows-1252") == 0;
  if (!unicode && !windows && charset->name[0] != '\0' && convert(charset, data, length, buffer)) {
    *utf8 = buffer->data;
    *utf8_length = buffer->length;
    return;
  }
  data += mark;
  length -= mark;
  if (!unicode && !windows) {
    windows = !aver_utf8_validate(data, length, NULL);
    aver_charset_set_name(charset, windows ? "windows-1252" : "utf-8", 12, AVER_CHARSET_ASSUMED);
  }
  *utf8 = data;
  *utf8_length = length;
  if (!windows && aver_utf8_validate(data, length, NULL) && memchr(data, '\0', length) == NULL)
    return;
  if (windows)
    copy_windows(data, length, buffer);
  else
    copy_utf8(charset, data, length, mark, buffer);
  *utf8 = buffer->data == NULL ? "" : buffer->data;
  *utf8_length = buffer->length;
}
