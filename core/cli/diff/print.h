/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two outputs, on standard output as it is found. */
#pragma once

#include "compare.h"

/* For a person; excerpts are of the texts of the records, which may have none. */
extern const CompareReport print_report;

/* For programs: one object a document, on a line. Its user data: */
typedef struct {
  char *layer; /* whose changes are being written; NULL before the first */
} JsonReport;

void json_report_begin(const Difference *difference, gpointer report);
void json_report_change(const Difference *difference, const char *layer, const json_t *change,
                        gpointer report);
void json_report_end(const Difference *difference, gpointer report);

/* A value on a line of its own. */
void print_json_line(const json_t *json);
