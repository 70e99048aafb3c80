/* SPDX-License-Identifier: Apache-2.0 */
/* The HTTP server of `aver serve`: what its files share. Everything but jobs is the main thread's.
 */
#pragma once

#include <aver/aver.h>
#include <libsoup/soup.h>

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
} ServeOptions;

typedef struct Workers Workers;
typedef struct Listening Listening;
typedef struct Figures Figures;

typedef struct Server {
  const ServeOptions *options;
  AverService *service;
  char *pipeline_json; /* what GET /v1/pipeline answers */
  SoupServer *soup;
  GMainLoop *loop;
  Workers *workers;
  Listening *listening;
  Figures *figures;
  guint n_requests; /* under way */
  guint n_signals;  /* that asked to stop */
  gboolean loopback;
} Server;

/* Serves until told to stop. FALSE when it could not begin. */
gboolean serve(const ServeOptions *options, AverService *service, GError **error);
