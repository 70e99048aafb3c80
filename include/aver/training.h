/* SPDX-License-Identifier: Apache-2.0 */
/* Training: what `aver train` hands to a plugin that can learn. */
#pragma once

#include <aver/document.h>

G_BEGIN_DECLS

/**
 * AverExample:
 * @document: the text; with the layers of its gold, when the data has some
 * @label: (nullable): the label of the whole text
 * @weight: how much it counts; 1 unless the data says otherwise
 * @group: (nullable): examples of one group (a debate, an article) are held out together
 * @fold: the fold that the data puts it in, %AVER_NONE when it does not
 *
 * A text and its label.
 */
typedef struct {
  AverDocument *document;
  const char *label;
  double weight;
  const char *group;
  gint32 fold;
} AverExample;

/**
 * AverTraining:
 *
 * The examples of all data files, in the order given, and where to put the model. Its functions are
 * [main].
 */
typedef struct _AverTraining AverTraining;

/**
 * aver_training_get_examples:
 * @n_examples: (out): how many
 *
 * Gives what there is to learn from.
 *
 * Returns: (transfer none) (array length=n_examples): all of them.
 */
AVER_API const AverExample *aver_training_get_examples(const AverTraining *training,
                                                       gsize *n_examples);

/**
 * aver_training_get_output:
 *
 * Tells where the model goes.
 *
 * Returns: (transfer none): the path of the model to write.
 */
AVER_API const char *aver_training_get_output(const AverTraining *training);

/**
 * aver_training_get_provenance:
 *
 * Tells where the examples come from.
 *
 * Returns: (transfer none): a JSON object for the model's card: the training command, and name,
 * size, SHA-256 and number of examples of each data file. Names are without folders: same data,
 * same bytes.
 */
AVER_API const char *aver_training_get_provenance(const AverTraining *training);

/**
 * aver_training_report:
 * @format: as of printf(): a line, without its end
 * @...: what the format asks for
 *
 * Prints one line of the report, on standard output.
 */
AVER_API void aver_training_report(AverTraining *training, const char *format, ...)
    G_GNUC_PRINTF(2, 3);

/**
 * aver_training_progress:
 * @step: what is being done
 * @done: of @total
 * @total: how many there are to do
 *
 * Shows how far a long step has come; on a terminal only.
 */
AVER_API void aver_training_progress(AverTraining *training, const char *step, guint64 done,
                                     guint64 total);

G_END_DECLS
