/* SPDX-License-Identifier: Apache-2.0 */
/* jsonl-writer: writes every document and its layers as one line of JSON. */
#include <aver/aver.h>

typedef struct {
  AverOutput *output;
  char **layers; /* the names of those to write; NULL: all */
  AverRecordFormat format;
} JsonlWriter;

static void jsonl_close(gpointer self)
{
  JsonlWriter *writer = self;
  aver_output_free(writer->output);
  g_strfreev(writer->layers);
  g_free(writer);
}

static gpointer jsonl_open(AverStage *stage, GError **error)
{
  JsonlWriter *writer = g_new0(JsonlWriter, 1);
  g_autoptr(GError) failure = NULL;
  writer->layers = aver_stage_get_names(stage, "layers", &failure);
  writer->format.text = aver_stage_get_boolean(stage, "text");
  writer->format.layers = (const char *const *) writer->layers;
  if (failure != NULL)
    g_propagate_error(error, g_steal_pointer(&failure));
  else
    writer->output = aver_stage_open_output(stage, error);
  if (writer->output == NULL) {
    jsonl_close(writer);
    return NULL;
  }
  return writer;
}

static gboolean jsonl_encode(gpointer self, gpointer worker, AverDocument *document,
                             AverBuffer *out, GError **error)
{
  (void) worker;
  (void) error;
  aver_document_append_record(out, document, &((const JsonlWriter *) self)->format);
  aver_buffer_append_char(out, '\n');
  return TRUE;
}

static gboolean jsonl_emit(gpointer self, const char *data, gsize length, GError **error)
{
  return aver_output_write(((JsonlWriter *) self)->output, data, length, error);
}

static gboolean jsonl_commit(gpointer self, GString *position, GError **error)
{
  return aver_output_commit(((JsonlWriter *) self)->output, position, error);
}

static gboolean jsonl_finish(gpointer self, GError **error)
{
  return aver_output_close(((JsonlWriter *) self)->output, error);
}

static const AverOption options[] = {
    {.name = "text",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "false",
     .help = "whether to write the document's text too"},
    {.name = "layers",
     .kind = AVER_OPTION_STRING,
     .help = "the names of the layers to write, separated by commas; all by default"},
    AVER_COMPRESS_OPTION,
};

AVER_PLUGIN(jsonl_writer) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_WRITER,
    .flags = AVER_PLUGIN_RESUMES | AVER_PLUGIN_LIVE,
    .name = "jsonl-writer",
    .version = "1.0",
    .summary = "writes JSON Lines, one object a document, with any layers",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = jsonl_open,
    .close = jsonl_close,
    .encode = jsonl_encode,
    .emit = jsonl_emit,
    .commit = jsonl_commit,
    .finish = jsonl_finish,
};
