/* SPDX-License-Identifier: Apache-2.0 */
/* Isolated stages: what the files of the parent's side share. */
#pragma once

#include "isolate.h"

/* How long, in milliseconds, a child may take to end: that hung up, and that was asked to. */
#define AVER_ISOLATE_HUNG_UP 200
#define AVER_ISOLATE_ASKED   2000

struct AverIsolates {
  AverZygote *zygote;
  AverIsolateStage *stages;
  guint n_stages;
  guint n_workers;
  char *pages; /* shared with the children */
  gsize page_size;
  gsize n_pages;
};

typedef struct {
  pid_t pid; /* 0 when there is none */
  int socket;
  int end;       /* readable when the process has ended, whoever holds the socket; or -1 */
  gboolean used; /* it has had documents */
  AverBuffer in, out;
  char *words; /* (nullable) the last ones */
} AverIsolateProcess;

struct AverIsolate {
  AverIsolates *isolates;
  const AverIsolateStage *stage;
  guint number;
  guint n_children; /* a serial stage has one: it may keep state */
  AverIsolateProcess *children;
};

/* How an exchange with a child went. */
typedef enum {
  AVER_ISOLATE_ANSWERED,
  AVER_ISOLATE_TOO_SLOW,
  AVER_ISOLATE_DIED,
  AVER_ISOLATE_STOPPED,
} AverIsolateOutcome;

static inline const char *aver_isolate_plugin_name(const AverIsolate *isolate)
{
  return isolate->stage->stage->plugin->name;
}

/* Microseconds that one document may take. */
static inline gint64 aver_isolate_limit(const AverIsolate *isolate)
{
  return (gint64) (isolate->stage->stage->isolation.seconds * G_USEC_PER_SEC);
}

/* Has a child forked for a worker, and waits for it to have opened the plugin. */
gboolean aver_isolate_start(AverIsolate *isolate, guint worker, GError **error);
gboolean aver_isolate_await_opening(AverIsolate *isolate, guint worker, GError **error);

/* Sends what is in `out` and waits for one frame. Of it, what is behind the header is in @wire. */
AverIsolateOutcome aver_isolate_exchange(AverIsolate *isolate, guint worker, gint64 limit,
                                         AverFrame *frame, AverWire *wire, guint n);

/* Ends a child, after @grace milliseconds, and says what became of it, unless @error is NULL. */
void aver_isolate_bury(AverIsolate *isolate, AverIsolateProcess *child, guint grace,
                       GError **error);
void aver_isolate_set_slow(const AverIsolate *isolate, gdouble seconds, GError **error);
