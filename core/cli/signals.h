/* SPDX-License-Identifier: Apache-2.0 */
/* Signals that ask the command to stop. */
#pragma once

#include <aver/aver.h>

/* Non-zero when it was asked; a signal handler has nowhere else to leave its word. */
extern int stop_wanted;

/* SIGINT and SIGTERM ask; the second one kills. Blocked reads wake up, and a signal that was
 * ignored when the command started (nohup) stays ignored. */
void catch_signals(void);
