/* SPDX-License-Identifier: Apache-2.0 */
/* For the tests of plugins: a stage without a pipeline around it. */
#include <aver/testing.h>

#include "stage.h"

#include <string.h>

AverStage *aver_testing_stage_new(const AverPlugin *plugin, const char *const *set,
                                  const char *const *inputs, const char *output, GError **error)
{
  g_return_val_if_fail(plugin != NULL, NULL);
  g_autoptr(AverStage) stage = aver_stage_new(plugin, plugin->name, ".");
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
