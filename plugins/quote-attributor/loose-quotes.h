/* SPDX-License-Identifier: Apache-2.0 */
/* Quotations that no cue stands beside. */
#pragma once

#include "reading.h"

/* Joins them to the quotation they carry on, finds names before a colon or behind a dash, and
 * leaves the rest to the speaker before them or to nobody. */
void loose_quotes_attribute(Reading *reading);
