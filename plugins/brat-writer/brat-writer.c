/* SPDX-License-Identifier: Apache-2.0 */
/* brat-writer: writes a folder that brat opens, with a text and its annotations a document. */
#include "brat-writer.h"

typedef struct {
  BratStyle style;
  char **layers;
  const AverLayerType *const *known; /* what earlier stages provide */
  AverFolder *folder;
} BratWriter;

static void brat_close(gpointer self)
{
  BratWriter *writer = self;
  aver_folder_free(writer->folder);
  g_strfreev(writer->layers);
  g_free(writer);
}

static gpointer brat_open(AverStage *stage, GError **error)
{
  BratWriter *writer = g_new0(BratWriter, 1);
  g_autoptr(GError) failure = NULL;
  writer->layers = aver_stage_get_names(stage, "layers", &failure);
  writer->style.layers = (const char *const *) writer->layers;
  writer->known = aver_stage_get_layers(stage);
  if (failure != NULL)
    g_propagate_error(error, g_steal_pointer(&failure));
  else
    writer->folder = aver_folder_open(stage, error);
  if (writer->folder == NULL) {
    brat_close(writer);
    return NULL;
  }
  return writer;
}

static void free_entities(gpointer entities)
{
  g_array_unref(entities);
}

static gpointer brat_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  BratWorker *worker = g_new0(BratWorker, 1);
  worker->fragments = g_array_new(FALSE, FALSE, sizeof(AverSpan));
  worker->entities = g_ptr_array_new_with_free_func(free_entities);
  return worker;
}

static void brat_stop(gpointer self, gpointer data)
{
  BratWorker *worker = data;
  (void) self;
  aver_characters_clear(&worker->characters);
  aver_buffer_clear(&worker->text);
  aver_buffer_clear(&worker->annotations);
  g_array_unref(worker->fragments);
  g_ptr_array_unref(worker->entities);
  g_free(worker);
}

/* Carriage returns would be taken for line ends, or dropped, by what reads the file, and move all
 * that follows; in their place stands another character. */
static void copy_text(AverBuffer *to, const char *text, guint32 length)
{
  to->length = 0;
  aver_buffer_append(to, text, length);
  for (guint32 i = 0; i < length; i++)
    if (to->data[i] == '\r')
      to->data[i] = i + 1 < length && to->data[i + 1] == '\n' ? ' ' : '\n';
}

static gboolean is_known(const BratWriter *writer, const AverLayerType *type)
{
  for (guint i = 0; writer->known[i] != NULL; i++)
    if (writer->known[i] == type)
      return TRUE;
  return FALSE;
}

/* What the configuration needs to know of a layer that nobody has announced. */
static void append_note(AverBuffer *out, const AverLayerType *type)
{
  g_auto(AverBuffer) name = {0}, lines = {0};
  append_type(&name, type->name, NULL);
  aver_buffer_printf(&name, "-%u", type->n_columns);
  aver_buffer_append_char(&name, '\0');
  append_section_lines(&lines, type);
  aver_folder_append_note(out, name.data, lines.data, lines.length);
}

static gboolean brat_encode(gpointer self, gpointer data, AverDocument *document, AverBuffer *out,
                            GError **error)
{
  const BratWriter *writer = self;
  BratWorker *worker = data;
  guint32 length, n_layers;
  (void) error;
  const char *text = aver_document_get_text(document, &length);
  copy_text(&worker->text, text, length);
  aver_characters_set_document(&worker->characters, document);
  worker->document = document;
  worker->from = text;
  worker->annotations.length = 0;
  worker->n_entities = worker->n_relations = worker->n_attributes = worker->n_notes = 0;
  annotate(worker, &writer->style);
  aver_folder_append_document(out, aver_document_get_id(document));
  aver_folder_append_file(out, ".txt", worker->text.data, worker->text.length);
  aver_folder_append_file(out, ".ann", worker->annotations.data, worker->annotations.length);
  AverLayer *const *layers = aver_document_list_layers(document, &n_layers);
  for (guint32 i = 0; i < n_layers; i++) {
    const AverLayerType *type = aver_layer_get_type_info(layers[i]);
    if (is_wanted(&writer->style, type->name) && !is_known(writer, type))
      append_note(out, type);
  }
  return TRUE;
}

static gboolean brat_emit(gpointer self, const char *data, gsize length, GError **error)
{
  return aver_folder_emit(((BratWriter *) self)->folder, data, length, error);
}

static gboolean brat_commit(gpointer self, GString *position, GError **error)
{
  return aver_folder_commit(((BratWriter *) self)->folder, position, error);
}

static gboolean brat_finish(gpointer self, GError **error)
{
  const BratWriter *writer = self;
  g_autoptr(GPtrArray) notes = aver_folder_list_notes(writer->folder);
  g_auto(AverBuffer) lines = {0};
  for (guint i = 0; writer->known[i] != NULL; i++)
    if (is_wanted(&writer->style, writer->known[i]->name))
      append_section_lines(&lines, writer->known[i]);
  aver_buffer_append_char(&lines, '\0');
  g_ptr_array_insert(notes, 0, lines.data);
  g_autofree char *annotation = make_annotation_conf(notes);
  g_autofree char *visual = make_visual_conf(notes);
  return aver_folder_write(writer->folder, "annotation.conf", annotation, strlen(annotation),
                           error) &&
         aver_folder_write(writer->folder, "visual.conf", visual, strlen(visual), error) &&
         aver_folder_close(writer->folder, error);
}

static const AverOption options[] = {
    {.name = "layers",
     .kind = AVER_OPTION_STRING,
     .help = "the names of the layers to write, separated by commas; all by default"},
};

AVER_PLUGIN(brat_writer) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_WRITER,
    .flags = AVER_PLUGIN_RESUMES,
    .name = "brat-writer",
    .version = "1.0",
    .summary = "writes a folder that brat opens: texts, annotations and their configuration",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = brat_open,
    .close = brat_close,
    .start = brat_start,
    .stop = brat_stop,
    .encode = brat_encode,
    .emit = brat_emit,
    .commit = brat_commit,
    .finish = brat_finish,
};
