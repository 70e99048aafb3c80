/* SPDX-License-Identifier: Apache-2.0 */
/* A file of tests with the pipeline that it is about. */
#pragma once

#include "testfile.h"

typedef struct {
  NodeFile file;
  AverRegistry *registry; /* borrowed */
  char *pipeline_path;
  char **set;
  AverPipeline *pipeline;      /* stays open from document to document */
  const AverLayerType **types; /* that the pipeline provides */
} Suite;

/* Reads and checks all there is; %NULL after saying what is wrong on standard error. @path and
 * @registry outlive the suite; @set (nullable) goes behind what the file sets. */
Suite *suite_new(AverRegistry *registry, const char *path, char **set);
void suite_free(Suite *suite);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Suite, suite_free)

guint suite_count(const Suite *suite);

/* The name of the document of that number. */
const char *suite_get_name(const Suite *suite, guint index);

/* Runs the pipeline over a document. */
AverVerdict suite_process(Suite *suite, guint index, AverDocument *document, GError **error);

/* Runs it, and returns the remarks, "" when all is as expected. */
char *suite_judge(Suite *suite, guint index, AverDocument *document);

/* Prints the file with what is found put in as what is expected. FALSE after saying that a document
 * failed. */
gboolean suite_print_found(Suite *suite);
