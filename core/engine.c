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
#include "batch.h"
#include "deadletter.h"

/* Not GMutex: thread sanitizers know the locks of pthreads. */
#include <pthread.h>

/* Batches in stock for each worker: how far others may run ahead of a slow document. */
#define BATCHES_A_WORKER 4

/* Records in flight may take this much memory, or one record if that is larger. */
#define MOST_BYTES_IN_FLIGHT ((gsize) 64 << 20)

typedef struct {
  AverCrew *crew;
  const AverRunOptions *options;
  AverDeadLetters *letters;

  pthread_mutex_t input; /* the reader, and: */
  guint64 next_cut;
  gboolean ended;

  pthread_mutex_t lock; /* all below */
  pthread_cond_t changed;
  GPtrArray *stock;
  gsize bytes_in_flight;
  guint n_batches;
  AverBatch **finished; /* a ring by sequence number */
  guint64 next_emit;
  gboolean emitting;
  guint64 *next_serial; /* for each serial annotator, the batch whose turn it is */
  GError *error;        /* the first in input order */
  AverSummary summary;
} Engine;

typedef struct {
  Engine *engine;
  guint worker;
} Worker;

static gboolean failed(Engine *engine)
{
  pthread_mutex_lock(&engine->lock);
  gboolean answer = engine->error != NULL;
  pthread_mutex_unlock(&engine->lock);
  return answer;
}

static gboolean stop_wanted(const Engine *engine)
{
  return engine->options->stop != NULL && g_atomic_int_get(engine->options->stop) != 0;
}

/* An empty batch, or NULL when the run has failed. */
static AverBatch *take_empty(Engine *engine)
{
  AverBatch *batch = NULL;
  pthread_mutex_lock(&engine->lock);
  while (engine->error == NULL &&
         (engine->stock->len == 0 || engine->bytes_in_flight > MOST_BYTES_IN_FLIGHT))
    pthread_cond_wait(&engine->changed, &engine->lock);
  if (engine->error == NULL)
    batch = g_ptr_array_steal_index_fast(engine->stock, engine->stock->len - 1);
  pthread_mutex_unlock(&engine->lock);
  return batch;
}

static void put_back(Engine *engine, AverBatch *batch)
{
  gsize bytes = batch->bytes.length;
  aver_batch_reset(batch);
  pthread_mutex_lock(&engine->lock);
  engine->bytes_in_flight -= bytes;
  g_ptr_array_add(engine->stock, batch);
  pthread_cond_broadcast(&engine->changed);
  pthread_mutex_unlock(&engine->lock);
}

/* Cuts records until the batch is full or the input is not at hand. */
static void fill(Engine *engine, AverBatch *batch)
{
  const AverPost *reader = &engine->crew->posts[0];
  while (!engine->ended && !aver_batch_is_full(batch)) {
    AverRecord record = {0};
    g_autoptr(GError) failure = NULL;
    gboolean may_block = batch->items->len == 0;
    switch (reader->plugin->cut(reader->self, may_block, &record, &failure)) {
    case AVER_CUT_RECORD:
      aver_batch_add(batch, &record, reader->stage, NULL);
      break;
    case AVER_CUT_BAD:
      aver_batch_add(batch, &record, reader->stage, g_steal_pointer(&failure));
      break;
    case AVER_CUT_WAIT:
      if (!may_block)
        return;
      break;
    case AVER_CUT_END:
      engine->ended = TRUE;
      break;
    default:
      engine->ended = TRUE;
      aver_post_prefix_error(reader, &failure);
      batch->fatal = g_steal_pointer(&failure);
      break;
    }
    if (stop_wanted(engine) || failed(engine))
      engine->ended = TRUE;
  }
}

/* Fills the batch with what comes next in the input; FALSE when there is nothing left to do. */
static gboolean cut(Engine *engine, AverBatch *batch)
{
  pthread_mutex_lock(&engine->input);
  fill(engine, batch);
  gboolean filled = batch->items->len > 0 || batch->fatal != NULL;
  if (filled) {
    batch->sequence = engine->next_cut++;
    pthread_mutex_lock(&engine->lock);
    engine->bytes_in_flight += batch->bytes.length;
    pthread_mutex_unlock(&engine->lock);
  }
  pthread_mutex_unlock(&engine->input);
  return filled;
}

static void wait_for_turn(Engine *engine, guint post, guint64 sequence)
{
  pthread_mutex_lock(&engine->lock);
  while (engine->next_serial[post] != sequence)
    pthread_cond_wait(&engine->changed, &engine->lock);
  pthread_mutex_unlock(&engine->lock);
}

static void end_turn(Engine *engine, guint post)
{
  pthread_mutex_lock(&engine->lock);
  engine->next_serial[post]++;
  pthread_cond_broadcast(&engine->changed);
  pthread_mutex_unlock(&engine->lock);
}

static void work(Engine *engine, AverBatch *batch, guint worker)
{
  const AverCrew *crew = engine->crew;
  guint last = crew->n_posts - 1;
  aver_batch_decode(batch, &crew->posts[0], worker);
  for (guint i = 1; i < last; i++) {
    gboolean serial = (crew->posts[i].plugin->flags & AVER_PLUGIN_SERIAL) != 0;
    if (serial)
      wait_for_turn(engine, i, batch->sequence);
    aver_batch_annotate(batch, &crew->posts[i], worker);
    if (serial)
      end_turn(engine, i);
  }
  aver_batch_encode(batch, &crew->posts[last], worker);
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

static gboolean report(Engine *engine, const AverBatch *batch, AverSummary *summary, GError **error)
{
  guint n = MIN(batch->items->len, batch->limit);
  for (guint i = 0; i < n; i++) {
    const AverItem *item = &g_array_index(batch->items, AverItem, i);
    summary->documents_in++;
    summary->bytes_in += item->record.length;
    if (item->state == AVER_ITEM_ALIVE) {
      summary->documents_out++;
    } else if (item->state == AVER_ITEM_DROPPED) {
      summary->documents_dropped++;
    } else {
      summary->documents_failed++;
      if (!aver_dead_letters_add(engine->letters, item, error))
        return FALSE;
      g_autofree char *message = describe(item);
      if (engine->options->message != NULL)
        engine->options->message(message, engine->options->user_data);
    }
  }
  if (batch->limit >= batch->items->len)
    return TRUE;
  const AverItem *item = &g_array_index(batch->items, AverItem, batch->limit);
  g_autofree char *message = describe(item);
  summary->documents_in++;
  summary->documents_failed++;
  g_set_error_literal(error, item->error->domain, item->error->code, message);
  return FALSE;
}

/* Emits one batch; called by one thread at a time, in input order. */
static void emit(Engine *engine, AverBatch *batch, AverSummary *summary, GError **error)
{
  const AverPost *writer = &engine->crew->posts[engine->crew->n_posts - 1];
  g_autoptr(GError) failure = NULL;
  if (batch->encoded.length > 0 &&
      !writer->plugin->emit(writer->self, batch->encoded.data, batch->encoded.length, &failure)) {
    aver_post_prefix_error(writer, &failure);
    g_propagate_error(error, g_steal_pointer(&failure));
    return;
  }
  if (!report(engine, batch, summary, error))
    return;
  if (engine->options->progress != NULL)
    engine->options->progress(summary, engine->options->user_data);
  if (batch->fatal != NULL)
    g_propagate_error(error, g_steal_pointer(&batch->fatal));
}

static void hand_over(Engine *engine, AverBatch *batch)
{
  pthread_mutex_lock(&engine->lock);
  engine->finished[batch->sequence % engine->n_batches] = batch;
  if (engine->emitting) {
    pthread_mutex_unlock(&engine->lock);
    return;
  }
  engine->emitting = TRUE;
  AverBatch **next;
  while (*(next = &engine->finished[engine->next_emit % engine->n_batches]) != NULL) {
    AverBatch *ready = g_steal_pointer(next);
    AverSummary summary = engine->summary;
    gboolean wanted = engine->error == NULL;
    pthread_mutex_unlock(&engine->lock);
    g_autoptr(GError) error = NULL;
    if (wanted)
      emit(engine, ready, &summary, &error);
    put_back(engine, ready);
    pthread_mutex_lock(&engine->lock);
    if (error != NULL) {
      engine->error = g_steal_pointer(&error);
      pthread_cond_broadcast(&engine->changed);
    }
    engine->summary = summary;
    engine->next_emit++;
  }
  engine->emitting = FALSE;
  pthread_mutex_unlock(&engine->lock);
}

static gpointer run_worker(gpointer data)
{
  const Worker *worker = data;
  Engine *engine = worker->engine;
  AverBatch *batch;
  while ((batch = take_empty(engine)) != NULL) {
    if (!cut(engine, batch)) {
      put_back(engine, batch);
      break;
    }
    work(engine, batch, worker->worker);
    hand_over(engine, batch);
  }
  return NULL;
}

static void run_workers(Engine *engine)
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
}

static gboolean finish(Engine *engine, GError **error)
{
  const AverPost *writer = &engine->crew->posts[engine->crew->n_posts - 1];
  if (stop_wanted(engine)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "stopped before the end of the input");
    return FALSE;
  }
  g_autoptr(GError) failure = NULL;
  if (writer->plugin->finish != NULL && !writer->plugin->finish(writer->self, &failure)) {
    aver_post_prefix_error(writer, &failure);
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
  }
  return TRUE;
}

static void engine_init(Engine *engine, AverCrew *crew, AverDeadLetters *letters,
                        const AverRunOptions *options)
{
  *engine = (Engine){.crew = crew, .letters = letters, .options = options};
  pthread_mutex_init(&engine->input, NULL);
  pthread_mutex_init(&engine->lock, NULL);
  pthread_cond_init(&engine->changed, NULL);
  engine->n_batches = crew->n_workers * BATCHES_A_WORKER;
  engine->stock = g_ptr_array_new_with_free_func((GDestroyNotify) aver_batch_free);
  for (guint i = 0; i < engine->n_batches; i++)
    g_ptr_array_add(engine->stock, aver_batch_new());
  engine->finished = g_new0(AverBatch *, engine->n_batches);
  engine->next_serial = g_new0(guint64, crew->n_posts);
}

static void engine_clear(Engine *engine)
{
  pthread_mutex_destroy(&engine->input);
  pthread_mutex_destroy(&engine->lock);
  pthread_cond_destroy(&engine->changed);
  g_ptr_array_unref(engine->stock);
  g_free(engine->finished);
  g_free(engine->next_serial);
}

gboolean aver_pipeline_run(AverPipeline *pipeline, const AverRunOptions *options,
                           AverSummary *summary, GError **error)
{
  g_return_val_if_fail(pipeline != NULL && pipeline->stages->len >= 2, FALSE);
  static const AverRunOptions defaults = {0};
  options = options == NULL ? &defaults : options;
  if (summary != NULL)
    *summary = (AverSummary){0};
  guint n_workers = options->n_workers > 0 ? options->n_workers : g_get_num_processors();
  g_autoptr(AverDeadLetters) letters = aver_dead_letters_new(pipeline, error);
  if (letters == NULL)
    return FALSE;
  g_autoptr(AverCrew) crew = aver_crew_new(pipeline, 0, pipeline->stages->len, n_workers, error);
  if (crew == NULL)
    return FALSE;

  Engine engine;
  engine_init(&engine, crew, letters, options);
  run_workers(&engine);
  g_autoptr(GError) failure = g_steal_pointer(&engine.error);
  if (failure == NULL)
    finish(&engine, &failure);
  g_autoptr(GError) letters_failure = NULL;
  if (!aver_dead_letters_close(letters, &letters_failure) && failure == NULL)
    failure = g_steal_pointer(&letters_failure);
  if (summary != NULL)
    *summary = engine.summary;
  engine_clear(&engine);
  if (failure == NULL)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&failure));
  return FALSE;
}

AverVerdict aver_pipeline_process(AverPipeline *pipeline, AverDocument *document, GError **error)
{
  g_return_val_if_fail(pipeline != NULL && document != NULL, AVER_FAIL);
  if (pipeline->crew == NULL)
    pipeline->crew = aver_crew_new(pipeline, 1, pipeline->stages->len - 1, 1, error);
  if (pipeline->crew == NULL)
    return AVER_FAIL;
  for (guint i = 0; i < pipeline->crew->n_posts; i++) {
    const AverPost *post = &pipeline->crew->posts[i];
    g_autoptr(GError) failure = NULL;
    AverVerdict verdict = post->plugin->process(post->self, post->workers[0], document, &failure);
    if (verdict == AVER_KEEP && failure == NULL)
      continue;
    if (verdict == AVER_DROP && failure == NULL)
      return AVER_DROP;
    aver_post_prefix_error(post, &failure);
    g_propagate_error(error, g_steal_pointer(&failure));
    return AVER_FAIL;
  }
  return AVER_KEEP;
}
