/* SPDX-License-Identifier: Apache-2.0 */
/* Contents: what quotes say, cut at the sentences' ends, and which tokens that leaves to the rest.
 */
#pragma once

#include "acts.h"
#include "vocabulary.h"

/* The part of one quote's content that stands in one sentence, and makes a claim. */
typedef struct {
  AverSpan span; /* from the first to the last byte of it */
  gint32 sentence;
  gint32 quote;
  gboolean alone; /* all other pieces of its sentence are within it */
} Piece;

typedef struct {
  GArray *pieces; /* of Piece, in order of sentence, start, end */
  guint32 *depth; /* for each token: in how many pieces it stands */
  guint8 *frame;  /* for each token: whether it is a quote's cue or source */
  guint32 capacity;
  gboolean any;
} Contents;

void contents_init(Contents *contents);
void contents_clear(Contents *contents);

/* contents_find: finds the pieces of @document, using @unit as scratch memory. */
void contents_find(Contents *contents, const Words *words, Unit *unit, AverDocument *document);

/* contents_collect: makes @unit of the content of @piece, quotes within it included. */
void contents_collect(const Piece *piece, const Words *words, Unit *unit, AverDocument *document);

/* contents_base: Returns: in how many pieces the least covered word of @unit stands. */
guint32 contents_base(const Contents *contents, const Unit *unit);

/* contents_leave_out: takes the words out of @unit that stand in more than @base pieces.
 * Returns: how many words remain that are no cue, no source and no small change. */
guint32 contents_leave_out(const Contents *contents, guint32 base, Unit *unit);
