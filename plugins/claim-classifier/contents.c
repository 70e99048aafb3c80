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

void contents_collect(const Piece *piece, const Lexicons *lexicons, Unit *unit,
                      AverDocument *document)
{
  guint32 n_tokens, n_spans, length;
  const AverToken *tokens = aver_document_get_tokens(document, &n_tokens);
  const AverLayer *quotes = aver_document_get_layer(document, "quote");
  const AverSpan *spans =
      aver_layer_get_spans_cell(quotes, (guint32) piece->quote, AVER_QUOTE_CONTENT, &n_spans);
  unit->text = aver_document_get_text(document, &length);
  unit->n = 0;
  unit->left_out = FALSE;
  for (guint32 k = 0; k < n_spans; k++) {
    AverSpan span = overlap(spans[k], piece->span);
    for (guint32 i = token_at(tokens, n_tokens, span.start);
         i < n_tokens && tokens[i].start < span.end; i++)
      if (!collect_add(unit, lexicons, tokens, i))
        return;
  }
}

static void mark_piece(Contents *contents, AverDocument *document, const Piece *piece)
{
  guint32 n_tokens, n_spans;
  const AverToken *tokens = aver_document_get_tokens(document, &n_tokens);
  const AverLayer *quotes = aver_document_get_layer(document, "quote");
  const AverSpan *spans =
      aver_layer_get_spans_cell(quotes, (guint32) piece->quote, AVER_QUOTE_CONTENT, &n_spans);
  for (guint32 k = 0; k < n_spans; k++) {
    AverSpan span = overlap(spans[k], piece->span);
    if (span.start >= span.end)
      continue;
    contents->depth[token_at(tokens, n_tokens, span.start)]++;
    contents->depth[token_at(tokens, n_tokens, span.end)]--;
  }
}

static void mark_frame(Contents *contents, AverDocument *document, guint32 quote, guint32 column)
{
  guint32 n_tokens, n_spans;
  const AverToken *tokens = aver_document_get_tokens(document, &n_tokens);
  const AverLayer *quotes = aver_document_get_layer(document, "quote");
  const AverSpan *spans = aver_layer_get_spans_cell(quotes, quote, column, &n_spans);
  for (guint32 k = 0; k < n_spans; k++) {
    guint32 i = token_at(tokens, n_tokens, spans[k].start);
    for (guint reach = 0; i < n_tokens && tokens[i].start < spans[k].end && reach < LONGEST_UNIT;
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

static void cut_quote(Contents *contents, const Lexicons *lexicons, Unit *unit,
                      AverDocument *document, guint32 quote)
{
  const AverLayer *sentences = aver_document_get_layer(document, "sentence");
  const AverLayer *quotes = aver_document_get_layer(document, "quote");
  const AverSpan *sentence = aver_layer_get_spans(sentences);
  guint32 n_sentences = aver_layer_get_n_rows(sentences), n_spans, before = contents->pieces->len;
  const AverSpan *spans = aver_layer_get_spans_cell(quotes, quote, AVER_QUOTE_CONTENT, &n_spans);
  if (n_spans == 0 || aver_layer_get_i32(quotes, quote, AVER_QUOTE_POLARITY) == AVER_QUOTE_NOT_SAID)
    return;
  for (guint32 s = sentence_at(sentence, n_sentences, spans[0].start);
       s < n_sentences && sentence[s].start < spans[n_spans - 1].end; s++) {
    Piece piece = {piece_span(spans, n_spans, sentence[s]), (gint32) s, (gint32) quote};
    if (piece.span.start >= piece.span.end)
      continue;
    contents_collect(&piece, lexicons, unit, document);
    if (!is_clause(unit))
      continue;
    g_array_append_val(contents->pieces, piece);
    mark_piece(contents, document, &piece);
  }
  if (contents->pieces->len > before) {
    mark_frame(contents, document, quote, AVER_QUOTE_CUE);
    mark_frame(contents, document, quote, AVER_QUOTE_SOURCE);
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

void contents_find(Contents *contents, const Lexicons *lexicons, Unit *unit, AverDocument *document)
{
  const AverLayer *quotes = aver_document_get_layer(document, "quote");
  guint32 n_quotes = quotes == NULL ? 0 : aver_layer_get_n_rows(quotes), n_tokens;
  g_array_set_size(contents->pieces, 0);
  contents->any = n_quotes > 0;
  if (!contents->any)
    return;
  aver_document_get_tokens(document, &n_tokens);
  reserve(contents, n_tokens);
  for (guint32 q = 0; q < n_quotes; q++)
    cut_quote(contents, lexicons, unit, document, q);
  for (guint32 i = 1; i <= n_tokens; i++)
    contents->depth[i] += contents->depth[i - 1];
  g_array_sort(contents->pieces, by_place);
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
