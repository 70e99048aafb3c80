/* SPDX-License-Identifier: Apache-2.0 */
/* The tally: what became of documents, counted in input order, and where the time went. */
#include "tally.h"

#include <string.h>
#include <time.h>

/* A share of documents is judged from so many documents on, and at the end of the input. */
#define ENOUGH_DOCUMENTS 100

void aver_tally_init(AverTally *tally, guint n_stages)
{
  *tally = (AverTally){.n_stages = n_stages, .stages = g_new0(AverStageTally, n_stages)};
}

void aver_tally_clear(AverTally *tally)
{
  g_clear_pointer(&tally->stages, g_free);
}

void aver_tally_copy(AverTally *to, const AverTally *from)
{
  to->summary = from->summary;
  memcpy(to->stages, from->stages, from->n_stages * sizeof *from->stages);
}

gint64 aver_tally_clock(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

static gboolean too_many(const AverMaxErrors *allowed, guint64 n_failed, guint64 n_documents)
{
  if (!allowed->limited)
    return FALSE;
  if (!allowed->is_share)
    return n_failed > allowed->count;
  return n_failed > 0 && (double) n_failed > allowed->share * (double) n_documents;
}

gboolean aver_tally_limit(const AverTally *tally, AverBatch *batch, const AverRunOptions *options)
{
  const AverMaxErrors *allowed = &options->max_errors;
  guint64 n_failed = tally->summary.documents_failed;
  guint64 n_documents = tally->summary.documents_in;
  guint n = MIN(batch->items->len, batch->limit);
  for (guint i = 0; allowed->limited && i < n; i++) {
    n_documents++;
    if (g_array_index(batch->items, AverItem, i).state == AVER_ITEM_FAILED)
      n_failed++;
    if ((allowed->is_share && n_documents < ENOUGH_DOCUMENTS) ||
        !too_many(allowed, n_failed, n_documents))
      continue;
    aver_batch_truncate(batch, i + 1);
    return FALSE;
  }
  return TRUE;
}

/* `file:line: stage 'x': what went wrong`, for one item that failed. */
static char *describe(const AverItem *item)
{
  g_autofree char *line = item->record.line == 0
                              ? g_strdup("")
                              : g_strdup_printf(":%" G_GUINT64_FORMAT, item->record.line);
  return g_strdup_printf("%s%s: stage '%s': %s", item->origin, line, item->failed_in->name,
                         item->error->message);
}

static void tell(const AverItem *item, const AverRunOptions *options)
{
  if (options->message != NULL) {
    g_autofree char *message = describe(item);
    options->message(message, options->user_data);
  }
  if (options->failure != NULL) {
    const AverFailure failure = {item->origin, item->record.line, item->record.offset,
                                 item->failed_in->name, item->error->message};
    options->failure(&failure, options->user_data);
  }
}

/* A reader of live input may put aside what failed. */
static gboolean tell_reader(const AverItem *item, const AverCrew *crew, GError **error)
{
  const AverPost *reader = &crew->posts[0];
  g_autoptr(GError) failure = NULL;
  if (!reader->stage->live || reader->plugin->failed == NULL ||
      reader->plugin->failed(reader->self, &item->record, item->failed_in->name,
                             item->error->message, &failure))
    return TRUE;
  aver_post_prefix_error(reader, &failure);
  g_propagate_error(error, g_steal_pointer(&failure));
  return FALSE;
}

static AverStageTally *stage_of(AverTally *tally, const AverCrew *crew, const AverStage *stage)
{
  guint i = 0;
  if (stage->delegate > 0)
    return &tally->stages[crew->n_posts + stage->delegate - 1];
  while (i + 1 < crew->n_posts && crew->posts[i].stage != stage)
    i++;
  return &tally->stages[i];
}

void aver_tally_set_stopped(GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_STOPPED, "stopped before the end of the input");
}

/* The item that a stage with the policy `stop` could not do, or one that was left undone. */
static gboolean stop(AverTally *tally, const AverBatch *batch, const AverCrew *crew, GError **error)
{
  const AverItem *item = &g_array_index(batch->items, AverItem, batch->limit);
  if (g_error_matches(item->error, AVER_ERROR, AVER_ERROR_STOPPED)) {
    aver_tally_set_stopped(error);
    return FALSE;
  }
  g_autofree char *message = describe(item);
  tally->summary.documents_in++;
  tally->summary.documents_failed++;
  stage_of(tally, crew, item->failed_in)->failed++;
  g_set_error_literal(error, item->error->domain, item->error->code, message);
  return FALSE;
}

gboolean aver_tally_add(AverTally *tally, const AverBatch *batch, const AverCrew *crew,
                        const AverRunOptions *options, AverDeadLetters *letters, gboolean within,
                        GError **error)
{
  AverSummary *summary = &tally->summary;
  guint n = MIN(batch->items->len, batch->limit);
  summary->documents_not_taken += batch->not_taken;
  for (guint i = 0; i < batch->n_stages; i++)
    tally->stages[i].nanoseconds += batch->nanoseconds[i];
  for (guint i = 0; i < n; i++) {
    const AverItem *item = &g_array_index(batch->items, AverItem, i);
    summary->documents_in++;
    summary->bytes_in += item->record.length;
    if (item->state == AVER_ITEM_ALIVE) {
      summary->documents_out++;
    } else if (item->state == AVER_ITEM_DROPPED) {
      summary->documents_dropped++;
      if (item->failed_in != NULL)
        stage_of(tally, crew, item->failed_in)->dropped++;
    } else {
      summary->documents_failed++;
      stage_of(tally, crew, item->failed_in)->failed++;
      if (!aver_dead_letters_add(letters, item, error) || !tell_reader(item, crew, error))
        return FALSE;
      summary->documents_dead_lettered += item->failed_in->policy == AVER_POLICY_DEAD_LETTER;
      tell(item, options);
    }
  }
  return within && batch->limit < batch->items->len ? stop(tally, batch, crew, error) : TRUE;
}

void aver_tally_set_error(const AverTally *tally, const AverRunOptions *options, GError **error)
{
  char share[G_ASCII_DTOSTR_BUF_SIZE];
  const AverMaxErrors *allowed = &options->max_errors;
  const AverSummary *summary = &tally->summary;
  if (allowed->is_share)
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                " documents failed; at most %s %% were allowed",
                summary->documents_failed, summary->documents_in,
                g_ascii_formatd(share, sizeof share, "%.15g", allowed->share * 100));
  else
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                " documents failed; at most %" G_GUINT64_FORMAT " were allowed",
                summary->documents_failed, summary->documents_in, allowed->count);
}

gboolean aver_tally_check_end(const AverTally *tally, const AverRunOptions *options, GError **error)
{
  const AverSummary *summary = &tally->summary;
  if (!too_many(&options->max_errors, summary->documents_failed, summary->documents_in))
    return TRUE;
  aver_tally_set_error(tally, options, error);
  return FALSE;
}
