/* SPDX-License-Identifier: Apache-2.0 */
/* The words that may stand on a command line: what a shell completes. */
#pragma once

#include "cli.h"

/* Prints the values of that kind ("readers", "options"), sorted, one a line. */
ExitCode print_values(const Command *command, const char *kind, char **folders);
