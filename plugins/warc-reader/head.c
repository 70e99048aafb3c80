/* SPDX-License-Identifier: Apache-2.0 */
/* Heads of WARC 0.16 to 1.1 (ISO 28500) and of ARC 1 and 2 (Internet Archive, 1996). */
#include "head.h"

#include <string.h>

/* Of what stands behind the address in a line of ARC 1, and of ARC 2. */
#define ARC_1_FIELDS 4
#define ARC_2_FIELDS 9

static HeadResult refuse(GError **error, const char *what, Slice found, const char *expected)
{
  g_autofree char *shown =
      g_utf8_make_valid(found.data == NULL ? "" : found.data, (gssize) MIN(found.length, 60));
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "%s is '%s'; expected %s", what, shown,
              expected);
  return HEAD_BAD;
}

static gboolean read_length(Slice digits, guint64 *length)
{
  *length = 0;
  if (digits.length == 0 || digits.length > 18)
    return FALSE;
  for (gsize i = 0; i < digits.length; i++) {
    if (!g_ascii_isdigit(digits.data[i]))
      return FALSE;
    *length = *length * 10 + (guint64) (digits.data[i] - '0');
  }
  return TRUE;
}

gboolean head_is_version(const char *data, gsize length)
{
  return length >= 8 && memcmp(data, "WARC/", 5) == 0 && g_ascii_isdigit(data[5]) &&
         data[6] == '.' && g_ascii_isdigit(data[7]);
}

static gboolean knows_version(Slice line)
{
  return slice_is(line, "WARC/1.0") || slice_is(line, "WARC/1.1") || slice_is(line, "WARC/0.18") ||
         slice_is(line, "WARC/0.17") || slice_is(line, "WARC/0.16");
}

static void keep_field(Head *head, Slice name, Slice value, Slice *length)
{
  const struct {
    const char *name;
    Slice *to;
  } fields[] = {
      {"WARC-Type", &head->type},           {"Content-Length", length},
      {"Content-Type", &head->media},       {"WARC-Target-URI", &head->uri},
      {"WARC-Date", &head->date},           {"WARC-Record-ID", &head->id},
      {"WARC-Truncated", &head->truncated}, {"WARC-Identified-Content-Language", &head->languages},
  };
  for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
    if (slice_is(name, fields[i].name) && fields[i].to->data == NULL)
      *fields[i].to = value;
}

/* Addresses and ids as some tools write them, and the standard does ids: <...>. */
static Slice without_brackets(Slice slice)
{
  if (slice.length < 2 || slice.data[0] != '<' || slice.data[slice.length - 1] != '>')
    return slice;
  return (Slice){slice.data + 1, slice.length - 2};
}

static HeadResult read_warc(const char *data, gsize length, Head *head, GError **error)
{
  Slice rest = {data, MIN(length, HEAD_MAX)};
  Slice line, name, value, digits = {0};
  if (!slice_take_line(&rest, &line))
    return HEAD_SHORT;
  if (!knows_version(slice_trim(line)))
    return refuse(error, "the version", line, "WARC/1.0, WARC/1.1, or WARC/0.16 to 0.18");
  do {
    if (!slice_take_line(&rest, &line))
      return HEAD_SHORT;
    if (line.length > 0 && !g_ascii_isspace(line.data[0]) && slice_split_field(line, &name, &value))
      keep_field(head, name, value, &digits);
  } while (line.length > 0);
  head->size = (gsize) (rest.data - data);
  head->uri = without_brackets(head->uri);
  head->id = without_brackets(head->id);
  if (digits.data == NULL)
    return refuse(error, "the Content-Length", digits, "a number of bytes");
  if (!read_length(digits, &head->length))
    return refuse(error, "the Content-Length", digits, "a number of bytes");
  if (head->type.length == 0)
    return refuse(error, "the WARC-Type", head->type, "a type of record");
  return HEAD_GOOD;
}

/* The last @n words of a line, and what stands before them; FALSE when there are fewer. */
static gboolean split_words(Slice line, guint n, Slice *words, Slice *before)
{
  for (guint i = n; i > 0; i--) {
    const char *space = memrchr(line.data, ' ', line.length);
    if (space == NULL || space == line.data)
      return FALSE;
    words[i - 1] = (Slice){space + 1, line.length - (gsize) (space - line.data) - 1};
    line.length = (gsize) (space - line.data);
  }
  *before = line;
  return TRUE;
}

/* Dates of some tools are longer than the 14 digits they should have. */
static gboolean is_date(Slice date)
{
  for (gsize i = 0; i < date.length; i++)
    if (!g_ascii_isdigit(date.data[i]))
      return FALSE;
  return date.length >= 8 && date.length <= 20;
}

static gboolean is_media(Slice media)
{
  return media.length > 0 && (media.length == 1 || memchr(media.data, '/', media.length) != NULL ||
                              slice_is(media, "no-type"));
}

/* Goes by the fields, as the version may stand megabytes before. */
static gboolean read_arc_line(Slice line, Head *head, Slice *digits)
{
  Slice words[ARC_2_FIELDS];
  gsize scheme = 0;
  while (scheme < line.length && scheme < 16 && g_ascii_isalnum(line.data[scheme]))
    scheme++;
  if (scheme == 0 || scheme >= line.length || line.data[scheme] != ':')
    return FALSE;
  if (split_words(line, ARC_2_FIELDS, words, &head->uri) && is_date(words[1]) &&
      is_media(words[2]) && words[3].length <= 3) {
    head->date = words[1];
    head->media = words[2];
    *digits = words[8];
    return TRUE;
  }
  if (!split_words(line, ARC_1_FIELDS, words, &head->uri) || !is_date(words[1]) ||
      !is_media(words[2]))
    return FALSE;
  head->date = words[1];
  head->media = words[2];
  *digits = words[3];
  return TRUE;
}

gboolean head_is_arc_line(const char *line, gsize length)
{
  Head head;
  Slice digits;
  return read_arc_line((Slice){line, length}, &head, &digits);
}

static HeadResult read_arc(const char *data, gsize length, Head *head, GError **error)
{
  Slice rest = {data, MIN(length, HEAD_LINE_MAX)};
  Slice line, digits;
  if (!slice_take_line(&rest, &line)) {
    if (length < HEAD_LINE_MAX)
      return HEAD_SHORT;
    line = rest;
  }
  if (!read_arc_line(line, head, &digits))
    return refuse(error, "the head of the record", line,
                  "a line 'WARC/1.0', or 'ADDRESS IP DATE TYPE LENGTH' of ARC");
  head->arc = TRUE;
  head->size = (gsize) (rest.data - data);
  head->type = g_str_has_prefix(head->uri.data, "filedesc:") ? (Slice){"warcinfo", 8}
                                                             : (Slice){"response", 8};
  if (!read_length(digits, &head->length))
    return refuse(error, "the length of the record", digits, "a number of bytes");
  return HEAD_GOOD;
}

HeadResult head_read(const char *data, gsize length, Head *head, GError **error)
{
  *head = (Head){0};
  if (length >= 5 && memcmp(data, "WARC/", 5) == 0)
    return read_warc(data, length, head, error);
  return read_arc(data, length, head, error);
}
