/* SPDX-License-Identifier: Apache-2.0 */
/* POST /v1/documents: a body becomes a job, and what comes of it the answer. */
#include "documents.h"

#include "answers.h"
#include "listen.h"
#include "page/ask.h"

#include <string.h>

/* Seconds after which a client that was turned away may try again. */
#define RETRY_AFTER "1"

static void send_busy(Request *request, guint status, const char *code, const char *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers(request->message);
  soup_message_headers_replace(headers, "Retry-After", RETRY_AFTER);
  answers_send_error(request->message, status, code, "%s", text);
}

static gboolean has_room(Request *request)
{
  const Server *server = request->server;
  if (server->n_signals > 0) {
    send_busy(request, SOUP_STATUS_SERVICE_UNAVAILABLE, "stopping", "the server is about to stop");
    return FALSE;
  }
  if (!workers_are_full(server->workers))
    return TRUE;
  send_busy(request, STATUS_TOO_MANY_REQUESTS, "busy",
            "too many documents wait already; expected fewer at once");
  return FALSE;
}

gboolean documents_begin(Request *request)
{
  Server *server = request->server;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers(request->message);
  const char *path = g_uri_get_path(soup_server_message_get_uri(request->message));
  gboolean good = page_is_asked(path) ? page_read_ask(request->message, &request->ask)
                                      : request_read_ask(server, request->message, &request->ask);
  if (!good || !has_room(request))
    return FALSE;
  gboolean sized =
      soup_message_headers_get_encoding(headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      soup_message_headers_get_content_length(headers) > (goffset) server->options->max_size;
  gboolean asks = (soup_message_headers_get_expectations(headers) & SOUP_EXPECTATION_CONTINUE) != 0;
  if (sized && asks) {
    answers_send_error(request->message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "too-large",
                       "the body has more than %" G_GSIZE_FORMAT " bytes, the most allowed",
                       server->options->max_size);
    return FALSE;
  }
  request->body = g_byte_array_new();
  return TRUE;
}

/*
 * JSON may be spread over lines, and JSON Lines may not. Between values, a line break is as good as
 * a space; inside a string it is left to be found wrong.
 */
static void join_lines(GByteArray *body)
{
  gboolean quoted = FALSE;
  for (guint i = 0; i < body->len; i++) {
    guint8 c = body->data[i];
    if (c == '"')
      quoted = !quoted;
    else if (quoted && c == '\\')
      i++;
    else if (!quoted && (c == '\n' || c == '\r'))
      body->data[i] = ' ';
  }
}

static gboolean is_packed(const Request *request)
{
  return request->body->len >= 2 && request->body->data[0] == 0x1f &&
         request->body->data[1] == 0x8b;
}

void documents_work(Request *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers(request->message);
  const char *coding = soup_message_headers_get_list(headers, "Content-Encoding");
  if (!has_room(request))
    return;
  if (coding != NULL && g_ascii_strcasecmp(coding, "gzip") == 0 && !is_packed(request)) {
    answers_send_error(request->message, SOUP_STATUS_BAD_REQUEST, "bad-coding",
                       "the Content-Encoding is gzip, and the body is not");
    return;
  }
  gboolean object = request->ask.answer != ANSWER_LINES;
  if (object && strcmp(request->ask.reader, "jsonl-reader") == 0)
    join_lines(request->body);
  g_autoptr(GBytes) body = g_byte_array_free_to_bytes(g_steal_pointer(&request->body));
  g_autoptr(GError) error = NULL;
  if (request->ask.answer == ANSWER_WHOLE &&
      !page_open_form(request->message, &request->ask, &body, &error)) {
    answers_send_error(request->message, SOUP_STATUS_BAD_REQUEST, "bad-form", "%s", error->message);
    return;
  }
  soup_server_message_pause(request->message);
  request->job = workers_add(request->server->workers, &request->ask, body, request);
}

static void send_object(Request *request, GBytes *bytes, guint status)
{
  SoupServerMessage *message = request->message;
  gboolean page = job_get_answer(request->job) >= ANSWER_PAGE && status == SOUP_STATUS_OK;
  gsize length;
  const char *data = g_bytes_get_data(bytes, &length);
  if (status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    soup_message_headers_replace(soup_server_message_get_response_headers(message), "Retry-After",
                                 RETRY_AFTER);
  soup_server_message_set_status(message, status, NULL);
  soup_server_message_set_response(message, page ? "text/html; charset=utf-8" : "application/json",
                                   SOUP_MEMORY_COPY, data == NULL ? "" : data, length);
  if (status == SOUP_STATUS_NO_CONTENT)
    soup_message_headers_remove(soup_server_message_get_response_headers(message), "Content-Type");
  request->untaken = length;
}

static void begin_lines(Request *request)
{
  SoupServerMessage *message = request->message;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers(message);
  SoupMessageBody *body = soup_server_message_get_response_body(message);
  gboolean old = soup_server_message_get_http_version(message) == SOUP_HTTP_1_0;
  soup_server_message_set_status(message, SOUP_STATUS_OK, NULL);
  soup_message_body_truncate(body);
  soup_message_headers_remove(headers, "Content-Length");
  soup_message_headers_set_encoding(headers, old ? SOUP_ENCODING_EOF : SOUP_ENCODING_CHUNKED);
  soup_message_headers_replace(headers, "Content-Type", "application/x-ndjson");
  soup_message_body_set_accumulate(body, FALSE);
}

static void send_lines(Request *request, GBytes *bytes, gboolean ended)
{
  SoupMessageBody *body = soup_server_message_get_response_body(request->message);
  if (!request->answering)
    begin_lines(request);
  if (g_bytes_get_size(bytes) > 0)
    soup_message_body_append_bytes(body, bytes);
  request->untaken += g_bytes_get_size(bytes);
  if (ended)
    soup_message_body_complete(body);
}

static void ready(gpointer data, GBytes *bytes, gboolean ended, guint status)
{
  Request *request = data;
  Connection *connection = connection_of(request->message);
  gboolean lines = job_get_answer(request->job) == ANSWER_LINES;
  if (lines)
    send_lines(request, bytes, ended);
  else if (ended)
    send_object(request, bytes, status);
  else
    return;
  request->answering = TRUE;
  if (connection != NULL)
    connection_await_taking(connection);
  soup_server_message_unpause(request->message);
}

const JobEvents documents_events = {ready};

void documents_sent(Request *request, gsize bytes)
{
  Connection *connection = connection_of(request->message);
  request->untaken -= MIN(bytes, request->untaken);
  request->sent += bytes;
  if (request->job != NULL)
    job_taken(request->job, bytes);
  if (connection != NULL && request->untaken == 0 && request->job != NULL)
    connection_let_wait(connection);
  else if (connection != NULL)
    connection_await_taking(connection);
}
