/* SPDX-License-Identifier: Apache-2.0 */
/* text-reader: makes a document of every plain text file. */
#include <aver/aver.h>

typedef struct {
  AverInput *input;
  gsize max_record;
  const char *charset;
} TextReader;

static gpointer text_open(AverStage *stage, GError **error)
{
  const char *charset = aver_stage_get_string(stage, "charset");
  if (charset != NULL && !aver_charset_is_known(charset)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "charset is '%s', which no converter knows; expected a name like 'utf-8'", charset);
    return NULL;
  }
  TextReader *reader = g_new0(TextReader, 1);
  reader->charset = charset;
  reader->input = aver_stage_open_input(stage);
  reader->max_record = aver_stage_get_max_record(stage);
  return reader;
}

static void text_close(gpointer self)
{
  TextReader *reader = self;
  aver_input_free(reader->input);
  g_free(reader);
}

static AverCut text_cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  TextReader *reader = self;
  return aver_input_cut_file(reader->input, reader->max_record, may_block, record, error);
}

static gboolean text_decode(gpointer self, gpointer worker, const AverRecord *record,
                            AverDocument *document, GError **error)
{
  const TextReader *reader = self;
  (void) worker;
  aver_record_set_provenance(record, document);
  return aver_charset_read_text(record->data, record->length, record->offset, reader->charset,
                                document, error);
}

static void text_cursor(gpointer self, GString *cursor)
{
  aver_input_get_cursor(((TextReader *) self)->input, cursor);
}

static gboolean text_seek(gpointer self, const char *cursor, GError **error)
{
  return aver_input_seek(((TextReader *) self)->input, cursor, error);
}

static void text_identify(gpointer self, GString *text)
{
  aver_input_identify(((TextReader *) self)->input, text);
}

static const AverOption options[] = {
    {.name = "match",
     .kind = AVER_OPTION_STRING,
     .fallback = "*.txt",
     .help = "glob patterns, separated by commas, for the names of files in folders"},
    {.name = "charset",
     .kind = AVER_OPTION_STRING,
     .help = "the character set of all files that have no byte order mark; judged when not set"},
};

AVER_PLUGIN(text_reader) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_READER,
    .name = "text-reader",
    .version = "1.0",
    .summary = "reads plain text files, one document a file",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = text_open,
    .close = text_close,
    .cut = text_cut,
    .decode = text_decode,
    .cursor = text_cursor,
    .seek = text_seek,
    .identify = text_identify,
};
