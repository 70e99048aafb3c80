/* SPDX-License-Identifier: Apache-2.0 */
/* Reading one record's annotations of the layer under test. */
#pragma once

#include "readvalues.h"

/* Fills in @record from its JSON object; its text is there. */
gboolean read_rows(const Reading *reading, Record *record, json_t *json);
