/* SPDX-License-Identifier: Apache-2.0 */
/* Rows: one claim row for every sentence, one for every piece of a quote that makes a claim. */
#include "rows.h"

#include "certainty.h"
#include "contents.h"
#include "furniture.h"
#include "score.h"
#include "topics.h"

/* With fewer words of its own than this, a sentence only attributes: "she said on Tuesday". */
#define OWN_WORDS 3

/* Fewer words than this report nothing: "Not yet." */
#define SHORTEST_REPORT 3

struct _Scratch {
  Word sentence[LONGEST_UNIT];
  Word content[LONGEST_UNIT];
  Word cue[LONGEST_UNIT];
  Contents contents;
};

/* What every row of one document needs. */
typedef struct {
  AverDocument *document;
  const Lexicons *lexicons;
  const AverToken *tokens;
  guint32 n_tokens;
  const AverLayer *quotes;
  AverLayer *claims;
  gboolean claims_only;
  gboolean headings; /* a line without a full stop is a heading here */
  Scratch *scratch;
} Writing;

typedef struct {
  AverSpan span;
  Score score;
  const Act *act; /* NULL: furniture does nothing */
  const Certainty *certainty;
  const char *claimant;
  gint32 sentence;
  gint32 quote;
} Row;

Scratch *scratch_new(void)
{
  Scratch *scratch = g_new0(Scratch, 1);
  contents_init(&scratch->contents);
  return scratch;
}

void scratch_free(Scratch *scratch)
{
  if (scratch == NULL)
    return;
  contents_clear(&scratch->contents);
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
  if (w->claims_only && row->score.label == LABEL_NFS)
    return;
  gint32 added = aver_layer_add(w->claims, row->span.start, row->span.end);
  if (added == AVER_NONE)
    return;
  guint32 i = (guint32) added;
  aver_layer_set_string(w->claims, i, AVER_CLAIM_LABEL, label_name(row->score.label), 3);
  aver_layer_set_f32(w->claims, i, AVER_CLAIM_CHECKWORTHY, row->score.checkworthy);
  aver_layer_set_i32(w->claims, i, AVER_CLAIM_SENTENCE, row->sentence);
  aver_layer_set_i32(w->claims, i, AVER_CLAIM_QUOTE, row->quote);
  if (row->claimant != NULL)
    aver_layer_set_string(w->claims, i, AVER_CLAIM_CLAIMANT, row->claimant, -1);
  if (row->act == NULL)
    return;
  aver_layer_set_i32(w->claims, i, AVER_CLAIM_ACT, (gint32) row->act->act);
  aver_layer_set_i32(w->claims, i, AVER_CLAIM_CERTAINTY, (gint32) row->certainty->certainty);
  set_cues(w->claims, i, row->act->cue, row->certainty->cue);
}

/* Whether @unit reports: a statement about others, made neither to "you" nor in one's own name. */
static gboolean reports(const Unit *unit)
{
  guint words = 0;
  for (guint32 i = 0; i < unit->n; i++) {
    if ((unit->words[i].topic & (TOPIC_I | TOPIC_WE | TOPIC_YOU)) != 0 ||
        is_mark(&unit->words[i], '!'))
      return FALSE;
    words += is_wordy(&unit->words[i]);
  }
  return words >= SHORTEST_REPORT;
}

/* That someone denied, accused or promised is a fact of its own; that someone spoke is not. */
static gboolean is_event(const Act *act)
{
  return act->act != AVER_ACT_ASSERTION && act->act != AVER_ACT_EVALUATION &&
         act->act != AVER_ACT_QUESTION;
}

/* The regression learnt from debates, where most of what is said is opinion and appeal. A plain
 * statement or forecast about others is at least an unimportant claim; so is what is alleged or
 * denied. */
static Score judge(const Unit *unit, const Act *act, gboolean attributes_only)
{
  if (attributes_only)
    return (Score){is_event(act) ? LABEL_UFS : LABEL_NFS, 0};
  Score score = score_unit(unit);
  gboolean told = act->act == AVER_ACT_ALLEGATION || act->act == AVER_ACT_DENIAL;
  gboolean stated = act->act == AVER_ACT_ASSERTION || act->act == AVER_ACT_PREDICTION;
  gboolean factual = told || (stated && reports(unit));
  if (factual && score.label == LABEL_NFS)
    score.label = LABEL_UFS;
  return score;
}

/* What the quote of @piece does; @content gets the piece's words. */
static Act quote_act(const Writing *w, const Piece *piece, Unit *content)
{
  guint32 quote = (guint32) piece->quote, n_spans;
  Unit cue = {.words = w->scratch->cue};
  const AverSpan *spans = aver_layer_get_spans_cell(w->quotes, quote, AVER_QUOTE_CUE, &n_spans);
  contents_collect(piece, w->lexicons, content, w->document);
  cue.text = content->text;
  for (guint32 k = 0; k < n_spans; k++) {
    for (guint32 i = token_at(w->tokens, w->n_tokens, spans[k].start);
         i < w->n_tokens && w->tokens[i].start < spans[k].end; i++)
      if (!collect_add(&cue, w->lexicons, w->tokens, i))
        break;
  }
  gint32 polarity = aver_layer_get_i32(w->quotes, quote, AVER_QUOTE_POLARITY);
  return act_of_cue(&cue, content, (AverQuotePolarity) polarity);
}

static void add_piece(const Writing *w, const Piece *piece)
{
  const Contents *contents = &w->scratch->contents;
  Unit content = {.words = w->scratch->content};
  Act act = quote_act(w, piece, &content);
  guint32 base = contents_base(contents, &content);
  guint32 own = contents_leave_out(contents, base, &content);
  Certainty certainty = certainty_of_unit(&content);
  Row row = {
      .span = piece->span,
      .score = judge(&content, &act, content.left_out && own < OWN_WORDS),
      .act = &act,
      .certainty = &certainty,
      .claimant = aver_layer_get_string(w->quotes, (guint32) piece->quote, AVER_QUOTE_SPEAKER),
      .sentence = piece->sentence,
      .quote = piece->quote,
  };
  add_row(w, &row);
}

/* Where a sentence's tokens start and end, and what its last ones say. */
typedef struct {
  guint32 first;
  guint32 next;
} Range;

static Range range_of(const Writing *w, AverSpan span)
{
  return (Range){token_at(w->tokens, w->n_tokens, span.start),
                 token_at(w->tokens, w->n_tokens, span.end)};
}

static gboolean ends_well(const Writing *w, Range range)
{
  guint32 n = MIN(range.next - range.first, 4);
  return is_terminated(w->tokens + range.next - n, n);
}

static gboolean on_own_line(const Writing *w, Range range)
{
  return range.first < w->n_tokens && (w->tokens[range.first].flags & AVER_TOKEN_LINE_START) != 0 &&
         (range.next == w->n_tokens || (w->tokens[range.next].flags & AVER_TOKEN_LINE_START) != 0);
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

static void add_sentence(const Writing *w, AverSpan span, guint32 sentence, const Piece *piece)
{
  Unit unit = {.words = w->scratch->sentence};
  Row row = {.span = span, .sentence = (gint32) sentence, .quote = AVER_NONE};
  collect_span(&unit, w->document, w->lexicons, span);
  Range range = range_of(w, span);
  if (is_furniture(&unit, w->lexicons->openers, ends_well(w, range),
                   w->headings && on_own_line(w, range))) {
    add_row(w, &row);
    return;
  }
  guint32 own = contents_leave_out(&w->scratch->contents, 0, &unit);
  Act act = sentence_act(w, &unit, piece);
  Certainty certainty = certainty_of_unit(&unit);
  row.score = judge(&unit, &act, unit.left_out && own < OWN_WORDS);
  row.act = &act;
  row.certainty = &certainty;
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

void rows_add(Scratch *scratch, const Lexicons *lexicons, gboolean claims_only,
              AverDocument *document)
{
  const AverLayer *sentences = aver_document_get_layer(document, "sentence");
  Writing w = {.document = document,
               .lexicons = lexicons,
               .quotes = aver_document_get_layer(document, "quote"),
               .claims = aver_document_add_layer(document, &aver_claim_layer),
               .claims_only = claims_only,
               .scratch = scratch};
  if (sentences == NULL)
    return;
  const AverSpan *spans = aver_layer_get_spans(sentences);
  guint32 n_sentences = aver_layer_get_n_rows(sentences), p = 0;
  Unit unit = {.words = scratch->content};
  w.tokens = aver_document_get_tokens(document, &w.n_tokens);
  w.headings = has_headings(&w, spans, n_sentences);
  contents_find(&scratch->contents, lexicons, &unit, document);
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
