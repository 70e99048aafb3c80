/* SPDX-License-Identifier: Apache-2.0 */
/* The sockets that are listened at. */
#include "sockets.h"

#include <netinet/in.h>
#include <stdio.h>

/* Connections that the kernel keeps until they are accepted. */
#define BACKLOG 512

static GSocket *open_socket(GInetAddress *address, guint16 port, GError **error)
{
  GSocketFamily family = g_inet_address_get_family(address);
  g_autoptr(GSocketAddress) place = g_inet_socket_address_new(address, port);
  g_autoptr(GSocket) socket =
      g_socket_new(family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL)
    return NULL;
  if (family == G_SOCKET_FAMILY_IPV6)
    g_socket_set_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, TRUE, NULL);
  g_socket_set_listen_backlog(socket, BACKLOG);
  g_socket_set_blocking(socket, FALSE);
  if (!g_socket_bind(socket, place, TRUE, error) || !g_socket_listen(socket, error))
    return NULL;
  return g_steal_pointer(&socket);
}

static guint16 port_of(GSocket *socket)
{
  g_autoptr(GSocketAddress) local = g_socket_get_local_address(socket, NULL);
  return local == NULL ? 0 : g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(local));
}

/* Opens one address, at the port that the first one has. */
static gboolean open_at(Server *server, GPtrArray *sockets, const char *text, GError **error)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string(text);
  if (address == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "--address is '%s'; expected an IP address such as 127.0.0.1 or ::", text);
    return FALSE;
  }
  guint16 port = sockets->len > 0 ? port_of(g_ptr_array_index(sockets, 0)) : server->options->port;
  g_autoptr(GError) failure = NULL;
  GSocket *socket = open_socket(address, port, &failure);
  if (socket == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "cannot listen at %s port %u: %s", text, port,
                failure->message);
    return FALSE;
  }
  server->loopback = server->loopback && g_inet_address_get_is_loopback(address);
  g_ptr_array_add(sockets, socket);
  return TRUE;
}

/* Both loopback addresses, at the same port; the second one only where there is IPv6. */
static gboolean open_loopback(Server *server, GPtrArray *sockets, GError **error)
{
  for (guint attempt = 0;; attempt++) {
    g_autoptr(GError) failure = NULL;
    if (!open_at(server, sockets, "127.0.0.1", error))
      return FALSE;
    g_autoptr(GInetAddress) other = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV6);
    GSocket *socket = open_socket(other, port_of(g_ptr_array_index(sockets, 0)), &failure);
    if (socket != NULL)
      g_ptr_array_add(sockets, socket);
    gboolean taken =
        socket == NULL && g_error_matches(failure, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
    if (!taken)
      return TRUE;
    if (server->options->port != 0 || attempt >= 16) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "cannot listen at ::1: %s",
                  failure->message);
      return FALSE;
    }
    g_ptr_array_set_size(sockets, 0);
  }
}

gboolean sockets_open(Server *server, GPtrArray *sockets, GError **error)
{
  const char *const *addresses = server->options->addresses;
  server->loopback = TRUE;
  if (addresses == NULL)
    return open_loopback(server, sockets, error);
  for (guint i = 0; addresses[i] != NULL; i++)
    if (!open_at(server, sockets, addresses[i], error))
      return FALSE;
  return TRUE;
}

void socket_announce(GSocket *socket)
{
  g_autoptr(GSocketAddress) local = g_socket_get_local_address(socket, NULL);
  g_autofree char *text = g_socket_connectable_to_string(G_SOCKET_CONNECTABLE(local));
  printf("listening on http://%s/\n", text);
  fflush(stdout);
}
