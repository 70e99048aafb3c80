/* SPDX-License-Identifier: Apache-2.0 */
/* The model: loaded and checked. */
#include "model.h"

static gboolean refuse(const char *path, const char *section, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
              "cannot use the model '%s': its section '%s' does not fit this version", path,
              section);
  return FALSE;
}

/* A section of a power of two of entries, at least @least. */
static gconstpointer get_table(const SyntaxModel *model, const char *path, const char *name,
                               gsize size, gsize least, gsize *n, GError **error)
{
  gconstpointer entries = aver_model_get_section(model->file, name, size, n, error);
  if (entries == NULL)
    return NULL;
  if (*n < least || (*n & (*n - 1)) != 0 || *n > G_MAXUINT32 / 2) {
    refuse(path, name, error);
    return NULL;
  }
  return entries;
}

/* The sections "NAME-index" and "NAME-rows". */
static gboolean load_rows(const SyntaxModel *model, const char *path, const char *name, guint width,
                          Table *table, GError **error)
{
  g_autofree char *index = g_strconcat(name, "-index", NULL);
  g_autofree char *rows = g_strconcat(name, "-rows", NULL);
  gsize n, n_bytes;
  table->entries = get_table(model, path, index, sizeof(TableEntry), BUCKET_SIZE, &n, error);
  if (table->entries == NULL)
    return FALSE;
  table->rows = aver_model_get_section(model->file, rows, 1, &n_bytes, error);
  if (table->rows == NULL)
    return FALSE;
  if (n_bytes == 0 || n_bytes % (width * ROW_SIZE) != 0)
    return refuse(path, rows, error);
  table->bits = g_bit_storage(n / BUCKET_SIZE) - 1;
  table->width = width;
  for (gsize i = 0; i < n; i++) {
    const TableEntry *other = &table->entries[i ^ 1];
    gboolean doubled = other->check == table->entries[i].check && other->block != 0;
    if (table->entries[i].block >= n_bytes / (width * ROW_SIZE) ||
        (doubled && table->entries[i].block != 0))
      return refuse(path, index, error);
  }
  return TRUE;
}

static gboolean load_words(SyntaxModel *model, const char *path, GError **error)
{
  gsize n;
  const DictionaryEntry *entries =
      get_table(model, path, "words", sizeof(DictionaryEntry), 1, &n, error);
  if (entries == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (entries[i].best > AVER_N_TAGS || (entries[i].best == 0 && entries[i].second == WORD_SURE))
      return refuse(path, "words", error);
  model->dictionary = (Dictionary){entries, (guint32) n - 1};
  return TRUE;
}

static gconstpointer get_numbers(const SyntaxModel *model, const char *path, const char *name,
                                 gsize size, gsize n, GError **error)
{
  gsize found;
  gconstpointer numbers = aver_model_get_section(model->file, name, size, &found, error);
  if (numbers == NULL || found == n)
    return numbers;
  refuse(path, name, error);
  return NULL;
}

static gboolean load_network(const SyntaxModel *model, const char *path, Network *network,
                             GError **error)
{
  network->hidden_bias = get_numbers(model, path, "hidden-bias", sizeof(gint16), HIDDEN, error);
  if (network->hidden_bias == NULL)
    return FALSE;
  network->output_bias = get_numbers(model, path, "output-bias", sizeof(gint32), N_OUTPUTS, error);
  if (network->output_bias == NULL)
    return FALSE;
  network->weights =
      get_numbers(model, path, "output-weights", sizeof(gint16), N_OUTPUTS * HIDDEN, error);
  if (network->weights == NULL)
    return FALSE;
  for (guint i = 0; i < HIDDEN; i++)
    if (ABS(network->hidden_bias[i]) > HIDDEN_BIAS_MAX)
      return refuse(path, "hidden-bias", error);
  for (guint i = 0; i < N_OUTPUTS; i++)
    if (network->output_bias[i] > OUTPUT_BIAS_MAX || network->output_bias[i] < -OUTPUT_BIAS_MAX)
      return refuse(path, "output-bias", error);
  for (guint i = 0; i < N_OUTPUTS * HIDDEN; i++)
    if (ABS(network->weights[i]) > OUTPUT_WEIGHT_MAX)
      return refuse(path, "output-weights", error);
  return load_rows(model, path, "context", N_PLACES, &network->context, error) &&
         load_rows(model, path, "child", N_CHILDREN, &network->child, error) &&
         load_rows(model, path, "state", 1, &network->state, error);
}

SyntaxModel *syntax_model_new_from_file(const char *path, GError **error)
{
  g_autoptr(SyntaxModel) model = g_new0(SyntaxModel, 1);
  model->file = aver_model_new_from_file(path, MODEL_KIND, error);
  if (model->file == NULL || !load_words(model, path, error) ||
      !load_rows(model, path, "tag", 1, &model->tags, error) ||
      !load_network(model, path, &model->network, error))
    return NULL;
  return g_steal_pointer(&model);
}

void syntax_model_free(SyntaxModel *model)
{
  if (model == NULL)
    return;
  aver_model_free(model->file);
  g_free(model);
}
