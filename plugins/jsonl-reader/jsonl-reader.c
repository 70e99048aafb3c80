/* SPDX-License-Identifier: Apache-2.0 */
/* jsonl-reader: makes a document of every line of JSON Lines. */
#include "fields.h"

typedef struct {
  AverInput *input;
  gsize max_record;
  FieldNames names;
} JsonlReader;

/* Two fields of one name would leave it open which of them is meant. */
static gboolean check_names(const FieldNames *names, GError **error)
{
  const char *const all[] = {names->id, names->text, names->title, names->published};
  static const char *const options[] = {"id", "text", "title", "published"};
  for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
    for (guint j = 0; j < i; j++) {
      if (strcmp(all[i], all[j]) == 0) {
        g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                    "options '%s' and '%s' are both '%s'; expected different fields", options[j],
                    options[i], all[i]);
        return FALSE;
      }
    }
  }
  return TRUE;
}

static gpointer jsonl_open(AverStage *stage, GError **error)
{
  FieldNames names = {
      .id = aver_stage_get_string(stage, "id"),
      .text = aver_stage_get_string(stage, "text"),
      .title = aver_stage_get_string(stage, "title"),
      .published = aver_stage_get_string(stage, "published"),
  };
  if (!check_names(&names, error))
    return NULL;
  JsonlReader *reader = g_new0(JsonlReader, 1);
  reader->names = names;
  reader->input = aver_stage_open_input(stage);
  reader->max_record = aver_stage_get_max_record(stage);
  return reader;
}

static void jsonl_close(gpointer self)
{
  JsonlReader *reader = self;
  aver_input_free(reader->input);
  g_free(reader);
}

static gpointer jsonl_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  return g_new0(FieldScratch, 1);
}

static void jsonl_stop(gpointer self, gpointer worker)
{
  FieldScratch *scratch = worker;
  (void) self;
  aver_json_scanner_clear(&scratch->scanner);
  aver_json_scanner_clear(&scratch->nested);
  aver_buffer_clear(&scratch->key);
  aver_buffer_clear(&scratch->value);
  g_free(scratch);
}

static AverCut jsonl_cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  JsonlReader *reader = self;
  return aver_input_cut_line(reader->input, reader->max_record, may_block, record, error);
}

static gboolean jsonl_decode(gpointer self, gpointer worker, const AverRecord *record,
                             AverDocument *document, GError **error)
{
  const JsonlReader *reader = self;
  return fields_read(&reader->names, worker, record, document, error);
}

static void jsonl_cursor(gpointer self, GString *cursor)
{
  aver_input_get_cursor(((JsonlReader *) self)->input, cursor);
}

static gboolean jsonl_seek(gpointer self, const char *cursor, GError **error)
{
  return aver_input_seek(((JsonlReader *) self)->input, cursor, error);
}

static void jsonl_identify(gpointer self, GString *text)
{
  aver_input_identify(((JsonlReader *) self)->input, text);
}

static const AverOption options[] = {
    {.name = "match",
     .kind = AVER_OPTION_STRING,
     .fallback = "*.jsonl,*.ndjson",
     .help = "glob patterns, separated by commas, for the names of files in folders"},
    {.name = "id",
     .kind = AVER_OPTION_STRING,
     .fallback = "id",
     .help = "the field that holds the id, a string or a whole number"},
    {.name = "text",
     .kind = AVER_OPTION_STRING,
     .fallback = "text",
     .help = "the field that holds the text"},
    {.name = "title",
     .kind = AVER_OPTION_STRING,
     .fallback = "title",
     .help = "the field that becomes metadata 'title'"},
    {.name = "published",
     .kind = AVER_OPTION_STRING,
     .fallback = "published",
     .help = "the field that becomes metadata 'published'"},
};

AVER_PLUGIN(jsonl_reader) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_READER,
    .flags = AVER_PLUGIN_SPLITS,
    .name = "jsonl-reader",
    .version = "1.0",
    .summary = "reads JSON Lines, one document a line",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = jsonl_open,
    .close = jsonl_close,
    .start = jsonl_start,
    .stop = jsonl_stop,
    .cut = jsonl_cut,
    .decode = jsonl_decode,
    .cursor = jsonl_cursor,
    .seek = jsonl_seek,
    .identify = jsonl_identify,
};
