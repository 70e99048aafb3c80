/* SPDX-License-Identifier: Apache-2.0 */
/* Dates as web pages write them, made ISO 8601. */
#pragma once

#include <glib.h>

/* Returns: (transfer full) (nullable): "2019-11-20", or with a time "2019-11-20T08:30:00", and with
 * the zone the page gave "...Z" or "...+01:00"; NULL for what is no date, or an ambiguous one. */
char *date_normalise(const char *text);
