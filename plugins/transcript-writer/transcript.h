/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a transcript: the article with its notes, and the table of speakers. */
#pragma once

#include "painter.h"

/* A list of numbers that is used again for every document. */
typedef struct {
  guint32 *items;
  gsize capacity;
} Numbers;

/* Scratch memory of one worker; what is NULL is made when it is needed. */
typedef struct {
  Painter painter;
  GArray *marks;    /* Mark (article.c) */
  GArray *open;     /* the quotes that a place in the text lies in, innermost last */
  GArray *speakers; /* Speaker (speakers.c) */
  Numbers first;    /* for each quote: its first claim */
  Numbers next;     /* for each claim: the next one of its quote */
} Scratch;

/* A document and its layers; those that are not there are NULL and have no rows. */
typedef struct {
  AverDocument *document;
  const char *text;
  guint32 length;
  const AverLayer *sentences, *quotes, *claims;
  guint32 n_sentences, n_quotes, n_claims;
  Scratch *scratch;
} View;

/* The article, its quotes marked, notes under each paragraph (article.c). */
void article_show(const View *view);

/* Notes (notes.c): those of the quotes and claims from the first up to the last, not included. */
void notes_prepare(const View *view);
void notes_show(const View *view, guint32 quote, guint32 last_quote, guint32 claim,
                guint32 last_claim);

/* The colour of a quote, by its kind. */
guint quote_style(const View *view, guint32 quote);

/* Where its content starts. */
guint32 quote_start(const View *view, guint32 quote);

/* "[7]". */
const char *quote_label(guint32 quote, char label[16]);

/* The quote that makes a claim, or AVER_NONE. */
gint32 claim_quote(const View *view, guint32 claim);

/* Whether a claim is to be shown: it claims something. */
gboolean claim_counts(const View *view, guint32 claim);

/* Who speaks: the resolved name, else the words that stand for the speaker; NULL for nobody. */
const char *quote_speaker(const View *view, guint32 quote, gsize *length);

/* The table of speakers (speakers.c). */
void speakers_show(const View *view);
