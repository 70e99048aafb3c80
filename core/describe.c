/* SPDX-License-Identifier: Apache-2.0 */
/* A pipeline's description: its stages, the layers between them, and what runs in parallel. */
#include "pipeline.h"

#include <jansson.h>
#include <string.h>

static const char *kind_of(const AverStage *stage)
{
  switch (stage->plugin->kind) {
  case AVER_PLUGIN_READER:
    return "reader";
  case AVER_PLUGIN_ANNOTATOR:
    return "annotator";
  default:
    return "writer";
  }
}

/* Plugins come from anywhere: what is not UTF-8 is made so. */
static json_t *text(const char *string)
{
  g_autofree char *valid = string == NULL ? NULL : g_utf8_make_valid(string, -1);
  return valid == NULL ? json_null() : json_string(valid);
}

/* The stage before @end that provides the layer: 1 is the first; 0 when there is none. */
static guint provider_of(const AverPipeline *pipeline, guint end, const char *layer)
{
  for (guint i = 0; i < end; i++) {
    const AverStage *stage = g_ptr_array_index(pipeline->stages, i);
    const AverLayerType *const *layers = stage->layers.provides;
    for (guint k = 0; layers != NULL && layers[k] != NULL; k++)
      if (strcmp(layers[k]->name, layer) == 0)
        return i + 1;
  }
  return 0;
}

static json_t *list_provided(const AverLayerType *const *layers)
{
  json_t *list = json_array();
  for (guint i = 0; layers != NULL && layers[i] != NULL; i++)
    json_array_append_new(list, text(layers[i]->name));
  return list;
}

/* What a stage takes of earlier ones. */
static json_t *list_taken(const AverPipeline *pipeline, guint number,
                          const AverLayerType *const *layers)
{
  json_t *list = json_array();
  for (guint i = 0; layers != NULL && layers[i] != NULL; i++) {
    guint from = provider_of(pipeline, number, layers[i]->name);
    json_t *taken = json_object();
    json_object_set_new(taken, "layer", text(layers[i]->name));
    json_object_set_new(taken, "from", from == 0 ? json_null() : json_integer(from));
    json_array_append_new(list, taken);
  }
  return list;
}

/* As the pipeline file has it. */
static json_t *sandbox_of(const AverStage *stage)
{
  if (stage->isolation.sandbox == AVER_SANDBOX_WHEN_AVAILABLE)
    return json_string("when-available");
  return json_boolean(stage->isolation.sandbox == AVER_SANDBOX_YES);
}

static json_t *describe_stage(const AverPipeline *pipeline, guint number)
{
  static const char *const policies[] = {"skip", "stop", "dead-letter"};
  const AverStage *stage = g_ptr_array_index(pipeline->stages, number);
  json_t *object = json_object();
  json_object_set_new(object, "name", text(stage->name));
  json_object_set_new(object, "plugin", text(stage->plugin->name));
  json_object_set_new(object, "kind", text(kind_of(stage)));
  json_object_set_new(object, "serial",
                      json_boolean(stage->plugin->kind == AVER_PLUGIN_ANNOTATOR &&
                                   (stage->plugin->flags & AVER_PLUGIN_SERIAL) != 0));
  json_object_set_new(object, "isolated", json_boolean(stage->isolation.wanted));
  json_object_set_new(object, "sandbox", sandbox_of(stage));
  json_object_set_new(object, "conditional", json_boolean(stage->when != NULL));
  json_object_set_new(object, "on_error", text(policies[stage->policy]));
  json_object_set_new(object, "retries", json_integer(stage->retries));
  json_object_set_new(object, "output", text(stage->output));
  json_object_set_new(object, "needs", list_taken(pipeline, number, stage->layers.needs));
  json_object_set_new(object, "uses", list_taken(pipeline, number, stage->layers.uses));
  json_object_set_new(object, "provides", list_provided(stage->layers.provides));
  return object;
}

char *aver_pipeline_describe(const AverPipeline *pipeline)
{
  g_return_val_if_fail(pipeline != NULL, NULL);
  json_t *list = json_array();
  for (guint i = 0; i < pipeline->stages->len; i++)
    json_array_append_new(list, describe_stage(pipeline, i));
  char *dumped = json_dumps(list, JSON_SORT_KEYS), *described = g_strdup(dumped);
  free(dumped);
  json_decref(list);
  return described;
}
