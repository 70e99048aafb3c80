/* SPDX-License-Identifier: Apache-2.0 */
/* Folds: the data's own, or whole groups dealt out one after the other to the smallest. */
#include "folds.h"

#define MOST_FOLDS 5

static gboolean take_folds(Dataset *data, const AverExample *examples)
{
  g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
  for (guint32 i = 0; i < data->n; i++) {
    if (examples[i].fold == AVER_NONE)
      return FALSE;
    gpointer fold = GINT_TO_POINTER(examples[i].fold), index;
    if (!g_hash_table_lookup_extended(known, fold, NULL, &index)) {
      index = GUINT_TO_POINTER(data->n_folds++);
      g_hash_table_insert(known, fold, index);
    }
    data->fold[i] = GPOINTER_TO_INT(index);
  }
  return TRUE;
}

static guint32 find_smallest(const guint32 sizes[MOST_FOLDS], guint32 n_folds)
{
  guint32 smallest = 0;
  for (guint32 f = 1; f < n_folds; f++)
    if (sizes[f] < sizes[smallest])
      smallest = f;
  return smallest;
}

static guint count_groups(const Dataset *data, const AverExample *examples)
{
  g_autoptr(GHashTable) groups = g_hash_table_new(g_str_hash, g_str_equal);
  guint alone = 0;
  for (guint32 i = 0; i < data->n; i++)
    if (examples[i].group == NULL)
      alone++;
    else
      g_hash_table_add(groups, (gpointer) examples[i].group);
  return alone + g_hash_table_size(groups);
}

static void deal(Dataset *data, const AverExample *examples)
{
  g_autoptr(GHashTable) sizes = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) folds = g_hash_table_new(g_str_hash, g_str_equal);
  guint32 filled[MOST_FOLDS] = {0};
  for (guint32 i = 0; i < data->n; i++)
    if (examples[i].group != NULL) {
      guint size = GPOINTER_TO_UINT(g_hash_table_lookup(sizes, examples[i].group));
      g_hash_table_replace(sizes, (gpointer) examples[i].group, GUINT_TO_POINTER(size + 1));
    }
  for (guint32 i = 0; i < data->n; i++) {
    const char *group = examples[i].group;
    gpointer fold = NULL;
    gboolean dealt = group != NULL && g_hash_table_lookup_extended(folds, group, NULL, &fold);
    if (!dealt) {
      fold = GUINT_TO_POINTER(find_smallest(filled, data->n_folds));
      guint size = group == NULL ? 1 : GPOINTER_TO_UINT(g_hash_table_lookup(sizes, group));
      filled[GPOINTER_TO_UINT(fold)] += size;
      if (group != NULL)
        g_hash_table_insert(folds, (gpointer) group, fold);
    }
    data->fold[i] = GPOINTER_TO_INT(fold);
  }
}

gboolean folds_make(Dataset *data, const AverExample *examples, GError **error)
{
  data->fold = g_new0(gint32, data->n);
  if (take_folds(data, examples) && data->n_folds >= 2)
    return TRUE;
  guint groups = count_groups(data, examples);
  data->n_folds = MIN(groups, MOST_FOLDS);
  if (groups < 2) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                "%u group of examples; expected two or more, to hold out in turn", groups);
    return FALSE;
  }
  deal(data, examples);
  return TRUE;
}
