/* SPDX-License-Identifier: Apache-2.0 */
/* The check of what a run writes: each writer has a file of its own, and none that is read. */
#include "check.h"

#include <string.h>
#include <sys/stat.h>

typedef struct {
  AverMistakes *mistakes;
  GHashTable *taken; /* identity -> Use */
} Outputs;

typedef struct {
  const AverDraft *draft; /* (nullable) nobody's: it is read */
  gboolean letters;
} Use;

/* What tells a file from all others, whatever it is called; NULL for devices and the like. */
static char *identity(const char *path)
{
  struct stat info;
  if (path == NULL || strcmp(path, "-") == 0)
    return g_strdup("-");
  if (stat(path, &info) == 0)
    return S_ISREG(info.st_mode) ? g_strdup_printf("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                                   (guint64) info.st_dev, (guint64) info.st_ino)
                                 : NULL;
  g_autofree char *folder = g_path_get_dirname(path);
  g_autofree char *name = g_path_get_basename(path);
  if (stat(folder, &info) != 0)
    return g_strdup(path);
  return g_strdup_printf("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT "/%s", (guint64) info.st_dev,
                         (guint64) info.st_ino, name);
}

static void add_read(Outputs *outputs, const char *path)
{
  char *key = path == NULL || strcmp(path, "-") == 0 ? NULL : identity(path);
  if (key != NULL)
    g_hash_table_insert(outputs->taken, key, g_new0(Use, 1));
}

static void add_written(Outputs *outputs, const AverDraft *draft, const AverPosition *position,
                        const char *path, gboolean letters)
{
  g_autofree char *key = identity(path);
  const Use *use = key == NULL ? NULL : g_hash_table_lookup(outputs->taken, key);
  const char *label = draft->config->label;
  g_autofree char *shown =
      path == NULL ? g_strdup("standard output") : g_strdup_printf("'%s'", path);
  if (use == NULL && key != NULL) {
    Use *own = g_new(Use, 1);
    *own = (Use){draft, letters};
    g_hash_table_insert(outputs->taken, g_steal_pointer(&key), own);
  } else if (use != NULL && use->draft == NULL) {
    aver_mistakes_add(outputs->mistakes, position, label,
                      "writes %s, which the run reads; expected another file", shown);
    aver_mistakes_suggest(outputs->mistakes, "write another file's name");
  } else if (use != NULL && !(use->letters && letters)) {
    aver_mistakes_add(outputs->mistakes, position, label,
                      "writes %s, as %s does; expected a file of its own", shown,
                      use->draft->config->label);
    if (path == NULL)
      aver_mistakes_suggest(outputs->mistakes, "add \"output\": \"FILE\" to it");
    else
      aver_mistakes_suggest(outputs->mistakes, "write another file's name");
  }
}

void aver_check_outputs(AverMistakes *mistakes, GPtrArray *line_up, const AverSettings *settings)
{
  g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  Outputs outputs = {mistakes, taken};
  const AverPosition output = {.argument = "--output"}, letter = {.argument = "--dead-letter"};
  for (guint i = 0; settings->inputs != NULL && settings->inputs[i] != NULL; i++)
    add_read(&outputs, settings->inputs[i]);
  add_read(&outputs, settings->replay);
  for (guint i = 0; i < line_up->len; i++) {
    const AverDraft *draft = g_ptr_array_index(line_up, i);
    const AverStage *stage = draft->stage;
    if (stage == NULL || stage->plugin->kind != AVER_PLUGIN_WRITER)
      continue;
    gboolean argument = i + 1 == line_up->len && settings->output != NULL;
    const char *path = argument ? settings->output : stage->output;
    if (path != NULL || i + 1 == line_up->len) /* else told already */
      add_written(&outputs, draft,
                  argument                                  ? &output
                  : draft->config->output_position.line > 0 ? &draft->config->output_position
                                                            : &draft->config->position,
                  path, FALSE);
  }
  for (guint i = 0; i < line_up->len; i++) {
    const AverDraft *draft = g_ptr_array_index(line_up, i);
    const AverStage *stage = draft->stage;
    if (stage != NULL && stage->policy == AVER_POLICY_DEAD_LETTER)
      add_written(&outputs, draft, draft->config->has_policy ? &draft->config->position : &letter,
                  stage->dead_letter, TRUE);
  }
}
