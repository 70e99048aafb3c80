/* SPDX-License-Identifier: Apache-2.0 */
/* feed-reader: makes a document of every item of RSS and Atom feeds. */
#include "item.h"

static const AverXmlFormat feeds = {
    .roots = (const char *const[]){"rss", "RDF", "feed", "entry", NULL},
    .items = (const char *const[]){"item", "entry", NULL},
    .context = (const char *const[]){"title", "link", "language", "author", NULL},
    .expected = "a feed: 'rss', 'RDF', 'feed' or 'entry'",
};

typedef struct {
  AverInput *input;
  AverXmlCutter *cutter;
} FeedReader;

static gpointer feed_open(AverStage *stage, GError **error)
{
  (void) error;
  FeedReader *reader = g_new0(FeedReader, 1);
  reader->input = aver_stage_open_input(stage);
  reader->cutter = aver_xml_cutter_new(reader->input, &feeds, aver_stage_get_max_record(stage));
  return reader;
}

static void feed_close(gpointer self)
{
  FeedReader *reader = self;
  aver_xml_cutter_free(reader->cutter);
  aver_input_free(reader->input);
  g_free(reader);
}

static gpointer feed_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  ItemScratch *scratch = g_new0(ItemScratch, 1);
  scratch->xml = aver_xml_new();
  scratch->html = aver_html_new();
  return scratch;
}

static void feed_stop(gpointer self, gpointer worker)
{
  ItemScratch *scratch = worker;
  (void) self;
  aver_xml_free(scratch->xml);
  aver_html_free(scratch->html);
  aver_buffer_clear(&scratch->raw);
  aver_buffer_clear(&scratch->text);
  g_free(scratch);
}

static AverCut feed_cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  return aver_xml_cutter_cut(((FeedReader *) self)->cutter, may_block, record, error);
}

static gboolean feed_decode(gpointer self, gpointer worker, const AverRecord *record,
                            AverDocument *document, GError **error)
{
  (void) self;
  return item_read(worker, record, document, error);
}

static void feed_cursor(gpointer self, GString *cursor)
{
  aver_xml_cutter_get_cursor(((FeedReader *) self)->cutter, cursor);
}

static gboolean feed_seek(gpointer self, const char *cursor, GError **error)
{
  return aver_xml_cutter_seek(((FeedReader *) self)->cutter, cursor, error);
}

static void feed_identify(gpointer self, GString *text)
{
  aver_input_identify(((FeedReader *) self)->input, text);
}

static const AverOption options[] = {
    {.name = "match",
     .kind = AVER_OPTION_STRING,
     .fallback = "*.rss,*.atom,*.rdf,*.xml",
     .help = "glob patterns, separated by commas, for the names of files in folders"},
};

AVER_PLUGIN(feed_reader) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_READER,
    .name = "feed-reader",
    .version = "1.0",
    .summary = "reads RSS and Atom feeds, one document an item",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = feed_open,
    .close = feed_close,
    .start = feed_start,
    .stop = feed_stop,
    .cut = feed_cut,
    .decode = feed_decode,
    .cursor = feed_cursor,
    .seek = feed_seek,
    .identify = feed_identify,
};
