/* SPDX-License-Identifier: Apache-2.0 */
/* The parser: one pass over a unit, two moves a word. */
#include "parser.h"

static Move best_move(const gint32 *scores, guint allowed)
{
  Move best = N_MOVES;
  for (Move move = 0; move < N_MOVES; move++)
    if ((allowed >> move & 1) != 0 && (best == N_MOVES || scores[move] > scores[best]))
      best = move;
  return best;
}

static guint8 choose_relation(const Network *network, const State *state, Move move,
                              const gint16 *hidden)
{
  if (state_head(state, move) == state->root)
    return AVER_RELATION_ROOT;
  gint32 scores[RELATION_OUTPUTS];
  guint8 best = 0;
  network_score(network, hidden, output_of_relation(move, 0), RELATION_OUTPUTS / GROUP, scores);
  for (guint8 k = 1; k < AVER_N_RELATIONS; k++)
    if (scores[k] > scores[best] && k != AVER_RELATION_ROOT)
      best = k;
  return best;
}

void parser_run(Parser *parser, const Network *network, const Word *words, guint n)
{
  State *state = &parser->state;
  state_init(state, words, n);
  network_read_words(network, words, n, &parser->sums);
  while (!state_ended(state)) {
    guint allowed = state_allowed(state);
    if (allowed == 1u << MOVE_SHIFT) {
      state_shift(state);
      continue;
    }
    gint16 hidden[HIDDEN];
    gint32 scores[GROUP];
    network_hide(network, state, &parser->sums, hidden);
    network_score(network, hidden, 0, 1, scores);
    Move move = best_move(scores, allowed);
    if (move == MOVE_SHIFT)
      state_shift(state);
    else
      state_attach(state, move, choose_relation(network, state, move, hidden));
  }
}
