/* SPDX-License-Identifier: Apache-2.0 */
/* webanno-writer: writes layers as W3C Web Annotations, JSON-LD, one a line. */
#include "webanno-writer.h"

typedef struct {
  WebannoStyle style;
  AverOutput *output;
} WebannoWriter;

static void webanno_close(gpointer self)
{
  WebannoWriter *writer = self;
  aver_output_free(writer->output);
  g_strfreev(writer->style.layers);
  g_free(writer);
}

/* What can stand in a URI as it is (RFC 3986), but for `#`, which the annotations' ids take. */
static gboolean is_plain(guchar c, gboolean slashes)
{
  return g_ascii_isalnum(c) || (c != '\0' && strchr("-._~", c) != NULL) ||
         (slashes && c != '\0' && strchr("/:@!$&'()*+,;=?[]", c) != NULL);
}

/* No base may be refused for what it leads to, only for what no IRI has in it. */
static gboolean check_base(const char *base, GError **error)
{
  gboolean good = *base == '\0' || g_ascii_isalpha(*base);
  for (const char *c = base; good && *c != '\0'; c++)
    good = is_plain((guchar) *c, TRUE) || *c == '%';
  if (good && (*base == '\0' || strchr(base, ':') != NULL))
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "option 'base' is '%s'; expected the start of an IRI with its scheme and without "
              "'#', or nothing where ids are IRIs",
              base);
  return FALSE;
}

static gpointer webanno_open(AverStage *stage, GError **error)
{
  WebannoWriter *writer = g_new0(WebannoWriter, 1);
  g_autoptr(GError) failure = NULL;
  writer->style.base = aver_stage_get_string(stage, "base");
  writer->style.context = (guint32) aver_stage_get_integer(stage, "context");
  writer->style.collection = aver_stage_get_choice(stage, "line") == 1;
  writer->style.layers = aver_stage_get_names(stage, "layers", &failure);
  if (failure != NULL)
    g_propagate_error(error, g_steal_pointer(&failure));
  else if (check_base(writer->style.base, error))
    writer->output = aver_stage_open_output(stage, error);
  if (writer->output == NULL) {
    webanno_close(writer);
    return NULL;
  }
  return writer;
}

static gpointer webanno_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  return g_new0(WebannoWorker, 1);
}

static void webanno_stop(gpointer self, gpointer data)
{
  WebannoWorker *worker = data;
  (void) self;
  aver_characters_clear(&worker->characters);
  aver_buffer_clear(&worker->source);
  g_free(worker);
}

/* Whether an id is an IRI with its scheme, as it has to be where it gets no base. */
static gboolean has_scheme(const char *id)
{
  const char *c = id;
  while (g_ascii_isalnum(*c) || (c > id && *c != '\0' && strchr("+-.", *c) != NULL))
    c++;
  return g_ascii_isalpha(*id) && *c == ':';
}

void set_source(WebannoWorker *worker, const WebannoStyle *style, const char *id)
{
  static const char digits[] = "0123456789ABCDEF";
  AverBuffer *out = &worker->source;
  gboolean whole = *style->base == '\0' && has_scheme(id);
  out->length = 0;
  aver_buffer_append_string(out, *style->base == '\0' && !whole ? "urn:aver:" : style->base);
  for (; *id != '\0'; id++) {
    gboolean escape = whole && *id == '%' && g_ascii_isxdigit(id[1]) && g_ascii_isxdigit(id[2]);
    if (escape || is_plain((guchar) *id, whole) || *id == '/') {
      aver_buffer_append_char(out, *id);
    } else {
      aver_buffer_append_char(out, '%');
      aver_buffer_append_char(out, digits[(guchar) *id >> 4]);
      aver_buffer_append_char(out, digits[*id & 15]);
    }
  }
}

static gboolean is_wanted(const WebannoStyle *style, const AverLayer *layer)
{
  return style->layers == NULL || g_strv_contains((const char *const *) style->layers,
                                                  aver_layer_get_type_info(layer)->name);
}

static void begin_collection(AverBuffer *out, const WebannoWorker *worker,
                             const AverDocument *document, guint64 total)
{
  const char *id = aver_document_get_id(document);
  aver_buffer_append_string(out, "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":");
  aver_json_append_string(out, worker->source.data, worker->source.length);
  out->length--; /* goes on */
  aver_buffer_append_string(out, "#annotations\",\"type\":\"AnnotationCollection\",\"label\":");
  aver_json_append_string(out, id, strlen(id));
  aver_buffer_append_string(out, ",\"total\":");
  aver_json_append_integer(out, (gint64) total);
  if (total == 0)
    return;
  aver_buffer_append_string(out, ",\"first\":{\"id\":");
  aver_json_append_string(out, worker->source.data, worker->source.length);
  out->length--;
  aver_buffer_append_string(out, "#page-0\",\"type\":\"AnnotationPage\",\"startIndex\":0,"
                                 "\"items\":[");
}

static guint64 count_rows(const WebannoStyle *style, AverLayer *const *layers, guint32 n_layers)
{
  guint64 n = 0;
  for (guint32 i = 0; i < n_layers; i++)
    n += is_wanted(style, layers[i]) ? aver_layer_get_n_rows(layers[i]) : 0;
  return n;
}

static gboolean webanno_encode(gpointer self, gpointer data, AverDocument *document,
                               AverBuffer *out, GError **error)
{
  const WebannoStyle *style = &((const WebannoWriter *) self)->style;
  WebannoWorker *worker = data;
  guint32 length, n_layers;
  (void) error;
  AverLayer *const *layers = aver_document_list_layers(document, &n_layers);
  guint64 total = count_rows(style, layers, n_layers), done = 0;
  worker->text = aver_document_get_text(document, &length);
  aver_characters_set_document(&worker->characters, document);
  set_source(worker, style, aver_document_get_id(document));
  if (style->collection)
    begin_collection(out, worker, document, total);
  for (guint32 i = 0; i < n_layers; i++) {
    guint32 n = is_wanted(style, layers[i]) ? aver_layer_get_n_rows(layers[i]) : 0;
    for (guint32 row = 0; row < n; row++) {
      append_annotation(out, worker, style, layers[i], row);
      if (!style->collection)
        aver_buffer_append_char(out, '\n');
      else if (++done < total)
        aver_buffer_append_char(out, ',');
    }
  }
  if (style->collection)
    aver_buffer_append_string(out, total == 0 ? "}\n" : "]}}\n");
  return TRUE;
}

static gboolean webanno_emit(gpointer self, const char *data, gsize length, GError **error)
{
  return aver_output_write(((WebannoWriter *) self)->output, data, length, error);
}

static gboolean webanno_commit(gpointer self, GString *position, GError **error)
{
  return aver_output_commit(((WebannoWriter *) self)->output, position, error);
}

static gboolean webanno_finish(gpointer self, GError **error)
{
  return aver_output_close(((WebannoWriter *) self)->output, error);
}

static const char *const lines[] = {"annotation", "document", NULL};

static const AverOption options[] = {
    {.name = "line",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "annotation",
     .choices = lines,
     .help = "what a line is: one annotation, or the collection of all of a document"},
    {.name = "base",
     .kind = AVER_OPTION_STRING,
     .fallback = "urn:aver:",
     .help = "what the IRIs of documents begin with, before their ids; empty where ids are IRIs"},
    {.name = "context",
     .kind = AVER_OPTION_INTEGER,
     .fallback = "32",
     .minimum = 0,
     .maximum = 1000,
     .help = "how many characters before and behind a selection are written, to find it again"},
    {.name = "layers",
     .kind = AVER_OPTION_STRING,
     .help = "the names of the layers to write, separated by commas; all by default"},
    AVER_COMPRESS_OPTION,
};

AVER_PLUGIN(webanno_writer) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_WRITER,
    .flags = AVER_PLUGIN_RESUMES,
    .name = "webanno-writer",
    .version = "1.0",
    .summary = "writes W3C Web Annotations, JSON-LD one a line, of any layers",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = webanno_open,
    .close = webanno_close,
    .start = webanno_start,
    .stop = webanno_stop,
    .encode = webanno_encode,
    .emit = webanno_emit,
    .commit = webanno_commit,
    .finish = webanno_finish,
};
