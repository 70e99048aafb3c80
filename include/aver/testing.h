/* SPDX-License-Identifier: Apache-2.0 */
/* For the tests of plugins: a stage without a pipeline around it, a training without data files,
 * the contract test. */
#pragma once

#include <aver/pipeline.h>
#include <aver/plugin.h>
#include <aver/trainer.h>

G_BEGIN_DECLS

/**
 * aver_testing_stage_new:
 * @plugin: the plugin, linked with the test
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

/**
 * aver_testing_stage_free:
 * @stage: the stage
 *
 * Frees a stage, when the plugin is closed.
 */
AVER_API void aver_testing_stage_free(AverStage *stage);

/**
 * aver_testing_decode:
 * @stage: a stage of aver_testing_stage_new()
 * @self: what open() returned
 * @worker: (nullable): what start() returned
 * @record: what cut() cut
 * @document: takes the document
 *
 * decode() of a reader, or of the delegate that cut the record (see <aver/delegate.h>), which has
 * one worker whatever @worker is. Delegates are found in the stage's folder.
 *
 * Returns: what decode() returned.
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
 *
 * One example of a training.
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
 * @n_examples: how many
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
 * @training: a training of aver_testing_training_new()
 *
 * Gives the report.
 *
 * Returns: (transfer none): all that was reported to a training of aver_testing_training_new(),
 * each line with its end; valid until more is.
 */
AVER_API const char *aver_testing_training_get_report(const AverTraining *training);

/**
 * AverTestingContract:
 * @set: (nullable) (array zero-terminated=1): `PLUGIN.option=value` each, for what a plugin cannot
 *   be opened without
 * @sample: (nullable): for a reader: a file or folder of good input, of at least two records;
 *   without it, nothing is read
 * @hostile: (nullable): for a reader: a folder of bad input, instead of a small one that is made up
 * @texts: (nullable): for an annotator: a folder whose `.txt` files are tried too
 * @readme: (nullable): a file that has to name every option, in backquotes
 * @registry: (nullable): where the annotators are that provide the layers the plugin needs; has to
 *   outlive the test
 * @closed: whether the plugin cannot be opened in a test, as it wants a server, say: only its
 *   description is tested
 *
 * What a contract test is given; everything may be left out.
 */
typedef struct {
  const char *const *set;
  const char *sample;
  const char *hostile;
  const char *texts;
  const char *readme;
  AverRegistry *registry;
  gboolean closed;
  gpointer reserved[4];
} AverTestingContract;

/**
 * aver_testing_add_contract:
 * @plugin: the plugin, linked with the test
 * @contract: (nullable): copied
 *
 * Adds the contract test to GLib's test program, as `/contract/PLUGIN/...`; g_test_run() runs it.
 *
 * * `description`: callbacks, options and layers are such as the host accepts; there is help.
 * * `open-close`: three times in a row, which leaves nothing behind.
 * * `annotator`: news, empty, odd and random texts make valid layers (rows in order, spans in the
 *   text and on character boundaries, references and enum values in range, UTF-8), the same in two
 *   workers that run at once, of which one has new documents and one a used one. Any text that is
 *   UTF-8 may be dropped, but must not fail.
 * * `reader`: good, missing, empty and binary input is read to its end; every record is a document
 *   or an error; from every cursor on the same records come.
 * * `writer`: hostile ids, metadata, text and rows of all built-in layers are written, to the same
 *   bytes again; a run that does not finish leaves nothing. A writer that adds to what is there
 *   must begin its file as SQLite does.
 * * `train`: same examples, same bytes; too few are refused and leave no file.
 *
 * A failed check ends the program, as g_assert() does: for tests only.
 */
AVER_API void aver_testing_add_contract(const AverPlugin *plugin,
                                        const AverTestingContract *contract);

G_END_DECLS
