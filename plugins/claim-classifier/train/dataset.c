/* SPDX-License-Identifier: Apache-2.0 */
/* Data sets: features are computed by the code that runs, so that both cannot disagree. */
#include "dataset.h"

#include "../cues.h"
#include "folds.h"
#include "names.h"
#include "wordclasses.h"

#define BITS     18
#define HEAVIEST 1000.0

typedef struct {
  Dataset *data;
  Vocabulary vocabulary;
  Words words;
  Grams grams;
  Word *unit;
} Reading;

static void reading_init(Reading *reading, Dataset *data)
{
  Classes classes = {data->class_hashes, data->class_ids, (guint32) data->n_slots};
  *reading = (Reading){.data = data, .unit = g_new(Word, LONGEST_UNIT)};
  vocabulary_init(&reading->vocabulary, &classes);
  grams_init(&reading->grams, data->info.characters != 0, FALSE);
}

static void reading_clear(Reading *reading)
{
  vocabulary_clear(&reading->vocabulary);
  words_clear(&reading->words);
  grams_clear(&reading->grams);
  g_free(reading->unit);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

static void add_example(Reading *reading, guint32 i, const AverExample *example)
{
  Dataset *data = reading->data;
  float dense[FEATURE_MAX];
  guint32 length;
  Unit unit = {.words = reading->unit};
  aver_document_get_text(example->document, &length);
  words_read(&reading->words, &reading->vocabulary, example->document);
  words_collect(&reading->words, (AverSpan){0, length}, &unit);
  features_compute(&unit, dense);
  grams_collect(&reading->grams, &unit, data->n_slots > 0, data->info.bits,
                data->info.characters != 0, (GramTable){0});
  g_array_append_vals(data->dense, dense, data->info.n_dense);
  g_array_append_vals(data->buckets, reading->grams.buckets, reading->grams.n);
  data->start[i + 1] = data->buckets->len;
  double weight = CLAMP(example->weight, 0, HEAVIEST);
  data->copies[i] = MAX(1, (guint32) (weight * COPIES + 0.5));
}

static gboolean read_examples(Dataset *data, AverTraining *training)
{
  gsize n;
  const AverExample *examples = aver_training_get_examples(training, &n);
  g_auto(Reading) reading = {0};
  reading_init(&reading, data);
  for (guint32 i = 0; i < data->n; i++) {
    add_example(&reading, i, &examples[i]);
    aver_training_progress(training, "reading features", i, data->n);
  }
  return TRUE;
}

Dataset *dataset_new(const AverStage *stage, AverTraining *training, GError **error)
{
  gsize n;
  const AverExample *examples = aver_training_get_examples(training, &n);
  g_autoptr(Dataset) data = g_new0(Dataset, 1);
  data->buckets = g_array_new(FALSE, FALSE, sizeof(guint32));
  data->dense = g_array_new(FALSE, FALSE, sizeof(float));
  if (n > G_MAXINT32 / COPIES) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "%" G_GSIZE_FORMAT " examples are too many",
                n);
    return NULL;
  }
  data->n = (guint32) n;
  data->copies = g_new0(guint32, n);
  data->start = g_new0(gsize, n + 1);
  data->info = (WeightsInfo){.version = WEIGHTS_FEATURES_VERSION,
                             .bits = BITS,
                             .n_dense = features_count(),
                             .characters = aver_stage_get_boolean(stage, "characters")};
  if (!names_read(data, stage, examples, error) || !wordclasses_read(data, stage, error) ||
      !folds_make(data, examples, error) || !read_examples(data, training))
    return NULL;
  return g_steal_pointer(&data);
}

void dataset_free(Dataset *data)
{
  if (data == NULL)
    return;
  g_free(data->label);
  g_free(data->copies);
  g_free(data->fold);
  g_free(data->start);
  g_array_unref(data->buckets);
  g_array_unref(data->dense);
  g_clear_pointer(&data->labels, g_ptr_array_unref);
  g_free(data->class_hashes);
  g_free(data->class_ids);
  g_free(data);
}
