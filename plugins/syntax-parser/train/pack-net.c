/* SPDX-License-Identifier: Apache-2.0 */
/* From the network that learnt to the model's sections. */
#include "net.h"

#include <math.h>

static float scaled(float value, float scale, float limit)
{
  return CLAMP(rintf(value * scale), -limit, limit);
}

static void pack_blocks(const Blocks *b, const char *name, float scale, AverModelWriter *writer)
{
  gsize n = (gsize) b->n_blocks * b->width * HIDDEN;
  gsize clipped = 0;
  g_autofree gint8 *rows = g_new(gint8, n);
  g_autofree char *index_name = g_strconcat(name, "-index", NULL);
  g_autofree char *rows_name = g_strconcat(name, "-rows", NULL);
  for (gsize i = 0; i < n; i++) {
    rows[i] = (gint8) scaled(b->rows[i], scale, 127);
    clipped += fabsf(b->rows[i] * scale) > 127;
  }
  aver_model_writer_add(writer, index_name, b->entries,
                        sizeof(TableEntry) * BUCKET_SIZE << b->bits);
  aver_model_writer_add(writer, rows_name, rows, n);
  g_print("%s: %u blocks, %u features without room, %.4f %% of weights clipped\n", name,
          b->n_blocks, b->n_refused, 100.0 * (double) clipped / (double) n);
}

/* Weights beyond it are rare, and cut off. */
#define LARGEST_ROW    1.5f
#define LARGEST_OUTPUT 3.0f

void net_pack(const Net *net, AverModelWriter *writer)
{
  const float scale = 127 / LARGEST_ROW, output_scale = OUTPUT_WEIGHT_MAX / LARGEST_OUTPUT;
  gint16 hidden_bias[HIDDEN];
  gint16 weights[N_OUTPUTS * HIDDEN];
  gint32 output_bias[N_OUTPUTS];
  for (guint k = 0; k < HIDDEN; k++)
    hidden_bias[k] = (gint16) scaled(net->hidden_bias[k], scale, HIDDEN_BIAS_MAX);
  for (guint i = 0; i < N_OUTPUTS; i++) {
    output_bias[i] = (gint32) scaled(net->output_bias[i], scale * output_scale, OUTPUT_BIAS_MAX);
    for (guint k = 0; k < HIDDEN; k++)
      weights[output_weight(i, k)] =
          (gint16) scaled(net->weights[i][k], output_scale, OUTPUT_WEIGHT_MAX);
  }
  pack_blocks(&net->context, "context", scale, writer);
  pack_blocks(&net->child, "child", scale, writer);
  pack_blocks(&net->state, "state", scale, writer);
  aver_model_writer_add(writer, "hidden-bias", hidden_bias, sizeof hidden_bias);
  aver_model_writer_add(writer, "output-bias", output_bias, sizeof output_bias);
  aver_model_writer_add(writer, "output-weights", weights, sizeof weights);
}
