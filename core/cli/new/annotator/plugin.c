/* SPDX-License-Identifier: Apache-2.0 */
/* my-stage: marks long words. */
#include <aver/aver.h>

/* What open() makes and all workers share: it does not change once it is made. */
typedef struct {
  gint64 least;
} Instance;

enum { WORD_LENGTH }; /* the columns, in their order */

static const AverColumnType columns[] = {
    {"length", AVER_COLUMN_I32, NULL, NULL, "in characters"},
};

static const AverLayerType word_layer = {
    .name = "long_word",
    .summary = "long words",
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
};

static gpointer instance_open(AverStage *stage, GError **error)
{
  (void) error; /* set it, and return NULL, when an option is wrong or a file cannot be read */
  Instance *self = g_new0(Instance, 1);
  self->least = aver_stage_get_integer(stage, "least");
  return self;
}

static void instance_close(gpointer self)
{
  g_free(self);
}

static gint32 count_characters(const char *text, AverSpan span)
{
  gint32 n = 0;
  for (guint32 i = span.start; i < span.end; i++)
    n += ((guchar) text[i] & 0xc0) != 0x80;
  return n;
}

static AverVerdict process(gpointer self, gpointer worker, AverDocument *document, GError **error)
{
  (void) worker; /* what start() returned: this worker's own state, when there is a start() */
  (void) error;
  const Instance *instance = self;
  guint32 n, length;
  const char *text = aver_document_get_text(document, &length);
  const AverToken *tokens = aver_document_get_tokens(document, &n);
  AverLayer *layer = aver_document_add_layer(document, &word_layer);
  for (guint32 i = 0; i < n; i++) {
    if (tokens[i].kind != AVER_TOKEN_WORD)
      continue;
    gint32 characters = count_characters(text, (AverSpan){tokens[i].start, tokens[i].end});
    if (characters < instance->least)
      continue;
    gint32 row = aver_layer_add(layer, tokens[i].start, tokens[i].end);
    aver_layer_set_i32(layer, (guint32) row, WORD_LENGTH, characters);
  }
  return AVER_KEEP;
}

static const AverOption options[] = {
    {.name = "least",
     .kind = AVER_OPTION_INTEGER,
     .fallback = "12",
     .minimum = 1,
     .maximum = 1000,
     .help = "the shortest word to mark, in characters"},
};

AVER_PLUGIN(my_stage) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_ANNOTATOR,
    .name = "my-stage",
    .version = "0.1.0",
    .summary = "marks long words",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .provides = (const AverLayerType *const[]){&word_layer, NULL},
    .open = instance_open,
    .close = instance_close,
    .process = process,
};
