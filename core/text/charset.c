/* SPDX-License-Identifier: Apache-2.0 */
/* Character sets: names, marks, and conversion with iconv. */
#include <aver/charset.h>

#include <errno.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* What browsers take a name to mean where it is not what it says. */
static void correct_name(AverCharset *charset)
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
}

gboolean aver_charset_set_name(AverCharset *charset, const char *name, gsize length,
                               AverCharsetSource source)
{
  g_return_val_if_fail(charset != NULL && name != NULL, FALSE);
  gsize n = 0;
  for (; n < length && n < sizeof charset->name - 1; n++) {
    if (name[n] == '\0' || (!g_ascii_isalnum(name[n]) && strchr("-_:.", name[n]) == NULL))
      break;
    charset->name[n] = g_ascii_tolower(name[n]);
  }
  charset->name[n] = '\0';
  charset->source = source;
  correct_name(charset);
  return n > 0;
}

gboolean aver_charset_find_mark(AverCharset *charset, const char *data, gsize length)
{
  static const struct {
    const char *mark, *name;
    guint length;
  } marks[] = {{"\xef\xbb\xbf", "utf-8", 3},
               {"\xff\xfe\0\0", "utf-32le", 4},
               {"\0\0\xfe\xff", "utf-32be", 4},
               {"\xff\xfe", "utf-16le", 2},
               {"\xfe\xff", "utf-16be", 2}};
  g_return_val_if_fail(charset != NULL && (data != NULL || length == 0), FALSE);
  *charset = (AverCharset){.source = AVER_CHARSET_MARK};
  for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
    if (length >= marks[i].length && memcmp(data, marks[i].mark, marks[i].length) == 0) {
      g_strlcpy(charset->name, marks[i].name, sizeof charset->name);
      charset->mark = marks[i].length;
      return TRUE;
    }
  return FALSE;
}

gboolean aver_charset_is_known(const char *name)
{
  AverCharset charset = {0};
  g_return_val_if_fail(name != NULL, FALSE);
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum(*p) && strchr("-_:.", *p) == NULL)
      return FALSE;
  if (!aver_charset_set_name(&charset, name, strlen(name), AVER_CHARSET_PROTOCOL))
    return FALSE;
  GIConv converter = g_iconv_open("UTF-8", charset.name);
  if (converter == (GIConv) -1)
    return FALSE;
  g_iconv_close(converter);
  return TRUE;
}

/* The bytes of the shortest character. */
static gsize step_of(const AverCharset *charset)
{
  return g_str_has_prefix(charset->name, "utf-16")   ? 2
         : g_str_has_prefix(charset->name, "utf-32") ? 4
                                                     : 1;
}

static void note_bad(AverCharset *charset, gsize at, gsize n)
{
  if (charset->n_bad == 0)
    charset->first_bad = at;
  charset->n_bad += n;
}

static void set_bad(const AverCharset *charset, guint byte, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING,
              "the bytes are not valid %s at byte %" G_GSIZE_FORMAT " (0x%02x)", charset->name,
              charset->first_bad, byte);
}

gboolean aver_charset_convert(AverCharset *charset, const char *data, gsize length,
                              gboolean lenient, AverBuffer *buffer, GError **error)
{
  g_return_val_if_fail(charset != NULL && (data != NULL || length == 0) && buffer != NULL, FALSE);
  g_return_val_if_fail(charset->mark <= length, FALSE);
  data = length == 0 ? "" : data;
  GIConv converter = g_iconv_open("UTF-8", charset->name);
  if (converter == (GIConv) -1) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING, "no converter knows the charset '%s'",
                charset->name);
    return FALSE;
  }
  gsize step = step_of(charset), left = length - charset->mark;
  char *from = (char *) data + charset->mark;
  charset->n_bad = 0;
  aver_buffer_reserve(buffer, 1);
  while (left > 0) {
    gsize room = left * 2 + 16, free_room = room;
    char *to = aver_buffer_reserve(buffer, room);
    gsize done = g_iconv(converter, &from, &left, &to, &free_room);
    buffer->length += room - free_room;
    if (done != (gsize) -1 || errno == E2BIG)
      continue;
    gsize n = MIN(step, left);
    note_bad(charset, length - left, n);
    if (!lenient)
      break;
    aver_buffer_append_string(buffer, REPLACEMENT);
    from += n;
    left -= n;
  }
  g_iconv_close(converter);
  if (lenient || charset->n_bad == 0)
    return TRUE;
  set_bad(charset, (guchar) data[charset->first_bad], error);
  return FALSE;
}

static void set_number(AverDocument *document, const char *key, gsize value)
{
  char digits[24];
  g_snprintf(digits, sizeof digits, "%" G_GSIZE_FORMAT, value);
  aver_document_set_metadata(document, key, digits, TRUE);
}

void aver_charset_set_metadata(const AverCharset *charset, AverDocument *document)
{
  static const char *const sources[] = {"mark", "protocol", "declared", "assumed"};
  g_return_if_fail(charset != NULL && document != NULL);
  aver_document_set_metadata(document, "charset", charset->name, FALSE);
  aver_document_set_metadata(document, "charset_from", sources[charset->source], FALSE);
  if (charset->n_bad == 0)
    return;
  set_number(document, "charset_errors", charset->n_bad);
  set_number(document, "charset_error_at", charset->first_bad);
}
