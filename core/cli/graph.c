/* SPDX-License-Identifier: Apache-2.0 */
/* aver graph: shows the stages of a pipeline, the layers between them, and what runs in parallel.
 */
#include "graph.h"

#include "cli.h"
#include "log.h"

#include <stdio.h>
#include <string.h>

static const char *text_of(const json_t *stage, const char *key)
{
  return json_string_value(json_object_get(stage, key));
}

/* What is said of the stage's process, behind the rest. */
static const char *place_of(const json_t *stage)
{
  const json_t *sandbox = json_object_get(stage, "sandbox");
  if (json_is_string(sandbox))
    return ", in a sandbox when available";
  if (json_is_true(sandbox))
    return ", in a sandbox";
  return json_is_true(json_object_get(stage, "isolated")) ? ", isolated" : "";
}

static const char *way_of(const json_t *stage)
{
  const char *kind = text_of(stage, "kind");
  if (strcmp(kind, "reader") == 0)
    return "cut in order, decoded in parallel";
  if (strcmp(kind, "writer") == 0)
    return "encoded in parallel, written in order";
  return json_is_true(json_object_get(stage, "serial")) ? "one document at a time, in order"
                                                        : "in parallel";
}

char *graph_way_of(const json_t *stage)
{
  return g_strconcat(way_of(stage), place_of(stage), NULL);
}

/* "quote of 3" for each layer that the stage takes. */
static void append_taken(GString *line, const json_t *stage, const char *key, const char *verb)
{
  size_t i;
  json_t *taken;
  const char *before = verb;
  json_array_foreach(json_object_get(stage, key), i, taken)
  {
    const json_t *from = json_object_get(taken, "from");
    if (!json_is_integer(from))
      continue;
    g_string_append_printf(line, "%s %s of %d", before, text_of(taken, "layer"),
                           (int) json_integer_value(from));
    before = ",";
  }
}

static void append_provided(GString *line, const json_t *stage)
{
  size_t i;
  json_t *layer;
  json_array_foreach(json_object_get(stage, "provides"), i, layer)
      g_string_append_printf(line, "%s %s", i == 0 ? "; adds" : ",", json_string_value(layer));
}

static void append_policy(GString *line, const json_t *stage)
{
  json_int_t retries = json_integer_value(json_object_get(stage, "retries"));
  if (json_is_true(json_object_get(stage, "conditional")))
    g_string_append(line, "; some documents only");
  if (retries > 0)
    g_string_append_printf(line, "; %d retries", (int) retries);
  if (strcmp(text_of(stage, "on_error"), "skip") != 0)
    g_string_append_printf(line, "; on error: %s", text_of(stage, "on_error"));
  if (text_of(stage, "output") != NULL)
    g_string_append_printf(line, "; writes %s", text_of(stage, "output"));
}

char *graph_details_of(const json_t *stage)
{
  g_autofree char *way = graph_way_of(stage);
  g_autoptr(GString) line = g_string_new(way);
  append_taken(line, stage, "needs", "; needs");
  append_taken(line, stage, "uses", "; uses");
  append_provided(line, stage);
  append_policy(line, stage);
  return aver_text_make_printable(line->str, (gssize) line->len);
}

/* The line between two stages, with the layers that there are by then. */
static void print_step(const json_t *stages, size_t next)
{
  g_autoptr(GString) layers = g_string_new(NULL);
  for (size_t i = 0; i < next; i++) {
    size_t k;
    json_t *layer;
    json_array_foreach(json_object_get(json_array_get(stages, i), "provides"), k, layer)
        g_string_append_printf(layers, "%s%s", layers->len == 0 ? "  " : ", ",
                               json_string_value(layer));
  }
  g_autofree char *shown = aver_text_make_printable(layers->str, (gssize) layers->len);
  printf("   |%s\n", shown);
}

static void print_text(const json_t *stages)
{
  size_t i;
  json_t *stage;
  int width = 0;
  json_array_foreach(stages, i, stage) width =
      MAX(width, (int) g_utf8_strlen(text_of(stage, "name"), -1));
  json_array_foreach(stages, i, stage)
  {
    const char *name = text_of(stage, "name"), *plugin = text_of(stage, "plugin");
    g_autofree char *details = graph_details_of(stage);
    g_autofree char *shown = aver_text_make_printable(name, -1);
    if (i > 0)
      print_step(stages, i);
    printf("%4zu  %-*s  %-9s  %s", i + 1, width, shown, text_of(stage, "kind"), details);
    if (strcmp(name, plugin) != 0) {
      g_autofree char *known = aver_text_make_printable(plugin, -1);
      printf("; plugin %s", known);
    }
    putchar('\n');
  }
}

static gboolean parse(const Command *command, char **arguments, GraphArguments *parsed,
                      ExitCode *code)
{
  const GOptionEntry entries[] = {
      {"dot", 0, 0, G_OPTION_ARG_NONE, &parsed->dot, "Print it for Graphviz", NULL},
      {"mermaid", 0, 0, G_OPTION_ARG_NONE, &parsed->mermaid, "Print it for Mermaid", NULL},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &parsed->output,
       "Show what 'aver run -o OUT' runs (default: to standard output)", "OUT"},
      {"reader", 0, 0, G_OPTION_ARG_FILENAME, &parsed->reader,
       "Show what 'aver run' with this reader runs", "READER"},
      {"writer", 0, 0, G_OPTION_ARG_FILENAME, &parsed->writer,
       "Show what 'aver run' with this writer runs", "WRITER"},
      SET_ENTRY(parsed->set),
      PLUGIN_DIR_ENTRY(parsed->folders),
      G_OPTION_ENTRY_NULL};
  if (!parse_arguments(command, entries, arguments, &parsed->paths, code))
    return FALSE;
  *code = EXIT_USAGE;
  if (parsed->paths == NULL || parsed->paths[1] != NULL)
    print_usage_error(command, "expected one PIPELINE");
  else if (parsed->dot && parsed->mermaid)
    print_usage_error(command, "--dot and --mermaid; expected one of them");
  else
    *code = EXIT_OK;
  return *code == EXIT_OK;
}

static void clear_arguments(GraphArguments *parsed)
{
  g_strfreev(parsed->paths);
  g_strfreev(parsed->set);
  g_strfreev(parsed->folders);
  g_free(parsed->output);
  g_free(parsed->reader);
  g_free(parsed->writer);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GraphArguments, clear_arguments)

ExitCode command_graph(const Command *command, char **arguments)
{
  g_auto(GraphArguments) parsed = {0};
  ExitCode code = EXIT_OK;
  if (!parse(command, arguments, &parsed, &code))
    return code;
  g_autoptr(AverRegistry) registry = open_registry(parsed.folders);
  if (registry == NULL)
    return EXIT_USAGE;
  const AverSettings settings = {.output = parsed.output,
                                 .reader = parsed.reader,
                                 .writer = parsed.writer,
                                 .set = (const char *const *) parsed.set};
  g_autoptr(GError) error = NULL;
  g_autoptr(AverPipeline) pipeline =
      aver_pipeline_new_from_file(registry, parsed.paths[0], &settings, &error);
  if (pipeline == NULL) {
    log_mistakes(error->message);
    return EXIT_USAGE;
  }
  g_autofree char *described = aver_pipeline_describe(pipeline);
  json_t *stages = json_loads(described, 0, NULL);
  if (parsed.dot)
    graph_print_dot(stages);
  else if (parsed.mermaid)
    graph_print_mermaid(stages);
  else
    print_text(stages);
  json_decref(stages);
  return EXIT_OK;
}
