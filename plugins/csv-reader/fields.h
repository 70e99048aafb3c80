/* SPDX-License-Identifier: Apache-2.0 */
/* Records and fields of CSV (RFC 4180), and the columns that make a document. */
#pragma once

#include <aver/buffer.h>

/* The longest header, and the most columns. */
#define HEADER_MAX  ((gsize) 256 * 1024)
#define COLUMNS_MAX 4096u

/* Where the search for a record's end stands; {0} at its start. */
typedef struct {
  gsize at;        /* bytes looked at */
  gsize opened;    /* where the quoted field that is open begins */
  gboolean quoted; /* inside quotation marks */
  gboolean mark;   /* behind one that may close them, or be doubled */
} RecordScan;

/* Goes on to the record's end: TRUE with the bytes it takes, its line end included. FALSE when it
 * does not end in these bytes, which are those of the call before and more. */
gboolean record_scan(RecordScan *scan, const char *data, gsize length, char delimiter, gsize *end);

/* One field; its value is @data when it is not doubled, else that without every second mark. */
typedef struct {
  const char *data;
  gsize length;
  gboolean doubled;
} Field;

/* Splits a record without its line end, and stores the first @most fields. Returns: how many there
 * are; 0 with @error set when one of them is malformed. */
guint record_split(const char *data, gsize length, char delimiter, Field *fields, guint most,
                   GError **error);

/* Writes a field's value; room for as many bytes as it has. Returns: how many it takes. */
gsize field_copy(const Field *field, char *to);

/* The delimiter that splits the first record into most fields, none of which has a quotation mark
 * inside without being quoted. @ended: there are no more bytes.
 * Returns 0 when more bytes are needed to tell. */
char delimiter_guess(const char *data, gsize length, gboolean ended);

typedef enum {
  ROLE_TEXT,
  ROLE_ID,
  ROLE_TITLE,
  ROLE_PUBLISHED,
  ROLE_AUTHOR,
  ROLE_LANGUAGE,
  N_ROLES,
} Role;

/* The options: which column has which role, by name or by number from 1. */
typedef struct {
  const char *roles[N_ROLES];
  char **metadata; /* columns that become metadata; NULL for all others */
  gboolean header;
} Wanted;

/* What one header comes to. */
typedef struct {
  guint n;               /* columns; 0 without a header */
  char **keys;           /* metadata key of each; NULL when it is none; without a header, NULL */
  gint32 place[N_ROLES]; /* from 0; -1 when there is none */
  gint32 last;           /* greatest of all columns that are needed */
  guint8 *listed;        /* without a header: columns that become metadata; NULL for all */
} Columns;

/* Reads a header without its line end. FALSE when a column that was asked for is not there. */
gboolean columns_read(Columns *columns, const Wanted *wanted, const char *header, gsize length,
                      char delimiter, GError **error);
void columns_clear(Columns *columns);

extern const char *const role_names[N_ROLES];
