/* SPDX-License-Identifier: Apache-2.0 */
/* The contract of annotators: valid layers for any text, the same whoever makes them. */
#include "contract.h"
#include "dump.h"

#include "../stage.h"

#include <string.h>

/* The annotators that a plugin's layers come from, and itself, in order. */
static void add_providers(const AverContract *contract, const AverPlugin *plugin, GPtrArray *chain)
{
  const AverLayerType *const *lists[] = {plugin->needs, plugin->uses};
  g_auto(GStrv) names =
      contract->registry == NULL ? g_new0(char *, 1) : aver_registry_list(contract->registry);
  for (guint k = 0; k < 2; k++)
    for (guint i = 0; lists[k] != NULL && lists[k][i] != NULL; i++)
      for (guint n = 0; names[n] != NULL; n++) {
        const AverPlugin *other = aver_registry_find(contract->registry, names[n], NULL);
        for (guint p = 0; other->provides != NULL && other->provides[p] != NULL; p++)
          if (strcmp(other->provides[p]->name, lists[k][i]->name) == 0)
            add_providers(contract, other, chain);
      }
  if (plugin->kind == AVER_PLUGIN_ANNOTATOR && !g_ptr_array_find(chain, plugin, NULL))
    g_ptr_array_add(chain, (gpointer) plugin);
}

typedef struct {
  AverContractInstance *chain;
  guint n;
  guint worker;
  GPtrArray *texts;
  GPtrArray *dumps; /* char*, one a text */
} Work;

/* The layers of a text, checked; "" when the document is dropped. */
static char *annotate(const Work *work, AverDocument *document, GBytes *text)
{
  g_autoptr(GError) error = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data(text, &length);
  aver_document_reset(document);
  aver_document_set_id(document, "doc", -1);
  g_assert_true(aver_document_set_text(document, bytes, length, &error));
  for (guint i = 0; i < work->n; i++) {
    const AverContractInstance *at = &work->chain[i];
    AverVerdict verdict =
        at->plugin->process(at->self, at->workers[work->worker], document, &error);
    g_assert_no_error(error);
    g_assert_cmpint(verdict, !=, AVER_FAIL);
    if (verdict == AVER_DROP)
      return g_strdup("");
  }
  const AverLayerType *const *provided = work->chain[work->n - 1].stage->layers.provides;
  for (guint p = 0; provided != NULL && provided[p] != NULL; p++)
    g_assert_nonnull(aver_document_get_layer(document, provided[p]->name));
  return aver_contract_dump_layers(document);
}

/* What one worker makes of all texts: the first one in a new document each, the other in a used
 * one. */
static gpointer annotate_all(gpointer data)
{
  const Work *work = data;
  g_autoptr(AverDocument) document = aver_document_new();
  for (guint i = 0; i < work->texts->len; i++) {
    if (work->worker == 0) {
      aver_document_unref(document);
      document = aver_document_new();
    }
    g_ptr_array_add(work->dumps, annotate(work, document, g_ptr_array_index(work->texts, i)));
  }
  return NULL;
}

/* Both workers go over the texts, at once unless the annotator is serial. */
static void annotate_twice(Work works[2], gboolean serial)
{
  GThread *other = serial ? NULL : g_thread_new("worker", annotate_all, &works[1]);
  annotate_all(&works[0]);
  if (other != NULL)
    g_thread_join(other);
  else
    annotate_all(&works[1]);
}

/* Valid layers for any text, the same in any worker, with a new document or a used one. */
void aver_contract_test_annotator(gconstpointer data)
{
  const AverContract *contract = data;
  g_autoptr(GPtrArray) plugins = g_ptr_array_new();
  gboolean serial = FALSE;
  add_providers(contract, contract->plugin, plugins);
  g_autofree AverContractInstance *chain = g_new0(AverContractInstance, plugins->len);
  for (guint i = 0; i < plugins->len; i++) {
    const AverPlugin *plugin = g_ptr_array_index(plugins, i);
    serial |= (plugin->flags & AVER_PLUGIN_SERIAL) != 0;
    aver_contract_open(&chain[i], contract, plugin, NULL, NULL);
  }
  g_autoptr(GPtrArray) texts = aver_contract_make_texts(contract->texts);
  Work works[2];
  for (guint i = 0; i < 2; i++)
    works[i] = (Work){chain, plugins->len, i, texts, g_ptr_array_new_with_free_func(g_free)};
  annotate_twice(works, serial);
  for (guint i = 0; i < texts->len; i++)
    g_assert_cmpstr(g_ptr_array_index(works[0].dumps, i), ==, g_ptr_array_index(works[1].dumps, i));
  for (guint i = 0; i < 2; i++)
    g_ptr_array_unref(works[i].dumps);
  for (guint i = 0; i < plugins->len; i++)
    aver_contract_close(&chain[i]);
}
