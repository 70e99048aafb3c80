/* SPDX-License-Identifier: Apache-2.0 */
/* What stands behind a reporting verb. */
#pragma once

#include "cues.h"
#include "phrase.h"

/* Tokens between a verb and its complement, at most. */
#define LONGEST_ADJUNCT 40

/* Tags that a clause can start with. */
#define CLAUSE_STARTS (NOMINAL_TAGS | TAGS(DETERMINER) | TAGS(POSSESSIVE) | TAGS(SUBJECT))

typedef enum { NOTHING, QUOTED, THAT_CLAUSE, QUESTION, INFINITIVE, GERUND, PHRASE } ComplementKind;

typedef struct {
  ComplementKind kind;
  guint32 start;
  gboolean comma; /* a comma or colon stands before it */
} Complement;

/* The complement behind a cue. */
Complement complement_find(const Cue *cue);

/* Passes adverbs, dates, "in a statement", "to reporters" and addressees; says whether a comma
 * was passed. */
guint32 complement_skip_adjuncts(const Cue *cue, guint32 i, gboolean *comma);

/* The end of the content that starts at i; that of a subordinate clause ends at its comma. */
guint32 complement_end(const Cue *cue, guint32 i);

/* Whether a quotation is a sentence rather than a title: it pauses or stops inside its marks. */
gboolean complement_is_sentence(const Reading *reading, guint32 quotation);
