/* SPDX-License-Identifier: Apache-2.0 */
/* Two outputs of one document: what differs. */
#pragma once

#include "record.h"
#include "totals.h"

typedef struct {
  char **layers;    /* (nullable): only these */
  char **ignore;    /* (nullable): columns that do not count: "COLUMN" or "LAYER.COLUMN" */
  double tolerance; /* numbers that differ by no more are the same */
  gboolean sorted;  /* layers are told of in the order of their names, not of the output */
} CompareOptions;

/* The documents, and what differs in what is not a row. */
typedef struct {
  DiffDocument *old_one;
  DiffDocument *new_one;
  json_t *text;     /* (nullable): {"old", "new"}: the lengths in bytes of texts that differ */
  json_t *metadata; /* (nullable): the entries that differ: {"old", "new"} */
} Difference;

/*
 * Who is told what differs, one change at a time, as there may be any number: begin once a document
 * before its first change, end behind its last. A change is an object with "change" ("changed",
 * "added", "removed"), "span", the rows' numbers, and "cells" or "values".
 */
typedef struct {
  void (*begin)(const Difference *difference, gpointer user_data);
  void (*change)(const Difference *difference, const char *layer, const json_t *change,
                 gpointer user_data);
  void (*end)(const Difference *difference, gpointer user_data);
  gpointer user_data;
} CompareReport;

/*
 * Compares two records of one id, counts, and tells @report when something differs. Returns NULL,
 * or what is not as Aver writes it.
 */
char *compare_documents(const CompareOptions *options, DiffDocument *old_one, DiffDocument *new_one,
                        Totals *totals, const CompareReport *report);
