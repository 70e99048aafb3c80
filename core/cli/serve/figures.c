/* SPDX-License-Identifier: Apache-2.0 */
/* What the server counts, for GET /metrics. */
#include "figures.h"

#include "listen.h"
#include "workers.h"

/* Seconds: requests that took no longer. */
static const char *const limits[] = {"0.001", "0.003", "0.01", "0.03", "0.1",
                                     "0.3",   "1.0",   "3.0",  "10.0", "30.0"};

struct Figures {
  gint64 started;
  guint64 by_status[600];
  guint64 by_time[G_N_ELEMENTS(limits)]; /* each with those before it */
  guint64 n;
  gint64 microseconds;
};

Figures *figures_new(void)
{
  Figures *figures = g_new0(Figures, 1);
  figures->started = g_get_monotonic_time();
  return figures;
}

void figures_free(Figures *figures)
{
  g_free(figures);
}

void figures_add(Figures *figures, guint status, gint64 microseconds)
{
  double seconds = (double) microseconds / G_USEC_PER_SEC;
  figures->by_status[MIN(status, G_N_ELEMENTS(figures->by_status) - 1)]++;
  figures->n++;
  figures->microseconds += microseconds;
  for (guint i = 0; i < G_N_ELEMENTS(limits); i++)
    if (seconds <= g_ascii_strtod(limits[i], NULL))
      figures->by_time[i]++;
}

static void begin(AverBuffer *out, const char *name, const char *type, const char *unit,
                  const char *help)
{
  aver_buffer_printf(out, "# TYPE aver_%s %s\n", name, type);
  if (unit != NULL)
    aver_buffer_printf(out, "# UNIT aver_%s %s\n", name, unit);
  aver_buffer_printf(out, "# HELP aver_%s %s\n", name, help);
}

static void append_gauge(AverBuffer *out, const char *name, const char *help, guint64 value)
{
  begin(out, name, "gauge", NULL, help);
  aver_buffer_printf(out, "aver_%s %" G_GUINT64_FORMAT "\n", name, value);
}

static void append_counter(AverBuffer *out, const char *name, const char *help, guint64 value)
{
  begin(out, name, "counter", NULL, help);
  aver_buffer_printf(out, "aver_%s_total %" G_GUINT64_FORMAT "\n", name, value);
}

static void append_requests(const Figures *figures, AverBuffer *out)
{
  begin(out, "http_requests", "counter", NULL, "Requests by the status they were answered with.");
  for (guint i = 0; i < G_N_ELEMENTS(figures->by_status); i++)
    if (figures->by_status[i] > 0)
      aver_buffer_printf(out, "aver_http_requests_total{code=\"%u\"} %" G_GUINT64_FORMAT "\n", i,
                         figures->by_status[i]);
  begin(out, "http_request_seconds", "histogram", "seconds",
        "Time from a request's head to the end of its answer.");
  for (guint i = 0; i < G_N_ELEMENTS(limits); i++)
    aver_buffer_printf(out, "aver_http_request_seconds_bucket{le=\"%s\"} %" G_GUINT64_FORMAT "\n",
                       limits[i], figures->by_time[i]);
  aver_buffer_printf(out, "aver_http_request_seconds_bucket{le=\"+Inf\"} %" G_GUINT64_FORMAT "\n",
                     figures->n);
  aver_buffer_printf(out, "aver_http_request_seconds_count %" G_GUINT64_FORMAT "\n", figures->n);
  aver_buffer_printf(out, "aver_http_request_seconds_sum %.6f\n",
                     (double) figures->microseconds / G_USEC_PER_SEC);
}

char *figures_format(Server *server)
{
  const Figures *figures = server->figures;
  AverBuffer out = {0};
  aver_service_append_metrics(server->service, &out);
  append_requests(figures, &out);
  append_counter(&out, "late_documents", "Documents that took longer than a client was to wait.",
                 workers_count_late(server->workers));
  append_gauge(&out, "http_connections", "Connections that are open.", listening_count(server));
  append_gauge(&out, "waiting_requests", "Requests that wait for a worker.",
               workers_count_waiting(server->workers));
  append_gauge(&out, "busy_workers", "Threads that are at work.",
               workers_count_busy(server->workers));
  append_gauge(&out, "workers", "Threads that work.", server->options->n_workers);
  begin(&out, "run_seconds", "gauge", "seconds", "Time since the server began.");
  aver_buffer_printf(&out, "aver_run_seconds %.3f\n# EOF\n",
                     (double) (g_get_monotonic_time() - figures->started) / G_USEC_PER_SEC);
  aver_buffer_append_char(&out, '\0');
  return out.data;
}
