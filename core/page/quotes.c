/* SPDX-License-Identifier: Apache-2.0 */
/* The list of quotes behind a text: each with its speaker, its words and its badges. */
#include "page-private.h"

const char *get_speaker(const AverLayer *quotes, guint32 row)
{
  const char *name = aver_layer_get_string(quotes, row, AVER_QUOTE_SPEAKER);
  return name == NULL ? "" : name;
}

const char *get_name(const AverLayerType *type, guint32 column, gint32 value)
{
  const char *name = aver_column_get_name(&type->columns[column], value);
  return name == NULL ? "" : name;
}

/* Polarity and modality where they are not the usual ones. */
static void append_badges(AverBuffer *out, const AverLayer *quotes, guint32 row)
{
  gint32 kind = aver_layer_get_i32(quotes, row, AVER_QUOTE_KIND);
  gint32 polarity = aver_layer_get_i32(quotes, row, AVER_QUOTE_POLARITY);
  gint32 modality = aver_layer_get_i32(quotes, row, AVER_QUOTE_MODALITY);
  float confidence = aver_layer_get_f32(quotes, row, AVER_QUOTE_CONFIDENCE);
  const char *name = get_name(&aver_quote_layer, AVER_QUOTE_KIND, kind);
  aver_page_print(out, "<span class=\"badge\">%s</span>", *name == '\0' ? "kind unknown" : name);
  if (polarity > AVER_QUOTE_AFFIRMED)
    aver_page_print(out, " <span class=\"badge deny\">%s</span>",
                    polarity == AVER_QUOTE_DENIED ? "denied" : "not said");
  if (modality > AVER_QUOTE_FACTUAL)
    aver_page_print(out, " <span class=\"badge\">%s</span>",
                    get_name(&aver_quote_layer, AVER_QUOTE_MODALITY, modality));
  if (confidence - confidence == 0) {
    aver_page_print(out, " <span class=\"badge\">confidence ");
    aver_page_print_score(out, confidence);
    aver_page_print(out, "</span>");
  }
}

/* The words in a span cell, linked to where they stand. */
static void append_words(AverBuffer *out, const AverPage *page, guint32 row, guint32 column,
                         const char *what)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(page->quotes, row, column, &n);
  for (guint32 i = 0; i < n; i++) {
    if (spans[i].start >= spans[i].end)
      continue;
    aver_page_print(out, " · %s <a href=\"#" AT "%s%u\">", what,
                    column == AVER_QUOTE_CUE ? "u" : "v", row);
    aver_page_print_cut(out, page->text + spans[i].start, spans[i].end - spans[i].start, MOST_NAME);
    aver_page_print(out, "</a>");
    return;
  }
}

static void append_content(AverBuffer *out, const AverPage *page, guint32 row)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(page->quotes, row, AVER_QUOTE_CONTENT, &n);
  gsize room = MOST_TEXT;
  for (guint32 i = 0; i < n && room > 0; i++) {
    gsize length = spans[i].end > spans[i].start ? spans[i].end - spans[i].start : 0;
    aver_page_print(out, i > 0 ? " […] " : "");
    aver_page_print_cut(out, page->text + spans[i].start, length, room);
    room -= MIN(room, length);
  }
}

static void append_quote(AverBuffer *out, const AverPage *page, guint32 row)
{
  const char *name = get_speaker(page->quotes, row);
  gint32 kind = aver_layer_get_i32(page->quotes, row, AVER_QUOTE_KIND);
  aver_page_print(out, "<li class=\"s%u k-%s\" id=\"" AT "Q%u\">", get_filter(page, name),
                  get_name(&aver_quote_layer, AVER_QUOTE_KIND, kind), row);
  aver_page_print(out, "<a class=\"n\" href=\"#" AT "q%u\">%u</a> <b dir=\"auto\">%s</b> ", row,
                  row + 1, *name == '\0' ? "Nobody named" : name);
  append_badges(out, page->quotes, row);
  aver_page_print(out, "<blockquote dir=\"auto\">");
  append_content(out, page, row);
  aver_page_print(out, "</blockquote><span class=\"by\">in the <a href=\"#" AT "q%u\">text</a>",
                  row);
  append_words(out, page, row, AVER_QUOTE_SOURCE, "source");
  append_words(out, page, row, AVER_QUOTE_CUE, "cue");
  aver_page_print(out, "</span></li>\n");
}

void append_quotes(AverBuffer *out, const AverPage *page, guint level)
{
  guint32 n = page->quotes == NULL ? 0 : aver_layer_get_n_rows(page->quotes);
  if (page->quotes == NULL)
    return;
  aver_page_print(out, "<h%u>Quotes: %u</h%u>\n", level, n, level);
  aver_page_print(out, n > 0 ? "<ul class=\"quotes\">\n" : "");
  for (guint32 row = 0; row < n; row++)
    append_quote(out, page, row);
  aver_page_print(out, n > 0 ? "</ul>\n" : "");
}
