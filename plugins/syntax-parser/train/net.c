/* SPDX-License-Identifier: Apache-2.0 */
/* The network while it learns: AdaGrad (Duchi et al. 2011), dropout. */
#include "net.h"

#include "train.h"

#include <math.h>
#include <string.h>

#define COUNT_BITS 24
#define DROPOUT    0.3f

static void blocks_init(Blocks *b, guint width, guint cut, guint bits)
{
  *b = (Blocks){.width = width, .cut = cut, .bits = bits, .n_blocks = 1};
  b->counts = g_new0(guint8, 1u << COUNT_BITS);
  b->entries = g_new0(TableEntry, (gsize) BUCKET_SIZE << bits);
  b->rows = g_new0(float, (gsize) (G_MAXUINT16 + 1) * width * HIDDEN);
  b->squares = g_new0(float, (gsize) (G_MAXUINT16 + 1) * width);
}

static void blocks_clear(Blocks *b)
{
  g_free(b->counts);
  g_free(b->entries);
  g_free(b->rows);
  g_free(b->squares);
}

static void blocks_count(Blocks *b, const guint32 *features, guint n)
{
  for (guint i = 0; i < n; i++) {
    guint8 *count = &b->counts[features[i] >> (32 - COUNT_BITS)];
    *count += *count < 255;
  }
}

static guint16 blocks_find(Blocks *b, guint32 feature)
{
  guint32 block = table_find(b->entries, b->bits, feature);
  if (block != 0 || b->counts[feature >> (32 - COUNT_BITS)] < b->cut)
    return (guint16) block;
  TableEntry *e = &b->entries[bucket_of(feature, b->bits)];
  e += e->block != 0;
  if (e->block != 0 || b->n_blocks > G_MAXUINT16) {
    b->n_refused++;
    return 0;
  }
  *e = (TableEntry){(guint16) feature, (guint16) b->n_blocks++};
  return e->block;
}

static float random_float(Net *net, float low, float high)
{
  Dice dice = {net->dice};
  float value = (float) dice_roll(&dice, 1u << 20) / (1u << 20);
  net->dice = dice.state;
  return low + (high - low) * value;
}

Net *net_new(void)
{
  Net *net = g_new0(Net, 1);
  net->dice = 88172645463325252u;
  blocks_init(&net->context, N_PLACES, 24, 15);
  blocks_init(&net->child, N_CHILDREN, 30, 14);
  blocks_init(&net->state, 1, 10, 16);
  for (guint k = 0; k < HIDDEN; k++)
    net->hidden_bias[k] = random_float(net, 0, 0.2f);
  for (guint i = 0; i < N_OUTPUTS; i++)
    for (guint k = 0; k < HIDDEN; k++)
      net->weights[i][k] = random_float(net, -0.3f, 0.3f);
  return net;
}

void net_free(Net *net)
{
  if (net == NULL)
    return;
  blocks_clear(&net->context);
  blocks_clear(&net->child);
  blocks_clear(&net->state);
  g_free(net);
}

void net_count_words(Net *net, const Word *words, guint n)
{
  guint32 features[FEATURES_MAX];
  for (guint i = 0; i < n + 2 * MARGIN; i++) {
    blocks_count(&net->context, features, context_features(&words[i], features));
    blocks_count(&net->child, features, child_features(&words[i], features));
  }
}

void net_count_state(Net *net, const State *state)
{
  guint32 features[FEATURES_MAX];
  blocks_count(&net->state, features, state_features(state, features));
}

static void find_all(Blocks *b, const guint32 *features, guint n, BlockList *list)
{
  list->n = 0;
  for (guint i = 0; i < n; i++) {
    list->blocks[list->n] = blocks_find(b, features[i]);
    list->n += list->blocks[list->n] != 0;
  }
}

void net_read_words(Net *net, const Word *words, guint n, TaughtBlocks *blocks)
{
  guint32 features[FEATURES_MAX];
  for (guint i = 0; i < n + 2 * MARGIN; i++) {
    find_all(&net->context, features, context_features(&words[i], features), &blocks->context[i]);
    find_all(&net->child, features, child_features(&words[i], features), &blocks->child[i]);
  }
}

static void add_row(Pass *pass, const Blocks *b, guint block, guint place)
{
  gsize row = (gsize) block * b->width + place;
  pass->rows[pass->n] = b->rows + row * HIDDEN;
  pass->squares[pass->n++] = b->squares + row;
}

static void gather(Net *net, const State *state, const TaughtBlocks *blocks, Pass *pass)
{
  guint16 places[N_PLACES], children[N_CHILDREN];
  guint32 features[FEATURES_MAX];
  pass->n = 0;
  places_find(state, places, children);
  for (guint p = 0; p < N_PLACES; p++)
    for (guint i = 0; i < blocks->context[places[p]].n; i++)
      add_row(pass, &net->context, blocks->context[places[p]].blocks[i], p);
  for (guint p = 0; p < N_CHILDREN; p++)
    for (guint i = 0; i < blocks->child[children[p]].n; i++)
      add_row(pass, &net->child, blocks->child[children[p]].blocks[i], p);
  guint n = state_features(state, features);
  for (guint i = 0; i < n; i++) {
    guint16 block = blocks_find(&net->state, features[i]);
    if (block != 0)
      add_row(pass, &net->state, block, 0);
  }
}

void net_hide(Net *net, const State *state, const TaughtBlocks *blocks, gboolean learning,
              Pass *pass)
{
  gather(net, state, blocks, pass);
  memcpy(pass->hidden, net->hidden_bias, sizeof pass->hidden);
  memset(pass->gradient, 0, sizeof pass->gradient);
  for (guint i = 0; i < pass->n; i++)
    for (guint k = 0; k < HIDDEN; k++)
      pass->hidden[k] += pass->rows[i][k];
  for (guint k = 0; k < HIDDEN; k++) {
    gboolean dropped = learning && random_float(net, 0, 1) < DROPOUT;
    pass->kept[k] = dropped ? 0 : learning ? 1 / (1 - DROPOUT) : 1;
    pass->hidden[k] = MAX(pass->hidden[k], 0) * pass->kept[k];
  }
}

float net_score(const Net *net, const Pass *pass, guint output)
{
  float sum = net->output_bias[output];
  for (guint k = 0; k < HIDDEN; k++)
    sum += net->weights[output][k] * pass->hidden[k];
  return sum;
}

static void move_weight(float *weight, float *square, float gradient, float rate)
{
  *square += gradient * gradient;
  *weight += rate * gradient / sqrtf(*square + 0.1f);
}

void net_push(Net *net, Pass *pass, guint output, float gradient)
{
  if (fabsf(gradient) < 1e-4f)
    return;
  move_weight(&net->output_bias[output], &net->output_squares[output], gradient, net->rate);
  for (guint k = 0; k < HIDDEN; k++) {
    pass->gradient[k] += gradient * net->weights[output][k];
    move_weight(&net->weights[output][k], &net->weight_squares[output][k],
                gradient * pass->hidden[k], net->rate);
  }
}

void net_step(Net *net, Pass *pass)
{
  float square = 0;
  for (guint k = 0; k < HIDDEN; k++) {
    pass->gradient[k] = pass->hidden[k] > 0 ? pass->gradient[k] * pass->kept[k] : 0;
    square += pass->gradient[k] * pass->gradient[k] / HIDDEN;
  }
  if (square < 1e-9f)
    return;
  for (guint k = 0; k < HIDDEN; k++)
    move_weight(&net->hidden_bias[k], &net->hidden_squares[k], pass->gradient[k], net->rate);
  for (guint i = 0; i < pass->n; i++) {
    *pass->squares[i] += square;
    float step = net->rate / sqrtf(*pass->squares[i] + 1e-3f);
    for (guint k = 0; k < HIDDEN; k++)
      pass->rows[i][k] += step * pass->gradient[k];
  }
}
