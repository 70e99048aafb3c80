/* SPDX-License-Identifier: Apache-2.0 */
/* Character sets of web pages, as browsers see them (the WHATWG's Encoding Standard). */
#include "charset.h"

#include <aver/text.h>
#include <errno.h>
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

static gsize copy_name(Charset *charset, const char *from, const char *end)
{
  gsize n = 0;
  for (; from < end && n < sizeof charset->name - 1; from++) {
    if (!g_ascii_isalnum(*from) && strchr("-_:.", *from) == NULL)
      break;
    charset->name[n++] = g_ascii_tolower(*from);
  }
  charset->name[n] = '\0';
  return n;
}

/* The first meta element that names a character set. */
static gboolean declared(Charset *charset, const char *data, gsize length)
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
    if (copy_name(charset, name, close) > 0)
      return TRUE;
  }
  return FALSE;
}

/* What browsers take a name to mean where it is not what it says. */
static void correct_name(Charset *charset)
{
  static const char *const meanings[][2] = {
      {"utf8", "utf-8"},
      {"ascii", "windows-1252"},
      {"us-ascii", "windows-1252"},
      {"cp1252", "windows-1252"},
      {"latin1", "windows-1252"},
      {"iso-8859-1", "windows-1252"},
      {"iso8859-1", "windows-1252"},
      {"x-user-defined", "windows-1252"},
      {"iso-8859-9", "windows-1254"},
      {"gb2312", "gb18030"},
      {"gbk", "gb18030"},
      {"shift_jis", "cp932"},
      {"x-sjis", "cp932"},
      {"shift-jis", "cp932"},
      {"ks_c_5601-1987", "cp949"},
      {"euc-kr", "cp949"},
      {"big5", "big5-hkscs"},
      {"tis-620", "windows-874"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(meanings); i++)
    if (strcmp(charset->name, meanings[i][0]) == 0)
      g_strlcpy(charset->name, meanings[i][1], sizeof charset->name);
  /* The declaration was read as ASCII: it cannot be true. */
  if (charset->source == CHARSET_DECLARED && g_str_has_prefix(charset->name, "utf-16"))
    g_strlcpy(charset->name, "utf-8", sizeof charset->name);
}

static void set_name(Charset *charset, const char *name, CharsetSource source)
{
  g_strlcpy(charset->name, name, sizeof charset->name);
  charset->source = source;
}

/* Finds out; returns the length of the byte order mark. */
static gsize find_out(Charset *charset, const char *data, gsize length, const char *protocol)
{
  static const struct {
    const char *mark, *name;
    gsize length;
  } marks[] = {
      {"\xef\xbb\xbf", "utf-8", 3}, {"\xff\xfe", "utf-16le", 2}, {"\xfe\xff", "utf-16be", 2}};
  *charset = (Charset){.source = CHARSET_MARK};
  for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
    if (length >= marks[i].length && memcmp(data, marks[i].mark, marks[i].length) == 0) {
      set_name(charset, marks[i].name, CHARSET_MARK);
      return marks[i].length;
    }
  charset->source = CHARSET_PROTOCOL;
  if (protocol == NULL || copy_name(charset, protocol, protocol + strlen(protocol)) == 0) {
    charset->source = CHARSET_DECLARED;
    if (!declared(charset, data, length))
      set_name(charset, "", CHARSET_ASSUMED);
  }
  correct_name(charset);
  /* No mark, no word, but every other byte is NUL, as markup in UTF-16 has it. */
  if (charset->source != CHARSET_PROTOCOL && length >= 4 && data[0] == '<' && data[1] == '\0')
    set_name(charset, "utf-16le", CHARSET_ASSUMED);
  else if (charset->source != CHARSET_PROTOCOL && length >= 4 && data[0] == '\0' && data[1] == '<')
    set_name(charset, "utf-16be", CHARSET_ASSUMED);
  return 0;
}

static void note_bad(Charset *charset, gsize at, gsize n)
{
  if (charset->n_bad == 0)
    charset->first_bad = at;
  charset->n_bad += n;
}

static void replace(Charset *charset, gsize at, AverBuffer *buffer)
{
  aver_buffer_append_string(buffer, REPLACEMENT);
  note_bad(charset, at, 1);
}

/* Copies UTF-8; NUL and what is malformed become U+FFFD. */
static void copy_utf8(Charset *charset, const char *data, gsize length, gsize before,
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

/* Any other set through iconv; FALSE when there is no such set. What is malformed is passed over
 * byte by byte, or by two in UTF-16. */
static gboolean convert(Charset *charset, const char *data, gsize length, gsize before,
                        AverBuffer *buffer)
{
  GIConv converter = g_iconv_open("UTF-8", charset->name);
  if (converter == (GIConv) -1)
    return FALSE;
  gsize step = g_str_has_prefix(charset->name, "utf-16") ? 2 : 1, left = length;
  char *from = (char *) data;
  while (left > 0) {
    gsize room = left * 2 + 16, free_room = room;
    char *to = aver_buffer_reserve(buffer, room);
    gsize done = g_iconv(converter, &from, &left, &to, &free_room);
    buffer->length += room - free_room;
    if (done != (gsize) -1 || errno == E2BIG)
      continue;
    gsize n = MIN(step, left);
    note_bad(charset, before + length - left, n);
    aver_buffer_append_string(buffer, REPLACEMENT);
    from += n;
    left -= n;
  }
  g_iconv_close(converter);
  for (char *p = buffer->data;
       p != NULL && (p = memchr(p, '\0', buffer->length - (gsize) (p - buffer->data)));)
    *p = ' ';
  return TRUE;
}

void charset_decode(Charset *charset, const char *data, gsize length, const char *protocol,
                    AverBuffer *buffer, const char **utf8, gsize *utf8_length)
{
  buffer->length = 0;
  aver_buffer_reserve(buffer, 64);
  data = length == 0 ? "" : data;
  gsize mark = find_out(charset, data, length, protocol);
  data += mark;
  length -= mark;
  gboolean unicode = strcmp(charset->name, "utf-8") == 0;
  gboolean windows = strcmp(charset->name, "windows-1252") == 0;
  if (!unicode && !windows && charset->name[0] != '\0' &&
      convert(charset, data, length, mark, buffer)) {
    *utf8 = buffer->data;
    *utf8_length = buffer->length;
    return;
  }
  if (!unicode && !windows) {
    windows = !aver_utf8_validate(data, length, NULL);
    set_name(charset, windows ? "windows-1252" : "utf-8", CHARSET_ASSUMED);
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

gboolean charset_is_known(const char *name)
{
  Charset charset = {.source = CHARSET_PROTOCOL};
  if (name[0] == '\0' || copy_name(&charset, name, name + strlen(name)) != strlen(name))
    return FALSE;
  correct_name(&charset);
  GIConv converter = g_iconv_open("UTF-8", charset.name);
  if (converter == (GIConv) -1)
    return FALSE;
  g_iconv_close(converter);
  return TRUE;
}
