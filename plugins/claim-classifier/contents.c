/* SPDX-License-Identifier: Apache-2.0 */
/* Contents: cutting quotes at the sentences' ends, and marking what they cover. */
#include "contents.h"

#include "topics.h"

/* A content this long is a clause even when none of its verbs is known. */
#define CLAUSE_WORDS 7

void contents_init(Contents *contents)
{
  *contents = (Contents){.pieces = g_array_new(FALSE, FALSE, sizeof(Piece))};
}

void contents_clear(Contents *contents)
{
  g_array_free(contents->pieces, TRUE);
  g_free(contents->depth);
  g_free(contents->frame);
}

static void reserve(Contents *contents, guint32 n_tokens)
{
  if (contents->capacity <= n_tokens) {
    contents->capacity = MAX(1024, n_tokens + n_tokens / 2 + 1);
    contents->depth = g_renew(guint32, contents->depth, contents->capacity);
    contents->frame = g_renew(guint8, contents->frame, contents->capacity);
  }
  memset(contents->depth, 0, sizeof *contents->depth * (n_tokens + 1));
  memset(contents->frame, 0, n_tokens + 1);
}

static AverSpan overlap(AverSpan a, AverSpan b)
{
  return (AverSpan){MAX(a.start, b.start), MIN(a.end, b.end)};
}

/* "denied the allegations" and "called it a 'threat'" quote no claim: the sentence makes it. */
static gboolean is_clause(const Unit *unit)
{
  guint words = 0;
  gboolean verb = FALSE;
  for (guint32 i = 0; i < unit->n; i++) {
    words += is_wordy(&unit->words[i]);
    verb |= (unit->words[i].topic & (TOPIC_BE_NOW | TOPIC_PAST | TOPIC_HAVE | TOPIC_FUTURE |
                                     TOPIC_MIGHT | TOPIC_MUST)) != 0 ||
            unit_ends(unit, i, "ing") || (i > 0 && unit_is(unit, i, "to")) ||
            (i > 0 && unit_ends(unit, i, "ed"));
  }
  return words >= CLAUSE_WORDS || (verb && words >= 2);
}

void contents_collect(const Piece *piece, const Words *words, Unit *unit, AverDocument *document)
{
  guint32 n_spans;
  const AverLayer *quotes = aver_document_get_layer(document, "quote");
  const AverSpan *spans =
      aver_layer_get_spans_cell(quotes, (guint32) piece->quote, AVER_QUOTE_CONTENT, &n_spans);
  unit_start(unit, words->text);
  for (guint32 k = 0; k < n_spans; k++) {
    AverSpan span = overlap(spans[k], piece->span);
    for (guint32 i = words_at(words, span.start);
         i < words->n && words->words[i].token.start < span.end; i++)
      if (!words_add(words, i, unit))
        return;
  }
}

static void mark_piece(Contents *contents, const Words *words, AverDocument *document,
                       const Piece *piece)
{
  guint32 n_spans;
  const AverLayer *quotes = aver_document_get_layer(document, "quote");
  const AverSpan *spans =
      aver_layer_get_spans_cell(quotes, (guint32) piece->quote, AVER_QUOTE_CONTENT, &n_spans);
  for (guint32 k = 0; k < n_spans; k++) {
    AverSpan span = overlap(spans[k], piece->span);
    if (span.start >= span.end)
      continue;
    contents->depth[words_at(words, span.start)]++;
    contents->depth[words_at(words, span.end)]--;
  }
}

static void mark_frame(Contents *contents, const Words *words, AverDocument *document,
                       guint32 quote, guint32 column)
{
  guint32 n_spans;
  const AverLayer *quotes = aver_document_get_layer(document, "quote");
  const AverSpan *spans = aver_layer_get_spans_cell(quotes, quote, column, &n_spans);
  for (guint32 k = 0; k < n_spans; k++) {
    guint32 i = words_at(words, spans[k].start);
    for (guint reach = 0;
         i < words->n && words->words[i].token.start < spans[k].end && reach < LONGEST_UNIT;
         i++, reach++)
      contents->frame[i] = 1;
  }
}

/* The first sentence that ends behind @position. */
static guint32 sentence_at(const AverSpan *sentences, guint32 n_sentences, guint32 position)
{
  guint32 low = 0, high = n_sentences;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (sentences[middle].end <= position)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* What of the content stands in @sentence, from its first to its last byte. */
static AverSpan piece_span(const AverSpan *spans, guint32 n_spans, AverSpan sentence)
{
  AverSpan piece = {G_MAXUINT32, 0};
  for (guint32 k = 0; k < n_spans; k++) {
    AverSpan span = overlap(spans[k], sentence);
    if (span.start < span.end)
      piece = (AverSpan){MIN(piece.start, span.start), MAX(piece.end, span.end)};
  }
  return piece;
}

/* "I think taxes are too high": whoever speaks says so anyway. */
static gboolean says_i(const Words *words, const AverLayer *quotes, guint32 quote)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(quotes, quote, AVER_QUOTE_SOURCE, &n);
  if (n != 1)
    return FALSE;
  guint32 i = words_at(words, spans[0].start);
  return i < words->n && words->words[i].token.end == spans[0].end &&
         (words->words[i].topic & (TOPIC_I | TOPIC_WE)) != 0;
}

static void cut_quote(Contents *contents, const Words *words, Unit *unit, AverDocument *document,
                      guint32 quote)
{
  const AverLayer *sentences = aver_document_get_layer(document, "sentence");
  const AverLayer *quotes = aver_document_get_layer(document, "quote");
  const AverSpan *sentence = aver_layer_get_spans(sentences);
  guint32 n_sentences = aver_layer_get_n_rows(sentences), n_spans, before = contents->pieces->len;
  const AverSpan *spans = aver_layer_get_spans_cell(quotes, quote, AVER_QUOTE_CONTENT, &n_spans);
  if (n_spans == 0 || says_i(words, quotes, quote) ||
      aver_layer_get_i32(quotes, quote, AVER_QUOTE_POLARITY) == AVER_QUOTE_NOT_SAID)
    return;
  for (guint32 s = sentence_at(sentence, n_sentences, spans[0].start);
       s < n_sentences && sentence[s].start < spans[n_spans - 1].end; s++) {
    Piece piece = {piece_span(spans, n_spans, sentence[s]), (gint32) s, (gint32) quote, FALSE};
    if (piece.span.start >= piece.span.end)
      continue;
    contents_collect(&piece, words, unit, document);
    if (!is_clause(unit))
      continue;
    g_array_append_val(contents->pieces, piece);
    mark_piece(contents, words, document, &piece);
  }
  if (contents->pieces->len > before) {
    mark_frame(contents, words, document, quote, AVER_QUOTE_CUE);
    mark_frame(contents, words, document, quote, AVER_QUOTE_SOURCE);
  }
}

static gint by_place(gconstpointer first, gconstpointer second)
{
  const Piece *a = first, *b = second;
  if (a->sentence != b->sentence)
    return a->sentence < b->sentence ? -1 : 1;
  if (a->span.start != b->span.start)
    return a->span.start < b->span.start ? -1 : 1;
  if (a->span.end != b->span.end)
    return a->span.end < b->span.end ? -1 : 1;
  return a->quote < b->quote ? -1 : a->quote > b->quote;
}

static gboolean is_within(AverSpan inner, AverSpan outer)
{
  return inner.start >= outer.start && inner.end <= outer.end;
}

/* Tells which pieces stand alone in their sentence; they are sorted. */
static void find_alone(GArray *pieces)
{
  for (guint first = 0, next; first < pieces->len; first = next) {
    Piece *longest = &g_array_index(pieces, Piece, first);
    gboolean alone = TRUE;
    for (next = first; next < pieces->len; next++) {
      Piece *piece = &g_array_index(pieces, Piece, next);
      if (piece->sentence != longest->sentence)
        break;
      if (!is_within(piece->span, longest->span) && !is_within(longest->span, piece->span))
        alone = FALSE;
      if (is_within(longest->span, piece->span))
        longest = piece;
    }
    longest->alone = alone;
  }
}

void contents_find(Contents *contents, const Words *words, Unit *unit, AverDocument *document)
{
  const AverLayer *quotes = aver_document_get_layer(document, "quote");
  guint32 n_quotes = quotes == NULL ? 0 : aver_layer_get_n_rows(quotes);
  g_array_set_size(contents->pieces, 0);
  contents->any = n_quotes > 0;
  if (!contents->any)
    return;
  reserve(contents, words->n);
  for (guint32 q = 0; q < n_quotes; q++)
    cut_quote(contents, words, unit, document, q);
  for (guint32 i = 1; i <= words->n; i++)
    contents->depth[i] += contents->depth[i - 1];
  g_array_sort(contents->pieces, by_place);
  find_alone(contents->pieces);
}

guint32 contents_base(const Contents *contents, const Unit *unit)
{
  guint32 base = G_MAXUINT32;
  if (!contents->any)
    return 0;
  for (guint32 i = 0; i < unit->n; i++)
    base = MIN(base, contents->depth[unit->words[i].index]);
  return base;
}

guint32 contents_leave_out(const Contents *contents, guint32 base, Unit *unit)
{
  guint32 kept = 0, own = 0;
  if (!contents->any)
    return unit->n;
  for (guint32 i = 0; i < unit->n; i++) {
    const Word *word = &unit->words[i];
    if (contents->depth[word->index] > base)
      continue;
    /* Names alone claim nothing: what is left of a sentence may be its dateline. */
    own += contents->frame[word->index] == 0 && is_wordy(word) &&
           (word->topic & (guint32) TOPIC_LIGHT) == 0 &&
           (word->token.flags & AVER_TOKEN_CAPITALISED) == 0;
    unit->words[kept++] = *word;
  }
  unit->left_out = kept < unit->n;
  unit->n = kept;
  return own;
}
