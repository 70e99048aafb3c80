/* SPDX-License-Identifier: Apache-2.0 */
/* Scores: how a unit's features become a label and a check-worthiness. */
#pragma once

#include "unit.h"

typedef enum {
  LABEL_NFS,
  LABEL_UFS,
  LABEL_CFS,
} Label;

typedef struct {
  Label label;
  float checkworthy; /* the probability of CFS */
} Score;

/* label_name: Returns: (transfer none): "NFS", "UFS" or "CFS". */
const char *label_name(Label label);

/* score_unit: a multinomial logistic regression over the features of @unit. */
Score score_unit(const Unit *unit);
