/* SPDX-License-Identifier: Apache-2.0 */
/* The server: requests taken to what answers them, from its start to its stop. */
#include "answers.h"
#include "documents.h"
#include "figures.h"
#include "listen.h"
#include "openapi.h"
#include "page/page.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char key[] = "aver-request";

typedef struct {
  const char *path;
  const char *allow;
  void (*answer)(Request *request);
} Route;

static void answer_health(Request *request)
{
  gboolean stopping = request->server->n_signals > 0;
  answers_send_json(request->message, stopping ? SOUP_STATUS_SERVICE_UNAVAILABLE : SOUP_STATUS_OK,
                    stopping ? "{\"status\":\"stopping\"}" : "{\"status\":\"ok\"}");
}

static void answer_pipeline(Request *request)
{
  answers_send_json(request->message, SOUP_STATUS_OK, request->server->pipeline_json);
}

static void answer_openapi(Request *request)
{
  answers_send_json(request->message, SOUP_STATUS_OK, openapi_text);
}

static void answer_metrics(Request *request)
{
  g_autofree char *text = figures_format(request->server);
  soup_server_message_set_status(request->message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response(request->message,
                                   "application/openmetrics-text; version=1.0.0; charset=utf-8",
                                   SOUP_MEMORY_COPY, text, strlen(text));
}

static void answer_file(Request *request, const PageFile *file)
{
  soup_server_message_set_status(request->message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response(request->message, file->type, SOUP_MEMORY_STATIC, file->data,
                                   file->length);
}

static const Route routes[] = {
    {"/v1/documents", "POST", documents_work},
    {"/article", "POST", documents_work}, /* the page: a corrected document */
    {"/form", "POST", documents_work},    /* the page, without script */
    {"/v1/pipeline", "GET, HEAD", answer_pipeline},
    {"/v1/openapi.json", "GET, HEAD", answer_openapi},
    {"/metrics", "GET, HEAD", answer_metrics},
    {"/healthz", "GET, HEAD", answer_health},
};

static const Route *find_route(const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS(routes); i++)
    if (strcmp(routes[i].path, path) == 0)
      return &routes[i];
  return NULL;
}

static void log_request(const Request *request, guint status)
{
  double milliseconds = (double) (g_get_monotonic_time() - request->started) / 1000;
  g_autofree char *line = g_strdup_printf(
      "%.20s %.200s %u, %" G_GSIZE_FORMAT " bytes in, %" G_GUINT64_FORMAT " out, %.1f ms",
      soup_server_message_get_method(request->message),
      g_uri_get_path(soup_server_message_get_uri(request->message)), status, request->received,
      request->sent, milliseconds);
  request->server->options->log("info", line);
}

static void quit_if_done(Server *server)
{
  if (server->n_signals > 0 && server->n_requests == 0)
    g_main_loop_quit(server->loop);
}

/* With its message. */
static void request_free(gpointer data)
{
  Request *request = data;
  if (request->job != NULL)
    job_drop(request->job);
  if (request->body != NULL)
    g_byte_array_unref(request->body);
  ask_clear(&request->ask);
  g_free(request);
}

static void on_finished(SoupServerMessage *message, gpointer data)
{
  Request *request = data;
  Server *server = request->server;
  Connection *connection = connection_of(message);
  guint status = soup_server_message_get_status(message);
  if (request->job != NULL)
    job_drop(g_steal_pointer(&request->job));
  figures_add(server->figures, status, g_get_monotonic_time() - request->started);
  if (server->options->verbose)
    log_request(request, status);
  if (connection != NULL)
    connection_await_next(connection);
  server->n_requests--;
  quit_if_done(server);
}

static void on_chunk(SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  Request *request = data;
  Connection *connection = connection_of(message);
  gsize length, most = request->server->options->max_size;
  const guint8 *bytes = g_bytes_get_data(chunk, &length);
  if (connection == NULL || connection_is_refused(connection))
    return;
  request->received += length;
  connection_await_body(connection, request->received);
  if (request->received > most) {
    g_autofree char *text =
        g_strdup_printf("the body has more than %" G_GSIZE_FORMAT " bytes, the most allowed", most);
    connection_refuse(connection, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "too-large", text);
    soup_server_message_set_status(message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, NULL);
  } else if (request->body != NULL && soup_server_message_get_status(message) == 0) {
    g_byte_array_append(request->body, bytes, (guint) length);
  }
}

static void on_sent(SoupServerMessage *message, guint bytes, gpointer data)
{
  (void) message;
  documents_sent(data, bytes);
}

/* Whether the head says plainly where the body ends. */
static gboolean is_plain(SoupMessageHeaders *headers)
{
  const char *length = soup_message_headers_get_list(headers, "Content-Length");
  const char *coding = soup_message_headers_get_list(headers, "Transfer-Encoding");
  if (length == NULL)
    return coding == NULL || g_ascii_strcasecmp(coding, "chunked") == 0;
  return coding == NULL && *length != '\0' && strspn(length, "0123456789") == strlen(length);
}

static void judge(Request *request, const char *path)
{
  SoupServerMessage *message = request->message;
  const char *method = soup_server_message_get_method(message);
  const Route *route = find_route(path);
  gboolean file = route == NULL && page_find(path) != NULL;
  if (!is_plain(soup_server_message_get_request_headers(message))) {
    connection_refuse(connection_of(message), SOUP_STATUS_BAD_REQUEST, "bad-request",
                      "the head does not say plainly where the body ends; expected one "
                      "Content-Length, or a Transfer-Encoding of chunked");
    soup_server_message_set_status(message, SOUP_STATUS_BAD_REQUEST, NULL);
  } else if (!request_is_welcome(request->server, message)) {
    return;
  } else if (route == NULL && !file) {
    answers_send_error(message, SOUP_STATUS_NOT_FOUND, "not-found",
                       "there is nothing here; GET /v1/openapi.json tells what there is");
  } else {
    const char *allow = file ? "GET, HEAD" : route->allow;
    g_auto(GStrv) methods = g_strsplit(allow, ", ", -1);
    if (!g_strv_contains((const char *const *) methods, method)) {
      soup_message_headers_replace(soup_server_message_get_response_headers(message), "Allow",
                                   allow);
      answers_send_error(message, SOUP_STATUS_METHOD_NOT_ALLOWED, "bad-method",
                         "the method is %.20s; expected %s", method, allow);
    } else if (route != NULL && route->answer == documents_work) {
      documents_begin(request);
    }
  }
}

/* A body that nobody wants is not waited for; nor is another request when there will be no server.
 */
static void close_behind(SoupServerMessage *message, gboolean stopping)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
  SoupEncoding encoding = soup_message_headers_get_encoding(headers);
  gboolean empty =
      encoding == SOUP_ENCODING_NONE || (encoding == SOUP_ENCODING_CONTENT_LENGTH &&
                                         soup_message_headers_get_content_length(headers) == 0);
  if (!empty || stopping)
    soup_message_headers_replace(soup_server_message_get_response_headers(message), "Connection",
                                 "close");
}

static void on_head(SoupServer *soup, SoupServerMessage *message, const char *path,
                    GHashTable *query, gpointer data)
{
  Server *server = data;
  (void) soup;
  (void) query;
  Connection *connection = connection_of(message);
  if (connection != NULL && connection_has_left(connection)) {
    soup_server_message_set_status(message, SOUP_STATUS_NO_CONTENT, NULL);
    return;
  }
  Request *request = g_new0(Request, 1);
  request->server = server;
  request->message = message;
  request->started = g_get_monotonic_time();
  server->n_requests++;
  soup_message_body_truncate(soup_server_message_get_response_body(message));
  g_object_set_data_full(G_OBJECT(message), key, request, request_free);
  soup_message_body_set_accumulate(soup_server_message_get_request_body(message), FALSE);
  g_signal_connect(message, "got-chunk", G_CALLBACK(on_chunk), request);
  g_signal_connect(message, "wrote-body-data", G_CALLBACK(on_sent), request);
  g_signal_connect(message, "finished", G_CALLBACK(on_finished), request);
  if (connection != NULL)
    connection_await_body(connection, 0);
  judge(request, path);
  if (soup_server_message_get_status(message) != 0 || server->n_signals > 0)
    close_behind(message, server->n_signals > 0);
}

static void on_request(SoupServer *soup, SoupServerMessage *message, const char *path,
                       GHashTable *query, gpointer data)
{
  Request *request = g_object_get_data(G_OBJECT(message), key);
  (void) soup;
  (void) query;
  (void) data;
  Connection *connection = connection_of(message);
  if (connection == NULL || request == NULL || connection_is_refused(connection)) {
    soup_server_message_set_status(message, SOUP_STATUS_BAD_REQUEST, NULL);
    return;
  }
  connection_let_wait(connection);
  const Route *route = find_route(path);
  if (route != NULL)
    route->answer(request);
  else
    answer_file(request, page_find(path));
}

static void on_started(SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  (void) soup;
  (void) data;
  Connection *connection = connection_of(message);
  answers_prepare(message);
  if (connection != NULL)
    connection_await_head(connection);
}

static gboolean give_up_waiting(gpointer data)
{
  g_main_loop_quit(((Server *) data)->loop);
  return G_SOURCE_REMOVE;
}

static gboolean on_signal(Server *server, int number)
{
  if (server->n_signals++ > 0) {
    signal(number, SIG_DFL);
    raise(number);
  }
  listening_close(server);
  g_timeout_add((guint) (server->options->timeout / 1000), give_up_waiting, server);
  quit_if_done(server);
  return G_SOURCE_CONTINUE;
}

static gboolean on_interrupt(gpointer server)
{
  return on_signal(server, SIGINT);
}

static gboolean on_terminate(gpointer server)
{
  return on_signal(server, SIGTERM);
}

/* One that was ignored from the start stays so. */
static void catch (int number, GSourceFunc callback, Server *server)
{
  struct sigaction old;
  if (sigaction(number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
    g_unix_signal_add(number, callback, server);
}

static void close_all(Server *server)
{
  soup_server_disconnect(server->soup);
  g_clear_object(&server->soup);
  if (!workers_free(server->workers)) {
    /* A stage that does not come back: nothing it uses may be taken away. */
    fflush(NULL);
    _exit(0);
  }
  listening_free(server->listening);
  figures_free(server->figures);
  g_main_loop_unref(server->loop);
  g_free(server->pipeline_json);
}

gboolean aver_serve(const ServeOptions *options, AverService *service, GError **error)
{
  Server server = {.options = options, .service = service};
  server.pipeline_json = aver_service_describe(service);
  server.loop = g_main_loop_new(NULL, FALSE);
  server.figures = figures_new();
  server.soup = soup_server_new("server-header", "Aver", "raw-paths", TRUE, NULL);
  g_signal_connect(server.soup, "request-started", G_CALLBACK(on_started), &server);
  soup_server_add_early_handler(server.soup, NULL, on_head, &server, NULL);
  soup_server_add_handler(server.soup, NULL, on_request, &server, NULL);
  server.workers = workers_new(&server, &documents_events);
  gboolean good = listening_open(&server, error);
  if (good) {
    catch (SIGINT, on_interrupt, &server);
    catch (SIGTERM, on_terminate, &server);
    g_main_loop_run(server.loop);
  }
  close_all(&server);
  return good;
}
