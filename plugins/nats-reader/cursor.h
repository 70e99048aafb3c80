/* SPDX-License-Identifier: Apache-2.0 */
/* The reader's cursor: how many messages were cut, and which of them the server may not know to be
 * done with. */
#pragma once

#include <glib.h>

/* Deliveries in a row: their sequences in the stream and in the consumer grow by one each. */
typedef struct {
  guint64 stream;
  guint64 consumer;
  guint64 n;
} CursorSpan;

/* Appends one delivery, to the last span if it follows on it. @spans: CursorSpan. */
void cursor_add(GArray *spans, guint64 stream, guint64 consumer);

/* "NUMBER", or "NUMBER STREAM.CONSUMER.N,STREAM.CONSUMER.N". */
void cursor_write(GString *text, guint64 number, const GArray *spans);

/* FALSE when it is none; @spans: CursorSpan, emptied first. No span has more than 2^24. */
gboolean cursor_parse(const char *text, guint64 *number, GArray *spans);
