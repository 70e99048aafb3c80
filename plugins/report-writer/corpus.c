/* SPDX-License-Identifier: Apache-2.0 */
/* The corpus page: the parts in their order, the numbers, the list of documents. */
#include "report.h"

#define MOST_LISTED 5000

void append_link(AverBuffer *out, const Report *report, const Place *place, char kind,
                 const char *row, const char *text)
{
  const char anchor[] = {kind, '\0'};
  if (report->apart)
    aver_page_print(out, "<a href=\"./%s.doc.html#d-%s%s\">%s</a>", place->name, anchor, row, text);
  else if (place->number <= report->documents)
    aver_page_print(out, "<a href=\"#d%u-%s%s\">%s</a>", place->number, anchor, row, text);
  else
    aver_page_print(out, "%s", text);
}

static void append_big(AverBuffer *out, guint64 number)
{
  aver_buffer_printf(out, "%" G_GUINT64_FORMAT, number);
}

void append_more(AverBuffer *out, guint64 all, guint64 shown, const char *what)
{
  if (all <= shown)
    return;
  aver_page_print(out, "<p class=\"by\">And ");
  append_big(out, all - shown);
  aver_page_print(out, " %s.</p>\n", what);
}

static void append_figure(AverBuffer *out, guint64 number, const char *what)
{
  aver_page_print(out, "<div><dt>%s</dt><dd>", what);
  append_big(out, number);
  aver_page_print(out, "</dd></div>\n");
}

static void append_figures(AverBuffer *out, const Tally *tally)
{
  gboolean nobody = g_hash_table_contains(tally->by_name, "");
  aver_page_print(out,
                  "<section aria-labelledby=\"figures\">\n<h2 id=\"figures\">At a glance</h2>\n"
                  "<dl class=\"figures\">\n");
  append_figure(out, tally->documents, "documents");
  append_figure(out, tally->ranked->len - (nobody ? 1 : 0), "speakers");
  append_figure(out, tally->quotes, "quotes");
  append_figure(out, tally->kinds[AVER_QUOTE_DIRECT], "direct");
  append_figure(out, tally->kinds[AVER_QUOTE_INDIRECT], "indirect");
  append_figure(out, tally->kinds[AVER_QUOTE_MIXED], "mixed");
  append_figure(out, tally->claims, "claims");
  append_figure(out, tally->worthy, "check-worthy");
  aver_page_print(out, "</dl>\n");
  if (*tally->first != '\0')
    aver_page_print(out, "<p class=\"by\">Documents published from %s to %s.</p>\n", tally->first,
                    tally->last);
  aver_page_print(out, "</section>\n");
}

static void append_document(AverBuffer *out, const Report *report, const Place *place,
                            const Fact *fact)
{
  const char *date = fact->cells[3];
  aver_page_print(out, "<tr><td dir=\"auto\">");
  append_link(out, report, place, 'd', "", fact->cells[5]);
  aver_page_print(out, " <span class=\"by\">%s</span></td><td data-name=\"published\">",
                  fact->cells[4]);
  aver_page_print_text(out, date, read_day(date) < 0 ? strlen(date) : 10);
  aver_page_print(out,
                  "</td><td data-name=\"quotes\">%s</td><td data-name=\"bytes\">%s</td></tr>\n",
                  fact->cells[1], fact->cells[0]);
}

static void append_documents(AverBuffer *out, const Report *report, const Tally *tally,
                             Spool *spool)
{
  Place place = {0};
  Fact fact;
  aver_page_print(
      out,
      "<section aria-labelledby=\"documents\">\n<h2 id=\"documents\">Documents</h2>\n"
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table of documents\"><table>"
      "<thead><tr><th scope=\"col\">Document</th><th scope=\"col\">Published</th>"
      "<th scope=\"col\">Quotes</th><th scope=\"col\">Bytes</th></tr></thead>\n<tbody>\n");
  spool_rewind(spool);
  while (place.number < MOST_LISTED && spool_next(spool, &place.name)) {
    place.number++;
    if (spool_next_fact(spool, &fact))
      append_document(out, report, &place, &fact);
  }
  aver_page_print(out, "</tbody></table></div>\n");
  append_more(out, tally->documents, MOST_LISTED, "documents, which are counted but not listed");
  if (!report->apart)
    append_more(out, tally->documents, report->documents,
                "documents are counted, but their texts are not in this file; write to a folder to "
                "have a page of each");
  aver_page_print(out, "</section>\n");
}

static gboolean append_layer_row(gpointer name, gpointer count, gpointer out)
{
  aver_page_print(out, "<tr><th scope=\"row\">%s</th><td>", (const char *) name);
  append_big(out, *(guint64 *) count);
  aver_page_print(out, "</td></tr>\n");
  return FALSE;
}

static void append_provenance(AverBuffer *out, const Report *report, const Tally *tally)
{
  aver_page_print(out, "<section aria-labelledby=\"provenance\">\n"
                       "<h2 id=\"provenance\">Where this comes from</h2>\n");
  aver_buffer_append_string(out, report->provenance);
  aver_page_print(out, "<table><caption>Rows of each layer</caption><tbody>\n");
  g_tree_foreach(tally->layers, append_layer_row, out);
  aver_page_print(out,
                  "</tbody></table>\n<p>Quotes, speakers and claims were found by a program, which "
                  "errs; look at the text before you rely on one.</p>\n</section>\n");
}

static void append_contents(AverBuffer *out)
{
  static const char *const parts[][2] = {
      {"figures", "At a glance"},   {"speakers", "Speakers"},
      {"share", "Share of quotes"}, {"sides", "Accusations and denials"},
      {"claims", "Claims"},         {"time", "Over time"},
      {"documents", "Documents"},   {"provenance", "Where this comes from"}};
  aver_page_print(out, "<nav aria-label=\"Contents\"><ul>\n");
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
    aver_page_print(out, "<li><a href=\"#%s\">%s</a></li>\n", parts[i][0], parts[i][1]);
  aver_page_print(out, "</ul></nav>\n");
}

void append_corpus(AverBuffer *out, const Report *report, const Tally *tally, Spool *spool)
{
  aver_page_print_head(out, report->head, report->title, NULL);
  aver_page_print(out, "<header><h1 dir=\"auto\">%s</h1>\n", report->title);
  append_contents(out);
  aver_page_print(out, "</header>\n<main id=\"main\" tabindex=\"-1\">\n");
  append_figures(out, tally);
  append_speakers(out, report, tally, spool);
  append_share(out, tally);
  append_sides(out, report, spool);
  aver_page_print(out, "<section aria-labelledby=\"claims\">\n<h2 id=\"claims\">Claims</h2>\n");
  append_claim_tables(out, tally);
  append_top_claims(out, report, spool);
  aver_page_print(out, "</section>\n");
  append_chart(out, tally);
  append_documents(out, report, tally, spool);
  append_provenance(out, report, tally);
}
