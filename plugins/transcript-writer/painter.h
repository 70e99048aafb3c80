/* SPDX-License-Identifier: Apache-2.0 */
/* Putting styled, wrapped text that nobody has to trust on a terminal. */
#pragma once

#include <aver/aver.h>

/* A colour of the terminal's in the three lowest bits, and more. */
enum {
  STYLE_PLAIN = 0,
  STYLE_RED = 1,
  STYLE_GREEN = 2,
  STYLE_YELLOW = 3,
  STYLE_CYAN = 6,
  STYLE_COLOURS = 7,
  STYLE_BOLD = 1 << 3,
  STYLE_DIM = 1 << 4,
  STYLE_UNDERLINE = 1 << 5,
};

/* Initialise with {0}; free with painter_clear(). */
typedef struct {
  AverBuffer *out;    /* where to */
  gboolean colour;    /* whether styles are shown */
  guint width;        /* columns */
  const char *gutter; /* what every line starts with */
  guint indent;       /* columns that lines but the first start with beside it */
  guint column;       /* of the line; 0: it has not been started */
  guint style;        /* in force */
  AverBuffer word;    /* not yet on a line */
  guint word_width;
  guint first_style, last_style; /* of the word */
  guint space_style;
  gboolean space; /* white space stands before the word */
  gboolean first; /* nothing is on the line yet but what it starts with */
  gboolean wide;  /* a line may end behind the word's last character */
} Painter;

void painter_clear(Painter *painter);

/* Sets what lines start with: @gutter, and for all but the first one @indent spaces more. */
void painter_begin(Painter *painter, const char *gutter, guint indent);

/* Adds text; white space, of whatever length, stands for one space or a line's end. */
void painter_text(Painter *painter, guint style, const char *text, gsize length);
void painter_string(Painter *painter, guint style, const char *string);

/* Adds what belongs to the word before it, wherever lines may end. */
void painter_glue(Painter *painter, guint style, const char *string);

/* Adds as much text as fits into some columns, "…" for the rest. */
void painter_fit(Painter *painter, guint style, const char *text, gsize length, guint columns);

/* The columns that a line has for words. */
guint painter_room(const Painter *painter);

/* Ends the line, if there is one. */
void painter_end(Painter *painter);

/* Ends the line and leaves an empty one. */
void painter_gap(Painter *painter);

/* A line all across. */
void painter_rule(Painter *painter, const char *dash);

/* The columns that text takes, as painter_fit() shows it. */
guint painter_measure(const char *text, gsize length);

/* Spaces that are kept. */
void painter_pad(Painter *painter, guint columns);
