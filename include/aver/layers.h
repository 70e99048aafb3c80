/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in layers: sentence, quote and claim. */
#pragma once

#include <aver/layer.h>

G_BEGIN_DECLS

/**
 * aver_sentence_layer:
 *
 * Layer `sentence`: one row per sentence, heading, byline or dateline; spans without the white
 * space around them, in text order, not overlapping; together they cover every character of the
 * text that is not white space.
 */
AVER_API extern const AverLayerType aver_sentence_layer;

/**
 * aver_quote_layer:
 *
 * Layer `quote`: one row per attribution (Pareti 2012): content that the text attributes to a
 * source, and the cue that says so. The row's span runs from the first to the last byte of its
 * content, cue and source. Rows are in order of their start, outer quotes before the quotes
 * nested in them.
 *
 * Columns: `content`, quotation marks included; `cue`, the reporting words; `source`, the words
 * that stand for the speaker (may be absent: an explicit "nobody is named"); `speaker`, the
 * resolved name; `kind`; `polarity`, whether the speaker affirms or denies the content;
 * `confidence` in [0,1].
 */
AVER_API extern const AverLayerType aver_quote_layer;

enum {
  AVER_QUOTE_CONTENT,
  AVER_QUOTE_CUE,
  AVER_QUOTE_SOURCE,
  AVER_QUOTE_SPEAKER,
  AVER_QUOTE_KIND,
  AVER_QUOTE_POLARITY,
  AVER_QUOTE_CONFIDENCE,
};

/**
 * AverQuoteKind:
 * @AVER_QUOTE_DIRECT: all of the content stands in quotation marks
 * @AVER_QUOTE_INDIRECT: none of it does
 * @AVER_QUOTE_MIXED: some of it does
 */
typedef enum {
  AVER_QUOTE_DIRECT,
  AVER_QUOTE_INDIRECT,
  AVER_QUOTE_MIXED,
} AverQuoteKind;

/**
 * AverQuotePolarity:
 * @AVER_QUOTE_AFFIRMED: the speaker puts the content forward
 * @AVER_QUOTE_DENIED: the speaker denies or rejects it ("denied that", "refuted")
 * @AVER_QUOTE_NOT_SAID: the report itself is negated ("did not say that")
 */
typedef enum {
  AVER_QUOTE_AFFIRMED,
  AVER_QUOTE_DENIED,
  AVER_QUOTE_NOT_SAID,
} AverQuotePolarity;

/**
 * aver_claim_layer:
 *
 * Layer `claim`: one row per claim, in text order. `label` follows ClaimBuster (Hassan et al.
 * 2017): `NFS` no factual claim, `UFS` unimportant, `CFS` check-worthy; a model with labels of its
 * own writes those. `checkworthy` in [0,1]; `act`, what the speaker does with it; `certainty`,
 * and `cue`, the words that decided act or certainty; `claimant`, the quote's speaker, absent when
 * the document itself makes the claim.
 */
AVER_API extern const AverLayerType aver_claim_layer;

enum {
  AVER_CLAIM_LABEL,
  AVER_CLAIM_CHECKWORTHY,
  AVER_CLAIM_ACT,
  AVER_CLAIM_CERTAINTY,
  AVER_CLAIM_CUE,
  AVER_CLAIM_CLAIMANT,
  AVER_CLAIM_SENTENCE,
  AVER_CLAIM_QUOTE,
};

typedef enum {
  AVER_ACT_ASSERTION,
  AVER_ACT_ALLEGATION,
  AVER_ACT_DENIAL,
  AVER_ACT_PREDICTION,
  AVER_ACT_PROMISE,
  AVER_ACT_DEMAND,
  AVER_ACT_EVALUATION,
  AVER_ACT_QUESTION,
} AverAct;

typedef enum {
  AVER_CERTAINTY_ASSERTED,
  AVER_CERTAINTY_HEDGED,
  AVER_CERTAINTY_CONDITIONAL,
  AVER_CERTAINTY_NEGATED,
} AverCertainty;

/** aver_builtin_layers: %NULL-terminated list of the layers above. */
AVER_API extern const AverLayerType *const aver_builtin_layers[];

G_END_DECLS
