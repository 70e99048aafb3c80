/* SPDX-License-Identifier: Apache-2.0 */
/* One line on a terminal's standard error that says how far something has come. */
#include "statusline.h"

#include <stdio.h>
#include <unistd.h>

#define REDRAW_MICROSECONDS (G_USEC_PER_SEC / 5)

void statusline_init(StatusLine *line, gboolean output_is_terminal)
{
  *line = (StatusLine){.last = g_get_monotonic_time()};
  line->drawing =
      isatty(STDERR_FILENO) && !output_is_terminal && g_strcmp0(g_getenv("TERM"), "dumb") != 0;
}

gboolean statusline_is_due(StatusLine *line)
{
  if (!line->drawing)
    return FALSE;
  gint64 now = g_get_monotonic_time();
  if (now - line->last < REDRAW_MICROSECONDS)
    return FALSE;
  line->last = now;
  return TRUE;
}

void statusline_draw(StatusLine *line, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  line->drawn = TRUE;
  fprintf(stderr, "\r\033[K%s", text);
  fflush(stderr);
}

void statusline_clear(StatusLine *line)
{
  if (line->drawn)
    fputs("\r\033[K", stderr);
  line->drawn = FALSE;
}
