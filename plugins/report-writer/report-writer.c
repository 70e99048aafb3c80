/* SPDX-License-Identifier: Apache-2.0 */
/* report-writer: writes what a run found as HTML for a person: one file, or a folder of pages. */
#include "report.h"

typedef struct {
  Report report;
  const char *output;
  AverFolder *folder; /* (nullable) for a page of each document */
  Spool *spool;
} ReportWriter;

/* Two numbers of 20 figures, a space and a line end. */
#define HEAD_LENGTH 42

#define MOST_KEPT (1 << 20)

typedef struct {
  AverBuffer article, page;
} Worker;

static void writer_close(gpointer self)
{
  ReportWriter *writer = self;
  aver_folder_free(writer->folder);
  spool_free(writer->spool);
  g_free(writer->report.head);
  g_free(writer->report.title);
  g_free(writer->report.provenance);
  g_free(writer);
}

/* Whether pages go to a folder: as the option says, or else what the output's name ends in. */
static gboolean is_apart(const AverStage *stage)
{
  const char *output = aver_stage_get_output(stage);
  guint choice = aver_stage_get_choice(stage, "pages");
  if (choice > 0)
    return choice == 2;
  if (output == NULL || strcmp(output, "-") == 0)
    return FALSE;
  return g_file_test(output, G_FILE_TEST_IS_DIR) || g_str_has_suffix(output, "/");
}

/* A position is that of the folder, if there is one, a colon, and that of the spool. */
static gboolean open_files(ReportWriter *writer, const AverStage *stage, GError **error)
{
  const char *position = aver_stage_get_resume_position(stage);
  if (writer->report.apart) {
    writer->folder = aver_folder_open(stage, error);
    if (writer->folder == NULL)
      return FALSE;
    position = position == NULL ? NULL : strrchr(position, ':');
    position = position == NULL ? NULL : position + 1;
  }
  writer->spool = spool_open(stage, position, error);
  return writer->spool != NULL;
}

static gpointer writer_open(AverStage *stage, GError **error)
{
  ReportWriter *writer = g_new0(ReportWriter, 1);
  Report *report = &writer->report;
  report->apart = is_apart(stage);
  report->documents = (guint) aver_stage_get_integer(stage, "documents");
  report->speakers = (guint) aver_stage_get_integer(stage, "speakers");
  report->claims = (guint) aver_stage_get_integer(stage, "claims");
  report->title = g_strdup(aver_stage_get_string(stage, "title"));
  report->head = aver_page_make_head();
  report->provenance = make_provenance(stage);
  writer->output = aver_stage_get_output(stage);
  if (open_files(writer, stage, error))
    return writer;
  writer_close(writer);
  return NULL;
}

static gpointer writer_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  return g_new0(Worker, 1);
}

static void writer_stop(gpointer self, gpointer data)
{
  Worker *worker = data;
  (void) self;
  aver_buffer_clear(&worker->article);
  aver_buffer_clear(&worker->page);
  g_free(worker);
}

/* Memory that only an unusually long document needed is given back. */
static void trim(AverBuffer *buffer)
{
  buffer->length = 0;
  if (buffer->capacity > MOST_KEPT)
    aver_buffer_clear(buffer);
}

/* The article as a page of its own, as the folder takes it. */
static void append_page(AverBuffer *out, const ReportWriter *writer, Worker *worker, View *view)
{
  AverBuffer *page = &worker->page;
  const char *id = aver_document_get_id(view->document);
  aver_page_append_article(&worker->article, view->page, 1);
  aver_page_print_head(page, writer->report.head, aver_page_get_title(view->page),
                       aver_document_get_metadata(view->document, "language"));
  aver_page_print(page,
                  "<nav aria-label=\"Report\"><a href=\"./index.html\">%s</a></nav>\n"
                  "<main id=\"main\" tabindex=\"-1\">\n",
                  writer->report.title);
  aver_page_print_anchored(page, worker->article.data, worker->article.length, "d-");
  trim(&worker->article);
  aver_page_print(page, "</main>\n</body>\n</html>\n");
  aver_folder_append_document(out, id);
  aver_folder_append_file(out, ".doc.html", page->data, page->length);
  trim(page);
}

/* Pages or articles? Shards may have been made for the other. */
static char kind_of(const ReportWriter *writer)
{
  return writer->report.apart ? 'p' : 'a';
}

/* What emit() gets: two lengths, what it is, the ledger, and the article or the folder's parts. */
static gboolean writer_encode(gpointer self, gpointer data, AverDocument *document, AverBuffer *out,
                              GError **error)
{
  const ReportWriter *writer = self;
  Worker *worker = data;
  g_autoptr(AverPage) page = aver_page_new(document);
  View view = {.document = document, .page = page};
  char head[HEAD_LENGTH + 1];
  gsize start = out->length;
  (void) error;
  view.text = aver_document_get_text(document, &view.length);
  view.quotes = aver_document_get_layer(document, aver_quote_layer.name);
  view.claims = aver_document_get_layer(document, aver_claim_layer.name);
  g_autoptr(GHashTable) joined = join_names(view.quotes);
  view.joined = joined;
  aver_buffer_reserve(out, HEAD_LENGTH);
  out->length += HEAD_LENGTH;
  append_ledger(out, &view);
  gsize ledger = out->length - start - HEAD_LENGTH;
  if (writer->report.apart)
    append_page(out, writer, worker, &view);
  else
    aver_page_append_article(out, view.page, 2);
  g_snprintf(head, sizeof head, "%020" G_GSIZE_FORMAT " %020" G_GSIZE_FORMAT "%c", ledger,
             out->length - start - HEAD_LENGTH - ledger, kind_of(writer));
  memcpy(out->data + start, head, HEAD_LENGTH);
  return TRUE;
}

static gboolean writer_emit(gpointer self, const char *data, gsize length, GError **error)
{
  ReportWriter *writer = self;
  for (const char *end = data + length; data < end;) {
    char *rest;
    gsize ledger = g_ascii_strtoull(data, &rest, 10), article = g_ascii_strtoull(rest, &rest, 10);
    const char *name = "", *facts = rest + 1;
    if (*rest != kind_of(writer)) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                  "the documents were written for %s; expected such an output",
                  *rest == 'p' ? "a folder of pages" : "one file");
      return FALSE;
    }
    g_return_val_if_fail(ledger + article <= (gsize) (end - facts), FALSE);
    data = facts + ledger;
    if (writer->folder != NULL) {
      if (!aver_folder_emit(writer->folder, data, article, error))
        return FALSE;
      name = aver_folder_get_name(writer->folder);
    }
    if (!spool_write(writer->spool, name, facts, ledger, data, writer->folder == NULL ? article : 0,
                     error))
      return FALSE;
    data += article;
  }
  return TRUE;
}

static gboolean writer_commit(gpointer self, GString *position, GError **error)
{
  ReportWriter *writer = self;
  guint64 length;
  if (writer->folder != NULL) {
    if (!aver_folder_commit(writer->folder, position, error))
      return FALSE;
    g_string_append_c(position, ':');
  }
  if (!spool_commit(writer->spool, &length, error))
    return FALSE;
  g_string_append_printf(position, "%" G_GUINT64_FORMAT, length);
  return TRUE;
}

static gboolean write_articles(const ReportWriter *writer, AverOutput *output, GError **error)
{
  const char *name;
  spool_rewind(writer->spool);
  for (guint number = 1; number <= writer->report.documents; number++) {
    if (!spool_next(writer->spool, &name))
      break;
    if (!spool_copy_article(writer->spool, number, output, error))
      return FALSE;
  }
  return spool_check(writer->spool, error);
}

static gboolean write_file(const ReportWriter *writer, const AverBuffer *corpus, GError **error)
{
  static const char end[] = "</main>\n</body>\n</html>\n";
  g_autoptr(AverOutput) output = aver_output_new(writer->output, error);
  return output != NULL && aver_output_write(output, corpus->data, corpus->length, error) &&
         write_articles(writer, output, error) &&
         aver_output_write(output, end, strlen(end), error) && aver_output_close(output, error);
}

static gboolean write_index(const ReportWriter *writer, AverBuffer *corpus, GError **error)
{
  aver_page_print(corpus, "</main>\n</body>\n</html>\n");
  return aver_folder_write(writer->folder, "index.html", corpus->data, corpus->length, error) &&
         aver_folder_close(writer->folder, error);
}

static gboolean writer_finish(gpointer self, GError **error)
{
  const ReportWriter *writer = self;
  g_auto(AverBuffer) corpus = {0};
  g_auto(Tally) tally;
  guint64 length;
  tally_init(&tally);
  if (spool_is_done(writer->spool))
    return writer->folder == NULL || aver_folder_close(writer->folder, error);
  if (!spool_commit(writer->spool, &length, error))
    return FALSE;
  tally_count(&tally, writer->spool);
  append_corpus(&corpus, &writer->report, &tally, writer->spool);
  if (!spool_check(writer->spool, error) ||
      !(writer->folder == NULL ? write_file(writer, &corpus, error)
                               : write_index(writer, &corpus, error)))
    return FALSE;
  spool_remove(writer->spool);
  return TRUE;
}

static const char *const page_choices[] = {"auto", "one", "each", NULL};

static const AverOption options[] = {
    {.name = "pages",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "auto",
     .choices = page_choices,
     .help = "one file, or each document's page in the folder -o; auto: a folder when -o ends in / "
             "or is one"},
    {.name = "documents",
     .kind = AVER_OPTION_INTEGER,
     .fallback = "200",
     .maximum = 100000,
     .help = "how many documents' texts are in one file; the others are counted"},
    {.name = "speakers",
     .kind = AVER_OPTION_INTEGER,
     .fallback = "30",
     .maximum = 10000,
     .help = "how many speakers are listed"},
    {.name = "claims",
     .kind = AVER_OPTION_INTEGER,
     .fallback = "40",
     .maximum = 10000,
     .help = "how many claims are listed on the page of the whole run"},
    {.name = "title",
     .kind = AVER_OPTION_STRING,
     .fallback = "Who said what, and what they claim",
     .help = "the report's heading"},
};

static const AverLayerType *const uses[] = {&aver_sentence_layer, &aver_quote_layer,
                                            &aver_claim_layer, NULL};

AVER_PLUGIN(report_writer) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_WRITER,
    .flags = AVER_PLUGIN_RESUMES,
    .name = "report-writer",
    .version = "1.0",
    .summary =
        "writes a report in HTML: speakers, quotes and claims of a run, and its texts, marked",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .uses = uses,
    .open = writer_open,
    .close = writer_close,
    .start = writer_start,
    .stop = writer_stop,
    .encode = writer_encode,
    .emit = writer_emit,
    .commit = writer_commit,
    .finish = writer_finish,
};
