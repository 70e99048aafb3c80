/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The zygote: a process that is forked before threads start, and from which children are forked
 * later. It has one thread and runs no plugin's code, so forking it is safe at any time.
 */
#pragma once

#include <glib.h>
#include <sys/types.h>

typedef struct AverZygote AverZygote;

/* What a child does, with a socket to its parent; the child ends when it returns. */
typedef void (*AverZygoteChild)(guint number, int socket, gpointer data);

/* How a child ended. */
typedef struct {
  int status;         /* as of waitpid() */
  gboolean killed;    /* it did not end by itself in time */
  guint64 peak_bytes; /* of memory in use */
} AverDeath;

/* Forks the zygote; @data is what the children see of the parent's memory as it is now. [main] */
AverZygote *aver_zygote_new(AverZygoteChild child, gpointer data, GError **error);

/* Ends the zygote and all its children. */
void aver_zygote_free(AverZygote *zygote);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverZygote, aver_zygote_free)

/* Forks a child; @number is for it to know what it is. FALSE with an error. [any] */
gboolean aver_zygote_fork(AverZygote *zygote, guint number, pid_t *pid, int *socket,
                          GError **error);

/* Waits at most @grace milliseconds for a child to end, kills it otherwise, and whatever it has
 * started. FALSE when the zygote is gone. [any] */
gboolean aver_zygote_reap(AverZygote *zygote, pid_t pid, guint grace, AverDeath *death);

/* Gives a forked process nothing of its parent's but @keep and what descriptors 0 to 2 are: no
 * signal handlers, no descriptors; unless @parent is 0, it dies with that. Returns what @keep has
 * become. */
int aver_zygote_confine(int keep, pid_t parent);
