/* SPDX-License-Identifier: Apache-2.0 */
/* Files that come into a folder: told by inotify, found by looking. */
#pragma once

#include "ledger.h"

#include <signal.h>

typedef struct _Arrivals Arrivals;

/*
 * Watches a folder and those below it, and finds what is there already. @match (nullable) has glob
 * patterns, one of which a name has to match; @settle is how long a file has to be left alone, in
 * microseconds.
 */
Arrivals *arrivals_new(const char *folder, char **match, gint64 settle, GError **error);
void arrivals_free(Arrivals *arrivals);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Arrivals, arrivals_free)

/* Looks at everything again when it next waits. */
void arrivals_rescan(Arrivals *arrivals);

/* Waits up to @timeout milliseconds (-1: for ever) for something to happen, with @signals let
 * through, and takes note of it. FALSE when the folder cannot be watched any more. */
gboolean arrivals_wait(Arrivals *arrivals, int timeout, const sigset_t *signals, GError **error);

/* Files that are complete and not in the ledger, by their names' bytes, @most at most. */
GPtrArray *arrivals_take(Arrivals *arrivals, const Ledger *ledger, guint most);

/* Milliseconds until a file that was too fresh may be complete; -1 when there is none. */
int arrivals_get_delay(const Arrivals *arrivals);
