/* SPDX-License-Identifier: Apache-2.0 */
/* Which quotation marks belong together. */
#pragma once

#include "reading.h"

/* Fills the quotations in, outermost only, and tags every mark as opening, closing or inner. */
void marks_pair(Reading *reading);

/* Words of a quotation, at most `limit`. */
guint32 quotation_words(const Reading *reading, const Quotation *quotation, guint32 limit);
