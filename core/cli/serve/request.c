/* SPDX-License-Identifier: Apache-2.0 */
/* What a request asks for, as its head says it: judged before its body comes. */
#include "request.h"

#include "answers.h"

#include <string.h>

#define MOST_NAME 1024

/* What can be sent, and who reads it. */
static const struct {
  const char *type, *reader;
  AnswerKind answer;
} types[] = {
    {"text/plain", "text-reader", ANSWER_OBJECT},
    {"text/html", "html-reader", ANSWER_OBJECT},
    {"application/xhtml+xml", "html-reader", ANSWER_OBJECT},
    {"application/json", "jsonl-reader", ANSWER_OBJECT},
    {"application/x-ndjson", "jsonl-reader", ANSWER_LINES},
    {"application/jsonl", "jsonl-reader", ANSWER_LINES},
    {"application/octet-stream", "auto-reader", ANSWER_LINES},
};

#define EXPECTED_TYPES                                                                             \
  "expected text/plain, text/html, application/json, application/x-ndjson, or "                    \
  "application/octet-stream for whatever it is"

void ask_clear(Ask *ask)
{
  g_free(ask->charset);
  g_free(ask->name);
}

/* The name in `name:port` or `[address]:port`. */
static char *take_host(const char *text)
{
  const char *end = text[0] == '[' ? strchr(text, ']') : strrchr(text, ':');
  gboolean bracketed = text[0] == '[' && end != NULL;
  return bracketed     ? g_strndup(text + 1, (gsize) (end - text) - 1)
         : end == NULL ? g_strdup(text)
                       : g_strndup(text, (gsize) (end - text));
}

static gboolean is_named(const char *const *names, const char *host)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (g_ascii_strcasecmp(names[i], host) == 0)
      return TRUE;
  return FALSE;
}

/*
 * A page of anybody can have a browser send requests here under a name of that page's own, once
 * the name is made to lead here. On loopback, none but the names of this machine are heard;
 * elsewhere, addresses as well.
 */
static gboolean is_our_name(const Server *server, const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string(host);
  if (g_ascii_strcasecmp(host, "localhost") == 0 ||
      (address != NULL && g_inet_address_get_is_loopback(address)))
    return TRUE;
  return (address != NULL && !server->loopback) || is_named(server->options->hosts, host);
}

/* Whether the host that a request is for is ours, as its head and its first line name it (which
 * may have a whole address). Before HTTP/1.1 it need not be named. */
static gboolean is_for_us(const Server *server, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
  const char *target = g_uri_get_host(soup_server_message_get_uri(message));
  const char *text = soup_message_headers_get_one(headers, "Host");
  g_autofree char *host = text == NULL ? NULL : take_host(text);
  if (host == NULL && soup_server_message_get_http_version(message) != SOUP_HTTP_1_0)
    return FALSE;
  return (host == NULL || is_our_name(server, host)) &&
         (target == NULL || is_our_name(server, target));
}

/* Whether a browser says that it was a page of ours that sent the request. */
static gboolean is_our_page(SoupMessageHeaders *headers, const char *host)
{
  const char *origin = soup_message_headers_get_one(headers, "Origin");
  const char *site = soup_message_headers_get_one(headers, "Sec-Fetch-Site");
  if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
    return FALSE;
  if (origin == NULL)
    return TRUE;
  const char *place = strstr(origin, "://");
  return place != NULL && host != NULL && g_ascii_strcasecmp(place + 3, host) == 0;
}

gboolean request_is_welcome(const Server *server, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
  const char *method = soup_server_message_get_method(message);
  const char *host = soup_message_headers_get_one(headers, "Host");
  if (!is_for_us(server, message)) {
    answers_send_error(message, SOUP_STATUS_FORBIDDEN, "unknown-host",
                       "the request is for a host that this server does not go by; expected "
                       "localhost, an address of it, or a name that --host gave");
    return FALSE;
  }
  gboolean reads = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
  if (reads || is_our_page(headers, host))
    return TRUE;
  answers_send_error(message, SOUP_STATUS_FORBIDDEN, "cross-site",
                     "a page of another site sent the request; expected none but this server's "
                     "own");
  return FALSE;
}

/* The media type in small letters, and its charset. */
static char *take_type(const char *value, char **charset)
{
  GHashTable *parameters = NULL;
  g_autoptr(SoupMessageHeaders) headers = soup_message_headers_new(SOUP_MESSAGE_HEADERS_REQUEST);
  soup_message_headers_replace(headers, "Content-Type", value);
  const char *type = soup_message_headers_get_content_type(headers, &parameters);
  char *lower = type == NULL ? g_strdup("") : g_ascii_strdown(type, -1);
  if (parameters != NULL) {
    *charset = g_strdup(g_hash_table_lookup(parameters, "charset"));
    g_hash_table_unref(parameters);
  }
  return lower;
}

static gboolean refuse_type(SoupServerMessage *message, const char *type, const char *what)
{
  soup_message_headers_replace(soup_server_message_get_response_headers(message), "Accept-Post",
                               "text/plain, text/html, application/json, application/x-ndjson, "
                               "application/octet-stream");
  answers_send_error(message, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "bad-type", "%s '%.100s'; %s",
                     what, type, EXPECTED_TYPES);
  return FALSE;
}

static gboolean read_type(const Server *server, SoupServerMessage *message, Ask *ask)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
  const char *value = soup_message_headers_get_one(headers, "Content-Type");
  g_autofree char *type =
      value == NULL ? g_strdup("application/octet-stream") : take_type(value, &ask->charset);
  g_autoptr(GError) error = NULL;
  for (guint i = 0; i < G_N_ELEMENTS(types); i++) {
    if (strcmp(types[i].type, type) == 0) {
      ask->reader = types[i].reader;
      ask->answer = types[i].answer;
    }
  }
  if (ask->reader == NULL)
    return refuse_type(message, type, "the Content-Type is");
  if (!aver_service_can_read(server->service, ask->reader, &error)) {
    answers_send_error(message, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "no-reader",
                       "nothing reads %s here: %s", type, error->message);
    return FALSE;
  }
  gboolean told = ask->charset != NULL && strcmp(ask->reader, "auto-reader") != 0;
  if (!told)
    g_clear_pointer(&ask->charset, g_free);
  if (told && !aver_charset_is_known(ask->charset)) {
    answers_send_error(message, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "bad-charset",
                       "the charset is '%.40s', which no converter knows; expected a name like "
                       "utf-8",
                       ask->charset);
    return FALSE;
  }
  return TRUE;
}

/* gzip is seen by the input itself, as in files. */
static gboolean read_coding(SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
  const char *coding = soup_message_headers_get_list(headers, "Content-Encoding");
  if (coding == NULL || g_ascii_strcasecmp(coding, "identity") == 0 ||
      g_ascii_strcasecmp(coding, "gzip") == 0)
    return TRUE;
  soup_message_headers_replace(soup_server_message_get_response_headers(message), "Accept-Encoding",
                               "gzip, identity");
  answers_send_error(message, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "bad-coding",
                     "the Content-Encoding is '%.40s'; expected gzip or none", coding);
  return FALSE;
}

static gboolean read_flag(SoupServerMessage *message, const char *key, const char *value,
                          gboolean *flag)
{
  *flag = strcmp(value, "true") == 0;
  if (*flag || strcmp(value, "false") == 0)
    return TRUE;
  answers_send_error(message, SOUP_STATUS_BAD_REQUEST, "bad-query",
                     "'%s' is '%.40s'; expected true or false", key, value);
  return FALSE;
}

static gboolean read_name(SoupServerMessage *message, const char *value, Ask *ask)
{
  gboolean good = *value != '\0' && strlen(value) <= MOST_NAME && g_utf8_validate(value, -1, NULL);
  for (const char *p = value; good && *p != '\0'; p++)
    good = (guchar) *p >= 0x20 && *p != 0x7f;
  if (!good) {
    answers_send_error(message, SOUP_STATUS_BAD_REQUEST, "bad-query",
                       "'name' is no name; expected UTF-8 of 1 to %d bytes without controls",
                       MOST_NAME);
    return FALSE;
  }
  g_free(ask->name);
  ask->name = g_strdup(value);
  return TRUE;
}

/* `?name=story.txt&text=true` */
static gboolean read_query(SoupServerMessage *message, Ask *ask)
{
  const char *query = g_uri_get_query(soup_server_message_get_uri(message));
  GUriParamsIter iter;
  char *key = NULL, *value = NULL;
  gboolean good = TRUE;
  g_autoptr(GError) error = NULL;
  g_uri_params_iter_init(&iter, query == NULL ? "" : query, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (good && g_uri_params_iter_next(&iter, &key, &value, &error)) {
    if (strcmp(key, "name") == 0)
      good = read_name(message, value, ask);
    else if (strcmp(key, "text") == 0)
      good = read_flag(message, key, value, &ask->text);
    else
      good = FALSE;
    if (!good && soup_server_message_get_status(message) == 0)
      answers_send_error(message, SOUP_STATUS_BAD_REQUEST, "bad-query",
                         "the query has '%.40s'; expected name or text", key);
    g_free(key);
    g_free(value);
  }
  if (error != NULL)
    answers_send_error(message, SOUP_STATUS_BAD_REQUEST, "bad-query",
                       "the query is no list of key=value: %s", error->message);
  return good && error == NULL;
}

/* Whether nothing is accepted but a page. */
static gboolean wants_page(SoupServerMessage *message)
{
  const char *accept =
      soup_message_headers_get_list(soup_server_message_get_request_headers(message), "Accept");
  return accept != NULL && g_ascii_strcasecmp(accept, "text/html") == 0;
}

gboolean request_read_ask(const Server *server, SoupServerMessage *message, Ask *ask)
{
  if (!read_type(server, message, ask) || !read_coding(message) || !read_query(message, ask))
    return FALSE;
  if (ask->name == NULL)
    ask->name = g_strdup("-");
  if (wants_page(message))
    ask->answer = ANSWER_PAGE;
  return TRUE;
}
