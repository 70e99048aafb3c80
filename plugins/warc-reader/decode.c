/* SPDX-License-Identifier: Apache-2.0 */
/* From a record to a document: the payload without its codings, as a web page or as plain text. */
#include "reader.h"

#include <string.h>

/* What a worker's memory may keep from one record to the next. */
#define KEPT ((gsize) 4 << 20)

static void shrink(AverBuffer *buffer)
{
  if (buffer->capacity > KEPT)
    aver_buffer_clear(buffer);
}

/* A character set's name as converters take it; FALSE when there is none. */
static gboolean name_charset(Slice slice, char *name, gsize size)
{
  if (slice.length == 0 || slice.length >= size)
    return FALSE;
  for (gsize i = 0; i < slice.length; i++) {
    if (!g_ascii_isalnum(slice.data[i]) && strchr("-_:.", slice.data[i]) == NULL)
      return FALSE;
    name[i] = g_ascii_tolower(slice.data[i]);
  }
  name[slice.length] = '\0';
  return TRUE;
}

/* The one place that knows of character sets of plain text: what HTTP says, else UTF-8. */
static gboolean set_text(AverDocument *document, Slice body, gboolean borrowed, Slice charset,
                         GError **error)
{
  char name[32];
  gsize length = body.length;
  g_autofree char *converted = NULL;
  if (length >= 3 && memcmp(body.data, "\xef\xbb\xbf", 3) == 0) {
    body.data += 3;
    length -= 3;
  } else if (name_charset(charset, name, sizeof name) && strcmp(name, "utf-8") != 0 &&
             strcmp(name, "utf8") != 0 && !aver_utf8_validate(body.data, length, NULL)) {
    gsize read = 0;
    g_autoptr(GError) failure = NULL;
    converted = g_convert(body.data, (gssize) body.length, "UTF-8", name, &read, &length, &failure);
    if (converted == NULL) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING,
                  failure->code == G_CONVERT_ERROR_NO_CONVERSION
                      ? "the text is in '%s', which no converter knows"
                      : "the text is no '%s' at byte %" G_GSIZE_FORMAT " of the body",
                  name, read);
      return FALSE;
    }
    body.data = converted;
    borrowed = FALSE;
  }
  const char *text = body.data;
  if (!borrowed) {
    char *copy = aver_document_alloc(document, length + 1);
    memcpy(copy, body.data, length);
    text = copy;
  }
  return aver_document_set_text(document, text, length, error);
}

static gboolean set_page(WarcWorker *worker, AverDocument *document, Slice body, Slice charset,
                         GError **error)
{
  char name[32];
  gboolean named = name_charset(charset, name, sizeof name) && aver_html_knows_charset(name);
  return aver_html_read(worker->html, body.data, body.length, named ? name : NULL, document, error);
}

static gboolean check_response(const Payload *payload, GError **error)
{
  if (payload->http && payload->status == 0)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the block is no HTTP response; expected it to begin as 'HTTP/1.1 200'");
  else if (payload->endless)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the head of the HTTP response does not end; expected an empty line");
  else
    return TRUE;
  return FALSE;
}

static gboolean read_body(WarcWorker *worker, const AverRecord *record, const Head *head,
                          AverDocument *document, GError **error)
{
  Payload payload;
  const char *block = record->data + head->size;
  gsize length = record->length - head->size;
  gboolean partial = head->truncated.length > 0;
  payload_look(head, block, length, &payload);
  if (!check_response(&payload, error))
    return FALSE;
  Slice body = {block + payload.body, length - payload.body};
  if (!payload_decode(&payload, partial, &body, &worker->one, &worker->two, error))
    return FALSE;
  gboolean borrowed = body.data >= record->data && body.data <= record->data + record->length;
  if (body.data == NULL)
    body = (Slice){"", 0};
  gboolean good = payload_is_html(&payload)
                      ? set_page(worker, document, body, payload.charset, error)
                      : set_text(document, body, borrowed, payload.charset, error);
  if (good)
    facts_add(record, head, &payload, document);
  return good;
}

gboolean warc_decode(gpointer self, gpointer worker, const AverRecord *record,
                     AverDocument *document, GError **error)
{
  WarcWorker *scratch = worker;
  Head head;
  (void) self;
  if (head_read(record->data, record->length, &head, error) != HEAD_GOOD) {
    if (error != NULL && *error == NULL)
      g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "the head of the record does not end");
    return FALSE;
  }
  scratch->one.length = scratch->two.length = 0;
  gboolean good = read_body(scratch, record, &head, document, error);
  shrink(&scratch->one);
  shrink(&scratch->two);
  return good;
}
