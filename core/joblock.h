/* SPDX-License-Identifier: Apache-2.0 */
/* The lock of a job's folder, held by the one process that runs the job. */
#pragma once

#include <aver/error.h>

/* Returns a descriptor that holds the lock until it is closed; -1 when another process has it, or
 * it cannot be had. */
int aver_job_lock(const char *folder, GError **error);

/* Whether a process holds it. */
gboolean aver_job_is_locked(const char *folder);
