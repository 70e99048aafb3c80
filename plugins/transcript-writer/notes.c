/* SPDX-License-Identifier: Apache-2.0 */
/* Notes: who says a quote and how, and what is claimed. */
#include "transcript.h"

#define GUTTER     "    │ "
#define WORDS_MOST 48 /* columns that the words of a speaker or cue may take */

guint quote_style(const View *view, guint32 quote)
{
  static const guint styles[] = {STYLE_GREEN, STYLE_CYAN, STYLE_YELLOW};
  gint32 kind = aver_layer_get_i32(view->quotes, quote, AVER_QUOTE_KIND);
  return kind >= 0 && kind < (gint32) G_N_ELEMENTS(styles) ? styles[kind] : STYLE_CYAN;
}

guint32 quote_start(const View *view, guint32 quote)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(view->quotes, quote, AVER_QUOTE_CONTENT, &n);
  return n > 0 ? spans[0].start : aver_layer_get_spans(view->quotes)[quote].start;
}

const char *quote_label(guint32 quote, char label[16])
{
  guint64 number = (guint64) quote + 1;
  guint n = 15;
  label[n] = '\0';
  label[--n] = ']';
  for (; number > 0; number /= 10)
    label[--n] = (char) ('0' + number % 10);
  label[--n] = '[';
  return label + n;
}

gint32 claim_quote(const View *view, guint32 claim)
{
  gint32 quote = aver_layer_get_i32(view->claims, claim, AVER_CLAIM_QUOTE);
  return quote >= 0 && (guint32) quote < view->n_quotes ? quote : AVER_NONE;
}

gboolean claim_counts(const View *view, guint32 claim)
{
  const char *label = aver_layer_get_string(view->claims, claim, AVER_CLAIM_LABEL);
  return label != NULL && (strcmp(label, "CFS") == 0 || strcmp(label, "UFS") == 0);
}

/* From the first to the last of a cell's spans. */
static const char *words_of(const View *view, guint32 quote, guint32 column, gsize *length)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(view->quotes, quote, column, &n);
  *length = n > 0 ? spans[n - 1].end - spans[0].start : 0;
  return n > 0 ? view->text + spans[0].start : NULL;
}

const char *quote_speaker(const View *view, guint32 quote, gsize *length)
{
  const char *name = aver_layer_get_string(view->quotes, quote, AVER_QUOTE_SPEAKER);
  if (name == NULL || *name == '\0')
    return words_of(view, quote, AVER_QUOTE_SOURCE, length);
  *length = strlen(name);
  return name;
}

/* Links the claims of each quote, in their order. */
void notes_prepare(const View *view)
{
  Scratch *scratch = view->scratch;
  Numbers *lists[] = {&scratch->first, &scratch->next};
  gsize sizes[] = {view->n_quotes, view->n_claims};
  for (guint i = 0; i < 2; i++) {
    if (lists[i]->capacity < sizes[i]) {
      lists[i]->capacity = sizes[i];
      lists[i]->items = g_renew(guint32, lists[i]->items, sizes[i]);
    }
    for (gsize j = 0; j < sizes[i]; j++)
      lists[i]->items[j] = G_MAXUINT32;
  }
  for (guint32 claim = view->n_claims; claim-- > 0;) {
    gint32 quote = claim_quote(view, claim);
    if (quote == AVER_NONE || !claim_counts(view, claim))
      continue;
    scratch->next.items[claim] = scratch->first.items[quote];
    scratch->first.items[quote] = claim;
  }
}

/* A line may end behind it, not before. */
static void separate(Painter *painter)
{
  painter_pad(painter, 1);
  painter_glue(painter, STYLE_DIM, "·");
  painter_string(painter, STYLE_PLAIN, " ");
}

/* Between quotation marks; those that the words begin with are left out. What is glued on, marks,
 * brackets and a dot, takes 6 columns at most. */
static void show_words(Painter *painter, guint style, const char *words, gsize length, guint most)
{
  gunichar first;
  guint n;
  while (length > 0 && (n = aver_utf8_decode(words, &first)) > 0 &&
         (first == '"' || first == '\'' || (first >= 0x2018 && first <= 0x201f))) {
    words += n;
    length -= n;
  }
  painter_glue(painter, style, "“");
  painter_fit(painter, style, words, length, MIN(most, painter_room(painter) - 6));
  painter_glue(painter, style, "”");
}

static const char *name_in(const AverLayer *layer, guint32 row, guint32 column)
{
  const AverColumnType *type = &aver_layer_get_type_info(layer)->columns[column];
  gint32 value = aver_layer_get_i32(layer, row, column);
  for (gint32 i = 0; type->names != NULL && type->names[i] != NULL; i++)
    if (i == value)
      return type->names[i];
  return NULL;
}

static void drop_article(const char **words, gsize *length)
{
  if (*length > 4 && g_ascii_strncasecmp(*words, "the ", 4) == 0) {
    *words += 4;
    *length -= 4;
  }
}

/* Whether the source says nothing that the speaker's name does not. */
static gboolean same_words(const char *a, gsize a_length, const char *b, gsize b_length)
{
  drop_article(&a, &a_length);
  drop_article(&b, &b_length);
  return a_length == b_length && g_ascii_strncasecmp(a, b, a_length) == 0;
}

static void show_speaker(const View *view, guint32 quote)
{
  Painter *painter = &view->scratch->painter;
  gsize length = 0, source_length = 0;
  const char *speaker = quote_speaker(view, quote, &length);
  const char *source = words_of(view, quote, AVER_QUOTE_SOURCE, &source_length);
  if (speaker == NULL) {
    painter_string(painter, STYLE_DIM, "nobody is named");
    return;
  }
  painter_text(painter, STYLE_BOLD, speaker, length);
  if (source != NULL && !same_words(speaker, length, source, source_length)) {
    painter_string(painter, STYLE_PLAIN, " (");
    show_words(painter, STYLE_PLAIN, source, source_length, WORDS_MOST);
    painter_glue(painter, STYLE_PLAIN, ")");
  }
}

static void show_quote(const View *view, guint32 quote)
{
  Painter *painter = &view->scratch->painter;
  char label[16];
  gsize length;
  const char *kind = name_in(view->quotes, quote, AVER_QUOTE_KIND);
  const char *cue = words_of(view, quote, AVER_QUOTE_CUE, &length);
  gint32 polarity = aver_layer_get_i32(view->quotes, quote, AVER_QUOTE_POLARITY);
  painter_begin(painter, GUTTER, 4);
  painter_string(painter, quote_style(view, quote), quote_label(quote, label));
  painter_string(painter, STYLE_PLAIN, " ");
  show_speaker(view, quote);
  if (kind != NULL) {
    separate(painter);
    painter_string(painter, quote_style(view, quote), kind);
  }
  if (cue != NULL) {
    separate(painter);
    show_words(painter, STYLE_PLAIN, cue, length, WORDS_MOST);
  }
  if (polarity == AVER_QUOTE_DENIED || polarity == AVER_QUOTE_NOT_SAID) {
    separate(painter);
    painter_string(painter, STYLE_RED | STYLE_BOLD,
                   polarity == AVER_QUOTE_DENIED ? "denied" : "not said");
  }
  painter_end(painter);
}

/* Two decimals of a number in [0,1]. */
static void show_score(Painter *painter, guint style, float score)
{
  if (!(score >= 0 && score <= 1))
    return;
  guint hundredths = (guint) (score * 100 + 0.5f);
  char digits[] = {(char) ('0' + hundredths / 100), '.', (char) ('0' + hundredths / 10 % 10),
                   (char) ('0' + hundredths % 10), '\0'};
  painter_string(painter, style, " ");
  painter_string(painter, style, digits);
}

/* @quote: the quote to name, when the claim does not stand under it */
static void show_claim(const View *view, guint32 claim, const char *gutter, gint32 quote)
{
  Painter *painter = &view->scratch->painter;
  char label[16];
  AverSpan span = aver_layer_get_spans(view->claims)[claim];
  const char *act = name_in(view->claims, claim, AVER_CLAIM_ACT);
  const char *certainty = name_in(view->claims, claim, AVER_CLAIM_CERTAINTY);
  const char *name = aver_layer_get_string(view->claims, claim, AVER_CLAIM_LABEL);
  guint style = strcmp(name, "CFS") == 0 ? STYLE_BOLD : STYLE_PLAIN;
  gboolean denied = aver_layer_get_i32(view->claims, claim, AVER_CLAIM_ACT) == AVER_ACT_DENIAL;
  painter_begin(painter, gutter, 4);
  painter_string(painter, style, name);
  show_score(painter, style, aver_layer_get_f32(view->claims, claim, AVER_CLAIM_CHECKWORTHY));
  if (act != NULL) {
    separate(painter);
    painter_string(painter, denied ? STYLE_RED : STYLE_PLAIN, act);
  }
  if (certainty != NULL) {
    separate(painter);
    painter_string(painter, STYLE_PLAIN, certainty);
  }
  if (quote != AVER_NONE) {
    separate(painter);
    painter_string(painter, quote_style(view, (guint32) quote),
                   quote_label((guint32) quote, label));
  }
  separate(painter);
  guint used = painter->column + painter->word_width + 3;
  guint left = painter->width > used + 20 ? painter->width - used : WORDS_MOST;
  show_words(painter, STYLE_DIM, view->text + span.start, span.end - span.start, left);
  painter_end(painter);
}

void notes_show(const View *view, guint32 quote, guint32 last_quote, guint32 claim,
                guint32 last_claim)
{
  for (guint32 q = quote; q < last_quote; q++) {
    show_quote(view, q);
    for (guint32 c = view->scratch->first.items[q]; c != G_MAXUINT32;
         c = view->scratch->next.items[c])
      if (c >= claim && c < last_claim)
        show_claim(view, c, GUTTER "    ", AVER_NONE);
  }
  for (guint32 c = claim; c < last_claim; c++) {
    gint32 of = claim_quote(view, c);
    gboolean shown = of != AVER_NONE && (guint32) of >= quote && (guint32) of < last_quote;
    if (!shown && claim_counts(view, c))
      show_claim(view, c, GUTTER, of);
  }
}
