/* SPDX-License-Identifier: Apache-2.0 */
/* What scoring quotes adds up, over all documents. */
#pragma once

#include "quotematch.h"
#include "report.h"

typedef struct {
  Tally exact[N_ROLES];
  Tally overlap[N_ROLES];
  Tally characters[N_ROLES];
} PieceTallies;

/* Adds the measures of single pieces: a piece counts once a document. */
void add_pieces(PieceTallies *tallies, const QuoteDocument *document);
