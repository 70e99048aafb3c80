/* SPDX-License-Identifier: Apache-2.0 */
/* syntax-parser: fills the layers `token` and `dependency`, sentence by sentence. */
#include "model.h"
#include "parser.h"

#include <aver/aver.h>

typedef struct {
  SyntaxModel *model;
  gboolean parse;
} Syntax;

typedef struct {
  Word words[UNIT_MAX + 2 * MARGIN];
  Parser parser;
} Scratch;

static void close_syntax(gpointer self)
{
  Syntax *syntax = self;
  syntax_model_free(syntax->model);
  g_free(syntax);
}

static gpointer open_syntax(AverStage *stage, GError **error)
{
  g_autofree char *path = aver_stage_find_model(stage, "syntax-parser.model");
  Syntax *syntax = g_new0(Syntax, 1);
  syntax->parse = aver_stage_get_boolean(stage, "parse");
  syntax->model = syntax_model_new_from_file(path, error);
  if (syntax->model == NULL) {
    close_syntax(syntax);
    return NULL;
  }
  return syntax;
}

static gpointer start_scratch(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  return g_new0(Scratch, 1);
}

static void stop_scratch(gpointer self, gpointer worker)
{
  (void) self;
  g_free(worker);
}

/* What a unit's rows are filled through; heads and relations are NULL when not parsed. */
typedef struct {
  const char *text;
  const AverToken *tokens;
  gint32 *tags;
  gint32 *heads;
  gint32 *relations;
} Rows;

static void annotate(const Syntax *syntax, Scratch *scratch, const Rows *rows, guint32 first,
                     guint n)
{
  Word *words = scratch->words;
  words_read(&syntax->model->dictionary, rows->text, rows->tokens + first, n, words);
  tagger_run(&syntax->model->tags, words, n);
  for (guint i = 0; i < n; i++)
    rows->tags[first + i] = words[MARGIN + i].tag;
  if (!syntax->parse)
    return;
  parser_run(&scratch->parser, &syntax->model->network, words, n);
  for (guint i = 0; i < n; i++) {
    const Node *node = &scratch->parser.state.nodes[MARGIN + i];
    rows->relations[first + i] = node->relation;
    if (node->head < MARGIN + n)
      rows->heads[first + i] = (gint32) (first + node->head - MARGIN);
  }
}

/* Where a unit of @n tokens, too long for one, is cut: behind a comma or the like in its second
 * half, or where it has to be. */
static guint cut_long(const AverToken *tokens, guint n)
{
  for (guint i = n; i > n / 2; i--)
    if (tokens[i - 1].kind == AVER_TOKEN_PUNCTUATION && tokens[i - 1].detail != '(' &&
        tokens[i - 1].detail != '[')
      return i;
  return n;
}

static AverVerdict process(gpointer self, gpointer worker, AverDocument *document, GError **error)
{
  const Syntax *syntax = self;
  guint32 n, n_bytes, first = 0;
  if (!aver_document_check_tokens(document, error))
    return AVER_FAIL;
  Rows rows = {.text = aver_document_get_text(document, &n_bytes),
               .tokens = aver_document_get_tokens(document, &n)};
  AverLayer *tokens = aver_document_add_layer(document, &aver_token_layer);
  AverLayer *dependencies = aver_document_add_layer(document, &aver_dependency_layer);
  aver_layer_add_rows(tokens, rows.tokens, sizeof(AverToken), n);
  rows.tags = aver_layer_edit_i32_cells(tokens, AVER_TOKEN_TAG);
  if (syntax->parse) {
    aver_layer_add_rows(dependencies, rows.tokens, sizeof(AverToken), n);
    rows.heads = aver_layer_edit_i32_cells(dependencies, AVER_DEPENDENCY_HEAD);
    rows.relations = aver_layer_edit_i32_cells(dependencies, AVER_DEPENDENCY_RELATION);
  }
  const AverLayer *sentences = aver_document_get_layer(document, "sentence");
  guint32 n_sentences = aver_layer_get_n_rows(sentences);
  const AverSpan *spans = aver_layer_get_spans(sentences);
  for (guint32 k = 0; first < n; k++) {
    guint32 end = first;
    if (k >= n_sentences)
      end = n;
    while (end < n && rows.tokens[end].start < spans[k].end)
      end++;
    while (first < end) {
      guint length = end - first;
      if (length > UNIT_MAX)
        length = cut_long(rows.tokens + first, UNIT_MAX);
      annotate(syntax, worker, &rows, first, length);
      first += length;
    }
  }
  return AVER_KEEP;
}

static const AverOption options[] = {
    {.name = "model",
     .kind = AVER_OPTION_STRING,
     .help = "path of a model file; the plugin's own by default"},
    {.name = "parse",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "true",
     .help = "whether to parse: without, tokens get their tags and `dependency` stays empty"},
};

static const AverLayerType *const needed[] = {&aver_sentence_layer, NULL};
static const AverLayerType *const provided[] = {&aver_token_layer, &aver_dependency_layer, NULL};

AVER_PLUGIN(syntax_parser) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_ANNOTATOR,
    .name = "syntax-parser",
    .version = "1.0",
    .summary = "tags every word with its part of speech and parses sentences into dependencies",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .needs = needed,
    .provides = provided,
    .open = open_syntax,
    .close = close_syntax,
    .start = start_scratch,
    .stop = stop_scratch,
    .process = process,
};
