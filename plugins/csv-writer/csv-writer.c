/* SPDX-License-Identifier: Apache-2.0 */
/* csv-writer: writes documents and layers as tables of comma-separated values, a file each. */
#include "csv-writer.h"

typedef struct {
  CsvStyle style;
  const char *only; /* (nullable) the one table to write */
  Tables *tables;
} CsvWriter;

/* The header of a layer that a worker has met. */
typedef struct {
  const AverLayerType *type;
  AverBuffer header;
} Header;

typedef struct {
  GArray *headers; /* Header */
  AverBuffer rows;
} Worker;

static gboolean set_delimiter(CsvStyle *style, const char *text, GError **error)
{
  style->delimiter = strcmp(text, "tab") == 0 ? '\t' : *text;
  if (strcmp(text, "tab") == 0 ||
      (strlen(text) == 1 && (g_ascii_ispunct(*text) || *text == '\t') && *text != '"' &&
       *text != '-' && *text != '.' && *text != '+' && *text != '\''))
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "option 'delimiter' is '%s'; expected 'tab' or a punctuation character that is not "
              "\" ' + - .",
              text);
  return FALSE;
}

static void set_metadata(CsvStyle *style, const char *names)
{
  style->metadata = g_strsplit(names, ",", -1);
  guint kept = 0;
  for (guint i = 0; style->metadata[i] != NULL; i++) {
    char *name = g_strstrip(style->metadata[i]);
    if (*name != '\0')
      style->metadata[kept++] = name;
    else
      g_free(style->metadata[i]);
  }
  style->metadata[kept] = NULL;
}

/* Layers have plain names; the writer's own table cannot be taken for one. */
static gboolean check_name(const char *name, GError **error)
{
  gsize length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
  if (length > 0 && name[length] == '\0' && strcmp(name, DOCUMENT_TABLE) != 0)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED,
              "a layer is named '%s'; expected lower-case letters, digits and underscores, and "
              "not '" DOCUMENT_TABLE "'",
              name);
  return FALSE;
}

static gboolean begin_table(CsvWriter *writer, const AverLayerType *type, GError **error)
{
  g_auto(AverBuffer) header = {0};
  if (type == NULL)
    append_document_header(&header, &writer->style);
  else if (!check_name(type->name, error))
    return FALSE;
  else
    append_layer_header(&header, &writer->style, type);
  return tables_write(writer->tables, type == NULL ? DOCUMENT_TABLE : type->name, header.data,
                      header.length, "", 0, error);
}

/* The tables that are known to come, so that they are there even when they have no rows. */
static gboolean begin_tables(CsvWriter *writer, const AverStage *stage, GError **error)
{
  const AverLayerType *const *layers = aver_stage_get_layers(stage);
  gboolean found = writer->only == NULL || strcmp(writer->only, DOCUMENT_TABLE) == 0;
  if (!begin_table(writer, NULL, error))
    return FALSE;
  for (guint i = 0; layers[i] != NULL; i++) {
    found = found || strcmp(layers[i]->name, writer->only) == 0;
    if (!begin_table(writer, layers[i], error))
      return FALSE;
  }
  if (found || layers[0] == NULL)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "option 'layer' is '%s', a layer that no earlier stage provides; expected one that "
              "does, or '" DOCUMENT_TABLE "'",
              writer->only);
  return FALSE;
}

static void csv_close(gpointer self)
{
  CsvWriter *writer = self;
  tables_free(writer->tables);
  g_strfreev(writer->style.metadata);
  g_free(writer);
}

static gpointer csv_open(AverStage *stage, GError **error)
{
  CsvWriter *writer = g_new0(CsvWriter, 1);
  CsvStyle *style = &writer->style;
  style->line_end = aver_stage_get_choice(stage, "line_end") == 0 ? "\r\n" : "\n";
  style->safe = aver_stage_get_boolean(stage, "safe");
  style->byte_mark = aver_stage_get_boolean(stage, "byte_mark");
  style->text = aver_stage_get_boolean(stage, "text");
  style->span_text = aver_stage_get_boolean(stage, "span_text");
  set_metadata(style, aver_stage_get_string(stage, "metadata"));
  writer->only = aver_stage_get_string(stage, "layer");
  if (set_delimiter(style, aver_stage_get_string(stage, "delimiter"), error))
    writer->tables = tables_new(stage, writer->only, error);
  if (writer->tables == NULL ||
      (aver_stage_get_resume_position(stage) == NULL && !begin_tables(writer, stage, error))) {
    csv_close(writer);
    return NULL;
  }
  return writer;
}

static gpointer csv_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  Worker *worker = g_new0(Worker, 1);
  worker->headers = g_array_new(FALSE, TRUE, sizeof(Header));
  return worker;
}

static void csv_stop(gpointer self, gpointer data)
{
  (void) self;
  Worker *worker = data;
  for (guint i = 0; i < worker->headers->len; i++)
    aver_buffer_clear(&g_array_index(worker->headers, Header, i).header);
  g_array_unref(worker->headers);
  aver_buffer_clear(&worker->rows);
  g_free(worker);
}

/* @type is NULL for documents. */
static const AverBuffer *header_of(const CsvWriter *writer, Worker *worker,
                                   const AverLayerType *type, GError **error)
{
  for (guint i = 0; i < worker->headers->len; i++) {
    const Header *known = &g_array_index(worker->headers, Header, i);
    if (known->type == type)
      return &known->header;
  }
  if (type != NULL && !check_name(type->name, error))
    return NULL;
  Header header = {.type = type};
  if (type == NULL)
    append_document_header(&header.header, &writer->style);
  else
    append_layer_header(&header.header, &writer->style, type);
  g_array_append_val(worker->headers, header);
  return &g_array_index(worker->headers, Header, worker->headers->len - 1).header;
}

/* What emit() gets for every table of a document: a line with its name and two lengths, the header,
 * the rows. */
static void append_part(AverBuffer *out, const char *name, const AverBuffer *header,
                        const AverBuffer *rows)
{
  aver_buffer_append_string(out, name);
  aver_buffer_append_char(out, ' ');
  aver_json_append_integer(out, (gint64) header->length);
  aver_buffer_append_char(out, ' ');
  aver_json_append_integer(out, (gint64) rows->length);
  aver_buffer_append_char(out, '\n');
  aver_buffer_append(out, header->data, header->length);
  aver_buffer_append(out, rows->data, rows->length);
}

static gboolean wanted(const CsvWriter *writer, const char *name)
{
  return writer->only == NULL || strcmp(writer->only, name) == 0;
}

static gboolean csv_encode(gpointer self, gpointer data, AverDocument *document, AverBuffer *out,
                           GError **error)
{
  const CsvWriter *writer = self;
  Worker *worker = data;
  guint32 n_layers;
  AverLayer *const *layers = aver_document_list_layers(document, &n_layers);
  if (wanted(writer, DOCUMENT_TABLE)) {
    worker->rows.length = 0;
    append_document_row(&worker->rows, &writer->style, document);
    append_part(out, DOCUMENT_TABLE, header_of(writer, worker, NULL, NULL), &worker->rows);
  }
  for (guint32 i = 0; i < n_layers; i++) {
    const AverLayerType *type = aver_layer_get_type_info(layers[i]);
    const AverBuffer *header = header_of(writer, worker, type, error);
    if (header == NULL)
      return FALSE;
    if (!wanted(writer, type->name))
      continue;
    worker->rows.length = 0;
    append_layer_rows(&worker->rows, &writer->style, document, layers[i]);
    append_part(out, type->name, header, &worker->rows);
  }
  return TRUE;
}

static gboolean csv_emit(gpointer self, const char *data, gsize length, GError **error)
{
  const CsvWriter *writer = self;
  for (const char *end = data + length; data < end;) {
    const char *space = memchr(data, ' ', (gsize) (end - data));
    char *rest;
    g_return_val_if_fail(space != NULL, FALSE);
    g_autofree char *name = g_strndup(data, (gsize) (space - data));
    guint64 header_length = g_ascii_strtoull(space + 1, &rest, 10);
    guint64 rows_length = g_ascii_strtoull(rest, &rest, 10);
    data = rest + 1;
    g_return_val_if_fail(header_length + rows_length <= (guint64) (end - data), FALSE);
    if (!tables_write(writer->tables, name, data, header_length, data + header_length, rows_length,
                      error))
      return FALSE;
    data += header_length + rows_length;
  }
  return TRUE;
}

static gboolean csv_commit(gpointer self, GString *position, GError **error)
{
  return tables_commit(((CsvWriter *) self)->tables, position, error);
}

static gboolean csv_finish(gpointer self, GError **error)
{
  return tables_close(((CsvWriter *) self)->tables, error);
}

static const char *const line_ends[] = {"crlf", "lf", NULL};

static const AverOption options[] = {
    {.name = "layer",
     .kind = AVER_OPTION_STRING,
     .help = "the one layer to write, or 'document'; all by default, as files in the folder -o"},
    {.name = "text",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "true",
     .help = "whether to write the text of each row's span"},
    {.name = "span_text",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "true",
     .help = "whether to write the text of spans in columns, beside where they are"},
    {.name = "metadata",
     .kind = AVER_OPTION_STRING,
     .fallback = "title,author,published,language,source",
     .help = "the metadata with columns of their own, separated by commas"},
    {.name = "delimiter",
     .kind = AVER_OPTION_STRING,
     .fallback = ",",
     .help = "what stands between cells: one punctuation character, or 'tab'"},
    {.name = "line_end",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "crlf",
     .choices = line_ends,
     .help = "how lines end; RFC 4180 says crlf"},
    {.name = "safe",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "true",
     .help = "whether to put ' before cells that a spreadsheet would take for formulas"},
    {.name = "byte_mark",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "false",
     .help = "whether files begin with U+FEFF, by which Excel knows that they are UTF-8"},
    AVER_COMPRESS_OPTION,
};

AVER_PLUGIN(csv_writer) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_WRITER,
    .flags = AVER_PLUGIN_RESUMES,
    .name = "csv-writer",
    .version = "1.0",
    .summary = "writes CSV, one file a layer, that spreadsheets can open without harm",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = csv_open,
    .close = csv_close,
    .start = csv_start,
    .stop = csv_stop,
    .encode = csv_encode,
    .emit = csv_emit,
    .commit = csv_commit,
    .finish = csv_finish,
};
