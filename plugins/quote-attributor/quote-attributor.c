/* SPDX-License-Identifier: Apache-2.0 */
/* quote-attributor: finds who said what, by rules and by a trained model. */
#include <aver/aver.h>

#include "cues.h"
#include "explain.h"
#include "listed.h"
#include "loose-quotes.h"
#include "marks.h"
#include "model.h"
#include "nested.h"
#include "people.h"
#include "reading.h"
#include "resolve.h"
#include "rows.h"
#include "trace.h"
#include "transcript.h"
#include "words.h"

typedef struct {
  Words words;
  gboolean indirect;
  gboolean plain;
  gboolean syntax;
  Model *model; /* NULL in mode fast */
} Attributor;

typedef struct {
  Reading *reading;
  ModelSheet *sheet;
} Worker;

enum { MODE_FAST, MODE_BALANCED, MODE_ACCURATE };

static Model *open_model(AverStage *stage, GError **error)
{
  gboolean syntax = aver_stage_get_choice(stage, "mode") == MODE_ACCURATE;
  g_autofree char *path =
      aver_stage_find_model(stage, syntax ? "accurate.model" : "balanced.model");
  return model_new_from_file(path, syntax, error);
}

static void attributor_close(gpointer self)
{
  Attributor *attributor = self;
  model_free(attributor->model);
  words_clear(&attributor->words);
  g_free(attributor);
}

static gpointer attributor_open(AverStage *stage, GError **error)
{
  Attributor *self = g_new0(Attributor, 1);
  self->indirect = aver_stage_get_boolean(stage, "indirect");
  self->plain = aver_stage_get_choice(stage, "style") == 0;
  words_init(&self->words);
  if (aver_stage_get_choice(stage, "mode") == MODE_FAST)
    return self;
  self->syntax = aver_stage_get_choice(stage, "mode") == MODE_ACCURATE;
  self->model = open_model(stage, error);
  if (self->model == NULL) {
    attributor_close(self);
    return NULL;
  }
  return self;
}

static gpointer attributor_start(gpointer self, GError **error)
{
  (void) error;
  Attributor *attributor = self;
  Worker *worker = g_new0(Worker, 1);
  worker->reading = reading_new(&attributor->words);
  if (attributor->model != NULL)
    worker->sheet = model_sheet_new();
  return worker;
}

static void attributor_stop(gpointer self, gpointer state)
{
  (void) self;
  Worker *worker = state;
  reading_free(worker->reading);
  model_sheet_free(worker->sheet);
  g_free(worker);
}

/* Whether the document has what mode accurate reads: both layers, a row a token. */
static gboolean has_syntax(AverDocument *document, GError **error)
{
  static const AverLayerType *const types[] = {&aver_token_layer, &aver_dependency_layer};
  guint32 n;
  aver_document_get_tokens(document, &n);
  for (guint i = 0; i < G_N_ELEMENTS(types); i++) {
    const AverLayer *layer = aver_document_get_layer(document, types[i]->name);
    if (layer != NULL && aver_layer_get_n_rows(layer) == n)
      continue;
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "mode=accurate needs the layer '%s' with a row for every token; expected the stage "
                "syntax-parser before this one",
                types[i]->name);
    return FALSE;
  }
  return TRUE;
}

/* Everything but the rows. */
static void read_document(const Attributor *attributor, Worker *worker, AverDocument *document)
{
  Reading *reading = worker->reading;
  reading_start(reading, document, aver_document_get_layer(document, aver_sentence_layer.name));
  marks_pair(reading);
  reading_tag(reading);
  people_find(reading);
  listed_start(reading, document);
  listed_learn(reading);
  transcript_find(reading);
  cues_find(reading);
  if (attributor->model != NULL)
    model_attribute(attributor->model, worker->sheet, reading, document, attributor->plain);
  loose_quotes_attribute(reading);
  nested_find(reading);
  resolve_speakers(reading);
}

static AverVerdict attributor_process(gpointer self, gpointer state, AverDocument *document,
                                      GError **error)
{
  const Attributor *attributor = self;
  Worker *worker = state;
  if (!aver_document_check_tokens(document, error) ||
      (attributor->syntax && !has_syntax(document, error)))
    return AVER_FAIL;
  g_clear_pointer(&worker->reading->told, trace_free);
  read_document(attributor, worker, document);
  rows_write(worker->reading, document, attributor->indirect);
  return AVER_KEEP;
}

/* The document is read once more for the first row, with the rules telling what they weigh. */
static gboolean attributor_explain(gpointer self, gpointer state, AverDocument *document,
                                   const AverLayer *layer, guint32 row,
                                   AverExplanation *explanation, GError **error)
{
  (void) layer;
  const Attributor *attributor = self;
  Worker *worker = state;
  Reading *reading = worker->reading;
  if (row >= reading->rows->len) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED,
                "row %u is not of the document annotated last; expected one of its %u rows", row,
                reading->rows->len);
    return FALSE;
  }
  if (reading->told == NULL) {
    reading->told = reading->trace = trace_new();
    read_document(attributor, worker, document);
    reading->trace = NULL;
  }
  guint32 attribution = g_array_index(reading->rows, guint32, row);
  explain_attribution(reading, attribution, explanation);
  if (attributor->model != NULL)
    model_explain(attributor->model, worker->sheet, attribution, explanation);
  trace_explain(reading->told, attribution, explanation);
  return TRUE;
}

static const char *const modes[] = {"fast", "balanced", "accurate", NULL};

static const char *const styles[] = {"plain", "polnear", NULL};

static const AverOption options[] = {
    {.name = "mode",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "balanced",
     .choices = modes,
     .help = "how quotes are found; fast: by rules and word lists alone; balanced: also by a model "
             "of words; accurate: by a model of words and syntax"},
    {.name = "model",
     .kind = AVER_OPTION_STRING,
     .fallback = "",
     .help = "a model file to use instead of the mode's own"},
    {.name = "style",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "plain",
     .choices = styles,
     .help = "what the model's spans take in; plain: contents without a leading 'that', cues "
             "without auxiliaries; polnear: as the corpus PolNeAR has them"},
    {.name = "indirect",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "true",
     .help = "whether reports without any quotation marks are rows too"},
};

static const AverLayerType *const needs[] = {&aver_sentence_layer, NULL};
static const AverLayerType *const uses[] = {&aver_token_layer, &aver_dependency_layer,
                                            &listed_layer, NULL};
static const AverLayerType *const provides[] = {&aver_quote_layer, NULL};

AVER_PLUGIN(quote_attributor) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_ANNOTATOR,
    .name = "quote-attributor",
    .version = "1.0",
    .summary = "finds quotes, direct and indirect, and who said them",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .needs = needs,
    .uses = uses,
    .provides = provides,
    .open = attributor_open,
    .close = attributor_close,
    .start = attributor_start,
    .stop = attributor_stop,
    .process = attributor_process,
    .explain = attributor_explain,
};
