/* SPDX-License-Identifier: Apache-2.0 */
/* The check of a pipeline: what the file and the arguments ask for, against what plugins offer. */
#pragma once

#include "config.h"
#include "pipeline.h"

/* A stage as it was asked for, and what became of it. */
typedef struct {
  const AverConfigStage *config;
  AverStage *stage; /* (nullable) when its plugin cannot be had */
} AverDraft;

/* Sets what the file says in `options`. */
void aver_check_options(AverMistakes *mistakes, const AverDraft *draft);

/* Applies one `stage.option=value` to the drafts of that name. */
void aver_check_set(AverMistakes *mistakes, GPtrArray *drafts, const char *set);

/*
 * Checks that each stage of @line_up finds the layers it needs, described as it knows them.
 * @alternative is a second writer that may stand at the end, or NULL.
 */
void aver_check_layers(AverMistakes *mistakes, AverRegistry *registry, GPtrArray *line_up,
                       const AverDraft *alternative);
