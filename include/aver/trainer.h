/* SPDX-License-Identifier: Apache-2.0 */
/* Training from the host's side: data files and a plugin in, a model out. */
#pragma once

#include <aver/registry.h>
#include <aver/training.h>

G_BEGIN_DECLS

/**
 * AverReportFunc:
 * @line: one line, without its end
 * @user_data: what was given with the function
 *
 * Takes what a plugin reports.
 */
typedef void (*AverReportFunc)(const char *line, gpointer user_data);

/**
 * AverStepFunc:
 * @step: what is being done
 * @done: how much of it is done
 * @total: how many there are to do
 * @user_data: what was given with the function
 *
 * Told how far a long step has come: @done of @total.
 */
typedef void (*AverStepFunc)(const char *step, guint64 done, guint64 total, gpointer user_data);

/**
 * AverTrainingSettings:
 * @inputs: (array zero-terminated=1): data files; folders stand for the files in them, "-" for
 *   standard input
 * @output: the model to write: a new name, or a regular file to replace
 * @command: what the model's card calls the training command; without folders, so that same data
 *   gives same bytes
 * @format: (nullable): a name of aver_training_formats; %NULL tells each file's by its content
 * @text_field: (nullable): the member or column that is the text, instead of the usual names
 * @label_field: (nullable): the label
 * @group_field: (nullable): the group
 * @weight_field: (nullable): the weight
 * @fold_field: (nullable): the fold; without it no example has one
 * @layer: (nullable): the layer of Aver's own output whose rows are examples; %NULL is "claim"
 * @report: (nullable): takes what is reported
 * @progress: (nullable): told of progress
 * @user_data: for the functions
 *
 * What to train on. Initialise with `{0}`; all of it is borrowed until the training is freed. A
 * field that is named has to be there in every record.
 */
typedef struct {
  const char *const *inputs;
  const char *output;
  const char *command;
  const char *format;
  const char *text_field;
  const char *label_field;
  const char *group_field;
  const char *weight_field;
  const char *fold_field;
  const char *layer;
  AverReportFunc report;
  AverStepFunc progress;
  gpointer user_data;
} AverTrainingSettings;

/**
 * aver_training_formats:
 *
 * %NULL-terminated names of the formats; docs/training.md tells them.
 */
AVER_API extern const char *const aver_training_formats[];

/**
 * aver_training_new:
 * @settings: what to train, and on what
 *
 * Reads all data [main]. Records that cannot be used are mistakes, not passed over: up to 20 are
 * told at once, one a line: `file:line: what is wrong; what was expected`, then how many there are.
 *
 * Returns: (transfer full) (nullable): the training, or %NULL with %AVER_ERROR_SYNTAX (records),
 * %AVER_ERROR_INPUT (nothing that can be read, no example, one label only), %AVER_ERROR_CONFIG or
 * %AVER_ERROR_OUTPUT (a model that could not be written where it should be).
 */
AVER_API AverTraining *aver_training_new(const AverTrainingSettings *settings, GError **error);

/**
 * aver_training_free:
 *
 * Frees a training, and its examples.
 */
AVER_API void aver_training_free(AverTraining *training);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverTraining, aver_training_free)

/**
 * aver_training_check_options:
 * @registry: where the plugin is found
 * @plugin: the plugin
 * @set: (nullable) (array zero-terminated=1): `option=value` each
 *
 * Whether aver_training_run() would take @plugin and @set, to be known before data are read.
 *
 * Returns: %FALSE with %AVER_ERROR_CONFIG, one line for each mistake.
 */
AVER_API gboolean aver_training_check_options(AverRegistry *registry, const AverPlugin *plugin,
                                              const char *const *set, GError **error);

/**
 * aver_training_run:
 * @registry: where the plugin is found
 * @plugin: one of @registry that can be trained
 * @set: (nullable) (array zero-terminated=1): `option=value` each
 *
 * Has the plugin fit its model and write it [main].
 *
 * Returns: %FALSE with %AVER_ERROR_CONFIG for a mistake in @set or a plugin without `train`, or
 * what the plugin set.
 */
AVER_API gboolean aver_training_run(AverTraining *training, AverRegistry *registry,
                                    const AverPlugin *plugin, const char *const *set,
                                    GError **error);

G_END_DECLS
