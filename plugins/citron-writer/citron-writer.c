/* SPDX-License-Identifier: Apache-2.0 */
/* citron-writer: writes quotes as BBC Citron's annotation format has them, a file a document. */
#include <aver/aver.h>

typedef struct {
  AverCharacters characters;
  AverBuffer json;
  const char *text;
} Worker;

static void citron_close(gpointer self)
{
  aver_folder_free(self);
}

static gpointer citron_open(AverStage *stage, GError **error)
{
  return aver_folder_open(stage, error);
}

static gpointer citron_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  return g_new0(Worker, 1);
}

static void citron_stop(gpointer self, gpointer data)
{
  Worker *worker = data;
  (void) self;
  aver_characters_clear(&worker->characters);
  aver_buffer_clear(&worker->json);
  g_free(worker);
}

static void append_span(Worker *worker, AverSpan span)
{
  AverBuffer *out = &worker->json;
  aver_buffer_append_string(out, "{\"start\":");
  aver_json_append_integer(out, aver_characters_count(&worker->characters, span.start));
  aver_buffer_append_string(out, ",\"end\":");
  aver_json_append_integer(out, aver_characters_count(&worker->characters, span.end));
  aver_buffer_append_string(out, ",\"text\":");
  aver_json_append_string(out, worker->text + span.start, span.end - span.start);
  aver_buffer_append_char(out, '}');
}

/* Spans without text are left out: Citron has none. */
static void append_spans(Worker *worker, const char *key, const AverSpan *spans, guint32 n)
{
  const char *separator = "";
  aver_buffer_append_string(&worker->json, key);
  aver_buffer_append_char(&worker->json, '[');
  for (guint32 i = 0; i < n; i++) {
    if (spans[i].start == spans[i].end)
      continue;
    aver_buffer_append_string(&worker->json, separator);
    append_span(worker, spans[i]);
    separator = ",";
  }
  aver_buffer_append_char(&worker->json, ']');
}

static const AverSpan *get_cue(const AverLayer *quotes, guint32 row)
{
  guint32 n;
  const AverSpan *cue = aver_layer_get_spans_cell(quotes, row, AVER_QUOTE_CUE, &n);
  return n > 0 && cue->start < cue->end ? cue : NULL;
}

static void append_text_member(AverBuffer *out, const char *key, const char *value)
{
  if (value == NULL)
    return;
  aver_buffer_append_string(out, key);
  aver_json_append_string(out, value, strlen(value));
}

static void append_quote(Worker *worker, const AverLayer *quotes, guint32 row)
{
  static const struct {
    const char *key;
    guint32 column;
  } names[] = {{",\"kind\":", AVER_QUOTE_KIND},
               {",\"polarity\":", AVER_QUOTE_POLARITY},
               {",\"modality\":", AVER_QUOTE_MODALITY}};
  AverBuffer *out = &worker->json;
  const AverSpan *cue = get_cue(quotes, row), *spans;
  guint32 n;
  aver_buffer_append_string(out, "{\"id\":\"");
  aver_json_append_integer(out, row);
  aver_buffer_append_char(out, '"');
  if (cue != NULL) {
    aver_buffer_append_string(out, ",\"cue\":");
    append_span(worker, *cue);
  }
  spans = aver_layer_get_spans_cell(quotes, row, AVER_QUOTE_SOURCE, &n);
  append_spans(worker, ",\"sources\":", spans, n);
  spans = aver_layer_get_spans_cell(quotes, row, AVER_QUOTE_CONTENT, &n);
  append_spans(worker, ",\"contents\":", spans, n);
  float confidence = aver_layer_get_f32(quotes, row, AVER_QUOTE_CONFIDENCE);
  if (confidence - confidence == 0) { /* neither infinite nor NaN */
    aver_buffer_append_string(out, ",\"confidence\":");
    aver_json_append_float(out, confidence);
  }
  append_text_member(out, ",\"speaker\":", aver_layer_get_string(quotes, row, AVER_QUOTE_SPEAKER));
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    append_text_member(out, names[i].key,
                       aver_column_get_name(&aver_quote_layer.columns[names[i].column],
                                            aver_layer_get_i32(quotes, row, names[i].column)));
  aver_buffer_append_char(out, '}');
}

/* Citron's programs take a cue for granted, so that quotes without one stand apart. */
static void append_quotes(Worker *worker, const AverLayer *quotes, gboolean with_cue)
{
  const char *separator = "";
  guint32 n = quotes == NULL ? 0 : aver_layer_get_n_rows(quotes);
  for (guint32 row = 0; row < n; row++) {
    if ((get_cue(quotes, row) != NULL) != with_cue)
      continue;
    aver_buffer_append_string(&worker->json, separator);
    append_quote(worker, quotes, row);
    separator = ",";
  }
}

static gboolean citron_encode(gpointer self, gpointer data, AverDocument *document, AverBuffer *out,
                              GError **error)
{
  Worker *worker = data;
  AverBuffer *json = &worker->json;
  const AverLayer *quotes = aver_document_get_layer(document, aver_quote_layer.name);
  const char *id = aver_document_get_id(document);
  guint32 length;
  (void) self;
  (void) error;
  worker->text = aver_document_get_text(document, &length);
  aver_characters_set_document(&worker->characters, document);
  json->length = 0;
  aver_buffer_append_string(json, "{\"id\":");
  aver_json_append_string(json, id, strlen(id));
  aver_buffer_append_string(json, ",\"metadata\":");
  aver_document_append_metadata(json, document);
  aver_buffer_append_string(json, ",\"text\":");
  aver_json_append_string(json, worker->text, length);
  aver_buffer_append_string(json, ",\"quotes\":[");
  append_quotes(worker, quotes, TRUE);
  aver_buffer_append_string(json, "],\"quotes_without_cue\":[");
  append_quotes(worker, quotes, FALSE);
  aver_buffer_append_string(json, "]}\n");
  aver_folder_append_document(out, id);
  aver_folder_append_file(out, ".json", json->data, json->length);
  return TRUE;
}

static gboolean citron_emit(gpointer self, const char *data, gsize length, GError **error)
{
  return aver_folder_emit(self, data, length, error);
}

static gboolean citron_commit(gpointer self, GString *position, GError **error)
{
  return aver_folder_commit(self, position, error);
}

static gboolean citron_finish(gpointer self, GError **error)
{
  return aver_folder_close(self, error);
}

static const AverLayerType *const uses[] = {&aver_quote_layer, NULL};

AVER_PLUGIN(citron_writer) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_WRITER,
    .flags = AVER_PLUGIN_RESUMES,
    .name = "citron-writer",
    .version = "1.0",
    .summary = "writes quotes in the annotation format of BBC Citron, one JSON file a document",
    .uses = uses,
    .open = citron_open,
    .close = citron_close,
    .start = citron_start,
    .stop = citron_stop,
    .encode = citron_encode,
    .emit = citron_emit,
    .commit = citron_commit,
    .finish = citron_finish,
};
