/* SPDX-License-Identifier: Apache-2.0 */
/* One object of JSON Lines: the members that mean something. */
#pragma once

#include "data.h"

#include <aver/json.h>

typedef struct {
  AverJsonScanner scanner;
  AverBuffer strings; /* those that had escapes; never grows within a record */
  AverJsonValue fields[AVER_N_FIELDS];
  gint fit[AVER_N_FIELDS]; /* of the names they stand under; G_MAXINT: not there */
  AverJsonValue id;
  AverJsonValue layers;
  AverJsonValue metadata;
} AverJsonRecord;

void aver_json_record_clear(AverJsonRecord *record);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AverJsonRecord, aver_json_record_clear)

/* The characters of a string, or the text of any other value; both live as long as the record. */
AverFieldValue aver_json_record_string(AverJsonRecord *record, const AverJsonValue *value);

/*
 * Examples from the rows of a document that Aver wrote: @layers is its member of that name, @values
 * what it says of all of them, its text included.
 */
void aver_data_read_rows(const AverDataFile *file, guint64 line, AverJsonRecord *record,
                         const AverFieldValue *values, const AverJsonValue *layers);
