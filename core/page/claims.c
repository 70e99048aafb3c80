/* SPDX-License-Identifier: Apache-2.0 */
/* The table of claims behind a text. */
#include "page-private.h"

gboolean is_worthy(const char *label)
{
  return label != NULL && strcmp(label, "CFS") == 0;
}

const char *aver_page_describe_label(const char *label)
{
  if (label == NULL || *label == '\0')
    return "no label";
  if (is_worthy(label))
    return "check-worthy (CFS)";
  if (strcmp(label, "UFS") == 0)
    return "unimportant (UFS)";
  return strcmp(label, "NFS") == 0 ? "no factual claim (NFS)" : label;
}

/* Whether there is something to say of the row: not that a sentence claims nothing. What somebody
 * is quoted with as an accusation or a denial counts all the same. */
gboolean aver_page_lists_claim(const AverLayer *claims, guint32 row)
{
  const char *label = aver_layer_get_string(claims, row, AVER_CLAIM_LABEL);
  gint32 act = aver_layer_get_i32(claims, row, AVER_CLAIM_ACT);
  return label == NULL || strcmp(label, "NFS") != 0 ||
         (aver_layer_get_i32(claims, row, AVER_CLAIM_QUOTE) >= 0 &&
          (act == AVER_ACT_ALLEGATION || act == AVER_ACT_DENIAL));
}

static void append_badge(AverBuffer *out, guint32 column, gint32 value)
{
  const char *name = get_name(&aver_claim_layer, column, value);
  if (*name != '\0')
    aver_page_print(out, "<span class=\"badge\">%s</span> ", name);
}

static void append_claim(AverBuffer *out, const AverPage *page, guint32 row)
{
  const AverLayer *claims = page->claims;
  const AverSpan span = aver_layer_get_spans(claims)[row];
  const char *claimant = aver_layer_get_string(claims, row, AVER_CLAIM_CLAIMANT);
  gint32 quote = aver_layer_get_i32(claims, row, AVER_CLAIM_QUOTE);
  guint32 types = aver_layer_get_flags(claims, row, AVER_CLAIM_TYPES);
  aver_page_print(out, "<tr id=\"" AT "C%u\"><td data-name=\"score\">", row);
  aver_page_print_score(out, aver_layer_get_f32(claims, row, AVER_CLAIM_CHECKWORTHY));
  aver_page_print(out, "</td><td data-name=\"claim\" dir=\"auto\"><a href=\"#" AT "%s%u\">",
                  is_marked(claims, row) ? "c" : "C", row);
  aver_page_print_cut(out, page->text + span.start, span.end - span.start, MOST_TEXT);
  aver_page_print(out, "</a></td><td data-name=\"who\" dir=\"auto\">%s",
                  claimant == NULL || *claimant == '\0' ? "the article" : claimant);
  if (quote >= 0 && page->quotes != NULL && (guint32) quote < aver_layer_get_n_rows(page->quotes))
    aver_page_print(out, " <a href=\"#" AT "Q%u\">quote %u</a>", (guint) quote, (guint) quote + 1);
  aver_page_print(out, "</td><td data-name=\"badges\"><span class=\"badge\">%s</span> ",
                  aver_page_describe_label(aver_layer_get_string(claims, row, AVER_CLAIM_LABEL)));
  append_badge(out, AVER_CLAIM_ACT, aver_layer_get_i32(claims, row, AVER_CLAIM_ACT));
  append_badge(out, AVER_CLAIM_CERTAINTY, aver_layer_get_i32(claims, row, AVER_CLAIM_CERTAINTY));
  for (gint32 bit = 0; bit < 32; bit++)
    if ((types >> bit & 1) != 0)
      append_badge(out, AVER_CLAIM_TYPES, bit);
  aver_page_print(out, "</td></tr>\n");
}

void append_claims(AverBuffer *out, const AverPage *page, guint level)
{
  guint32 n = page->claims == NULL ? 0 : aver_layer_get_n_rows(page->claims), factual = 0;
  if (page->claims == NULL)
    return;
  for (guint32 row = 0; row < n; row++)
    factual += aver_page_lists_claim(page->claims, row) ? 1 : 0;
  aver_page_print(out, "<h%u>Claims: %u</h%u>\n", level, factual, level);
  if (factual > 0) {
    aver_page_print(out, "<table class=\"claims\"><thead><tr><th scope=\"col\">Worth checking</th>"
                         "<th scope=\"col\">Claim</th><th scope=\"col\">Who</th>"
                         "<th scope=\"col\">What it is</th></tr></thead>\n<tbody>\n");
    for (guint32 row = 0; row < n; row++)
      if (aver_page_lists_claim(page->claims, row))
        append_claim(out, page, row);
    aver_page_print(out, "</tbody></table>\n");
  }
  if (factual < n)
    aver_page_print(out,
                    "<p class=\"by\">%u more passages claim nothing that could be checked.</p>\n",
                    n - factual);
}
