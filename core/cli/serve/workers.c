/* SPDX-License-Identifier: Apache-2.0 */
/* Workers: threads that take texts through the pipeline, and the line of those that wait. */
#include "job.h"

/* Milliseconds between two looks at who is late. */
#define TICK 50

typedef struct {
  Workers *workers;
  guint number;
} Place;

/* In the line, it ends a thread. */
static Job stop;

static gpointer run(gpointer data)
{
  g_autofree Place *place = data;
  Workers *workers = place->workers;
  g_autoptr(AverDocument) document = aver_document_new();
  g_auto(AverBuffer) record = {0};
  for (;;) {
    Job *job = g_async_queue_pop(workers->line);
    if (job == &stop)
      break;
    g_atomic_int_add(&workers->waiting, -1);
    g_atomic_int_inc(&workers->busy);
    job_work(job, place->number, document, &record);
    g_atomic_int_add(&workers->busy, -1);
  }
  g_atomic_int_inc(&workers->left);
  return NULL;
}

static gboolean look(gpointer data)
{
  Workers *workers = data;
  gint64 now = g_get_monotonic_time();
  for (guint i = 0; i < workers->jobs->len; i++) {
    Job *job = g_ptr_array_index(workers->jobs, i);
    g_mutex_lock(&job->lock);
    gboolean due =
        job->deadline != 0 && job->deadline <= now && !job->dropped && job->state != JOB_ENDED;
    if (due)
      job_give_up(job);
    g_mutex_unlock(&job->lock);
  }
  return G_SOURCE_CONTINUE;
}

Workers *workers_new(Server *server, const JobEvents *events)
{
  Workers *workers = g_new0(Workers, 1);
  workers->server = server;
  workers->events = *events;
  workers->line = g_async_queue_new();
  workers->jobs = g_ptr_array_new();
  workers->n_threads = server->options->n_workers;
  workers->threads = g_new0(GThread *, workers->n_threads);
  for (guint i = 0; i < workers->n_threads; i++) {
    Place *place = g_new0(Place, 1);
    *place = (Place){workers, i};
    workers->threads[i] = g_thread_new("aver-worker", run, place);
  }
  workers->ticker = g_timeout_add(TICK, look, workers);
  return workers;
}

gboolean workers_free(Workers *workers)
{
  if (workers == NULL)
    return TRUE;
  g_source_remove(workers->ticker);
  for (guint i = 0; i < workers->n_threads; i++)
    g_async_queue_push_front(workers->line, &stop);
  gint64 until = g_get_monotonic_time() + G_USEC_PER_SEC;
  while (g_atomic_int_get(&workers->left) < (gint) workers->n_threads) {
    if (g_get_monotonic_time() > until)
      return FALSE;
    g_usleep(1000);
  }
  for (guint i = 0; i < workers->n_threads; i++)
    g_thread_join(workers->threads[i]);
  Job *job;
  while ((job = g_async_queue_try_pop(workers->line)) != NULL)
    job_unref(job);
  g_async_queue_unref(workers->line);
  g_ptr_array_unref(workers->jobs);
  g_free(workers->threads);
  g_free(workers);
  return TRUE;
}

gboolean workers_are_full(const Workers *workers)
{
  return workers->n_jobs >= workers->n_threads + workers->server->options->max_waiting;
}

guint workers_count_waiting(Workers *workers)
{
  return (guint) MAX(g_atomic_int_get(&workers->waiting), 0);
}

guint workers_count_busy(Workers *workers)
{
  return (guint) g_atomic_int_get(&workers->busy);
}

guint64 workers_count_late(Workers *workers)
{
  return workers->n_late;
}

Job *workers_add(Workers *workers, Ask *ask, GBytes *body, gpointer data)
{
  Job *job = g_new0(Job, 1);
  g_atomic_ref_count_init(&job->references);
  g_mutex_init(&job->lock);
  job->workers = workers;
  job->data = data;
  job->ask = *ask;
  *ask = (Ask){0};
  job->body = g_bytes_ref(body);
  job->deadline = g_get_monotonic_time() + workers->server->options->timeout;
  workers->n_jobs++;
  g_ptr_array_add(workers->jobs, job);
  job_enter_line(job);
  return job;
}

void job_drop(Job *job)
{
  Workers *workers = job->workers;
  g_ptr_array_remove_fast(workers->jobs, job);
  workers->n_jobs--;
  g_mutex_lock(&job->lock);
  job->dropped = TRUE;
  if (job->state == JOB_WORKING && job->reading != NULL)
    aver_reading_stop(job->reading);
  g_mutex_unlock(&job->lock);
  job_unref(job);
}
