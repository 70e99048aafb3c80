/* SPDX-License-Identifier: Apache-2.0 */
/* What a message holds, and which reader makes a document of it. */
#pragma once

#include <aver/aver.h>
#include <aver/delegate.h>

typedef enum {
  FORMAT_AUTO,
  FORMAT_JSON,
  FORMAT_TEXT,
  FORMAT_HTML,
  FORMAT_NEWSML,
  FORMAT_PDF,
  N_FORMATS,
} Format;

/* The names of the formats, and of the readers for those but the first. */
extern const char *const format_names[];
extern const char *const format_readers[];

/* The delegates' numbers, once they are opened. */
typedef struct {
  Format wanted;
  guint32 delegates[N_FORMATS];
} Formats;

/* By its media type, if that is one that a reader is for, else by its first bytes. */
Format format_find(const char *type, const char *data, gsize length);

/* Which of the media types stands for what a delegate reads; text/plain for none. */
const char *format_get_type(guint32 delegate);
