/* SPDX-License-Identifier: Apache-2.0 */
/* For the tests of plugins: a stage without a pipeline around it. */
#pragma once

#include <aver/plugin.h>

G_BEGIN_DECLS

/**
 * aver_testing_stage_new:
 * @set: (nullable) (array zero-terminated=1): `option=value` each
 * @inputs: (nullable) (array zero-terminated=1): for a reader
 * @output: (nullable): for a writer
 *
 * Returns: (transfer full) (nullable): a stage to open the plugin with, or %NULL with
 * %AVER_ERROR_CONFIG.
 */
AVER_API AverStage *aver_testing_stage_new(const AverPlugin *plugin, const char *const *set,
                                           const char *const *inputs, const char *output,
                                           GError **error);
AVER_API void aver_testing_stage_free(AverStage *stage);

G_END_DECLS
