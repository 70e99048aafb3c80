/* SPDX-License-Identifier: Apache-2.0 */
/* Classifies sentences in memory and prints how many a second: the whole plugin, tokens given; and
 * the model alone. Takes a model, then text files, a sentence on each line. */
#include "../rows.h"
#include "bench.h"

#include <stdio.h>

#define SENTENCES    20000
#define PER_DOCUMENT 25
#define ROUNDS       12

typedef struct {
  GPtrArray *documents;
  guint32 n_sentences;
} Sample;

static AverDocument *make_document(const char *text, gsize length)
{
  AverDocument *document = aver_document_new();
  guint32 n_tokens;
  if (!aver_document_set_text(document, text, length, NULL))
    return document;
  AverLayer *sentences = aver_document_add_layer(document, &aver_sentence_layer);
  for (gsize start = 0; start < length;) {
    const char *end = memchr(text + start, '\n', length - start);
    gsize stop = end == NULL ? length : (gsize) (end - text);
    if (stop > start)
      aver_layer_add(sentences, (guint32) start, (guint32) stop);
    start = stop + 1;
  }
  aver_document_get_tokens(document, &n_tokens);
  return document;
}

static void read_sample(Sample *sample, char **lines)
{
  guint n = g_strv_length(lines);
  for (guint i = 0; i < MIN(n, SENTENCES); i += PER_DOCUMENT) {
    GString *text = g_string_new(NULL);
    for (guint k = i; k < MIN(n, i + PER_DOCUMENT); k++) {
      g_string_append_printf(text, "%s\n", lines[k]);
      sample->n_sentences += *lines[k] != '\0';
    }
    g_ptr_array_add(sample->documents, make_document(text->str, text->len));
    /* The text lives as long as the program. */
    g_string_free(text, FALSE);
  }
}

static double run_plugin(const Judge *judge, Scratch *scratch, const Sample *sample)
{
  gint64 start = g_get_monotonic_time();
  for (guint i = 0; i < sample->documents->len; i++)
    rows_add(scratch, judge, sample->documents->pdata[i]);
  return (double) (g_get_monotonic_time() - start);
}

static double run_model(const Judge *judge, Grams *grams, Words *words, Unit *unit,
                        const Sample *sample)
{
  gint64 start = g_get_monotonic_time();
  float sum = 0;
  for (guint i = 0; i < sample->documents->len; i++) {
    AverDocument *document = sample->documents->pdata[i];
    words_read(words, &judge->weights->vocabulary, document);
    const AverLayer *sentences = aver_document_get_layer(document, "sentence");
    const AverSpan *spans = aver_layer_get_spans(sentences);
    for (guint32 s = 0; s < aver_layer_get_n_rows(sentences); s++) {
      words_collect(words, spans[s], unit);
      sum += score_unit(judge->weights, grams, unit).checkworthy;
    }
  }
  return (double) (g_get_monotonic_time() - start) + (sum < 0);
}

static void measure(const Judge *judge, const Sample *sample)
{
  double plugin = G_MAXDOUBLE, model = G_MAXDOUBLE;
  Scratch *scratch = scratch_new(judge->weights);
  Grams grams;
  Words words = {0};
  g_autofree Word *memory = g_new(Word, LONGEST_UNIT);
  Unit unit = {.words = memory};
  grams_init(&grams, judge->weights->info.characters != 0, FALSE);
  for (guint round = 0; round < ROUNDS; round++) {
    double now = run_plugin(judge, scratch, sample);
    plugin = MIN(plugin, now);
    now = run_model(judge, &grams, &words, &unit, sample);
    model = MIN(model, now);
  }
  printf("%u sentences; a second: plugin %.0f, its model alone %.0f\n", sample->n_sentences,
         sample->n_sentences / plugin * 1e6, sample->n_sentences / model * 1e6);
  grams_clear(&grams);
  words_clear(&words);
  scratch_free(scratch);
}

int main(int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  if (argc < 3) {
    fprintf(stderr, "bench-claim-classifier: expected MODEL FILE...\n");
    return 2;
  }
  Judge judge = {.weights = weights_open(argv[1], &error)};
  Sample sample = {.documents = g_ptr_array_new()};
  for (int i = 2; judge.weights != NULL && i < argc; i++) {
    g_autofree char *text = NULL;
    if (!g_file_get_contents(argv[i], &text, NULL, &error))
      break;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    read_sample(&sample, lines);
  }
  if (error != NULL) {
    fprintf(stderr, "%s\n", error->message);
    return 1;
  }
  measure(&judge, &sample);
  return 0;
}
