/* SPDX-License-Identifier: Apache-2.0 */
/* The HTTP server of `aver serve`: what its files share. Everything but jobs is the main thread's.
 */
#pragma once

#include "options.h"

#include <libsoup/soup.h>

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
