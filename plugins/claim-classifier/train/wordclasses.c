/* SPDX-License-Identifier: Apache-2.0 */
/* Word classes: lines of word, count and class, put into a table of hashes. */
#include "wordclasses.h"

/* Rarer words are left to the shapes that all unknown words share. */
#define RAREST 100

static void insert(Dataset *data, guint32 hash, guint8 class)
{
  guint32 mask = (guint32) data->n_slots - 1;
  hash += hash == 0;
  guint32 slot = (hash * 0x9e3779b1u) >> 7;
  while (data->class_hashes[slot & mask] != 0 && data->class_hashes[slot & mask] != hash)
    slot++;
  if (data->class_hashes[slot & mask] == 0)
    data->class_ids[slot & mask] = class;
  data->class_hashes[slot & mask] = hash;
}

static gboolean read_line(const char *line, guint32 *hash, guint64 *count, guint64 *class)
{
  g_auto(GStrv) cells = g_strsplit(line, "\t", 4);
  if (g_strv_length(cells) != 3 || *cells[0] == '\0')
    return FALSE;
  *hash = aver_word_hash(cells[0], strlen(cells[0]));
  return g_ascii_string_to_unsigned(cells[1], 10, 0, G_MAXUINT64, count, NULL) &&
         g_ascii_string_to_unsigned(cells[2], 10, 0, 255, class, NULL);
}

static gboolean read_table(Dataset *data, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) cause = NULL;
  if (!g_file_get_contents(path, &text, NULL, &cause)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "option 'classes': cannot read '%s': %s", path,
                cause->message);
    return FALSE;
  }
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (data->n_slots = 16; data->n_slots < 2 * (gsize) g_strv_length(lines);)
    data->n_slots *= 2;
  data->class_hashes = g_new0(guint32, data->n_slots);
  data->class_ids = g_new0(guint8, data->n_slots);
  for (guint i = 0; lines[i] != NULL; i++) {
    guint32 hash;
    guint64 count, class;
    if (*lines[i] == '\0')
      continue;
    if (!read_line(lines[i], &hash, &count, &class)) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                  "%s:%u: no word class; expected word, count and a class of 0 to 255, with tabs "
                  "between them",
                  path, i + 1);
      return FALSE;
    }
    if (count >= RAREST)
      insert(data, hash, (guint8) class);
  }
  return TRUE;
}

/* The file lists many words that are too rare: the table is made again, as small as it can be. */
static void shrink(Dataset *data)
{
  gsize n = 0, old = data->n_slots;
  g_autofree guint32 *hashes = data->class_hashes;
  g_autofree guint8 *ids = data->class_ids;
  for (gsize i = 0; i < old; i++)
    n += hashes[i] != 0;
  for (data->n_slots = 16; data->n_slots < 2 * n;)
    data->n_slots *= 2;
  data->class_hashes = g_new0(guint32, data->n_slots);
  data->class_ids = g_new0(guint8, data->n_slots);
  for (gsize i = 0; i < old; i++)
    if (hashes[i] != 0)
      insert(data, hashes[i], ids[i]);
}

static void take_own(Dataset *data, const AverStage *stage)
{
  g_autofree char *path =
      g_build_filename(aver_stage_get_folder(stage), "claim-classifier", "claims.model", NULL);
  Weights *own = weights_open(path, NULL);
  if (own != NULL && own->classes.n_slots > 0) {
    data->n_slots = own->classes.n_slots;
    data->class_hashes = g_memdup2(own->classes.hashes, data->n_slots * sizeof(guint32));
    data->class_ids = g_memdup2(own->classes.classes, data->n_slots);
  }
  weights_free(own);
}

gboolean wordclasses_read(Dataset *data, const AverStage *stage, GError **error)
{
  const char *path = aver_stage_get_string(stage, "classes");
  if (path == NULL) {
    take_own(data, stage);
    return TRUE;
  }
  if (*path == '\0')
    return TRUE;
  if (!read_table(data, path, error))
    return FALSE;
  shrink(data);
  return TRUE;
}
