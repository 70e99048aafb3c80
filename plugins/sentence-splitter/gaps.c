/* SPDX-License-Identifier: Apache-2.0 */
/* Judges a gap between two words that no mark parts: only in the web style. */
#include "split.h"

/* Single characters on both sides: letters set apart. */
static gboolean is_spelt_out(const Walk *walk, guint32 gap)
{
  return gap >= walk->sentence + 2 && walk->text[gap - 2] == ' ' && gap + 2 < walk->length &&
         walk->text[gap + 2] == ' ';
}

void judge_gap(Walk *walk, guint32 position)
{
  const guint8 *text = walk->text;
  guint n;
  guint32 next = position + 1;
  if (next >= walk->length || mark_at(text + next, &n) == MARK_SPACE)
    return;
  if (mark_at(text + next, &n) == MARK_DASH && read_gap(walk, next + n).breaks > 0)
    return; /* a dash that ends its line */
  guint32 end = trim_end(text, walk->sentence, position);
  if (end == walk->sentence || is_spelt_out(walk, position))
    return;
  Candidate candidate = {.stop_start = end, .end = end, .next = next};
  candidate.right = read_right(&walk->splitter->words, text, walk->length, next);
  if (candidate.right.kind == RIGHT_LETTER)
    return; /* without case there is nothing to go by */
  candidate.left = read_left(&walk->splitter->words, text, walk->sentence, end);
  candidate.words = count_words(walk, candidate.left.start);
  const Splitter *splitter = walk->splitter;
  gboolean ends = weigh(walk, &candidate);
  if (splitter->oracle != NULL)
    ends = splitter->oracle(splitter->oracle_data, walk, &candidate, FALSE, ends);
  if (ends && (splitter->split_quotes || !inside_quotation(walk, end)))
    cut(walk, end, next);
}
