/* SPDX-License-Identifier: Apache-2.0 */
/* my-stage: every line is a document: an id, a separator and a text. */
#include <aver/aver.h>
#include <string.h>

/* What open() makes. Only cut(), seek() and cursor() use @input; decode() runs in many threads. */
typedef struct {
  AverInput *input;
  gsize longest;
  char separator;
} Instance;

static gpointer instance_open(AverStage *stage, GError **error)
{
  (void) error;
  Instance *self = g_new0(Instance, 1);
  self->input = aver_stage_open_input(stage);
  self->longest = aver_stage_get_max_record(stage);
  self->separator = aver_stage_get_choice(stage, "separator") == 0 ? '\t' : ',';
  return self;
}

static void instance_close(gpointer self)
{
  Instance *instance = self;
  aver_input_free(instance->input);
  g_free(instance);
}

/* Serial: slices the next line off, and does nothing else. */
static AverCut cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  Instance *instance = self;
  return aver_input_cut_line(instance->input, instance->longest, may_block, record, error);
}

/* Parallel: makes a document of a line. The record lives as long as the document. */
static gboolean decode(gpointer self, gpointer worker, const AverRecord *record,
                       AverDocument *document, GError **error)
{
  (void) worker;
  const Instance *instance = self;
  const char *separator = memchr(record->data, instance->separator, record->length);
  if (separator == NULL) {
    g_set_error(
        error, AVER_ERROR, AVER_ERROR_SYNTAX, "no %s in the line; expected an id, a %s and a text",
        instance->separator == ',' ? "comma" : "tab", instance->separator == ',' ? "comma" : "tab");
    return FALSE;
  }
  gsize length = (gsize) (separator - record->data);
  gsize bad;
  if (length == 0 || memchr(record->data, '\0', length) != NULL ||
      !aver_utf8_validate(record->data, length, &bad)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "no id; expected one in UTF-8 before the %s",
                instance->separator == ',' ? "comma" : "tab");
    return FALSE;
  }
  aver_record_set_provenance(record, document);
  aver_document_set_id(document, record->data, (gssize) length);
  return aver_document_set_text(document, separator + 1, record->length - length - 1, error);
}

/* The position behind the last line, so that a job goes on after a kill. */
static void cursor(gpointer self, GString *text)
{
  aver_input_get_cursor(((Instance *) self)->input, text);
}

static gboolean seek(gpointer self, const char *text, GError **error)
{
  return aver_input_seek(((Instance *) self)->input, text, error);
}

static void identify(gpointer self, GString *text)
{
  aver_input_identify(((Instance *) self)->input, text);
}

static const char *const separators[] = {"tab", "comma", NULL};

static const AverOption options[] = {
    {.name = "separator",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "tab",
     .choices = separators,
     .help = "what stands between the id and the text"},
};

AVER_PLUGIN(my_stage) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_READER,
    .name = "my-stage",
    .version = "0.1.0",
    .summary = "reads lines of an id and a text",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = instance_open,
    .close = instance_close,
    .cut = cut,
    .decode = decode,
    .cursor = cursor,
    .seek = seek,
    .identify = identify,
};
