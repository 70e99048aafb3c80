/* SPDX-License-Identifier: Apache-2.0 */
/* How far the content of a report reaches. */
#pragma once

#include "reading.h"

/* Tokens that content in front of its cue has at most, apart from quotations: no sentence of prose
 * is longer, and what looks like one must not be read again for every cue in it. */
#define LONGEST_FRONT 300

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
