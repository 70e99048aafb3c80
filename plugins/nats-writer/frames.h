/* SPDX-License-Identifier: Apache-2.0 */
/* Messages on their way from encode to emit: each with its id, one behind the other. */
#pragma once

#include <aver/aver.h>

/* The longest id of a message. */
#define FRAME_LONGEST_ID 255

typedef struct {
  const char *id; /* with a NUL behind it */
  const char *data;
  gsize length;
} Frame;

/* Makes room for a frame's head. Returns: where it starts. */
gsize frame_begin(AverBuffer *out);

/* All behind the head is the message; gives it its id, which depends on the document's and on every
 * byte of the message: two are the same only when they say the same of the same document. */
void frame_end(AverBuffer *out, gsize start, const char *document_id);

/* The next frame, moving @data on; FALSE at the end, or when it is cut off. */
gboolean frame_next(const char **data, const char *end, Frame *frame);
