/* SPDX-License-Identifier: Apache-2.0 */
/* The reader: options, where it stands in its input, and one worker's scratch memory. */
#pragma once

#include "fields.h"

#include <aver/aver.h>

typedef struct {
  AverInput *input;
  gsize max_record;
  char delimiter; /* 0: to be found out for each file */
  Wanted wanted;

  gboolean headed;   /* the open file's header has been read */
  AverBuffer record; /* what is handed out: the delimiter, the header, a line end, the record */
  gsize head;        /* how much of that is the same for all records of the file */
  guint n_columns;
  RecordScan scan;

  gboolean passing; /* over a line that is too long */
  GString *held;    /* the cursor before it */
  guint64 passing_offset, passing_line;
} CsvReader;

typedef struct {
  AverBuffer head; /* that @columns is of */
  Columns columns;
  Field *fields;
  AverBuffer value;
} CsvWorker;

AverCut csv_cut(gpointer self, gboolean may_block, AverRecord *record, GError **error);
gboolean csv_decode(gpointer self, gpointer worker, const AverRecord *record,
                    AverDocument *document, GError **error);

/* Takes a file's header, without its line end, as the one of the records to come. */
gboolean csv_set_header(CsvReader *reader, char delimiter, const char *header, gsize length,
                        GError **error);
