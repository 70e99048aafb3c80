/* SPDX-License-Identifier: Apache-2.0 */
/* html-reader: makes a document of the article in every web page. */
#include <aver/aver.h>
#include <aver/html.h>

typedef struct {
  AverInput *input;
  gsize max_record;
  const char *charset;
} HtmlReader;

static gpointer html_open(AverStage *stage, GError **error)
{
  const char *charset = aver_stage_get_string(stage, "charset");
  if (charset != NULL && !aver_html_knows_charset(charset)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "charset is '%s', which no converter knows; expected a name like 'utf-8'", charset);
    return NULL;
  }
  HtmlReader *reader = g_new0(HtmlReader, 1);
  reader->input = aver_stage_open_input(stage);
  reader->max_record = aver_stage_get_max_record(stage);
  reader->charset = charset;
  return reader;
}

static void html_close(gpointer self)
{
  HtmlReader *reader = self;
  aver_input_free(reader->input);
  g_free(reader);
}

static gpointer html_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  return aver_html_new();
}

static void html_stop(gpointer self, gpointer worker)
{
  (void) self;
  aver_html_free(worker);
}

static AverCut html_cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  HtmlReader *reader = self;
  return aver_input_cut_file(reader->input, reader->max_record, may_block, record, error);
}

static gboolean html_decode(gpointer self, gpointer worker, const AverRecord *record,
                            AverDocument *document, GError **error)
{
  const HtmlReader *reader = self;
  if (!aver_html_read(worker, record->data, record->length, reader->charset, document, error))
    return FALSE;
  aver_record_set_provenance(record, document);
  return TRUE;
}

static void html_cursor(gpointer self, GString *cursor)
{
  aver_input_get_cursor(((HtmlReader *) self)->input, cursor);
}

static gboolean html_seek(gpointer self, const char *cursor, GError **error)
{
  return aver_input_seek(((HtmlReader *) self)->input, cursor, error);
}

static void html_identify(gpointer self, GString *text)
{
  aver_input_identify(((HtmlReader *) self)->input, text);
}

static const AverOption options[] = {
    {.name = "match",
     .kind = AVER_OPTION_STRING,
     .fallback = "*.html,*.htm,*.xhtml",
     .help = "glob patterns, separated by commas, for the names of files in folders"},
    {.name = "charset",
     .kind = AVER_OPTION_STRING,
     .help = "the character set of all pages, when what they say themselves is wrong"},
};

AVER_PLUGIN(html_reader) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_READER,
    .name = "html-reader",
    .version = "1.0",
    .summary = "reads the articles in web pages, one document a file",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = html_open,
    .close = html_close,
    .start = html_start,
    .stop = html_stop,
    .cut = html_cut,
    .decode = html_decode,
    .cursor = html_cursor,
    .seek = html_seek,
    .identify = html_identify,
};
