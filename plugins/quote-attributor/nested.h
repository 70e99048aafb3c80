/* SPDX-License-Identifier: Apache-2.0 */
/* Quotations inside quotations: what the speaker says that somebody said. */
#pragma once

#include "reading.h"

/* Adds an attribution for every quotation that stands in another one's content beside a cue of its
 * own; other words in inner marks are titles and scare quotes. */
void nested_find(Reading *reading);
