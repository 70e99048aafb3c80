/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in layers: sentence, quote, claim, token and dependency. */
#pragma once

#include <aver/layer.h>
#include <aver/syntax.h>

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
 * `confidence` in [0,1]; `modality`, whether the text puts the report itself forward as a fact.
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
  AVER_QUOTE_MODALITY,
};

/**
 * AverQuoteKind:
 * @AVER_QUOTE_DIRECT: all of the content stands in quotation marks
 * @AVER_QUOTE_INDIRECT: none of it does
 * @AVER_QUOTE_MIXED: some of it does; or all of it, as a clause of the reporter's sentence ("said
 *   that “it leaks”")
 *
 * How words are given, in column `kind`.
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
 *
 * Whether the source says so or denies it, in column `polarity`.
 */
typedef enum {
  AVER_QUOTE_AFFIRMED,
  AVER_QUOTE_DENIED,
  AVER_QUOTE_NOT_SAID,
} AverQuotePolarity;

/**
 * AverQuoteModality:
 * @AVER_QUOTE_FACTUAL: it was said, or is being said ("said", "says", "has argued")
 * @AVER_QUOTE_HEDGED: by hearsay or appearance ("reportedly said", "is believed to have said",
 *   "seems to say", "may have said")
 * @AVER_QUOTE_FUTURE: not yet ("will say", "is expected to say", "plans to say")
 * @AVER_QUOTE_CONDITIONAL: under a condition or as a possibility ("would say", "could argue", "if X
 *   says")
 * @AVER_QUOTE_INTERROGATIVE: what is asked rather than stated: the report is a question ("did X
 *   say?"), or its content is one ("asked whether")
 *
 * How the text frames the report; what the speaker makes of the content is its polarity and its
 * own words. The values are those of factuality annotation (FactBank, Saurí and Pustejovsky 2009),
 * as far as the words around a reporting verb tell them apart.
 */
typedef enum {
  AVER_QUOTE_FACTUAL,
  AVER_QUOTE_HEDGED,
  AVER_QUOTE_FUTURE,
  AVER_QUOTE_CONDITIONAL,
  AVER_QUOTE_INTERROGATIVE,
} AverQuoteModality;

/**
 * aver_claim_layer:
 *
 * Layer `claim`: one row per claim, in text order. `label` follows ClaimBuster (Hassan et al.
 * 2017): `NFS` no factual claim, `UFS` unimportant, `CFS` check-worthy; a model with labels of its
 * own writes those. `checkworthy` in [0,1]; `act`, what the speaker does with it; `certainty`,
 * and `cue`, the words that decided act or certainty; `claimant`, the quote's speaker, absent when
 * the document itself makes the claim; `probability` of the label as the model has it, calibrated,
 * absent where a rule decided; `types`, a set of #AverClaimType.
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
  AVER_CLAIM_PROBABILITY,
  AVER_CLAIM_TYPES,
};

/**
 * AverClaimType:
 * @AVER_TYPE_QUANTITY: a number, an amount, a rate, a date is claimed
 * @AVER_TYPE_COMPARISON: more, fewer, the first, the worst; that something changed
 * @AVER_TYPE_CAUSE: that one thing brings about another
 * @AVER_TYPE_RULES: laws, procedures, what is allowed
 * @AVER_TYPE_PREDICTION: what will be
 * @AVER_TYPE_PERSONAL: the speaker's own experience
 * @AVER_TYPE_OPINION: a judgement
 * @AVER_TYPE_EVENT: that something happened
 * @AVER_TYPE_POSITION: where somebody stands: for, against, voted, supports
 *
 * Bits of the flags in column `types`, after the claim types of Konstantinovskiy et al. (2021) and
 * AVeriTeC (Schlichtkrull et al. 2023).
 */
typedef enum {
  AVER_TYPE_QUANTITY = 1 << 0,
  AVER_TYPE_COMPARISON = 1 << 1,
  AVER_TYPE_CAUSE = 1 << 2,
  AVER_TYPE_RULES = 1 << 3,
  AVER_TYPE_PREDICTION = 1 << 4,
  AVER_TYPE_PERSONAL = 1 << 5,
  AVER_TYPE_OPINION = 1 << 6,
  AVER_TYPE_EVENT = 1 << 7,
  AVER_TYPE_POSITION = 1 << 8,
} AverClaimType;

/**
 * AverAct:
 * @AVER_ACT_ASSERTION: says how something is
 * @AVER_ACT_ALLEGATION: accuses somebody
 * @AVER_ACT_DENIAL: says that something is not so
 * @AVER_ACT_PREDICTION: says what will be
 * @AVER_ACT_PROMISE: says what the speaker will do
 * @AVER_ACT_DEMAND: asks for something to be done
 * @AVER_ACT_EVALUATION: says how good or bad something is
 * @AVER_ACT_QUESTION: asks
 *
 * What the speaker does in saying it, in column `act`.
 */
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

/**
 * AverCertainty:
 * @AVER_CERTAINTY_ASSERTED: it is said flatly
 * @AVER_CERTAINTY_HEDGED: it may be so
 * @AVER_CERTAINTY_CONDITIONAL: it is so if something else is
 * @AVER_CERTAINTY_NEGATED: it is not so
 *
 * How sure of it the sentence is, in column `certainty`.
 */
typedef enum {
  AVER_CERTAINTY_ASSERTED,
  AVER_CERTAINTY_HEDGED,
  AVER_CERTAINTY_CONDITIONAL,
  AVER_CERTAINTY_NEGATED,
} AverCertainty;

/**
 * aver_builtin_layers:
 *
 * %NULL-terminated list of the layers above.
 */
AVER_API extern const AverLayerType *const aver_builtin_layers[];

/**
 * aver_layer_types_parse:
 * @text: (nullable): layers separated by commas or semicolons: `sentence`,
 *   `keyword(label:string, score:f32, kind:enum=person|place, in:ref=sentence)`
 *
 * Describes layers that no plugin's source declares. A name alone is the built-in layer of that
 * name, or else a layer without columns; behind a name, in parentheses, stand its columns as
 * `name:type`. Types are those of #AverColumnKind in lower case: `i32`, `f32`, `span`, `spans`,
 * `string`, `enum=NAME|NAME...`, `flags=NAME|NAME...` and `ref=LAYER`. At most 64 layers of 64
 * columns.
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): descriptions that live as long as
 * the process; the same text gives the same ones again. %NULL with %AVER_ERROR_CONFIG.
 */
AVER_API const AverLayerType *const *aver_layer_types_parse(const char *text, GError **error);

G_END_DECLS
