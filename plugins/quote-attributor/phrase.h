/* SPDX-License-Identifier: Apache-2.0 */
/* Noun phrases, verb groups and subjects, found by short walks over tags. */
#pragma once

#include "reading.h"

/* How far a walk goes: no noun phrase or aside of news prose is longer. */
#define LONGEST_PHRASE 70

#define NOMINAL_TAGS (TAGS(NOUN) | TAGS(NAME) | TAGS(NUMBER))
#define FINITE_TAGS  (TAGS(VERB) | TAGS(BE) | TAGS(HAVE) | TAGS(DO) | TAGS(MODAL))

typedef struct {
  guint32 start;   /* the first auxiliary or adverb of the group */
  guint32 negator; /* where the cue of a negated report starts; NOWHERE when it is not negated */
  gboolean passive;
  gboolean infinitive;
  gboolean modal;     /* will, could... but not would */
  gboolean auxiliary; /* it has one, which makes a past participle finite */
} VerbGroup;

/* The auxiliaries and adverbs before the verb at v, not below low. */
VerbGroup verb_group(const Reading *reading, guint32 v, guint32 low);

/* The end of the noun phrase without its complements that starts at i, i when there is none. */
guint32 phrase_base_end(const Reading *reading, guint32 i, guint32 high);

/* The end of the noun phrase with prepositional phrases and appositions that starts at i. */
guint32 phrase_end(const Reading *reading, guint32 i, guint32 high);

/* The end of the relative clause behind the noun phrase that ends at `end`, or `end`. */
guint32 phrase_relative_end(const Reading *reading, guint32 end, guint32 high);

/* The start of the noun phrase that ends before `end`, NOWHERE when there is none. */
guint32 phrase_start(const Reading *reading, guint32 end, guint32 low);

/* Whether the participle at i shortens a relative clause: "a report published on Monday by". */
gboolean phrase_reduced_relative(const Reading *reading, guint32 i, guint32 low);

/* The subject of the verb group that starts at g; empty when there is none. */
Range phrase_subject(const Reading *reading, guint32 g, guint32 low);

/* The subject of the last verb in [low, high). */
Range phrase_last_subject(const Reading *reading, guint32 low, guint32 high);

/* The first subject of the clause that starts at low, for participles and coordinated verbs. */
Range phrase_clause_subject(const Reading *reading, guint32 low, guint32 high);
