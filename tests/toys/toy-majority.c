/* SPDX-License-Identifier: Apache-2.0 */
/* A plugin that learns the label with the most weight, so that there is something to train. */
#include <aver/aver.h>
#include <string.h>

static const AverOption options[] = {
    {.name = "folds",
     .kind = AVER_OPTION_INTEGER,
     .fallback = "2",
     .minimum = 2,
     .maximum = 100,
     .help = "parts to hold out in turn"},
    {.name = "fault",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "none",
     .choices = (const char *const[]){"none", "silent", "told", "no-model", "slow", NULL},
     .help = "what to do wrong"},
};

static AverVerdict process(gpointer self, gpointer worker, AverDocument *document, GError **error)
{
  (void) self;
  (void) worker;
  (void) document;
  (void) error;
  return AVER_KEEP;
}

static double weigh(const AverExample *examples, gsize n, const char *label)
{
  double weight = 0;
  for (gsize i = 0; i < n; i++)
    if (strcmp(examples[i].label, label) == 0)
      weight += examples[i].weight;
  return weight;
}

static void describe(AverTraining *training, const AverExample *example)
{
  guint32 length;
  const char *text = aver_document_get_text(example->document, &length);
  g_autofree char *copy = g_strndup(text, length);
  aver_training_report(training, "%s [%s] weight %g group %s fold %d", copy, example->label,
                       example->weight, example->group == NULL ? "-" : example->group,
                       example->fold);
}

static gboolean train(AverStage *stage, AverTraining *training, GError **error)
{
  gsize n;
  const AverExample *examples = aver_training_get_examples(training, &n);
  const char *fault = aver_stage_get_string(stage, "fault"), *best = NULL;
  double most = 0;
  for (gsize i = 0; i < n; i++) {
    aver_training_progress(training, "counting", i, n);
    if (n <= 20)
      describe(training, &examples[i]);
    double weight = n <= 20 ? weigh(examples, n, examples[i].label) : 1;
    if (weight > most)
      best = examples[i].label;
    most = MAX(most, weight);
  }
  if (best == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "no examples; expected at least one");
    return FALSE;
  }
  if (strcmp(fault, "slow") == 0) {
    g_usleep(G_USEC_PER_SEC / 4);
    aver_training_progress(training, "resting", 1, 2);
  }
  aver_training_report(training, "most weight: %s", best);
  if (strcmp(fault, "told") == 0)
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "more folds than groups; expected fewer");
  if (strcmp(fault, "told") == 0 || strcmp(fault, "silent") == 0)
    return FALSE;
  if (strcmp(fault, "no-model") == 0)
    return TRUE;
  g_autoptr(AverModelWriter) writer =
      aver_model_writer_new("toy-majority/label", aver_training_get_provenance(training));
  aver_model_writer_add(writer, "label", best, strlen(best));
  return aver_model_writer_write(writer, aver_training_get_output(training), error);
}

AVER_PLUGIN(toy_majority) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_ANNOTATOR,
    .name = "toy-majority",
    .version = "1.0",
    .summary = "learns the label with the most weight, for tests",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .process = process,
    .train = train,
};
