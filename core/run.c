/* SPDX-License-Identifier: Apache-2.0 */
/* A run: everything opened, worked through, and completed or left ready to go on. */
#include "engine.h"

#include "shard.h"

static gboolean stop_wanted(const AverRun *run)
{
  return aver_halt_is_wanted(run->crew->halt);
}

/* Completes the outputs, in the writers' order. */
static gboolean finish_writers(const AverRun *run, GError **error)
{
  for (guint i = 1; i < run->crew->n_posts; i++) {
    const AverPost *post = &run->crew->posts[i];
    if (post->plugin->kind == AVER_PLUGIN_WRITER && !aver_post_finish(post, error))
      return FALSE;
  }
  return TRUE;
}

/* Completes the outputs once all there is has been emitted, or leaves a job ready to go on. Live
 * input has no end but the one that it is given. */
static gboolean wind_up(const AverRun *run, const AverTally *tally, GError **error)
{
  AverJob *job = run->job;
  gboolean stopped = stop_wanted(run);
  gboolean live = run->crew->posts[0].stage->live;
  if (run->live != NULL && !aver_live_commit(run->live, run->crew, run->letters, error))
    return FALSE;
  if (job != NULL && aver_job_get_state(job) != AVER_JOB_ENDED &&
      !aver_job_checkpoint(job, !stopped, run->crew, run->letters, error))
    return FALSE;
  if (stopped && live && job != NULL)
    return TRUE;
  if (stopped && !live) {
    aver_tally_set_stopped(error);
    return FALSE;
  }
  return aver_tally_check_end(tally, run->options, error) && finish_writers(run, error) &&
         (job == NULL || (aver_dead_letters_close(run->letters, error) &&
                          aver_job_finish(job, error) && aver_job_mark(job, error)));
}

static gboolean work(const AverRun *run, AverEngine *engine, GError **error)
{
  if (run->job == NULL || aver_job_get_state(run->job) != AVER_JOB_ENDED)
    if (!aver_engine_work(engine, error))
      return FALSE;
  return wind_up(run, aver_engine_get_tally(engine), error);
}

/* All stages are open. */
static gboolean carry_out(const AverRun *run, AverSummary *summary, GError **error)
{
  g_autoptr(AverEngine) engine = aver_engine_new(run);
  g_autoptr(GError) failure = NULL;
  AverMetrics *metrics =
      aver_metrics_start(run->options->metrics, run->crew, aver_engine_look, engine, &failure);
  gboolean good = failure == NULL && work(run, engine, &failure);
  if (run->job == NULL && !aver_dead_letters_close(run->letters, good ? &failure : NULL))
    good = FALSE;
  if (run->job != NULL && !good)
    aver_job_fail(run->job, failure->message);
  if (!aver_metrics_end(metrics, good, good ? &failure : NULL))
    good = FALSE;
  *summary = aver_engine_get_tally(engine)->summary;
  if (!good)
    g_propagate_error(error, g_steal_pointer(&failure));
  return good;
}

static gboolean set_up(AverPipeline *pipeline, const AverRunOptions *options, AverSummary *summary,
                       GError **error)
{
  guint n_workers = options->n_workers > 0 ? options->n_workers : g_get_num_processors();
  if (!aver_shard_begin(pipeline, options, error))
    return FALSE;
  g_autoptr(AverJob) job = options->job == NULL ? NULL : aver_job_new(pipeline, options, error);
  if (options->job != NULL && job == NULL)
    return FALSE;
  if (job != NULL && aver_job_get_state(job) == AVER_JOB_FINISHED) {
    *summary = aver_job_get_tally(job)->summary;
    summary->was_finished = TRUE;
    return aver_job_mark(job, error);
  }
  if (job == NULL && !aver_live_check(pipeline, error))
    return FALSE;
  g_autoptr(AverDeadLetters) letters = aver_dead_letters_new(pipeline, job, error);
  if (letters == NULL || (job != NULL && !aver_job_divert(job, pipeline, error)))
    return FALSE;
  g_autoptr(AverReplay) replay = pipeline->replay == NULL ? NULL : aver_replay_new(pipeline);
  g_autoptr(AverCrew) crew = aver_crew_new(pipeline, 0, pipeline->stages->len, n_workers, error);
  if (crew == NULL || !aver_shard_check_reader(pipeline, error) ||
      (job != NULL && !aver_job_start(job, pipeline, crew, error)))
    return FALSE;
  gboolean counts = job == NULL && crew->posts[0].stage->live;
  g_autoptr(AverLive) live = counts ? aver_live_new(options) : NULL;
  const AverRun run = {crew, options, letters, job, replay, live};
  gboolean good = carry_out(&run, summary, error);
  if (good && pipeline->keeps_open)
    aver_crew_keep(crew, pipeline);
  return good;
}

gboolean aver_pipeline_run(AverPipeline *pipeline, const AverRunOptions *options,
                           AverSummary *summary, GError **error)
{
  g_return_val_if_fail(pipeline != NULL && pipeline->stages->len >= 2, FALSE);
  static const AverRunOptions defaults = {0};
  AverSummary unwanted;
  options = options == NULL ? &defaults : options;
  summary = summary == NULL ? &unwanted : summary;
  *summary = (AverSummary){0};
  pipeline->halt = (AverHalt){.wanted = options->stop};
  gboolean good = set_up(pipeline, options, summary, error);
  pipeline->halt = (AverHalt){0};
  return good;
}
