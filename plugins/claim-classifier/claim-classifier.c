/* SPDX-License-Identifier: Apache-2.0 */
/* claim-classifier: what is claimed, how check-worthy it is, by whom, how, and how firmly. */
#include "furniture.h"
#include "rows.h"
#include "speech.h"
#include "topics.h"

typedef struct {
  Lexicons lexicons;
  gboolean claims_only;
} Classifier;

static gpointer classifier_open(AverStage *stage, GError **error)
{
  (void) error;
  Classifier *self = g_new0(Classifier, 1);
  self->lexicons = (Lexicons){topics_new(), speech_new(), openers_new()};
  self->claims_only = aver_stage_get_choice(stage, "keep") == 1;
  return self;
}

static void classifier_close(gpointer data)
{
  Classifier *self = data;
  if (self == NULL)
    return;
  aver_lexicon_free(self->lexicons.topics);
  aver_lexicon_free(self->lexicons.speech);
  aver_lexicon_free(self->lexicons.openers);
  g_free(self);
}

static gpointer start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  return scratch_new();
}

static void stop(gpointer self, gpointer worker)
{
  (void) self;
  scratch_free(worker);
}

static AverVerdict process(gpointer data, gpointer worker, AverDocument *document, GError **error)
{
  const Classifier *self = data;
  (void) error;
  rows_add(worker, &self->lexicons, self->claims_only, document);
  return AVER_KEEP;
}

static const char *const keeps[] = {"all", "claims", NULL};
static const AverOption options[] = {
    {"keep", AVER_OPTION_CHOICE, "all", "rows to write: all, or claims (without the label NFS)", 0,
     0, keeps},
};

static const AverLayerType *const needs[] = {&aver_sentence_layer, NULL};
static const AverLayerType *const uses[] = {&aver_quote_layer, NULL};
static const AverLayerType *const provides[] = {&aver_claim_layer, NULL};

AVER_PLUGIN(claim_classifier) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_ANNOTATOR,
    .name = "claim-classifier",
    .version = "1.0",
    .summary = "tells what is claimed, how check-worthy it is, by whom and how firmly",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .needs = needs,
    .uses = uses,
    .provides = provides,
    .open = classifier_open,
    .close = classifier_close,
    .start = start,
    .stop = stop,
    .process = process,
};
