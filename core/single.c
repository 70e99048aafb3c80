/* SPDX-License-Identifier: Apache-2.0 */
/* One document at a time, without an engine: reads it, and explains what was found in it. */
#include "crew.h"

#include <string.h>

/* `file:line: stage 'x': what went wrong`, as a run says it. */
static void name_record(const AverPost *reader, const AverRecord *record, GError **error)
{
  aver_post_prefix_error(reader, error);
  const char *origin = record->origin == NULL ? "" : record->origin;
  if (record->line == 0)
    g_prefix_error(error, "%s: ", origin);
  else
    g_prefix_error(error, "%s:%" G_GUINT64_FORMAT ": ", origin, record->line);
}

static gboolean decode(const AverPost *reader, const AverRecord *record, AverDocument *document,
                       GError **error)
{
  AverVerdict verdict = AVER_KEEP;
  aver_post_decode(reader, 0, &record, &document, 1, &verdict, error);
  return verdict == AVER_KEEP;
}

AverCut aver_pipeline_read(AverPipeline *pipeline, AverDocument *document, GError **error)
{
  g_return_val_if_fail(pipeline != NULL && document != NULL, AVER_CUT_FATAL);
  aver_document_reset(document);
  if (pipeline->reader == NULL)
    pipeline->reader = aver_crew_new(pipeline, 0, 1, 1, error);
  if (pipeline->reader == NULL)
    return AVER_CUT_FATAL;
  const AverPost *reader = &pipeline->reader->posts[0];
  AverRecord record = {0};
  g_autoptr(GError) failure = NULL;
  AverCut cut;
  do
    cut = reader->plugin->cut(reader->self, TRUE, &record, &failure);
  while (cut == AVER_CUT_WAIT);
  if (cut == AVER_CUT_END)
    return cut;
  if (cut == AVER_CUT_RECORD && decode(reader, &record, document, &failure))
    return cut;
  if (cut == AVER_CUT_FATAL)
    aver_post_prefix_error(reader, &failure);
  else
    name_record(aver_post_of(reader, &record), &record, &failure);
  g_propagate_error(error, g_steal_pointer(&failure));
  return cut == AVER_CUT_FATAL ? cut : AVER_CUT_BAD;
}

static gboolean has_layer(const GPtrArray *types, const char *name)
{
  for (guint i = 0; i < types->len; i++)
    if (strcmp(((const AverLayerType *) types->pdata[i])->name, name) == 0)
      return TRUE;
  return FALSE;
}

const AverLayerType **aver_pipeline_list_layers(const AverPipeline *pipeline)
{
  g_return_val_if_fail(pipeline != NULL, NULL);
  GPtrArray *types = g_ptr_array_new();
  for (guint i = 0; i < pipeline->stages->len; i++) {
    const AverStage *stage = g_ptr_array_index(pipeline->stages, i);
    const AverLayerType *const *provides = stage->layers.provides;
    for (guint k = 0; provides != NULL && provides[k] != NULL; k++)
      if (!has_layer(types, provides[k]->name))
        g_ptr_array_add(types, (gpointer) provides[k]);
  }
  g_ptr_array_add(types, NULL);
  return (const AverLayerType **) g_ptr_array_free(types, FALSE);
}

static gboolean explains(const AverStage *stage, const char *layer)
{
  const AverPlugin *plugin = stage->plugin;
  const AverLayerType *const *provides = stage->layers.provides;
  if (plugin->kind != AVER_PLUGIN_ANNOTATOR || plugin->explain == NULL || provides == NULL)
    return FALSE;
  for (guint i = 0; provides[i] != NULL; i++)
    if (layer == NULL || strcmp(provides[i]->name, layer) == 0)
      return TRUE;
  return FALSE;
}

char **aver_pipeline_list_explained(const AverPipeline *pipeline)
{
  g_return_val_if_fail(pipeline != NULL, NULL);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new();
  for (guint i = 0; i < pipeline->stages->len; i++) {
    const AverStage *stage = g_ptr_array_index(pipeline->stages, i);
    for (guint k = 0; explains(stage, NULL) && stage->layers.provides[k] != NULL; k++)
      g_strv_builder_add(names, stage->layers.provides[k]->name);
  }
  return g_strv_builder_end(names);
}

gboolean aver_pipeline_explain(AverPipeline *pipeline, AverDocument *document, const char *name,
                               guint32 row, AverExplanation *explanation, GError **error)
{
  g_return_val_if_fail(pipeline != NULL && document != NULL && name != NULL, FALSE);
  g_return_val_if_fail(explanation != NULL && pipeline->crew != NULL, FALSE);
  const AverLayer *layer = aver_document_get_layer(document, name);
  g_return_val_if_fail(layer != NULL && row < aver_layer_get_n_rows(layer), FALSE);
  for (guint i = 0; i < pipeline->crew->n_posts; i++) {
    const AverPost *post = &pipeline->crew->posts[i];
    if (!explains(post->stage, name))
      continue;
    if (post->isolate != NULL) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                  "stage '%s' is isolated or in a sandbox, and cannot explain from another process",
                  post->stage->name);
      return FALSE;
    }
    g_autoptr(GError) failure = NULL;
    if (post->plugin->explain(post->self, post->workers[0], document, layer, row, explanation,
                              &failure))
      return TRUE;
    aver_post_prefix_error(post, &failure);
    g_propagate_error(error, g_steal_pointer(&failure));
    return FALSE;
  }
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "no stage of the pipeline explains the layer '%s'", name);
  return FALSE;
}
