/* SPDX-License-Identifier: Apache-2.0 */
/* The check of a pipeline: what the file and the arguments ask for, against what plugins offer. */
#pragma once

#include "config.h"
#include "expression.h"
#include "pipeline.h"
#include "places.h"

/* A stage as it was asked for, and what became of it. */
typedef struct {
  const AverConfigStage *config;
  AverStage *stage; /* (nullable) when its plugin cannot be had */
} AverDraft;

/* The kind of its plugin; 0 when that is not known. */
guint aver_draft_get_kind(const AverDraft *draft);

/* "a reader", "an annotator". */
const char *aver_check_kind_name(guint kind);

/* Checks that each of the file's @n stages, the first of @drafts, may stand where it does. */
void aver_check_order(AverMistakes *mistakes, GPtrArray *drafts, guint n, gboolean has_reader,
                      gboolean has_writer);

/* Sets what the file says in `isolate` and `sandbox`; @explain is as in AverSettings. */
void aver_check_isolation(AverMistakes *mistakes, const AverDraft *draft, gboolean explain);

/* Sets what the file says in `options`. */
void aver_check_options(AverMistakes *mistakes, const AverDraft *draft);

/* Applies one `stage.option=value` to the drafts of that name. */
void aver_check_set(AverMistakes *mistakes, GPtrArray *drafts, const char *set);

/* Applies one `option=value` to a stage that stands in no pipeline. */
void aver_check_set_alone(AverMistakes *mistakes, AverStage *stage, const char *set);

/* Asks the stage which layers it has to do with, now that its options are set. */
void aver_check_declared(AverMistakes *mistakes, const AverDraft *draft);

/*
 * Checks that each stage of @line_up finds the layers it needs, described as it knows them.
 * @alternative is a second writer that may stand at the end, or NULL.
 */
void aver_check_layers(AverMistakes *mistakes, AverRegistry *registry, GPtrArray *line_up,
                       const AverDraft *alternative);

/* The condition in `when`; NULL when there is none, or after adding what is wrong with it. */
AverExpression *aver_check_when(AverMistakes *mistakes, const AverDraft *draft);

/* Says what is wrong with the value of an option that is an expression. @given is what the file
 * has for it, or NULL. */
void aver_check_expression(AverMistakes *mistakes, const char *label, const AverOption *option,
                           const AverPosition *position, const AverConfigOption *given,
                           const char *text);

/* The layers there are at a stage. */
typedef struct {
  AverLayerLookup find;
  char *(*hint)(const char *layer, gpointer data); /* what to do about one that is not there */
  gpointer data;
  gboolean any; /* there may be more */
} AverLayersThere;

/* Checks the layers and columns that a stage's conditions speak of. */
void aver_check_conditions(AverMistakes *mistakes, const AverDraft *draft,
                           const AverLayersThere *there);

/* Checks that no file is written twice, or read as well. */
void aver_check_outputs(AverMistakes *mistakes, GPtrArray *line_up, const AverSettings *settings);
