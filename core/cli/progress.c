/* SPDX-License-Identifier: Apache-2.0 */
/* What a run tells on standard error: failed documents, progress, and what it came to. */
#include "progress.h"

#include "cli.h"
#include "log.h"
#include "statusline.h"

#include <unistd.h>

struct _Progress {
  ProgressKind kind;
  gboolean terminal; /* a person reads standard error */
  StatusLine line;
  gint64 started;
  gboolean begun;
  guint64 before; /* bytes that are not of this run */
};

Progress *progress_new(const ProgressKind *kind)
{
  Progress *progress = g_new0(Progress, 1);
  progress->kind = *kind;
  progress->terminal = isatty(STDERR_FILENO) && !log_is_json();
  statusline_init(&progress->line, kind->output_is_terminal || kind->quiet || log_is_json());
  progress->started = g_get_monotonic_time();
  return progress;
}

void progress_message(const char *message, gpointer user_data)
{
  statusline_clear(&((Progress *) user_data)->line);
  print_message(message);
}

void progress_failure(const AverFailure *failure, gpointer user_data)
{
  statusline_clear(&((Progress *) user_data)->line);
  log_failure(failure);
}

static double seconds_since(gint64 start)
{
  return MAX((double) (g_get_monotonic_time() - start) / G_USEC_PER_SEC, 1e-6);
}

static void append_time_left(GString *line, const Progress *progress, guint64 bytes)
{
  guint64 total = progress->kind.total, done = bytes - progress->before;
  if (total == 0 || done == 0 || bytes > total)
    return;
  double left = seconds_since(progress->started) * (double) (total - bytes) / (double) done;
  guint64 seconds = (guint64) MIN(left + 0.5, 1e9);
  if (seconds >= 3600)
    g_string_append_printf(line, ", %" G_GUINT64_FORMAT ":%02u:%02u left", seconds / 3600,
                           (guint) (seconds / 60 % 60), (guint) (seconds % 60));
  else
    g_string_append_printf(line, ", %u:%02u left", (guint) (seconds / 60), (guint) (seconds % 60));
}

void progress_update(const AverSummary *summary, gpointer user_data)
{
  Progress *progress = user_data;
  if (!progress->begun && progress->kind.job)
    progress->before = summary->bytes_in;
  progress->begun = TRUE;
  if (!statusline_is_due(&progress->line))
    return;
  double megabytes = (double) summary->bytes_in / 1e6;
  double own = megabytes - (double) progress->before / 1e6;
  g_autoptr(GString) rest = g_string_new(NULL);
  if (summary->documents_failed > 0)
    g_string_append_printf(rest, ", %" G_GUINT64_FORMAT " failed", summary->documents_failed);
  append_time_left(rest, progress, summary->bytes_in);
  statusline_draw(&progress->line, "%" G_GUINT64_FORMAT " documents, %.1f MB, %.1f MB/s%s",
                  summary->documents_in, megabytes, own / seconds_since(progress->started),
                  rest->str);
}

static void append_count(GString *line, guint64 count, const char *what)
{
  if (count > 0)
    g_string_append_printf(line, ", %" G_GUINT64_FORMAT " %s", count, what);
}

/* The addends are all there, so that anyone can see that no document is missing. */
static char *describe(const Progress *progress, const AverSummary *summary)
{
  gboolean replay = progress->kind.replay;
  const char *what = replay ? "dead letter" : "document";
  guint64 kept = replay ? 0 : summary->documents_dead_lettered;
  GString *line = g_string_new(NULL);
  g_string_append_printf(line, "%" G_GUINT64_FORMAT " %s%s: %" G_GUINT64_FORMAT " %s",
                         summary->documents_in, what, summary->documents_in == 1 ? "" : "s",
                         summary->documents_out, replay ? "resolved" : "written");
  append_count(line, summary->documents_dropped, "dropped");
  append_count(line, summary->documents_failed - kept, replay ? "still failing" : "failed");
  append_count(line, kept, "dead-lettered");
  if (summary->documents_not_taken > 0)
    g_string_append_printf(line, "; %" G_GUINT64_FORMAT " not taken", summary->documents_not_taken);
  /* What a script reads does not change from run to run. */
  if (progress->terminal)
    g_string_append_printf(line, "; %.1f MB in %.1f s",
                           (double) (summary->bytes_in - progress->before) / 1e6,
                           seconds_since(progress->started));
  return g_string_free(line, FALSE);
}

void progress_end(Progress *progress, const AverSummary *summary)
{
  statusline_clear(&progress->line);
  g_autofree char *line = summary == NULL ? NULL : describe(progress, summary);
  if (line != NULL && !progress->kind.quiet)
    log_summary(line, summary);
  g_free(progress);
}
