/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The engine: workers that each take a batch from cutting to emitting.
 *
 * There is no thread for input or output, and no queue between stages. A worker takes an empty
 * batch from a fixed stock, fills it under the input lock, takes it through every stage while it is
 * in cache, and puts it into the ring of finished batches; whichever worker finds the next batch in
 * input order there emits it, and all finished ones behind it. The stock bounds the memory: when
 * the oldest batch is slow, the others wait for empty batches.
 */
#include "engine.h"

/* Batches in stock for each worker: how far others may run ahead of a slow document. */
#define BATCHES_A_WORKER 4

/* Records in flight may take this much memory, or one record if that is larger. */
#define MOST_BYTES_IN_FLIGHT ((gsize) 64 << 20)

struct AverEngine {
  const AverRun *run;
  AverCrew *crew;
  AverIntake intake;

  pthread_mutex_t lock; /* all below */
  pthread_cond_t changed;
  GPtrArray *stock;
  gsize bytes_in_flight;
  guint n_batches;
  AverBatch **finished; /* a ring by sequence number */
  guint64 next_emit;
  gboolean emitting;
  guint64 *next_serial; /* for each serial annotator, the batch whose turn it is */
  gboolean halted;      /* nothing more is emitted */
  GError *error;        /* the first in input order; none when the run was only stopped */
  AverTally tally;      /* of what is emitted, and: */
  AverTally emitted;    /* of who emits */
};

typedef struct {
  AverEngine *engine;
  guint worker;
} Worker;

/* An empty batch, or NULL when the run is over before its time. */
static AverBatch *take_empty(AverEngine *engine)
{
  AverBatch *batch = NULL;
  pthread_mutex_lock(&engine->lock);
  while (!engine->halted &&
         (engine->stock->len == 0 || engine->bytes_in_flight > MOST_BYTES_IN_FLIGHT))
    pthread_cond_wait(&engine->changed, &engine->lock);
  if (!engine->halted)
    batch = g_ptr_array_steal_index_fast(engine->stock, engine->stock->len - 1);
  pthread_mutex_unlock(&engine->lock);
  return batch;
}

static void put_back(AverEngine *engine, AverBatch *batch, gsize bytes)
{
  aver_batch_reset(batch);
  pthread_mutex_lock(&engine->lock);
  engine->bytes_in_flight -= bytes;
  g_ptr_array_add(engine->stock, batch);
  pthread_cond_broadcast(&engine->changed);
  pthread_mutex_unlock(&engine->lock);
}

static void add_in_flight(AverEngine *engine, gsize bytes)
{
  pthread_mutex_lock(&engine->lock);
  engine->bytes_in_flight += bytes;
  pthread_mutex_unlock(&engine->lock);
}

static void wait_for_turn(AverEngine *engine, guint post, guint64 sequence)
{
  pthread_mutex_lock(&engine->lock);
  while (engine->next_serial[post] != sequence)
    pthread_cond_wait(&engine->changed, &engine->lock);
  pthread_mutex_unlock(&engine->lock);
}

static void end_turn(AverEngine *engine, guint post)
{
  pthread_mutex_lock(&engine->lock);
  engine->next_serial[post]++;
  pthread_cond_broadcast(&engine->changed);
  pthread_mutex_unlock(&engine->lock);
}

static void work_at(AverEngine *engine, AverBatch *batch, guint post, guint worker)
{
  const AverPost *here = &engine->crew->posts[post];
  gboolean serial = (here->plugin->flags & AVER_PLUGIN_SERIAL) != 0;
  if (serial)
    wait_for_turn(engine, post, batch->sequence);
  gint64 start = aver_tally_clock();
  if (here->plugin->kind == AVER_PLUGIN_READER)
    aver_batch_decode(batch, here, worker);
  else if (here->plugin->kind == AVER_PLUGIN_ANNOTATOR)
    aver_batch_annotate(batch, here, worker);
  else
    aver_batch_encode(batch, here, worker);
  batch->nanoseconds[post] += aver_tally_clock() - start;
  if (serial)
    end_turn(engine, post);
}

static void work(AverEngine *engine, AverBatch *batch, guint worker)
{
  for (guint i = 0; i < engine->crew->n_posts; i++)
    work_at(engine, batch, i, worker);
  aver_batch_settle(batch);
}

/* Emits what each writer made of a batch. */
static gboolean emit_sheets(const AverCrew *crew, AverBatch *batch, GError **error)
{
  for (guint i = 1; i < crew->n_posts; i++) {
    const AverPost *post = &crew->posts[i];
    if (post->plugin->kind != AVER_PLUGIN_WRITER)
      continue;
    const AverBuffer *bytes = &batch->sheets[post->sheet].bytes;
    gint64 start = aver_tally_clock();
    gboolean good = bytes->length == 0 || aver_post_emit(post, bytes->data, bytes->length, error);
    batch->nanoseconds[i] += aver_tally_clock() - start;
    if (!good)
      return FALSE;
  }
  return TRUE;
}

/* Whether a batch can be emitted. A part of one cannot where the cursor counts, which is behind the
 * whole. */
static gboolean is_whole(const AverRun *run, const AverBatch *batch)
{
  return !batch->given_up && !(batch->stopped && (run->job != NULL || run->live != NULL));
}

/* Emits one batch; called by one thread at a time, in input order. */
static gboolean emit(const AverRun *run, AverBatch *batch, AverTally *tally, GError **error)
{
  const AverRunOptions *options = run->options;
  gboolean within = aver_tally_limit(tally, batch, options);
  if (!emit_sheets(run->crew, batch, error) ||
      !aver_tally_add(tally, batch, run->crew, options, run->letters, within, error))
    return FALSE;
  if (options->progress != NULL)
    options->progress(&tally->summary, options->user_data);
  if (!within) {
    aver_tally_set_error(tally, options, error);
    return FALSE;
  }
  if (batch->fatal != NULL) {
    g_propagate_error(error, g_steal_pointer(&batch->fatal));
    return FALSE;
  }
  if (run->live != NULL)
    return aver_live_advance(run->live, batch, tally, run->crew, run->letters, error);
  return run->job == NULL ||
         aver_job_advance(run->job, batch, tally, run->crew, run->letters, error);
}

/* The run cannot go on; takes the error. Called under the lock. */
static void halt(AverEngine *engine, GError **error)
{
  engine->halted = TRUE;
  engine->error = g_steal_pointer(error);
  aver_halt_fail(engine->crew->halt);
  pthread_cond_broadcast(&engine->changed);
}

/* Emits what is next in input order, as far as it is finished. Called under the lock, by the one
 * that has set `emitting`. */
static void drain(AverEngine *engine)
{
  AverBatch **next;
  while (*(next = &engine->finished[engine->next_emit % engine->n_batches]) != NULL) {
    AverBatch *ready = g_steal_pointer(next);
    gboolean wanted = !engine->halted;
    pthread_mutex_unlock(&engine->lock);
    g_autoptr(GError) error = NULL;
    gboolean good = wanted && is_whole(engine->run, ready) &&
                    emit(engine->run, ready, &engine->emitted, &error);
    put_back(engine, ready, ready->bytes.length);
    pthread_mutex_lock(&engine->lock);
    if (wanted && !good)
      halt(engine, &error);
    aver_tally_copy(&engine->tally, &engine->emitted);
    engine->next_emit++;
  }
  engine->emitting = FALSE;
}

static void hand_over(AverEngine *engine, AverBatch *batch)
{
  pthread_mutex_lock(&engine->lock);
  engine->finished[batch->sequence % engine->n_batches] = batch;
  if (!engine->emitting) {
    engine->emitting = TRUE;
    drain(engine);
  }
  pthread_mutex_unlock(&engine->lock);
}

/* Live input has nothing for a while: what was emitted need not wait for more to be committed. */
static void idle(gpointer data)
{
  AverEngine *engine = data;
  const AverRun *run = engine->run;
  pthread_mutex_lock(&engine->lock);
  gboolean quiet = engine->next_emit == engine->intake.next;
  if (engine->emitting || engine->halted) {
    pthread_mutex_unlock(&engine->lock);
    return;
  }
  engine->emitting = TRUE;
  pthread_mutex_unlock(&engine->lock);
  g_autoptr(GError) error = NULL;
  gboolean good =
      run->job != NULL
          ? aver_job_idle(run->job, quiet, run->crew, run->letters, &error)
          : run->live == NULL || aver_live_idle(run->live, quiet, run->crew, run->letters, &error);
  pthread_mutex_lock(&engine->lock);
  if (!good)
    halt(engine, &error);
  drain(engine);
  pthread_mutex_unlock(&engine->lock);
}

static gpointer run_worker(gpointer data)
{
  const Worker *worker = data;
  AverEngine *engine = worker->engine;
  AverBatch *batch;
  while ((batch = take_empty(engine)) != NULL) {
    if (!aver_intake_fill(&engine->intake, batch)) {
      put_back(engine, batch, 0);
      break;
    }
    add_in_flight(engine, batch->bytes.length);
    work(engine, batch, worker->worker);
    hand_over(engine, batch);
  }
  return NULL;
}

gboolean aver_engine_work(AverEngine *engine, GError **error)
{
  guint n = engine->crew->n_workers;
  g_autofree Worker *workers = g_new(Worker, n);
  g_autofree GThread **threads = g_new0(GThread *, n);
  for (guint i = 0; i < n; i++)
    workers[i] = (Worker){engine, i};
  for (guint i = 1; i < n; i++)
    threads[i] = g_thread_try_new("aver-worker", run_worker, &workers[i], NULL);
  run_worker(&workers[0]);
  for (guint i = 1; i < n; i++)
    if (threads[i] != NULL)
      g_thread_join(threads[i]);
  if (engine->error == NULL)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&engine->error));
  return FALSE;
}

const AverTally *aver_engine_get_tally(const AverEngine *engine)
{
  return &engine->tally;
}

void aver_engine_look(gpointer data, AverMoment *moment)
{
  AverEngine *engine = data;
  pthread_mutex_lock(&engine->lock);
  aver_tally_copy(&moment->tally, &engine->tally);
  moment->batches_in_flight = engine->n_batches - engine->stock->len;
  moment->bytes_in_flight = engine->bytes_in_flight;
  pthread_mutex_unlock(&engine->lock);
}

AverEngine *aver_engine_new(const AverRun *run)
{
  AverEngine *engine = g_new0(AverEngine, 1);
  AverCrew *crew = run->crew;
  engine->run = run;
  engine->crew = crew;
  aver_intake_init(&engine->intake, run);
  engine->intake.idle = idle;
  engine->intake.data = engine;
  pthread_mutex_init(&engine->lock, NULL);
  pthread_cond_init(&engine->changed, NULL);
  engine->n_batches = crew->n_workers * BATCHES_A_WORKER;
  engine->stock = g_ptr_array_new_with_free_func((GDestroyNotify) aver_batch_free);
  for (guint i = 0; i < engine->n_batches; i++)
    g_ptr_array_add(engine->stock, aver_batch_new(crew->n_posts, crew->n_writers));
  engine->finished = g_new0(AverBatch *, engine->n_batches);
  engine->next_serial = g_new0(guint64, crew->n_posts);
  aver_tally_init(&engine->tally, crew->n_posts + crew->n_delegates);
  aver_tally_init(&engine->emitted, crew->n_posts + crew->n_delegates);
  if (run->job != NULL) {
    aver_tally_copy(&engine->tally, aver_job_get_tally(run->job));
    aver_tally_copy(&engine->emitted, &engine->tally);
  }
  return engine;
}

void aver_engine_free(AverEngine *engine)
{
  if (engine == NULL)
    return;
  aver_intake_clear(&engine->intake);
  pthread_mutex_destroy(&engine->lock);
  pthread_cond_destroy(&engine->changed);
  g_ptr_array_unref(engine->stock);
  g_free(engine->finished);
  g_free(engine->next_serial);
  g_clear_error(&engine->error);
  aver_tally_clear(&engine->tally);
  aver_tally_clear(&engine->emitted);
  g_free(engine);
}
