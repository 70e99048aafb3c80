/* SPDX-License-Identifier: Apache-2.0 */
/* Files of tests: the documents of a pipeline, and the rows that are expected of them. */
#pragma once

#include "node.h"

/* Whether the file is one of tests, as far as can be known without its pipeline; adds what is
 * wrong. */
gboolean test_file_check(NodeFile *file);

/* The pipeline's file, beside that of the tests. */
char *test_file_get_pipeline(const NodeFile *file);

/* The options that it sets, as --set takes them, then @more. */
char **test_file_get_settings(const NodeFile *file, char **more);

/* The path that a document's "file" stands for: relative to the file of tests. */
char *test_file_resolve(const NodeFile *file, const char *name);

/* Adds what is wrong with the layers, columns and values of the expected rows, given the layers
 * (NULL-terminated) that the pipeline has. */
gboolean test_file_check_layers(NodeFile *file, const AverLayerType *const *types);

/* The layer of that name, or NULL. */
const AverLayerType *find_layer_type(const AverLayerType *const *types, const char *name);

/* The index of the column of that name, or AVER_NONE. */
gint32 find_column(const AverLayerType *type, const char *name);
