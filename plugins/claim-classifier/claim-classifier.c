/* SPDX-License-Identifier: Apache-2.0 */
/* claim-classifier: what is claimed, how check-worthy it is, by whom, how, and how firmly. */
#include "rows.h"
#include "train/train.h"

static void classifier_close(gpointer data)
{
  Judge *self = data;
  if (self == NULL)
    return;
  weights_free(self->weights);
  g_free(self);
}

static gpointer classifier_open(AverStage *stage, GError **error)
{
  g_autofree char *path = aver_stage_find_model(stage, "claims.model");
  Judge *self = g_new0(Judge, 1);
  self->claims_only = aver_stage_get_choice(stage, "keep") == 1;
  self->weights = weights_open(path, error);
  if (self->weights != NULL)
    return self;
  classifier_close(self);
  return NULL;
}

static gpointer start(gpointer self, GError **error)
{
  (void) error;
  return scratch_new(((const Judge *) self)->weights);
}

static void stop(gpointer self, gpointer worker)
{
  (void) self;
  scratch_free(worker);
}

static AverVerdict process(gpointer self, gpointer worker, AverDocument *document, GError **error)
{
  if (!aver_document_check_tokens(document, error))
    return AVER_FAIL;
  rows_add(worker, self, document);
  return AVER_KEEP;
}

static gboolean explain(gpointer self, gpointer worker, AverDocument *document,
                        const AverLayer *layer, guint32 row, AverExplanation *explanation,
                        GError **error)
{
  (void) layer;
  (void) error;
  rows_explain(worker, self, document, row, explanation);
  return TRUE;
}

static const char *const keeps[] = {"all", "claims", NULL};
static const AverOption options[] = {
    {"keep", AVER_OPTION_CHOICE, "all",
     "rows to write: all, or claims (without the label that says no claim)", 0, 0, keeps},
    {"model", AVER_OPTION_STRING, NULL, "the model to judge by; without it, the plugin's own", 0, 0,
     NULL},
#ifdef HAVE_LIBLINEAR
    {"positive", AVER_OPTION_STRING, NULL,
     "train: the label whose probability is checkworthy (CFS, 1, yes or true if there)", 0, 0,
     NULL},
    {"negative", AVER_OPTION_STRING, NULL,
     "train: the label that says no claim (NFS, 0, no or false if there)", 0, 0, NULL},
    {"minor", AVER_OPTION_STRING, NULL, "train: the label of claims of no weight (UFS if there)", 0,
     0, NULL},
    {"rename", AVER_OPTION_STRING, NULL, "train: labels to take for others: OLD=NEW,...", 0, 0,
     NULL},
    {"cost", AVER_OPTION_NUMBER, "0", "train: LIBLINEAR's C; 0 tries several", 0, 1e6, NULL},
    {"characters", AVER_OPTION_BOOLEAN, "false", "train: runs of characters as features as well", 0,
     0, NULL},
    {"classes", AVER_OPTION_STRING, NULL,
     "train: a table of word classes (word, count, class); without it, those of the plugin's model",
     0, 0, NULL},
    {"attribution", AVER_OPTION_STRING, NULL, "train: what the model's card says of its data", 0, 0,
     NULL},
    {"predictions", AVER_OPTION_STRING, NULL,
     "train: write the held-out predictions to this file, as JSON Lines", 0, 0, NULL},
#endif
};

static const AverLayerType *const needs[] = {&aver_sentence_layer, NULL};
static const AverLayerType *const uses[] = {&aver_quote_layer, NULL};
static const AverLayerType *const provides[] = {&aver_claim_layer, NULL};

AVER_PLUGIN(claim_classifier) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_ANNOTATOR,
    .name = "claim-classifier",
    .version = "2.0",
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
    .explain = explain,
#ifdef HAVE_LIBLINEAR
    .train = train_model,
#endif
};
