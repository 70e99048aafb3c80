/* SPDX-License-Identifier: Apache-2.0 */
/* One line on a terminal's standard error that says how far something has come. */
#pragma once

#include <glib.h>

typedef struct {
  gboolean drawing; /* a person looks, at a terminal that can */
  gboolean drawn;
  gint64 last;
} StatusLine;

/* @output_is_terminal: then the results stand there, and nothing is drawn between them. */
void statusline_init(StatusLine *line, gboolean output_is_terminal);

/* Whether it is time to draw again: five times a second. */
gboolean statusline_is_due(StatusLine *line);

/* Draws the line in place of the last. */
void statusline_draw(StatusLine *line, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Takes it away. */
void statusline_clear(StatusLine *line);
