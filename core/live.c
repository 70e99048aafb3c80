/* SPDX-License-Identifier: Apache-2.0 */
/* Live input: commits by time and count, after which the reader acknowledges. */
#include "live.h"

#include "output-private.h"
#include "pipeline.h"

/* When a commit is due, unless told otherwise: whichever comes first. What is not committed of live
 * input waits on a server, and is done again after a crash: it is kept short. */
typedef struct {
  guint64 bytes;
  guint64 documents; /* 0: however many */
  gint64 seconds;
} Due;

static const Due of_files = {(guint64) 64 << 20, 0, 5};
static const Due of_live = {(guint64) 16 << 20, 4096, 1};

struct AverLive {
  const AverRunOptions *options;
  GString *cursor; /* behind what was emitted last */
  AverSummary emitted;
  AverSummary committed; /* at: */
  gint64 committed_at;
};

static guint64 count(const AverSummary *summary)
{
  return summary->documents_in + summary->documents_not_taken;
}

gboolean aver_due(const AverRunOptions *options, gboolean live, const AverSummary *now,
                  const AverSummary *committed, gint64 committed_at)
{
  const Due *due = live ? &of_live : &of_files;
  guint64 documents = now->documents_in - committed->documents_in;
  guint64 bytes = now->bytes_in - committed->bytes_in;
  guint64 most = options->checkpoint_documents > 0 ? options->checkpoint_documents : due->documents;
  gint64 seconds = options->checkpoint_seconds > 0 ? options->checkpoint_seconds : due->seconds;
  return bytes >= (options->checkpoint_bytes > 0 ? options->checkpoint_bytes : due->bytes) ||
         (most > 0 && documents >= most) ||
         g_get_monotonic_time() - committed_at >= seconds * G_USEC_PER_SEC;
}

gboolean aver_due_when_idle(gboolean quiet, const AverRunOptions *options, const AverSummary *now,
                            const AverSummary *committed, gint64 committed_at)
{
  return count(now) > count(committed) &&
         (quiet || aver_due(options, TRUE, now, committed, committed_at));
}

AverLive *aver_live_new(const AverRunOptions *options)
{
  AverLive *live = g_new0(AverLive, 1);
  live->options = options;
  live->cursor = g_string_new(NULL);
  live->committed_at = g_get_monotonic_time();
  return live;
}

void aver_live_free(AverLive *live)
{
  if (live == NULL)
    return;
  g_string_free(live->cursor, TRUE);
  g_free(live);
}

gboolean aver_live_check(const AverPipeline *pipeline, GError **error)
{
  for (guint i = 1; i < pipeline->stages->len; i++) {
    const AverStage *stage = g_ptr_array_index(pipeline->stages, i);
    if (!stage->live || stage->plugin->kind != AVER_PLUGIN_WRITER ||
        (stage->plugin->commit != NULL && (stage->plugin->flags & AVER_PLUGIN_LIVE) != 0))
      continue;
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "stage '%s': only complete when the input ends, which '%s' acknowledges long "
                "before; expected a job (--job)",
                stage->name, ((AverStage *) g_ptr_array_index(pipeline->stages, 0))->name);
    return FALSE;
  }
  return TRUE;
}

AverOutput *aver_live_open_output(gboolean live, const char *path, GError **error)
{
  g_autoptr(AverOutput) output = aver_output_new(path, error);
  if (output == NULL || !live || output->target == NULL)
    return g_steal_pointer(&output);
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "'%s' is a file, which appears when the input ends; expected a job (--job), or a "
              "stream to write live input to",
              path);
  return NULL;
}

gboolean aver_live_commit(AverLive *live, const AverCrew *crew, AverDeadLetters *letters,
                          GError **error)
{
  g_autoptr(GHashTable) positions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  if (count(&live->emitted) == count(&live->committed))
    return TRUE;
  if (!aver_crew_commit(crew, positions, error) ||
      !aver_dead_letters_commit(letters, positions, error))
    return FALSE;
  live->committed = live->emitted;
  live->committed_at = g_get_monotonic_time();
  return aver_crew_acknowledge(crew, live->cursor->str, error);
}

gboolean aver_live_advance(AverLive *live, const AverBatch *batch, const AverTally *tally,
                           const AverCrew *crew, AverDeadLetters *letters, GError **error)
{
  g_string_assign(live->cursor, batch->cursor->str);
  live->emitted = tally->summary;
  return !aver_due(live->options, TRUE, &live->emitted, &live->committed, live->committed_at) ||
         aver_live_commit(live, crew, letters, error);
}

gboolean aver_live_idle(AverLive *live, gboolean quiet, const AverCrew *crew,
                        AverDeadLetters *letters, GError **error)
{
  return !aver_due_when_idle(quiet, live->options, &live->emitted, &live->committed,
                             live->committed_at) ||
         aver_live_commit(live, crew, letters, error);
}
