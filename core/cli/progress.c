/* SPDX-License-Identifier: Apache-2.0 */
/* What a run tells on standard error: failed documents, progress, and what it came to. */
#include "progress.h"

#include "cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Five times a second. */
#define REDRAW_MICROSECONDS (G_USEC_PER_SEC / 5)

struct _Progress {
  gboolean terminal; /* a person reads standard error */
  gboolean drawing;
  gboolean drawn;
  gint64 started;
  gint64 last;
};

Progress *progress_new(gboolean output_is_terminal)
{
  Progress *progress = g_new0(Progress, 1);
  const char *kind = g_getenv("TERM");
  progress->terminal = isatty(STDERR_FILENO);
  progress->drawing = progress->terminal && !output_is_terminal && g_strcmp0(kind, "dumb") != 0;
  progress->started = g_get_monotonic_time();
  progress->last = progress->started;
  return progress;
}

static void clear_line(Progress *progress)
{
  if (progress->drawn)
    fputs("\r\033[K", stderr);
  progress->drawn = FALSE;
}

void progress_message(const char *message, gpointer user_data)
{
  clear_line(user_data);
  print_message(message);
}

static double seconds_since(gint64 start)
{
  return MAX((double) (g_get_monotonic_time() - start) / G_USEC_PER_SEC, 1e-6);
}

void progress_update(const AverSummary *summary, gpointer user_data)
{
  Progress *progress = user_data;
  gint64 now = g_get_monotonic_time();
  if (!progress->drawing || now - progress->last < REDRAW_MICROSECONDS)
    return;
  progress->last = now;
  progress->drawn = TRUE;
  double megabytes = (double) summary->bytes_in / 1e6;
  fprintf(stderr, "\r\033[K%" G_GUINT64_FORMAT " documents, %.1f MB, %.1f MB/s",
          summary->documents_in, megabytes, megabytes / seconds_since(progress->started));
  if (summary->documents_failed > 0)
    fprintf(stderr, ", %" G_GUINT64_FORMAT " failed", summary->documents_failed);
  fflush(stderr);
}

static void append_count(GString *line, guint64 count, const char *what)
{
  if (count > 0)
    g_string_append_printf(line, ", %" G_GUINT64_FORMAT " %s", count, what);
}

void progress_end(Progress *progress, const AverSummary *summary)
{
  clear_line(progress);
  if (progress->terminal || summary->documents_failed > 0 || summary->documents_dropped > 0) {
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_append_printf(
        line, "%" G_GUINT64_FORMAT " %s: %" G_GUINT64_FORMAT " written", summary->documents_in,
        summary->documents_in == 1 ? "document" : "documents", summary->documents_out);
    append_count(line, summary->documents_dropped, "dropped");
    append_count(line, summary->documents_failed, "failed");
    /* What a script reads does not change from run to run. */
    if (progress->terminal)
      g_string_append_printf(line, "; %.1f MB in %.1f s", (double) summary->bytes_in / 1e6,
                             seconds_since(progress->started));
    print_message(line->str);
  }
  g_free(progress);
}
