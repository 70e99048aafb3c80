/* SPDX-License-Identifier: Apache-2.0 */
/* One row of a layer as an annotation. */
#include "webanno-writer.h"

static void append_string(AverBuffer *out, const char *string)
{
  aver_json_append_string(out, string, strlen(string));
}

static gboolean is_spans(const AverColumnType *column)
{
  return column->kind == AVER_COLUMN_SPAN || column->kind == AVER_COLUMN_SPANS;
}

/* Both selectors select the same: by counting characters, and by what stands there. */
static void append_selectors(AverBuffer *out, const WebannoWorker *worker,
                             const WebannoStyle *style, AverSpan span)
{
  const AverCharacters *characters = &worker->characters;
  guint32 before = aver_characters_step_back(characters, span.start, style->context);
  guint32 behind = aver_characters_step_on(characters, span.end, style->context);
  aver_buffer_append_string(out, "\"selector\":[{\"type\":\"TextPositionSelector\",\"start\":");
  aver_json_append_integer(out, aver_characters_count(characters, span.start));
  aver_buffer_append_string(out, ",\"end\":");
  aver_json_append_integer(out, aver_characters_count(characters, span.end));
  aver_buffer_append_string(out, "},{\"type\":\"TextQuoteSelector\",\"exact\":");
  aver_json_append_string(out, worker->text + span.start, span.end - span.start);
  aver_buffer_append_string(out, ",\"prefix\":");
  aver_json_append_string(out, worker->text + before, span.start - before);
  aver_buffer_append_string(out, ",\"suffix\":");
  aver_json_append_string(out, worker->text + span.end, behind - span.end);
  aver_buffer_append_string(out, "}]");
}

/* A part of the document; @purpose (nullable) when it is a body. */
static void append_part(AverBuffer *out, const WebannoWorker *worker, const WebannoStyle *style,
                        AverSpan span, const char *purpose)
{
  aver_buffer_append_string(out, "{\"type\":\"SpecificResource\",");
  if (purpose != NULL) {
    aver_buffer_append_string(out, "\"purpose\":\"");
    aver_buffer_append_string(out, purpose);
    aver_buffer_append_string(out, "\",");
  }
  aver_buffer_append_string(out, "\"source\":");
  aver_json_append_string(out, worker->source.data, worker->source.length);
  aver_buffer_append_char(out, ',');
  append_selectors(out, worker, style, span);
  aver_buffer_append_char(out, '}');
}

static void append_text_body(AverBuffer *out, const char *purpose, const char *value)
{
  if (value == NULL)
    return;
  aver_buffer_append_string(out, ",{\"type\":\"TextualBody\",\"purpose\":\"");
  aver_buffer_append_string(out, purpose);
  aver_buffer_append_string(out, "\",\"value\":");
  append_string(out, value);
  aver_buffer_append_char(out, '}');
}

/* Whether a column of strings says who speaks, or what kind of thing the row is. */
static const char *purpose_of(const AverLayerType *type, guint32 column)
{
  gboolean quote = strcmp(type->name, aver_quote_layer.name) == 0;
  gboolean claim = strcmp(type->name, aver_claim_layer.name) == 0;
  if ((quote && column == AVER_QUOTE_SPEAKER) || (claim && column == AVER_CLAIM_CLAIMANT))
    return "identifying";
  return claim && column == AVER_CLAIM_LABEL ? "tagging" : NULL;
}

static void append_column_bodies(AverBuffer *out, const WebannoWorker *worker,
                                 const WebannoStyle *style, const AverLayer *layer, guint32 row,
                                 guint32 index)
{
  const AverLayerType *type = aver_layer_get_type_info(layer);
  const AverColumnType *column = &type->columns[index];
  guint32 n = 0;
  if (column->kind == AVER_COLUMN_ENUM) {
    append_text_body(out, "tagging",
                     aver_column_get_name(column, aver_layer_get_i32(layer, row, index)));
  } else if (column->kind == AVER_COLUMN_FLAGS) {
    guint32 flags = aver_layer_get_flags(layer, row, index);
    for (gint32 bit = 0; bit < 32; bit++)
      if ((flags >> bit & 1) != 0)
        append_text_body(out, "tagging", aver_column_get_name(column, bit));
  } else if (column->kind == AVER_COLUMN_STRING && purpose_of(type, index) != NULL) {
    append_text_body(out, purpose_of(type, index), aver_layer_get_string(layer, row, index));
  } else if (is_spans(column) && strcmp(column->name, "content") != 0) {
    const AverSpan *spans = aver_layer_get_spans_cell(layer, row, index, &n);
    for (guint32 i = 0; i < n; i++) {
      aver_buffer_append_char(out, ',');
      append_part(out, worker, style, spans[i], "linking");
    }
  }
}

/* A span as characters, not bytes, of which the row as JSON else tells. */
static void append_spans_value(AverBuffer *out, const WebannoWorker *worker, const AverLayer *layer,
                               guint32 row, guint32 index)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(layer, row, index, &n);
  aver_buffer_append_char(out, '[');
  for (guint32 i = 0; i < n; i++) {
    aver_buffer_append_string(out, i == 0 ? "[" : ",[");
    aver_json_append_integer(out, aver_characters_count(&worker->characters, spans[i].start));
    aver_buffer_append_char(out, ',');
    aver_json_append_integer(out, aver_characters_count(&worker->characters, spans[i].end));
    aver_buffer_append_char(out, ']');
  }
  aver_buffer_append_char(out, ']');
}

/* All columns, for programs: JSON in a string, as the model has no body for data. */
static void append_row_body(AverBuffer *out, const WebannoWorker *worker, const AverLayer *layer,
                            guint32 row)
{
  const AverLayerType *type = aver_layer_get_type_info(layer);
  g_auto(AverBuffer) json = {0};
  for (guint32 i = 0; i < type->n_columns; i++) {
    aver_buffer_append_char(&json, i == 0 ? '{' : ',');
    append_string(&json, type->columns[i].name);
    aver_buffer_append_char(&json, ':');
    if (is_spans(&type->columns[i]))
      append_spans_value(&json, worker, layer, row, i);
    else
      aver_layer_append_cell(&json, layer, row, i);
  }
  if (json.length == 0)
    return;
  aver_buffer_append_char(&json, '}');
  aver_buffer_append_string(out, ",{\"type\":\"TextualBody\",\"purpose\":\"describing\","
                                 "\"format\":\"application/json\",\"value\":");
  aver_json_append_string(out, json.data, json.length);
  aver_buffer_append_char(out, '}');
}

/* What a row is about: the spans of its column `content`, else its own. */
static const AverSpan *get_target(const AverLayer *layer, guint32 row, guint32 *n)
{
  const AverLayerType *type = aver_layer_get_type_info(layer);
  for (guint32 i = 0; i < type->n_columns; i++) {
    if (!is_spans(&type->columns[i]) || strcmp(type->columns[i].name, "content") != 0)
      continue;
    const AverSpan *spans = aver_layer_get_spans_cell(layer, row, i, n);
    if (*n > 0)
      return spans;
  }
  *n = 1;
  return aver_layer_get_spans(layer) + row;
}

void append_annotation(AverBuffer *out, const WebannoWorker *worker, const WebannoStyle *style,
                       const AverLayer *layer, guint32 row)
{
  const AverLayerType *type = aver_layer_get_type_info(layer);
  guint32 n;
  aver_buffer_append_char(out, '{');
  if (!style->collection)
    aver_buffer_append_string(out, "\"@context\":\"http://www.w3.org/ns/anno.jsonld\",");
  aver_buffer_append_string(out, "\"id\":");
  aver_json_append_string(out, worker->source.data, worker->source.length);
  out->length--; /* goes on */
  aver_buffer_append_char(out, '#');
  aver_buffer_append_string(out, type->name);
  aver_buffer_append_char(out, '-');
  aver_json_append_integer(out, row);
  aver_buffer_append_string(out, "\",\"type\":\"Annotation\",\"motivation\":\"tagging\",\"body\":["
                                 "{\"type\":\"TextualBody\",\"purpose\":\"tagging\",\"value\":");
  append_string(out, type->name);
  aver_buffer_append_char(out, '}');
  for (guint32 i = 0; i < type->n_columns; i++)
    append_column_bodies(out, worker, style, layer, row, i);
  append_row_body(out, worker, layer, row);
  aver_buffer_append_string(out, "],\"target\":");
  const AverSpan *spans = get_target(layer, row, &n);
  for (guint32 i = 0; i < n; i++) {
    if (n > 1)
      aver_buffer_append_char(out, i == 0 ? '[' : ',');
    append_part(out, worker, style, spans[i], NULL);
  }
  aver_buffer_append_string(out, n > 1 ? "]}" : "}");
}
