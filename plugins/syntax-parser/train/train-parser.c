/* SPDX-License-Identifier: Apache-2.0 */
/* Trains the parser: a dynamic oracle (Goldberg and Nivre 2013) and its own mistakes as examples.
 */
#include "train.h"

#include <math.h>
#include <string.h>

typedef struct {
  const Dictionary *dictionary;
  Net *net;
  Dice dice;
  Word words[UNIT_MAX + 2 * MARGIN];
  State state;
  guint16 heads[UNIT_MAX];               /* the gold ones, projective */
  guint children[UNIT_MAX + 2 * MARGIN]; /* each node's gold children, one list a node: */
  guint next_child[UNIT_MAX + 2 * MARGIN];
  gboolean stacked[UNIT_MAX + 2 * MARGIN];
  TaughtBlocks blocks;
  gboolean counting;
  gboolean exploring;
} Trainer;

static void start_sentence(Trainer *t, const Gold *gold)
{
  words_read(t->dictionary, gold->text, gold->tokens, gold->n, t->words);
  for (guint i = 0; i < gold->n; i++)
    t->words[MARGIN + i].tag = gold->seen[i];
  state_init(&t->state, t->words, gold->n);
  if (t->counting)
    net_count_words(t->net, t->words, gold->n);
  else
    net_read_words(t->net, t->words, gold->n, &t->blocks);
  gold_projectivise(gold, t->heads);
  memset(t->children, 0, sizeof t->children);
  memset(t->stacked, 0, sizeof t->stacked);
  for (guint i = gold->n; i-- > 0;) {
    t->next_child[MARGIN + i] = t->children[t->heads[i]];
    t->children[t->heads[i]] = MARGIN + i;
  }
}

static guint gold_head(const Trainer *t, guint node)
{
  return t->heads[node - MARGIN];
}

/* Gold children of a node in the buffer. */
static guint children_ahead(const Trainer *t, guint node)
{
  guint n = 0;
  for (guint c = t->children[node]; c != 0; c = t->next_child[c])
    n += c >= t->state.next;
  return n;
}

static guint children_stacked(const Trainer *t, guint node)
{
  guint n = 0;
  for (guint c = t->children[node]; c != 0; c = t->next_child[c])
    n += t->stacked[c];
  return n;
}

/* How many gold arcs a move makes unreachable. */
static guint move_cost(const Trainer *t, Move move)
{
  const State *s = &t->state;
  guint top = state_top(s, 0), head;
  switch (move) {
  case MOVE_SHIFT:
    head = gold_head(t, s->next);
    return children_stacked(t, s->next) +
           (head < s->next && t->stacked[head] && head != state_top(s, 0));
  case MOVE_LEFT:
    head = gold_head(t, top);
    return children_ahead(t, top) + (head > s->next || head == state_top(s, 1));
  default:
    return children_ahead(t, top) + (gold_head(t, top) >= s->next);
  }
}

static guint cheapest_moves(const Trainer *t, guint allowed)
{
  guint least = G_MAXUINT, moves = 0;
  for (Move move = 0; move < N_MOVES; move++) {
    if ((allowed >> move & 1) == 0)
      continue;
    guint cost = move_cost(t, move);
    if (cost < least)
      moves = 0;
    if (cost <= least)
      moves |= 1u << move;
    least = MIN(least, cost);
  }
  return moves;
}

static Move best_of(const float *scores, guint moves)
{
  Move best = N_MOVES;
  for (Move move = 0; move < N_MOVES; move++)
    if ((moves >> move & 1) != 0 && (best == N_MOVES || scores[move] > scores[best]))
      best = move;
  return best;
}

/* A step towards the outputs that are @right, among @n from @first on of which @allowed count. */
static void learn(Trainer *t, Pass *pass, guint first, guint n, const float *scores, guint64 right,
                  guint64 allowed)
{
  float p[N_OUTPUTS] = {0}, best = -INFINITY, all = 0, good = 0;
  for (guint k = 0; k < n; k++)
    if ((allowed >> k & 1) != 0)
      best = MAX(best, scores[k]);
  for (guint k = 0; k < n; k++)
    if ((allowed >> k & 1) != 0) {
      p[k] = expf(scores[k] - best);
      all += p[k];
      if ((right >> k & 1) != 0)
        good += p[k];
    }
  good = MAX(good, 1e-6f * all);
  for (guint k = 0; k < n; k++)
    if ((allowed >> k & 1) != 0)
      net_push(t->net, pass, first + k, ((right >> k & 1) != 0 ? p[k] / good : 0) - p[k] / all);
}

static Move learn_move(Trainer *t, Pass *pass)
{
  float scores[N_MOVES] = {0};
  guint allowed = state_allowed(&t->state);
  gboolean forced = (allowed & (allowed - 1)) == 0;
  guint right = forced ? allowed : cheapest_moves(t, allowed);
  if (t->counting) {
    net_count_state(t->net, &t->state);
    return best_of(scores, dice_roll(&t->dice, 20) == 0 ? allowed : right);
  }
  net_hide(t->net, &t->state, &t->blocks, TRUE, pass);
  for (guint k = 0; k < N_MOVES; k++)
    scores[k] = net_score(t->net, pass, k);
  if (right != allowed)
    learn(t, pass, 0, N_MOVES, scores, right, allowed);
  return best_of(scores, t->exploring && dice_roll(&t->dice, 10) > 0 ? allowed : right);
}

static guint8 learn_relation(Trainer *t, const Gold *gold, Move move, Pass *pass)
{
  const guint64 one = 1;
  float scores[AVER_N_RELATIONS];
  guint child = state_top(&t->state, 0), head = state_head(&t->state, move);
  guint first = output_of_relation(move, 0);
  guint8 relation = gold->relations[child - MARGIN];
  if (head == t->state.root)
    return AVER_RELATION_ROOT;
  if (t->counting)
    return relation;
  for (guint k = 0; k < AVER_N_RELATIONS; k++)
    scores[k] = net_score(t->net, pass, first + k);
  if (gold->heads[child - MARGIN] == head && relation != AVER_RELATION_ROOT)
    learn(t, pass, first, AVER_N_RELATIONS, scores, one << relation, ~(one << AVER_RELATION_ROOT));
  guint8 best = 0;
  for (guint8 k = 1; k < AVER_N_RELATIONS; k++)
    if (scores[k] > scores[best] && k != AVER_RELATION_ROOT)
      best = k;
  return best;
}

static void learn_sentence(Trainer *t, const Gold *gold)
{
  Pass pass;
  start_sentence(t, gold);
  while (!state_ended(&t->state)) {
    Move move = learn_move(t, &pass);
    guint8 relation = move == MOVE_SHIFT ? NO_RELATION : learn_relation(t, gold, move, &pass);
    if (!t->counting)
      net_step(t->net, &pass);
    if (move == MOVE_SHIFT) {
      t->stacked[t->state.next] = TRUE;
      state_shift(&t->state);
    } else {
      t->stacked[state_top(&t->state, 0)] = FALSE;
      state_attach(&t->state, move, relation);
    }
  }
}

Net *train_parser(const Dictionary *dictionary, const GPtrArray *sentences, guint passes)
{
  g_autofree Trainer *t = g_new0(Trainer, 1);
  g_autoptr(GPtrArray) order = g_ptr_array_copy((GPtrArray *) sentences, NULL, NULL);
  g_ptr_array_set_free_func(order, NULL);
  t->dictionary = dictionary;
  t->dice.state = 88172645463325252u;
  t->net = net_new();
  t->counting = TRUE;
  for (guint i = 0; i < order->len; i++)
    learn_sentence(t, order->pdata[i]);
  t->counting = FALSE;
  for (guint pass = 0; pass < passes; pass++) {
    dice_shuffle(&t->dice, order);
    t->exploring = pass > 0;
    for (guint i = 0; i < order->len; i++) {
      float done = ((float) pass + (float) i / (float) order->len) / (float) passes;
      t->net->rate = 0.04f * (1 - done) + 1e-4f;
      learn_sentence(t, order->pdata[i]);
    }
  }
  return t->net;
}
