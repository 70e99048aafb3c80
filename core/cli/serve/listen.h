/* SPDX-License-Identifier: Apache-2.0 */
/* Connections: accepted, counted, and closed when nothing comes of them. */
#pragma once

#include "serve.h"

typedef struct Connection Connection;

/* Opens the sockets; FALSE with an error naming the address. Prints one line for each. */
gboolean listening_open(Server *server, GError **error);

/* Accepts no more. */
void listening_close(Server *server);
void listening_free(Listening *listening);
guint listening_count(const Server *server);

/* The connection of a request. */
Connection *connection_of(SoupServerMessage *message);

/* What the client is to do next, and in what time: send a head, or a body of which so much has
 * come; nothing, while its document is worked on; take the answer, of which more has been taken. */
void connection_await_head(Connection *connection);
void connection_await_next(Connection *connection); /* behind an answer */
void connection_await_body(Connection *connection, gsize received);
void connection_let_wait(Connection *connection);
void connection_await_taking(Connection *connection);

/* Whether the client has left: what comes is no request of its. */
gboolean connection_has_left(const Connection *connection);

/* Answers before the request has come to its end, and closes: libsoup could not before. */
void connection_refuse(Connection *connection, guint status, const char *code, const char *message);

/* Whether that has been done: nothing else is to be answered. */
gboolean connection_is_refused(const Connection *connection);
