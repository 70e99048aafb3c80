/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in layers' descriptions. */
#include <aver/layers.h>

const AverLayerType aver_sentence_layer = {
    .name = "sentence",
    .summary = "sentences, headings, bylines and datelines",
};

static const char *const quote_kinds[] = {"direct", "indirect", "mixed", NULL};
static const char *const polarities[] = {"affirmed", "denied", "not_said", NULL};

static const AverColumnType quote_columns[] = {
    {"content", AVER_COLUMN_SPANS, NULL, NULL, "what is said, quotation marks included"},
    {"cue", AVER_COLUMN_SPANS, NULL, NULL, "the reporting words"},
    {"source", AVER_COLUMN_SPANS, NULL, NULL, "the words that stand for the speaker"},
    {"speaker", AVER_COLUMN_STRING, NULL, NULL, "the speaker's resolved name"},
    {"kind", AVER_COLUMN_ENUM, quote_kinds, NULL, "how much of the content is in marks"},
    {"polarity", AVER_COLUMN_ENUM, polarities, NULL, "whether the speaker stands by the content"},
    {"confidence", AVER_COLUMN_F32, NULL, NULL, "how sure the attribution is, in [0,1]"},
};

const AverLayerType aver_quote_layer = {
    .name = "quote",
    .summary = "who said what: content, cue and source of every attribution",
    .columns = quote_columns,
    .n_columns = G_N_ELEMENTS(quote_columns),
};

static const char *const acts[] = {"assertion", "allegation", "denial",   "prediction", "promise",
                                   "demand",    "evaluation", "question", NULL};
static const char *const certainties[] = {"asserted", "hedged", "conditional", "negated", NULL};

static const AverColumnType claim_columns[] = {
    {"label", AVER_COLUMN_STRING, NULL, NULL, "NFS, UFS or CFS, or a label of the model's own"},
    {"checkworthy", AVER_COLUMN_F32, NULL, NULL, "how much it is worth checking, in [0,1]"},
    {"act", AVER_COLUMN_ENUM, acts, NULL, "what the claimant does with it"},
    {"certainty", AVER_COLUMN_ENUM, certainties, NULL, "how firmly it is put"},
    {"cue", AVER_COLUMN_SPANS, NULL, NULL, "the words that decided act and certainty"},
    {"claimant", AVER_COLUMN_STRING, NULL, NULL, "who claims it; absent: the document itself"},
    {"sentence", AVER_COLUMN_REF, NULL, "sentence", "the sentence it stands in"},
    {"quote", AVER_COLUMN_REF, NULL, "quote", "the quote that makes it"},
};

const AverLayerType aver_claim_layer = {
    .name = "claim",
    .summary = "what is claimed, how check-worthy it is, and by whom",
    .columns = claim_columns,
    .n_columns = G_N_ELEMENTS(claim_columns),
};

const AverLayerType *const aver_builtin_layers[] = {&aver_sentence_layer, &aver_quote_layer,
                                                    &aver_claim_layer, NULL};
