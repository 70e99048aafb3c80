/* SPDX-License-Identifier: Apache-2.0 */
/* quote-attributor: finds who said what, by rules. */
#include <aver/aver.h>

#include "cues.h"
#include "loose-quotes.h"
#include "marks.h"
#include "people.h"
#include "reading.h"
#include "resolve.h"
#include "rows.h"
#include "transcript.h"
#include "words.h"

typedef struct {
  Words words;
  gboolean indirect;
} Attributor;

static gpointer attributor_open(AverStage *stage, GError **error)
{
  (void) error;
  Attributor *self = g_new0(Attributor, 1);
  self->indirect = aver_stage_get_boolean(stage, "indirect");
  words_init(&self->words);
  return self;
}

static void attributor_close(gpointer self)
{
  Attributor *attributor = self;
  words_clear(&attributor->words);
  g_free(attributor);
}

static gpointer attributor_start(gpointer self, GError **error)
{
  (void) error;
  Attributor *attributor = self;
  return reading_new(&attributor->words);
}

static void attributor_stop(gpointer self, gpointer worker)
{
  (void) self;
  reading_free(worker);
}

static AverVerdict attributor_process(gpointer self, gpointer worker, AverDocument *document,
                                      GError **error)
{
  (void) error;
  const Attributor *attributor = self;
  Reading *reading = worker;
  reading_start(reading, document, aver_document_get_layer(document, aver_sentence_layer.name));
  marks_pair(reading);
  reading_tag(reading);
  people_find(reading);
  transcript_find(reading);
  cues_find(reading);
  loose_quotes_attribute(reading);
  resolve_speakers(reading);
  rows_write(reading, document, attributor->indirect);
  return AVER_KEEP;
}

static const char *const modes[] = {"fast", NULL};

static const AverOption options[] = {
    {.name = "mode",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "fast",
     .choices = modes,
     .help = "how quotes are found; fast: rules and word lists, the only mode so far"},
    {.name = "indirect",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "true",
     .help = "whether reports without any quotation marks are rows too"},
};

static const AverLayerType *const needs[] = {&aver_sentence_layer, NULL};
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
    .provides = provides,
    .open = attributor_open,
    .close = attributor_close,
    .start = attributor_start,
    .stop = attributor_stop,
    .process = attributor_process,
};
