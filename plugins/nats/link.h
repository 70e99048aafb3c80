/* SPDX-License-Identifier: Apache-2.0 */
/* The connection to a NATS server, for the plugins that have one: made, kept, and what went wrong.
 */
#pragma once

#include <aver/aver.h>
#include <nats/nats.h>

typedef struct {
  const AverStage *stage; /* not owned */
  natsConnection *connection;
  jsCtx *js;
  const char *servers; /* not owned */
} Link;

/* The options that a plugin has for its connection. */
#define LINK_OPTIONS                                                                               \
  {.name = "servers",                                                                              \
   .kind = AVER_OPTION_STRING,                                                                     \
   .fallback = "nats://127.0.0.1:4222",                                                            \
   .help = "the servers' addresses, separated by commas, without a password"},                     \
      {.name = "credentials",                                                                      \
       .kind = AVER_OPTION_STRING,                                                                 \
       .help = "a file with a user's JWT and key; NATS_USER and NATS_PASSWORD, or NATS_TOKEN, "    \
               "are taken from the environment"},                                                  \
      {.name = "tls_ca",                                                                           \
       .kind = AVER_OPTION_STRING,                                                                 \
       .help = "a PEM file with the certificates that the server's is trusted by; has TLS used"},  \
      {.name = "tls_cert",                                                                         \
       .kind = AVER_OPTION_STRING,                                                                 \
       .help = "a PEM file with the client's own certificate"},                                    \
      {.name = "tls_key",                                                                          \
       .kind = AVER_OPTION_STRING,                                                                 \
       .help = "a PEM file with the key of the client's certificate"},                             \
  {                                                                                                \
    .name = "reconnect", .kind = AVER_OPTION_INTEGER, .fallback = "60", .minimum = 0,              \
    .maximum = 1000000, .help = "for how many seconds to try again when the connection is lost"    \
  }

/* Whether the options of the connection are well; nothing is opened [any]. */
gboolean link_check(const AverStage *stage, GError **error);

/* Connects [main]. */
gboolean link_open(Link *link, const AverStage *stage, GError **error);
void link_close(Link *link);

/* Says what failed, @what being "cannot ..." without the server's name; always FALSE. */
gboolean link_fail(const Link *link, natsStatus status, const char *what, GError **error);

/* How often the connection was made anew; G_MAXUINT64 while there is none. */
guint64 link_get_turn(const Link *link);

/* Whether it can still come back. */
gboolean link_is_closed(const Link *link);

/* Pauses; FALSE when the connection is closed for good. */
gboolean link_wait(const Link *link, guint milliseconds);

/* Whether a stream of that name is there, with JetStream's error when it cannot be known. */
gboolean link_has_stream(const Link *link, const char *name, gboolean *there, GError **error);

/* Makes a stream of one subject, kept in files. */
gboolean link_make_stream(const Link *link, const char *name, const char *subject,
                          jsRetentionPolicy retention, GError **error);

/* Whether some stream takes @subject; else says so, naming @option. */
gboolean link_check_taken(const Link *link, const char *subject, const char *option,
                          GError **error);

/* Whether @name can be one of a stream or a consumer. */
gboolean link_check_name(const char *name, const char *option, GError **error);

/* Whether @subject is one to publish to, or with @wild, to listen to. */
gboolean link_check_subject(const char *subject, const char *option, gboolean wild, GError **error);
