/* SPDX-License-Identifier: Apache-2.0 */
/* The check of layers: every stage finds what it needs, described as it knows it. */
#include "check.h"

#include <string.h>

typedef struct {
  AverMistakes *mistakes;
  AverRegistry *registry;
  GPtrArray *line_up;
  GHashTable *provided; /* layer name -> Provider */
  gboolean unknown;     /* a stage so far may provide anything */
} Flow;

typedef struct {
  const AverDraft *draft;
  const AverLayerType *type;
} Provider;

static const char *const column_kinds[] = {"i32",    "f32",  "span",  "spans",
                                           "string", "enum", "flags", "ref"};

static gboolean provides(const AverLayerType *const *layers, const char *layer)
{
  for (guint i = 0; layers != NULL && layers[i] != NULL; i++)
    if (strcmp(layers[i]->name, layer) == 0)
      return TRUE;
  return FALSE;
}

/* The plugins that provide a layer, as in "'a' or 'b'"; NULL when there are none. */
static char *list_providers(AverRegistry *registry, const char *layer)
{
  g_auto(GStrv) names = aver_registry_list(registry);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; names[i] != NULL; i++) {
    const AverPlugin *plugin = aver_registry_find(registry, names[i], NULL);
    if (plugin != NULL && provides(plugin->provides, layer))
      g_ptr_array_add(found, g_strdup_printf("'%s'", plugin->name));
  }
  if (found->len == 0)
    return NULL;
  g_ptr_array_add(found, NULL);
  return g_strjoinv(" or ", (char **) found->pdata);
}

static void add_missing(Flow *flow, const AverDraft *draft, const char *layer)
{
  const AverConfigStage *config = draft->config;
  for (guint i = 0; i < flow->line_up->len; i++) {
    const AverDraft *other = g_ptr_array_index(flow->line_up, i);
    if (other != draft && other->stage != NULL && provides(other->stage->layers.provides, layer)) {
      aver_mistakes_add(flow->mistakes, &config->position, config->label,
                        "needs the layer '%s' before it is there; expected %s, which provides it, "
                        "to come earlier",
                        layer, other->config->label);
      aver_mistakes_suggest(flow->mistakes, "move %s before %s", other->config->label,
                            config->label);
      return;
    }
  }
  g_autofree char *providers = list_providers(flow->registry, layer);
  aver_mistakes_add(flow->mistakes, &config->position, config->label,
                    "needs the layer '%s', which no earlier stage provides; expected %s before it",
                    layer, providers != NULL ? providers : "a stage that provides it");
  if (providers != NULL)
    aver_mistakes_suggest(flow->mistakes, "add %s before it", providers);
}

/* Columns the reader of a layer knows stand where the provider has them (see AverLayerType). */
static void check_columns(Flow *flow, const AverDraft *draft, const AverLayerType *known,
                          const Provider *provider)
{
  const AverLayerType *type = provider->type;
  for (guint32 i = 0; i < known->n_columns; i++) {
    const AverColumnType *want = &known->columns[i];
    const AverColumnType *have = i < type->n_columns ? &type->columns[i] : NULL;
    if (have != NULL && have->kind == want->kind && strcmp(have->name, want->name) == 0)
      continue;
    g_autofree char *instead =
        have == NULL ? g_strdup("nothing")
                     : g_strdup_printf("'%s' (%s)", have->name, column_kinds[have->kind]);
    aver_mistakes_add(flow->mistakes, &draft->config->position, draft->config->label,
                      "knows column %u of the layer '%s' as '%s' (%s), but %s provides %s; "
                      "expected plugins that agree on the layer",
                      i + 1, known->name, want->name, column_kinds[want->kind],
                      provider->draft->config->label, instead);
    aver_mistakes_suggest(flow->mistakes, "remove %s", provider->draft->config->label);
    return;
  }
}

static void check_wanted(Flow *flow, const AverDraft *draft, const AverLayerType *const *layers,
                         gboolean needed)
{
  for (guint i = 0; layers != NULL && layers[i] != NULL; i++) {
    const Provider *provider = g_hash_table_lookup(flow->provided, layers[i]->name);
    if (provider != NULL)
      check_columns(flow, draft, layers[i], provider);
    else if (needed && !flow->unknown)
      add_missing(flow, draft, layers[i]->name);
  }
}

static void add_provided(Flow *flow, const AverDraft *draft)
{
  const AverLayerType *const *layers = draft->stage->layers.provides;
  for (guint i = 0; layers != NULL && layers[i] != NULL; i++) {
    const Provider *earlier = g_hash_table_lookup(flow->provided, layers[i]->name);
    if (earlier != NULL) {
      aver_mistakes_add(flow->mistakes, &draft->config->position, draft->config->label,
                        "provides the layer '%s', as %s does; expected one of them",
                        layers[i]->name, earlier->draft->config->label);
      aver_mistakes_suggest(flow->mistakes, "remove this stage");
      continue;
    }
    Provider *provider = g_new(Provider, 1);
    *provider = (Provider){draft, layers[i]};
    g_hash_table_insert(flow->provided, (gpointer) layers[i]->name, provider);
  }
}

static const AverLayerType *find_layer(const char *layer, gpointer data)
{
  const Provider *provider = g_hash_table_lookup(((Flow *) data)->provided, layer);
  return provider == NULL ? NULL : provider->type;
}

static char *hint_at_layer(const char *layer, gpointer data)
{
  const Flow *flow = data;
  g_autofree char *providers = list_providers(flow->registry, layer);
  if (providers != NULL)
    return g_strdup_printf("; expected %s before it", providers);
  g_autofree char **names = (char **) g_hash_table_get_keys_as_array(flow->provided, NULL);
  return aver_mistakes_hint(layer, (const char *const *) names, "there are no layers here");
}

static void check_stage(Flow *flow, const AverDraft *draft)
{
  const AverLayersThere there = {find_layer, hint_at_layer, flow, flow->unknown};
  aver_check_conditions(flow->mistakes, draft, &there);
  check_wanted(flow, draft, draft->stage->layers.needs, TRUE);
  check_wanted(flow, draft, draft->stage->layers.uses, FALSE);
}

void aver_check_declared(AverMistakes *mistakes, const AverDraft *draft)
{
  g_autoptr(GError) error = NULL;
  AverStage *stage = draft->stage;
  if (stage == NULL || stage->plugin->declare == NULL)
    return;
  if (!stage->plugin->declare(stage, &stage->layers, &error))
    aver_mistakes_add(mistakes, &draft->config->position, draft->config->label, "%s",
                      error == NULL ? "cannot say which layers it provides" : error->message);
}

void aver_check_layers(AverMistakes *mistakes, AverRegistry *registry, GPtrArray *line_up,
                       const AverDraft *alternative)
{
  g_autoptr(GHashTable) provided = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
  Flow flow = {mistakes, registry, line_up, provided, FALSE};
  for (guint i = 0; i < line_up->len; i++) {
    const AverDraft *draft = g_ptr_array_index(line_up, i);
    if (draft->stage == NULL) {
      flow.unknown = TRUE;
      continue;
    }
    check_stage(&flow, draft);
    add_provided(&flow, draft);
  }
  if (alternative != NULL && alternative->stage != NULL)
    check_stage(&flow, alternative);
}
