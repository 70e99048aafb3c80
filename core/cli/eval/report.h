/* SPDX-License-Identifier: Apache-2.0 */
/* Reports: the figures of an evaluation, in their order, and how they are shown. */
#pragma once

#include <glib.h>
#include <jansson.h>

/*
 * A report is a JSON object: "layer", counts, "measures" (an object of objects, each a row of a
 * table), for claims more blocks of figures, and "errors". Members stand in the order of showing.
 */
json_t *report_new(const char *layer);

/* A figure rounded to two digits of a per cent, as shown. */
json_t *report_percent(double share);

/* A row of "measures". @correct_gold / @gold is the recall, @correct / @predicted the precision. */
typedef struct {
  double correct; /* shares of a span count as such */
  double correct_gold;
  guint64 predicted;
  guint64 gold;
} Tally;

/* @empty: what a share of nothing is, 0 or 1. Returns: (transfer none): the row. */
json_t *report_add_tally(json_t *report, const char *name, const Tally *tally, double precision,
                         double recall);

/* A row of "measures" to fill in. Returns: (transfer none): it. */
json_t *report_add_row(json_t *report, const char *name);

/* A row of "measures" that says how often something was right. */
void report_add_accuracy(json_t *report, const char *name, guint64 right, guint64 of);

double harmonic_mean(double precision, double recall);

/* For a person, and for a program: keys sorted. */
void report_print(const json_t *report);
void report_print_json(const json_t *report);
