/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs: a text taken through the pipeline in turns, and what the main thread is told of it. */
#include "job.h"

#include "answers.h"
#include "page/page.h"

#include <string.h>

/* Bytes of an answer that nobody has taken at which its text has to wait, and goes on. */
#define MOST_UNTAKEN  ((gsize) 1 << 20)
#define GOES_ON_BELOW ((gsize) 1 << 18)

/* Documents of one text until others have their turn. */
#define TURN 16

Job *job_ref(Job *job)
{
  g_atomic_ref_count_inc(&job->references);
  return job;
}

void job_unref(Job *job)
{
  if (!g_atomic_ref_count_dec(&job->references))
    return;
  aver_reading_free(job->reading);
  ask_clear(&job->ask);
  g_bytes_unref(job->body);
  aver_buffer_clear(&job->answer);
  g_mutex_clear(&job->lock);
  g_free(job);
}

/* Tells the main thread's side what there is (in its context). */
static gboolean deliver(gpointer data)
{
  Job *job = data;
  g_mutex_lock(&job->lock);
  job->posted = FALSE;
  gboolean dropped = job->dropped, ended = job->state == JOB_ENDED;
  g_autoptr(GBytes) bytes = g_bytes_new(job->answer.data, job->answer.length);
  job->answer.length = 0;
  guint status = job->status;
  g_mutex_unlock(&job->lock);
  if (!dropped && (ended || g_bytes_get_size(bytes) > 0))
    job->workers->events.ready(job->data, bytes, ended, status);
  return G_SOURCE_REMOVE;
}

/* With the lock. */
static void post(Job *job)
{
  if (job->posted || job->dropped)
    return;
  job->posted = TRUE;
  GSource *source = g_idle_source_new();
  g_source_set_priority(source, G_PRIORITY_DEFAULT);
  g_source_set_callback(source, deliver, job_ref(job), (GDestroyNotify) job_unref);
  g_source_attach(source, NULL);
  g_source_unref(source);
}

AnswerKind job_get_answer(const Job *job)
{
  return job->ask.answer;
}

static gboolean is_line(const Job *job)
{
  return job->ask.answer == ANSWER_LINES;
}

/* With the lock: a line of the answer, or all of it. */
static void append(Job *job, const char *data, gsize length)
{
  gsize before = job->answer.length;
  aver_buffer_append(&job->answer, data, length);
  aver_buffer_append_char(&job->answer, '\n');
  job->untaken += job->answer.length - before;
}

static void append_error(Job *job, guint status, const char *json)
{
  append(job, json, strlen(json));
  job->status = status;
}

/* What became of a document, unless the client has been told that it took too long. */
static void answer(Job *job, AverServed served, const AverBuffer *record, const char *failure,
                   guint status)
{
  g_mutex_lock(&job->lock);
  job->n++;
  if (job->late) {
    job->late = FALSE;
  } else if (!is_line(job) && job->n > 1 && job->status > SOUP_STATUS_NO_CONTENT) {
    /* The first one failed. */
  } else if (!is_line(job) && job->n > 1) {
    g_autofree char *told = answers_make_error(
        "too-many-documents",
        "the body holds more than one document; expected one, or a type that takes several", NULL);
    job->answer.length = job->untaken = 0;
    append_error(job, SOUP_STATUS_BAD_REQUEST, told);
  } else if (served == AVER_SERVED_KEPT) {
    append(job, record->data, record->length);
    job->status = SOUP_STATUS_OK;
  } else if (served == AVER_SERVED_FAILED) {
    append_error(job, status, failure);
  }
  if (is_line(job))
    post(job);
  g_mutex_unlock(&job->lock);
}

/* A document in the form that was asked for. FALSE when there is no such form. */
static gboolean encode(const Job *job, const AverDocument *document, AverBuffer *out)
{
  out->length = 0;
  if (job->ask.answer == ANSWER_PAGE)
    return page_append_document(out, document);
  if (job->ask.answer == ANSWER_WHOLE)
    return page_append_whole(out, document);
  aver_service_append_record(job->workers->server->service, out, document, job->ask.text);
  return TRUE;
}

/* With the lock. */
static void begin_document(Job *job)
{
  job->deadline = g_get_monotonic_time() + job->workers->server->options->timeout;
}

/* One document; FALSE when there is none. */
static gboolean work_once(Job *job, guint worker, AverDocument *document, AverBuffer *record)
{
  AverFailure failure = {0};
  g_autoptr(GError) error = NULL;
  g_autofree char *told = NULL;
  guint status = SOUP_STATUS_OK;
  AverServed served = aver_reading_next(job->reading, worker, document, &failure, &error);
  if (served == AVER_SERVED_END)
    return FALSE;
  if (served == AVER_SERVED_FAILED) {
    told = answers_make_failure(error, &failure, &status);
  } else if (served == AVER_SERVED_KEPT && !encode(job, document, record)) {
    served = AVER_SERVED_FAILED;
    status = SOUP_STATUS_NOT_ACCEPTABLE;
    told = answers_make_error("not-acceptable",
                              "documents are no pages here; expected application/"
                              "json to be accepted",
                              NULL);
  }
  answer(job, served, record, told, status);
  return TRUE;
}

static void end(Job *job)
{
  g_mutex_lock(&job->lock);
  gboolean none = !is_line(job) && job->n == 0 && job->status == 0;
  if (none) {
    g_autofree char *told =
        answers_make_error("no-document", "the body holds no document; expected one", NULL);
    append_error(job, SOUP_STATUS_BAD_REQUEST, told);
  }
  if (job->status == 0)
    job->status = is_line(job) ? SOUP_STATUS_OK : SOUP_STATUS_NO_CONTENT;
  job->state = JOB_ENDED;
  job->deadline = 0;
  post(job);
  g_mutex_unlock(&job->lock);
}

/* Opens the reader; FALSE after answering. */
static gboolean open_reading(Job *job)
{
  const AverSubmission submission = {job->ask.reader, job->ask.charset, job->ask.name, job->body};
  g_autoptr(GError) error = NULL;
  guint status;
  AverReading *reading = aver_service_read(job->workers->server->service, &submission, &error);
  g_mutex_lock(&job->lock);
  job->reading = reading;
  g_mutex_unlock(&job->lock);
  if (reading != NULL)
    return TRUE;
  g_autofree char *told = answers_make_failure(error, NULL, &status);
  g_mutex_lock(&job->lock);
  append_error(job, status, told);
  g_mutex_unlock(&job->lock);
  return FALSE;
}

/* A document that comes with its layers, as HTML. */
static void draw(Job *job, AverBuffer *page)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *told = NULL;
  guint status = SOUP_STATUS_OK;
  gsize length;
  const char *json = g_bytes_get_data(job->body, &length);
  page->length = 0;
  gboolean good = page_append_record(page, json == NULL ? "" : json, length, &error);
  if (!good)
    told = answers_make_failure(error, NULL, &status);
  answer(job, good ? AVER_SERVED_KEPT : AVER_SERVED_FAILED, page, told, status);
}

typedef enum {
  NEXT_DOCUMENT,
  NEXT_TURN,
  NEXT_DROP,
} Next;

/* What is to be done before another document. */
static Next look_around(Job *job, guint done)
{
  g_mutex_lock(&job->lock);
  Next next = NEXT_DOCUMENT;
  if (job->dropped || job->state == JOB_ENDED) {
    next = NEXT_DROP;
  } else if (job->untaken >= MOST_UNTAKEN) {
    job->state = JOB_PARKED;
    job->deadline = 0;
    next = NEXT_DROP; /* it may be in line again already */
  } else if (done >= TURN && g_async_queue_length(job->workers->line) > 0) {
    job->state = JOB_WAITING;
    begin_document(job);
    next = NEXT_TURN;
  } else {
    begin_document(job);
  }
  g_mutex_unlock(&job->lock);
  return next;
}

void job_work(Job *job, guint worker, AverDocument *document, AverBuffer *record)
{
  g_mutex_lock(&job->lock);
  gboolean dropped = job->dropped || job->state == JOB_ENDED;
  if (!dropped) {
    job->state = JOB_WORKING;
    begin_document(job);
  }
  g_mutex_unlock(&job->lock);
  gboolean given = job->ask.answer == ANSWER_DRAWING;
  if (!dropped && given)
    draw(job, record);
  if (!dropped && (given || (job->reading == NULL && !open_reading(job)))) {
    end(job);
    dropped = TRUE;
  }
  for (guint done = 0; !dropped; done++) {
    Next next = look_around(job, done);
    if (next == NEXT_TURN) {
      g_atomic_int_inc(&job->workers->waiting);
      g_async_queue_push(job->workers->line, job);
      return;
    }
    if (next == NEXT_DROP)
      break;
    if (!work_once(job, worker, document, record)) {
      end(job);
      break;
    }
  }
  job_unref(job);
}

void job_give_up(Job *job)
{
  gboolean waits = job->state == JOB_WAITING;
  g_autofree char *message = g_strdup_printf(
      waits ? "no worker was free for %.3g seconds" : "the document took more than %.3g seconds",
      (double) job->workers->server->options->timeout / G_USEC_PER_SEC);
  g_autofree char *told = answers_make_error(waits ? "busy" : "timeout", message, NULL);
  job->workers->n_late++;
  job->deadline = 0;
  job->late = !waits;
  append_error(job, waits ? SOUP_STATUS_SERVICE_UNAVAILABLE : SOUP_STATUS_GATEWAY_TIMEOUT, told);
  if (waits || !is_line(job)) {
    job->state = JOB_ENDED;
    if (job->reading != NULL && !waits)
      aver_reading_stop(job->reading);
  }
  post(job);
}

void job_enter_line(Job *job)
{
  job->state = JOB_WAITING;
  g_atomic_int_inc(&job->workers->waiting);
  g_async_queue_push(job->workers->line, job_ref(job));
}

void job_taken(Job *job, gsize bytes)
{
  g_mutex_lock(&job->lock);
  job->untaken -= MIN(bytes, job->untaken);
  if (job->state == JOB_PARKED && job->untaken < GOES_ON_BELOW)
    job_enter_line(job);
  g_mutex_unlock(&job->lock);
}
