/* SPDX-License-Identifier: Apache-2.0 */
/* The network while it learns: the same tables as the model's, of floats. */
#pragma once

#include "../network.h"

#include <aver/model.h>

/* A table: a feature gets a block once it was counted so often, and as long as there is room. */
typedef struct {
  guint width;
  guint cut;
  guint bits;
  guint8 *counts;
  TableEntry *entries;
  float *rows;
  float *squares; /* one number a row (AdaGrad) */
  guint n_blocks;
  guint n_refused;
} Blocks;

#define LIST_MAX (N_PLACES * 16 + N_CHILDREN * 4 + FEATURES_MAX)

/* The blocks of a word's features. */
typedef struct {
  guint n;
  guint16 blocks[16];
} BlockList;

typedef struct {
  BlockList context[UNIT_MAX + 2 * MARGIN];
  BlockList child[UNIT_MAX + 2 * MARGIN];
} TaughtBlocks;

/* One state's way through the network, for the step back. */
typedef struct {
  guint n;
  float *rows[LIST_MAX];
  float *squares[LIST_MAX];
  float hidden[HIDDEN];
  float kept[HIDDEN];     /* 0: dropped out */
  float gradient[HIDDEN]; /* gathers */
} Pass;

typedef struct {
  Blocks context;
  Blocks child;
  Blocks state;
  float hidden_bias[HIDDEN];
  float hidden_squares[HIDDEN];
  float weights[N_OUTPUTS][HIDDEN];
  float weight_squares[N_OUTPUTS][HIDDEN];
  float output_bias[N_OUTPUTS];
  float output_squares[N_OUTPUTS];
  float rate;
  guint64 dice;
} Net;

Net *net_new(void);
void net_free(Net *net);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Net, net_free)

void net_count_words(Net *net, const Word *words, guint n);
void net_count_state(Net *net, const State *state);

void net_read_words(Net *net, const Word *words, guint n, TaughtBlocks *blocks);

/* The hidden layer; with a share of it dropped out when learning. */
void net_hide(Net *net, const State *state, const TaughtBlocks *blocks, gboolean learning,
              Pass *pass);
float net_score(const Net *net, const Pass *pass, guint output);

/* Moves an output's weights along the gradient of its score; net_step() does the rest. */
void net_push(Net *net, Pass *pass, guint output, float gradient);
void net_step(Net *net, Pass *pass);

void net_pack(const Net *net, AverModelWriter *writer);
