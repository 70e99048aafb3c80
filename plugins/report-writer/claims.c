/* SPDX-License-Identifier: Apache-2.0 */
/* The table of claims behind a text. */
#include "report.h"

gboolean is_worthy(const char *label)
{
  return label != NULL && strcmp(label, "CFS") == 0;
}

const char *describe_label(const char *label)
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
gboolean is_factual(const AverLayer *claims, guint32 row)
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
    html(out, "<span class=\"badge\">%s</span> ", name);
}

static void append_claim(AverBuffer *out, const View *view, guint32 row)
{
  const AverLayer *claims = view->claims;
  const AverSpan span = aver_layer_get_spans(claims)[row];
  const char *claimant = aver_layer_get_string(claims, row, AVER_CLAIM_CLAIMANT);
  gint32 quote = aver_layer_get_i32(claims, row, AVER_CLAIM_QUOTE);
  guint32 types = aver_layer_get_flags(claims, row, AVER_CLAIM_TYPES);
  html(out, "<tr id=\"" AT "C%u\"><td data-name=\"score\">", row);
  html_score(out, aver_layer_get_f32(claims, row, AVER_CLAIM_CHECKWORTHY));
  html(out, "</td><td data-name=\"claim\" dir=\"auto\"><a href=\"#" AT "%s%u\">",
       is_marked(claims, row) ? "c" : "C", row);
  html_cut(out, view->text + span.start, span.end - span.start, MOST_TEXT);
  html(out, "</a></td><td data-name=\"who\" dir=\"auto\">%s",
       claimant == NULL || *claimant == '\0' ? "the article" : claimant);
  if (quote >= 0 && view->quotes != NULL && (guint32) quote < aver_layer_get_n_rows(view->quotes))
    html(out, " <a href=\"#" AT "Q%u\">quote %u</a>", (guint) quote, (guint) quote + 1);
  html(out, "</td><td data-name=\"badges\"><span class=\"badge\">%s</span> ",
       describe_label(aver_layer_get_string(claims, row, AVER_CLAIM_LABEL)));
  append_badge(out, AVER_CLAIM_ACT, aver_layer_get_i32(claims, row, AVER_CLAIM_ACT));
  append_badge(out, AVER_CLAIM_CERTAINTY, aver_layer_get_i32(claims, row, AVER_CLAIM_CERTAINTY));
  for (gint32 bit = 0; bit < 32; bit++)
    if ((types >> bit & 1) != 0)
      append_badge(out, AVER_CLAIM_TYPES, bit);
  html(out, "</td></tr>\n");
}

void append_claims(AverBuffer *out, const View *view)
{
  guint32 n = view->claims == NULL ? 0 : aver_layer_get_n_rows(view->claims), factual = 0;
  if (view->claims == NULL)
    return;
  for (guint32 row = 0; row < n; row++)
    factual += is_factual(view->claims, row) ? 1 : 0;
  html(out, "<h%u>Claims: %u</h%u>\n", view->level + 1, factual, view->level + 1);
  if (factual > 0) {
    html(out, "<table class=\"claims\"><thead><tr><th scope=\"col\">Worth checking</th>"
              "<th scope=\"col\">Claim</th><th scope=\"col\">Who</th>"
              "<th scope=\"col\">What it is</th></tr></thead>\n<tbody>\n");
    for (guint32 row = 0; row < n; row++)
      if (is_factual(view->claims, row))
        append_claim(out, view, row);
    html(out, "</tbody></table>\n");
  }
  if (factual < n)
    html(out, "<p class=\"by\">%u more passages claim nothing that could be checked.</p>\n",
         n - factual);
}
