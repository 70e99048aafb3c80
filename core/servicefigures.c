/* SPDX-License-Identifier: Apache-2.0 */
/* What a service tells of itself: its stages and models, and what became of documents. */
#include "metrics.h"
#include "service.h"

#include <jansson.h>
#include <string.h>

void aver_service_count(AverService *service, AverServed served, gsize bytes, gint annotator,
                        guint32 reader)
{
  AverStageTally *stage =
      annotator < 0 ? &service->sources[reader] : &service->stages[(guint) annotator];
  g_mutex_lock(&service->counting);
  service->summary.documents_in++;
  service->summary.bytes_in += bytes;
  if (served == AVER_SERVED_KEPT)
    service->summary.documents_out++;
  else if (served == AVER_SERVED_DROPPED)
    service->summary.documents_dropped++;
  else
    service->summary.documents_failed++;
  if (served == AVER_SERVED_FAILED)
    stage->failed++;
  else if (served == AVER_SERVED_DROPPED && annotator >= 0)
    stage->dropped++;
  g_mutex_unlock(&service->counting);
}

void aver_service_count_time(AverService *service, guint annotator, gint64 nanoseconds)
{
  g_mutex_lock(&service->counting);
  service->stages[annotator].nanoseconds += nanoseconds;
  g_mutex_unlock(&service->counting);
}

static void append_reader(AverBuffer *out, const char *name, guint64 failed)
{
  aver_buffer_append_string(out, "aver_stage_failed_documents_total{stage=");
  aver_metrics_append_label(out, name);
  aver_buffer_printf(out, "} %" G_GUINT64_FORMAT "\n", failed);
}

/* The readers that something failed in, and the auto-reader. */
static void append_readers(const AverService *service, AverBuffer *out)
{
  const AverPlugin *plugin = service->readers->posts[0].plugin;
  append_reader(out, plugin->name, service->sources[0].failed);
  for (guint i = 0; i < service->readers->n_delegates; i++)
    if (service->sources[i + 1].failed > 0)
      append_reader(out, plugin->delegates[i], service->sources[i + 1].failed);
}

void aver_service_append_metrics(AverService *service, AverBuffer *out)
{
  g_return_if_fail(service != NULL && out != NULL);
  g_mutex_lock(&service->counting);
  aver_metrics_append_summary(out, &service->summary);
  aver_metrics_append_family(out, "stage_failed_documents", "counter", NULL,
                             "Documents that failed in a stage.");
  append_readers(service, out);
  aver_metrics_append_failed(out, service->crew, service->stages);
  aver_metrics_append_stages(out, service->crew, service->stages);
  g_mutex_unlock(&service->counting);
}

/* The options of a stage by their names; null when one is not set. */
static json_t *describe_options(const AverStage *stage)
{
  json_t *options = json_object();
  for (gsize i = 0; i < stage->plugin->n_options; i++) {
    const AverOption *option = &stage->plugin->options[i];
    const AverOptionValue *value = &stage->values[i];
    json_t *json;
    if (option->kind == AVER_OPTION_BOOLEAN)
      json = json_boolean(value->integer != 0);
    else if (option->kind == AVER_OPTION_INTEGER)
      json = json_integer(value->integer);
    else if (option->kind == AVER_OPTION_NUMBER)
      json = json_real(value->number);
    else
      json = value->string == NULL ? json_null() : json_string(value->string);
    json_object_set_new(options, option->name, json);
  }
  return options;
}

static json_t *describe_file(const char *path)
{
  g_autofree char *name = g_path_get_basename(path);
  g_autofree char *shown = aver_text_make_printable(name, -1);
  g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
  g_autofree char *sum = NULL;
  if (file != NULL)
    sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256,
                                      (const guchar *) g_mapped_file_get_contents(file),
                                      g_mapped_file_get_length(file));
  return json_pack("{s:s, s:s?}", "file", shown, "sha256", sum);
}

static json_t *describe_models(const AverStage *stage)
{
  json_t *models = json_array();
  for (guint i = 0; stage->files != NULL && i < stage->files->len; i++)
    json_array_append_new(models, describe_file(g_ptr_array_index(stage->files, i)));
  return models;
}

/* What a writer that is not used is told may be nobody's business: a password, say. */
static gboolean is_told(const AverStage *stage)
{
  return stage->plugin->kind != AVER_PLUGIN_WRITER ||
         strcmp(stage->plugin->name, "jsonl-writer") == 0;
}

char *aver_service_make_description(const AverService *service)
{
  g_autofree char *text = aver_pipeline_describe(service->pipeline);
  json_t *stages = json_loads(text, 0, NULL), *root = json_object();
  size_t i;
  json_t *json;
  json_array_foreach(stages, i, json)
  {
    const AverStage *stage = g_ptr_array_index(service->pipeline->stages, i);
    json_object_del(json, "output");
    json_object_set_new(json, "version", json_string(stage->plugin->version));
    json_object_set_new(json, "models", describe_models(stage));
    json_object_set_new(json, "options", is_told(stage) ? describe_options(stage) : json_object());
  }
  json_object_set_new(root, "stages", stages);
  json_object_set_new(root, "workers", json_integer(service->n_workers));
  char *dumped = json_dumps(root, JSON_SORT_KEYS | JSON_COMPACT), *copy = g_strdup(dumped);
  free(dumped);
  json_decref(root);
  return copy;
}

char *aver_service_describe(const AverService *service)
{
  g_return_val_if_fail(service != NULL, NULL);
  return g_strdup(service->description);
}
