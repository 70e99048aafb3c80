/* SPDX-License-Identifier: Apache-2.0 */
/* For the tests of plugins: a stage without a pipeline around it, a training without data files. */
#pragma once

#include <aver/plugin.h>
#include <aver/trainer.h>

G_BEGIN_DECLS

/**
 * aver_testing_stage_new:
 * @set: (nullable) (array zero-terminated=1): `option=value` each
 * @inputs: (nullable) (array zero-terminated=1): for a reader
 * @output: (nullable): for a writer
 *
 * The stage's folder is that of the module, or program, that the plugin's code is in.
 *
 * Returns: (transfer full) (nullable): a stage to open the plugin with, or %NULL with
 * %AVER_ERROR_CONFIG.
 */
AVER_API AverStage *aver_testing_stage_new(const AverPlugin *plugin, const char *const *set,
                                           const char *const *inputs, const char *output,
                                           GError **error);
AVER_API void aver_testing_stage_free(AverStage *stage);

/**
 * aver_testing_decode:
 *
 * decode() of a reader, or of the delegate that cut the record (see <aver/delegate.h>), which has
 * one worker whatever @worker is. Delegates are found in the stage's folder.
 */
AVER_API gboolean aver_testing_decode(AverStage *stage, gpointer self, gpointer worker,
                                      const AverRecord *record, AverDocument *document,
                                      GError **error);

/**
 * AverTestingExample:
 * @text: UTF-8
 * @label: (nullable): its label
 * @group: (nullable): its group
 * @weight: how much it counts; 0 stands for 1
 * @fold: the fold it is in, %AVER_NONE for none
 */
typedef struct {
  const char *text;
  const char *label;
  const char *group;
  double weight;
  gint32 fold;
} AverTestingExample;

/**
 * aver_testing_training_new:
 * @examples: (array length=n_examples): copied
 * @output: the path of the model to write
 *
 * Nothing is checked: neither that there are examples, nor how many labels they have.
 *
 * Returns: (transfer full): a training to call a plugin's `train` with; free it with
 * aver_training_free().
 */
AVER_API AverTraining *aver_testing_training_new(const AverTestingExample *examples,
                                                 gsize n_examples, const char *output);

/**
 * aver_testing_training_get_report:
 *
 * Returns: (transfer none): all that was reported to a training of aver_testing_training_new(),
 * each line with its end; valid until more is.
 */
AVER_API const char *aver_testing_training_get_report(const AverTraining *training);

G_END_DECLS
