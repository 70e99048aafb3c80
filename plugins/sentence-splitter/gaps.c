/* SPDX-License-Identifier: Apache-2.0 */
/* Judges a gap between two words that no mark parts: only in the web style. */
#include "split.h"

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
  if (end == walk->sentence)
    return;
  Candidate candidate = {.stop_start = end, .end = end, .next = next};
  candidate.left = read_left(&walk->splitter->words, text, walk->sentence, end);
  candidate.right = read_right(&walk->splitter->words, text, walk->length, next);
  candidate.words = count_words(walk, candidate.left.start);
  const Splitter *splitter = walk->splitter;
  gboolean ends = weigh(walk, &candidate);
  if (splitter->oracle != NULL)
    ends = splitter->oracle(splitter->oracle_data, walk, &candidate, FALSE, ends);
  if (ends)
    cut(walk, end, next);
}
