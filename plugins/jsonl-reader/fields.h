/* SPDX-License-Identifier: Apache-2.0 */
/* From the members of a JSON object to a document's id, text and metadata. */
#pragma once

#include <aver/aver.h>

/* More fields in one record than this are an error. */
#define MAX_FIELDS 4096

/* The names of the fields that mean something. */
typedef struct {
  const char *id;
  const char *text;
  const char *title;
  const char *published;
} FieldNames;

/* Scratch memory of one worker. */
typedef struct {
  AverJsonScanner scanner;
  AverJsonScanner nested;
  AverBuffer key;
  AverBuffer value;
} FieldScratch;

/* Fills the document from one record. */
gboolean fields_read(const FieldNames *names, FieldScratch *scratch, const AverRecord *record,
                     AverDocument *document, GError **error);
