/* SPDX-License-Identifier: Apache-2.0 */
/* text-reader: makes a document of every plain text file. */
#include <aver/aver.h>

#define MARK        "\xef\xbb\xbf"
#define MARK_LENGTH 3

typedef struct {
  AverInput *input;
  gsize max_record;
} TextReader;

static gpointer text_open(AverStage *stage, GError **error)
{
  (void) error;
  TextReader *reader = g_new0(TextReader, 1);
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

/* The byte at fault counts from the start of the file, whatever was removed there. */
static void locate(const AverRecord *record, GError **error)
{
  gsize bad;
  if (error == NULL || !g_error_matches(*error, AVER_ERROR, AVER_ERROR_ENCODING) ||
      aver_utf8_validate(record->data, record->length, &bad))
    return;
  g_clear_error(error);
  g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING,
              "the file is not valid UTF-8 at byte %" G_GUINT64_FORMAT " (0x%02x)",
              record->offset + bad, (guint) (guchar) record->data[bad]);
}

static gboolean text_decode(gpointer self, gpointer worker, const AverRecord *record,
                            AverDocument *document, GError **error)
{
  (void) self;
  (void) worker;
  gboolean marked = record->length >= MARK_LENGTH && memcmp(record->data, MARK, MARK_LENGTH) == 0;
  gsize skipped = marked ? MARK_LENGTH : 0;
  if (!aver_document_set_text(document, record->data + skipped, record->length - skipped, error)) {
    locate(record, error);
    return FALSE;
  }
  aver_record_set_provenance(record, document);
  if (marked)
    aver_document_set_metadata(document, "text_offset", G_STRINGIFY(MARK_LENGTH), TRUE);
  return TRUE;
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
