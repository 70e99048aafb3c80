/* SPDX-License-Identifier: Apache-2.0 */
/* A connection's bytes on their way to libsoup. */
#pragma once

#include <gio/gio.h>

/* Whether the other end, at whose end the stream is, has left between two requests; it is then for
 * nobody to answer. */
typedef gboolean (*StreamLeft)(gpointer data);

/*
 * The stream of a connection that libsoup (3.2) lets go of: when a client leaves between two
 * requests, the library keeps the connection for ever, but not one whose last request asks to close
 * it. The stream ends with such a request, made here, when @left says so.
 */
GIOStream *stream_new(GSocketConnection *connection, StreamLeft left, gpointer data);

/* The connection has gone: @left is not asked any more. */
void stream_forget(GIOStream *stream);
