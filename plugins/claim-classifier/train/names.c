/* SPDX-License-Identifier: Apache-2.0 */
/* Names of labels, sorted, so that the order of the data does not matter. */
#include "names.h"

static gint compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *) a, *(const char *const *) b);
}

static gint32 find_name(const GPtrArray *labels, const char *name)
{
  for (guint k = 0; k < labels->len; k++)
    if (g_ascii_strcasecmp(labels->pdata[k], name) == 0)
      return (gint32) k;
  return AVER_NONE;
}

/* What "OLD=NEW,OLD=NEW" makes of @label. */
static const char *rename_label(GHashTable *renamed, const char *label)
{
  const char *found = g_hash_table_lookup(renamed, label);
  return found == NULL ? label : found;
}

static GHashTable *read_renames(const char *option, GError **error)
{
  g_autoptr(GHashTable) renamed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  g_auto(GStrv) pairs = g_strsplit(option == NULL ? "" : option, ",", -1);
  for (char **pair = pairs; *pair != NULL; pair++) {
    const char *equals = strchr(*pair, '=');
    if (equals == NULL || equals == *pair || equals[1] == '\0') {
      g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                  "option 'rename': '%s' renames nothing; expected OLD=NEW,...", *pair);
      return NULL;
    }
    g_hash_table_insert(renamed, g_strndup(*pair, (gsize) (equals - *pair)), g_strdup(equals + 1));
  }
  return g_steal_pointer(&renamed);
}

/* The label that an option names, or else the first usual name that there is. */
static gboolean find_role(const Dataset *data, const AverStage *stage, const char *option,
                          const char *const *usual, gint32 *role, GError **error)
{
  const char *name = aver_stage_get_string(stage, option);
  *role = AVER_NONE;
  for (guint i = 0; name == NULL && usual[i] != NULL && *role == AVER_NONE; i++)
    *role = find_name(data->labels, usual[i]);
  if (name == NULL || *name == '\0')
    return TRUE;
  *role = find_name(data->labels, name);
  if (*role == AVER_NONE)
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "option '%s': no example has the label '%s'; expected one that is there", option,
                name);
  return *role != AVER_NONE;
}

static void index_labels(Dataset *data, GHashTable *renamed, const AverExample *examples)
{
  g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
  data->labels = g_ptr_array_new_with_free_func(g_free);
  for (guint32 i = 0; i < data->n; i++) {
    const char *label = rename_label(renamed, examples[i].label);
    if (g_hash_table_contains(known, label))
      continue;
    g_ptr_array_add(data->labels, g_strdup(label));
    g_hash_table_add(known, data->labels->pdata[data->labels->len - 1]);
  }
  g_ptr_array_sort(data->labels, compare_names);
  for (guint k = 0; k < data->labels->len; k++)
    g_hash_table_replace(known, data->labels->pdata[k], GUINT_TO_POINTER(k));
  data->label = g_new(gint32, data->n);
  for (guint32 i = 0; i < data->n; i++)
    data->label[i] = (gint32) GPOINTER_TO_UINT(
        g_hash_table_lookup(known, rename_label(renamed, examples[i].label)));
}

gboolean names_read(Dataset *data, const AverStage *stage, const AverExample *examples,
                    GError **error)
{
  static const char *const positives[] = {"CFS", "1", "yes", "true", NULL};
  static const char *const negatives[] = {"NFS", "0", "no", "false", NULL};
  static const char *const minors[] = {"UFS", NULL};
  g_autoptr(GHashTable) renamed = read_renames(aver_stage_get_string(stage, "rename"), error);
  if (renamed == NULL)
    return FALSE;
  index_labels(data, renamed, examples);
  if (data->labels->len < 2 || data->labels->len > MOST_LABELS) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "%u labels; expected 2 to %d",
                data->labels->len, MOST_LABELS);
    return FALSE;
  }
  data->info.n_labels = data->labels->len;
  data->info.n_rows = data->labels->len == 2 ? 1 : data->labels->len;
  return find_role(data, stage, "positive", positives, &data->info.positive, error) &&
         find_role(data, stage, "negative", negatives, &data->info.negative, error) &&
         find_role(data, stage, "minor", minors, &data->info.minor, error);
}
