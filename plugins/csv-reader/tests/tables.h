/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of csv-reader share: a file, and what is read from it. */
#pragma once

#include <glib.h>

/* One line for every document ("LINE ID|KEY=VALUE...|TEXT", metadata without that of the place) and
 * every error ("LINE! message"), of a file of these bytes; from each cursor on the rest is the
 * same.
 * @set: options, as `option=value`, or NULL. */
char *read_table(const char *bytes, gssize length, const char *const *set);

/* The same, compared. */
void check_table(const char *bytes, const char *const *set, const char *expected);

void add_damage_tests(void);
