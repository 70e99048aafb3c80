/* SPDX-License-Identifier: Apache-2.0 */
/* The sockets that are listened at. */
#pragma once

#include "serve.h"

/* Opens those that were asked for, and says whether all are on loopback. FALSE with an error that
 * names the address. */
gboolean sockets_open(Server *server, GPtrArray *sockets, GError **error);

/* Prints where it listens, for people and scripts. */
void socket_announce(GSocket *socket);
