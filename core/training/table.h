/* SPDX-License-Identifier: Apache-2.0 */
/* Tables: cutting CSV (RFC 4180) and tab-separated values into rows and cells. */
#pragma once

#include <aver/buffer.h>

/* More cells in a row are not read. */
#define AVER_TABLE_MAX_CELLS 4096

/* The text of a cell as it stands, without its quotation marks. */
typedef struct {
  const char *text;
  gsize length;
  gboolean doubled; /* marks inside it stand twice */
} AverCell;

/* Set up data, end, separator and quoted; the rest starts as 0. */
typedef struct {
  const char *data; /* what has not been read */
  const char *end;
  char separator;
  gboolean quoted; /* whether cells can stand in quotation marks */
  guint64 line;    /* the row's first */
  guint64 passed;  /* lines before data */
  const char *row; /* the row as it stands */
  gsize length;
  GArray *cells; /* AverCell */
} AverTable;

typedef enum {
  AVER_TABLE_ROW,
  AVER_TABLE_BAD, /* this row cannot be read: @problem says why; the next one may */
  AVER_TABLE_END,
} AverTableStep;

/* The next row; empty lines are passed over. */
AverTableStep aver_table_next(AverTable *table, const char **problem);
void aver_table_clear(AverTable *table);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AverTable, aver_table_clear)

/* The characters of a cell: itself, or in @room, which has room for them. */
const char *aver_cell_get_text(const AverCell *cell, char *room, gsize *length);
