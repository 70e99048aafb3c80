/* SPDX-License-Identifier: Apache-2.0 */
/* my-stage: writes a line a document: its id, a tab and how many words it has. */
#include <aver/aver.h>

/* What open() makes. Only emit(), commit() and finish() use @output; encode() runs in many threads.
 */
typedef struct {
  AverOutput *output;
  gboolean words;
} Instance;

static void instance_close(gpointer self)
{
  Instance *instance = self;
  aver_output_free(instance->output);
  g_free(instance);
}

static gpointer instance_open(AverStage *stage, GError **error)
{
  Instance *self = g_new0(Instance, 1);
  self->words = aver_stage_get_choice(stage, "count") == 0;
  self->output = aver_stage_open_output(stage, error);
  if (self->output == NULL) {
    instance_close(self);
    return NULL;
  }
  return self;
}

/* Parallel: the bytes of one document. */
static gboolean encode(gpointer self, gpointer worker, AverDocument *document, AverBuffer *out,
                       GError **error)
{
  (void) worker;
  (void) error;
  const Instance *instance = self;
  guint32 n, counted = 0;
  const AverToken *tokens = aver_document_get_tokens(document, &n);
  for (guint32 i = 0; i < n; i++)
    counted += !instance->words || tokens[i].kind == AVER_TOKEN_WORD;
  /* Ids are anyone's text: what could break the line, or mislead a terminal, is escaped. */
  g_autofree char *id = aver_text_make_printable(aver_document_get_id(document), -1);
  aver_buffer_printf(out, "%s\t%u\n", id, counted);
  return TRUE;
}

/* Serial, in input order: what encode() made of some documents. */
static gboolean emit(gpointer self, const char *data, gsize length, GError **error)
{
  return aver_output_write(((Instance *) self)->output, data, length, error);
}

/* Makes what was emitted durable, so that a job goes on from there after a kill. */
static gboolean commit(gpointer self, GString *position, GError **error)
{
  return aver_output_commit(((Instance *) self)->output, position, error);
}

/* Only now the output appears under its name. */
static gboolean finish(gpointer self, GError **error)
{
  return aver_output_close(((Instance *) self)->output, error);
}

static const char *const counts[] = {"words", "tokens", NULL};

static const AverOption options[] = {
    {.name = "count",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "words",
     .choices = counts,
     .help = "what is counted"},
    AVER_COMPRESS_OPTION,
};

AVER_PLUGIN(my_stage) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_WRITER,
    .flags = AVER_PLUGIN_RESUMES,
    .name = "my-stage",
    .version = "0.1.0",
    .summary = "writes a line a document, with its number of words",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = instance_open,
    .close = instance_close,
    .encode = encode,
    .emit = emit,
    .commit = commit,
    .finish = finish,
};
