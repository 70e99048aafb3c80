/* SPDX-License-Identifier: Apache-2.0 */
/* aver diff: compares two outputs, row by row. */
#include "cli.h"

#include "diff/pairs.h"
#include "diff/print.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  char **paths;
  CompareOptions compare;
  gboolean json;
  gboolean summary;
  int limit; /* documents shown; 0 is all */
} DiffArguments;

static void clear_arguments(DiffArguments *arguments)
{
  g_strfreev(arguments->paths);
  g_strfreev(arguments->compare.layers);
  g_strfreev(arguments->compare.ignore);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DiffArguments, clear_arguments)

static const char *find_mistake(const DiffArguments *parsed)
{
  if (parsed->paths == NULL || g_strv_length(parsed->paths) != 2)
    return "expected two files: OLD NEW";
  if (strcmp(parsed->paths[0], "-") == 0 && strcmp(parsed->paths[1], "-") == 0)
    return "both are standard input; expected one file at least";
  for (guint i = 0; i < 2; i++)
    if (g_file_test(parsed->paths[i], G_FILE_TEST_IS_DIR))
      return "one of them is a folder; expected two files of JSON Lines";
  if (parsed->limit < 0)
    return "--limit is below zero; expected a number of documents";
  if (!isfinite(parsed->compare.tolerance) || parsed->compare.tolerance < 0)
    return "--tolerance is no distance; expected a number from 0 on";
  return NULL;
}

static gboolean parse(const Command *command, char **arguments, DiffArguments *parsed,
                      ExitCode *code)
{
  const GOptionEntry entries[] = {
      {"layer", 0, 0, G_OPTION_ARG_STRING_ARRAY, &parsed->compare.layers,
       "Compare the rows of layer NAME only (repeatable)", "NAME"},
      {"ignore", 0, 0, G_OPTION_ARG_STRING_ARRAY, &parsed->compare.ignore,
       "Pass over a column, in all layers or in one (repeatable)", "[LAYER.]COLUMN"},
      {"tolerance", 0, 0, G_OPTION_ARG_DOUBLE, &parsed->compare.tolerance,
       "Numbers that differ by no more than X are the same", "X"},
      {"summary", 0, 0, G_OPTION_ARG_NONE, &parsed->summary, "Print the counts only", NULL},
      {"limit", 0, 0, G_OPTION_ARG_INT, &parsed->limit,
       "Show the first N documents that differ; count all", "N"},
      {"json", 0, 0, G_OPTION_ARG_NONE, &parsed->json,
       "Print JSON: a line for each document that differs, then the counts", NULL},
      G_OPTION_ENTRY_NULL};
  if (!parse_arguments(command, entries, arguments, &parsed->paths, code))
    return FALSE;
  parsed->compare.sorted = parsed->json;
  const char *mistake = find_mistake(parsed);
  if (mistake == NULL)
    return TRUE;
  print_usage_error(command, "%s", mistake);
  *code = EXIT_USAGE;
  return FALSE;
}

typedef struct {
  const DiffArguments *parsed;
  Totals totals;
  guint64 shown;
  guint64 differ;
} Diff;

/* Whether one more document that differs is to be shown. */
static gboolean is_shown(Diff *diff)
{
  const DiffArguments *parsed = diff->parsed;
  diff->differ++;
  if (parsed->summary || (parsed->limit > 0 && diff->shown >= (guint64) parsed->limit))
    return FALSE;
  diff->shown++;
  return TRUE;
}

/* Whether this document is shown was asked when its first difference was found. */
typedef struct {
  Diff *diff;
  gboolean shown;
  JsonReport json;
} Showing;

static void begin(const Difference *difference, gpointer user_data)
{
  Showing *showing = user_data;
  showing->shown = is_shown(showing->diff);
  if (!showing->shown)
    return;
  if (showing->diff->parsed->json)
    json_report_begin(difference, &showing->json);
  else
    print_report.begin(difference, NULL);
}

static void change(const Difference *difference, const char *layer, const json_t *json,
                   gpointer user_data)
{
  Showing *showing = user_data;
  if (showing->shown && showing->diff->parsed->json)
    json_report_change(difference, layer, json, &showing->json);
  else if (showing->shown)
    print_report.change(difference, layer, json, NULL);
}

static void end(const Difference *difference, gpointer user_data)
{
  Showing *showing = user_data;
  if (showing->shown && showing->diff->parsed->json)
    json_report_end(difference, &showing->json);
  else if (showing->shown)
    print_report.end(difference, NULL);
}

static gboolean on_pair(DiffDocument *old_one, DiffDocument *new_one, gpointer user_data,
                        GError **error)
{
  Diff *diff = user_data;
  Showing showing = {.diff = diff};
  const CompareReport report = {begin, change, end, &showing};
  g_autofree char *wrong =
      compare_documents(&diff->parsed->compare, old_one, new_one, &diff->totals, &report);
  if (wrong != NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "%s:%" G_GUINT64_FORMAT " or %s:%" G_GUINT64_FORMAT ": %s", old_one->path,
                old_one->line, new_one->path, new_one->line, wrong);
  else if (!showing.shown || (fflush(stdout) == 0 && !ferror(stdout)))
    return TRUE;
  else
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "standard output cannot be written");
  return FALSE;
}

static void on_single(const char *id, gboolean is_old, gpointer user_data)
{
  Diff *diff = user_data;
  *(is_old ? &diff->totals.only_old : &diff->totals.only_new) += 1;
  if (!is_shown(diff))
    return;
  if (diff->parsed->json) {
    json_auto_t *report = json_pack("{s:s, s:s}", "id", id, "only", is_old ? "old" : "new");
    print_json_line(report);
    return;
  }
  g_autofree char *shown = aver_text_make_printable(id, -1);
  printf("%s\n  %s\n\n", shown, is_old ? "- only in the old" : "+ only in the new");
}

static void print_end(const Diff *diff)
{
  if (diff->parsed->json) {
    json_auto_t *totals = totals_to_json(&diff->totals);
    print_json_line(totals);
    return;
  }
  if (diff->shown < diff->differ && !diff->parsed->summary)
    printf("%" G_GUINT64_FORMAT " more documents differ\n\n", diff->differ - diff->shown);
  totals_print(&diff->totals);
}

ExitCode command_diff(const Command *command, char **arguments)
{
  g_auto(DiffArguments) parsed = {0};
  ExitCode code = EXIT_OK;
  if (!parse(command, arguments, &parsed, &code))
    return code;
  Diff diff = {.parsed = &parsed};
  g_autoptr(GError) error = NULL;
  totals_init(&diff.totals);
  gboolean good = pairs_read(parsed.paths[0], parsed.paths[1], on_pair, on_single, &diff, &error);
  if (good)
    print_end(&diff);
  else
    print_message(error->message);
  totals_clear(&diff.totals);
  if (!good || fflush(stdout) != 0 || ferror(stdout)) {
    if (good)
      print_message("standard output cannot be written");
    return EXIT_RUN;
  }
  return diff.differ > 0 ? EXIT_DOCUMENTS : EXIT_OK;
}
