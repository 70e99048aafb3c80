/* SPDX-License-Identifier: Apache-2.0 */
/* For the tests of plugins: a stage without a pipeline around it, a training without data files. */
#include <aver/testing.h>

#include "delegate.h"
#include "training/training-private.h"

#include <dlfcn.h>
#include <string.h>

/* Where the module that the plugin's code is in was loaded from. */
static char *folder_of(const AverPlugin *plugin)
{
  Dl_info info;
  gconstpointer code;
  memcpy(&code, plugin->open != NULL ? (gconstpointer) &plugin->open : &plugin->process,
         sizeof code);
  if (code == NULL || dladdr(code, &info) == 0 || info.dli_fname == NULL)
    return g_strdup(".");
  return g_path_get_dirname(info.dli_fname);
}

AverStage *aver_testing_stage_new(const AverPlugin *plugin, const char *const *set,
                                  const char *const *inputs, const char *output, GError **error)
{
  g_return_val_if_fail(plugin != NULL, NULL);
  g_autofree char *folder = folder_of(plugin);
  g_autoptr(AverStage) stage = aver_stage_new(plugin, plugin->name, folder);
  if (plugin->delegates != NULL) {
    stage->delegates = aver_delegates_new(stage, aver_registry_new());
    stage->delegates->owns_registry = TRUE;
    if (!aver_registry_add_folder(stage->delegates->registry, folder, error))
      return NULL;
  }
  for (guint i = 0; set != NULL && set[i] != NULL; i++) {
    const char *equals = strchr(set[i], '=');
    g_autofree char *name = g_strndup(set[i], equals == NULL ? 0 : (gsize) (equals - set[i]));
    const AverOption *option = aver_stage_find_option(stage, name);
    if (option == NULL) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "no option '%s'; expected option=value",
                  set[i]);
      return NULL;
    }
    if (!aver_stage_set_text(stage, option, equals + 1, error))
      return NULL;
  }
  if (plugin->declare != NULL && !plugin->declare(stage, &stage->layers, error))
    return NULL;
  if (inputs != NULL) {
    g_strfreev(stage->inputs);
    stage->inputs = g_strdupv((char **) inputs);
  }
  stage->output = g_strdup(output);
  return g_steal_pointer(&stage);
}

void aver_testing_stage_free(AverStage *stage)
{
  aver_stage_free(stage);
}

gboolean aver_testing_decode(AverStage *stage, gpointer self, gpointer worker,
                             const AverRecord *record, AverDocument *document, GError **error)
{
  g_return_val_if_fail(stage != NULL && record != NULL, FALSE);
  if (record->delegate == 0)
    return stage->plugin->decode(self, worker, record, document, error);
  g_return_val_if_fail(record->delegate <= aver_delegates_count(stage), FALSE);
  const AverDelegate *delegate = &stage->delegates->list[record->delegate - 1];
  return delegate->stage->plugin->decode(delegate->self, delegate->worker, record, document, error);
}

static void keep_line(const char *line, gpointer user_data)
{
  AverTraining *training = user_data;
  g_string_append_printf(training->reported, "%s\n", line);
}

AverTraining *aver_testing_training_new(const AverTestingExample *examples, gsize n_examples,
                                        const char *output)
{
  g_return_val_if_fail((examples != NULL || n_examples == 0) && output != NULL, NULL);
  AverTraining *training = aver_training_new_empty(output);
  for (gsize i = 0; i < n_examples; i++) {
    const AverTestingExample *given = &examples[i];
    AverExample example = {.weight = given->weight == 0 ? 1 : given->weight, .fold = given->fold};
    if (given->label != NULL)
      example.label = aver_training_intern(training, given->label, strlen(given->label));
    if (given->group != NULL)
      example.group = aver_training_intern(training, given->group, strlen(given->group));
    gboolean added = aver_training_add(training, given->text, strlen(given->text), &example, NULL);
    g_warn_if_fail(added);
  }
  training->reported = g_string_new(NULL);
  training->report = keep_line;
  training->user_data = training;
  return training;
}

const char *aver_testing_training_get_report(const AverTraining *training)
{
  g_return_val_if_fail(training != NULL && training->reported != NULL, "");
  return training->reported->str;
}
