/* SPDX-License-Identifier: Apache-2.0 */
/* The pictures of `aver graph`, of what aver_pipeline_describe() says of the stages. */
#pragma once

#include <glib.h>
#include <jansson.h>

typedef struct {
  char **paths;
  char **set;
  char **folders;
  char *output;
  char *reader;
  char *writer;
  gboolean dot;
  gboolean mermaid;
} GraphArguments;

/* How a stage runs: "in parallel". Free with g_free(). */
char *graph_way_of(const json_t *stage);

/* All there is to say of a stage besides its name and kind, printable. Free with g_free(). */
char *graph_details_of(const json_t *stage);

void graph_print_dot(const json_t *stages);
void graph_print_mermaid(const json_t *stages);
