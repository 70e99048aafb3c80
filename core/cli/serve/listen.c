/* SPDX-License-Identifier: Apache-2.0 */
/* Connections: accepted, counted, and closed when nothing comes of them. */
#include "listen.h"

#include "answers.h"
#include "sockets.h"
#include "stream.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

/* Milliseconds between two looks at who is late, and before accepting is tried again. */
#define TICK  100
#define PAUSE 100

/* Microseconds that a client has for a head, or until the next one; before what it sends has to
 * come at some rate; to read an answer that it did not wait for; bytes a second. */
#define PATIENCE  ((gint64) 10 * G_USEC_PER_SEC)
#define LINGERING ((gint64) 1 * G_USEC_PER_SEC)
#define RATE      ((gint64) 16 * 1024)

typedef enum {
  EXPECT_NOTHING,
  EXPECT_HEAD,
  EXPECT_BODY,
  EXPECT_TAKING,
  EXPECT_END, /* it has been refused */
} Expectation;

struct Connection {
  Server *server;
  GSocket *socket;
  GIOStream *stream;
  gboolean between; /* two requests */
  gboolean left;    /* by the client */
  Expectation expected;
  gint64 since; /* when that began */
  gint64 deadline;
  GList link; /* of the list of all */
};

struct Listening {
  GPtrArray *sockets; /* GSocket */
  GPtrArray *sources; /* GSource */
  GMainContext *limbo;
  GQueue connections;
  guint ticker;
};

static const char key[] = "aver-connection";

static void connection_closed(gpointer data)
{
  Connection *connection = data;
  g_queue_unlink(&connection->server->listening->connections, &connection->link);
  stream_forget(connection->stream);
  g_object_unref(connection->stream);
  g_object_unref(connection->socket);
  g_free(connection);
}

Connection *connection_of(SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address(message);
  return remote == NULL ? NULL : g_object_get_data(G_OBJECT(remote), key);
}

static gint64 patience(const Connection *connection)
{
  return MIN(PATIENCE, connection->server->options->timeout);
}

static void await(Connection *connection, Expectation expected, gint64 patience)
{
  if (connection->expected == EXPECT_END)
    return;
  if (connection->expected != expected)
    connection->since = g_get_monotonic_time();
  connection->expected = expected;
  connection->deadline = patience == 0 ? 0 : g_get_monotonic_time() + patience;
}

/* Asked at the end of what comes (StreamLeft). */
static gboolean has_left(gpointer data)
{
  Connection *connection = data;
  if (!connection->between)
    return FALSE;
  connection->left = TRUE;
  g_socket_shutdown(connection->socket, TRUE, TRUE, NULL);
  return TRUE;
}

gboolean connection_has_left(const Connection *connection)
{
  return connection->left;
}

void connection_await_next(Connection *connection)
{
  connection->between = TRUE;
  await(connection, EXPECT_HEAD, patience(connection));
}

void connection_await_head(Connection *connection)
{
  connection->between = FALSE;
  await(connection, EXPECT_HEAD, patience(connection));
}

void connection_await_body(Connection *connection, gsize received)
{
  await(connection, EXPECT_BODY, patience(connection));
  if (connection->expected == EXPECT_BODY)
    connection->deadline =
        connection->since + patience(connection) + (gint64) received * G_USEC_PER_SEC / RATE;
}

void connection_let_wait(Connection *connection)
{
  await(connection, EXPECT_NOTHING, 0);
}

void connection_await_taking(Connection *connection)
{
  await(connection, EXPECT_TAKING, MAX(patience(connection), G_USEC_PER_SEC));
}

gboolean connection_is_refused(const Connection *connection)
{
  return connection->expected == EXPECT_END;
}

/* libsoup goes on reading what still comes, and finds the end. */
static void cut_off(Connection *connection)
{
  g_socket_shutdown(connection->socket, TRUE, TRUE, NULL);
  connection->expected = EXPECT_END;
  connection->deadline = 0;
}

void connection_refuse(Connection *connection, guint status, const char *code, const char *message)
{
  if (connection->expected == EXPECT_END)
    return;
  g_autofree char *body = answers_make_error(code, message, NULL);
  g_autofree char *text = answers_make_raw(status, body);
  g_socket_send(connection->socket, text, strlen(text), NULL, NULL);
  /* The client is given time to read it: what it sends to a closed socket would wipe it out. */
  g_socket_shutdown(connection->socket, FALSE, TRUE, NULL);
  connection->expected = EXPECT_END;
  connection->deadline = g_get_monotonic_time() + LINGERING;
}

static void settle(Connection *connection)
{
  if (connection->expected == EXPECT_BODY)
    connection_refuse(connection, SOUP_STATUS_REQUEST_TIMEOUT, "slow-request",
                      "the body did not come in time");
  else if (connection->expected == EXPECT_HEAD)
    connection_refuse(connection, SOUP_STATUS_REQUEST_TIMEOUT, "slow-request",
                      "no request came in time");
  else
    cut_off(connection);
}

static gboolean look(gpointer data)
{
  Listening *listening = data;
  gint64 now = g_get_monotonic_time();
  GList *next;
  for (GList *link = listening->connections.head; link != NULL; link = next) {
    Connection *connection = link->data;
    next = link->next;
    if (connection->deadline != 0 && connection->deadline <= now)
      settle(connection);
  }
  return G_SOURCE_CONTINUE;
}

guint listening_count(const Server *server)
{
  return server->listening->connections.length;
}

static void take(Server *server, GSocket *socket)
{
  g_autoptr(GSocketConnection) stream = g_socket_connection_factory_create_connection(socket);
  g_autoptr(GSocketAddress) local = g_socket_connection_get_local_address(stream, NULL);
  g_autoptr(GSocketAddress) remote = g_socket_connection_get_remote_address(stream, NULL);
  if (local == NULL || remote == NULL)
    return; /* it has gone */
  g_socket_set_option(socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  Connection *connection = g_new0(Connection, 1);
  connection->server = server;
  connection->socket = g_object_ref(socket);
  connection->link.data = connection;
  g_queue_push_tail_link(&server->listening->connections, &connection->link);
  connection->stream = stream_new(stream, has_left, connection);
  g_object_set_data_full(G_OBJECT(remote), key, connection, connection_closed);
  connection_await_head(connection);
  soup_server_accept_iostream(server->soup, connection->stream, local, remote, NULL);
}

/* There are too many. */
static void turn_away(GSocket *socket)
{
  g_autofree char *body =
      answers_make_error("too-many-connections", "too many connections are open", NULL);
  g_autofree char *text = answers_make_raw(SOUP_STATUS_SERVICE_UNAVAILABLE, body);
  g_socket_set_blocking(socket, FALSE);
  g_socket_send(socket, text, strlen(text), NULL, NULL);
  g_socket_close(socket, NULL);
}

static gboolean watch(Server *server, GSocket *socket);

static gboolean watch_again(gpointer data)
{
  Server *server = data;
  GPtrArray *sockets = server->listening->sockets;
  for (guint i = 0; i < sockets->len; i++)
    watch(server, g_ptr_array_index(sockets, i));
  return G_SOURCE_REMOVE;
}

static void unwatch(Listening *listening)
{
  for (guint i = 0; i < listening->sources->len; i++)
    g_source_destroy(g_ptr_array_index(listening->sources, i));
  g_ptr_array_set_size(listening->sources, 0);
}

static gboolean on_connection(GSocket *listener, GIOCondition condition, gpointer data)
{
  Server *server = data;
  (void) condition;
  for (;;) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GSocket) socket = g_socket_accept(listener, NULL, &error);
    if (socket == NULL) {
      gboolean none = g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES);
      if (none) { /* asking again at once would not help */
        unwatch(server->listening);
        g_timeout_add(PAUSE, watch_again, server);
      }
      return !none;
    }
    if (listening_count(server) >= server->options->max_connections)
      turn_away(socket);
    else
      take(server, socket);
  }
}

static gboolean watch(Server *server, GSocket *socket)
{
  GSource *source = g_socket_create_source(socket, G_IO_IN, NULL);
  g_source_set_callback(source, G_SOURCE_FUNC(on_connection), server, NULL);
  g_source_attach(source, NULL);
  g_ptr_array_add(server->listening->sources, source);
  return TRUE;
}

/*
 * libsoup keeps connections open for another request only while it has listeners. It gets them
 * in a context that nobody runs: accepting is done here, where there are limits.
 */
static gboolean lend(Server *server, GSocket *socket, GError **error)
{
  g_main_context_push_thread_default(server->listening->limbo);
  gboolean good = soup_server_listen_socket(server->soup, socket, 0, error);
  g_main_context_pop_thread_default(server->listening->limbo);
  return good && watch(server, socket);
}

gboolean listening_open(Server *server, GError **error)
{
  const ServeOptions *options = server->options;
  Listening *listening = server->listening = g_new0(Listening, 1);
  listening->sockets = g_ptr_array_new_with_free_func(g_object_unref);
  listening->sources = g_ptr_array_new_with_free_func((GDestroyNotify) g_source_unref);
  listening->limbo = g_main_context_new();
  g_queue_init(&listening->connections);
  if (!sockets_open(server, listening->sockets, error))
    return FALSE;
  if (!server->loopback)
    options->log("warning", "others than this machine can reach the server: whoever does may have "
                            "it work, and learns the pipeline");
  for (guint i = 0; i < listening->sockets->len; i++)
    if (!lend(server, g_ptr_array_index(listening->sockets, i), error))
      return FALSE;
  listening->ticker = g_timeout_add(TICK, look, listening);
  for (guint i = 0; i < listening->sockets->len; i++)
    socket_announce(g_ptr_array_index(listening->sockets, i));
  return TRUE;
}

void listening_close(Server *server)
{
  unwatch(server->listening);
  /* soup_server_disconnect() would close the connections as well. */
  for (guint i = 0; i < server->listening->sockets->len; i++)
    g_socket_close(g_ptr_array_index(server->listening->sockets, i), NULL);
  g_ptr_array_set_size(server->listening->sockets, 0);
}

void listening_free(Listening *listening)
{
  if (listening == NULL)
    return;
  if (listening->ticker != 0)
    g_source_remove(listening->ticker);
  unwatch(listening);
  g_ptr_array_unref(listening->sources);
  g_ptr_array_unref(listening->sockets);
  g_main_context_unref(listening->limbo);
  g_free(listening);
}
