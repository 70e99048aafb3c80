/* SPDX-License-Identifier: Apache-2.0 */
/* Quotes as they are compared: pieces without the marks around them, their characters counted. */
#pragma once

#include "records.h"

/* Running totals at every byte of a text. */
typedef struct {
  const char *text;
  guint32 length;
  guint32 *characters; /* that start before the byte */
  guint32 *letters;    /* of these, letters and digits of any script */
} TextCounts;

TextCounts *text_counts_new(const Record *record);
void text_counts_free(TextCounts *counts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TextCounts, text_counts_free)

gboolean is_letter(gunichar c);

/* The bytes that the white space at @text takes, 0 when there is none there; U+FEFF is none. */
guint space_at(const char *text, gsize length, gsize position);

typedef struct {
  const QuoteRow *row;
  GArray *roles[N_ROLES]; /* sorted, disjoint, not empty */
  guint size;             /* letters of the content */
} QuoteUnit;

/*
 * The pieces of a quote for comparing. Unless @strict, white space and punctuation are taken off
 * both ends of each piece, and pieces with nothing else between them are joined.
 */
QuoteUnit *quote_unit_new(const TextCounts *counts, const QuoteRow *row, gboolean strict);
void quote_unit_free(gpointer unit);
