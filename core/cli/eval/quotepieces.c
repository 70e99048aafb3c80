/* SPDX-License-Identifier: Apache-2.0 */
/* Scoring the pieces of quotes: contents, cues and sources each for themselves. */
#include "quotes.h"
#include "spans.h"

static GArray *collect(const GPtrArray *units, guint role)
{
  GArray *pieces = spans_new();
  for (guint i = 0; i < units->len; i++) {
    const QuoteUnit *unit = g_ptr_array_index(units, i);
    if (unit->roles[role]->len > 0)
      g_array_append_vals(pieces, unit->roles[role]->data, unit->roles[role]->len);
  }
  spans_make_set(pieces);
  return pieces;
}

static gboolean lies_on(AverSpan piece, const GArray *cover)
{
  /* The first span that ends behind the piece's start. */
  guint low = 0, high = cover->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (SPAN(cover, middle).end > piece.start)
      high = middle;
    else
      low = middle + 1;
  }
  return low < cover->len && SPAN(cover, low).start < piece.end;
}

/* Takes away the predicted pieces that lie on ignored gold, and on no other. */
static void drop_ignored(GArray *predicted, const GArray *gold, GArray *ignored)
{
  g_autoptr(GArray) others = spans_new();
  guint kept = 0, k = 0;
  for (guint i = 0; i < ignored->len; i++) {
    AverSpan span = SPAN(ignored, i);
    while (k < gold->len && (SPAN(gold, k).start < span.start ||
                             (SPAN(gold, k).start == span.start && SPAN(gold, k).end < span.end)))
      k++;
    if (k == gold->len || SPAN(gold, k).start != span.start || SPAN(gold, k).end != span.end)
      g_array_append_val(others, span);
  }
  g_autoptr(GArray) gold_cover = spans_cover(gold);
  g_autoptr(GArray) other_cover = spans_cover(others);
  for (guint i = 0; i < predicted->len; i++)
    if (!lies_on(SPAN(predicted, i), other_cover) || lies_on(SPAN(predicted, i), gold_cover))
      SPAN(predicted, kept++) = SPAN(predicted, i);
  g_array_set_size(predicted, kept);
}

/* Characters of a piece that lie in @cover, as a share of all of them. */
static double share_in(const TextCounts *counts, AverSpan piece, const GArray *cover)
{
  guint low = 0, high = cover->len, shared = 0;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (SPAN(cover, middle).end > piece.start)
      high = middle;
    else
      low = middle + 1;
  }
  for (; low < cover->len && SPAN(cover, low).start < piece.end; low++)
    shared += counts->characters[MIN(piece.end, SPAN(cover, low).end)] -
              counts->characters[MAX(piece.start, SPAN(cover, low).start)];
  return (double) shared /
         (double) (counts->characters[piece.end] - counts->characters[piece.start]);
}

static void add_role(PieceTallies *tallies, const QuoteDocument *document, guint role)
{
  const TextCounts *counts = document->counts;
  g_autoptr(GArray) gold = collect(document->gold, role);
  g_autoptr(GArray) predicted = collect(document->predicted, role);
  g_autoptr(GArray) ignored = collect(document->ignored, role);
  if (document->ignored->len > 0)
    drop_ignored(predicted, gold, ignored);
  g_autoptr(GArray) gold_cover = spans_cover(gold);
  g_autoptr(GArray) predicted_cover = spans_cover(predicted);

  Tally *exact = &tallies->exact[role], *overlap = &tallies->overlap[role],
        *characters = &tallies->characters[role];
  guint shared = spans_count_shared(gold, predicted);
  exact->correct += shared;
  exact->correct_gold += shared;
  exact->gold += gold->len;
  exact->predicted += predicted->len;

  for (guint i = 0; i < predicted->len; i++)
    overlap->correct += share_in(counts, SPAN(predicted, i), gold_cover);
  for (guint i = 0; i < gold->len; i++)
    overlap->correct_gold += share_in(counts, SPAN(gold, i), predicted_cover);
  overlap->gold += gold->len;
  overlap->predicted += predicted->len;

  shared = spans_sum_shared(gold_cover, predicted_cover, counts->letters);
  characters->correct += shared;
  characters->correct_gold += shared;
  characters->gold += spans_sum(gold_cover, counts->letters);
  characters->predicted += spans_sum(predicted_cover, counts->letters);
}

void add_pieces(PieceTallies *tallies, const QuoteDocument *document)
{
  for (guint role = 0; role < N_ROLES; role++)
    add_role(tallies, document, role);
}
