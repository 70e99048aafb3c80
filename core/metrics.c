/* SPDX-License-Identifier: Apache-2.0 */
/* Metrics: the figures of a run in a file, in the OpenMetrics text format, while it runs. */
#include "metrics.h"

#include <aver/output.h>

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* Seconds between two writings. */
#define INTERVAL 2

struct AverMetrics {
  char *path;
  const AverCrew *crew;
  AverLook look;
  gpointer data;
  AverMoment moment;
  AverBuffer text;
  gint64 started;
  GThread *thread;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  gboolean ending;
};

/* A label's value between quotation marks. */
void aver_metrics_append_label(AverBuffer *text, const char *value)
{
  aver_buffer_append_char(text, '"');
  for (; *value != '\0'; value++) {
    if (*value == '\\' || *value == '"' || *value == '\n')
      aver_buffer_append_char(text, '\\');
    aver_buffer_append_char(text, *value == '\n' ? 'n' : *value);
  }
  aver_buffer_append_char(text, '"');
}

void aver_metrics_append_family(AverBuffer *text, const char *name, const char *type,
                                const char *unit, const char *help)
{
  aver_buffer_printf(text, "# TYPE aver_%s %s\n", name, type);
  if (unit != NULL)
    aver_buffer_printf(text, "# UNIT aver_%s %s\n", name, unit);
  aver_buffer_printf(text, "# HELP aver_%s %s\n", name, help);
}

static void append_gauge(AverBuffer *text, const char *name, const char *unit, const char *help,
                         guint64 value)
{
  aver_metrics_append_family(text, name, "gauge", unit, help);
  aver_buffer_printf(text, "aver_%s %" G_GUINT64_FORMAT "\n", name, value);
}

static void append_result(AverBuffer *text, const char *result, guint64 value)
{
  aver_buffer_printf(text, "aver_documents_total{result=\"%s\"} %" G_GUINT64_FORMAT "\n", result,
                     value);
}

static void append_stage(AverBuffer *text, const char *name, const AverPost *post)
{
  aver_buffer_printf(text, "aver_stage_%s_total{stage=", name);
  aver_metrics_append_label(text, post->stage->name);
  aver_buffer_append_string(text, "} ");
}

/* Of the reader's delegates, those that have something to tell. */
static void append_delegates(AverBuffer *text, const AverCrew *crew, const AverTally *tally)
{
  for (guint i = 0; i < crew->n_delegates; i++) {
    if (tally->stages[crew->n_posts + i].failed == 0)
      continue;
    aver_buffer_append_string(text, "aver_stage_failed_documents_total{stage=");
    aver_metrics_append_label(text, crew->posts[0].plugin->delegates[i]);
    aver_buffer_printf(text, "} %" G_GUINT64_FORMAT "\n", tally->stages[crew->n_posts + i].failed);
  }
}

void aver_metrics_append_failed(AverBuffer *text, const AverCrew *crew,
                                const AverStageTally *stages)
{
  for (guint i = 0; i < crew->n_posts; i++) {
    append_stage(text, "failed_documents", &crew->posts[i]);
    aver_buffer_printf(text, "%" G_GUINT64_FORMAT "\n", stages[i].failed);
  }
}

void aver_metrics_append_stages(AverBuffer *text, const AverCrew *crew,
                                const AverStageTally *stages)
{
  aver_metrics_append_family(text, "stage_dropped_documents", "counter", NULL,
                             "Documents that a stage filtered out.");
  for (guint i = 0; i < crew->n_posts; i++) {
    append_stage(text, "dropped_documents", &crew->posts[i]);
    aver_buffer_printf(text, "%" G_GUINT64_FORMAT "\n", stages[i].dropped);
  }
  aver_metrics_append_family(text, "stage_seconds", "counter", "seconds",
                             "Time that all workers together spent in a stage.");
  for (guint i = 0; i < crew->n_posts; i++) {
    append_stage(text, "seconds", &crew->posts[i]);
    aver_buffer_printf(text, "%.6f\n", (double) stages[i].nanoseconds / 1e9);
  }
}

void aver_metrics_append_summary(AverBuffer *text, const AverSummary *summary)
{
  aver_metrics_append_family(text, "documents", "counter", NULL,
                             "Documents by what became of them.");
  append_result(text, "written", summary->documents_out);
  append_result(text, "dropped", summary->documents_dropped);
  append_result(text, "dead-lettered", summary->documents_dead_lettered);
  append_result(text, "failed", summary->documents_failed - summary->documents_dead_lettered);
  append_result(text, "not-taken", summary->documents_not_taken);
  aver_metrics_append_family(text, "read_bytes", "counter", "bytes", "Bytes of the records read.");
  aver_buffer_printf(text, "aver_read_bytes_total %" G_GUINT64_FORMAT "\n", summary->bytes_in);
}

void aver_metrics_format(const AverCrew *crew, const AverMoment *moment, double seconds,
                         gboolean finished, AverBuffer *text)
{
  text->length = 0;
  aver_metrics_append_summary(text, &moment->tally.summary);
  aver_metrics_append_family(text, "stage_failed_documents", "counter", NULL,
                             "Documents that failed in a stage.");
  aver_metrics_append_failed(text, crew, moment->tally.stages);
  append_delegates(text, crew, &moment->tally);
  aver_metrics_append_stages(text, crew, moment->tally.stages);
  append_gauge(text, "batches_in_flight", NULL, "Batches that are being worked on or wait for it.",
               moment->batches_in_flight);
  append_gauge(text, "in_flight_bytes", "bytes", "Bytes of the records in these batches.",
               moment->bytes_in_flight);
  append_gauge(text, "workers", NULL, "Threads that work.", crew->n_workers);
  append_gauge(text, "finished", NULL, "1 when the run has come to its end.", finished ? 1 : 0);
  aver_metrics_append_family(text, "run_seconds", "gauge", "seconds", "Time since the run began.");
  aver_buffer_printf(text, "aver_run_seconds %.3f\n# EOF\n", seconds);
}

static gboolean write_file(AverMetrics *metrics, gboolean finished, GError **error)
{
  double seconds = (double) (g_get_monotonic_time() - metrics->started) / G_USEC_PER_SEC;
  metrics->look(metrics->data, &metrics->moment);
  aver_metrics_format(metrics->crew, &metrics->moment, seconds, finished, &metrics->text);
  g_autoptr(AverOutput) output = aver_output_new(metrics->path, error);
  return output != NULL &&
         aver_output_write(output, metrics->text.data, metrics->text.length, error) &&
         aver_output_close(output, error);
}

/* Waits for the next writing; FALSE at the end. */
static gboolean wait(AverMetrics *metrics)
{
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += INTERVAL;
  int code = 0;
  pthread_mutex_lock(&metrics->lock);
  while (!metrics->ending && code != ETIMEDOUT)
    code = pthread_cond_timedwait(&metrics->changed, &metrics->lock, &until);
  gboolean ending = metrics->ending;
  pthread_mutex_unlock(&metrics->lock);
  return !ending;
}

/* What cannot be written now may be later; the last writing tells. */
static gpointer write_on(gpointer data)
{
  while (wait(data))
    write_file(data, FALSE, NULL);
  return NULL;
}

static void metrics_free(AverMetrics *metrics)
{
  pthread_mutex_destroy(&metrics->lock);
  pthread_cond_destroy(&metrics->changed);
  aver_tally_clear(&metrics->moment.tally);
  aver_buffer_clear(&metrics->text);
  g_free(metrics->path);
  g_free(metrics);
}

AverMetrics *aver_metrics_start(const char *path, const AverCrew *crew, AverLook look,
                                gpointer data, GError **error)
{
  struct stat info;
  if (path == NULL)
    return NULL;
  if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "metrics go to '%s', which is no regular file; expected one", path);
    return NULL;
  }
  AverMetrics *metrics = g_new0(AverMetrics, 1);
  metrics->path = g_strdup(path);
  metrics->crew = crew;
  metrics->look = look;
  metrics->data = data;
  metrics->started = g_get_monotonic_time();
  aver_tally_init(&metrics->moment.tally, crew->n_posts + crew->n_delegates);
  pthread_mutex_init(&metrics->lock, NULL);
  pthread_cond_init(&metrics->changed, NULL);
  if (!write_file(metrics, FALSE, error)) {
    metrics_free(metrics);
    return NULL;
  }
  metrics->thread = g_thread_try_new("aver-metrics", write_on, metrics, NULL);
  return metrics;
}

gboolean aver_metrics_end(AverMetrics *metrics, gboolean finished, GError **error)
{
  if (metrics == NULL)
    return TRUE;
  pthread_mutex_lock(&metrics->lock);
  metrics->ending = TRUE;
  pthread_cond_broadcast(&metrics->changed);
  pthread_mutex_unlock(&metrics->lock);
  if (metrics->thread != NULL)
    g_thread_join(metrics->thread);
  gboolean good = write_file(metrics, finished, error);
  metrics_free(metrics);
  return good;
}
