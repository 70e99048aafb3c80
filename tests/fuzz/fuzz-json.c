/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the reader and the writer of JSON Lines: what is read can be written, and read again as
 * the same. */
#include <aver/aver.h>
#include <aver/testing.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

typedef struct {
  const AverPlugin *plugin;
  gpointer self;
  gpointer worker;
} Instance;

static Instance open_plugin(AverRegistry *registry, const char *name, const char *const *set)
{
  g_autoptr(GError) error = NULL;
  Instance instance = {.plugin = aver_registry_find(registry, name, &error)};
  if (instance.plugin == NULL)
    g_error("%s", error->message);
  AverStage *stage = aver_testing_stage_new(instance.plugin, set, NULL, "/dev/null", &error);
  g_assert_no_error(error);
  if (instance.plugin->open != NULL)
    instance.self = instance.plugin->open(stage, &error);
  if (instance.plugin->start != NULL)
    instance.worker = instance.plugin->start(instance.self, &error);
  g_assert_no_error(error);
  return instance;
}

/* Reads a line and writes it, with the text as it was read and as if it had never been JSON; FALSE
 * when it cannot be read. */
static gboolean copy(const Instance *reader, const Instance *writer, const char *line, gsize length,
                     AverBuffer *out)
{
  g_autoptr(AverDocument) document = aver_document_new();
  g_autoptr(GError) error = NULL;
  AverRecord record = {.data = line, .length = length, .origin = "in", .line = 1};
  if (!reader->plugin->decode(reader->self, reader->worker, &record, document, &error)) {
    g_assert_nonnull(error);
    return FALSE;
  }
  g_assert_no_error(error);
  g_assert_true(writer->plugin->encode(writer->self, writer->worker, document, out, &error));
  g_auto(AverBuffer) again = {0};
  guint32 n;
  const char *text = aver_document_get_text(document, &n);
  g_assert_true(aver_document_set_text(document, text, n, &error));
  g_assert_true(writer->plugin->encode(writer->self, writer->worker, document, &again, &error));
  g_assert_cmpmem(again.data, again.length, out->data, out->length);
  return TRUE;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  static Instance reader, writer;
  if (reader.plugin == NULL) {
    const char *const with_text[] = {"text=true", NULL};
    AverRegistry *registry = aver_registry_new();
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
    g_assert_true(aver_registry_add_folder(registry, g_getenv("AVER_PLUGINS"), NULL));
    reader = open_plugin(registry, "jsonl-reader", NULL);
    writer = open_plugin(registry, "jsonl-writer", with_text);
  }
  g_auto(AverBuffer) once = {0};
  g_auto(AverBuffer) twice = {0};
  if (!copy(&reader, &writer, (const char *) data, size, &once))
    return 0;
  g_assert_true(once.data[once.length - 1] == '\n');
  g_assert_true(copy(&reader, &writer, once.data, once.length - 1, &twice));
  g_assert_cmpmem(once.data, once.length, twice.data, twice.length);
  return 0;
}
