/* SPDX-License-Identifier: Apache-2.0 */
/* Reading again what failed for a reason that may pass. */
#pragma once

#include <glib.h>

/* Opens a file for reading, as open(). */
int aver_open_patiently(const char *path, int flags);

/* The same of a regular file, of which @size gets the bytes; what else may be there, a FIFO without
 * a writer say, is not waited for but refused. -1 with an error that names it. */
int aver_open_regular(const char *path, guint64 *size, GError **error);

/* Whether an error of the disk or of the system's resources may be gone next time; waits a little
 * before it says so. @tries counts, from 0; the third time it gives up. */
gboolean aver_may_pass(int code, guint *tries);
