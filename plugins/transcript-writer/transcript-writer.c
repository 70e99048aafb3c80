/* SPDX-License-Identifier: Apache-2.0 */
/* transcript-writer: shows a person who says what in an article, and what is claimed. */
#include "transcript.h"

/* Columns when there is no terminal, and the most that read well on one. */
#define COLUMNS_DEFAULT 88
#define COLUMNS_MOST    120
#define COLUMNS_LEAST   30

typedef struct {
  AverOutput *output;
  gboolean colour;
  guint width;
} TranscriptWriter;

static const char *const colour_choices[] = {"auto", "always", "never", NULL};

enum {
  COLOUR_AUTO,
  COLOUR_ALWAYS,
  COLOUR_NEVER,
};

/* See https://no-color.org. */
static gboolean wants_colour(const AverStage *stage, const AverOutput *output)
{
  const char *no_color = g_getenv("NO_COLOR");
  guint choice = aver_stage_get_choice(stage, "color");
  if (choice != COLOUR_AUTO)
    return choice == COLOUR_ALWAYS;
  return aver_output_is_terminal(output) && (no_color == NULL || *no_color == '\0') &&
         g_strcmp0(g_getenv("TERM"), "dumb") != 0;
}

static guint columns(const AverStage *stage, const AverOutput *output)
{
  guint width = (guint) aver_stage_get_integer(stage, "width");
  if (width > 0)
    return MAX(width, COLUMNS_LEAST);
  width = aver_output_get_columns(output);
  return width == 0 ? COLUMNS_DEFAULT : CLAMP(width, COLUMNS_LEAST, COLUMNS_MOST);
}

static gpointer transcript_open(AverStage *stage, GError **error)
{
  AverOutput *output = aver_stage_open_output(stage, error);
  if (output == NULL)
    return NULL;
  TranscriptWriter *writer = g_new0(TranscriptWriter, 1);
  writer->output = output;
  writer->colour = wants_colour(stage, output);
  writer->width = columns(stage, output);
  return writer;
}

static void transcript_close(gpointer self)
{
  TranscriptWriter *writer = self;
  aver_output_free(writer->output);
  g_free(writer);
}

static gpointer transcript_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  return g_new0(Scratch, 1);
}

static void transcript_stop(gpointer self, gpointer worker)
{
  Scratch *scratch = worker;
  (void) self;
  painter_clear(&scratch->painter);
  g_clear_pointer(&scratch->marks, g_array_unref);
  g_clear_pointer(&scratch->open, g_array_unref);
  g_clear_pointer(&scratch->speakers, g_array_unref);
  g_free(scratch->first.items);
  g_free(scratch->next.items);
  g_free(scratch);
}

static const AverLayer *layer_of(const AverDocument *document, const AverLayerType *type,
                                 guint32 *n_rows)
{
  const AverLayer *layer = aver_document_get_layer(document, type->name);
  *n_rows = layer != NULL ? aver_layer_get_n_rows(layer) : 0;
  return layer;
}

static View view_of(AverDocument *document, Scratch *scratch)
{
  View view = {.document = document, .scratch = scratch};
  view.text = aver_document_get_text(document, &view.length);
  view.sentences = layer_of(document, &aver_sentence_layer, &view.n_sentences);
  view.quotes = layer_of(document, &aver_quote_layer, &view.n_quotes);
  view.claims = layer_of(document, &aver_claim_layer, &view.n_claims);
  return view;
}

static void show_total(Painter *painter, guint32 n, const char *one, const char *many)
{
  g_auto(AverBuffer) number = {0};
  aver_json_append_integer(&number, n);
  painter_string(painter, STYLE_DIM, " · ");
  painter_text(painter, STYLE_DIM, number.data, number.length);
  painter_string(painter, STYLE_DIM, n == 1 ? one : many);
}

static void show_header(const View *view)
{
  Painter *painter = &view->scratch->painter;
  const char *id = aver_document_get_id(view->document);
  const char *title = aver_document_get_metadata(view->document, "title");
  const char *published = aver_document_get_metadata(view->document, "published");
  guint32 n_claims = 0;
  for (guint32 i = 0; i < view->n_claims; i++)
    n_claims += claim_counts(view, i) ? 1 : 0;
  painter_rule(painter, "━");
  if (title != NULL && *title != '\0') {
    painter_begin(painter, "", 0);
    painter_string(painter, STYLE_BOLD, title);
  }
  painter_begin(painter, "", 0);
  painter_string(painter, title == NULL ? STYLE_BOLD : STYLE_DIM, *id != '\0' ? id : "(no id)");
  if (published != NULL) {
    painter_string(painter, STYLE_DIM, " · ");
    painter_string(painter, STYLE_DIM, published);
  }
  if (view->quotes != NULL)
    show_total(painter, view->n_quotes, " quote", " quotes");
  if (view->claims != NULL)
    show_total(painter, n_claims, " claim", " claims");
  painter_end(painter);
  painter_rule(painter, "━");
  painter_gap(painter);
}

static gboolean transcript_encode(gpointer self, gpointer worker, AverDocument *document,
                                  AverBuffer *out, GError **error)
{
  const TranscriptWriter *writer = self;
  Scratch *scratch = worker;
  Painter *painter = &scratch->painter;
  (void) error;
  painter->out = out;
  painter->colour = writer->colour;
  painter->width = writer->width;
  painter->gutter = "";
  View view = view_of(document, scratch);
  show_header(&view);
  article_show(&view);
  speakers_show(&view);
  return TRUE;
}

static gboolean transcript_emit(gpointer self, const char *data, gsize length, GError **error)
{
  return aver_output_write(((TranscriptWriter *) self)->output, data, length, error);
}

static gboolean transcript_commit(gpointer self, GString *position, GError **error)
{
  return aver_output_commit(((TranscriptWriter *) self)->output, position, error);
}

/* What the short labels stand for, once, behind all there is. */
static gboolean transcript_finish(gpointer self, GError **error)
{
  static const char legend[] =
      "CFS: a check-worthy claim, UFS: an unimportant one; the number says how much it is worth\n"
      "checking, from 0 to 1.\n";
  AverOutput *output = ((TranscriptWriter *) self)->output;
  gboolean good = aver_output_get_position(output) == 0 ||
                  aver_output_write(output, legend, sizeof legend - 1, error);
  return good && aver_output_close(output, error);
}

static const AverLayerType *const uses[] = {&aver_sentence_layer, &aver_quote_layer,
                                            &aver_claim_layer, NULL};

static const AverOption options[] = {
    {.name = "color",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "auto",
     .help = "whether to use colour; auto: on a terminal, unless NO_COLOR is set",
     .choices = colour_choices},
    {.name = "width",
     .kind = AVER_OPTION_INTEGER,
     .fallback = "0",
     .help = "columns, at least 30; 0: those of the terminal, at most 120",
     .minimum = 0,
     .maximum = 1000},
};

AVER_PLUGIN(transcript_writer) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_WRITER,
    .flags = AVER_PLUGIN_RESUMES,
    .name = "transcript-writer",
    .version = "1.0",
    .summary = "shows a person who says what, and what is claimed",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .uses = uses,
    .open = transcript_open,
    .close = transcript_close,
    .start = transcript_start,
    .stop = transcript_stop,
    .encode = transcript_encode,
    .emit = transcript_emit,
    .commit = transcript_commit,
    .finish = transcript_finish,
};
