/* SPDX-License-Identifier: Apache-2.0 */
/* Reports: the figures of an evaluation, in their order, and how they are shown. */
#include "report.h"

#include "mistakes.h"

#include <stdio.h>
#include <string.h>

/* Columns of a table are at least this wide. */
#define COLUMN 9

double harmonic_mean(double precision, double recall)
{
  return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

json_t *report_new(const char *layer)
{
  json_t *report = json_object();
  json_object_set_new(report, "layer", json_string(layer));
  return report;
}

json_t *report_percent(double share)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd(text, sizeof text, "%.2f", 100 * share);
  return json_real(g_ascii_strtod(text, NULL));
}

json_t *report_add_row(json_t *report, const char *name)
{
  json_t *measures = json_object_get(report, "measures"), *row = json_object();
  if (measures == NULL) {
    measures = json_object();
    json_object_set_new(report, "measures", measures);
  }
  json_object_set_new(measures, name, row);
  return row;
}

json_t *report_add_tally(json_t *report, const char *name, const Tally *tally, double precision,
                         double recall)
{
  json_t *row = report_add_row(report, name);
  if (tally->predicted > 0)
    precision = tally->correct / (double) tally->predicted;
  if (tally->gold > 0)
    recall = tally->correct_gold / (double) tally->gold;
  json_object_set_new(row, "precision", report_percent(precision));
  json_object_set_new(row, "recall", report_percent(recall));
  json_object_set_new(row, "f1", report_percent(harmonic_mean(precision, recall)));
  json_object_set_new(row, "gold", json_integer((json_int_t) tally->gold));
  json_object_set_new(row, "predicted", json_integer((json_int_t) tally->predicted));
  return row;
}

void report_add_accuracy(json_t *report, const char *name, guint64 right, guint64 of)
{
  json_t *row = report_add_row(report, name);
  double share = of == 0 ? 0 : (double) right / (double) of;
  json_object_set_new(row, "accuracy", report_percent(share));
  json_object_set_new(row, "of", json_integer((json_int_t) of));
}

/* Measures that have a name of their own in the field. */
static const struct {
  const char *key;
  const char *words;
} known_words[] = {
    {"f1", "F1"},
    {"macro_f1", "macro F1"},
    {"weighted_f1", "weighted F1"},
    {"micro_f1", "micro F1"},
    {"oracle_best_f1", "oracle best F1"},
    {"roc_auc", "ROC AUC"},
    {"brier", "Brier score"},
    {"ece", "ECE"},
    {"confidence_ece", "confidence ECE"},
    {"map", "MAP"},
    {"mrr", "MRR"},
    {"r_precision", "R-precision"},
    {"p_at_10", "P@10"},
    {"p_at_50", "P@50"},
};

static char *words_of(const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS(known_words); i++)
    if (strcmp(key, known_words[i].key) == 0)
      return g_strdup(known_words[i].words);
  return g_strdelimit(g_strdup(key), "_", ' ');
}

static char *format_value(const json_t *value, int digits)
{
  char format[8], text[G_ASCII_DTOSTR_BUF_SIZE];
  if (json_is_integer(value))
    return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
  if (json_is_string(value))
    return aver_text_make_printable(json_string_value(value), -1);
  if (!json_is_real(value))
    return g_strdup("-");
  g_snprintf(format, sizeof format, "%%.%df", digits);
  return g_strdup(g_ascii_formatd(text, sizeof text, format, json_real_value(value)));
}

/* A name in @width columns; character count stands for width. */
static void print_name(const char *name, glong width)
{
  g_autofree char *safe = aver_text_make_printable(name, -1);
  printf("%s%*s", safe, (int) MAX(width - g_utf8_strlen(safe, -1), 0), "");
}

static glong widest_name(json_t *rows)
{
  const char *name;
  json_t *row;
  glong width = COLUMN;
  json_object_foreach(rows, name, row)
  {
    width = MAX(width, g_utf8_strlen(name, -1));
  }
  return width;
}

static gboolean has_same_columns(json_t *a, json_t *b)
{
  const char *key;
  json_t *value;
  if (a == NULL || json_object_size(a) != json_object_size(b))
    return FALSE;
  json_object_foreach(a, key, value)
  {
    if (json_object_get(b, key) == NULL)
      return FALSE;
  }
  return TRUE;
}

static int column_width(const char *key)
{
  return MAX((int) strlen(key), COLUMN);
}

static void print_header(json_t *row, glong width)
{
  const char *key;
  json_t *value;
  printf("\n%*s", (int) width, "");
  json_object_foreach(row, key, value)
  {
    g_autofree char *words = words_of(key);
    printf("  %*s", column_width(key), words);
  }
  printf("\n");
}

/* Rows whose columns differ from those above stand under a header of their own. */
static void print_table(json_t *rows, int digits)
{
  const char *name, *key;
  json_t *row, *value, *above = NULL;
  glong width = widest_name(rows);
  json_object_foreach(rows, name, row)
  {
    if (!has_same_columns(above, row))
      print_header(row, width);
    above = row;
    print_name(name, width);
    json_object_foreach(row, key, value)
    {
      g_autofree char *text = format_value(value, digits);
      printf("  %*s", column_width(key), text);
    }
    printf("\n");
  }
}

static void print_figures(json_t *block, const char *title, int digits)
{
  const char *key;
  json_t *value;
  glong width = widest_name(block);
  printf("\n%s%s", title, *title == '\0' ? "" : "\n");
  json_object_foreach(block, key, value)
  {
    g_autofree char *words = words_of(key);
    g_autofree char *text = format_value(value, digits);
    print_name(words, width);
    printf("  %*s\n", COLUMN, text);
  }
}

static void print_mistake(json_t *mistake)
{
  const char *key;
  json_t *value;
  g_autofree char *document = format_value(json_object_get(mistake, "document"), 0);
  printf("\n%s: %s, %" JSON_INTEGER_FORMAT "-%" JSON_INTEGER_FORMAT "\n",
         json_string_value(json_object_get(mistake, "kind")), document,
         json_integer_value(json_object_get(mistake, "start")),
         json_integer_value(json_object_get(mistake, "end")));
  const char *before = json_string_value(json_object_get(mistake, "before"));
  if (before != NULL)
    printf("    %s‖%s\n", before, json_string_value(json_object_get(mistake, "after")));
  json_object_foreach(mistake, key, value)
  {
    const char *const done[] = {"kind", "document", "start", "end", "before", "after", NULL};
    if (g_strv_contains(done, key))
      continue;
    g_autofree char *words = words_of(key);
    g_autofree char *text = format_value(value, 4);
    printf("    %s: %s\n", words, text);
  }
}

static void print_mistakes(const json_t *report)
{
  gsize i;
  json_t *mistake, *shown = json_object_get(report, "errors");
  if (shown == NULL)
    return;
  printf("\nErrors: %zu of %" JSON_INTEGER_FORMAT " shown\n", json_array_size(shown),
         json_integer_value(json_object_get(report, "errors_found")));
  json_array_foreach(shown, i, mistake)
  {
    print_mistake(mistake);
  }
}

static void print_counts(const json_t *report)
{
  const char *const keys[] = {"documents", "items", "missing", "exact_documents"};
  const char *const words[] = {"documents", "items", "without a prediction", "exactly right"};
  printf("%s", json_string_value(json_object_get(report, "layer")));
  const char *separator = ": ";
  for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
    const json_t *count = json_object_get(report, keys[i]);
    if (count == NULL)
      continue;
    printf("%s%" JSON_INTEGER_FORMAT " %s", separator, json_integer_value(count), words[i]);
    separator = ", ";
  }
  printf("\n");
}

void report_print(const json_t *report)
{
  print_counts(report);
  json_t *measures = json_object_get(report, "measures");
  if (measures != NULL)
    print_table(measures, 2);
  json_t *classes = json_object_get(report, "classes");
  if (classes != NULL)
    print_table(classes, 4);
  const char *const blocks[] = {"overall", "positive", "ranking"};
  for (guint i = 0; i < G_N_ELEMENTS(blocks); i++) {
    json_t *block = json_object_get(report, blocks[i]);
    if (block != NULL)
      print_figures(block, blocks[i], 4);
  }
  print_mistakes(report);
}

void report_print_json(const json_t *report)
{
  char *text = json_dumps(report, JSON_SORT_KEYS | JSON_INDENT(2) | JSON_REAL_PRECISION(15));
  printf("%s\n", text);
  free(text);
}
