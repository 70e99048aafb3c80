/* SPDX-License-Identifier: Apache-2.0 */
/* Predictions of a pipeline: its annotators run over the texts of the gold documents. */
#include "annotate.h"

#include "../statusline.h"
#include "spans.h"

#include <math.h>
#include <string.h>

/* The column of a name and kind, whichever plugin made the layer; AVER_NONE when it has none. */
static gint32 find_column(const AverLayer *layer, const char *name, AverColumnKind kind)
{
  const AverLayerType *type = aver_layer_get_type_info(layer);
  for (guint32 i = 0; i < type->n_columns; i++)
    if (type->columns[i].kind == kind && strcmp(type->columns[i].name, name) == 0)
      return (gint32) i;
  return AVER_NONE;
}

static const char *get_string(const AverLayer *layer, guint32 row, const char *name)
{
  gint32 column = find_column(layer, name, AVER_COLUMN_STRING);
  return column == AVER_NONE ? NULL : aver_layer_get_string(layer, row, (guint32) column);
}

static const char *get_enum(const AverLayer *layer, guint32 row, const char *name)
{
  gint32 column = find_column(layer, name, AVER_COLUMN_ENUM);
  if (column == AVER_NONE)
    return NULL;
  gint32 value = aver_layer_get_i32(layer, row, (guint32) column);
  const char *const *names = aver_layer_get_type_info(layer)->columns[column].names;
  return value < 0 || value >= (gint32) g_strv_length((char **) names) ? NULL : names[value];
}

static void add_quote(Record *record, const AverLayer *layer, guint32 row)
{
  QuoteRow *quote = quote_row_new();
  g_ptr_array_add(record->quotes, quote);
  for (guint i = 0; i < N_ROLES; i++) {
    gint32 column = find_column(layer, role_names[i], AVER_COLUMN_SPANS);
    if (column == AVER_NONE)
      column = find_column(layer, role_names[i], AVER_COLUMN_SPAN);
    guint32 n = 0;
    const AverSpan *spans = NULL;
    if (column != AVER_NONE)
      spans = aver_layer_get_spans_cell(layer, row, (guint32) column, &n);
    if (n > 0)
      g_array_append_vals(quote->roles[i], spans, n);
  }
  quote->type = g_strdup(get_enum(layer, row, "kind"));
  quote->speaker = g_strdup(get_string(layer, row, "speaker"));
}

/* The number that the shortest decimal of a float stands for, as in Aver's output. */
static double widen(float value)
{
  g_auto(AverBuffer) text = {0};
  if (isnan(value))
    return 0;
  aver_json_append_float(&text, value);
  aver_buffer_append_char(&text, '\0');
  return g_ascii_strtod(text.data, NULL);
}

static void add_claim(Record *record, const AverLayer *layer, guint32 row, AverSpan span)
{
  ClaimRow *claim = claim_row_new();
  g_ptr_array_add(record->claims, claim);
  claim->span = span;
  claim->is_row = TRUE;
  claim->has_score = TRUE;
  gint32 quote = find_column(layer, "quote", AVER_COLUMN_REF);
  claim->of_quote =
      quote != AVER_NONE && aver_layer_get_i32(layer, row, (guint32) quote) != AVER_NONE;
  const char *label = get_string(layer, row, "label");
  if (label != NULL)
    claim_row_set_label(claim, label);
  gint32 column = find_column(layer, "checkworthy", AVER_COLUMN_F32);
  if (column != AVER_NONE)
    claim->score = widen(aver_layer_get_f32(layer, row, (guint32) column));
}

static void take_layer(Record *record, const AverLayer *layer, ScoreKind kind)
{
  const AverSpan *spans = aver_layer_get_spans(layer);
  for (guint32 row = 0; row < aver_layer_get_n_rows(layer); row++) {
    if (kind == SCORE_QUOTES)
      add_quote(record, layer, row);
    else if (kind == SCORE_CLAIMS)
      add_claim(record, layer, row, spans[row]);
    else
      g_array_append_val(record->spans, spans[row]);
  }
}

static gboolean set_missing_layer(const char *name, const AverDocument *document, GError **error)
{
  guint32 n;
  AverLayer *const *layers = aver_document_list_layers(document, &n);
  g_autoptr(GString) names = g_string_new(NULL);
  for (guint32 i = 0; i < n; i++)
    g_string_append_printf(names, "%s'%s'", i == 0 ? "" : ", ",
                           aver_layer_get_type_info(layers[i])->name);
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "no stage of the pipeline gives the layer '%s'; expected one of those it gives: %s",
              name, n == 0 ? "none" : names->str);
  return FALSE;
}

static gboolean annotate_one(AverPipeline *pipeline, const char *name, const Record *gold,
                             AverDocument *document, Records *predicted, GError **error)
{
  aver_document_reset(document);
  aver_document_set_id(document, gold->id, -1);
  if (!aver_document_set_text(document, gold->text, gold->length, error))
    return FALSE;
  AverVerdict verdict = aver_pipeline_process(pipeline, document, error);
  if (verdict == AVER_FAIL) {
    g_prefix_error(error, "document '%s': ", gold->id);
    return FALSE;
  }
  if (verdict == AVER_DROP)
    return TRUE;
  const AverLayer *layer = aver_document_get_layer(document, name);
  if (layer == NULL)
    return set_missing_layer(name, document, error);
  Record *record = record_new(gold->id);
  record->text = gold->text;
  record->length = gold->length;
  take_layer(record, layer, score_kind(name));
  records_add(predicted, record);
  return TRUE;
}

Records *annotate(AverPipeline *pipeline, const char *layer, const Records *gold, GError **error)
{
  g_autoptr(Records) predicted = records_new();
  g_autoptr(AverDocument) document = aver_document_new();
  StatusLine status;
  gboolean good = TRUE;
  statusline_init(&status, FALSE);
  for (guint i = 0; i < gold->list->len && good; i++) {
    if (statusline_is_due(&status))
      statusline_draw(&status, "%u of %u documents", i, gold->list->len);
    good =
        annotate_one(pipeline, layer, g_ptr_array_index(gold->list, i), document, predicted, error);
  }
  statusline_clear(&status);
  return good ? g_steal_pointer(&predicted) : NULL;
}
