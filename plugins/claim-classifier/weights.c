/* SPDX-License-Identifier: Apache-2.0 */
/* Weights: checking a model file before anything of it is used. */
#include "weights.h"

#include "cues.h"

#include <math.h>

#define MOST_BITS 24

static gboolean refuse(GError **error, const char *path, const char *why)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "cannot use the model '%s': %s", path, why);
  return FALSE;
}

static gboolean is_label(gint32 label, guint32 n_labels)
{
  return label == AVER_NONE || (label >= 0 && label < (gint32) n_labels);
}

static gboolean check_info(const WeightsInfo *info, const char *path, GError **error)
{
  guint32 rows = info->n_labels == 2 ? 1 : info->n_labels;
  if (info->version != WEIGHTS_FEATURES_VERSION)
    return refuse(error, path, "it was trained for another version; expected one trained anew");
  if (info->n_labels < 2 || info->n_labels > MOST_LABELS || info->n_rows != rows ||
      info->bits < 1 || info->bits > MOST_BITS || info->n_dense != features_count() ||
      info->characters > 1)
    return refuse(error, path, "its section 'info' is damaged");
  if (!is_label(info->positive, info->n_labels) || !is_label(info->negative, info->n_labels) ||
      !is_label(info->minor, info->n_labels))
    return refuse(error, path, "it names a label that is not there");
  return TRUE;
}

static gconstpointer section(const Weights *weights, const char *path, const char *name, gsize size,
                             gsize expected, GError **error)
{
  gsize n;
  gconstpointer data = aver_model_get_section(weights->file, name, size, &n, error);
  if (data == NULL || n == expected)
    return data;
  g_autofree char *why = g_strdup_printf("its section '%s' has the wrong size", name);
  refuse(error, path, why);
  return NULL;
}

/* Numbers: @n for each of @groups; none of them NaN or out of all bounds. */
static const float *numbers(const Weights *weights, const char *path, const char *name,
                            gsize expected, GError **error)
{
  const float *data = section(weights, path, name, sizeof *data, expected, error);
  for (gsize i = 0; data != NULL && i < expected; i++)
    if (!isfinite(data[i]) || fabsf(data[i]) > 1e6f) {
      g_autofree char *why = g_strdup_printf("its section '%s' has a number out of range", name);
      refuse(error, path, why);
      return NULL;
    }
  return data;
}

static gboolean read_labels(Weights *weights, const char *path, GError **error)
{
  gsize size;
  guint32 n = 0;
  const char *data = aver_model_get_section(weights->file, "labels", 1, &size, error);
  if (data == NULL)
    return FALSE;
  if (size == 0 || data[size - 1] != '\0')
    return refuse(error, path, "its section 'labels' is damaged");
  for (const char *p = data; p < data + size; p += strlen(p) + 1, n++) {
    if (n == weights->info.n_labels || *p == '\0' || !g_utf8_validate(p, -1, NULL))
      return refuse(error, path, "its section 'labels' is damaged");
    weights->labels[n] = p;
  }
  return n == weights->info.n_labels || refuse(error, path, "labels are missing in it");
}

static gboolean read_classes(Weights *weights, const char *path, GError **error)
{
  gsize n, n_ids;
  const guint32 *hashes = aver_model_get_section(weights->file, "class-hash", 4, &n, error);
  const guint8 *ids =
      hashes == NULL ? NULL : aver_model_get_section(weights->file, "class-id", 1, &n_ids, error);
  if (ids == NULL)
    return FALSE;
  if (n != n_ids || n > (1u << 24) || (n & (n - 1)) != 0)
    return refuse(error, path, "its word classes are damaged");
  if (n > 0)
    weights->classes = (Classes){hashes, ids, (guint32) n};
  return TRUE;
}

static gboolean read_sections(Weights *w, const char *path, GError **error)
{
  const WeightsInfo *info = section(w, path, "info", sizeof *info, 1, error);
  if (info == NULL)
    return FALSE;
  w->info = *info;
  if (!check_info(&w->info, path, error) || !read_labels(w, path, error) ||
      !read_classes(w, path, error))
    return FALSE;
  gsize rows = w->info.n_rows, labels = w->info.n_labels;
  w->table = section(w, path, "table", 1, (rows << w->info.bits) + 8, error);
  return w->table != NULL && (w->scale = numbers(w, path, "scale", rows, error)) != NULL &&
         (w->dense = numbers(w, path, "dense", rows * (w->info.n_dense + 1), error)) != NULL &&
         (w->slope = numbers(w, path, "slope", labels, error)) != NULL &&
         (w->shift = numbers(w, path, "shift", labels, error)) != NULL &&
         (w->offset = numbers(w, path, "offset", labels, error)) != NULL;
}

Weights *weights_open(const char *path, GError **error)
{
  Weights *weights = g_new0(Weights, 1);
  weights->file = aver_model_new_from_file(path, WEIGHTS_KIND, error);
  if (weights->file != NULL && read_sections(weights, path, error)) {
    vocabulary_init(&weights->vocabulary, &weights->classes);
    return weights;
  }
  weights_free(weights);
  return NULL;
}

void weights_free(Weights *weights)
{
  if (weights == NULL)
    return;
  aver_model_free(weights->file);
  vocabulary_clear(&weights->vocabulary);
  g_free(weights);
}
