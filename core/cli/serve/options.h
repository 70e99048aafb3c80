/* SPDX-License-Identifier: Apache-2.0 */
/* What the command and its HTTP server know of each other. The server is a module of its own, so
 * that no other command waits for its libraries to be loaded. */
#pragma once

#include <aver/aver.h>

/* How it was asked to be. */
typedef struct {
  const char *const *addresses; /* (nullable) none: loopback only */
  const char *const *hosts;     /* (nullable) names that clients may use for it besides */
  guint16 port;                 /* 0: any that is free */
  gsize max_size;               /* of a request's body, packed or not, in bytes */
  gint64 timeout;               /* for one document, in microseconds */
  guint n_workers;
  guint max_waiting;     /* requests that wait for a worker */
  guint max_connections; /* open at once */
  gboolean verbose;
  void (*log)(const char *level, const char *message); /* see log.h */
} ServeOptions;

/* Serves until told to stop. FALSE when it could not begin. The module's one symbol. */
AVER_API gboolean aver_serve(const ServeOptions *options, AverService *service, GError **error);
typedef gboolean (*ServeFunction)(const ServeOptions *options, AverService *service,
                                  GError **error);

#define SERVE_SYMBOL "aver_serve"
#define SERVE_MODULE "aver-serve.so" /* beside the folder of the plugins */
