/* SPDX-License-Identifier: Apache-2.0 */
/* Scoring claims: labels class by class, and how well scores rank and what they are worth. */
#include "claims.h"

#include "ranking.h"
#include "report.h"
#include "score.h"

#include <math.h>
#include <string.h>

#define ITEM(items, i) (&g_array_index(items, ClaimItem, i))

typedef struct {
  guint right;
  guint spurious;
  guint missed;
  double f1;
} LabelCount;

static guint support(const LabelCount *count)
{
  return count->right + count->missed;
}

static gint compare_labels(gconstpointer a, gconstpointer b, gpointer user_data)
{
  (void) user_data;
  return strcmp(a, b);
}

static LabelCount *count_of(GTree *labels, const char *label)
{
  LabelCount *count = g_tree_lookup(labels, label);
  if (count == NULL) {
    count = g_new0(LabelCount, 1);
    g_tree_insert(labels, g_strdup(label), count);
  }
  return count;
}

static void count_labels(GTree *labels, const ClaimItem *item)
{
  for (char **label = item->gold->labels; *label != NULL; label++) {
    if (has_label(item->predicted, *label))
      count_of(labels, *label)->right++;
    else
      count_of(labels, *label)->missed++;
  }
  for (char **label = item->predicted == NULL ? NULL : item->predicted->labels;
       label != NULL && *label != NULL; label++)
    if (!has_label(item->gold, *label))
      count_of(labels, *label)->spurious++;
}

static json_t *number(double value)
{
  return isnan(value) ? json_null() : json_real(value);
}

static double share(double part, double of)
{
  return of > 0 ? part / of : 0;
}

/* Sums over the classes, as they stand in the table. */
typedef struct {
  json_t *classes;
  guint n_classes; /* that gold has */
  double f1;
  double weighted_f1;
  guint support;
  guint right;
  guint spurious;
  guint missed;
} ClassSums;

static gboolean add_class(gpointer key, gpointer value, gpointer user_data)
{
  LabelCount *count = value;
  ClassSums *sums = user_data;
  json_t *row = json_object();
  double precision = share(count->right, count->right + count->spurious);
  double recall = share(count->right, support(count));
  count->f1 = harmonic_mean(precision, recall);
  json_object_set_new(row, "precision", json_real(precision));
  json_object_set_new(row, "recall", json_real(recall));
  json_object_set_new(row, "f1", json_real(count->f1));
  json_object_set_new(row, "support", json_integer(support(count)));
  json_object_set_new(sums->classes, key, row);
  sums->right += count->right;
  sums->spurious += count->spurious;
  sums->missed += count->missed;
  if (support(count) == 0)
    return FALSE;
  sums->n_classes++;
  sums->f1 += count->f1;
  sums->weighted_f1 += count->f1 * support(count);
  sums->support += support(count);
  return FALSE;
}

static double score_of(const ClaimItem *item, const char *positive)
{
  const ClaimRow *row = item->predicted;
  if (row == NULL)
    return 0;
  return row->scores == NULL ? row->score
                             : json_number_value(json_object_get(row->scores, positive));
}

static GArray *rank(const GArray *items, const char *positive)
{
  GArray *ranked = ranked_new();
  for (guint i = 0; i < items->len; i++)
    ranked_add(ranked, score_of(ITEM(items, i), positive),
               has_label(ITEM(items, i)->gold, positive));
  return ranked;
}

static void report_confidence(json_t *overall, const GArray *items, guint n_bins)
{
  g_autoptr(GArray) ranked = ranked_new();
  for (guint i = 0; i < items->len; i++) {
    const ClaimItem *item = ITEM(items, i);
    if (item->predicted != NULL && item->predicted->has_score)
      ranked_add(ranked, item->predicted->score, has_same_labels(item->gold, item->predicted));
  }
  if (ranked->len > 0 && ranked_are_probabilities(ranked))
    json_object_set_new(overall, "confidence_ece", json_real(calibration_error(ranked, n_bins)));
}

static void report_positive(json_t *report, const GArray *items, const ClaimOptions *options)
{
  g_autoptr(GArray) ranked = rank(items, options->positive);
  json_t *positive = json_object();
  json_t *row = json_object_get(json_object_get(report, "classes"), options->positive);
  double threshold;
  json_object_set_new(report, "positive", positive);
  json_object_set_new(positive, "label", json_string(options->positive));
  json_object_update(positive, row);
  json_object_del(positive, "support");
  gboolean are_probabilities = ranked_are_probabilities(ranked);
  double error = are_probabilities ? calibration_error(ranked, options->n_bins) : 0;
  ranked_sort(ranked);
  json_object_set_new(positive, "average_precision", number(average_precision(ranked)));
  json_object_set_new(positive, "roc_auc", number(roc_auc(ranked)));
  if (are_probabilities) {
    json_object_set_new(positive, "brier", json_real(brier_score(ranked)));
    json_object_set_new(positive, "ece", json_real(error));
  }
  json_object_set_new(positive, "oracle_best_f1", json_real(best_f1(ranked, &threshold)));
  json_object_set_new(positive, "oracle_threshold", number(threshold));
}

/* Items of one group, in the order of the groups' first items; NULL with the error set when an
 * item has no group. */
static GPtrArray *group_items(const GArray *items, const ClaimOptions *options, GError **error)
{
  g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func((GDestroyNotify) g_array_unref);
  g_autoptr(GHashTable) by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < items->len; i++) {
    const ClaimItem *item = ITEM(items, i);
    g_autofree char *name = record_dup_field(item->record, options->rank_by);
    if (name == NULL) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                  "--rank-by: gold document '%s' has no field '%s'; expected one in each document",
                  item->record->id, options->rank_by);
      return NULL;
    }
    GArray *group = g_hash_table_lookup(by_name, name);
    if (group == NULL) {
      group = ranked_new();
      g_ptr_array_add(groups, group);
      g_hash_table_insert(by_name, g_steal_pointer(&name), group);
    }
    ranked_add(group, score_of(item, options->positive), has_label(item->gold, options->positive));
  }
  return g_steal_pointer(&groups);
}

/* The measures of CheckThat! (Atanasova et al. 2019), means over the groups with positive items. */
static gboolean report_ranking(json_t *report, const GArray *items, const ClaimOptions *options,
                               GError **error)
{
  g_autoptr(GPtrArray) groups = group_items(items, options, error);
  if (groups == NULL)
    return FALSE;
  double sums[5] = {0};
  guint n = 0;
  for (guint i = 0; i < groups->len; i++) {
    GArray *group = g_ptr_array_index(groups, i);
    guint positive = ranked_count_positive(group);
    if (positive == 0)
      continue;
    n++;
    ranked_sort(group);
    sums[0] += average_precision(group);
    sums[1] += reciprocal_rank(group);
    sums[2] += precision_at(group, positive);
    sums[3] += precision_at(group, 10);
    sums[4] += precision_at(group, 50);
  }
  const char *const names[] = {"map", "mrr", "r_precision", "p_at_10", "p_at_50"};
  json_t *ranking = json_object();
  json_object_set_new(report, "ranking", ranking);
  json_object_set_new(ranking, "groups", json_integer(n));
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    json_object_set_new(ranking, names[i], json_real(share(sums[i], n)));
  return TRUE;
}

static void add_mistake(Mistakes *mistakes, const ClaimItem *item, const ClaimOptions *options)
{
  const ClaimRow *row = item->predicted;
  double score = score_of(item, options->positive == NULL ? "" : options->positive), badness = 0;
  if (options->positive != NULL)
    badness = fabs(score - (has_label(item->gold, options->positive) != FALSE));
  else if (row != NULL && !row->is_row)
    badness = row->score;
  json_t *mistake = mistakes_add(mistakes, row == NULL ? "no prediction" : "wrong label",
                                 item->record, item->gold->span, badness);
  if (mistake == NULL)
    return;
  g_autofree char *gold = g_strjoinv(", ", item->gold->labels);
  json_object_set_new(mistake, "gold", json_string(gold));
  if (row != NULL) {
    g_autofree char *predicted = g_strjoinv(", ", row->labels);
    json_object_set_new(mistake, "predicted", json_string(predicted));
    json_object_set_new(mistake, "score", json_real(score));
  }
  json_object_set_new(mistake, "text", excerpt_new(item->record, item->gold->span));
}

static gboolean check_positive(const GArray *items, GTree *labels, const ClaimOptions *options,
                               GError **error)
{
  const LabelCount *count = g_tree_lookup(labels, options->positive);
  if (count == NULL || support(count) == 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "--positive: no gold item is labelled '%s'; expected a label of the gold file",
                options->positive);
    return FALSE;
  }
  for (guint i = 0; i < items->len; i++) {
    const ClaimItem *item = ITEM(items, i);
    if (item->predicted == NULL || item->predicted->has_score || item->predicted->scores != NULL)
      continue;
    g_set_error(
        error, AVER_ERROR, AVER_ERROR_CONFIG,
        "--positive: the prediction for '%s' has no score; expected \"score\" or \"scores\"",
        item->record->id);
    return FALSE;
  }
  return TRUE;
}

static json_t *report_labels(const char *layer, const GArray *items, GTree *labels,
                             const ClaimOptions *options, Mistakes *mistakes)
{
  guint missing = 0, exact = 0;
  for (guint i = 0; i < items->len; i++) {
    const ClaimItem *item = ITEM(items, i);
    gboolean right = item->predicted != NULL && has_same_labels(item->gold, item->predicted);
    missing += item->predicted == NULL;
    exact += right != FALSE;
    count_labels(labels, item);
    if (!right)
      add_mistake(mistakes, item, options);
  }
  ClassSums sums = {.classes = json_object()};
  g_tree_foreach(labels, add_class, &sums);
  json_t *report = report_new(layer), *overall = json_object();
  json_object_set_new(report, "items", json_integer(items->len));
  json_object_set_new(report, "missing", json_integer(missing));
  json_object_set_new(report, "classes", sums.classes);
  json_object_set_new(report, "overall", overall);
  json_object_set_new(overall, "accuracy", json_real(share(exact, items->len)));
  json_object_set_new(overall, "macro_f1", json_real(share(sums.f1, sums.n_classes)));
  json_object_set_new(overall, "weighted_f1", json_real(share(sums.weighted_f1, sums.support)));
  json_object_set_new(
      overall, "micro_f1",
      json_real(share(2.0 * sums.right, 2.0 * sums.right + sums.spurious + sums.missed)));
  if (options->positive == NULL)
    report_confidence(overall, items, options->n_bins);
  return report;
}

json_t *score_claims(const char *layer, const Records *gold, const Records *predicted,
                     const ClaimOptions *options, Mistakes *mistakes, GError **error)
{
  g_autoptr(GTree) labels = g_tree_new_full(compare_labels, NULL, g_free, g_free);
  g_autoptr(GArray) items = pair_claims(gold, predicted);
  json_auto_t *report = report_labels(layer, items, labels, options, mistakes);
  if (options->positive != NULL) {
    if (!check_positive(items, labels, options, error))
      return NULL;
    report_positive(report, items, options);
    if (options->rank_by != NULL && !report_ranking(report, items, options, error))
      return NULL;
  }
  return json_incref(report);
}
