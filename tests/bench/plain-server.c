/* SPDX-License-Identifier: Apache-2.0 */
/* A server that does nothing: what libsoup alone takes for a request, beside aver serve. */
#include <libsoup/soup.h>
#include <string.h>

static void answer(SoupServer *server, SoupServerMessage *message, const char *path,
                   GHashTable *query, gpointer data)
{
  static const char body[] = "{\"status\":\"ok\"}\n";
  (void) server;
  (void) path;
  (void) query;
  (void) data;
  soup_server_message_set_status(message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response(message, "application/json", SOUP_MEMORY_STATIC, body,
                                   strlen(body));
}

int main(void)
{
  g_autoptr(SoupServer) server = soup_server_new(NULL, NULL);
  g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
  g_autoptr(GError) error = NULL;
  soup_server_add_handler(server, NULL, answer, NULL, NULL);
  if (!soup_server_listen_local(server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error)) {
    g_printerr("plain-server: %s\n", error->message);
    return 1;
  }
  GSList *uris = soup_server_get_uris(server);
  g_autofree char *uri = g_uri_to_string(uris->data);
  g_print("listening on %s\n", uri);
  g_slist_free_full(uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run(loop);
  return 0;
}
