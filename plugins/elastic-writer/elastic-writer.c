/* SPDX-License-Identifier: Apache-2.0 */
/* elastic-writer: writes the lines that Elasticsearch and OpenSearch take in bulk. */
#include <aver/aver.h>

#define LONGEST_ID 512 /* bytes; what Elasticsearch allows */

typedef struct {
  AverOutput *output;
  const char *index;
  const char *action;
  gboolean text;
  char **layers; /* (nullable) the names of those to write; NULL: all */
} ElasticWriter;

static void elastic_close(gpointer self)
{
  ElasticWriter *writer = self;
  aver_output_free(writer->output);
  g_strfreev(writer->layers);
  g_free(writer);
}

/* The rules for names of indices that both programs have. */
static gboolean check_index(const char *name, GError **error)
{
  gboolean good =
      name == NULL || (strlen(name) <= 255 && *name != '\0' && strchr("-_+.", *name) == NULL);
  for (const char *c = name; good && c != NULL && *c != '\0'; c++)
    good = (guchar) *c > ' ' && !g_ascii_isupper(*c) && strchr("\\/*?\"<>|,#:", *c) == NULL;
  if (good)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "option 'index' is '%s'; expected at most 255 bytes, no capitals, no white space, "
              "none of \\ / * ? \" < > | , # : and none of - _ + . at the start",
              name);
  return FALSE;
}

static gpointer elastic_open(AverStage *stage, GError **error)
{
  ElasticWriter *writer = g_new0(ElasticWriter, 1);
  g_autoptr(GError) failure = NULL;
  writer->index = aver_stage_get_string(stage, "index");
  writer->action = aver_stage_get_string(stage, "action");
  writer->text = aver_stage_get_boolean(stage, "text");
  writer->layers = aver_stage_get_names(stage, "layers", &failure);
  if (failure != NULL)
    g_propagate_error(error, g_steal_pointer(&failure));
  else if (check_index(writer->index, error))
    writer->output = aver_stage_open_output(stage, error);
  if (writer->output == NULL) {
    elastic_close(writer);
    return NULL;
  }
  return writer;
}

static void append_string(AverBuffer *out, const char *string)
{
  aver_json_append_string(out, string, strlen(string));
}

/* An id that is too long, or none, is replaced by a hash, of the text if need be. */
static void append_id(AverBuffer *out, const AverDocument *document)
{
  const char *id = aver_document_get_id(document);
  gsize length = strlen(id);
  if (length > 0 && length <= LONGEST_ID) {
    aver_json_append_string(out, id, length);
    return;
  }
  guint32 text_length;
  const char *text = aver_document_get_text(document, &text_length);
  g_autofree char *hash = g_compute_checksum_for_data(G_CHECKSUM_SHA256,
                                                      (const guchar *) (length > 0        ? id
                                                                        : text_length > 0 ? text
                                                                                          : ""),
                                                      length > 0 ? length : text_length);
  aver_buffer_append_string(out, "\"sha256-");
  aver_buffer_append_string(out, hash);
  aver_buffer_append_char(out, '"');
}

static void append_action(AverBuffer *out, const ElasticWriter *writer,
                          const AverDocument *document)
{
  aver_buffer_append_string(out, "{\"");
  aver_buffer_append_string(out, writer->action);
  aver_buffer_append_string(out, "\":{");
  if (writer->index != NULL) {
    aver_buffer_append_string(out, "\"_index\":");
    append_string(out, writer->index);
    aver_buffer_append_char(out, ',');
  }
  aver_buffer_append_string(out, "\"_id\":");
  append_id(out, document);
  aver_buffer_append_string(out, "}}\n");
}

static void append_span(AverBuffer *out, const char *text, AverSpan span)
{
  aver_buffer_append_string(out, "{\"start\":");
  aver_json_append_integer(out, span.start);
  aver_buffer_append_string(out, ",\"end\":");
  aver_json_append_integer(out, span.end);
  aver_buffer_append_string(out, ",\"text\":");
  aver_json_append_string(out, text + span.start, span.end - span.start);
  aver_buffer_append_char(out, '}');
}

/* What is absent is left out, as is an empty list: the index has no such thing. */
static void append_column(AverBuffer *out, const char *text, const AverLayer *layer, guint32 row,
                          guint32 index)
{
  const AverColumnType *column = &aver_layer_get_type_info(layer)->columns[index];
  gsize before = out->length;
  guint32 n = 0;
  aver_buffer_append_char(out, ',');
  append_string(out, column->name);
  aver_buffer_append_char(out, ':');
  gsize start = out->length;
  if (column->kind != AVER_COLUMN_SPAN && column->kind != AVER_COLUMN_SPANS) {
    aver_layer_append_cell(out, layer, row, index);
    gsize length = out->length - start;
    if ((length == 4 && memcmp(out->data + start, "null", 4) == 0) ||
        (length == 2 && memcmp(out->data + start, "[]", 2) == 0))
      out->length = before;
    return;
  }
  const AverSpan *spans = aver_layer_get_spans_cell(layer, row, index, &n);
  for (guint32 i = 0; i < n; i++) {
    aver_buffer_append_char(out, i == 0 ? '[' : ',');
    append_span(out, text, spans[i]);
  }
  if (n == 0)
    out->length = before;
  else
    aver_buffer_append_char(out, ']');
}

static void append_layer(AverBuffer *out, const char *text, const AverLayer *layer)
{
  const AverLayerType *type = aver_layer_get_type_info(layer);
  const AverSpan *spans = aver_layer_get_spans(layer);
  append_string(out, type->name);
  aver_buffer_append_string(out, ":[");
  for (guint32 row = 0; row < aver_layer_get_n_rows(layer); row++) {
    if (row > 0)
      aver_buffer_append_char(out, ',');
    append_span(out, text, spans[row]);
    out->length--; /* goes on */
    aver_buffer_append_string(out, ",\"row\":");
    aver_json_append_integer(out, row);
    for (guint32 i = 0; i < type->n_columns; i++)
      append_column(out, text, layer, row, i);
    aver_buffer_append_char(out, '}');
  }
  aver_buffer_append_char(out, ']');
}

static gboolean elastic_encode(gpointer self, gpointer worker, AverDocument *document,
                               AverBuffer *out, GError **error)
{
  const ElasticWriter *writer = self;
  guint32 length, n_layers;
  const char *separator = "";
  (void) worker;
  (void) error;
  const char *text = aver_document_get_text(document, &length);
  append_action(out, writer, document);
  aver_buffer_append_string(out, "{\"id\":");
  append_string(out, aver_document_get_id(document));
  aver_buffer_append_string(out, ",\"metadata\":");
  aver_document_append_metadata(out, document);
  if (writer->text) {
    aver_buffer_append_string(out, ",\"text\":");
    aver_json_append_string(out, text, length);
  }
  aver_buffer_append_string(out, ",\"layers\":{");
  AverLayer *const *layers = aver_document_list_layers(document, &n_layers);
  for (guint32 i = 0; i < n_layers; i++) {
    const char *name = aver_layer_get_type_info(layers[i])->name;
    if (writer->layers != NULL && !g_strv_contains((const char *const *) writer->layers, name))
      continue;
    aver_buffer_append_string(out, separator);
    append_layer(out, text, layers[i]);
    separator = ",";
  }
  aver_buffer_append_string(out, "}}\n");
  return TRUE;
}

static gboolean elastic_emit(gpointer self, const char *data, gsize length, GError **error)
{
  return aver_output_write(((ElasticWriter *) self)->output, data, length, error);
}

static gboolean elastic_commit(gpointer self, GString *position, GError **error)
{
  return aver_output_commit(((ElasticWriter *) self)->output, position, error);
}

static gboolean elastic_finish(gpointer self, GError **error)
{
  return aver_output_close(((ElasticWriter *) self)->output, error);
}

static const char *const actions[] = {"index", "create", NULL};

static const AverOption options[] = {
    {.name = "index",
     .kind = AVER_OPTION_STRING,
     .help = "the index that every line names; without it, the address it is sent to says"},
    {.name = "action",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "index",
     .choices = actions,
     .help = "index replaces a document of the same id, create leaves it as it is"},
    {.name = "text",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "true",
     .help = "whether to write the document's text too"},
    {.name = "layers",
     .kind = AVER_OPTION_STRING,
     .help = "the names of the layers to write, separated by commas; all by default"},
    AVER_COMPRESS_OPTION,
};

AVER_PLUGIN(elastic_writer) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_WRITER,
    .flags = AVER_PLUGIN_RESUMES | AVER_PLUGIN_LIVE,
    .name = "elastic-writer",
    .version = "1.0",
    .summary = "writes bulk lines for Elasticsearch and OpenSearch, with any layers nested",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = elastic_open,
    .close = elastic_close,
    .encode = elastic_encode,
    .emit = elastic_emit,
    .commit = elastic_commit,
    .finish = elastic_finish,
};
