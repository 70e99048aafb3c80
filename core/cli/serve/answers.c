/* SPDX-License-Identifier: Apache-2.0 */
/* Answers: bodies and headers, errors in their one form. */
#include "answers.h"

#include <string.h>

#define JSON_TYPE "application/json"

static const struct {
  const char *name, *value;
} fixed[] = {
    {"Cache-Control", "no-store"},
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
     "'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
     "require-trusted-types-for 'script'; trusted-types aver"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Referrer-Policy", "same-origin"},
    {"X-Content-Type-Options", "nosniff"},
};

static void append_member(AverBuffer *out, const char *key, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid(value, -1);
  aver_buffer_printf(out, ",\"%s\":", key);
  aver_json_append_string(out, valid, strlen(valid));
}

char *answers_make_error(const char *code, const char *message, const ErrorPlace *place)
{
  AverBuffer out = {0};
  aver_buffer_append_string(&out, "{\"error\":{\"code\":");
  aver_json_append_string(&out, code, strlen(code));
  append_member(&out, "message", message);
  if (place != NULL && place->has_place && place->line > 0)
    aver_buffer_printf(&out, ",\"line\":%" G_GUINT64_FORMAT, place->line);
  if (place != NULL && place->has_place)
    aver_buffer_printf(&out, ",\"offset\":%" G_GUINT64_FORMAT, place->offset);
  if (place != NULL && place->stage != NULL)
    append_member(&out, "stage", place->stage);
  aver_buffer_append_string(&out, "}}");
  aver_buffer_append_char(&out, '\0');
  return out.data;
}

/* What the client did wrong, and what went wrong here. */
static const struct {
  int error;
  guint status;
  const char *code;
} failures[] = {
    {AVER_ERROR_ENCODING, SOUP_STATUS_BAD_REQUEST, "bad-encoding"},
    {AVER_ERROR_SYNTAX, SOUP_STATUS_BAD_REQUEST, "bad-syntax"},
    {AVER_ERROR_INPUT, SOUP_STATUS_BAD_REQUEST, "bad-document"},
    {AVER_ERROR_LIMIT, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "too-large"},
    {AVER_ERROR_PLUGIN, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "no-reader"},
    {AVER_ERROR_CONFIG, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "bad-charset"},
    {AVER_ERROR_STOPPED, SOUP_STATUS_SERVICE_UNAVAILABLE, "stopping"},
};

char *answers_make_failure(const GError *error, const AverFailure *failure, guint *status)
{
  const char *code = "stage-failed";
  *status = SOUP_STATUS_INTERNAL_SERVER_ERROR;
  for (guint i = 0; i < G_N_ELEMENTS(failures); i++) {
    if (g_error_matches(error, AVER_ERROR, failures[i].error)) {
      *status = failures[i].status;
      code = failures[i].code;
    }
  }
  ErrorPlace place = {0};
  if (failure != NULL)
    place = (ErrorPlace){TRUE, failure->line, failure->offset, failure->stage};
  return answers_make_error(code, error->message, &place);
}

char *answers_make_raw(guint status, const char *body)
{
  GString *text = g_string_new(NULL);
  g_string_append_printf(text,
                         "HTTP/1.1 %u %s\r\nContent-Type: " JSON_TYPE
                         "\r\nContent-Length: %" G_GSIZE_FORMAT "\r\nConnection: close\r\n",
                         status, soup_status_get_phrase(status), strlen(body));
  for (guint i = 0; i < G_N_ELEMENTS(fixed); i++)
    g_string_append_printf(text, "%s: %s\r\n", fixed[i].name, fixed[i].value);
  g_string_append_printf(text, "\r\n%s", body);
  return g_string_free(text, FALSE);
}

void answers_add_headers(SoupMessageHeaders *headers)
{
  for (guint i = 0; i < G_N_ELEMENTS(fixed); i++)
    soup_message_headers_replace(headers, fixed[i].name, fixed[i].value);
}

static void set_body(SoupServerMessage *message, const char *json)
{
  soup_server_message_set_response(message, JSON_TYPE, SOUP_MEMORY_COPY, json, strlen(json));
}

void answers_prepare(SoupServerMessage *message)
{
  g_autofree char *body =
      answers_make_error("bad-request", "the request is no HTTP that is understood here", NULL);
  answers_add_headers(soup_server_message_get_response_headers(message));
  set_body(message, body);
}

void answers_send_json(SoupServerMessage *message, guint status, const char *json)
{
  answers_add_headers(soup_server_message_get_response_headers(message));
  soup_server_message_set_status(message, status,
                                 status == STATUS_TOO_MANY_REQUESTS ? "Too Many Requests" : NULL);
  set_body(message, json);
}

void answers_send_error(SoupServerMessage *message, guint status, const char *code,
                        const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_autofree char *body = answers_make_error(code, text, NULL);
  answers_send_json(message, status, body);
}
