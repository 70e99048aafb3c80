/* SPDX-License-Identifier: Apache-2.0 */
/* A training: examples, where the model goes, and the way back to whoever waits for it. */
#include "training-private.h"

/* Texts of this size share a block of memory. */
#define CHUNK (256 * 1024)

static void example_clear(gpointer data)
{
  aver_document_unref(((AverExample *) data)->document);
}

AverTraining *aver_training_new_empty(const char *output)
{
  AverTraining *training = g_new0(AverTraining, 1);
  training->examples = g_array_new(FALSE, FALSE, sizeof(AverExample));
  g_array_set_clear_func(training->examples, example_clear);
  training->strings = g_string_chunk_new(CHUNK);
  training->output = g_strdup(output);
  training->provenance = g_strdup("{}");
  return training;
}

void aver_training_free(AverTraining *training)
{
  if (training == NULL)
    return;
  g_array_unref(training->examples);
  g_string_chunk_free(training->strings);
  g_free(training->output);
  g_free(training->provenance);
  if (training->reported != NULL)
    g_string_free(training->reported, TRUE);
  g_free(training);
}

const char *aver_training_intern(AverTraining *training, const char *text, gsize length)
{
  g_autofree char *copy = g_strndup(text, length);
  return g_string_chunk_insert_const(training->strings, copy);
}

gboolean aver_training_add(AverTraining *training, const char *text, gsize length,
                           const AverExample *example, GError **error)
{
  g_autoptr(AverDocument) document = aver_document_new();
  const char *copy = g_string_chunk_insert_len(training->strings, text, (gssize) length);
  if (!aver_document_set_text(document, copy, length, error))
    return FALSE;
  AverExample added = *example;
  added.document = g_steal_pointer(&document);
  g_array_append_val(training->examples, added);
  return TRUE;
}

const AverExample *aver_training_get_examples(const AverTraining *training, gsize *n_examples)
{
  g_return_val_if_fail(training != NULL && n_examples != NULL, NULL);
  *n_examples = training->examples->len;
  return (const AverExample *) (gpointer) training->examples->data;
}

const char *aver_training_get_output(const AverTraining *training)
{
  g_return_val_if_fail(training != NULL, "");
  return training->output;
}

const char *aver_training_get_provenance(const AverTraining *training)
{
  g_return_val_if_fail(training != NULL, "{}");
  return training->provenance;
}

void aver_training_report(AverTraining *training, const char *format, ...)
{
  g_return_if_fail(training != NULL && format != NULL);
  if (training->report == NULL)
    return;
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *line = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  training->report(line, training->user_data);
}

void aver_training_progress(AverTraining *training, const char *step, guint64 done, guint64 total)
{
  g_return_if_fail(training != NULL && step != NULL);
  if (training->progress != NULL)
    training->progress(step, done, total, training->user_data);
}
