/* SPDX-License-Identifier: Apache-2.0 */
/* The arguments of `aver run` that say which documents to take, and what to tell of them. */
#include "runflow.h"

#include "log.h"

#include <math.h>
#include <string.h>

void clear_flow(FlowArguments *flow)
{
  g_free(flow->max_errors);
  g_free(flow->limit);
  g_free(flow->skip);
  g_free(flow->sample);
  g_free(flow->every);
  g_free(flow->metrics);
  g_free(flow->log_format);
  g_free(flow->replay);
}

static gboolean whole(const char *text, guint64 least, guint64 *number)
{
  return g_ascii_string_to_unsigned(text, 10, least, G_MAXINT64, number, NULL);
}

/* `12.5%`, as a share. */
static gboolean percent(const char *text, double *share)
{
  char *end;
  if (!g_ascii_isdigit(text[0]))
    return FALSE;
  *share = g_ascii_strtod(text, &end) / 100;
  return strcmp(end, "%") == 0 && isfinite(*share) && *share <= 1;
}

static gboolean wrong(const Command *command, const char *option, const char *text,
                      const char *expected)
{
  print_usage_error(command, "--%s is %s; expected %s", option, text, expected);
  return FALSE;
}

static gboolean parse_max_errors(const Command *command, const char *text, AverMaxErrors *allowed)
{
  if (text == NULL)
    return TRUE;
  allowed->limited = TRUE;
  allowed->is_share = percent(text, &allowed->share);
  return allowed->is_share || whole(text, 0, &allowed->count) ||
         wrong(command, "max-errors", text, "a number of documents, or a share from 0% to 100%");
}

static gboolean parse_every(const char *text, AverSample *sample)
{
  const char *slash = strchr(text, '/');
  g_autofree char *first = slash == NULL ? NULL : g_strndup(text, (gsize) (slash - text));
  if (slash == NULL || !whole(first, 1, &sample->shard) || !whole(slash + 1, 1, &sample->n_shards))
    return FALSE;
  return sample->shard-- <= sample->n_shards;
}

static gboolean parse_sample(const Command *command, const FlowArguments *flow, AverSample *sample)
{
  sample->sampled = flow->sample != NULL;
  if (flow->skip != NULL && !whole(flow->skip, 0, &sample->skip))
    return wrong(command, "skip", flow->skip, "a number of documents");
  if (flow->limit != NULL && !whole(flow->limit, 1, &sample->limit))
    return wrong(command, "limit", flow->limit, "a number of documents from 1 on");
  if (flow->sample != NULL && !percent(flow->sample, &sample->share))
    return wrong(command, "sample", flow->sample, "a share from 0% to 100%");
  if (flow->every != NULL && !parse_every(flow->every, sample))
    return wrong(command, "every", flow->every, "I/N with I from 1 to N, as 2/8");
  return TRUE;
}

gboolean parse_flow(const Command *command, const FlowArguments *flow, AverRunOptions *options)
{
  gboolean json = g_strcmp0(flow->log_format, "json") == 0;
  if (flow->log_format != NULL && !json && strcmp(flow->log_format, "text") != 0)
    return wrong(command, "log-format", flow->log_format, "text or json");
  if (json)
    log_use_json();
  options->metrics = flow->metrics;
  return parse_max_errors(command, flow->max_errors, &options->max_errors) &&
         parse_sample(command, flow, &options->sample);
}
