/* SPDX-License-Identifier: Apache-2.0 */
/* aver eval: measures what a pipeline finds against gold. */
#include "cli.h"

#include "eval/annotate.h"
#include "eval/read.h"
#include "eval/report.h"
#include "eval/score.h"
#include "log.h"

#include <stdio.h>

/* More than a person reads. */
#define MOST_ERRORS 1000000
#define MOST_BINS   1000

typedef struct {
  char **paths; /* the pipeline */
  char **set;
  char **folders;
  char *gold;
  char *layer;
  char *predictions;
  char *split;
  char *fold;
  int errors;
  gboolean json;
  gboolean strict;
  gboolean speech;
  char *type;
  char *positive;
  char *rank_by;
  int bins;
} EvalArguments;

static void clear_arguments(EvalArguments *arguments)
{
  g_strfreev(arguments->paths);
  g_strfreev(arguments->set);
  g_strfreev(arguments->folders);
  g_free(arguments->gold);
  g_free(arguments->layer);
  g_free(arguments->predictions);
  g_free(arguments->split);
  g_free(arguments->fold);
  g_free(arguments->type);
  g_free(arguments->positive);
  g_free(arguments->rank_by);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(EvalArguments, clear_arguments)

/* Options that only one layer knows. */
static const char *find_misplaced(const EvalArguments *parsed)
{
  ScoreKind kind = score_kind(parsed->layer);
  if (kind != SCORE_QUOTES && (parsed->strict || parsed->speech || parsed->type != NULL))
    return "--strict, --speech and --by-type are about quotes; expected --layer quote";
  if (kind != SCORE_CLAIMS && (parsed->positive != NULL || parsed->rank_by != NULL))
    return "--positive and --rank-by are about claims; expected --layer claim";
  if (parsed->rank_by != NULL && parsed->positive == NULL)
    return "--rank-by ranks the items of one label; expected --positive LABEL with it";
  return NULL;
}

static const char *find_mistake(const EvalArguments *parsed)
{
  if (parsed->gold == NULL)
    return "no --gold; expected the file to compare with";
  if (parsed->layer == NULL)
    return "no --layer; expected the layer to score, such as sentence, quote or claim";
  if (parsed->predictions == NULL && parsed->paths == NULL)
    return "no pipeline file; expected PIPELINE, or --predictions FILE instead";
  if (parsed->paths != NULL && (parsed->paths[1] != NULL || parsed->predictions != NULL))
    return "too many to score; expected one PIPELINE, or --predictions FILE instead";
  if (parsed->predictions != NULL && (parsed->set != NULL || parsed->folders != NULL))
    return "--set and --plugin-dir are about a pipeline; expected no --predictions with them";
  if (parsed->errors < 0 || parsed->errors > MOST_ERRORS)
    return "--errors is out of range; expected a number from 0 to 1000000";
  if (parsed->bins < 1 || parsed->bins > MOST_BINS)
    return "--bins is out of range; expected a number from 1 to 1000";
  return find_misplaced(parsed);
}

static gboolean parse(const Command *command, char **arguments, EvalArguments *parsed,
                      ExitCode *code)
{
  const GOptionEntry entries[] = {
      {"gold", 0, 0, G_OPTION_ARG_FILENAME, &parsed->gold, "Compare with FILE (JSON Lines)",
       "FILE"},
      {"layer", 0, 0, G_OPTION_ARG_STRING, &parsed->layer, "Score this layer", "LAYER"},
      {"predictions", 0, 0, G_OPTION_ARG_FILENAME, &parsed->predictions,
       "Score FILE, what Aver wrote before, instead of running a pipeline", "FILE"},
      {"errors", 0, 0, G_OPTION_ARG_INT, &parsed->errors, "Show N errors in context", "N"},
      {"json", 0, 0, G_OPTION_ARG_NONE, &parsed->json, "Print JSON", NULL},
      {"split", 0, 0, G_OPTION_ARG_STRING, &parsed->split,
       "Score the documents whose field 'split' is NAME", "NAME"},
      {"fold", 0, 0, G_OPTION_ARG_STRING, &parsed->fold,
       "Score the documents whose field 'fold' is N", "N"},
      {"strict", 0, 0, G_OPTION_ARG_NONE, &parsed->strict,
       "Quotes: white space and marks at the ends of a piece count", NULL},
      {"speech", 0, 0, G_OPTION_ARG_NONE, &parsed->speech,
       "Quotes: gold marked as no speech is neither right nor wrong", NULL},
      {"by-type", 0, 0, G_OPTION_ARG_STRING, &parsed->type,
       "Quotes: gold of other types is neither right nor wrong", "TYPE"},
      {"positive", 0, 0, G_OPTION_ARG_STRING, &parsed->positive,
       "Claims: measure scores as those of LABEL", "LABEL"},
      {"rank-by", 0, 0, G_OPTION_ARG_STRING, &parsed->rank_by,
       "Claims: measure the ranking inside the groups that FIELD names", "FIELD"},
      {"bins", 0, 0, G_OPTION_ARG_INT, &parsed->bins,
       "Claims: bins of the calibration error (default: 10)", "N"},
      SET_ENTRY(parsed->set),
      PLUGIN_DIR_ENTRY(parsed->folders),
      G_OPTION_ENTRY_NULL};
  if (!parse_arguments(command, entries, arguments, &parsed->paths, code))
    return FALSE;
  const char *mistake = find_mistake(parsed);
  if (mistake != NULL)
    print_usage_error(command, "%s", mistake);
  *code = EXIT_USAGE;
  return mistake == NULL;
}

/* A mistake in a file starts with FILE:LINE, as compilers do. */
static void print_mistake(const GError *error)
{
  if (!g_error_matches(error, AVER_ERROR, AVER_ERROR_SYNTAX)) {
    print_message(error->message);
    return;
  }
  g_autofree char *line = aver_text_make_printable(error->message, -1);
  fprintf(stderr, "%s\n", line);
}

static gboolean is_selected(const Record *record, gconstpointer user_data)
{
  const EvalArguments *parsed = user_data;
  g_autofree char *split = parsed->split == NULL ? NULL : record_dup_field(record, "split");
  g_autofree char *fold = parsed->fold == NULL ? NULL : record_dup_field(record, "fold");
  return g_strcmp0(split, parsed->split) == 0 && g_strcmp0(fold, parsed->fold) == 0;
}

static Records *read_gold(const EvalArguments *parsed, GError **error)
{
  g_autoptr(Records) gold = records_read(parsed->gold, parsed->layer, NULL, FALSE, error);
  if (gold == NULL)
    return NULL;
  records_keep(gold, is_selected, parsed);
  if (gold->list->len > 0)
    return g_steal_pointer(&gold);
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "%s: no documents%s; expected at least one",
              parsed->gold,
              parsed->split != NULL || parsed->fold != NULL ? " of this split and fold" : "");
  return NULL;
}

static Records *predict(const EvalArguments *parsed, const Records *gold, ExitCode *code)
{
  g_autoptr(GError) error = NULL;
  Records *predicted = NULL;
  *code = EXIT_USAGE;
  if (parsed->predictions != NULL) {
    gboolean has_others = parsed->split != NULL || parsed->fold != NULL;
    predicted = records_read(parsed->predictions, parsed->layer, gold, has_others, &error);
  } else {
    g_autoptr(AverRegistry) registry = open_registry(parsed->folders);
    if (registry == NULL)
      return NULL;
    AverSettings settings = {.set = (const char *const *) parsed->set};
    g_autoptr(AverPipeline) pipeline =
        aver_pipeline_new_from_file(registry, parsed->paths[0], &settings, &error);
    if (pipeline == NULL) {
      log_mistakes(error->message);
      return NULL;
    }
    predicted = annotate(pipeline, parsed->layer, gold, &error);
    if (predicted == NULL && !g_error_matches(error, AVER_ERROR, AVER_ERROR_CONFIG))
      *code = EXIT_RUN;
  }
  if (predicted == NULL)
    print_mistake(error);
  return predicted;
}

static json_t *score(const EvalArguments *parsed, const Records *gold, const Records *predicted,
                     Mistakes *mistakes, GError **error)
{
  QuoteOptions quotes = {parsed->strict, parsed->speech, parsed->type};
  ClaimOptions claims = {parsed->positive, parsed->rank_by, (guint) parsed->bins};
  switch (score_kind(parsed->layer)) {
  case SCORE_QUOTES:
    return score_quotes(parsed->layer, gold, predicted, &quotes, mistakes);
  case SCORE_CLAIMS:
    return score_claims(parsed->layer, gold, predicted, &claims, mistakes, error);
  default:
    return score_spans(parsed->layer, gold, predicted, mistakes);
  }
}

static ExitCode evaluate(const EvalArguments *parsed)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Records) gold = read_gold(parsed, &error);
  if (gold == NULL) {
    print_mistake(error);
    return EXIT_USAGE;
  }
  ExitCode code;
  g_autoptr(Records) predicted = predict(parsed, gold, &code);
  if (predicted == NULL)
    return code;
  g_auto(Mistakes) mistakes = {0};
  mistakes_init(&mistakes, (guint) parsed->errors);
  json_auto_t *report = score(parsed, gold, predicted, &mistakes, &error);
  if (report == NULL) {
    print_mistake(error);
    return EXIT_USAGE;
  }
  if (parsed->errors > 0) {
    json_object_set_new(report, "errors", mistakes_choose(&mistakes));
    json_object_set_new(report, "errors_found", json_integer(mistakes.list->len));
  }
  if (parsed->json)
    report_print_json(report);
  else
    report_print(report);
  if (fflush(stdout) == 0 && !ferror(stdout))
    return EXIT_OK;
  print_message("the report cannot be written to standard output");
  return EXIT_RUN;
}

ExitCode command_eval(const Command *command, char **arguments)
{
  g_auto(EvalArguments) parsed = {.bins = 10};
  ExitCode code = EXIT_OK;
  return parse(command, arguments, &parsed, &code) ? evaluate(&parsed) : code;
}
