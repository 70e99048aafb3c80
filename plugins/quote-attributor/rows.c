/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the rows: order, kind, confidence. */
#include "rows.h"

#include "listed.h"

/* The share of each rule's rows that had the right content and source when the rules were tuned,
 * see README.md. */
static const float confidences[N_RULES] = {
    [RULE_QUOTE_CUE] = 0.93f,     [RULE_QUOTE_COLON] = 0.68f, [RULE_QUOTE_CARRIED] = 0.3f,
    [RULE_QUOTE_FLOATING] = 0.1f, [RULE_MIXED] = 0.66f,       [RULE_THAT] = 0.82f,
    [RULE_BARE] = 0.73f,          [RULE_TRAILING] = 0.75f,    [RULE_ACCORDING] = 0.8f,
    [RULE_OBJECT] = 0.61f,        [RULE_INFINITIVE] = 0.48f,  [RULE_WHETHER] = 0.7f,
    [RULE_NOUN] = 0.61f,          [RULE_STANCE] = 0.35f,      [RULE_PARTICIPLE] = 0.56f,
    [RULE_TURN] = 0.5f,           [RULE_HEADING] = 0.8f,      [RULE_NESTED] = 0.6f,
};

/* The first token that starts at or behind an offset. */
static guint32 token_at(const Reading *r, guint32 offset)
{
  guint32 low = 0, high = r->n_tokens;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (r->tokens[middle].start < offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Direct when every word stands in quotation marks, indirect when none does; the turns of a
 * transcript are direct without marks. */
static AverQuoteKind kind_of(const Reading *r, const Attribution *a)
{
  if (a->rule == RULE_TURN)
    return AVER_QUOTE_DIRECT;
  /* "said that “it leaks”": the words of another are a clause of the reporter's (mixed quotation).
   */
  guint32 first = token_at(r, a->pieces[0].start);
  gboolean quoted = FALSE, plain = first > 0 && has_tag(r, first - 1, TAGS(THAT));
  for (guint32 i = 0; i < a->n_pieces; i++) {
    for (guint32 t = token_at(r, a->pieces[i].start);
         t < r->n_tokens && r->tokens[t].start < a->pieces[i].end; t++) {
      if (r->inside[t] != NOWHERE) {
        quoted = TRUE;
        t = MAX(t, quotation_at(r, r->inside[t])->close);
      } else {
        plain |= r->tokens[t].kind == AVER_TOKEN_WORD || r->tokens[t].kind == AVER_TOKEN_NUMBER;
      }
      if (quoted && plain)
        return AVER_QUOTE_MIXED;
    }
  }
  return quoted ? AVER_QUOTE_DIRECT : AVER_QUOTE_INDIRECT;
}

static void widen(AverSpan *span, AverSpan other)
{
  span->start = MIN(span->start, other.start);
  span->end = MAX(span->end, other.end);
}

/* From the first to the last byte of content, cue and source. */
static AverSpan row_span(const Reading *r, const Attribution *a)
{
  AverSpan all = {a->pieces[0].start, a->pieces[a->n_pieces - 1].end};
  if (a->cue.end > a->cue.start)
    widen(&all, span_of(r, a->cue));
  if (a->source.end > a->source.start)
    widen(&all, span_of(r, a->source));
  return all;
}

/* In order of their start, then of their content's; outer rows before those they hold. */
static gint compare_rows(gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Reading *r = user_data;
  guint32 i = *(const guint32 *) a, j = *(const guint32 *) b;
  AverSpan x = row_span(r, attribution_at(r, i)), y = row_span(r, attribution_at(r, j));
  guint32 cx = attribution_at(r, i)->pieces[0].start, cy = attribution_at(r, j)->pieces[0].start;
  if (x.start != y.start)
    return x.start < y.start ? -1 : 1;
  if (cx != cy)
    return cx < cy ? -1 : 1;
  if (x.end != y.end)
    return x.end > y.end ? -1 : 1;
  return i < j ? -1 : i > j;
}

static void set_tokens(const Reading *r, AverLayer *layer, guint32 row, guint32 column, Range range)
{
  if (range.end <= range.start)
    return;
  AverSpan span = span_of(r, range);
  aver_layer_set_spans(layer, row, column, &span, 1);
}

static void write_row(const Reading *r, AverLayer *layer, const Attribution *a)
{
  AverSpan all = row_span(r, a);
  gint32 row = aver_layer_add(layer, all.start, all.end);
  if (row == AVER_NONE)
    return;
  guint32 n = (guint32) row;
  aver_layer_set_spans(layer, n, AVER_QUOTE_CONTENT, a->pieces, a->n_pieces);
  set_tokens(r, layer, n, AVER_QUOTE_CUE, a->cue);
  set_tokens(r, layer, n, AVER_QUOTE_SOURCE, a->source);
  const char *listed = listed_name(r, a->name);
  if (listed != NULL)
    aver_layer_set_string(layer, n, AVER_QUOTE_SPEAKER, listed, -1);
  else if (a->name.end > a->name.start)
    aver_layer_set_string(layer, n, AVER_QUOTE_SPEAKER, r->text + a->name.start,
                          a->name.end - a->name.start);
  aver_layer_set_i32(layer, n, AVER_QUOTE_KIND, kind_of(r, a));
  aver_layer_set_i32(layer, n, AVER_QUOTE_POLARITY, a->polarity);
  aver_layer_set_f32(layer, n, AVER_QUOTE_CONFIDENCE,
                     a->confidence > 0 ? a->confidence : confidences[a->rule]);
  aver_layer_set_i32(layer, n, AVER_QUOTE_MODALITY, a->modality);
}

float rule_confidence(Rule rule)
{
  return confidences[rule];
}

void rows_write(Reading *r, AverDocument *document, gboolean indirect)
{
  AverLayer *layer = aver_document_add_layer(document, &aver_quote_layer);
  g_array_set_size(r->rows, 0);
  for (guint32 i = 0; i < r->attributions->len; i++) {
    const Attribution *a = attribution_at(r, i);
    if (a->n_pieces > 0 && (indirect || kind_of(r, a) != AVER_QUOTE_INDIRECT))
      g_array_append_val(r->rows, i);
  }
  g_array_sort_with_data(r->rows, compare_rows, r);
  for (guint32 i = 0; i < r->rows->len; i++)
    write_row(r, layer, attribution_at(r, g_array_index(r->rows, guint32, i)));
}
