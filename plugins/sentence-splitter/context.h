/* SPDX-License-Identifier: Apache-2.0 */
/* What stands on either side of a place where a sentence could end. */
#pragma once

#include "marks.h"
#include "words.h"

G_BEGIN_DECLS

/* The mark that could end the sentence. */
typedef enum {
  STOP_NONE, /* a gap between words, or the end of a line, without a mark */
  STOP_PERIOD,
  STOP_QUESTION,
  STOP_EXCLAMATION,
  STOP_EMPHATIC, /* more than one of ? and ! */
  STOP_ELLIPSIS, /* two dots or more, or … */
  STOP_SPACED,   /* . . . */
  STOP_DASH,     /* a dash, and a capital behind it: the speaker breaks off */
  STOP_SMILEY,   /* :) */
  N_STOPS,
} StopKind;

/* The word before the mark. */
typedef enum {
  LEFT_NOTHING, /* punctuation */
  LEFT_LOWER,
  LEFT_CAPITALISED,
  LEFT_CAPITALS,
  LEFT_NUMBER,
  LEFT_MIXED,   /* letters with digits, addresses, file names */
  LEFT_INITIAL, /* one capital */
  LEFT_I,
  LEFT_LETTER,  /* one small letter */
  LEFT_ACRONYM, /* capitals with dots between */
  LEFT_QUOTE,   /* a closing quotation mark */
  LEFT_BRACKET,
  LEFT_TITLE,
  LEFT_ORGANISATION,
  LEFT_MONTH,
  LEFT_STATE,
  LEFT_CLOCK,
  LEFT_DEGREE,
  LEFT_INNER,
  LEFT_FINAL,
  LEFT_REFERENCE,
  LEFT_STREET,
  LEFT_UNIT,
  LEFT_PLACE,
  LEFT_COUNTRY,
  LEFT_SHORT,
  LEFT_EXCLAIMED,
  N_LEFTS,
} LeftKind;

/* What closes between the mark and the gap. */
typedef enum {
  CLOSER_NONE,
  CLOSER_QUOTE,
  CLOSER_BRACKET,
  CLOSER_REFERENCE, /* [12] */
  N_CLOSERS,
} CloserKind;

/* What opens behind the gap. */
typedef enum {
  OPENER_NONE,
  OPENER_QUOTE,
  OPENER_BRACKET,
  OPENER_DASH,
  N_OPENERS,
} OpenerKind;

/* The word behind the gap. */
typedef enum {
  RIGHT_END,
  RIGHT_LOWER,
  RIGHT_REPORT, /* a reporting verb, or a pronoun before one */
  RIGHT_STARTER,
  RIGHT_CAPITALISED,
  RIGHT_BODY, /* Government, Army: goes with a country */
  RIGHT_CAPITALS,
  RIGHT_INITIAL,
  RIGHT_I,
  RIGHT_TITLE,
  RIGHT_MONTH,
  RIGHT_NUMBER,
  RIGHT_ADDRESS,
  RIGHT_COMMA,
  RIGHT_DASH,
  RIGHT_BULLET,
  RIGHT_STOP,
  RIGHT_CAMEL, /* iPhone */
  RIGHT_LETTER,
  RIGHT_SYMBOL,
  RIGHT_SMALL_LETTER, /* one small letter */
  N_RIGHTS,
} RightKind;

typedef struct {
  guint32 start;
  guint32 end;
  guint32 bits; /* WordClass */
  LeftKind kind;
} Left;

typedef struct {
  guint32 start; /* of the openers */
  guint32 word;
  guint32 end;
  guint32 bits; /* WordClass */
  OpenerKind opener;
  RightKind kind;
} Right;

/** read_left: the word that ends at @end, not looking before @limit. */
Left read_left(const Words *words, const guint8 *text, guint32 limit, guint32 end);

/** read_right: the word at @start, which is not white space. */
Right read_right(const Words *words, const guint8 *text, guint32 length, guint32 start);

/** names_speaker: Returns: whether a name and then a reporting verb start at @right. */
gboolean names_speaker(const Words *words, const guint8 *text, guint32 length, const Right *right);

G_END_DECLS
