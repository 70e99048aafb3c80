/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in layers of grammar: parts of speech and dependencies. */
#pragma once

#include <aver/layer.h>

G_BEGIN_DECLS

/**
 * aver_token_layer:
 *
 * Layer `token`: row i is token i of aver_document_get_tokens(), with its span. `tag` is an
 * #AverTag.
 */
AVER_API extern const AverLayerType aver_token_layer;

enum {
  AVER_TOKEN_TAG,
};

/**
 * AverTag:
 * @AVER_TAG_CC: a coordinating conjunction: "and"
 * @AVER_TAG_CD: a number
 * @AVER_TAG_DT: a determiner: "the"
 * @AVER_TAG_EX: existential "there"
 * @AVER_TAG_FW: a foreign word
 * @AVER_TAG_IN: a preposition or subordinating conjunction
 * @AVER_TAG_JJ: an adjective
 * @AVER_TAG_JJR: a comparative adjective
 * @AVER_TAG_JJS: a superlative adjective
 * @AVER_TAG_LS: a list mark
 * @AVER_TAG_MD: a modal verb
 * @AVER_TAG_NN: a noun
 * @AVER_TAG_NNS: a noun in the plural
 * @AVER_TAG_NNP: a name
 * @AVER_TAG_NNPS: a name in the plural
 * @AVER_TAG_PDT: a determiner before another: "all the"
 * @AVER_TAG_POS: the ending of a possessive: "'s"
 * @AVER_TAG_PRP: a personal pronoun
 * @AVER_TAG_PRP_POSSESSIVE: PRP$, a possessive pronoun: "her"
 * @AVER_TAG_RB: an adverb
 * @AVER_TAG_RBR: a comparative adverb
 * @AVER_TAG_RBS: a superlative adverb
 * @AVER_TAG_RP: a particle: "give up"
 * @AVER_TAG_SYM: a symbol
 * @AVER_TAG_TO: the word "to"
 * @AVER_TAG_UH: an interjection
 * @AVER_TAG_VB: a verb, base form
 * @AVER_TAG_VBD: a verb in the past tense
 * @AVER_TAG_VBG: a gerund or present participle
 * @AVER_TAG_VBN: a past participle
 * @AVER_TAG_VBP: a verb in the present tense, not third person singular
 * @AVER_TAG_VBZ: a verb in the present tense, third person singular
 * @AVER_TAG_WDT: a determiner that asks or relates: "which"
 * @AVER_TAG_WP: a pronoun that asks or relates: "who"
 * @AVER_TAG_WP_POSSESSIVE: WP$: "whose"
 * @AVER_TAG_WRB: an adverb that asks or relates: "where"
 * @AVER_TAG_STOP: the end of a sentence: . ? !
 * @AVER_TAG_COMMA: a comma
 * @AVER_TAG_COLON: a colon, semicolon, dash or ellipsis
 * @AVER_TAG_OPEN_QUOTE: an opening quotation mark
 * @AVER_TAG_CLOSE_QUOTE: a closing quotation mark
 * @AVER_TAG_OPEN_BRACKET: -LRB-, an opening bracket
 * @AVER_TAG_CLOSE_BRACKET: -RRB-, a closing bracket
 * @AVER_TAG_CURRENCY: $, a sign of currency
 * @AVER_TAG_HYPH: a hyphen
 * @AVER_TAG_NFP: other marks
 * @AVER_TAG_ADD: an address
 * @AVER_TAG_AFX: an affix
 * @AVER_TAG_GW: a piece of a word
 *
 * Parts of speech: the tags of the Penn Treebank as the English Web Treebank extends them (Bies et
 * al. 2012): HYPH a hyphen, NFP other marks, ADD an address, AFX an affix, GW a piece of a word.
 */
typedef enum {
  AVER_TAG_CC,
  AVER_TAG_CD,
  AVER_TAG_DT,
  AVER_TAG_EX,
  AVER_TAG_FW,
  AVER_TAG_IN,
  AVER_TAG_JJ,
  AVER_TAG_JJR,
  AVER_TAG_JJS,
  AVER_TAG_LS,
  AVER_TAG_MD,
  AVER_TAG_NN,
  AVER_TAG_NNS,
  AVER_TAG_NNP,
  AVER_TAG_NNPS,
  AVER_TAG_PDT,
  AVER_TAG_POS,
  AVER_TAG_PRP,
  AVER_TAG_PRP_POSSESSIVE,
  AVER_TAG_RB,
  AVER_TAG_RBR,
  AVER_TAG_RBS,
  AVER_TAG_RP,
  AVER_TAG_SYM,
  AVER_TAG_TO,
  AVER_TAG_UH,
  AVER_TAG_VB,
  AVER_TAG_VBD,
  AVER_TAG_VBG,
  AVER_TAG_VBN,
  AVER_TAG_VBP,
  AVER_TAG_VBZ,
  AVER_TAG_WDT,
  AVER_TAG_WP,
  AVER_TAG_WP_POSSESSIVE,
  AVER_TAG_WRB,
  AVER_TAG_STOP,
  AVER_TAG_COMMA,
  AVER_TAG_COLON,
  AVER_TAG_OPEN_QUOTE,
  AVER_TAG_CLOSE_QUOTE,
  AVER_TAG_OPEN_BRACKET,
  AVER_TAG_CLOSE_BRACKET,
  AVER_TAG_CURRENCY,
  AVER_TAG_HYPH,
  AVER_TAG_NFP,
  AVER_TAG_ADD,
  AVER_TAG_AFX,
  AVER_TAG_GW,
} AverTag;

/**
 * AVER_N_TAGS:
 *
 * How many there are.
 */
#define AVER_N_TAGS (AVER_TAG_GW + 1)

/**
 * aver_dependency_layer:
 *
 * Layer `dependency`: row i belongs to row i of `token`. `head`, the token it depends on, absent
 * for a root; `relation`, an #AverRelation. The rows of one unit (a sentence, or a piece of a very
 * long one) make a tree.
 */
AVER_API extern const AverLayerType aver_dependency_layer;

enum {
  AVER_DEPENDENCY_HEAD,
  AVER_DEPENDENCY_RELATION,
};

/**
 * AverRelation:
 * @AVER_RELATION_ACL: a clause that modifies a noun
 * @AVER_RELATION_ACL_RELCL: a relative clause
 * @AVER_RELATION_ADVCL: an adverbial clause
 * @AVER_RELATION_ADVMOD: an adverb
 * @AVER_RELATION_AMOD: an adjective
 * @AVER_RELATION_APPOS: an apposition
 * @AVER_RELATION_AUX: an auxiliary verb
 * @AVER_RELATION_AUX_PASS: the auxiliary of a passive
 * @AVER_RELATION_CASE: a preposition or possessive ending
 * @AVER_RELATION_CC: a coordinating conjunction
 * @AVER_RELATION_CCOMP: a clause that is a complement
 * @AVER_RELATION_COMPOUND: part of a compound
 * @AVER_RELATION_COMPOUND_PRT: the particle of a verb
 * @AVER_RELATION_CONJ: a further member of a coordination
 * @AVER_RELATION_COP: a copula
 * @AVER_RELATION_CSUBJ: a clause that is the subject
 * @AVER_RELATION_DEP: a relation that is not known
 * @AVER_RELATION_DET: a determiner
 * @AVER_RELATION_DISCOURSE: an interjection or the like
 * @AVER_RELATION_DISLOCATED: a dislocated element
 * @AVER_RELATION_EXPL: an expletive: "there is"
 * @AVER_RELATION_FIXED: a further word of a fixed expression
 * @AVER_RELATION_FLAT: a further word of a name or the like
 * @AVER_RELATION_GOESWITH: a further piece of a word
 * @AVER_RELATION_IOBJ: an indirect object
 * @AVER_RELATION_LIST: a further item of a list
 * @AVER_RELATION_MARK: the word that opens a clause
 * @AVER_RELATION_NMOD: a noun that modifies a noun
 * @AVER_RELATION_NMOD_POSS: a possessor
 * @AVER_RELATION_NMOD_UNMARKED: such a noun without a preposition
 * @AVER_RELATION_NSUBJ: a subject
 * @AVER_RELATION_NSUBJ_PASS: the subject of a passive
 * @AVER_RELATION_NUMMOD: a number
 * @AVER_RELATION_OBJ: an object
 * @AVER_RELATION_OBL: a noun that modifies a verb
 * @AVER_RELATION_OBL_AGENT: the agent of a passive
 * @AVER_RELATION_OBL_UNMARKED: such a noun without a preposition
 * @AVER_RELATION_ORPHAN: what is left when a head is left out
 * @AVER_RELATION_PARATAXIS: a clause side by side with another
 * @AVER_RELATION_PUNCT: a punctuation mark
 * @AVER_RELATION_REPARANDUM: what the speaker corrected
 * @AVER_RELATION_ROOT: the head of the sentence
 * @AVER_RELATION_VOCATIVE: who is addressed
 * @AVER_RELATION_XCOMP: a complement without a subject of its own
 *
 * Universal Dependencies 2 (de Marneffe et al. 2021). Subtypes that are not here are joined with
 * their type: `nsubj:outer` is NSUBJ. GOESWITH also ties the pieces of what the treebank takes for
 * one word.
 */
typedef enum {
  AVER_RELATION_ACL,
  AVER_RELATION_ACL_RELCL,
  AVER_RELATION_ADVCL,
  AVER_RELATION_ADVMOD,
  AVER_RELATION_AMOD,
  AVER_RELATION_APPOS,
  AVER_RELATION_AUX,
  AVER_RELATION_AUX_PASS,
  AVER_RELATION_CASE,
  AVER_RELATION_CC,
  AVER_RELATION_CCOMP,
  AVER_RELATION_COMPOUND,
  AVER_RELATION_COMPOUND_PRT,
  AVER_RELATION_CONJ,
  AVER_RELATION_COP,
  AVER_RELATION_CSUBJ,
  AVER_RELATION_DEP,
  AVER_RELATION_DET,
  AVER_RELATION_DISCOURSE,
  AVER_RELATION_DISLOCATED,
  AVER_RELATION_EXPL,
  AVER_RELATION_FIXED,
  AVER_RELATION_FLAT,
  AVER_RELATION_GOESWITH,
  AVER_RELATION_IOBJ,
  AVER_RELATION_LIST,
  AVER_RELATION_MARK,
  AVER_RELATION_NMOD,
  AVER_RELATION_NMOD_POSS,
  AVER_RELATION_NMOD_UNMARKED,
  AVER_RELATION_NSUBJ,
  AVER_RELATION_NSUBJ_PASS,
  AVER_RELATION_NUMMOD,
  AVER_RELATION_OBJ,
  AVER_RELATION_OBL,
  AVER_RELATION_OBL_AGENT,
  AVER_RELATION_OBL_UNMARKED,
  AVER_RELATION_ORPHAN,
  AVER_RELATION_PARATAXIS,
  AVER_RELATION_PUNCT,
  AVER_RELATION_REPARANDUM,
  AVER_RELATION_ROOT,
  AVER_RELATION_VOCATIVE,
  AVER_RELATION_XCOMP,
} AverRelation;

/**
 * AVER_N_RELATIONS:
 *
 * How many there are.
 */
#define AVER_N_RELATIONS (AVER_RELATION_XCOMP + 1)

G_END_DECLS
