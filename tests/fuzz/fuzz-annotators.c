/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes all annotators: any text, twice, gives the same valid layers. */
#include "../../core/contract/dump.h"

#include <aver/aver.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static AverRegistry *registry_new(void)
{
  g_autoptr(GError) error = NULL;
  AverRegistry *registry = aver_registry_new(); /* has to live as long as the pipelines */
  if (!aver_registry_add_folder(registry, g_getenv("AVER_PLUGINS"), &error))
    g_error("AVER_PLUGINS: %s", error->message);
  return registry;
}

static AverPipeline *pipeline_new(AverRegistry *registry, const char *file)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename(g_getenv("AVER_SOURCE"), "pipelines", file, NULL);
  AverPipeline *pipeline = aver_pipeline_new_from_file(registry, path, NULL, &error);
  if (pipeline == NULL)
    g_error("%s", error->message);
  return pipeline;
}

static char *annotate(AverPipeline *pipeline, AverDocument *document, const guint8 *data,
                      gsize size)
{
  g_autoptr(GError) error = NULL;
  aver_document_reset(document);
  if (!aver_document_set_text(document, (const char *) data, size, NULL))
    return NULL;
  if (aver_pipeline_process(pipeline, document, &error) != AVER_KEEP)
    g_error("%s", error->message);
  return aver_contract_dump_layers(document);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  static const char *const files[] = {"news.json", "syntax.json"};
  static AverPipeline *pipelines[G_N_ELEMENTS(files)];
  static AverDocument *used;
  if (used == NULL) {
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
    AverRegistry *registry = registry_new();
    for (guint i = 0; i < G_N_ELEMENTS(files); i++)
      pipelines[i] = pipeline_new(registry, files[i]);
    used = aver_document_new();
  }
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autoptr(AverDocument) fresh = aver_document_new();
    g_autofree char *first = annotate(pipelines[i], used, data, size);
    g_autofree char *second = annotate(pipelines[i], fresh, data, size);
    g_assert_cmpstr(first, ==, second);
  }
  return 0;
}
