/* SPDX-License-Identifier: Apache-2.0 */
/* Publishing without waiting for each acknowledgement, and waiting for all of them. */
#pragma once

#include "frames.h"
#include "link.h"

/* Not GMutex: thread sanitizers know the locks of pthreads. */
#include <pthread.h>

typedef struct {
  Link link;
  const char *subject;
  gsize waiting; /* bytes that are published and not known to be acknowledged */
  pthread_mutex_t lock;
  GPtrArray *again; /* natsMsg*, under the lock: those that were not acknowledged in time */
  char *refused; /* (nullable) under the lock: what the server said of one that it did not take */
} Publisher;

gboolean publisher_open(Publisher *publisher, const AverStage *stage, GError **error);
void publisher_close(Publisher *publisher);
gboolean publisher_send(Publisher *publisher, const Frame *frame, GError **error);

/* Waits until all that was sent is stored. */
gboolean publisher_settle(Publisher *publisher, GError **error);
