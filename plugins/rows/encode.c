/* SPDX-License-Identifier: Apache-2.0 */
/* Documents packed into rows: all that can be done in the workers is done here. */
#include "rows.h"

#include <math.h>

const char *const document_metadata[] = {"published", "title", "author", "language", "source"};

/* The description of a layer that the worker has met. */
typedef struct {
  const AverLayerType *type;
  char *description;
} Known;

struct EncodeWorker {
  GArray *known; /* Known */
  AverBuffer scratch;
};

EncodeWorker *encode_worker_new(void)
{
  EncodeWorker *worker = g_new0(EncodeWorker, 1);
  worker->known = g_array_new(FALSE, FALSE, sizeof(Known));
  return worker;
}

void encode_worker_free(EncodeWorker *worker)
{
  for (guint i = 0; i < worker->known->len; i++)
    g_free(g_array_index(worker->known, Known, i).description);
  g_array_unref(worker->known);
  aver_buffer_clear(&worker->scratch);
  g_free(worker);
}

static const char *describe(EncodeWorker *worker, const AverLayerType *type, GError **error)
{
  for (guint i = 0; i < worker->known->len; i++) {
    const Known *known = &g_array_index(worker->known, Known, i);
    if (known->type == type)
      return known->description;
  }
  Known known = {type, shape_describe(type, error)};
  if (known.description != NULL)
    g_array_append_val(worker->known, known);
  return known.description;
}

static gboolean is_wanted(const EncodeStyle *style, const char *name)
{
  return style->layers == NULL || g_strv_contains((const char *const *) style->layers, name);
}

static void pack_flags(EncodeWorker *worker, AverBuffer *out, const AverColumnType *column,
                       guint32 flags)
{
  AverBuffer *scratch = &worker->scratch;
  scratch->length = 0;
  for (gint32 bit = 0; bit < 32; bit++) {
    const char *name = (flags >> bit & 1) != 0 ? aver_column_get_name(column, bit) : NULL;
    if (name == NULL)
      continue;
    if (scratch->length > 0)
      aver_buffer_append_char(scratch, '|');
    aver_buffer_append_string(scratch, name);
  }
  pack_text(out, scratch->length == 0 ? "" : scratch->data, scratch->length);
}

/* The number that a person would have written: 0.9 and not 0.899999976. */
static void pack_float(EncodeWorker *worker, AverBuffer *out, float value)
{
  if (!isfinite(value)) {
    pack_number(out, 0);
    return;
  }
  double near = rint((double) value * 10000) / 10000;
  if ((float) near != value) {
    worker->scratch.length = 0;
    aver_json_append_float(&worker->scratch, value);
    aver_buffer_append_char(&worker->scratch, '\0');
    near = g_ascii_strtod(worker->scratch.data, NULL);
  }
  guint64 bits;
  memcpy(&bits, &near, sizeof bits);
  pack_number(out, 1);
  pack_number(out, bits);
}

static void append_span(AverBuffer *out, AverSpan span)
{
  aver_buffer_append_char(out, '[');
  aver_json_append_integer(out, span.start);
  aver_buffer_append_char(out, ',');
  aver_json_append_integer(out, span.end);
  aver_buffer_append_char(out, ']');
}

/* Two values: the text of the pieces, with a space between them, and where they are, as JSON. */
static void pack_spans(EncodeWorker *worker, AverBuffer *out, const char *text,
                       const AverLayer *layer, guint32 row, guint32 index, gboolean many)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(layer, row, index, &n);
  AverBuffer *scratch = &worker->scratch;
  scratch->length = 0;
  if (n == 0) {
    pack_number(out, 0);
    pack_number(out, 0);
    return;
  }
  if (n == 1) {
    pack_text(out, text + spans[0].start, spans[0].end - spans[0].start);
  } else {
    for (guint32 i = 0; i < n; i++) {
      if (i > 0)
        aver_buffer_append_char(scratch, ' ');
      aver_buffer_append(scratch, text + spans[i].start, spans[i].end - spans[i].start);
    }
    pack_text(out, scratch->data, scratch->length);
    scratch->length = 0;
  }
  if (many)
    aver_buffer_append_char(scratch, '[');
  for (guint32 i = 0; i < n; i++) {
    if (i > 0)
      aver_buffer_append_char(scratch, ',');
    append_span(scratch, spans[i]);
  }
  if (many)
    aver_buffer_append_char(scratch, ']');
  pack_text(out, scratch->data, scratch->length);
}

static void pack_whole(AverBuffer *out, gint32 value)
{
  pack_number(out, value == G_MININT32 ? 0 : (guint64) ((gint64) value - G_MININT32));
}

/* A reference to a row that is not there, or not written, is none. */
static void pack_reference(const EncodeStyle *style, AverBuffer *out, const AverDocument *document,
                           const char *target, gint32 row)
{
  const AverLayer *layer = target == NULL || row < 0 || !is_wanted(style, target)
                               ? NULL
                               : aver_document_get_layer(document, target);
  gboolean there = layer != NULL && (guint32) row < aver_layer_get_n_rows(layer);
  pack_number(out, there ? (guint64) row + 1 : 0);
}

static void pack_cell(const EncodeStyle *style, EncodeWorker *worker, AverBuffer *out,
                      const AverDocument *document, const char *text, const AverLayer *layer,
                      guint32 row, guint32 index)
{
  const AverColumnType *column = &aver_layer_get_type_info(layer)->columns[index];
  switch (column->kind) {
  case AVER_COLUMN_I32:
    pack_whole(out, aver_layer_get_i32(layer, row, index));
    break;
  case AVER_COLUMN_REF:
    pack_reference(style, out, document, column->target, aver_layer_get_i32(layer, row, index));
    break;
  case AVER_COLUMN_ENUM:
    pack_string(out, aver_column_get_name(column, aver_layer_get_i32(layer, row, index)));
    break;
  case AVER_COLUMN_FLAGS:
    pack_flags(worker, out, column, aver_layer_get_flags(layer, row, index));
    break;
  case AVER_COLUMN_F32:
    pack_float(worker, out, aver_layer_get_f32(layer, row, index));
    break;
  case AVER_COLUMN_STRING:
    pack_string(out, aver_layer_get_string(layer, row, index));
    break;
  case AVER_COLUMN_SPAN:
  case AVER_COLUMN_SPANS:
    pack_spans(worker, out, text, layer, row, index, column->kind == AVER_COLUMN_SPANS);
    break;
  }
}

static void pack_layer(const EncodeStyle *style, EncodeWorker *worker, AverBuffer *out,
                       const AverDocument *document, const AverLayer *layer,
                       const char *description)
{
  guint32 length;
  guint32 n = aver_layer_get_n_rows(layer);
  const char *text = aver_document_get_text(document, &length);
  text = length == 0 ? "" : text;
  const AverSpan *spans = aver_layer_get_spans(layer);
  guint32 n_columns = aver_layer_get_type_info(layer)->n_columns;
  pack_string(out, description);
  pack_number(out, n);
  for (guint32 row = 0; row < n; row++) {
    pack_number(out, spans[row].start);
    pack_number(out, spans[row].end);
    pack_text(out, text + spans[row].start, spans[row].end - spans[row].start);
    for (guint32 i = 0; i < n_columns; i++)
      pack_cell(style, worker, out, document, text, layer, row, i);
  }
}

static void pack_metadata(AverBuffer *out, const AverDocument *document)
{
  guint32 n;
  const AverMetadata *entries = aver_document_list_metadata(document, &n);
  for (guint i = 0; i < N_DOCUMENT_METADATA; i++)
    pack_string(out, aver_document_get_metadata(document, document_metadata[i]));
  pack_number(out, n);
  for (guint32 i = 0; i < n; i++) {
    pack_string(out, entries[i].key);
    pack_string(out, entries[i].value);
    pack_number(out, entries[i].json ? 1 : 0);
  }
}

gboolean encode_style_init(EncodeStyle *style, const AverStage *stage, GError **error)
{
  *style = (EncodeStyle){.text = aver_stage_get_boolean(stage, "text")};
  style->layers = aver_stage_get_names(stage, "layers", error);
  return style->layers != NULL || aver_stage_get_string(stage, "layers") == NULL;
}

gboolean encode_document(const EncodeStyle *style, EncodeWorker *worker, AverDocument *document,
                         AverBuffer *out, GError **error)
{
  guint32 length, n_layers;
  const char *text = aver_document_get_text(document, &length);
  AverLayer *const *layers = aver_document_list_layers(document, &n_layers);
  gsize start = pack_room(out);
  pack_string(out, aver_document_get_id(document));
  pack_number(out, length);
  pack_text(out, !style->text ? NULL : length == 0 ? "" : text, style->text ? length : 0);
  pack_metadata(out, document);
  for (guint32 i = 0; i < n_layers; i++) {
    const AverLayerType *type = aver_layer_get_type_info(layers[i]);
    if (!is_wanted(style, type->name))
      continue;
    const char *description = describe(worker, type, error);
    if (description == NULL)
      return FALSE;
    pack_layer(style, worker, out, document, layers[i], description);
  }
  pack_number(out, 0); /* no more layers */
  pack_size(out, start);
  return TRUE;
}
