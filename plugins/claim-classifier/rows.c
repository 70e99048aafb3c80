/* SPDX-License-Identifier: Apache-2.0 */
/* Rows: one claim row for every sentence, one for every piece of a quote that makes a claim. */
#include "rows.h"

#include "contents.h"
#include "furniture.h"
#include "reasons.h"
#include "topics.h"

#include <math.h>

/* With fewer words of its own than this, a sentence only attributes: "she said on Tuesday". */
#define OWN_WORDS 3

struct _Scratch {
  Word sentence[LONGEST_UNIT];
  Word content[LONGEST_UNIT];
  Word cue[LONGEST_UNIT];
  Words words;
  Contents contents;
  Grams grams;
};

/* What every row of one document needs. */
typedef struct {
  AverDocument *document;
  const Judge *judge;
  const Words *words;
  const AverLayer *quotes;
  AverLayer *claims;
  gboolean headings; /* a line without a full stop is a heading here */
  Scratch *scratch;
} Writing;

Scratch *scratch_new(const Weights *weights)
{
  Scratch *scratch = g_new0(Scratch, 1);
  contents_init(&scratch->contents);
  grams_init(&scratch->grams, weights->info.characters != 0, FALSE);
  return scratch;
}

void scratch_free(Scratch *scratch)
{
  if (scratch == NULL)
    return;
  words_clear(&scratch->words);
  contents_clear(&scratch->contents);
  grams_clear(&scratch->grams);
  g_free(scratch);
}

static gboolean is_empty(AverSpan span)
{
  return span.start >= span.end;
}

static void set_cues(AverLayer *claims, guint32 row, AverSpan act, AverSpan certainty)
{
  AverSpan cues[2];
  guint32 n = 0;
  if (!is_empty(act))
    cues[n++] = act;
  gboolean apart = is_empty(act) || certainty.end <= act.start || certainty.start >= act.end;
  if (!is_empty(certainty) && apart)
    cues[n++] = certainty;
  if (n == 2 && cues[1].start < cues[0].start) {
    AverSpan first = cues[1];
    cues[1] = cues[0];
    cues[0] = first;
  }
  if (n > 0)
    aver_layer_set_spans(claims, row, AVER_CLAIM_CUE, cues, n);
}

static void add_row(const Writing *w, const Row *row)
{
  const Weights *weights = w->judge->weights;
  if (w->judge->claims_only && row->score.label == weights->info.negative)
    return;
  gint32 added = aver_layer_add(w->claims, row->span.start, row->span.end);
  if (added == AVER_NONE)
    return;
  guint32 i = (guint32) added;
  aver_layer_set_string(w->claims, i, AVER_CLAIM_LABEL, weights->labels[row->score.label], -1);
  aver_layer_set_f32(w->claims, i, AVER_CLAIM_CHECKWORTHY, row->score.checkworthy);
  aver_layer_set_f32(w->claims, i, AVER_CLAIM_PROBABILITY, row->score.probability);
  aver_layer_set_i32(w->claims, i, AVER_CLAIM_SENTENCE, row->sentence);
  aver_layer_set_i32(w->claims, i, AVER_CLAIM_QUOTE, row->quote);
  if (row->claimant != NULL)
    aver_layer_set_string(w->claims, i, AVER_CLAIM_CLAIMANT, row->claimant, -1);
  if (row->furniture)
    return;
  aver_layer_set_i32(w->claims, i, AVER_CLAIM_ACT, (gint32) row->act.act);
  aver_layer_set_i32(w->claims, i, AVER_CLAIM_CERTAINTY, (gint32) row->certainty.certainty);
  aver_layer_set_flags(w->claims, i, AVER_CLAIM_TYPES, row->types.flags);
  set_cues(w->claims, i, row->act.cue, row->certainty.cue);
}

/* That someone denied, accused or promised is a fact of its own; that someone spoke is not. */
static gboolean is_event(const Act *act)
{
  return act->act != AVER_ACT_ASSERTION && act->act != AVER_ACT_EVALUATION &&
         act->act != AVER_ACT_QUESTION;
}

/* What rules say has no probability. */
static Score decide(gint32 label)
{
  return (Score){label, NAN, 0, NAN};
}

/* Whatever is alleged or denied is at least an unimportant claim. */
static Score judge(const Writing *w, const Unit *unit, const Act *act, gboolean attributes_only)
{
  const WeightsInfo *info = &w->judge->weights->info;
  if (attributes_only && info->negative != AVER_NONE)
    return decide(is_event(act) && info->minor != AVER_NONE ? info->minor : info->negative);
  Score score = score_unit(w->judge->weights, &w->scratch->grams, unit);
  if (info->minor == AVER_NONE || score.label != info->negative)
    return score;
  gboolean told = act->act == AVER_ACT_ALLEGATION || act->act == AVER_ACT_DENIAL;
  if (told) {
    score.label = info->minor;
    score.probability = score.minor;
  }
  return score;
}

/* What the quote of @piece does; @content gets the piece's words. */
static Act quote_act(const Writing *w, const Piece *piece, Unit *content)
{
  guint32 quote = (guint32) piece->quote, n_spans;
  Unit cue = {.words = w->scratch->cue, .text = w->words->text};
  const AverSpan *spans = aver_layer_get_spans_cell(w->quotes, quote, AVER_QUOTE_CUE, &n_spans);
  contents_collect(piece, w->words, content, w->document);
  for (guint32 k = 0; k < n_spans; k++) {
    for (guint32 i = words_at(w->words, spans[k].start);
         i < w->words->n && w->words->words[i].token.start < spans[k].end; i++)
      if (!words_add(w->words, i, &cue))
        break;
  }
  gint32 polarity = aver_layer_get_i32(w->quotes, quote, AVER_QUOTE_POLARITY);
  return act_of_cue(&cue, content, (AverQuotePolarity) polarity);
}

/* Whether the sentence of @piece says no more than who says it; @unit gets all of its words. */
static gboolean only_attributes(const Writing *w, const Piece *piece, Unit *unit)
{
  const AverLayer *sentences = aver_document_get_layer(w->document, "sentence");
  AverSpan span = aver_layer_get_spans(sentences)[piece->sentence];
  words_collect(w->words, span, unit);
  guint32 own = contents_leave_out(&w->scratch->contents, 0, unit);
  gboolean only = unit->left_out && own < OWN_WORDS;
  if (only)
    words_collect(w->words, span, unit);
  return only;
}

/* @judged gets what was scored: where the sentence only attributes one quote, all of it, since who
 * says it is part of what makes a claim worth checking. */
static Row judge_piece(const Writing *w, const Piece *piece, Unit *judged)
{
  const Contents *contents = &w->scratch->contents;
  Unit content = {.words = w->scratch->content}, whole = {.words = w->scratch->sentence};
  Row row = {.span = piece->span, .sentence = piece->sentence, .quote = piece->quote};
  row.act = quote_act(w, piece, &content);
  guint32 base = contents_base(contents, &content);
  guint32 own = contents_leave_out(contents, base, &content);
  row.claimant = aver_layer_get_string(w->quotes, (guint32) piece->quote, AVER_QUOTE_SPEAKER);
  row.certainty = certainty_of_unit(&content);
  row.types = types_of_unit(&content, &row.act);
  row.attributes_only = content.left_out && own < OWN_WORDS;
  *judged =
      !row.attributes_only && piece->alone && only_attributes(w, piece, &whole) ? whole : content;
  row.score = judge(w, judged, &row.act, row.attributes_only);
  return row;
}

static void add_piece(const Writing *w, const Piece *piece)
{
  Unit judged;
  Row row = judge_piece(w, piece, &judged);
  add_row(w, &row);
}

/* Where a sentence's words start and end. */
typedef struct {
  guint32 first;
  guint32 next;
} Range;

static Range range_of(const Writing *w, AverSpan span)
{
  guint32 first = words_at(w->words, span.start), next = first;
  while (next < w->words->n && w->words->words[next].token.end <= span.end)
    next++;
  return (Range){first, next};
}

static gboolean ends_well(const Writing *w, Range range)
{
  guint32 n = MIN(range.next - range.first, 4);
  return is_terminated(w->words->words + range.next - n, n);
}

static gboolean starts_line(const Writing *w, guint32 i)
{
  return (w->words->words[i].token.flags & AVER_TOKEN_LINE_START) != 0;
}

static gboolean on_own_line(const Writing *w, Range range)
{
  return range.first < w->words->n && starts_line(w, range.first) &&
         (range.next == w->words->n || starts_line(w, range.next));
}

/* The sentence's own act; "warned ... will" is told from its quote's content, which was cut. */
static Act sentence_act(const Writing *w, const Unit *unit, const Piece *piece)
{
  Act act = act_of_unit(unit, FALSE);
  if (piece == NULL || !is_empty(act.cue))
    return act;
  Unit content = {.words = w->scratch->content};
  Act quoted = quote_act(w, piece, &content);
  gboolean inside = quoted.cue.start >= piece->span.start && quoted.cue.end <= piece->span.end;
  return is_empty(quoted.cue) || inside ? act : quoted;
}

static Row judge_sentence(const Writing *w, AverSpan span, gint32 sentence, const Piece *piece,
                          Unit *unit)
{
  Row row = {.span = span, .sentence = sentence, .quote = AVER_NONE};
  gint32 negative = w->judge->weights->info.negative;
  words_collect(w->words, span, unit);
  Range range = range_of(w, span);
  if (negative != AVER_NONE &&
      is_furniture(unit, ends_well(w, range), w->headings && on_own_line(w, range))) {
    row.score = decide(negative);
    row.furniture = TRUE;
    return row;
  }
  guint32 own = contents_leave_out(&w->scratch->contents, 0, unit);
  row.act = sentence_act(w, unit, piece);
  row.certainty = certainty_of_unit(unit);
  row.attributes_only = unit->left_out && own < OWN_WORDS;
  row.score = judge(w, unit, &row.act, row.attributes_only);
  row.types = types_of_unit(unit, &row.act);
  return row;
}

static void add_sentence(const Writing *w, AverSpan span, guint32 sentence, const Piece *piece)
{
  Unit unit = {.words = w->scratch->sentence};
  Row row = judge_sentence(w, span, (gint32) sentence, piece, &unit);
  add_row(w, &row);
}

/* Lines without a full stop are headings where most sentences have one; not in a chat or a list. */
static gboolean has_headings(const Writing *w, const AverSpan *spans, guint32 n_sentences)
{
  guint32 terminated = 0;
  for (guint32 s = 0; s < n_sentences; s++)
    terminated += ends_well(w, range_of(w, spans[s]));
  return n_sentences >= 2 && terminated * 2 >= n_sentences;
}

/* Reads the document's words and quotes. Returns: FALSE when there is nothing to judge. */
static gboolean start_writing(Writing *w, Scratch *scratch, const Judge *judge,
                              AverDocument *document)
{
  const AverLayer *sentences = aver_document_get_layer(document, "sentence");
  Unit unit = {.words = scratch->content};
  *w = (Writing){.document = document,
                 .judge = judge,
                 .words = &scratch->words,
                 .quotes = aver_document_get_layer(document, "quote"),
                 .scratch = scratch};
  if (sentences == NULL)
    return FALSE;
  words_read(&scratch->words, &judge->weights->vocabulary, document);
  w->headings = has_headings(w, aver_layer_get_spans(sentences), aver_layer_get_n_rows(sentences));
  contents_find(&scratch->contents, w->words, &unit, document);
  return TRUE;
}

void rows_add(Scratch *scratch, const Judge *judge, AverDocument *document)
{
  Writing w;
  AverLayer *claims = aver_document_add_layer(document, &aver_claim_layer);
  if (!start_writing(&w, scratch, judge, document))
    return;
  w.claims = claims;
  const AverLayer *sentences = aver_document_get_layer(document, "sentence");
  const AverSpan *spans = aver_layer_get_spans(sentences);
  guint32 n_sentences = aver_layer_get_n_rows(sentences), p = 0;
  const Piece *pieces = (const Piece *) (gpointer) scratch->contents.pieces->data;
  guint32 n_pieces = scratch->contents.pieces->len;
  for (guint32 s = 0; s < n_sentences; s++) {
    const Piece *first = p < n_pieces && pieces[p].sentence == (gint32) s ? &pieces[p] : NULL;
    while (p < n_pieces && pieces[p].sentence == (gint32) s &&
           pieces[p].span.start == spans[s].start && pieces[p].span.end < spans[s].end)
      add_piece(&w, &pieces[p++]);
    add_sentence(&w, spans[s], s, first);
    while (p < n_pieces && pieces[p].sentence == (gint32) s)
      add_piece(&w, &pieces[p++]);
  }
}

void rows_explain(Scratch *scratch, const Judge *judge, AverDocument *document, guint32 row,
                  AverExplanation *explanation)
{
  Writing w;
  const AverLayer *claims = aver_document_get_layer(document, "claim");
  if (claims == NULL || !start_writing(&w, scratch, judge, document))
    return;
  gint32 sentence = aver_layer_get_i32(claims, row, AVER_CLAIM_SENTENCE);
  gint32 quote = aver_layer_get_i32(claims, row, AVER_CLAIM_QUOTE);
  const Piece *pieces = (const Piece *) (gpointer) scratch->contents.pieces->data;
  const Piece *first = NULL;
  Unit unit = {.words = scratch->sentence};
  for (guint32 p = scratch->contents.pieces->len; p-- > 0;) {
    if (pieces[p].sentence != sentence)
      continue;
    first = &pieces[p];
    if (quote != AVER_NONE && pieces[p].quote == quote) {
      Row found = judge_piece(&w, &pieces[p], &unit);
      explain_row(judge->weights, &unit, &found, explanation);
      return;
    }
  }
  AverSpan span = aver_layer_get_spans(claims)[row];
  Row found = judge_sentence(&w, span, sentence, first, &unit);
  explain_row(judge->weights, &unit, &found, explanation);
}
