/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in layers' descriptions. */
#include <aver/layers.h>

const AverLayerType aver_sentence_layer = {
    .name = "sentence",
    .summary = "sentences, headings, bylines and datelines",
};

static const char *const quote_kinds[] = {"direct", "indirect", "mixed", NULL};
static const char *const polarities[] = {"affirmed", "denied", "not_said", NULL};

static const char *const modalities[] = {"factual",     "hedged",        "future",
                                         "conditional", "interrogative", NULL};

static const AverColumnType quote_columns[] = {
    {"content", AVER_COLUMN_SPANS, NULL, NULL, "what is said, quotation marks included"},
    {"cue", AVER_COLUMN_SPANS, NULL, NULL, "the reporting words"},
    {"source", AVER_COLUMN_SPANS, NULL, NULL, "the words that stand for the speaker"},
    {"speaker", AVER_COLUMN_STRING, NULL, NULL, "the speaker's resolved name"},
    {"kind", AVER_COLUMN_ENUM, quote_kinds, NULL, "how much of the content is in marks"},
    {"polarity", AVER_COLUMN_ENUM, polarities, NULL, "whether the speaker stands by the content"},
    {"confidence", AVER_COLUMN_F32, NULL, NULL, "how sure the attribution is, in [0,1]"},
    {"modality", AVER_COLUMN_ENUM, modalities, NULL, "whether the report is put as a fact"},
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

static const char *const claim_types[] = {"quantity",   "comparison", "cause",   "rules",
                                          "prediction", "personal",   "opinion", "event",
                                          "position",   NULL};

static const AverColumnType claim_columns[] = {
    {"label", AVER_COLUMN_STRING, NULL, NULL, "NFS, UFS or CFS, or a label of the model's own"},
    {"checkworthy", AVER_COLUMN_F32, NULL, NULL, "how much it is worth checking, in [0,1]"},
    {"act", AVER_COLUMN_ENUM, acts, NULL, "what the claimant does with it"},
    {"certainty", AVER_COLUMN_ENUM, certainties, NULL, "how firmly it is put"},
    {"cue", AVER_COLUMN_SPANS, NULL, NULL, "the words that decided act and certainty"},
    {"claimant", AVER_COLUMN_STRING, NULL, NULL, "who claims it; absent: the document itself"},
    {"sentence", AVER_COLUMN_REF, NULL, "sentence", "the sentence it stands in"},
    {"quote", AVER_COLUMN_REF, NULL, "quote", "the quote that makes it"},
    {"probability", AVER_COLUMN_F32, NULL, NULL, "of the label, in [0,1]; absent: a rule's word"},
    {"types", AVER_COLUMN_FLAGS, claim_types, NULL, "what is claimed"},
};

const AverLayerType aver_claim_layer = {
    .name = "claim",
    .summary = "what is claimed, how check-worthy it is, and by whom",
    .columns = claim_columns,
    .n_columns = G_N_ELEMENTS(claim_columns),
};

static const char *const tags[] = {
    "CC",  "CD",   "DT",    "EX",    "FW",  "IN",   "JJ",  "JJR", "JJS", "LS",  "MD",  "NN", "NNS",
    "NNP", "NNPS", "PDT",   "POS",   "PRP", "PRP$", "RB",  "RBR", "RBS", "RP",  "SYM", "TO", "UH",
    "VB",  "VBD",  "VBG",   "VBN",   "VBP", "VBZ",  "WDT", "WP",  "WP$", "WRB", ".",   ",",  ":",
    "``",  "''",   "-LRB-", "-RRB-", "$",   "HYPH", "NFP", "ADD", "AFX", "GW",  NULL};
static const char *const relations[] = {
    "acl",       "acl:relcl",     "advcl",    "advmod",     "amod",      "appos",        "aux",
    "aux:pass",  "case",          "cc",       "ccomp",      "compound",  "compound:prt", "conj",
    "cop",       "csubj",         "dep",      "det",        "discourse", "dislocated",   "expl",
    "fixed",     "flat",          "goeswith", "iobj",       "list",      "mark",         "nmod",
    "nmod:poss", "nmod:unmarked", "nsubj",    "nsubj:pass", "nummod",    "obj",          "obl",
    "obl:agent", "obl:unmarked",  "orphan",   "parataxis",  "punct",     "reparandum",   "root",
    "vocative",  "xcomp",         NULL};

G_STATIC_ASSERT(G_N_ELEMENTS(tags) == AVER_N_TAGS + 1);
G_STATIC_ASSERT(G_N_ELEMENTS(relations) == AVER_N_RELATIONS + 1);

static const AverColumnType token_columns[] = {
    {"tag", AVER_COLUMN_ENUM, tags, NULL, "its part of speech, as in the Penn Treebank"},
};

const AverLayerType aver_token_layer = {
    .name = "token",
    .summary = "words and marks, with their part of speech",
    .columns = token_columns,
    .n_columns = G_N_ELEMENTS(token_columns),
};

static const AverColumnType dependency_columns[] = {
    {"head", AVER_COLUMN_REF, NULL, "token", "the token it depends on; absent: it is a root"},
    {"relation", AVER_COLUMN_ENUM, relations, NULL, "how, as in Universal Dependencies"},
};

const AverLayerType aver_dependency_layer = {
    .name = "dependency",
    .summary = "which token every token depends on, and how",
    .columns = dependency_columns,
    .n_columns = G_N_ELEMENTS(dependency_columns),
};

const AverLayerType *const aver_builtin_layers[] = {&aver_sentence_layer,   &aver_quote_layer,
                                                    &aver_claim_layer,      &aver_token_layer,
                                                    &aver_dependency_layer, NULL};
