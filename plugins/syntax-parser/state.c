/* SPDX-License-Identifier: Apache-2.0 */
/* The state of a parse, and the moves. */
#include "state.h"

#include <string.h>

static gboolean is_verb(const Word *word)
{
  return word->tag >= AVER_TAG_VB && word->tag <= AVER_TAG_VBZ;
}

static gboolean is_quote(const Word *word)
{
  return word->tag == AVER_TAG_OPEN_QUOTE || word->tag == AVER_TAG_CLOSE_QUOTE;
}

void state_init(State *state, const Word *words, guint n)
{
  state->words = words;
  state->next = MARGIN;
  state->root = n + MARGIN;
  state->depth = MARGIN;
  memset(state->stack, 0, MARGIN * sizeof state->stack[0]);
  guint16 commas = 0, verbs = 0, quotes = 0;
  for (guint i = 0; i < n + 2 * MARGIN; i++) {
    state->nodes[i] = (Node){.relation = NO_RELATION};
    state->commas[i] = commas;
    state->verbs[i] = verbs;
    state->quotes[i] = quotes;
    commas += words[i].tag == AVER_TAG_COMMA || words[i].tag == AVER_TAG_COLON;
    verbs += is_verb(&words[i]);
    quotes += is_quote(&words[i]);
  }
}

void state_shift(State *state)
{
  state->stack[state->depth++] = (guint16) state->next++;
}

/* Relations of a child that tell what its head is, and what else it can have. */
static guint32 child_bit(guint8 relation)
{
  switch (relation) {
  case AVER_RELATION_NSUBJ:
  case AVER_RELATION_NSUBJ_PASS:
  case AVER_RELATION_CSUBJ:
  case AVER_RELATION_EXPL:
    return 1;
  case AVER_RELATION_OBJ:
  case AVER_RELATION_CCOMP:
  case AVER_RELATION_XCOMP:
    return 2;
  case AVER_RELATION_CASE:
    return 4;
  case AVER_RELATION_MARK:
    return 8;
  case AVER_RELATION_COP:
    return 16;
  case AVER_RELATION_AUX:
    return 32;
  case AVER_RELATION_AUX_PASS:
    return 64;
  case AVER_RELATION_DET:
  case AVER_RELATION_NMOD_POSS:
    return 128;
  case AVER_RELATION_CC:
    return 256;
  case AVER_RELATION_CONJ:
    return 512;
  case AVER_RELATION_PUNCT:
    return 1024;
  default:
    return 0;
  }
}

void state_attach(State *state, Move move, guint8 relation)
{
  guint child = state_top(state, 0);
  guint head = state_head(state, move);
  Node *node = &state->nodes[head];
  state->nodes[child].head = (guint16) head;
  state->nodes[child].relation = relation;
  node->children |= child_bit(relation) << (move == MOVE_LEFT ? 0 : 16);
  if (move == MOVE_LEFT) {
    node->left[1] = node->left[0];
    node->left[0] = (guint16) child;
    node->n_left += node->n_left < 255;
  } else {
    node->right[1] = node->right[0];
    node->right[0] = (guint16) child;
    node->n_right += node->n_right < 255;
  }
  state->depth--;
}
