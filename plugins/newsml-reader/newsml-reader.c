/* SPDX-License-Identifier: Apache-2.0 */
/* newsml-reader: makes a document of every item of news in NewsML-G2, NITF and ninjs. */
#include "news.h"

/* Bytes looked at to tell JSON from XML. */
#define LOOKED_AT 1024

static const AverXmlFormat formats = {
    .roots = (const char *const[]){"newsMessage", "newsItem", "packageItem", "nitf", "conceptItem",
                                   "knowledgeItem", "planningItem", "catalogItem", NULL},
    .items = (const char *const[]){"newsItem", "packageItem", "nitf", "conceptItem",
                                   "knowledgeItem", "planningItem", "catalogItem", NULL},
    .context = (const char *const[]){NULL},
    .expected = "'newsMessage', 'newsItem' or 'packageItem' (NewsML-G2), 'nitf', or ninjs in JSON",
    .mixed = TRUE,
};

typedef struct {
  AverInput *input;
  AverXmlCutter *cutter;
  gsize max_record;
} NewsReader;

static gpointer news_open(AverStage *stage, GError **error)
{
  (void) error;
  NewsReader *reader = g_new0(NewsReader, 1);
  reader->input = aver_stage_open_input(stage);
  reader->max_record = aver_stage_get_max_record(stage);
  reader->cutter = aver_xml_cutter_new(reader->input, &formats, reader->max_record);
  return reader;
}

static void news_close(gpointer self)
{
  NewsReader *reader = self;
  aver_xml_cutter_free(reader->cutter);
  aver_input_free(reader->input);
  g_free(reader);
}

static gpointer news_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  NewsScratch *scratch = g_new0(NewsScratch, 1);
  scratch->xml = aver_xml_new();
  scratch->inner = aver_xml_new();
  scratch->html = aver_html_new();
  return scratch;
}

static void news_stop(gpointer self, gpointer worker)
{
  NewsScratch *scratch = worker;
  (void) self;
  aver_xml_free(scratch->xml);
  aver_xml_free(scratch->inner);
  aver_html_free(scratch->html);
  aver_buffer_clear(&scratch->raw);
  aver_buffer_clear(&scratch->text);
  g_free(scratch);
}

static gboolean begins_json(const AverRecord *seen)
{
  const char *p = seen->data, *end = p + seen->length;
  if (end - p >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
    p += 3;
  while (p < end && g_ascii_isspace(*p))
    p++;
  return p < end && (*p == '{' || *p == '[');
}

static AverCut news_cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  NewsReader *reader = self;
  for (;;) {
    gboolean inside = aver_xml_cutter_is_inside(reader->cutter);
    if (!inside) {
      AverCut cut = aver_input_peek(reader->input, LOOKED_AT, may_block, record, error);
      if (cut != AVER_CUT_RECORD)
        return cut;
      if (begins_json(record))
        return aver_input_cut_file(reader->input, reader->max_record, may_block, record, error);
    }
    AverCut cut = aver_xml_cutter_cut(reader->cutter, may_block, record, error);
    if (cut != AVER_CUT_WAIT || !inside || aver_xml_cutter_is_inside(reader->cutter))
      return cut;
  }
}

/* JSON of one file. */
static gboolean decode_json(News *news, const AverRecord *record, GError **error)
{
  g_autofree char *id = NULL;
  if (!ninjs_read(news, record, &id, error))
    return FALSE;
  aver_record_set_provenance(record, news->document);
  if (id != NULL)
    aver_document_set_id(news->document, id, -1);
  return TRUE;
}

static gboolean decode_xml(News *news, const AverRecord *record, GError **error)
{
  const AverXml *xml = news->scratch->xml;
  if (!aver_xml_read(news->scratch->xml, record, error))
    return FALSE;
  guint32 item = aver_xml_get_item(xml);
  const char *name = aver_xml_get_name(xml, item);
  g_autofree char *id = NULL;
  if (strcmp(name, "nitf") == 0) {
    guint32 named = aver_xml_find(xml, item, "doc-id");
    if (named != AVER_XML_NONE)
      id = g_strdup(aver_xml_get_attribute(xml, named, "", "id-string"));
    if (!nitf_read(news, xml, item, error))
      return FALSE;
  } else if (strcmp(name, "newsItem") == 0 || strcmp(name, "packageItem") == 0) {
    id = g_strdup(aver_xml_get_attribute(xml, item, "", "guid"));
    if (!g2_read(news, xml, item, error))
      return FALSE;
  } else {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the item is a '%s', which is no news; expected 'newsItem' or 'packageItem'", name);
    return FALSE;
  }
  aver_xml_set_provenance(xml, record, id != NULL && id[0] != '\0' ? id : NULL, news->document);
  return TRUE;
}

static gboolean news_decode(gpointer self, gpointer worker, const AverRecord *record,
                            AverDocument *document, GError **error)
{
  (void) self;
  News news = {.scratch = worker, .document = document};
  news.scratch->text.length = 0;
  gboolean good =
      begins_json(record) ? decode_json(&news, record, error) : decode_xml(&news, record, error);
  if (good)
    news_finish(&news);
  aver_buffer_clear(&news.categories);
  return good;
}

static void news_cursor(gpointer self, GString *cursor)
{
  aver_xml_cutter_get_cursor(((NewsReader *) self)->cutter, cursor);
}

static gboolean news_seek(gpointer self, const char *cursor, GError **error)
{
  return aver_xml_cutter_seek(((NewsReader *) self)->cutter, cursor, error);
}

static void news_identify(gpointer self, GString *text)
{
  aver_input_identify(((NewsReader *) self)->input, text);
}

static const AverOption options[] = {
    {.name = "match",
     .kind = AVER_OPTION_STRING,
     .fallback = "*.xml,*.nitf,*.json,*.ninjs",
     .help = "glob patterns, separated by commas, for the names of files in folders"},
};

AVER_PLUGIN(newsml_reader) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_READER,
    .name = "newsml-reader",
    .version = "1.0",
    .summary = "reads NewsML-G2, NITF and ninjs, one document an item",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = news_open,
    .close = news_close,
    .start = news_start,
    .stop = news_stop,
    .cut = news_cut,
    .decode = news_decode,
    .cursor = news_cursor,
    .seek = news_seek,
    .identify = news_identify,
};
