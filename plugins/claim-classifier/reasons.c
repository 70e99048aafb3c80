/* SPDX-License-Identifier: Apache-2.0 */
/* Reasons: the rule that decided, or the words that weighed most; then cues and probabilities. */
#include "reasons.h"

#include "cues.h"

#include <math.h>

/* So many words and cues are named. */
#define NAMED 10

/* What one gram or cue adds to the label's logit; @cue is AVER_NONE for a gram. */
typedef struct {
  double weight;
  GramOrigin origin;
  gint32 cue;
} Share;

static gint compare_shares(gconstpointer first, gconstpointer second)
{
  const Share *a = first, *b = second;
  double x = fabs(a->weight), y = fabs(b->weight);
  if (x != y)
    return x < y ? 1 : -1;
  return a->origin.first != b->origin.first ? a->origin.first - b->origin.first
                                            : a->origin.last - b->origin.last;
}

/* What one unit of a row's score is worth to @label. */
static double label_factor(const Weights *weights, gint32 label)
{
  gboolean turned = weights->info.n_rows == 1 && label == 1;
  return (turned ? -1 : 1) * (double) weights->slope[label];
}

static void add_grams(const Weights *weights, const Grams *grams, guint32 row, double factor,
                      GArray *shares)
{
  double step = factor * (double) weights->scale[row] / sqrt(MAX(grams->n, 1));
  for (guint32 i = 0; i < grams->n; i++) {
    gsize place = (gsize) grams->buckets[i] * weights->info.n_rows + row;
    Share share = {step * (weights->table[place] - 128), grams->origins[i], AVER_NONE};
    g_array_append_val(shares, share);
  }
}

static void add_cues(const Weights *weights, const Unit *unit, guint32 row, double factor,
                     GArray *shares)
{
  float values[FEATURE_MAX];
  guint32 n = weights->info.n_dense;
  features_compute(unit, values);
  for (guint32 i = 0; i < n; i++) {
    Share share = {
        factor * (double) (weights->dense[row * (n + 1) + i] * values[i]), {0}, (gint32) i};
    g_array_append_val(shares, share);
  }
}

static AverSpan origin_span(const Unit *unit, GramOrigin origin)
{
  if (unit->n == 0 || origin.first >= unit->n)
    return (AverSpan){1, 0};
  guint32 last = MIN(origin.last, unit->n - 1);
  return (AverSpan){unit->words[origin.first].token.start, unit->words[last].token.end};
}

static char *word_text(const Unit *unit, guint32 i)
{
  if (i >= unit->n)
    return g_strdup("(end)");
  const AverToken *token = &unit->words[i].token;
  return g_strndup(unit->text + token->start, token->end - token->start);
}

/* "the jobs", "the ... jobs", "words like: the jobs". */
static char *name_gram(const Unit *unit, GramOrigin origin)
{
  g_autoptr(GString) name = g_string_new(NULL);
  gboolean classes = origin.kind >= GRAM_CLASS && origin.kind <= GRAM_CLASS_TRIPLE;
  if (classes)
    g_string_append(name, "words like ");
  if (origin.kind == GRAM_CHARACTERS)
    g_string_append(name, "letters of ");
  for (guint32 i = origin.first; i <= origin.last; i++) {
    gboolean gap = origin.kind == GRAM_SKIP && i > origin.first && i < origin.last;
    g_autofree char *word = gap ? g_strdup("...") : word_text(unit, i);
    g_string_append_printf(name, i == origin.first ? "\"%s" : " %s", word);
  }
  g_string_append_c(name, '"');
  return g_strdup(name->str);
}

static void add_features(const Weights *weights, const Unit *unit, gint32 label,
                         AverExplanation *explanation)
{
  g_autoptr(GArray) shares = g_array_new(FALSE, FALSE, sizeof(Share));
  Grams grams;
  guint32 row = weights->info.n_rows == 1 ? 0 : (guint32) label;
  double factor = label_factor(weights, label);
  grams_init(&grams, weights->info.characters != 0, TRUE);
  grams_collect(&grams, unit, weights->classes.n_slots > 0, weights->info.bits,
                weights->info.characters != 0, (GramTable){0});
  add_grams(weights, &grams, row, factor, shares);
  add_cues(weights, unit, row, factor, shares);
  grams_clear(&grams);
  g_array_sort(shares, compare_shares);
  for (guint i = 0; i < MIN(NAMED, shares->len); i++) {
    const Share *share = &g_array_index(shares, Share, i);
    if (fabs(share->weight) < 0.005)
      break;
    AverSpan span = origin_span(unit, share->origin);
    g_autofree char *name = share->cue == AVER_NONE ? name_gram(unit, share->origin) : NULL;
    if (name != NULL)
      aver_explanation_add(explanation, AVER_REASON_FEATURE, span.start > span.end ? NULL : &span,
                           share->weight, "%s", name);
    else
      aver_explanation_add(explanation, AVER_REASON_FEATURE, NULL, share->weight, "cue %s",
                           feature_name((guint) share->cue));
  }
}

static void add_probabilities(const Weights *weights, const Unit *unit, const Row *row,
                              AverExplanation *explanation)
{
  float dense[FEATURE_MAX], scores[MOST_LABELS], probabilities[MOST_LABELS];
  Grams grams;
  features_compute(unit, dense);
  grams_init(&grams, weights->info.characters != 0, FALSE);
  grams_collect(&grams, unit, weights->classes.n_slots > 0, weights->info.bits,
                weights->info.characters != 0, (GramTable){0});
  score_rows(weights, &grams, dense, scores);
  gint32 first = score_calibrate(weights, scores, probabilities);
  grams_clear(&grams);
  if (first != row->score.label)
    aver_explanation_add(explanation, AVER_REASON_RULE, NULL, NAN,
                         "label %s: alleged or denied, so it is not %s",
                         weights->labels[row->score.label], weights->labels[first]);
  aver_explanation_add(explanation, AVER_REASON_SCORE, NULL,
                       (double) probabilities[row->score.label], "label %s, calibrated probability",
                       weights->labels[row->score.label]);
  for (guint32 k = 0; k < weights->info.n_labels; k++)
    if ((gint32) k != row->score.label)
      aver_explanation_add(explanation, AVER_REASON_ALTERNATIVE, NULL, (double) probabilities[k],
                           "label %s", weights->labels[k]);
}

static void add_rule(const char *column, const char *value, AverSpan cue,
                     AverExplanation *explanation)
{
  gboolean none = cue.start >= cue.end;
  aver_explanation_add(explanation, AVER_REASON_RULE, none ? NULL : &cue, NAN,
                       none ? "%s %s: nothing speaks for another" : "%s %s", column, value);
}

static void add_rules(const Row *row, AverExplanation *explanation)
{
  const AverColumnType *columns = aver_claim_layer.columns;
  add_rule("act", columns[AVER_CLAIM_ACT].names[row->act.act], row->act.cue, explanation);
  add_rule("certainty", columns[AVER_CLAIM_CERTAINTY].names[row->certainty.certainty],
           row->certainty.cue, explanation);
  for (guint32 k = 0; k < N_TYPES; k++)
    if ((row->types.flags & (1u << k)) != 0)
      add_rule("type", columns[AVER_CLAIM_TYPES].names[k], row->types.cues[k], explanation);
}

void explain_row(const Weights *weights, const Unit *unit, const Row *row,
                 AverExplanation *explanation)
{
  const char *label = weights->labels[row->score.label];
  if (row->furniture) {
    aver_explanation_add(explanation, AVER_REASON_RULE, &row->span, NAN,
                         "label %s: page furniture, which claims nothing", label);
    return;
  }
  if (isnan(row->score.probability)) {
    aver_explanation_add(explanation, AVER_REASON_RULE, &row->span, NAN,
                         "label %s: beside its quote it only says who speaks", label);
  } else {
    add_probabilities(weights, unit, row, explanation);
    add_features(weights, unit, row->score.label, explanation);
  }
  add_rules(row, explanation);
}
