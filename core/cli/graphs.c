/* SPDX-License-Identifier: Apache-2.0 */
/* The pictures of `aver graph` in the languages of Graphviz and Mermaid. */
#include "graph.h"

#include <aver/text.h>

#include <stdio.h>
#include <string.h>

typedef char *(*Escape)(const char *text);

/* Inside the quotation marks of a DOT string only these two mean something; see its `lang` page. */
static char *escape_dot(const char *text)
{
  g_autofree char *printable = aver_text_make_printable(text, -1);
  GString *out = g_string_new(NULL);
  for (const char *p = printable; *p != '\0'; p++) {
    if (*p == '"' || *p == '\\')
      g_string_append_c(out, '\\');
    g_string_append_c(out, *p);
  }
  return g_string_free(out, FALSE);
}

/* Mermaid takes HTML and Markdown in labels: all that is neither a letter nor plain is a code. */
static char *escape_mermaid(const char *text)
{
  g_autofree char *printable = aver_text_make_printable(text, -1);
  GString *out = g_string_new(NULL);
  for (const char *p = printable; *p != '\0'; p++) {
    if ((guchar) *p >= 0x80 || g_ascii_isalnum(*p) || strchr(" -_.,/", *p) != NULL)
      g_string_append_c(out, *p);
    else
      g_string_append_printf(out, "#%u;", (guint) *p);
  }
  return g_string_free(out, FALSE);
}

static char *escape_member(Escape escape, const json_t *object, const char *key)
{
  return escape(json_string_value(json_object_get(object, key)));
}

static void print_node(Escape escape, const json_t *stage, size_t number)
{
  g_autofree char *name = escape_member(escape, stage, "name");
  const char *kind = json_string_value(json_object_get(stage, "kind"));
  g_autofree char *plain = graph_way_of(stage);
  g_autofree char *way = escape(plain);
  const char *output = json_string_value(json_object_get(stage, "output"));
  g_autofree char *written = output == NULL ? NULL : g_strconcat("writes ", output, NULL);
  g_autofree char *file = written == NULL ? g_strdup("") : escape(written);
  gboolean dot = escape == escape_dot;
  const char *line = dot ? "\\n" : "<br>";
  printf(dot ? "  s%zu [label=\"" : "  s%zu[\"", number);
  printf("%s%s%s%s%s%s%s%s\n", name, line, kind, line, way, written == NULL ? "" : line, file,
         dot ? "\"];" : "\"]");
}

static void print_flows(Escape escape, const json_t *taken, size_t number)
{
  size_t i;
  json_t *layer;
  json_array_foreach(taken, i, layer)
  {
    const json_t *from = json_object_get(layer, "from");
    g_autofree char *name = escape_member(escape, layer, "layer");
    if (!json_is_integer(from))
      continue;
    int maker = (int) json_integer_value(from);
    if (escape == escape_dot)
      printf("  s%d -> s%zu [style=dashed, label=\"%s\"];\n", maker, number, name);
    else
      printf("  s%d -. \"%s\" .-> s%zu\n", maker, name, number);
  }
}

static void print_graph(Escape escape, const json_t *stages)
{
  size_t i;
  json_t *stage;
  json_array_foreach(stages, i, stage) print_node(escape, stage, i + 1);
  for (i = 1; i < json_array_size(stages); i++)
    printf(escape == escape_dot ? "  s%zu -> s%zu;\n" : "  s%zu --> s%zu\n", i, i + 1);
  json_array_foreach(stages, i, stage)
  {
    print_flows(escape, json_object_get(stage, "needs"), i + 1);
    print_flows(escape, json_object_get(stage, "uses"), i + 1);
  }
}

void graph_print_dot(const json_t *stages)
{
  printf("digraph pipeline {\n  rankdir=LR;\n  node [shape=box];\n");
  print_graph(escape_dot, stages);
  printf("}\n");
}

void graph_print_mermaid(const json_t *stages)
{
  printf("flowchart LR\n");
  print_graph(escape_mermaid, stages);
}
