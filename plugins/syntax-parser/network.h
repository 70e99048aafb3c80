/* SPDX-License-Identifier: Apache-2.0 */
/* The parser's network: one hidden layer over sums of rows, after Chen and Manning (2014). */
#pragma once

#include "places.h"

#define HIDDEN ROW_SIZE

/* The moves, then the relations by LEFT, then those by RIGHT; each in whole groups. */
#define GROUP            8
#define RELATION_OUTPUTS ((AVER_N_RELATIONS + GROUP - 1) / GROUP * GROUP)
#define N_OUTPUTS        (GROUP + 2 * RELATION_OUTPUTS)

/* Bounds that keep all sums within 32 bits, the hidden ones within 16. */
#define OUTPUT_WEIGHT_MAX 1000
#define HIDDEN_BIAS_MAX   8000
#define OUTPUT_BIAS_MAX   (1 << 28)

static inline guint output_of_relation(Move move, guint relation)
{
  return GROUP + (move == MOVE_RIGHT ? RELATION_OUTPUTS : 0) + relation;
}

/* Where the weight from a hidden unit to an output stands: a group's outputs side by side, of two
 * hidden units each. */
static inline guint output_weight(guint output, guint unit)
{
  return output / GROUP * GROUP * HIDDEN + unit / 2 * 2 * GROUP + output % GROUP * 2 + unit % 2;
}

typedef struct {
  Table context;             /* N_PLACES rows a word with its neighbours */
  Table child;               /* N_CHILDREN rows a word alone */
  Table state;               /* one row */
  const gint16 *hidden_bias; /* HIDDEN */
  const gint16 *weights;     /* see output_weight() */
  const gint32 *output_bias; /* N_OUTPUTS */
} Network;

/* The sums of a unit's words in every place, made once. */
typedef struct {
  gint16 context[UNIT_MAX + 2 * MARGIN][N_PLACES * HIDDEN];
  gint16 child[UNIT_MAX + 2 * MARGIN][N_CHILDREN * HIDDEN];
} WordSums;

void network_read_words(const Network *network, const Word *words, guint n, WordSums *sums);

/* The hidden layer of a state. */
void network_hide(const Network *network, const State *state, const WordSums *sums,
                  gint16 hidden[HIDDEN]);

/* Scores the outputs of @n groups from output @first on. */
void network_score(const Network *network, const gint16 hidden[HIDDEN], guint first, guint n,
                   gint32 *scores);

/* What that adds to the scores, on any processor. */
void network_multiply_plain(const gint16 *weights, const gint16 *hidden, guint n, gint32 *scores);
