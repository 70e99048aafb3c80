/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two outputs, for a person. */
#pragma once

#include "compare.h"

/* Prints what compare_records() returned; excerpts are of the texts of the records, which may have
 * none. */
void print_differences(const json_t *report, json_t *old_json, json_t *new_json);

/* Prints the counts. */
void print_totals(const Totals *totals);

/* The counts as JSON. */
json_t *totals_to_json(const Totals *totals);
