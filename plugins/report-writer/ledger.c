/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of a document: the facts of it that a report counts or lists for the whole run.
 *
 *   D bytes rows-of-quotes rows-of-claims date id title
 *   Q row kind words speaker text        a quote
 *   C row score act types label claimant text   a claim
 *   X a|d row-of-quote|row-of-claim q|c speaker text   an accusation, or a denial
 *   L rows name                          another layer
 *
 * Speakers and claimants go by the name that join_names() gives them.
 */
#include "report.h"

/* Quotes that are looked at for one sentence. */
#define MOST_INSIDE 64

/* What is done with a quote. */
enum { ACCUSES = 1, DENIES = 2 };

const char *get_name(const AverLayerType *type, guint32 column, gint32 value)
{
  const char *name = aver_column_get_name(&type->columns[column], value);
  return name == NULL ? "" : name;
}

static void append_cell(AverBuffer *out, const char *text, gsize length, gsize most)
{
  gsize kept = MIN(length, most);
  while (kept < length && kept > 0 && ((guchar) text[kept] & 0xc0) == 0x80)
    kept--;
  aver_buffer_append_char(out, '\t');
  for (const char *p = text, *end = text + kept; p < end; p++) /* cells are of one line */
    aver_buffer_append_char(out, (guchar) *p < 0x20 ? ' ' : *p);
  if (kept < length)
    aver_buffer_append_string(out, "…");
}

static void append_string(AverBuffer *out, const char *text, gsize most)
{
  append_cell(out, text == NULL ? "" : text, text == NULL ? 0 : strlen(text), most);
}

/* A speaker, under the one name in the document. */
static void append_speaker(AverBuffer *out, const View *view, const char *name)
{
  const char *joined = name == NULL ? NULL : g_hash_table_lookup(view->joined, name);
  append_string(out, joined == NULL ? name : joined, MOST_NAME);
}

static void append_number(AverBuffer *out, guint number)
{
  aver_buffer_append_char(out, '\t');
  aver_json_append_integer(out, number);
}

/* Runs without white space that have a letter or a figure, in all pieces. */
static guint count_words(const View *view, guint32 row)
{
  guint32 n;
  guint words = 0;
  const AverSpan *spans = aver_layer_get_spans_cell(view->quotes, row, AVER_QUOTE_CONTENT, &n);
  for (guint32 i = 0; i < n; i++) {
    gboolean counted = FALSE;
    for (guint32 at = spans[i].start; at < spans[i].end; at++) {
      guchar c = (guchar) view->text[at];
      gboolean letter = g_ascii_isalnum(c) || (c >= 0xc3 && c != 0xe2); /* no dash, no mark */
      words += letter && !counted ? 1 : 0;
      counted = !g_ascii_isspace(c) && (counted || letter);
    }
  }
  return words;
}

static void append_content(AverBuffer *out, const View *view, guint32 row)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(view->quotes, row, AVER_QUOTE_CONTENT, &n);
  if (n == 0 || spans[0].start > spans[0].end)
    append_string(out, "", 0);
  else
    append_cell(out, view->text + spans[0].start, spans[0].end - spans[0].start, MOST_TEXT);
}

static void append_side(AverBuffer *out, const View *view, char side, char kind, guint32 row,
                        const char *speaker)
{
  aver_buffer_append_string(out, side == 'a' ? "X\ta" : "X\td");
  append_number(out, row);
  aver_buffer_append_string(out, kind == 'q' ? "\tq" : "\tc");
  append_speaker(out, view, speaker);
  if (kind == 'q')
    append_content(out, view, row);
  else
    append_cell(out, view->text + aver_layer_get_spans(view->claims)[row].start,
                aver_layer_get_spans(view->claims)[row].end -
                    aver_layer_get_spans(view->claims)[row].start,
                MOST_TEXT);
  aver_buffer_append_char(out, '\n');
}

static guint8 side_of(gint32 act)
{
  return act == AVER_ACT_ALLEGATION ? ACCUSES : act == AVER_ACT_DENIAL ? DENIES : 0;
}

/* The first row that starts at @offset or behind it. */
static guint32 find_row(const AverLayer *layer, guint32 n, guint32 offset)
{
  const AverSpan *spans = aver_layer_get_spans(layer);
  guint32 low = 0;
  for (guint32 high = n; low < high;) {
    guint32 middle = low + (high - low) / 2;
    if (spans[middle].start < offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Whether a sentence only has its act from a quote in it. */
static gboolean is_of_quote(const View *view, guint32 row, const guint8 *sides, guint32 n,
                            guint8 side)
{
  const AverSpan sentence = aver_layer_get_spans(view->claims)[row];
  guint32 first = n == 0 ? 0 : find_row(view->quotes, n, sentence.start);
  for (guint32 i = first; i < n && i < first + MOST_INSIDE; i++) {
    if (aver_layer_get_spans(view->quotes)[i].start >= sentence.end)
      return FALSE;
    if ((sides[i] & side) != 0)
      return TRUE;
  }
  return FALSE;
}

/* What each quote does, by its claims and its polarity: a set of bits. */
static guint8 *list_sides(const View *view, guint32 n_quotes)
{
  guint8 *sides = g_new0(guint8, n_quotes + 1);
  guint32 n = view->claims == NULL ? 0 : aver_layer_get_n_rows(view->claims);
  for (guint32 row = 0; row < n; row++) {
    gint32 act = aver_layer_get_i32(view->claims, row, AVER_CLAIM_ACT);
    gint32 quote = aver_layer_get_i32(view->claims, row, AVER_CLAIM_QUOTE);
    if (quote >= 0 && (guint32) quote < n_quotes)
      sides[quote] |= side_of(act);
  }
  for (guint32 row = 0; row < n_quotes; row++)
    if (aver_layer_get_i32(view->quotes, row, AVER_QUOTE_POLARITY) == AVER_QUOTE_DENIED)
      sides[row] = DENIES; /* what is denied is no accusation of the speaker's */
  return sides;
}

/* Claims that nobody is quoted with. */
static void append_own_sides(AverBuffer *out, const View *view, const guint8 *sides,
                             guint32 n_quotes)
{
  guint32 n = view->claims == NULL ? 0 : aver_layer_get_n_rows(view->claims);
  for (guint32 row = 0; row < n; row++) {
    guint8 side = side_of(aver_layer_get_i32(view->claims, row, AVER_CLAIM_ACT));
    gint32 quote = aver_layer_get_i32(view->claims, row, AVER_CLAIM_QUOTE);
    if (side != 0 && quote < 0 && aver_page_lists_claim(view->claims, row) &&
        !is_of_quote(view, row, sides, n_quotes, side))
      append_side(out, view, side == ACCUSES ? 'a' : 'd', 'c', row,
                  aver_layer_get_string(view->claims, row, AVER_CLAIM_CLAIMANT));
  }
}

static void append_quote_facts(AverBuffer *out, const View *view)
{
  guint32 n = view->quotes == NULL ? 0 : aver_layer_get_n_rows(view->quotes);
  g_autofree guint8 *sides = list_sides(view, n);
  append_own_sides(out, view, sides, n);
  for (guint32 row = 0; row < n; row++) {
    gint32 kind = aver_layer_get_i32(view->quotes, row, AVER_QUOTE_KIND);
    const char *speaker = aver_layer_get_string(view->quotes, row, AVER_QUOTE_SPEAKER);
    aver_buffer_append_char(out, 'Q');
    append_number(out, row);
    append_number(out, kind < 0 || kind > 2 ? 3 : (guint) kind);
    append_number(out, count_words(view, row));
    append_speaker(out, view, speaker);
    append_content(out, view, row);
    aver_buffer_append_char(out, '\n');
    if ((sides[row] & ACCUSES) != 0)
      append_side(out, view, 'a', 'q', row, speaker);
    if ((sides[row] & DENIES) != 0)
      append_side(out, view, 'd', 'q', row, speaker);
  }
}

static void append_claim_facts(AverBuffer *out, const View *view)
{
  guint32 n = view->claims == NULL ? 0 : aver_layer_get_n_rows(view->claims);
  for (guint32 row = 0; row < n; row++) {
    const AverSpan span = aver_layer_get_spans(view->claims)[row];
    float score = aver_layer_get_f32(view->claims, row, AVER_CLAIM_CHECKWORTHY);
    gint32 act = aver_layer_get_i32(view->claims, row, AVER_CLAIM_ACT);
    if (!aver_page_lists_claim(view->claims, row))
      continue;
    aver_buffer_append_char(out, 'C');
    append_number(out, row);
    append_number(out, score >= 0 && score <= 1 ? (guint) (score * 10000 + 0.5f) : 0);
    append_string(out, get_name(&aver_claim_layer, AVER_CLAIM_ACT, act), MOST_NAME);
    append_number(out, aver_layer_get_flags(view->claims, row, AVER_CLAIM_TYPES));
    append_string(out, aver_layer_get_string(view->claims, row, AVER_CLAIM_LABEL), MOST_NAME);
    append_speaker(out, view, aver_layer_get_string(view->claims, row, AVER_CLAIM_CLAIMANT));
    append_cell(out, view->text + span.start, span.end - span.start, MOST_TEXT);
    aver_buffer_append_char(out, '\n');
  }
}

void append_ledger(AverBuffer *out, const View *view)
{
  guint32 n;
  AverLayer *const *layers = aver_document_list_layers(view->document, &n);
  aver_buffer_append_char(out, 'D');
  append_number(out, view->length);
  append_number(out, view->quotes == NULL ? 0 : aver_layer_get_n_rows(view->quotes));
  append_number(out, view->claims == NULL ? 0 : aver_layer_get_n_rows(view->claims));
  append_string(out, aver_document_get_metadata(view->document, "published"), 40);
  append_string(out, aver_document_get_id(view->document), MOST_NAME);
  append_string(out, aver_page_get_title(view->page), MOST_NAME);
  aver_buffer_append_char(out, '\n');
  append_quote_facts(out, view);
  append_claim_facts(out, view);
  for (guint32 i = 0; i < n; i++) {
    aver_buffer_append_char(out, 'L');
    append_number(out, aver_layer_get_n_rows(layers[i]));
    append_string(out, aver_layer_get_type_info(layers[i])->name, MOST_NAME);
    aver_buffer_append_char(out, '\n');
  }
}

void fact_read(Fact *fact, char *line)
{
  *fact = (Fact){.kind = *line};
  line[strcspn(line, "\n")] = '\0';
  for (guint i = 0; i < MOST_CELLS; i++)
    fact->cells[i] = "";
  for (char *tab = strchr(line, '\t'); tab != NULL && fact->n < MOST_CELLS;
       tab = strchr(tab + 1, '\t')) {
    *tab = '\0';
    fact->cells[fact->n++] = tab + 1;
  }
}

guint fact_number(const Fact *fact, guint cell)
{
  return (guint) g_ascii_strtoull(fact->cells[cell], NULL, 10);
}
