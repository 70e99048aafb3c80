/* SPDX-License-Identifier: Apache-2.0 */
/* pdf-reader: makes a document of the text of every PDF file. */
#include "flow.h"

#include <poppler.h>

/* Where readers of PDF look for its first and last marks. */
#define HEAD ((gsize) 1024)
#define TAIL ((gsize) 2048)

typedef struct {
  AverInput *input;
  gsize max_record;
  gboolean furniture;
  gboolean repair;
} PdfReader;

static gpointer pdf_open(AverStage *stage, GError **error)
{
  (void) error;
  PdfReader *reader = g_new0(PdfReader, 1);
  reader->input = aver_stage_open_input(stage);
  reader->max_record = aver_stage_get_max_record(stage);
  reader->furniture = aver_stage_get_boolean(stage, "furniture");
  reader->repair = aver_stage_get_boolean(stage, "repair");
  return reader;
}

static void pdf_close(gpointer self)
{
  PdfReader *reader = self;
  aver_input_free(reader->input);
  g_free(reader);
}

static AverCut pdf_cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  PdfReader *reader = self;
  return aver_input_cut_file(reader->input, reader->max_record, may_block, record, error);
}

static gboolean contains(const char *data, gsize length, const char *mark)
{
  return memmem(data, length, mark, strlen(mark)) != NULL;
}

/* Poppler makes something of nearly any bytes; a file that was cut off would lose pages unseen. */
static gboolean check_marks(const PdfReader *reader, const AverRecord *record, GError **error)
{
  gsize tail = MIN(record->length, TAIL);
  if (record->length == 0 || !contains(record->data, MIN(record->length, HEAD), "%PDF-")) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "no PDF: expected '%%PDF-' in the first %d bytes", (int) HEAD);
    return FALSE;
  }
  if (reader->repair || contains(record->data + record->length - tail, tail, "%%EOF"))
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
              "the PDF is cut off at byte %" G_GSIZE_FORMAT
              ": expected '%%%%EOF' in its last %d bytes, or the option repair=true",
              record->length, (int) TAIL);
  return FALSE;
}

static gboolean fail(const GError *cause, GError **error)
{
  if (g_error_matches(cause, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the PDF is encrypted; expected one that opens without a password");
  else
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "the PDF cannot be read: %s",
                cause == NULL ? "unknown error" : cause->message);
  return FALSE;
}

static void add_page(Flow *flow, PopplerPage *page)
{
  PopplerRectangle *places = NULL;
  guint n = 0;
  double height = 0;
  g_autofree char *raw = poppler_page_get_text(page);
  g_autofree char *text = g_utf8_make_valid(raw == NULL ? "" : raw, -1);
  poppler_page_get_size(page, NULL, &height);
  poppler_page_get_text_layout(page, &places, &n);
  g_autofree Box *boxes = g_new(Box, MAX(n, 1));
  for (guint i = 0; i < n; i++)
    boxes[i] = (Box){places[i].x1, places[i].y1, places[i].x2, places[i].y2};
  flow_add_page(flow, text, boxes, n, height);
  g_free(places);
}

/* How many pages have no text. */
static guint add_pages(Flow *flow, PopplerDocument *pdf, int n)
{
  guint empty = 0;
  for (int i = 0; i < n; i++) {
    guint before = flow->lines->len;
    PopplerPage *page = poppler_document_get_page(pdf, i);
    if (page != NULL)
      add_page(flow, page);
    g_clear_object(&page);
    empty += flow->lines->len == before ? 1 : 0;
  }
  return empty;
}

static void set_string(AverDocument *document, const char *key, char *value)
{
  g_autofree char *valid = value == NULL ? NULL : g_utf8_make_valid(value, -1);
  if (valid != NULL && *g_strstrip(valid) != '\0')
    aver_document_set_metadata(document, key, valid, FALSE);
  g_free(value);
}

static void set_number(AverDocument *document, const char *key, guint value)
{
  g_autofree char *text = g_strdup_printf("%u", value);
  aver_document_set_metadata(document, key, text, TRUE);
}

static void set_metadata(AverDocument *document, PopplerDocument *pdf)
{
  GDateTime *created = poppler_document_get_creation_date_time(pdf);
  set_string(document, "title", poppler_document_get_title(pdf));
  set_string(document, "author", poppler_document_get_author(pdf));
  if (created == NULL)
    return;
  gboolean utc = g_date_time_get_utc_offset(created) == 0;
  set_string(document, "published",
             g_date_time_format(created, utc ? "%Y-%m-%dT%H:%M:%SZ" : "%Y-%m-%dT%H:%M:%S%:z"));
  g_date_time_unref(created);
}

static gboolean read_text(const PdfReader *reader, PopplerDocument *pdf, AverDocument *document,
                          GError **error)
{
  g_auto(Flow) flow;
  flow_init(&flow);
  int n = poppler_document_get_n_pages(pdf);
  guint empty = add_pages(&flow, pdf, n);
  if (flow.lines->len == 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "no text in %d pages; expected a PDF with a text layer, not pictures of pages", n);
    return FALSE;
  }
  guint left_out = reader->furniture ? 0 : flow_leave_out(&flow);
  g_autoptr(GString) text = g_string_new(NULL);
  flow_write(&flow, text);
  char *copy = aver_document_alloc(document, text->len);
  memcpy(copy, text->str, text->len);
  if (!aver_document_set_text(document, copy, text->len, error))
    return FALSE;
  set_number(document, "pages", (guint) n);
  if (empty > 0)
    set_number(document, "pages_without_text", empty);
  if (left_out > 0)
    set_number(document, "lines_left_out", left_out);
  return TRUE;
}

static gboolean pdf_decode(gpointer self, gpointer worker, const AverRecord *record,
                           AverDocument *document, GError **error)
{
  const PdfReader *reader = self;
  (void) worker;
  if (!check_marks(reader, record, error))
    return FALSE;
  g_autoptr(GBytes) bytes = g_bytes_new_static(record->data, record->length);
  g_autoptr(GError) failure = NULL;
  PopplerDocument *pdf = poppler_document_new_from_bytes(bytes, NULL, &failure);
  if (pdf == NULL)
    return fail(failure, error);
  gboolean good = read_text(reader, pdf, document, error);
  if (good) {
    aver_record_set_provenance(record, document);
    set_metadata(document, pdf);
  }
  g_object_unref(pdf);
  return good;
}

static void pdf_cursor(gpointer self, GString *cursor)
{
  aver_input_get_cursor(((PdfReader *) self)->input, cursor);
}

static gboolean pdf_seek(gpointer self, const char *cursor, GError **error)
{
  return aver_input_seek(((PdfReader *) self)->input, cursor, error);
}

static void pdf_identify(gpointer self, GString *text)
{
  aver_input_identify(((PdfReader *) self)->input, text);
}

static const AverOption options[] = {
    {.name = "match",
     .kind = AVER_OPTION_STRING,
     .fallback = "*.pdf",
     .help = "glob patterns, separated by commas, for the names of files in folders"},
    {.name = "furniture",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "false",
     .help = "whether running heads and feet, and page numbers, stay in the text"},
    {.name = "repair",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "false",
     .help = "whether files that are cut off are read as far as they can be"},
};

/* Where poppler's tables of characters are. */
static const char *const resources[] = {"/usr/share/poppler", "/usr/local/share/poppler", NULL};

AVER_PLUGIN(pdf_reader) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_READER,
    .flags = AVER_PLUGIN_SANDBOX,
    .name = "pdf-reader",
    .version = "1.0",
    .summary = "reads the text of PDF files, one document a file",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = pdf_open,
    .close = pdf_close,
    .cut = pdf_cut,
    .decode = pdf_decode,
    .cursor = pdf_cursor,
    .seek = pdf_seek,
    .identify = pdf_identify,
    .resources = resources,
};
