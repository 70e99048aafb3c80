/* SPDX-License-Identifier: Apache-2.0 */
/* How far the content of a report reaches. */
#pragma once

#include "reading.h"

/* The end of the content that starts at `start` in a sentence that ends at `high`: the clause's
 * end, without the full stop, before the next report. */
guint32 content_end(const Reading *reading, guint32 start, guint32 high);

/* Whether [start, high) soon has a finite verb, as a clause does. */
gboolean content_is_clause(const Reading *reading, guint32 start, guint32 high);

/* Adds tokens [start, end) to an attribution's content, without white space and commas at its
 * ends. */
void content_add(const Reading *reading, Attribution *attribution, guint32 start, guint32 end);

/* Makes every quotation that [start, end) touches part of an attribution. */
void content_claim(Reading *reading, guint32 start, guint32 end, guint32 attribution);
