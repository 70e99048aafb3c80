/* SPDX-License-Identifier: Apache-2.0 */
/* The sandbox of an isolated stage: what its process may still do. */
#pragma once

#include "stage.h"

/* Whether this build and this kernel have all that a sandbox is made of; if not, the error says
 * what is missing. [any] */
gboolean aver_sandbox_available(GError **error);

/*
 * Gives up, for this process, all threads that it will have and whatever it may fork: the network,
 * writing, other processes, and files that are none of the stage's resources. For a process that
 * has one thread, and speaks to its parent by @socket; there is no way back. FALSE when
 * AVER_SANDBOX_YES could not be kept. [main]
 */
gboolean aver_sandbox_enter(const AverStage *stage, int socket, GError **error);

/* The two halves: which files may be opened (Landlock), which system calls made (seccomp). */
gboolean aver_sandbox_has_files(GError **error);
gboolean aver_sandbox_confine_files(const AverStage *stage, GError **error);
gboolean aver_sandbox_has_calls(GError **error);
gboolean aver_sandbox_confine_calls(int socket, GError **error);
