/* SPDX-License-Identifier: Apache-2.0 */
/* What a program says on standard error, passed on line by line and not too fast. */
#include "program.h"

/* Longer lines are cut, and more lines a second are not shown. */
#define LONGEST_LINE 1000
#define MOST_LINES   20

static void tell_hidden(Said *said)
{
  if (said->hidden > 0)
    g_message("stage '%s': %" G_GUINT64_FORMAT " more lines are not shown", said->stage,
              said->hidden);
  said->hidden = 0;
}

static void tell(Said *said)
{
  gint64 second = g_get_monotonic_time() / G_USEC_PER_SEC;
  if (second != said->since) {
    said->since = second;
    said->n_lines = 0;
  }
  if (said->n_lines++ < MOST_LINES) {
    tell_hidden(said);
    g_autofree char *text = aver_text_make_printable(said->line->str, (gssize) said->line->len);
    g_message("stage '%s': %s", said->stage, text);
  } else {
    said->hidden++;
  }
  g_string_truncate(said->line, 0);
}

void said_add(Said *said, const char *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++) {
    if (bytes[i] == '\n')
      tell(said);
    else if (said->line->len < LONGEST_LINE)
      g_string_append_c(said->line, bytes[i]);
  }
}

void said_end(Said *said)
{
  if (said->line->len > 0)
    tell(said);
  tell_hidden(said);
}
