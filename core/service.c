/* SPDX-License-Identifier: Apache-2.0 */
/* A service: a pipeline's annotators for several workers, and the readers of texts in memory. */
#include "service.h"

#include <string.h>

/* Those that are loaded from the start, so that what is wrong with their options shows. */
static const char *const first_readers[] = {"text-reader", "html-reader", "jsonl-reader", NULL};

static AverStage *stage_at(const AverPipeline *pipeline, guint index)
{
  return g_ptr_array_index(pipeline->stages, index);
}

/* Options of the pipeline's reader that a delegate of the same plugin is to have. */
static AverStage *take_options(AverStage *delegate, const AverStage *reader)
{
  AverStage *copy = aver_stage_new_like(reader);
  copy->delegate = delegate->delegate;
  copy->isolation = reader->isolation;
  aver_stage_free(delegate);
  return copy;
}

/* The delegates that the pipeline says something of, and the first ones. */
static gboolean load_readers(AverService *service, GError **error)
{
  const AverStage *reader = stage_at(service->pipeline, 0);
  AverDelegates *given = reader->delegates;
  AverDelegates *delegates = stage_at(service->desk, 0)->delegates;
  if (given != NULL)
    delegates->isolation = given->isolation;
  for (guint i = 0; i < delegates->n; i++) {
    const char *name = delegates->reader->plugin->delegates[i];
    const AverStage *model = given != NULL && i < given->n             ? given->list[i].stage
                             : strcmp(reader->plugin->name, name) == 0 ? reader
                                                                       : NULL;
    gboolean first = g_strv_contains(first_readers, name) &&
                     aver_registry_get_missing(service->pipeline->registry, name) == NULL;
    if (model == NULL && !first)
      continue;
    AverStage *stage = aver_delegates_load(delegates, i + 1, error);
    if (stage == NULL)
      return FALSE;
    if (model != NULL)
      delegates->list[i].stage = take_options(stage, model);
  }
  return TRUE;
}

/* A pipeline of nothing but the reader of everything. */
static gboolean make_desk(AverService *service, GError **error)
{
  AverRegistry *registry = service->pipeline->registry;
  const AverStage *reader = stage_at(service->pipeline, 0);
  const AverPlugin *plugin = aver_registry_find(registry, "auto-reader", error);
  if (plugin == NULL)
    return FALSE;
  AverStage *stage =
      plugin == reader->plugin
          ? aver_stage_new_like(reader)
          : aver_stage_new(plugin, plugin->name, aver_registry_get_folder_of(registry, plugin));
  stage->max_record = reader->max_record;
  stage->unpack = reader->unpack;
  stage->delegates = aver_delegates_new(stage, registry);
  AverPipeline *desk = service->desk = g_new0(AverPipeline, 1);
  desk->references = 1;
  desk->registry = aver_registry_ref(registry);
  desk->stages = g_ptr_array_new_with_free_func((GDestroyNotify) aver_stage_free);
  g_ptr_array_add(desk->stages, stage);
  aver_stage_tell_layers(desk->stages);
  return load_readers(service, error);
}

/* What the pipeline's first jsonl-writer writes. */
static gboolean find_format(AverService *service, GError **error)
{
  g_autoptr(GError) failure = NULL;
  for (guint i = 1; i < service->pipeline->stages->len; i++) {
    const AverStage *stage = stage_at(service->pipeline, i);
    if (strcmp(stage->plugin->name, "jsonl-writer") != 0)
      continue;
    service->layers = aver_stage_get_names(stage, "layers", &failure);
    service->format.layers = (const char *const *) service->layers;
    service->format.text = aver_stage_get_boolean(stage, "text");
    service->wanted = stage->when;
    break;
  }
  if (failure == NULL)
    return TRUE;
  g_propagate_error(error, g_steal_pointer(&failure));
  return FALSE;
}

static gboolean open_all(AverService *service, GError **error)
{
  guint last = service->pipeline->stages->len - 1;
  if (!find_format(service, error) || !make_desk(service, error))
    return FALSE;
  service->readers = aver_crew_new(service->desk, 0, 1, service->n_workers, error);
  if (service->readers == NULL)
    return FALSE;
  service->crew = aver_crew_new(service->pipeline, 1, last, service->n_workers, error);
  if (service->crew == NULL)
    return FALSE;
  service->stages = g_new0(AverStageTally, MAX(service->crew->n_posts, 1));
  service->sources = g_new0(AverStageTally, service->readers->n_delegates + 1);
  service->turns = g_new0(GMutex, MAX(service->crew->n_posts, 1));
  service->description = aver_service_make_description(service);
  return TRUE;
}

AverService *aver_service_new(AverPipeline *pipeline, guint n_workers, GError **error)
{
  g_return_val_if_fail(pipeline != NULL && n_workers > 0, NULL);
  g_autoptr(AverService) service = g_new0(AverService, 1);
  service->pipeline = aver_pipeline_ref(pipeline);
  service->n_workers = n_workers;
  g_mutex_init(&service->opening);
  g_mutex_init(&service->counting);
  return open_all(service, error) ? g_steal_pointer(&service) : NULL;
}

void aver_service_free(AverService *service)
{
  if (service == NULL)
    return;
  aver_crew_free(service->crew);
  aver_crew_free(service->readers);
  g_clear_pointer(&service->desk, aver_pipeline_unref);
  aver_pipeline_unref(service->pipeline);
  g_strfreev(service->layers);
  g_free(service->turns);
  g_free(service->description);
  g_free(service->stages);
  g_free(service->sources);
  g_mutex_clear(&service->opening);
  g_mutex_clear(&service->counting);
  g_free(service);
}

/* One annotator, as often as its policy says. */
static AverVerdict pass(const AverPost *post, guint worker, AverDocument *document,
                        const gint *stopped, GError **error)
{
  AverVerdict verdict = AVER_KEEP;
  for (guint retry = 0;; retry++) {
    GError *failure = NULL;
    verdict = AVER_KEEP;
    aver_post_process(post, worker, &document, 1, &verdict, &failure);
    if (verdict != AVER_FAIL && failure == NULL)
      return verdict;
    double seconds = post->stage->backoff * (double) (1u << MIN(retry, 16));
    if (retry < post->stage->retries && aver_post_pause(post, seconds, stopped)) {
      g_clear_error(&failure);
      continue;
    }
    aver_post_prefix_error(post, &failure);
    g_propagate_error(error, failure);
    return AVER_FAIL;
  }
}

AverServed aver_service_process(AverService *service, guint worker, AverDocument *document,
                                const gint *stopped, guint *annotator, GError **error)
{
  for (guint i = 0; i < service->crew->n_posts; i++) {
    const AverPost *post = &service->crew->posts[i];
    *annotator = i;
    if (g_atomic_int_get(stopped) != 0) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_STOPPED, "stopped");
      return AVER_SERVED_FAILED;
    }
    if (post->stage->when != NULL && !aver_expression_holds(post->stage->when, document))
      continue;
    gint64 start = aver_tally_clock();
    if (post->in_order)
      g_mutex_lock(&service->turns[i]);
    AverVerdict verdict = pass(post, worker, document, stopped, error);
    if (post->in_order)
      g_mutex_unlock(&service->turns[i]);
    aver_service_count_time(service, i, aver_tally_clock() - start);
    if (verdict != AVER_KEEP)
      return verdict == AVER_DROP ? AVER_SERVED_DROPPED : AVER_SERVED_FAILED;
  }
  *annotator = G_MAXUINT;
  gboolean wanted = service->wanted == NULL || aver_expression_holds(service->wanted, document);
  return wanted ? AVER_SERVED_KEPT : AVER_SERVED_DROPPED;
}

void aver_service_append_record(const AverService *service, AverBuffer *out,
                                const AverDocument *document, gboolean text)
{
  g_return_if_fail(service != NULL && out != NULL && document != NULL);
  AverRecordFormat format = service->format;
  format.text = format.text || text;
  aver_document_append_record(out, document, &format);
}
