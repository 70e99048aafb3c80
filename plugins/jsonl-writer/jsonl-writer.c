/* SPDX-License-Identifier: Apache-2.0 */
/* jsonl-writer: writes every document and its layers as one line of JSON. */
#include <aver/aver.h>

typedef struct {
  AverOutput *output;
  char **layers; /* the names of those to write; NULL: all */
  gboolean text;
} JsonlWriter;

static gboolean split_names(JsonlWriter *writer, const char *names, GError **error)
{
  if (names == NULL)
    return TRUE;
  writer->layers = g_strsplit(names, ",", -1);
  for (char **name = writer->layers; *name != NULL; name++) {
    if (*g_strstrip(*name) == '\0') {
      g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                  "option 'layers' is '%s'; expected names of layers separated by commas", names);
      return FALSE;
    }
  }
  return TRUE;
}

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
  writer->text = aver_stage_get_boolean(stage, "text");
  if (split_names(writer, aver_stage_get_string(stage, "layers"), error))
    writer->output = aver_output_new(aver_stage_get_output(stage), error);
  if (writer->output == NULL) {
    jsonl_close(writer);
    return NULL;
  }
  return writer;
}

static void append_span(AverBuffer *out, AverSpan span)
{
  aver_buffer_append_char(out, '[');
  aver_json_append_integer(out, span.start);
  aver_buffer_append_char(out, ',');
  aver_json_append_integer(out, span.end);
  aver_buffer_append_char(out, ']');
}

static void append_spans(AverBuffer *out, const AverLayer *layer, guint32 row, guint32 column)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(layer, row, column, &n);
  aver_buffer_append_char(out, '[');
  for (guint32 i = 0; i < n; i++) {
    if (i > 0)
      aver_buffer_append_char(out, ',');
    append_span(out, spans[i]);
  }
  aver_buffer_append_char(out, ']');
}

static const char *name_of(const AverColumnType *column, gint32 value)
{
  const char *const *names = column->names;
  for (gint32 i = 0; names != NULL && names[i] != NULL && value >= 0; i++)
    if (i == value)
      return names[i];
  return NULL;
}

static void append_flags(AverBuffer *out, const AverColumnType *column, guint32 flags)
{
  const char *separator = "[";
  for (gint32 bit = 0; bit < 32; bit++) {
    const char *name = (flags >> bit & 1) != 0 ? name_of(column, bit) : NULL;
    if (name == NULL)
      continue;
    aver_buffer_append_string(out, separator);
    aver_json_append_string(out, name, strlen(name));
    separator = ",";
  }
  aver_buffer_append_string(out, *separator == '[' ? "[]" : "]");
}

static void append_string(AverBuffer *out, const char *string)
{
  if (string == NULL)
    aver_buffer_append(out, "null", 4);
  else
    aver_json_append_string(out, string, strlen(string));
}

static void append_whole(AverBuffer *out, gint32 value, gint32 absent)
{
  if (value == absent)
    aver_buffer_append(out, "null", 4);
  else
    aver_json_append_integer(out, value);
}

static void append_cell(AverBuffer *out, const AverLayer *layer, guint32 row, guint32 index,
                        const AverColumnType *column)
{
  guint32 n;
  const AverSpan *span;
  switch (column->kind) {
  case AVER_COLUMN_I32:
    append_whole(out, aver_layer_get_i32(layer, row, index), G_MININT32);
    break;
  case AVER_COLUMN_REF:
    append_whole(out, aver_layer_get_i32(layer, row, index), AVER_NONE);
    break;
  case AVER_COLUMN_ENUM:
    append_string(out, name_of(column, aver_layer_get_i32(layer, row, index)));
    break;
  case AVER_COLUMN_FLAGS:
    append_flags(out, column, aver_layer_get_flags(layer, row, index));
    break;
  case AVER_COLUMN_F32:
    aver_json_append_float(out, aver_layer_get_f32(layer, row, index));
    break;
  case AVER_COLUMN_STRING:
    append_string(out, aver_layer_get_string(layer, row, index));
    break;
  case AVER_COLUMN_SPANS:
    append_spans(out, layer, row, index);
    break;
  case AVER_COLUMN_SPAN:
    span = aver_layer_get_spans_cell(layer, row, index, &n);
    if (n > 0)
      append_span(out, span[0]);
    else
      aver_buffer_append(out, "null", 4);
    break;
  }
}

static void append_row(AverBuffer *out, const AverLayer *layer, guint32 row, AverSpan span)
{
  const AverLayerType *type = aver_layer_get_type_info(layer);
  aver_buffer_append(out, "{\"start\":", 9);
  aver_json_append_integer(out, span.start);
  aver_buffer_append(out, ",\"end\":", 7);
  aver_json_append_integer(out, span.end);
  for (guint32 i = 0; i < type->n_columns; i++) {
    aver_buffer_append_char(out, ',');
    append_string(out, type->columns[i].name);
    aver_buffer_append_char(out, ':');
    append_cell(out, layer, row, i, &type->columns[i]);
  }
  aver_buffer_append_char(out, '}');
}

static void append_layers(AverBuffer *out, const JsonlWriter *writer, const AverDocument *document)
{
  guint32 n_layers;
  AverLayer *const *layers = aver_document_list_layers(document, &n_layers);
  const char *separator = "";
  aver_buffer_append_string(out, ",\"layers\":{");
  for (guint32 i = 0; i < n_layers; i++) {
    const char *name = aver_layer_get_type_info(layers[i])->name;
    if (writer->layers != NULL && !g_strv_contains((const char *const *) writer->layers, name))
      continue;
    aver_buffer_append_string(out, separator);
    append_string(out, name);
    aver_buffer_append(out, ":[", 2);
    const AverSpan *spans = aver_layer_get_spans(layers[i]);
    for (guint32 row = 0; row < aver_layer_get_n_rows(layers[i]); row++) {
      if (row > 0)
        aver_buffer_append_char(out, ',');
      append_row(out, layers[i], row, spans[row]);
    }
    aver_buffer_append_char(out, ']');
    separator = ",";
  }
  aver_buffer_append_char(out, '}');
}

static void append_metadata(AverBuffer *out, const AverDocument *document)
{
  guint32 n;
  const AverMetadata *entries = aver_document_list_metadata(document, &n);
  aver_buffer_append_string(out, ",\"metadata\":{");
  for (guint32 i = 0; i < n; i++) {
    if (i > 0)
      aver_buffer_append_char(out, ',');
    append_string(out, entries[i].key);
    aver_buffer_append_char(out, ':');
    if (entries[i].json)
      aver_buffer_append_string(out, entries[i].value);
    else
      append_string(out, entries[i].value);
  }
  aver_buffer_append_char(out, '}');
}

static gboolean jsonl_encode(gpointer self, gpointer worker, AverDocument *document,
                             AverBuffer *out, GError **error)
{
  const JsonlWriter *writer = self;
  (void) worker;
  (void) error;
  aver_buffer_append(out, "{\"id\":", 6);
  append_string(out, aver_document_get_id(document));
  append_metadata(out, document);
  if (writer->text) {
    guint32 length;
    const char *text = aver_document_get_text(document, &length);
    aver_buffer_append(out, ",\"text\":", 8);
    aver_json_append_string(out, text, length);
  }
  append_layers(out, writer, document);
  aver_buffer_append(out, "}\n", 2);
  return TRUE;
}

static gboolean jsonl_emit(gpointer self, const char *data, gsize length, GError **error)
{
  return aver_output_write(((JsonlWriter *) self)->output, data, length, error);
}

static gboolean jsonl_commit(gpointer self, GString *position, GError **error)
{
  AverOutput *output = ((JsonlWriter *) self)->output;
  if (!aver_output_sync(output, error))
    return FALSE;
  g_string_append_printf(position, "%" G_GUINT64_FORMAT, aver_output_get_position(output));
  return TRUE;
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
};

AVER_PLUGIN(jsonl_writer) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_WRITER,
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
