/* SPDX-License-Identifier: Apache-2.0 */
/* The model: its tables, checked so that no index of theirs can lead astray. */
#pragma once

#include "network.h"
#include "tagger.h"

#include <aver/model.h>

#define MODEL_KIND "syntax-parser"

typedef struct {
  AverModel *file;
  Dictionary dictionary;
  Table tags;
  Network network;
} SyntaxModel;

SyntaxModel *syntax_model_new_from_file(const char *path, GError **error);
void syntax_model_free(SyntaxModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SyntaxModel, syntax_model_free)
