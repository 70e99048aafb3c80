/* SPDX-License-Identifier: Apache-2.0 */
/* train-quotes: fits the models of quote-attributor to annotated articles. */
#include "train.h"

static char *data_file, *classes, *output, *pipeline_file, *plugins, *test;
static gint n_folds = 4, n_cue = 12, n_span = 6, n_choice = 5, cue_bits = 18, span_bits = 17,
            least_rate = 1;
static gboolean syntax;
static double chosen_floor = -9, rules_floor = -1.2, inner_floor = -4, cue_floor = -1.2;

static const GOptionEntry entries[] = {
    {"data", 0, 0, G_OPTION_ARG_FILENAME, &data_file, "annotated articles", "FILE"},
    {"test", 0, 0, G_OPTION_ARG_FILENAME, &test, "articles to measure on", "FILE"},
    {"classes", 0, 0, G_OPTION_ARG_FILENAME, &classes, "word classes", "FILE"},
    {"pipeline", 0, 0, G_OPTION_ARG_FILENAME, &pipeline_file, "pipeline that adds layers", "FILE"},
    {"plugins", 0, 0, G_OPTION_ARG_FILENAME, &plugins, "folder of plugins", "DIR"},
    {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "model to write", "FILE"},
    {"folds", 0, 0, G_OPTION_ARG_INT, &n_folds, "folds", "N"},
    {"cue-epochs", 0, 0, G_OPTION_ARG_INT, &n_cue, "epochs", "N"},
    {"span-epochs", 0, 0, G_OPTION_ARG_INT, &n_span, "epochs", "N"},
    {"choice-epochs", 0, 0, G_OPTION_ARG_INT, &n_choice, "epochs", "N"},
    {"floor", 0, 0, G_OPTION_ARG_DOUBLE, &chosen_floor, "least score of a row", "NUMBER"},
    {"syntax", 0, 0, G_OPTION_ARG_NONE, &syntax, "use the layers token and dependency", NULL},
    {"gate-rate", 0, 0, G_OPTION_ARG_INT, &least_rate, "least rate of a cue's word, of 255", "N"},
    {"cue-bits", 0, 0, G_OPTION_ARG_INT, &cue_bits, "size of the first stage", "N"},
    {"span-bits", 0, 0, G_OPTION_ARG_INT, &span_bits, "size of the second stage", "N"},
    {"cue-floor", 0, 0, G_OPTION_ARG_DOUBLE, &cue_floor, "least score of a cue", "NUMBER"},
    {"rules-floor", 0, 0, G_OPTION_ARG_DOUBLE, &rules_floor, "the same for the rules", "NUMBER"},
    {"inner-floor", 0, 0, G_OPTION_ARG_DOUBLE, &inner_floor, "and for reports in reports",
     "NUMBER"},
    G_OPTION_ENTRY_NULL};

typedef struct {
  Course course;
  Words words;
  Weights base; /* classes and gate, shared by all folds */
  Weights *folds;
  Weights last;
  double held_out; /* F1 of candidates in the folds */
} Trainer;

static void set_spans(Weights *weights, guint32 bits, gint8 *rows, gint16 *steps)
{
  weights->span_rows = rows;
  weights->span_mask = (1u << bits) - 1;
  weights->span_unit = SPAN_UNIT;
  weights->steps = steps;
  weights->step_odds = steps_to_odds(steps, SPAN_UNIT);
}

static Weights *weights_of(Trainer *t, guint32 i)
{
  return i < t->course.n_folds ? &t->folds[i] : &t->last;
}

static void fit_cues(guint32 i, gpointer data)
{
  Trainer *t = data;
  Weights *weights = weights_of(t, i);
  weights->cue_rows = cues_fit(&t->course, &t->base, i < t->course.n_folds ? i : NOWHERE);
  weights->cue_mask = (1u << t->course.cue_bits) - 1;
  weights->cue_unit = CUE_UNIT;
}

static void fit_spans(guint32 i, gpointer data)
{
  Trainer *t = data;
  gint16 *steps = NULL;
  gint8 *rows = spans_fit(&t->course, i < t->course.n_folds ? i : NOWHERE, &steps);
  set_spans(weights_of(t, i), t->course.span_bits, rows, steps);
}

static void fit_choices(guint32 i, gpointer data)
{
  Trainer *t = data;
  Weights *weights = weights_of(t, i);
  weights->choice_rows = choices_fit(&t->course, &t->base, i < t->course.n_folds ? i : NOWHERE);
  weights->choice_mask = (1u << CHOICE_BITS) - 1;
  weights->choice_unit = CHOICE_UNIT;
}

static void find_candidates(Example *example, const Weights *weights)
{
  spans_tag(weights, example->sheet);
  candidates_add_rules(example->sheet);
}

static void score_cues(Example *example, const Weights *weights)
{
  g_array_set_size(example->sheet->candidates, 0);
  cues_score(weights, example->sheet);
}

static void set_fixed(Example *example, gboolean with_syntax)
{
  guint32 n = example->reading->n_tokens, features[MAX_FEATURES];
  for (guint32 i = 0; i < n; i++) {
    guint32 count = span_features_fixed(example->sheet, with_syntax, i, features);
    if (example->fixed == NULL) {
      example->n_fixed = count;
      example->fixed = g_new(guint32, (gsize) n * count);
    }
    memcpy(example->fixed + (gsize) i * count, features, count * sizeof(guint32));
  }
}

/* Which annotated attribution a candidate finds, the first that is not taken; NOWHERE: none. */
static guint32 found_by(const Example *example, const Candidate *c, const guint8 *taken)
{
  for (guint32 g = 0; g < example->gold->len; g++)
    if (!taken[g] && gold_is_found(&g_array_index(example->gold, Gold, g), c))
      return g;
  return NOWHERE;
}

/* F1 of the candidates above the floors; those of the rules without a cue are left out. */
static double measure(GPtrArray *examples, const Weights *weights, gboolean print)
{
  guint32 right = 0, predicted = 0, gold = 0;
  for (guint32 e = 0; e < examples->len; e++) {
    const Example *example = examples->pdata[e];
    candidates_select(weights, example->sheet, FALSE);
    gold += example->gold->len;
    const GArray *candidates = example->sheet->candidates;
    g_autofree guint8 *taken = g_new0(guint8, example->gold->len + 1);
    for (guint32 k = 0; k < candidates->len; k++) {
      const Candidate *c = &g_array_index(candidates, Candidate, k);
      if (!c->taken)
        continue;
      predicted++;
      guint32 g = found_by(example, c, taken);
      if (g == NOWHERE)
        continue;
      taken[g] = 1;
      right++;
    }
  }
  double f = 200.0 * right / MAX(predicted + gold, 1);
  if (print)
    g_print("floor %5.2f: P %.2f R %.2f F1 %.2f, %u predicted\n", (double) weights->choice_floor,
            100.0 * right / MAX(predicted, 1), 100.0 * right / MAX(gold, 1), f, predicted);
  return f;
}

static void sweep(GPtrArray *examples, Weights *weights)
{
  float best = 0;
  double most = 0;
  for (float floor = -1.4f; floor <= 0.01f; floor += 0.2f) {
    weights->choice_floor = floor;
    double f = measure(examples, weights, TRUE);
    if (f > most) {
      most = f;
      best = floor;
    }
  }
  weights->choice_floor = best;
}

static void train(Trainer *t)
{
  Course *course = &t->course;
  GPtrArray *examples = course->examples;
  gint64 start = g_get_monotonic_time();
#define LOG(...)                                                                                   \
  (g_print("%6.1f s: ", (double) (g_get_monotonic_time() - start) / 1e6), g_print(__VA_ARGS__))
  t->base.gate = gate_fit(course);
  t->base.gate_mask = (1u << GATE_BITS) - 1;
  t->base.syntax = course->syntax;
  guint32 anchors = 0, open = 0, tokens = 0, gated = 0;
  for (guint32 e = 0; e < examples->len; e++) {
    Example *example = examples->pdata[e];
    example->fold = e % course->n_folds;
    example_prepare(example, &t->base);
    for (guint32 i = 0; i < example->reading->n_tokens; i++) {
      tokens++;
      gated += example->possible[i];
      anchors += example->is_anchor[i];
      open += example->is_anchor[i] && example->possible[i];
    }
  }
  LOG("gate open for %.1f %% of tokens, %.2f %% of cues\n", 100.0 * gated / tokens,
      100.0 * open / anchors);
  t->folds = g_new(Weights, course->n_folds);
  for (guint32 i = 0; i <= course->n_folds; i++)
    *weights_of(t, i) = t->base;
  in_parallel(course->n_folds + 1, fit_cues, t);
  LOG("cues fitted\n");
  for (guint32 e = 0; e < examples->len; e++) {
    Example *example = examples->pdata[e];
    score_cues(example, &t->folds[example->fold]);
    set_fixed(example, course->syntax);
  }
  in_parallel(course->n_folds + 1, fit_spans, t);
  LOG("spans fitted\n");
  for (guint32 e = 0; e < examples->len; e++) {
    Example *example = examples->pdata[e];
    find_candidates(example, &t->folds[example->fold]);
  }
  guint64 n_candidates = 0, n_windows = 0;
  for (guint32 e = 0; e < examples->len; e++) {
    const Example *example = examples->pdata[e];
    for (guint32 k = 0; k < example->sheet->candidates->len; k++) {
      n_candidates += g_array_index(example->sheet->candidates, Candidate, k).window > 0;
      n_windows += g_array_index(example->sheet->candidates, Candidate, k).window;
    }
  }
  LOG("%.2f tokens looked at a token, %.1f a candidate\n", (double) n_windows / tokens,
      (double) n_windows / (double) n_candidates);
  in_parallel(course->n_folds + 1, fit_choices, t);
  LOG("choices fitted\n");
  for (guint32 e = 0; e < examples->len; e++) {
    const Example *example = examples->pdata[e];
    candidates_score(&t->folds[example->fold], example->sheet);
  }
  sweep(examples, &t->last);
  if (chosen_floor > -9)
    t->last.choice_floor = (float) chosen_floor;
  t->held_out = measure(examples, &t->last, TRUE);
}

static char *sum_of(const char *path)
{
  g_autofree char *bytes = NULL;
  gsize length;
  if (!g_file_get_contents(path, &bytes, &length, NULL))
    return g_strdup("");
  return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *) bytes, length);
}

/* Where the model comes from; names without folders: same data, same bytes. */
static char *card_of(const Trainer *t)
{
  g_autofree char *data_name = g_path_get_basename(data_file), *data_sum = sum_of(data_file);
  g_autofree char *class_name = g_path_get_basename(classes), *class_sum = sum_of(classes);
  const Weights *w = &t->last;
  return g_strdup_printf(
      "{\"articles\": %u, \"choice_floor\": %.1f, \"classes\": {\"name\": \"%s\", \"sha256\": "
      "\"%s\", \"terms\": \"the largest sources state no licence; figures only\"}, \"data\": "
      "{\"name\": \"%s\", \"sha256\": \"%s\", \"terms\": \"PolNeAR states no licence; weights "
      "carry no text\"}, \"features\": \"%s\", \"held_out_f1\": %.2f, \"made_by\": "
      "\"train-quotes, see plugins/quote-attributor/README.md\"}",
      t->course.examples->len, (double) w->choice_floor, class_name, class_sum, data_name, data_sum,
      w->syntax ? "hashed: words, word classes, rules, parts of speech, dependencies"
                : "hashed: words, word classes, rules",
      t->held_out);
}

static gboolean save(const Trainer *t, const char *path, const char *card, GError **error)
{
  const Weights *w = &t->last;
  g_autoptr(AverModelWriter) writer =
      aver_model_writer_new(w->syntax ? "quote-attributor/syntax" : "quote-attributor/words", card);
  float numbers[] = {w->cue_unit,     w->span_unit,   w->choice_unit, w->cue_floor,
                     w->choice_floor, w->rules_floor, w->inner_floor};
  aver_model_writer_add(writer, "classes", w->classes, sizeof(guint32) << CLASS_BITS);
  aver_model_writer_add(writer, "gate", w->gate, sizeof(guint32) << GATE_BITS);
  aver_model_writer_add(writer, "cues", w->cue_rows, (gsize) w->cue_mask + 1);
  aver_model_writer_add(writer, "spans", w->span_rows, ((gsize) w->span_mask + 1) * ROW_LABELS);
  aver_model_writer_add(writer, "steps", w->steps,
                        N_TAGS * ROW_LABELS * ROW_LABELS * sizeof(gint16));
  aver_model_writer_add(writer, "choices", w->choice_rows, (gsize) 1 << CHOICE_BITS);
  aver_model_writer_add(writer, "numbers", numbers, sizeof numbers);
  return aver_model_writer_write(writer, path, error);
}

static gboolean run(GError **error)
{
  g_autoptr(AverRegistry) registry = aver_registry_new();
  if (!aver_registry_add_folder(registry, plugins, error))
    return FALSE;
  g_autoptr(AverPipeline) pipeline =
      aver_pipeline_new_from_file(registry, pipeline_file, NULL, error);
  if (pipeline == NULL)
    return FALSE;
  static Trainer t;
  words_init(&t.words);
  t.course = (Course){.examples = g_ptr_array_new(),
                      .n_folds = (guint32) n_folds,
                      .cue_epochs = (guint32) n_cue,
                      .span_epochs = (guint32) n_span,
                      .choice_epochs = (guint32) n_choice,
                      .gate_rate = (guint32) CLAMP(least_rate, 1, 255),
                      .cue_bits = (guint32) CLAMP(cue_bits, 8, 24),
                      .span_bits = (guint32) CLAMP(span_bits, 8, 22),
                      .syntax = syntax};
  if (!examples_load(t.course.examples, data_file, pipeline, &t.words, error))
    return FALSE;
  t.base.classes = classes_read(classes, error);
  if (t.base.classes == NULL)
    return FALSE;
  t.base.classes_mask = (1u << CLASS_BITS) - 1;
  t.base.rules_floor = (float) rules_floor;
  t.base.inner_floor = (float) inner_floor;
  t.base.cue_floor = (float) cue_floor;
  train(&t);
  if (test != NULL) {
    g_autoptr(GPtrArray) tests = g_ptr_array_new();
    if (!examples_load(tests, test, pipeline, &t.words, error))
      return FALSE;
    for (guint32 e = 0; e < tests->len; e++) {
      Example *example = tests->pdata[e];
      example_prepare(example, &t.last);
      score_cues(example, &t.last);
      find_candidates(example, &t.last);
      candidates_score(&t.last, example->sheet);
    }
    float kept = t.last.choice_floor;
    measure(tests, &t.last, TRUE);
    sweep(tests, &t.last);
    t.last.choice_floor = kept;
  }
  g_autofree char *card = card_of(&t);
  return output == NULL || save(&t, output, card, error);
}

int main(int argc, char **argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new("- fit a model of quotes");
  g_option_context_add_main_entries(context, entries, NULL);
  g_autoptr(GError) error = NULL;
  if (!g_option_context_parse(context, &argc, &argv, &error) || !run(&error)) {
    g_printerr("train-quotes: %s\n", error->message);
    return 1;
  }
  return 0;
}
