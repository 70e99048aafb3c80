/* SPDX-License-Identifier: Apache-2.0 */
/* The intake: batches filled with what comes next in the input. */
#include "intake.h"

#include "input-private.h"

void aver_intake_init(AverIntake *intake, const AverRun *run)
{
  *intake = (AverIntake){.run = run, .sampling = {.wanted = run->options->sample}};
  pthread_mutex_init(&intake->lock, NULL);
  if (run->job != NULL)
    aver_job_get_sampling(run->job, &intake->sampling);
  intake->ended = aver_sampling_ends(&intake->sampling);
}

void aver_intake_clear(AverIntake *intake)
{
  pthread_mutex_destroy(&intake->lock);
}

static AverCut cut_record(const AverRun *run, gboolean may_block, AverRecord *record,
                          GError **error)
{
  const AverPost *reader = &run->crew->posts[0];
  if (run->replay != NULL)
    return aver_replay_cut(run->replay, may_block, record, error);
  for (;;) {
    const AverShare *share = reader->stage->share;
    GError *failure = NULL;
    AverCut cut = reader->plugin->cut(reader->self, may_block, record, &failure);
    if (cut != AVER_CUT_BAD || share == NULL || !aver_input_share_is_foreign(share->input)) {
      if (failure != NULL)
        g_propagate_error(error, failure);
      return cut;
    }
    g_clear_error(&failure);
  }
}

/* A checkpoint can only be made behind a batch. */
static gboolean is_full(const AverRun *run, const AverBatch *batch)
{
  guint64 most = run->job == NULL ? 0 : run->options->checkpoint_documents;
  return aver_batch_is_full(batch) || (most > 0 && batch->items->len >= most);
}

/* Cuts records until the batch is full or the input is not at hand. */
static void fill(AverIntake *intake, AverBatch *batch)
{
  const AverRun *run = intake->run;
  const AverPost *reader = &run->crew->posts[0];
  while (!intake->ended && !is_full(run, batch)) {
    AverRecord record = {0};
    g_autoptr(GError) failure = NULL;
    gboolean may_block = batch->items->len == 0;
    switch (cut_record(run, may_block, &record, &failure)) {
    case AVER_CUT_RECORD:
    case AVER_CUT_BAD:
      if (!aver_sampling_takes(&intake->sampling))
        batch->not_taken++;
      else
        aver_batch_add(batch, &record, aver_post_of(reader, &record)->stage,
                       g_steal_pointer(&failure));
      intake->ended = aver_sampling_ends(&intake->sampling);
      break;
    case AVER_CUT_WAIT:
      if (!may_block)
        return;
      if (reader->stage->live)
        intake->idle(intake->data);
      break;
    case AVER_CUT_END:
      intake->ended = TRUE;
      break;
    default:
      intake->ended = TRUE;
      aver_post_prefix_error(reader, &failure);
      batch->fatal = g_steal_pointer(&failure);
      break;
    }
    if (aver_halt_is_wanted(run->crew->halt))
      intake->ended = TRUE;
  }
}

gboolean aver_intake_fill(AverIntake *intake, AverBatch *batch)
{
  pthread_mutex_lock(&intake->lock);
  gint64 start = aver_tally_clock();
  fill(intake, batch);
  batch->nanoseconds[0] += aver_tally_clock() - start;
  gboolean filled = batch->items->len > 0 || batch->fatal != NULL || batch->not_taken > 0;
  if (filled) {
    const AverPost *reader = &intake->run->crew->posts[0];
    batch->sampling = intake->sampling;
    if (intake->run->job != NULL || intake->run->live != NULL)
      reader->plugin->cursor(reader->self, batch->cursor);
    batch->sequence = intake->next++;
  }
  pthread_mutex_unlock(&intake->lock);
  return filled;
}
