/* SPDX-License-Identifier: Apache-2.0 */
/* aver explain: says why the rows of a document were made. */
#include "cli.h"

#include "explainrow.h"
#include "log.h"

#include <stdio.h>
#include <string.h>

typedef struct {
  char **paths; /* the pipeline and the file */
  char **set;
  char **folders;
  char *reader;
  char *layer;
  char *document;
  char *at; /* as it was given */
  guint32 offset;
  gboolean json;
} ExplainArguments;

static void clear_arguments(ExplainArguments *arguments)
{
  g_strfreev(arguments->paths);
  g_strfreev(arguments->set);
  g_strfreev(arguments->folders);
  g_free(arguments->reader);
  g_free(arguments->layer);
  g_free(arguments->document);
  g_free(arguments->at);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ExplainArguments, clear_arguments)

static gboolean parse(const Command *command, char **arguments, ExplainArguments *parsed,
                      ExitCode *code)
{
  const GOptionEntry entries[] = {
      {"at", 0, 0, G_OPTION_ARG_STRING, &parsed->at, "Explain the rows that cover byte OFFSET",
       "OFFSET"},
      {"layer", 0, 0, G_OPTION_ARG_STRING, &parsed->layer,
       "Explain the rows of LAYER (default: all)", "LAYER"},
      {"document", 0, 0, G_OPTION_ARG_FILENAME, &parsed->document,
       "Explain the document ID, of a file that holds several", "ID"},
      {"json", 0, 0, G_OPTION_ARG_NONE, &parsed->json, "Print JSON, one row a line", NULL},
      {"reader", 0, 0, G_OPTION_ARG_FILENAME, &parsed->reader,
       "Read with this plugin instead of the pipeline's", "READER"},
      SET_ENTRY(parsed->set),
      PLUGIN_DIR_ENTRY(parsed->folders),
      G_OPTION_ENTRY_NULL};
  if (!parse_arguments(command, entries, arguments, &parsed->paths, code))
    return FALSE;
  *code = EXIT_USAGE;
  if (parsed->paths == NULL || g_strv_length(parsed->paths) != 2) {
    print_usage_error(command, "%s; expected PIPELINE FILE",
                      parsed->paths == NULL      ? "no pipeline file"
                      : parsed->paths[1] == NULL ? "no file to explain"
                                                 : "too many files");
    return FALSE;
  }
  guint64 offset = 0;
  if (parsed->at != NULL &&
      !g_ascii_string_to_unsigned(parsed->at, 10, 0, AVER_DOCUMENT_MAX_BYTES - 1, &offset, NULL)) {
    print_usage_error(command, "--at is '%s'; expected a byte's offset in the text, from 0",
                      parsed->at);
    return FALSE;
  }
  parsed->offset = (guint32) offset;
  return TRUE;
}

static gboolean covers(AverSpan span, guint32 offset)
{
  return span.start <= offset && offset < span.end;
}

/* Whether the row is asked for: its own span or one of its cells' covers the offset. */
static gboolean is_wanted(const ExplainArguments *parsed, const AverLayer *layer, guint32 row)
{
  if (parsed->at == NULL || covers(aver_layer_get_spans(layer)[row], parsed->offset))
    return TRUE;
  const AverLayerType *type = aver_layer_get_type_info(layer);
  for (guint32 i = 0; i < type->n_columns; i++) {
    if (type->columns[i].kind != AVER_COLUMN_SPAN && type->columns[i].kind != AVER_COLUMN_SPANS)
      continue;
    guint32 n = 0;
    const AverSpan *spans = aver_layer_get_spans_cell(layer, row, i, &n);
    for (guint32 k = 0; k < n; k++)
      if (covers(spans[k], parsed->offset))
        return TRUE;
  }
  return FALSE;
}

typedef struct {
  const ExplainArguments *parsed;
  AverPipeline *pipeline;
  char **layers; /* those to explain */
  guint n_documents;
  guint n_rows;
  guint n_failed;
} Explaining;

static gboolean explain_layer(Explaining *e, AverDocument *document, const char *name,
                              GError **error)
{
  const AverLayer *layer = aver_document_get_layer(document, name);
  for (guint32 i = 0; layer != NULL && i < aver_layer_get_n_rows(layer); i++) {
    if (!is_wanted(e->parsed, layer, i))
      continue;
    g_autoptr(AverExplanation) explanation = aver_explanation_new();
    if (!aver_pipeline_explain(e->pipeline, document, name, i, explanation, error))
      return FALSE;
    ExplainedRow row = {document, layer, i, explanation};
    if (e->parsed->json)
      explained_row_print_json(&row);
    else
      explained_row_print(&row);
    e->n_rows++;
  }
  return TRUE;
}

static gboolean explain_document(Explaining *e, AverDocument *document, GError **error)
{
  const char *wanted = e->parsed->document;
  if (wanted != NULL && strcmp(aver_document_get_id(document), wanted) != 0)
    return TRUE;
  e->n_documents++;
  AverVerdict verdict = aver_pipeline_process(e->pipeline, document, error);
  gboolean good = verdict != AVER_FAIL;
  for (guint i = 0; verdict == AVER_KEEP && good && e->layers[i] != NULL; i++)
    good = explain_layer(e, document, e->layers[i], error);
  if (!good)
    g_prefix_error(error, "document '%s': ", aver_document_get_id(document));
  return good;
}

/* What there is to say when nothing was explained. */
static ExitCode say_nothing_found(const Explaining *e)
{
  const ExplainArguments *parsed = e->parsed;
  if (e->n_rows > 0 || e->n_failed > 0)
    return EXIT_OK;
  g_autofree char *message = NULL;
  if (parsed->document != NULL && e->n_documents == 0) {
    message = g_strdup_printf("%s: no document '%s'", parsed->paths[1], parsed->document);
    print_message(message);
    return EXIT_USAGE;
  }
  message = parsed->at != NULL ? g_strdup_printf("no row covers byte %u", parsed->offset)
                               : g_strdup("no rows to explain");
  print_message(message);
  return EXIT_OK;
}

static ExitCode explain(Explaining *e)
{
  g_autoptr(AverDocument) document = aver_document_new();
  for (;;) {
    g_autoptr(GError) error = NULL;
    AverCut cut = aver_pipeline_read(e->pipeline, document, &error);
    if (cut == AVER_CUT_END)
      break;
    if (cut == AVER_CUT_RECORD && explain_document(e, document, &error))
      continue;
    print_message(error->message);
    if (g_error_matches(error, AVER_ERROR, AVER_ERROR_CONFIG))
      return EXIT_USAGE;
    if (cut == AVER_CUT_FATAL)
      return EXIT_RUN;
    e->n_failed++;
  }
  ExitCode code = say_nothing_found(e);
  if (fflush(stdout) != 0 || ferror(stdout)) {
    print_message("standard output cannot be written");
    return EXIT_RUN;
  }
  return code == EXIT_OK && e->n_failed > 0 ? EXIT_DOCUMENTS : code;
}

/* Leaves only the layer that was asked for. FALSE after saying what is wrong. */
static gboolean choose_layers(const Command *command, Explaining *e)
{
  const char *wanted = e->parsed->layer;
  if (e->layers[0] == NULL) {
    g_autofree char *message =
        g_strdup_printf("%s: no stage of this pipeline explains what it does", e->parsed->paths[0]);
    print_message(message);
    return FALSE;
  }
  if (wanted == NULL)
    return TRUE;
  if (g_strv_contains((const char *const *) e->layers, wanted)) {
    char *only[] = {(char *) wanted, NULL};
    g_strfreev(e->layers);
    e->layers = g_strdupv(only);
    return TRUE;
  }
  g_autofree char *list = g_strjoinv(", ", e->layers);
  print_usage_error(command, "no stage explains the layer '%s'; expected one of %s", wanted, list);
  return FALSE;
}

ExitCode command_explain(const Command *command, char **arguments)
{
  g_auto(ExplainArguments) parsed = {0};
  ExitCode code = EXIT_OK;
  if (!parse(command, arguments, &parsed, &code))
    return code;
  g_autoptr(AverRegistry) registry = open_registry(parsed.folders);
  if (registry == NULL)
    return EXIT_USAGE;
  AverSettings settings = {
      .inputs = (const char *const *) parsed.paths + 1,
      .reader = parsed.reader,
      .set = (const char *const *) parsed.set,
      .explain = TRUE,
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(AverPipeline) pipeline =
      aver_pipeline_new_from_file(registry, parsed.paths[0], &settings, &error);
  if (pipeline == NULL) {
    log_mistakes(error->message);
    return EXIT_USAGE;
  }
  Explaining e = {
      .parsed = &parsed, .pipeline = pipeline, .layers = aver_pipeline_list_explained(pipeline)};
  code = choose_layers(command, &e) ? explain(&e) : EXIT_USAGE;
  g_strfreev(e.layers);
  return code;
}
