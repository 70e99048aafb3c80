/* SPDX-License-Identifier: Apache-2.0 */
/* The state of a parse: the arc-hybrid transition system (Kuhlmann et al. 2011). */
#pragma once

#include "table.h"
#include "words.h"

/* LEFT hangs the top of the stack on the next word, RIGHT on the word below it. */
typedef enum {
  MOVE_SHIFT,
  MOVE_LEFT,
  MOVE_RIGHT,
  N_MOVES,
} Move;

#define NO_RELATION AVER_N_RELATIONS

typedef struct {
  guint16 head;
  guint16 left[2]; /* the outermost children, and those next to them */
  guint16 right[2];
  guint8 relation;
  guint8 n_left;
  guint8 n_right;
  guint32 children; /* one bit a relation that matters */
} Node;

/* Nodes are numbered as the words are: MARGIN is the first word, 0 is "none"; the root stands
 * behind the last word. */
typedef struct {
  const Word *words;
  Node nodes[UNIT_MAX + 2 * MARGIN];
  guint16 commas[UNIT_MAX + 2 * MARGIN]; /* how many stand before a word */
  guint16 verbs[UNIT_MAX + 2 * MARGIN];
  guint16 quotes[UNIT_MAX + 2 * MARGIN];
  guint16 stack[UNIT_MAX + MARGIN]; /* three times "none" below its bottom */
  guint depth;                      /* with those */
  guint next;
  guint root;
} State;

/* Starts with @n tagged words at words[MARGIN]. */
void state_init(State *state, const Word *words, guint n);

static inline gboolean state_ended(const State *state)
{
  return state->next == state->root && state->depth == MARGIN;
}

static inline guint state_top(const State *state, guint below)
{
  return state->stack[state->depth - 1 - below];
}

/* A bit for each Move that can be made. At least one can until the state has ended. */
static inline guint state_allowed(const State *state)
{
  guint size = state->depth - MARGIN;
  guint allowed = state->next < state->root ? 1u << MOVE_SHIFT : 0;
  if (size >= 1 && (state->next < state->root || size == 1))
    allowed |= 1u << MOVE_LEFT;
  if (size >= 2)
    allowed |= 1u << MOVE_RIGHT;
  return allowed;
}

/* The head that the top of the stack gets by LEFT or RIGHT. */
static inline guint state_head(const State *state, Move move)
{
  return move == MOVE_LEFT ? state->next : state_top(state, 1);
}

void state_shift(State *state);

/* Makes LEFT or RIGHT. */
void state_attach(State *state, Move move, guint8 relation);
