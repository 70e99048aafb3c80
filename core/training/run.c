/* SPDX-License-Identifier: Apache-2.0 */
/* From settings to a training, and from a training to a model. */
#include "data.h"

#include "../check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean refuse_output(const char *path, const char *why, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot write the model '%s': %s", path, why);
  return FALSE;
}

/* Where the model goes, a link followed; NULL when it could not be put there: better said before
 * the training than after it. */
static char *find_output(const char *path, GError **error)
{
  struct stat info;
  g_autofree char *folder = g_path_get_dirname(path);
  char *target = NULL;
  if (stat(path, &info) == 0) {
    char *resolved = realpath(path, NULL);
    target = g_strdup(resolved);
    free(resolved);
    if (!S_ISREG(info.st_mode))
      refuse_output(path, "it is no regular file; expected a file's name", error);
    else if (target == NULL || access(path, W_OK) != 0)
      refuse_output(path, g_strerror(errno), error);
    else
      return target;
  } else if (errno != ENOENT || g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
    refuse_output(path, g_strerror(errno), error);
  } else if (access(folder, W_OK | X_OK) != 0) {
    refuse_output(path, g_strerror(errno), error);
  } else {
    return g_strdup(path);
  }
  g_free(target);
  return NULL;
}

/* Whether there is something to learn. */
static gboolean check_examples(const AverTraining *training, GError **error)
{
  const AverExample *examples = (const AverExample *) (gpointer) training->examples->data;
  guint n = training->examples->len;
  for (guint i = 1; i < n; i++)
    if (examples[i].label != examples[0].label)
      return TRUE;
  if (n == 0)
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                "the data has no examples; expected at least two");
  else
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                "all examples (%u) have the label '%s'; expected two labels or more", n,
                examples[0].label);
  return FALSE;
}

static gboolean check_format(const char *format, GError **error)
{
  if (format == NULL || g_strv_contains(aver_training_formats, format))
    return TRUE;
  g_autofree char *hint = aver_mistakes_hint(format, aver_training_formats, "");
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "no format '%s'%s", format, hint);
  return FALSE;
}

AverTraining *aver_training_new(const AverTrainingSettings *settings, GError **error)
{
  g_return_val_if_fail(settings != NULL && settings->inputs != NULL, NULL);
  g_return_val_if_fail(settings->output != NULL, NULL);
  if (!check_format(settings->format, error))
    return NULL;
  g_autofree char *output = find_output(settings->output, error);
  if (output == NULL)
    return NULL;
  g_autoptr(AverTraining) training = aver_training_new_empty(output);
  json_auto_t *files = json_array();
  if (!aver_data_read(training, settings, files, error) || !check_examples(training, error))
    return NULL;
  json_auto_t *card = json_pack("{s:s, s:O}", "command",
                                settings->command == NULL ? "" : settings->command, "data", files);
  char *text = json_dumps(card, JSON_COMPACT | JSON_SORT_KEYS);
  g_free(training->provenance);
  training->provenance = g_strdup(text == NULL ? "{}" : text);
  free(text);
  training->report = settings->report;
  training->progress = settings->progress;
  training->user_data = settings->user_data;
  return g_steal_pointer(&training);
}

static AverStage *make_stage(AverRegistry *registry, const AverPlugin *plugin,
                             const char *const *set, GError **error)
{
  if (plugin->train == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "plugin '%s' cannot be trained",
                plugin->name);
    return NULL;
  }
  g_autoptr(AverMistakes) mistakes = aver_mistakes_new("aver train");
  g_autoptr(AverStage) stage =
      aver_stage_new(plugin, plugin->name, aver_registry_get_folder_of(registry, plugin));
  for (guint i = 0; set != NULL && set[i] != NULL; i++)
    aver_check_set_alone(mistakes, stage, set[i]);
  return aver_mistakes_raise(mistakes, error) ? g_steal_pointer(&stage) : NULL;
}

gboolean aver_training_check_options(AverRegistry *registry, const AverPlugin *plugin,
                                     const char *const *set, GError **error)
{
  g_return_val_if_fail(registry != NULL && plugin != NULL, FALSE);
  g_autoptr(AverStage) stage = make_stage(registry, plugin, set, error);
  return stage != NULL;
}

/* A callback that says nothing about its failure is named. */
static void complete_error(const AverPlugin *plugin, GError **error)
{
  if (error != NULL && *error == NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED,
                "plugin '%s' failed to train and did not say why", plugin->name);
  else
    g_prefix_error(error, "plugin '%s': ", plugin->name);
}

/* Whether there is a model that was not there before. */
static gboolean has_written(const char *path, gboolean was_there, const struct stat *before)
{
  struct stat after;
  return stat(path, &after) == 0 && S_ISREG(after.st_mode) &&
         !(was_there && before->st_ino == after.st_ino && before->st_size == after.st_size &&
           before->st_mtim.tv_sec == after.st_mtim.tv_sec &&
           before->st_mtim.tv_nsec == after.st_mtim.tv_nsec);
}

gboolean aver_training_run(AverTraining *training, AverRegistry *registry, const AverPlugin *plugin,
                           const char *const *set, GError **error)
{
  g_return_val_if_fail(training != NULL && registry != NULL && plugin != NULL, FALSE);
  g_autoptr(AverStage) stage = make_stage(registry, plugin, set, error);
  if (stage == NULL)
    return FALSE;
  struct stat before;
  gboolean was_there = stat(training->output, &before) == 0;
  stage->output = g_strdup(training->output);
  if (!plugin->train(stage, training, error)) {
    complete_error(plugin, error);
    return FALSE;
  }
  if (has_written(training->output, was_there, &before))
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED,
              "plugin '%s' says it has trained, but wrote no model '%s'", plugin->name,
              training->output);
  return FALSE;
}
