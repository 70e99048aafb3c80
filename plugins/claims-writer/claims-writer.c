/* SPDX-License-Identifier: Apache-2.0 */
/* claims-writer: a line for each claim, the most check-worthy first. */
#include "../formula.h"

#include <aver/aver.h>
#include <math.h>

typedef struct {
  AverOutput *output;
  float least;
} ClaimsWriter;

typedef struct {
  float score;
  guint32 row;
} Ranked;

static gpointer writer_open(AverStage *stage, GError **error)
{
  AverOutput *output = aver_output_new(aver_stage_get_output(stage), error);
  if (output == NULL)
    return NULL;
  ClaimsWriter *writer = g_new0(ClaimsWriter, 1);
  writer->output = output;
  writer->least = (float) aver_stage_get_number(stage, "least");
  return writer;
}

static void writer_close(gpointer self)
{
  ClaimsWriter *writer = self;
  if (writer == NULL)
    return;
  aver_output_free(writer->output);
  g_free(writer);
}

static gpointer writer_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  return g_array_new(FALSE, FALSE, sizeof(Ranked));
}

static void writer_stop(gpointer self, gpointer worker)
{
  (void) self;
  g_array_unref(worker);
}

/* The highest score first; of equals, the first in the text. */
static gint compare_ranked(gconstpointer first, gconstpointer second)
{
  const Ranked *a = first, *b = second;
  if (a->score != b->score)
    return a->score < b->score ? 1 : -1;
  return a->row < b->row ? -1 : a->row > b->row;
}

static void rank(const AverLayer *claims, float least, GArray *ranked)
{
  g_array_set_size(ranked, 0);
  for (guint32 i = 0; i < aver_layer_get_n_rows(claims); i++) {
    float score = aver_layer_get_f32(claims, i, AVER_CLAIM_CHECKWORTHY);
    Ranked one = {isnan(score) ? 0 : score, i};
    if (one.score >= least)
      g_array_append_val(ranked, one);
  }
  g_array_sort(ranked, compare_ranked);
}

static void append_string(AverBuffer *out, const char *text)
{
  aver_buffer_append(out, text, strlen(text));
}

/* One cell: no tabs, no line breaks, nothing that steers a terminal, no formula. */
static void append_cell(AverBuffer *out, const char *text, gsize length)
{
  g_autofree char *line = aver_text_make_printable(text, (gssize) length);
  append_string(out, begins_formula(line, strlen(line)) ? "\t'" : "\t");
  append_string(out, line);
}

static void append_enum(AverBuffer *out, const AverLayer *claims, guint32 row, guint32 column)
{
  gint32 value = aver_layer_get_i32(claims, row, column);
  append_string(out, "\t");
  if (value != AVER_NONE)
    append_string(out, aver_claim_layer.columns[column].names[value]);
}

static void append_types(AverBuffer *out, const AverLayer *claims, guint32 row)
{
  guint32 flags = aver_layer_get_flags(claims, row, AVER_CLAIM_TYPES);
  append_string(out, "\t");
  for (gboolean first = TRUE; flags != 0; flags &= flags - 1, first = FALSE) {
    if (!first)
      append_string(out, ",");
    append_string(out, aver_claim_layer.columns[AVER_CLAIM_TYPES].names[__builtin_ctz(flags)]);
  }
}

/* The claim's words on one line, white space taken together. */
static void append_words(AverBuffer *out, const char *text, AverSpan span)
{
  g_autoptr(GString) words = g_string_sized_new(span.end - span.start + 1);
  for (gsize i = span.start; i < span.end;) {
    guint space = aver_text_space(text, span.end, i);
    if (space > 0 && (words->len == 0 || words->str[words->len - 1] != ' '))
      g_string_append_c(words, ' ');
    else if (space == 0)
      g_string_append_c(words, text[i]);
    i += MAX(space, 1);
  }
  append_cell(out, words->str, words->len);
}

static gboolean writer_encode(gpointer self, gpointer worker, AverDocument *document,
                              AverBuffer *out, GError **error)
{
  const ClaimsWriter *writer = self;
  GArray *ranked = worker;
  const AverLayer *claims = aver_document_get_layer(document, "claim");
  guint32 length;
  (void) error;
  if (claims == NULL)
    return TRUE;
  const char *text = aver_document_get_text(document, &length);
  const char *id = aver_document_get_id(document);
  rank(claims, writer->least, ranked);
  for (guint i = 0; i < ranked->len; i++) {
    const Ranked *one = &g_array_index(ranked, Ranked, i);
    AverSpan span = aver_layer_get_spans(claims)[one->row];
    const char *label = aver_layer_get_string(claims, one->row, AVER_CLAIM_LABEL);
    const char *claimant = aver_layer_get_string(claims, one->row, AVER_CLAIM_CLAIMANT);
    aver_buffer_printf(out, "%.4f", (double) one->score);
    append_cell(out, label == NULL ? "" : label, label == NULL ? 0 : strlen(label));
    append_enum(out, claims, one->row, AVER_CLAIM_ACT);
    append_enum(out, claims, one->row, AVER_CLAIM_CERTAINTY);
    append_types(out, claims, one->row);
    append_cell(out, claimant == NULL ? "" : claimant, claimant == NULL ? 0 : strlen(claimant));
    append_words(out, text, span);
    append_cell(out, id, strlen(id));
    aver_buffer_printf(out, "\t%u\t%u\n", span.start, span.end);
  }
  return TRUE;
}

static gboolean writer_emit(gpointer self, const char *data, gsize length, GError **error)
{
  return aver_output_write(((ClaimsWriter *) self)->output, data, length, error);
}

static gboolean writer_commit(gpointer self, GString *position, GError **error)
{
  AverOutput *output = ((ClaimsWriter *) self)->output;
  if (!aver_output_sync(output, error))
    return FALSE;
  g_string_append_printf(position, "%" G_GUINT64_FORMAT, aver_output_get_position(output));
  return TRUE;
}

static gboolean writer_finish(gpointer self, GError **error)
{
  return aver_output_close(((ClaimsWriter *) self)->output, error);
}

static const AverLayerType *const needs[] = {&aver_claim_layer, NULL};

static const AverOption options[] = {
    {.name = "least",
     .kind = AVER_OPTION_NUMBER,
     .fallback = "0",
     .help = "leave out claims that are less check-worthy than this, from 0 to 1",
     .minimum = 0,
     .maximum = 1},
};

AVER_PLUGIN(claims_writer) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_WRITER,
    .name = "claims-writer",
    .version = "1.0",
    .summary = "lists claims, the most check-worthy of each document first",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .needs = needs,
    .open = writer_open,
    .close = writer_close,
    .start = writer_start,
    .stop = writer_stop,
    .encode = writer_encode,
    .emit = writer_emit,
    .commit = writer_commit,
    .finish = writer_finish,
};
