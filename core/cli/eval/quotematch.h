/* SPDX-License-Identifier: Apache-2.0 */
/* Matching: which predicted quote stands for which gold quote of a document. */
#pragma once

#include "quoteunits.h"

typedef struct {
  const Record *record;
  TextCounts *counts;
  GPtrArray *gold;      /* QuoteUnit */
  GPtrArray *predicted; /* QuoteUnit */
  GPtrArray *ignored;   /* QuoteUnit: gold that is neither right nor wrong */
} QuoteDocument;

/* Letters of content that two quotes share. */
guint count_shared(const QuoteDocument *document, const QuoteUnit *a, const QuoteUnit *b);

gboolean has_same_source(const QuoteUnit *a, const QuoteUnit *b);

/* Whether a predicted quote lies on gold that is ignored. */
gboolean is_on_ignored(const QuoteDocument *document, const QuoteUnit *predicted);

/*
 * Pairs the quotes whose contents have at least half of their letters in common, by Jaccard's
 * measure: the most alike first, then those with the same source, then in order.
 * Returns: (transfer full): for each gold quote the predicted one's index, or AVER_NONE.
 */
gint *match_quotes(const QuoteDocument *document);

/* What GenderGapTracker's measure finds (Asr et al. 2021). */
typedef struct {
  guint found;
  guint missed;
  guint spurious;
  guint same_source;
} Greedy;

/*
 * In order, each gold quote takes the predicted quote, not taken yet, that holds most of its
 * letters, when that is more than a share of @threshold. Adds to @greedy.
 */
void match_greedily(const QuoteDocument *document, double threshold, Greedy *greedy);
