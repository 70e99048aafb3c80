/* SPDX-License-Identifier: Apache-2.0 */
/* Mistakes: what a prediction got wrong, in context, and the choice of those to show. */
#pragma once

#include "records.h"

typedef struct {
  guint wanted; /* how many to show; 0: none are collected */
  GArray *list; /* Mistake */
} Mistakes;

void mistakes_init(Mistakes *mistakes, guint wanted);
void mistakes_clear(Mistakes *mistakes);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Mistakes, mistakes_clear)

/*
 * Adds one, when any are wanted: what kind it is, where, and how bad: 0 when all of a kind are as
 * bad. Returns: (transfer none) (nullable): an object to add the context to.
 */
json_t *mistakes_add(Mistakes *mistakes, const char *kind, const Record *record, AverSpan span,
                     double badness);

/* A stretch of a document's text, made safe to show on one line and shortened in the middle. */
json_t *excerpt_new(const Record *record, AverSpan span);

/* The last and the first characters around an offset. */
json_t *excerpt_new_before(const Record *record, guint32 offset);
json_t *excerpt_new_after(const Record *record, guint32 offset);

/*
 * Those to show, at most as many as wanted: the worst first where some are worse than others, else
 * evenly spread over all, in the order of the gold file. Returns: (transfer full): a list.
 */
json_t *mistakes_choose(const Mistakes *mistakes);
