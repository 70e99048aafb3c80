/* SPDX-License-Identifier: Apache-2.0 */
/* Scorers: each compares predictions with gold and fills in a report. */
#pragma once

#include "mistakes.h"
#include "records.h"

/* @predicted may lack documents of @gold: nothing was predicted there. */

/* @kind: sentences, with boundaries; or the rows of any layer, by their spans. */
json_t *score_spans(const char *layer, const Records *gold, const Records *predicted,
                    Mistakes *mistakes);

typedef struct {
  gboolean strict;  /* white space and marks at the ends of a piece count */
  gboolean speech;  /* gold that is not speech is neither right nor wrong */
  const char *type; /* (nullable) gold of other types is neither right nor wrong */
} QuoteOptions;

json_t *score_quotes(const char *layer, const Records *gold, const Records *predicted,
                     const QuoteOptions *options, Mistakes *mistakes);

typedef struct {
  const char *positive; /* (nullable) the label that scores speak of */
  const char *rank_by;  /* (nullable) the field that says which items are ranked together */
  guint n_bins;         /* of the calibration error */
} ClaimOptions;

/* NULL with AVER_ERROR_CONFIG when the options do not fit gold or the predictions. */
json_t *score_claims(const char *layer, const Records *gold, const Records *predicted,
                     const ClaimOptions *options, Mistakes *mistakes, GError **error);
