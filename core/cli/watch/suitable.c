/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a pipeline and its outputs can be those of a watched folder. */
#include "suitable.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static gboolean fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean fail(GError **error, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error_literal(error, AVER_ERROR, AVER_ERROR_CONFIG, message);
  return FALSE;
}

/* A path without links as far as it is there. */
static char *resolve(const char *path)
{
  char *real = realpath(path, NULL);
  if (real != NULL) {
    char *copy = g_strdup(real);
    free(real);
    return copy;
  }
  g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
  if (strcmp(folder, path) == 0)
    return g_strdup(path);
  g_autofree char *there = resolve(folder);
  return g_build_filename(there, name, NULL);
}

static gboolean check_outside(const Watch *watch, const char *path, GError **error)
{
  if (path == NULL)
    return TRUE;
  g_autofree char *folder = resolve(watch->folder), *written = resolve(path);
  gsize length = strlen(folder);
  gboolean inside = strncmp(written, folder, length) == 0 &&
                    (written[length] == '/' || written[length] == '\0' || length == 1);
  return !inside || fail(error,
                         "'%s' is in the folder that is watched, and would be taken for what "
                         "arrives; expected it elsewhere",
                         path);
}

static gboolean has_dead_letter(json_t *policy)
{
  return json_object_get(policy, "dead-letter") != NULL ||
         json_object_get(json_object_get(policy, "then"), "dead-letter") != NULL;
}

/* Every batch is a run, whose own files would replace those of the one before. */
static gboolean check_stages(const Watch *watch, GError **error)
{
  json_auto_t *root = json_load_file(watch->pipeline, 0, NULL);
  json_t *stages = json_object_get(root, "stages");
  for (size_t i = 0; i < json_array_size(stages); i++) {
    json_t *stage = json_array_get(stages, i);
    if (json_object_get(stage, "output") != NULL && i + 1 < json_array_size(stages))
      return fail(error,
                  "%s: stage %zu has an 'output' of its own, which every batch of files would "
                  "replace; expected one writer",
                  watch->pipeline, i + 1);
    if (has_dead_letter(json_object_get(stage, "on_error")))
      return fail(error,
                  "%s: stage %zu has a dead-letter file, which every batch of files would "
                  "replace; expected --dead-letter FILE instead",
                  watch->pipeline, i + 1);
  }
  return TRUE;
}

gboolean check_suitable(const Watch *watch, const char *state, GError **error)
{
  const char *const inputs[] = {watch->folder, NULL};
  AverSettings settings = {.inputs = inputs,
                           .output = watch->output,
                           .reader = watch->reader,
                           .writer = watch->writer,
                           .set = watch->set,
                           .dead_letter = watch->dead_letter};
  g_autoptr(AverPipeline) pipeline =
      aver_pipeline_new_from_file(watch->registry, watch->pipeline, &settings, error);
  return pipeline != NULL && check_stages(watch, error) &&
         check_outside(watch, watch->output, error) &&
         check_outside(watch, watch->dead_letter, error) && check_outside(watch, state, error);
}
