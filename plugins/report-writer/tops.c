/* SPDX-License-Identifier: Apache-2.0 */
/* Claims of the whole run: by label, by type, and those most worth checking. */
#include "report.h"

typedef struct {
  guint score; /* in ten thousandths */
  char *row;   /* HTML */
} Top;

typedef struct {
  AverBuffer *out;
  guint64 all;
} Counting;

static void append_count(AverBuffer *out, const char *name, guint64 n, guint64 all)
{
  aver_page_print(out, "<tr><th scope=\"row\">%s</th><td>", name);
  aver_buffer_printf(out, "%" G_GUINT64_FORMAT, n);
  append_bar(out, n, all);
  aver_page_print(out, "</td></tr>\n");
}

static gboolean append_label(gpointer name, gpointer count, gpointer data)
{
  const Counting *counting = data;
  append_count(counting->out, name, *(guint64 *) count, counting->all);
  return FALSE;
}

void append_claim_tables(AverBuffer *out, const Tally *tally)
{
  Counting counting = {out, tally->claims};
  if (tally->claims == 0) {
    aver_page_print(out, "<p>None were found.</p>\n");
    return;
  }
  aver_page_print(
      out, "<div class=\"pair\">\n<table class=\"counts\"><caption>By label</caption><tbody>\n");
  g_tree_foreach(tally->labels, append_label, &counting);
  aver_page_print(
      out, "</tbody></table>\n<table class=\"counts\"><caption>By type; a claim can have several"
           "</caption><tbody>\n");
  for (gint32 bit = 0; bit < 32; bit++) {
    const char *name = get_name(&aver_claim_layer, AVER_CLAIM_TYPES, bit);
    if (*name != '\0')
      append_count(out, name, tally->types[bit], tally->claims);
  }
  aver_page_print(out, "</tbody></table>\n</div>\n");
}

static char *make_row(const Report *report, const Place *place, const Fact *fact)
{
  g_auto(AverBuffer) out = {0};
  guint types = fact_number(fact, 3);
  aver_page_print(&out, "<tr><td data-name=\"score\">");
  aver_page_print_score(&out, (float) fact_number(fact, 1) / 10000);
  aver_page_print(&out, "</td><td data-name=\"claim\" dir=\"auto\">");
  append_link(&out, report, place, 'C', fact->cells[0], fact->cells[6]);
  aver_page_print(&out,
                  "</td><td data-name=\"who\" dir=\"auto\">%s</td><td data-name=\"what\">"
                  "<span class=\"badge\">%s</span> ",
                  *fact->cells[5] == '\0' ? "the article" : fact->cells[5],
                  aver_page_describe_label(fact->cells[4]));
  if (*fact->cells[2] != '\0')
    aver_page_print(&out, "<span class=\"badge\">%s</span> ", fact->cells[2]);
  for (gint32 bit = 0; bit < 32; bit++)
    if ((types >> bit & 1) != 0)
      aver_page_print(&out, "<span class=\"badge\">%s</span> ",
                      get_name(&aver_claim_layer, AVER_CLAIM_TYPES, bit));
  aver_page_print(&out, "</td></tr>\n");
  return g_strndup(out.data, out.length);
}

/* The highest score first; of equals, the first in the run. */
static void take_claim(GArray *tops, const Report *report, const Place *place, const Fact *fact)
{
  guint score = fact_number(fact, 1), at = tops->len;
  while (at > 0 && g_array_index(tops, Top, at - 1).score < score)
    at--;
  if (at >= report->claims)
    return;
  const Top top = {score, make_row(report, place, fact)};
  g_array_insert_val(tops, at, top);
  if (tops->len > report->claims) {
    g_free(g_array_index(tops, Top, tops->len - 1).row);
    g_array_set_size(tops, tops->len - 1);
  }
}

void append_top_claims(AverBuffer *out, const Report *report, Spool *spool)
{
  g_autoptr(GArray) tops = g_array_new(FALSE, FALSE, sizeof(Top));
  guint64 n = 0;
  Place place = {0};
  Fact fact;
  spool_rewind(spool);
  while (spool_next(spool, &place.name)) {
    place.number++;
    while (spool_next_fact(spool, &fact))
      if (fact.kind == 'C') {
        n++;
        take_claim(tops, report, &place, &fact);
      }
  }
  if (n == 0)
    return;
  aver_page_print(
      out, "<h3>Most worth checking</h3>\n<table class=\"claims\"><thead><tr>"
           "<th scope=\"col\">Worth checking</th><th scope=\"col\">Claim</th>"
           "<th scope=\"col\">Who</th><th scope=\"col\">What it is</th></tr></thead>\n<tbody>\n");
  for (guint i = 0; i < tops->len; i++) {
    Top *top = &g_array_index(tops, Top, i);
    aver_buffer_append_string(out, top->row);
    g_free(top->row);
  }
  aver_page_print(out, "</tbody></table>\n");
  append_more(out, n, tops->len, "claims, which score no higher");
}
