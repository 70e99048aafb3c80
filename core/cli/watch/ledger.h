/* SPDX-License-Identifier: Apache-2.0 */
/* What a watched folder's files came to: which are done, and how long the outputs are. */
#pragma once

#include <aver/aver.h>

/* A file as it is: when size or time are others, it is another file. */
typedef struct {
  char *path; /* below the folder */
  gint64 size;
  gint64 time; /* of its last change, in nanoseconds */
} Arrival;

void arrival_free(gpointer arrival);

/*
 * A text file, only ever appended to, a batch after another: "begin", how long the outputs are,
 * before they grow; "done" for each file; "end". A batch without its end did not happen: what it
 * put into the outputs is taken back when the ledger is opened. Locked while it is open. One most
 * of whose lines were overtaken by others is replaced by a shorter one.
 */
typedef struct _Ledger Ledger;

/* @outputs: (array length=2): files that grow, NULL for none; they outlive the ledger. */
Ledger *ledger_open(const char *path, const char *const *outputs, GError **error);
void ledger_free(Ledger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ledger, ledger_free)

/* Whether the file is done, or left. */
gboolean ledger_has(const Ledger *ledger, const Arrival *arrival);

/* The file failed: it is left alone as it is, for as long as the ledger is open. */
void ledger_leave(Ledger *ledger, const Arrival *arrival);

/* Appends the files @parts (NULL, or not there: nothing) to the outputs, and notes that @arrivals
 * are done; all of it or nothing, whatever happens. */
gboolean ledger_commit(Ledger *ledger, const char *const *parts, const GPtrArray *arrivals,
                       GError **error);
