/* SPDX-License-Identifier: Apache-2.0 */
/* Who is quoted how much, with examples, and whose share of the quotes is how large. */
#include "report.h"

enum { MOST_EXAMPLES = 5, MOST_SHARES = 15, N_CONCENTRATED = 5 };

/* A horizontal bar; its figure stands beside it. */
void append_bar(AverBuffer *out, guint64 part, guint64 whole)
{
  guint width = whole == 0 ? 0 : (guint) ((part * 1000 + whole / 2) / whole);
  aver_page_print(
      out,
      "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" "
      "aria-hidden=\"true\" focusable=\"false\"><rect width=\"%u\" height=\"10\"/></svg>",
      width);
}

static void append_percent(AverBuffer *out, guint64 part, guint64 whole)
{
  aver_buffer_printf(out, "%.1f %%", whole == 0 ? 0.0 : 100.0 * (double) part / (double) whole);
}

static void append_number(AverBuffer *out, const char *name, guint64 number)
{
  aver_page_print(out, "<td data-name=\"%s\">", name);
  aver_buffer_printf(out, "%" G_GUINT64_FORMAT "</td>", number);
}

static void append_row(AverBuffer *out, const Speaker *speaker, const char *name, guint number)
{
  aver_page_print(out,
                  number > 0
                      ? "<tr><th scope=\"row\" dir=\"auto\"><a href=\"#p%u\">%s</a></th>"
                      : "<tr><th scope=\"row\" dir=\"auto\"><span class=\"p%u\">%s</span></th>",
                  number, name);
  append_number(out, "quotes", speaker->quotes);
  append_number(out, "direct", speaker->kinds[AVER_QUOTE_DIRECT]);
  append_number(out, "indirect", speaker->kinds[AVER_QUOTE_INDIRECT]);
  append_number(out, "mixed", speaker->kinds[AVER_QUOTE_MIXED]);
  append_number(out, "words", speaker->words);
  append_number(out, "claims", speaker->claims);
  append_number(out, "check-worthy", speaker->worthy);
  append_number(out, "accuses", speaker->accuses);
  append_number(out, "denies", speaker->denies);
  append_number(out, "documents", speaker->documents);
  aver_page_print(out, "</tr>\n");
}

static void append_table(AverBuffer *out, const Tally *tally, guint n)
{
  static const char *const heads[] = {"Speaker", "Quotes", "Direct",   "Indirect",
                                      "Mixed",   "Words",  "Claims",   "Check-worthy",
                                      "Accuses", "Denies", "Documents"};
  aver_page_print(
      out, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table of speakers\">"
           "<table class=\"numbers\"><thead><tr>");
  for (guint i = 0; i < G_N_ELEMENTS(heads); i++)
    aver_page_print(out, "<th scope=\"col\">%s</th>", heads[i]);
  aver_page_print(out, "</tr></thead>\n<tbody>\n");
  for (guint i = 0; i < n; i++) {
    const Speaker *speaker = g_ptr_array_index(tally->ranked, i);
    gboolean named = *speaker->name != '\0';
    append_row(out, speaker, named ? speaker->name : "(nobody named)", i + 1);
  }
  append_row(out, &tally->article, "(the articles themselves)", 0);
  aver_page_print(out, "</tbody></table></div>\n");
}

/* Examples of one speaker. */
typedef struct {
  AverBuffer quotes, claims;
  guint n_quotes, n_claims;
} Examples;

static void take_example(Examples *examples, const Report *report, const Place *place,
                         const Fact *fact)
{
  gboolean quote = fact->kind == 'Q';
  AverBuffer *out = quote ? &examples->quotes : &examples->claims;
  guint *n = quote ? &examples->n_quotes : &examples->n_claims;
  if ((*n)++ >= MOST_EXAMPLES)
    return;
  aver_page_print(out, "<li dir=\"auto\">");
  append_link(out, report, place, quote ? 'Q' : 'C', fact->cells[0], fact->cells[quote ? 4 : 6]);
  aver_page_print(out, "</li>\n");
}

static Examples *collect(const Report *report, GHashTable *numbers, guint n, Spool *spool)
{
  Examples *examples = g_new0(Examples, n + 1);
  Place place = {0};
  Fact fact;
  spool_rewind(spool);
  while (spool_next(spool, &place.name)) {
    place.number++;
    while (spool_next_fact(spool, &fact)) {
      if (fact.kind != 'Q' && fact.kind != 'C')
        continue;
      const char *name = fact.cells[fact.kind == 'Q' ? 3 : 5];
      guint number = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, name));
      if (number > 0 && (fact.kind == 'Q' || *name != '\0'))
        take_example(&examples[number - 1], report, &place, &fact);
    }
  }
  return examples;
}

static void append_list(AverBuffer *out, const char *heading, const AverBuffer *items, guint n,
                        const char *others)
{
  if (n == 0)
    return;
  aver_page_print(out, "<h4>%s</h4>\n<ul>\n", heading);
  aver_buffer_append(out, items->data, items->length);
  aver_page_print(out, "</ul>\n");
  append_more(out, n, MOST_EXAMPLES, others);
}

static void append_examples(AverBuffer *out, const Report *report, const Tally *tally, guint n,
                            Spool *spool)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < n; i++)
    g_hash_table_insert(numbers, ((Speaker *) g_ptr_array_index(tally->ranked, i))->name,
                        GUINT_TO_POINTER(i + 1));
  g_autofree Examples *examples = collect(report, numbers, n, spool);
  aver_page_print(out, "<h3>In their words</h3>\n<div class=\"words\">\n");
  for (guint i = 0; i < n; i++) {
    const Speaker *speaker = g_ptr_array_index(tally->ranked, i);
    aver_page_print(out, "<details id=\"p%u\"><summary dir=\"auto\">%s</summary>\n", i + 1,
                    *speaker->name == '\0' ? "(nobody named)" : speaker->name);
    append_list(out, "Quotes", &examples[i].quotes, examples[i].n_quotes, "quotes");
    append_list(out, "Claims", &examples[i].claims, examples[i].n_claims, "claims");
    aver_page_print(out, "</details>\n");
    aver_buffer_clear(&examples[i].quotes);
    aver_buffer_clear(&examples[i].claims);
  }
  aver_page_print(out, "</div>\n");
}

void append_speakers(AverBuffer *out, const Report *report, const Tally *tally, Spool *spool)
{
  guint n = MIN(tally->ranked->len, report->speakers);
  aver_page_print(out,
                  "<section aria-labelledby=\"speakers\">\n<h2 id=\"speakers\">Speakers</h2>\n");
  append_table(out, tally, n);
  append_more(out, tally->ranked->len, n, "speakers, each quoted no more often");
  if (tally->unlisted_quotes > 0) {
    aver_page_print(out,
                    "<p class=\"by\">After the first 100000 names no new ones were told apart: ");
    aver_buffer_printf(out, "%" G_GUINT64_FORMAT, tally->unlisted_quotes);
    aver_page_print(out, " quotes are of speakers beyond them.</p>\n");
  }
  if (n > 0)
    append_examples(out, report, tally, n, spool);
  aver_page_print(out, "</section>\n");
}

static void append_share_row(AverBuffer *out, const Tally *tally, const char *name, guint64 quotes,
                             guint64 words)
{
  aver_page_print(out, "<tr><th scope=\"row\" dir=\"auto\">%s</th><td>", name);
  append_percent(out, quotes, tally->quotes);
  append_bar(out, quotes, tally->quotes);
  aver_page_print(out, "</td><td>");
  append_percent(out, words, tally->words);
  append_bar(out, words, tally->words);
  aver_page_print(out, "</td></tr>\n");
}

static void append_share_rows(AverBuffer *out, const Tally *tally)
{
  guint64 quotes = 0, words = 0;
  const Speaker *nobody = g_hash_table_lookup(tally->by_name, "");
  for (guint i = 0; i < MIN(tally->ranked->len, MOST_SHARES); i++) {
    const Speaker *speaker = g_ptr_array_index(tally->ranked, i);
    if (*speaker->name == '\0' || speaker->quotes == 0)
      continue;
    append_share_row(out, tally, speaker->name, speaker->quotes, speaker->words);
    quotes += speaker->quotes;
    words += speaker->words;
  }
  guint64 of_nobody = nobody == NULL ? 0 : nobody->quotes;
  guint64 words_of_nobody = nobody == NULL ? 0 : nobody->words;
  append_share_row(out, tally, "(all other speakers)", tally->quotes - quotes - of_nobody,
                   tally->words - words - words_of_nobody);
  append_share_row(out, tally, "(nobody named)", of_nobody, words_of_nobody);
}

void append_share(AverBuffer *out, const Tally *tally)
{
  guint64 first = 0, once = 0;
  guint named = 0;
  for (guint i = 0; i < tally->ranked->len; i++) {
    const Speaker *speaker = g_ptr_array_index(tally->ranked, i);
    if (*speaker->name == '\0' || speaker->quotes == 0)
      continue;
    first += named++ < N_CONCENTRATED ? speaker->quotes : 0;
    once += speaker->quotes == 1 ? 1 : 0;
  }
  aver_page_print(
      out,
      "<section aria-labelledby=\"share\">\n<h2 id=\"share\">Share of quotes</h2>\n<p>The %u most "
      "quoted "
      "speakers have ",
      MIN(named, N_CONCENTRATED));
  append_percent(out, first, tally->quotes);
  aver_page_print(out, " of all quotes; of %u named speakers, ", named);
  aver_buffer_printf(out, "%" G_GUINT64_FORMAT, once);
  aver_page_print(
      out, " are quoted once. A quote is one attribution, direct or not, however long; words are "
           "those inside its content.</p>\n<table class=\"share\"><thead><tr>"
           "<th scope=\"col\">Speaker</th><th scope=\"col\">of quotes</th>"
           "<th scope=\"col\">of quoted words</th></tr></thead>\n<tbody>\n");
  append_share_rows(out, tally);
  aver_page_print(out, "</tbody></table>\n</section>\n");
}
