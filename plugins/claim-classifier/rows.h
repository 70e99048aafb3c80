/* SPDX-License-Identifier: Apache-2.0 */
/* Rows: which claim rows a document gets, from its sentences and quotes. */
#pragma once

#include "score.h"

/* What all workers share. */
typedef struct {
  Weights *weights;
  gboolean claims_only; /* leave out rows with the label that says "no claim" */
} Judge;

/* One worker's memory, reused from document to document. */
typedef struct _Scratch Scratch;

Scratch *scratch_new(const Weights *weights);
void scratch_free(Scratch *scratch);

/* rows_add: adds the claim layer to @document. */
void rows_add(Scratch *scratch, const Judge *judge, AverDocument *document);

/* rows_explain: says why rows_add(), just called for @document, made row @row. */
void rows_explain(Scratch *scratch, const Judge *judge, AverDocument *document, guint32 row,
                  AverExplanation *explanation);
