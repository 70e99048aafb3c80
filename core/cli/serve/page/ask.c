/* SPDX-License-Identifier: Apache-2.0 */
/* What the browser's page asks for beside POST /v1/documents. */
#include "ask.h"

#include "../answers.h"

#include <string.h>

#define FORM "multipart/form-data"

static const struct {
  const char *path, *type;
  AnswerKind answer;
} asks[] = {
    {"/article", "application/json", ANSWER_DRAWING},
    {"/form", FORM, ANSWER_WHOLE},
};

static gint find(const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS(asks); i++)
    if (strcmp(asks[i].path, path) == 0)
      return (gint) i;
  return -1;
}

gboolean page_is_asked(const char *path)
{
  return find(path) >= 0;
}

gboolean page_read_ask(SoupServerMessage *message, Ask *ask)
{
  gint found = find(g_uri_get_path(soup_server_message_get_uri(message)));
  const char *type =
      soup_message_headers_get_content_type(soup_server_message_get_request_headers(message), NULL);
  if (type == NULL || g_ascii_strcasecmp(type, asks[found].type) != 0) {
    answers_send_error(message, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "bad-type",
                       "the Content-Type is '%.100s'; expected %s", type == NULL ? "" : type,
                       asks[found].type);
    return FALSE;
  }
  ask->answer = asks[found].answer;
  ask->reader = ask->answer == ANSWER_WHOLE ? "auto-reader" : "jsonl-reader";
  ask->name = g_strdup("-");
  return TRUE;
}

/* The part of a form with that name, and the file's name if it has one; NULL when it is empty. */
static GBytes *take_part(SoupMultipart *form, const char *wanted, char **file)
{
  for (int i = 0; i < soup_multipart_get_length(form); i++) {
    SoupMessageHeaders *headers;
    GBytes *part;
    GHashTable *parameters = NULL;
    g_autofree char *kind = NULL;
    if (!soup_multipart_get_part(form, i, &headers, &part) ||
        !soup_message_headers_get_content_disposition(headers, &kind, &parameters))
      continue;
    const char *name = g_hash_table_lookup(parameters, "name");
    gboolean found = g_strcmp0(name, wanted) == 0 && g_bytes_get_size(part) > 0;
    const char *given = g_hash_table_lookup(parameters, "filename");
    if (found && given != NULL && *given != '\0')
      *file = g_utf8_make_valid(given, -1);
    g_hash_table_unref(parameters);
    if (found)
      return g_bytes_ref(part);
  }
  return NULL;
}

gboolean page_open_form(SoupServerMessage *message, Ask *ask, GBytes **body, GError **error)
{
  g_autoptr(SoupMultipart) form =
      soup_multipart_new_from_message(soup_server_message_get_request_headers(message), *body);
  g_autofree char *name = NULL;
  GBytes *part = form == NULL ? NULL : take_part(form, "file", &name);
  ask->reader = part == NULL ? "text-reader" : "auto-reader";
  if (part == NULL && form != NULL)
    part = take_part(form, "text", &name);
  if (part == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                "there is no article in the form; paste one, or choose a file");
    return FALSE;
  }
  if (name != NULL) {
    g_free(ask->name);
    ask->name = aver_text_make_printable(name, MIN(strlen(name), 200));
  }
  g_bytes_unref(*body);
  *body = part;
  return TRUE;
}
