/* SPDX-License-Identifier: Apache-2.0 */
/* One explained row, for a person or for a program. */
#include "explainrow.h"

#include "celltext.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>

static const char *const reason_words[] = {"rule", "feature", "alternative", "score"};

static const char *word_of(const AverReason *reason)
{
  return (guint) reason->kind < G_N_ELEMENTS(reason_words) ? reason_words[reason->kind] : "reason";
}

void explained_row_print(const ExplainedRow *row)
{
  const AverLayerType *type = aver_layer_get_type_info(row->layer);
  AverSpan span = aver_layer_get_spans(row->layer)[row->row];
  g_autofree char *id = aver_text_make_printable(aver_document_get_id(row->document), -1);
  printf("%s: %s %u, bytes %u to %u\n", id, type->name, row->row, span.start, span.end);
  if (type->n_columns == 0) {
    g_autofree char *text = text_excerpt(row->document, span);
    printf("  %s\n", text);
  }
  for (guint32 i = 0; i < type->n_columns; i++) {
    g_autofree char *cell = cell_text(row->document, row->layer, row->row, i);
    if (cell != NULL)
      printf("  %-12s%s\n", type->columns[i].name, cell);
  }
  guint32 n;
  const AverReason *reasons = aver_explanation_get_reasons(row->explanation, &n);
  for (guint32 i = 0; i < n; i++) {
    g_autofree char *name = aver_text_make_printable(reasons[i].name, -1);
    g_autofree char *weight = isnan(reasons[i].weight) ? NULL : cell_number(reasons[i].weight);
    g_autofree char *words = text_has_span(row->document, reasons[i].span)
                                 ? text_excerpt(row->document, reasons[i].span)
                                 : NULL;
    printf("    %-12s%s%s%s%s%s\n", word_of(&reasons[i]), name, weight != NULL ? ", " : "",
           weight != NULL ? weight : "", words != NULL ? ": " : "", words != NULL ? words : "");
  }
  if (n == 0)
    printf("    no reasons given\n");
  printf("\n");
}

static json_t *valid_string(const char *text)
{
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  return json_string(valid);
}

static json_t *span_json(AverSpan span)
{
  return json_pack("[I, I]", (json_int_t) span.start, (json_int_t) span.end);
}

static json_t *span_text(const ExplainedRow *row, AverSpan span)
{
  guint32 length;
  const char *text = aver_document_get_text(row->document, &length);
  return json_stringn(text + span.start, span.end - span.start);
}

/* A cell as the jsonl-writer writes it, but spans with their words. */
static json_t *cell_json(const ExplainedRow *row, guint32 column)
{
  const AverColumnType *type = &aver_layer_get_type_info(row->layer)->columns[column];
  if (type->kind == AVER_COLUMN_SPAN || type->kind == AVER_COLUMN_SPANS) {
    guint32 n = 0;
    const AverSpan *spans = aver_layer_get_spans_cell(row->layer, row->row, column, &n);
    json_t *list = json_array();
    for (guint32 i = 0; i < n; i++) {
      json_t *piece = json_object();
      json_object_set_new(piece, "span", span_json(spans[i]));
      json_object_set_new(piece, "text", span_text(row, spans[i]));
      json_array_append_new(list, piece);
    }
    return list;
  }
  if (type->kind == AVER_COLUMN_STRING) {
    const char *value = aver_layer_get_string(row->layer, row->row, column);
    return value == NULL ? json_null() : valid_string(value);
  }
  g_auto(AverBuffer) text = {0};
  aver_layer_append_cell(&text, row->layer, row->row, column);
  return json_loadb(text.data, text.length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
}

static json_t *reason_json(const ExplainedRow *row, const AverReason *reason)
{
  json_t *object = json_object();
  json_object_set_new(object, "kind", json_string(word_of(reason)));
  json_object_set_new(object, "name", valid_string(reason->name));
  if (text_has_span(row->document, reason->span)) {
    json_object_set_new(object, "span", span_json(reason->span));
    json_object_set_new(object, "text", span_text(row, reason->span));
  }
  if (isfinite(reason->weight))
    json_object_set_new(object, "weight", json_real(reason->weight));
  return object;
}

void explained_row_print_json(const ExplainedRow *row)
{
  const AverLayerType *type = aver_layer_get_type_info(row->layer);
  json_auto_t *object = json_object();
  json_t *values = json_object(), *reasons = json_array();
  json_object_set_new(object, "id", valid_string(aver_document_get_id(row->document)));
  json_object_set_new(object, "layer", json_string(type->name));
  json_object_set_new(object, "row", json_integer(row->row));
  json_object_set_new(object, "span", span_json(aver_layer_get_spans(row->layer)[row->row]));
  for (guint32 i = 0; i < type->n_columns; i++)
    json_object_set_new(values, type->columns[i].name, cell_json(row, i));
  json_object_set_new(object, "values", values);
  guint32 n;
  const AverReason *list = aver_explanation_get_reasons(row->explanation, &n);
  for (guint32 i = 0; i < n; i++)
    json_array_append_new(reasons, reason_json(row, &list[i]));
  json_object_set_new(object, "reasons", reasons);
  json_dumpf(object, stdout, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(9));
  printf("\n");
}
