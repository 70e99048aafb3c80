/* SPDX-License-Identifier: Apache-2.0 */
/* The flow of a document's text: characters with their places on pages become paragraphs. */
#pragma once

#include <aver/aver.h>

/* Where a character is: points, from the upper left corner of the page. */
typedef struct {
  double left;
  double top;
  double right;
  double bottom;
} Box;

/* A line as it stands on a page, or a piece of one. */
typedef struct {
  gsize start; /* of its bytes in the flow's text */
  gsize end;
  Box box;
  double size; /* the mean height of its characters */
  guint n_characters;
  guint page;
  guint column; /* lines below one another, numbered through the document */
  gboolean left_out;
} Line;

typedef struct {
  double left;
  double right;
} Column;

typedef struct {
  GString *text;
  GArray *lines;   /* Line, in reading order */
  GArray *heights; /* double, of each page */
  GArray *columns; /* Column */
} Flow;

void flow_init(Flow *flow);
void flow_clear(Flow *flow);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Flow, flow_clear)

/* Adds a page: @text is UTF-8, its lines in reading order; @boxes has a place for each of its
 * characters, line ends included, as far as @n_boxes goes. */
void flow_add_page(Flow *flow, const char *text, const Box *boxes, guint n_boxes, double height);

/* furniture.c: leaves out running heads and feet, and page numbers. Returns: how many lines. */
guint flow_leave_out(Flow *flow);

/* Appends the paragraphs, blank lines between them. */
void flow_write(Flow *flow, GString *out);

/* hyphens.c: words that a hyphen at the end of a line cuts in two. */
typedef GHashTable Words;

Words *words_new(const Flow *flow);
/* How many bytes at the end of @text, which a line that begins with @next follows, are a hyphen
 * that is none of the word's; -1 when a space belongs between the lines. */
int words_get_hyphen(const Words *words, const char *text, gsize length, const char *next,
                     gsize next_length);
