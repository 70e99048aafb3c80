/* SPDX-License-Identifier: Apache-2.0 */
/* Responses of HTTP (RFC 9112): status, fields, chunks. */
#include "payload.h"

#include <string.h>

#define MAX_CODINGS 4

/* The next part of a list, off its start. */
static gboolean take_part(Slice *rest, char separator, Slice *part)
{
  if (rest->length == 0)
    return FALSE;
  const char *end = memchr(rest->data, separator, rest->length);
  gsize length = end == NULL ? rest->length : (gsize) (end - rest->data);
  *part = slice_trim((Slice){rest->data, length});
  length += end == NULL ? 0 : 1;
  rest->data += length;
  rest->length -= length;
  return TRUE;
}

static void read_media(Slice value, Payload *payload)
{
  Slice part;
  payload->media = payload->charset = (Slice){0};
  take_part(&value, ';', &payload->media);
  while (take_part(&value, ';', &part)) {
    if (part.length < 8 || g_ascii_strncasecmp(part.data, "charset=", 8) != 0)
      continue;
    Slice set = slice_trim((Slice){part.data + 8, part.length - 8});
    if (set.length >= 2 && (set.data[0] == '"' || set.data[0] == '\'') &&
        set.data[set.length - 1] == set.data[0])
      set = (Slice){set.data + 1, set.length - 2};
    payload->charset = set;
  }
}

static void read_http(const char *block, gsize length, Payload *payload)
{
  Slice rest = {block, length};
  Slice line, name, value;
  payload->endless = !slice_take_line(&rest, &line);
  if (payload->endless)
    return;
  const char *space = memchr(line.data, ' ', line.length);
  gsize at = space == NULL ? line.length : (gsize) (space - line.data);
  while (at < line.length && line.data[at] == ' ')
    at++;
  for (guint i = 0; i < 3 && at + i < line.length && g_ascii_isdigit(line.data[at + i]); i++)
    payload->status = payload->status * 10 + (guint) (line.data[at + i] - '0');
  for (;;) {
    payload->endless = !slice_take_line(&rest, &line);
    if (payload->endless || line.length == 0)
      break;
    if (!slice_split_field(line, &name, &value))
      continue;
    if (slice_is(name, "Content-Type"))
      read_media(value, payload);
    else if (slice_is(name, "Transfer-Encoding"))
      payload->transfer = value;
    else if (slice_is(name, "Content-Encoding"))
      payload->encoding = value;
    else if (slice_is(name, "Content-Language"))
      payload->language = value;
  }
  payload->body = (gsize) (rest.data - block);
}

void payload_look(const Head *head, const char *block, gsize length, Payload *payload)
{
  *payload = (Payload){0};
  read_media(head->media, payload);
  gboolean response = slice_is(head->type, "response");
  gboolean has_status = length >= 5 && memcmp(block, "HTTP/", 5) == 0;
  payload->http = response && (head->arc ? has_status
                                         : payload->media.length == 0 ||
                                               slice_is(payload->media, "application/http"));
  if (!payload->http)
    return;
  if (!head->arc)
    payload->media = payload->charset = (Slice){0};
  if (has_status)
    read_http(block, length, payload);
  if (payload->media.length > 0 || payload->endless)
    return;
  Slice body = slice_trim((Slice){block + payload->body, MIN(length - payload->body, 256)});
  if (payload->encoding.length + payload->transfer.length > 0 ||
      (body.length > 0 && body.data[0] == '<'))
    payload->media = (Slice){"text/html", 9};
}

gboolean payload_is_html(const Payload *payload)
{
  return slice_is(payload->media, "text/html") || slice_is(payload->media, "application/xhtml+xml");
}

static gboolean is_hex_line(Slice line, guint64 *size)
{
  gsize n = 0;
  *size = 0;
  for (; n < line.length && g_ascii_isxdigit(line.data[n]); n++) {
    if (n >= 15)
      return FALSE;
    *size = *size << 4 | (guint64) g_ascii_xdigit_value(line.data[n]);
  }
  Slice end = slice_trim((Slice){line.data + n, line.length - n});
  return n > 0 && (end.length == 0 || end.data[0] == ';');
}

/* Some crawlers store the body without its chunks, and the field that announces them: what does not
 * begin as a chunk is left as it is. */
static gboolean join_chunks(Slice *body, gboolean partial, AverBuffer *to, GError **error)
{
  Slice rest = *body, line;
  guint64 size;
  gboolean first = TRUE;
  to->length = 0;
  for (;;) {
    const char *at = rest.data;
    if (!slice_take_line(&rest, &line) || !is_hex_line(line, &size)) {
      if (first)
        return TRUE;
      if (partial)
        break;
      g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                  "byte %" G_GSIZE_FORMAT " of the HTTP body is no size of a chunk; expected "
                  "hexadecimal digits and a line end",
                  (gsize) (at - body->data));
      return FALSE;
    }
    first = FALSE;
    if (size == 0)
      break;
    if (size > rest.length && !partial) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                  "the chunk at byte %" G_GSIZE_FORMAT
                  " of the HTTP body is to have %" G_GUINT64_FORMAT " bytes; %" G_GSIZE_FORMAT
                  " are left",
                  (gsize) (at - body->data), size, rest.length);
      return FALSE;
    }
    gsize length = (gsize) MIN(size, rest.length);
    aver_buffer_append(to, rest.data, length);
    rest.data += length;
    rest.length -= length;
    slice_take_line(&rest, &line); /* the line end behind the chunk */
  }
  *body = (Slice){to->data, to->length};
  return TRUE;
}

gboolean payload_decode(const Payload *payload, gboolean partial, Slice *body, AverBuffer *one,
                        AverBuffer *two, GError **error)
{
  Slice codings[MAX_CODINGS], list = payload->encoding, part;
  guint n = 0;
  if (slice_is(payload->transfer, "chunked") && !join_chunks(body, partial, one, error))
    return FALSE;
  while (take_part(&list, ',', &part)) {
    if (part.length == 0 || slice_is(part, "identity") || slice_is(part, "none"))
      continue;
    if (n == MAX_CODINGS) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                  "the Content-Encoding has more than %d codings", MAX_CODINGS);
      return FALSE;
    }
    codings[n++] = part;
  }
  while (n-- > 0) {
    AverBuffer *to = body->data == one->data ? two : one;
    gboolean plain = FALSE;
    if (!coding_decode(codings[n], *body, partial, to, &plain, error))
      return FALSE;
    if (!plain)
      *body = (Slice){to->data, to->length};
  }
  return TRUE;
}
