/* SPDX-License-Identifier: Apache-2.0 */
/* Aver inside another program: pipelines, texts and rows, each in one call. */
#include "crew.h"

#include <aver/embed.h>
#include <aver/record.h>
#include <dlfcn.h>
#include <string.h>

char *aver_registry_get_standard_folder(void)
{
  Dl_info self;
  if (dladdr((void *) (gsize) aver_registry_get_standard_folder, &self) != 0 &&
      self.dli_fname != NULL) {
    g_autofree char *path = g_canonicalize_filename(self.dli_fname, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *above = g_path_get_dirname(folder);
    const char *const builds[] = {above, folder}; /* of libaver, of a command with it inside */
    for (guint i = 0; i < G_N_ELEMENTS(builds); i++) {
      g_autofree char *marker = g_build_filename(builds[i], "plugins", "uninstalled", NULL);
      if (g_file_test(marker, G_FILE_TEST_EXISTS))
        return g_build_filename(builds[i], "plugins", NULL);
    }
  }
  return g_strdup(AVER_PLUGIN_DIR);
}

/* Adds the plugins that the program was linked with; their files lie in @standard, or beside it. */
static gboolean add_linked(AverRegistry *registry, const char *standard)
{
  g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
  g_autofree char *beside = self == NULL ? g_strdup(".") : g_path_get_dirname(self);
  gboolean installed = g_file_test(standard, G_FILE_TEST_IS_DIR);
  return aver_registry_add_preloaded(registry, installed ? standard : beside);
}

AverRegistry *aver_registry_new_standard(const char *const *folders, GError **error)
{
  g_autoptr(AverRegistry) registry = aver_registry_new();
  g_autofree char *standard = aver_registry_get_standard_folder();
  for (guint i = 0; folders != NULL && folders[i] != NULL; i++)
    if (!aver_registry_add_folder(registry, folders[i], error))
      return NULL;
  gboolean complete = add_linked(registry, standard);
  /* Someone who names folders, or has plugins inside, may do without the standard one. */
  gboolean wanted = (!complete && (folders == NULL || folders[0] == NULL)) ||
                    g_file_test(standard, G_FILE_TEST_EXISTS);
  if (wanted && !aver_registry_add_folder(registry, standard, error))
    return NULL;
  return g_steal_pointer(&registry);
}

AverPipeline *aver_pipeline_new(AverRegistry *registry, const char *path, const char *const *inputs,
                                const char *const *set, GError **error)
{
  g_return_val_if_fail(path != NULL, NULL);
  const AverSettings settings = {.inputs = inputs, .set = set};
  g_autoptr(AverRegistry) plugins =
      registry != NULL ? aver_registry_ref(registry) : aver_registry_new_standard(NULL, error);
  if (plugins == NULL)
    return NULL;
  /* Plugins are opened by one thread at a time, whichever it is. */
  static GMutex lock;
  g_mutex_lock(&lock);
  AverPipeline *pipeline = aver_pipeline_new_from_file(plugins, path, &settings, error);
  if (pipeline != NULL && !aver_pipeline_open(pipeline, error))
    g_clear_pointer(&pipeline, aver_pipeline_unref);
  g_mutex_unlock(&lock);
  return pipeline;
}

static gboolean copy_text(AverDocument *document, const char *text, gsize length, GError **error)
{
  char *copy = aver_document_alloc(document, MAX(length, 1));
  if (length > 0)
    memcpy(copy, text, length);
  return aver_document_set_valid_text(document, copy, length, error);
}

AverDocument *aver_document_new_from_text(const char *id, const char *text, gssize length,
                                          GError **error)
{
  g_return_val_if_fail(text != NULL || length == 0, NULL);
  g_autoptr(AverDocument) document = aver_document_new();
  gsize bytes = length < 0 ? strlen(text) : (gsize) length;
  if (id != NULL)
    aver_document_set_id(document, id, -1);
  /* Checked before it is copied, so that what is too long costs no memory. */
  if (!aver_document_set_text(document, text, bytes, error) ||
      !copy_text(document, text, bytes, error))
    return NULL;
  return g_steal_pointer(&document);
}

AverDocument *aver_pipeline_process_text(AverPipeline *pipeline, const char *id, const char *text,
                                         gssize length, GError **error)
{
  g_return_val_if_fail(pipeline != NULL, NULL);
  g_autoptr(AverDocument) document = aver_document_new_from_text(id, text, length, error);
  if (document == NULL || aver_pipeline_process(pipeline, document, error) != AVER_KEEP)
    return NULL;
  return g_steal_pointer(&document);
}

/* Until a document is kept; FALSE at the end or with an error. */
static gboolean read_kept(AverPipeline *pipeline, AverDocument *document, GError **error)
{
  AverVerdict verdict = AVER_DROP;
  while (verdict == AVER_DROP) {
    AverCut cut = aver_pipeline_read(pipeline, document, error);
    pipeline->at_end = cut == AVER_CUT_END || cut == AVER_CUT_FATAL;
    if (cut != AVER_CUT_RECORD)
      return FALSE;
    verdict = aver_pipeline_process(pipeline, document, error);
  }
  if (verdict == AVER_FAIL)
    g_prefix_error(error, "document '%s': ", aver_document_get_id(document));
  return verdict == AVER_KEEP;
}

AverDocument *aver_pipeline_next(AverPipeline *pipeline, GError **error)
{
  g_return_val_if_fail(pipeline != NULL, NULL);
  g_autoptr(AverDocument) document = aver_document_new();
  if (pipeline->at_end || !read_kept(pipeline, document, error))
    return NULL;
  guint32 length;
  const char *text = aver_document_get_text(document, &length);
  return copy_text(document, text, length, error) ? g_steal_pointer(&document) : NULL;
}

char *aver_document_to_json(const AverDocument *document, gboolean text)
{
  g_return_val_if_fail(document != NULL, NULL);
  const AverRecordFormat format = {.text = text};
  AverBuffer out = {0};
  aver_document_append_record(&out, document, &format);
  aver_buffer_append_char(&out, '\0');
  return out.data;
}

char **aver_document_list_layer_names(const AverDocument *document)
{
  g_return_val_if_fail(document != NULL, NULL);
  guint32 n;
  AverLayer *const *layers = aver_document_list_layers(document, &n);
  char **names = g_new0(char *, n + 1);
  for (guint32 i = 0; i < n; i++)
    names[i] = g_strdup(aver_layer_get_name(layers[i]));
  return names;
}

const char *aver_layer_get_name(const AverLayer *layer)
{
  return aver_layer_get_type_info(layer)->name;
}

char **aver_layer_list_columns(const AverLayer *layer)
{
  g_return_val_if_fail(layer != NULL, NULL);
  const AverLayerType *type = aver_layer_get_type_info(layer);
  char **names = g_new0(char *, type->n_columns + 1);
  for (guint32 i = 0; i < type->n_columns; i++)
    names[i] = g_strdup(type->columns[i].name);
  return names;
}
