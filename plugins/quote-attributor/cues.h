/* SPDX-License-Identifier: Apache-2.0 */
/* Cues: the words that say that somebody says something. */
#pragma once

#include "reading.h"

/* Goes through all sentences and adds an attribution for every cue that has content. */
void cues_find(Reading *reading);

/* One cue in a sentence [low, high), and what surrounds it. */
typedef struct {
  Reading *reading;
  guint32 low;
  guint32 high;
  guint32 verb;   /* the token of the reporting verb */
  guint32 start;  /* where its verb group starts */
  guint32 behind; /* the first token after the cue */
  guint32 frames;
  Range cue;
  Range source;
  SourceOrigin origin;
  gboolean inverted; /* the source stands behind the cue */
  gboolean negated;
  gboolean participle;
  gboolean subordinate; /* its clause is one of several: "when X said ..., Y" */
} Cue;

/* Adds an attribution of content [start, end) to a cue, and returns its index. */
guint32 cue_attribute(const Cue *cue, Rule rule, guint32 start, guint32 end);

/* Rules; each returns whether it found content. */
gboolean cue_take_quotation(Cue *cue);
gboolean cue_take_complement(Cue *cue);

/* "went on to say: ...": only a quotation behind it counts. */
gboolean cue_take_infinitive(Cue *cue);

/* "was asked by X whether", "was told that": the source stands behind "by", or nowhere. */
gboolean cue_take_passive(Cue *cue);
gboolean cue_take_front(Cue *cue);
