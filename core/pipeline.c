/* SPDX-License-Identifier: Apache-2.0 */
/* A pipeline made from its file: plugins found, options set, order and layers checked. */
#include "pipeline.h"

#include "check.h"
#include "crew.h"
#include "delegate.h"

#include <string.h>

typedef struct {
  AverRegistry *registry;
  const AverSettings *settings;
  AverMistakes *mistakes;
  char **known;      /* names of the plugins there are */
  GPtrArray *drafts; /* AverDraft*: the file's, then those of the arguments and `with_output` */
} Making;

static void draft_free(gpointer data)
{
  AverDraft *draft = data;
  aver_stage_free(draft->stage);
  g_free(draft);
}

static const AverPlugin *find_plugin(Making *making, const AverConfigStage *config)
{
  g_autoptr(GError) error = NULL;
  const char *const *known = (const char *const *) making->known;
  if (config->plugin == NULL)
    return NULL;
  gboolean left_out = aver_registry_get_missing(making->registry, config->plugin) != NULL;
  if (!left_out && !g_strv_contains(known, config->plugin)) {
    g_autofree char *hint =
        aver_mistakes_hint(config->plugin, known, "there are no plugins in the plugin folders");
    aver_mistakes_add(making->mistakes, &config->position, config->label, "no plugin '%s'%s",
                      config->plugin, hint);
    return NULL;
  }
  const AverPlugin *plugin = aver_registry_find(making->registry, config->plugin, &error);
  if (plugin == NULL)
    aver_mistakes_add(making->mistakes, &config->position, config->label,
                      "plugin '%s' cannot be used: %s", config->plugin, error->message);
  return plugin;
}

static void set_policy(AverStage *stage, const AverConfigStage *config, const char *dead_letter)
{
  stage->retries = config->retries;
  stage->backoff = config->backoff;
  if (config->has_policy) {
    stage->policy = config->policy;
    stage->dead_letter = g_strdup(config->dead_letter);
  } else if (dead_letter != NULL) {
    stage->policy = AVER_POLICY_DEAD_LETTER;
    stage->dead_letter = g_strdup(dead_letter);
  }
}

/* The condition of the stage itself, or quietly that of the stage that it stands in for. */
static AverExpression *take_when(Making *making, const AverDraft *draft,
                                 const AverConfigStage *policy)
{
  if (draft->config == policy)
    return aver_check_when(making->mistakes, draft);
  return policy->when == NULL ? NULL : aver_expression_new(policy->when, NULL, NULL);
}

/* @policy is the stage whose policy holds for it, mostly itself. */
static AverDraft *add_draft(Making *making, const AverConfigStage *config,
                            const AverConfigStage *policy)
{
  AverDraft *draft = g_new0(AverDraft, 1);
  draft->config = config;
  g_ptr_array_add(making->drafts, draft);
  const AverPlugin *plugin = find_plugin(making, config);
  if (plugin == NULL)
    return draft;
  const char *name = config->name != NULL ? config->name : config->plugin;
  draft->stage =
      aver_stage_new(plugin, name, aver_registry_get_folder_of(making->registry, plugin));
  if (plugin->delegates != NULL)
    draft->stage->delegates = aver_delegates_new(draft->stage, making->registry);
  set_policy(draft->stage, policy, making->settings->dead_letter);
  aver_check_isolation(making->mistakes, draft, making->settings->explain);
  aver_check_options(making->mistakes, draft);
  draft->stage->when = take_when(making, draft, policy);
  draft->stage->output = g_strdup(policy->output);
  draft->stage->pipeline_file = g_strdup(making->mistakes->path);
  return draft;
}

/* A stage that has to be of one kind: `--reader`, `--writer`, `with_output`. */
static AverDraft *add_special(Making *making, const AverConfigStage *config,
                              const AverConfigStage *policy, guint kind)
{
  if (config == NULL)
    return NULL;
  AverDraft *draft = add_draft(making, config, policy);
  if (aver_draft_get_kind(draft) != 0 && aver_draft_get_kind(draft) != kind)
    aver_mistakes_add(making->mistakes, &config->position, config->label, "is %s; expected %s",
                      aver_check_kind_name(aver_draft_get_kind(draft)), aver_check_kind_name(kind));
  return draft;
}

/* The stages that run, in order. */
static GPtrArray *line_up(Making *making, guint n, AverDraft *reader, AverDraft *writer)
{
  GPtrArray *list = g_ptr_array_new();
  if (reader != NULL)
    g_ptr_array_add(list, reader);
  for (guint i = 0; i < n; i++) {
    AverDraft *draft = g_ptr_array_index(making->drafts, i);
    gboolean replaced =
        (reader != NULL && i == 0 && aver_draft_get_kind(draft) == AVER_PLUGIN_READER) ||
        (writer != NULL && i + 1 == n && aver_draft_get_kind(draft) == AVER_PLUGIN_WRITER);
    if (!replaced)
      g_ptr_array_add(list, draft);
  }
  if (writer != NULL)
    g_ptr_array_add(list, writer);
  return list;
}

void aver_pipeline_set_files(AverPipeline *pipeline, const char *const *inputs, const char *output)
{
  g_return_if_fail(pipeline != NULL);
  AverStage *reader = g_ptr_array_index(pipeline->stages, 0);
  AverStage *writer = g_ptr_array_index(pipeline->stages, pipeline->stages->len - 1);
  if (inputs != NULL) {
    g_strfreev(reader->inputs);
    reader->inputs = g_strdupv((char **) inputs);
  }
  if (output != NULL) {
    g_free(writer->output);
    writer->output = g_strdup(output);
  }
}

void aver_pipeline_keep_open(AverPipeline *pipeline)
{
  g_return_if_fail(pipeline != NULL);
  pipeline->keeps_open = TRUE;
}

static AverPipeline *take_stages(GPtrArray *drafts, const AverSettings *settings)
{
  AverPipeline *pipeline = g_new0(AverPipeline, 1);
  pipeline->references = 1;
  pipeline->stages = g_ptr_array_new_with_free_func((GDestroyNotify) aver_stage_free);
  for (guint i = 0; i < drafts->len; i++) {
    AverDraft *draft = g_ptr_array_index(drafts, i);
    g_ptr_array_add(pipeline->stages, g_steal_pointer(&draft->stage));
  }
  aver_stage_tell_layers(pipeline->stages);
  pipeline->replay = g_strdup(settings->replay);
  AverStage *reader = g_ptr_array_index(pipeline->stages, 0);
  if (settings->max_record > 0)
    reader->max_record = settings->max_record;
  if (settings->max_unpacked > 0)
    reader->unpack.bytes = settings->max_unpacked;
  if (settings->max_ratio > 0)
    reader->unpack.ratio = settings->max_ratio;
  aver_pipeline_set_files(pipeline, settings->inputs, settings->output);
  for (guint i = 0; i < pipeline->stages->len; i++)
    ((AverStage *) g_ptr_array_index(pipeline->stages, i))->live =
        reader->plugin->acknowledge != NULL && settings->replay == NULL;
  return pipeline;
}

static AverPipeline *make(Making *making, const AverConfig *config, AverConfigStage *reader,
                          AverConfigStage *writer)
{
  const AverSettings *settings = making->settings;
  guint n = config->stages->len;
  for (guint i = 0; i < n; i++) {
    const AverConfigStage *stage = g_ptr_array_index(config->stages, i);
    add_draft(making, stage, stage);
  }
  aver_check_order(making->mistakes, making->drafts, n, reader != NULL, writer != NULL);
  const AverConfigStage *last = n == 0 ? NULL : g_ptr_array_index(config->stages, n - 1);
  AverDraft *first = add_special(making, reader, reader, AVER_PLUGIN_READER);
  AverDraft *final = add_special(making, writer, writer, AVER_PLUGIN_WRITER);
  AverDraft *other =
      add_special(making, last == NULL ? NULL : last->with_output, last, AVER_PLUGIN_WRITER);
  for (guint i = 0; settings->set != NULL && settings->set[i] != NULL; i++)
    aver_check_set(making->mistakes, making->drafts, settings->set[i]);
  for (guint i = 0; i < making->drafts->len; i++)
    aver_check_declared(making->mistakes, g_ptr_array_index(making->drafts, i));
  if (final != NULL)
    other = NULL;
  if (settings->output != NULL && other != NULL)
    final = g_steal_pointer(&other);
  g_autoptr(GPtrArray) list = line_up(making, n, first, final);
  aver_check_layers(making->mistakes, making->registry, list, other);
  aver_check_outputs(making->mistakes, list, settings);
  return making->mistakes->list->len == 0 ? take_stages(list, settings) : NULL;
}

/* NULL when there are mistakes, which are in @mistakes. */
static AverPipeline *load(AverRegistry *registry, const AverSettings *settings,
                          AverMistakes *mistakes)
{
  const AverSettings nothing = {0};
  settings = settings == NULL ? &nothing : settings;
  g_autoptr(AverConfig) config = aver_config_new_from_file(mistakes);
  if (config == NULL)
    return NULL;
  g_auto(GStrv) known = aver_registry_list(registry);
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func(draft_free);
  Making making = {registry, settings, mistakes, known, drafts};
  AverConfigStage *reader = NULL, *writer = NULL;
  if (settings->reader != NULL)
    reader = aver_config_stage_new(settings->reader, "--reader");
  if (settings->writer != NULL)
    writer = aver_config_stage_new(settings->writer, "--writer");
  AverPipeline *pipeline = make(&making, config, reader, writer);
  aver_config_stage_free(reader);
  aver_config_stage_free(writer);
  if (pipeline == NULL)
    return NULL;
  pipeline->registry = aver_registry_ref(registry);
  pipeline->path = g_strdup(mistakes->path);
  return pipeline;
}

AverPipeline *aver_pipeline_new_from_file(AverRegistry *registry, const char *path,
                                          const AverSettings *settings, GError **error)
{
  g_return_val_if_fail(registry != NULL && path != NULL, NULL);
  g_autoptr(AverMistakes) mistakes = aver_mistakes_new(path);
  g_autoptr(AverPipeline) pipeline = load(registry, settings, mistakes);
  if (!aver_mistakes_raise(mistakes, error))
    return NULL;
  return g_steal_pointer(&pipeline);
}

char *aver_pipeline_check(AverRegistry *registry, const char *path, const AverSettings *settings)
{
  g_return_val_if_fail(registry != NULL && path != NULL, NULL);
  g_autoptr(AverMistakes) mistakes = aver_mistakes_new(path);
  g_autoptr(AverPipeline) pipeline = load(registry, settings, mistakes);
  json_t *root = json_object(), *stages = json_array();
  for (guint i = 0; pipeline != NULL && i < pipeline->stages->len; i++)
    json_array_append_new(stages,
                          json_string(aver_stage_get_name(g_ptr_array_index(pipeline->stages, i))));
  json_object_set_new(root, "mistakes", aver_mistakes_describe(mistakes));
  json_object_set_new(root, "stages", stages);
  char *dumped = json_dumps(root, JSON_SORT_KEYS), *text = g_strdup(dumped);
  free(dumped);
  json_decref(root);
  return text;
}

AverPipeline *aver_pipeline_ref(AverPipeline *pipeline)
{
  g_return_val_if_fail(pipeline != NULL, NULL);
  g_atomic_int_inc(&pipeline->references);
  return pipeline;
}

void aver_pipeline_unref(AverPipeline *pipeline)
{
  if (pipeline == NULL || !g_atomic_int_dec_and_test(&pipeline->references))
    return;
  aver_crew_free(pipeline->crew);
  aver_crew_free(pipeline->reader);
  aver_crew_free(pipeline->kept);
  g_ptr_array_unref(pipeline->stages);
  g_free(pipeline->replay);
  g_free(pipeline->path);
  aver_registry_unref(pipeline->registry);
  g_free(pipeline);
}

void aver_pipeline_free(AverPipeline *pipeline)
{
  aver_pipeline_unref(pipeline);
}

char **aver_pipeline_list_stages(const AverPipeline *pipeline)
{
  g_return_val_if_fail(pipeline != NULL, NULL);
  char **names = g_new0(char *, pipeline->stages->len + 1);
  for (guint i = 0; i < pipeline->stages->len; i++)
    names[i] = g_strdup(aver_stage_get_name(g_ptr_array_index(pipeline->stages, i)));
  return names;
}
