/* SPDX-License-Identifier: Apache-2.0 */
/* What the command does when memory, or the size a file may have, is at its end. */
#pragma once

/* From now on a failed allocation ends the process with a line that says so and EXIT_RUN, not with
 * a core dump, and a file that may not grow is an error of the write, not a signal. Programs that
 * are started have the signal as it was. [main, before any thread] */
void exhaustion_init(void);
