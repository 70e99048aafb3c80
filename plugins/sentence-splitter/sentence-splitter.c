/* SPDX-License-Identifier: Apache-2.0 */
/* sentence-splitter: fills the layer `sentence` in one pass over the text. */
#include "split.h"

static void close_splitter(gpointer self)
{
  Splitter *splitter = self;
  splitter_clear(splitter);
  g_free(splitter);
}

static gpointer open_splitter(AverStage *stage, GError **error)
{
  Splitter *splitter = g_new0(Splitter, 1);
  if (!splitter_init(splitter, aver_stage_get_choice(stage, "style") == 1,
                     aver_stage_get_string(stage, "abbreviations"), error)) {
    close_splitter(splitter);
    return NULL;
  }
  splitter->split_quotes = aver_stage_get_boolean(stage, "split_quotes");
  return splitter;
}

static AverVerdict splitter_process(gpointer self, gpointer worker, AverDocument *document,
                                    GError **error)
{
  (void) worker;
  (void) error;
  guint32 length;
  const char *text = aver_document_get_text(document, &length);
  split_text(self, text, length, aver_document_add_layer(document, &aver_sentence_layer));
  return AVER_KEEP;
}

static const char *const styles[] = {"news", "web", NULL};

static const AverOption options[] = {
    {
        .name = "style",
        .kind = AVER_OPTION_CHOICE,
        .fallback = "news",
        .help = "news: edited text; web: mail, forums and reviews, where marks and capitals fail",
        .choices = styles,
    },
    {
        .name = "split_quotes",
        .kind = AVER_OPTION_BOOLEAN,
        .fallback = "true",
        .help = "whether the sentences inside one quotation are split from each other",
    },
    {
        .name = "abbreviations",
        .kind = AVER_OPTION_STRING,
        .help = "path of a file of further abbreviations: one, and its class, a line",
    },
};

static const AverLayerType *const provided[] = {&aver_sentence_layer, NULL};

AVER_PLUGIN(sentence_splitter) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_ANNOTATOR,
    .name = "sentence-splitter",
    .version = "1.0",
    .summary = "splits text into sentences, headings, bylines and datelines",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .provides = provided,
    .open = open_splitter,
    .close = close_splitter,
    .process = splitter_process,
};
