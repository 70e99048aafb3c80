/* SPDX-License-Identifier: Apache-2.0 */
/* Scorers: each compares predictions with gold and fills in a report. */
#pragma once

#include "mistakes.h"
#include "records.h"

/* @predicted may lack documents of @gold: nothing was predicted there. */

/* @kind: sentences, with boundaries; or the rows of any layer, by their spans. */
json_t *score_spans(const char *layer, const Records *gold, const Records *predicted,
                    Mistakes *mistakes);
