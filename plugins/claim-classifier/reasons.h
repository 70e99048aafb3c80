/* SPDX-License-Identifier: Apache-2.0 */
/* Reasons: why a row says what it says. */
#pragma once

#include "certainty.h"
#include "score.h"
#include "types.h"

/* What a row of the claim layer is made of. */
typedef struct {
  AverSpan span;
  Score score;
  Act act;
  Certainty certainty;
  Types types;
  gboolean furniture;       /* does nothing at all */
  gboolean attributes_only; /* its quote claims, not it */
  const char *claimant;
  gint32 sentence;
  gint32 quote;
} Row;

/* explain_row: adds the reasons for @row, which judged @unit, to @explanation. */
void explain_row(const Weights *weights, const Unit *unit, const Row *row,
                 AverExplanation *explanation);
