/* SPDX-License-Identifier: Apache-2.0 */
/* The heads of records: what a WARC or an ARC file says before each block. */
#pragma once

#include <aver/error.h>

/* The longest head, and the longest line that may be one of ARC. */
#define HEAD_MAX      ((gsize) 64 * 1024)
#define HEAD_LINE_MAX ((gsize) 16 * 1024)

/* Bytes inside what is read. */
typedef struct {
  const char *data;
  gsize length;
} Slice;

/* A record's head; what it does not say is empty. */
typedef struct {
  gboolean arc;
  gsize size;     /* of the head itself, up to the block */
  guint64 length; /* of the block */
  Slice type;     /* WARC-Type; "response" or "warcinfo" in ARC */
  Slice media;    /* Content-Type, with its parameters */
  Slice uri;
  Slice date;
  Slice id;
  Slice truncated;
  Slice languages;
} Head;

typedef enum {
  HEAD_GOOD,
  HEAD_SHORT, /* it does not end in these bytes */
  HEAD_BAD,   /* error set */
} HeadResult;

/* Reads the head at the start of @data. */
HeadResult head_read(const char *data, gsize length, Head *head, GError **error);

/* Whether a line without its end is a head of ARC, whatever it says of the length. */
gboolean head_is_arc_line(const char *line, gsize length);

/* Whether the bytes are the beginning of a line "WARC/1.0". */
gboolean head_is_version(const char *data, gsize length);

/* @slice without white space at both ends. */
Slice slice_trim(Slice slice);

/* Whether @slice is that ASCII word, in any case. */
gboolean slice_is(Slice slice, const char *word);

/* Takes the next line off @rest, without its end; FALSE when none ends there. */
gboolean slice_take_line(Slice *rest, Slice *line);

/* A line "name: value"; FALSE when it is none. */
gboolean slice_split_field(Slice line, Slice *name, Slice *value);
