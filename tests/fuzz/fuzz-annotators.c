/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the splitter, the attributor and the classifier: any text, twice, gives the same valid
 * layers. */
#include "../contract/dump.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static AverPipeline *pipeline_new(void)
{
  g_autoptr(GError) error = NULL;
  AverRegistry *registry = aver_registry_new(); /* has to live as long as the pipeline */
  if (!aver_registry_add_folder(registry, g_getenv("AVER_PLUGINS"), &error))
    g_error("AVER_PLUGINS: %s", error->message);
  g_autofree char *path = g_build_filename(g_getenv("AVER_SOURCE"), "pipelines", "news.json", NULL);
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
  return dump_layers(document);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  static AverPipeline *pipeline;
  static AverDocument *used;
  if (pipeline == NULL) {
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
    pipeline = pipeline_new();
    used = aver_document_new();
  }
  g_autoptr(AverDocument) fresh = aver_document_new();
  g_autofree char *first = annotate(pipeline, used, data, size);
  g_autofree char *second = annotate(pipeline, fresh, data, size);
  g_assert_cmpstr(first, ==, second);
  return 0;
}
